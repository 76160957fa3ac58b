//! Concurrency: calls do not wait for each other.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use talon_core::prelude::*;
use talon_fake::rules::*;
use talon_fake::{Campaign, Fake, LoyaltyProgram, World};

use crate::shop::now;

/// Long enough on a busy machine; only a test that fails waits for it.
const PATIENCE: Duration = Duration::from_secs(60);

fn world(condition: Condition) -> World {
    let rule = Rule::new("slow").when(condition).then(Reward::add_loyalty_points(1, 1));
    World::new()
        .now("2026-03-01T09:00:00Z")
        .loyalty_program(LoyaltyProgram::new(1))
        .campaign(Campaign::new("Spring").rule(rule))
}

fn close(profile: &str) -> UpdateCustomerSessionV2 {
    let cart = NewCustomerSessionV2::default()
        .profile(profile)
        .cart_items([CartItem::new("MUG", 1).price(50)])
        .state(SessionState::Closed);
    UpdateCustomerSessionV2::new(format!("cart-of-{profile}"), cart)
}

fn pay(talon: &Fake, profile: &str) -> IntegrationStateV2 {
    now(talon.update_customer_session_v2(close(profile))).expect("it is served")
}

/// A condition that sends a message when it is evaluated for a profile, and then waits for a message.
fn held_for(profile: &'static str) -> (Condition, Receiver<()>, Sender<()>) {
    let (says, said) = mpsc::channel();
    let (tell, told) = mpsc::channel();
    let told = Mutex::new(told);
    let condition = Condition::check(move |facts| {
        if facts.session.profile_id == profile {
            says.send(()).expect("the test listens");
            let told = told.lock().expect("nobody panics with it");
            told.recv_timeout(PATIENCE).expect("the test goes on");
        }
        true
    });
    (condition, said, tell)
}

#[test]
fn a_call_does_not_wait_for_the_evaluation_of_another() {
    let (condition, evaluated, go_on) = held_for("anna");
    let talon = Fake::new(world(condition)).unwrap();
    let slow = thread::spawn({
        let talon = talon.clone();
        move || pay(&talon, "anna")
    });
    evaluated.recv_timeout(PATIENCE).expect("anna's rules are evaluated");

    // All of this happens while that evaluation goes on.
    pay(&talon, "ben");
    assert_eq!(talon.points("ben", 1), 1.into());
    assert_eq!(talon.points("anna", 1), 0.into());
    assert_eq!(talon.calls::<UpdateCustomerSessionV2>().len(), 1);
    assert!(!format!("{:?}", talon.snapshot()).contains("cart-of-anna"));
    talon.faults().on_any(talon_fake::Fault::status(503)).times(0);

    go_on.send(()).unwrap();
    slow.join().expect("it is served");
    assert_eq!(talon.points("anna", 1), 1.into());
    let order: Vec<_> = talon.all_calls().into_iter().map(|call| call.path).collect();
    assert_eq!(order, ["/v2/customer_sessions/cart-of-ben", "/v2/customer_sessions/cart-of-anna"]);
}

#[test]
fn a_change_of_the_clock_during_an_evaluation_is_noticed() {
    let (condition, evaluated, go_on) = held_for("anna");
    let talon = Fake::new(world(condition)).unwrap();
    let slow = thread::spawn({
        let talon = talon.clone();
        move || pay(&talon, "anna")
    });
    evaluated.recv_timeout(PATIENCE).expect("anna's rules are evaluated");

    talon.clock().advance(Duration::from_secs(60));
    go_on.send(()).unwrap();
    evaluated.recv_timeout(PATIENCE).expect("and once more, a minute later");
    go_on.send(()).unwrap();

    slow.join().expect("it is served");
    let call = &talon.calls::<UpdateCustomerSessionV2>()[0];
    assert_eq!(call.at, talon.clock().now());
    assert_eq!(talon.session("cart-of-anna").unwrap().created, talon.clock().now());
}

#[test]
fn a_reset_does_not_wait_and_running_calls_see_the_new_state() {
    let (condition, evaluated, go_on) = held_for("anna");
    let talon = Fake::new(world(condition)).unwrap();
    pay(&talon, "ben");
    let slow = thread::spawn({
        let talon = talon.clone();
        move || pay(&talon, "anna")
    });
    evaluated.recv_timeout(PATIENCE).expect("anna's rules are evaluated");

    talon.reset();
    go_on.send(()).unwrap();
    evaluated.recv_timeout(PATIENCE).expect("and once more");
    go_on.send(()).unwrap();

    slow.join().expect("it is served");
    assert_eq!(talon.session("cart-of-ben"), None);
    assert_eq!(talon.session("cart-of-anna").unwrap().id, Some(1), "ids begin again");
    assert_eq!(talon.all_calls().len(), 1);
}

#[test]
fn a_call_with_repeated_conflicts_is_executed_exclusively() {
    let rounds = Arc::new(AtomicU32::new(0));
    let other: Arc<Mutex<Option<Fake>>> = Arc::default();
    let condition = Condition::check({
        let (rounds, other) = (rounds.clone(), other.clone());
        move |facts| {
            let round = rounds.fetch_add(1, Ordering::Relaxed);
            if facts.session.integration_id == "cart-of-anna" && round < 8 {
                let talon = other.lock().unwrap().clone().expect("it is set");
                let rival = move || {
                    let cart = NewCustomerProfile::default();
                    now(talon
                        .update_customer_profile_v2(UpdateCustomerProfileV2::new("anna", cart)))
                };
                thread::spawn(rival).join().unwrap().expect("it is served");
            }
            true
        }
    });
    let talon = Fake::new(world(condition)).unwrap();
    *other.lock().unwrap() = Some(talon.clone());

    pay(&talon, "anna");

    assert_eq!(rounds.load(Ordering::Relaxed), 9);
    assert_eq!(talon.points("anna", 1), 1.into());
    assert_eq!(talon.all_calls().len(), 9);
}

#[test]
fn a_panic_does_not_block_waiting_calls() {
    let rounds = Arc::new(AtomicU32::new(0));
    let other: Arc<Mutex<Option<Fake>>> = Arc::default();
    let condition = Condition::check({
        let (rounds, other) = (rounds.clone(), other.clone());
        move |facts| {
            if facts.session.profile_id != "anna" {
                return true;
            }
            let talon = other.lock().unwrap().clone().expect("it is set");
            assert!(rounds.fetch_add(1, Ordering::Relaxed) < 8, "the ninth round breaks");
            let request = UpdateCustomerProfileV2::new("anna", NewCustomerProfile::default());
            let rival = move || now(talon.update_customer_profile_v2(request));
            thread::spawn(rival).join().unwrap().expect("it is served");
            true
        }
    });
    let talon = Fake::new(world(condition)).unwrap();
    *other.lock().unwrap() = Some(talon.clone());

    let broken = thread::spawn({
        let talon = talon.clone();
        move || pay(&talon, "anna")
    });

    assert!(broken.join().is_err());
    assert_eq!(talon.session("cart-of-anna"), None);
    pay(&talon, "ben");
    talon.clock().advance(Duration::from_secs(1));
    assert_eq!(talon.points("ben", 1), 1.into());
}
