//! Concurrent calls are serializable: they have the effects of sequential calls in the recorded
//! order.

use std::thread;

use bytes::Bytes;
use serde_json::{Value, json};
use talon_core::dispatch::dispatch;
use talon_core::model::{LimitAction, LimitConfig, LimitEntity};
use talon_core::prelude::*;
use talon_fake::rules::*;
use talon_fake::{AnyCallRecord, Campaign, Coupon, Fake, LoyaltyProgram, Referral, World};

use crate::shop::now;

const CALLERS: u64 = 6;
const CALLS: usize = 100;
const CARTS: u32 = 60;
const PROFILES: u32 = 4;
const CODES: [&str; 3] = ["FIVETIMES", "HUNDRED", "HELD"];

/// Few things that everybody wants, and rules that let others in between.
fn world() -> World {
    let lets_others = || {
        Condition::check(|_| {
            thread::yield_now();
            true
        })
    };
    let budget = LimitConfig {
        action: LimitAction::SetDiscount,
        limit: 100.into(),
        entities: vec![LimitEntity::Profile],
        period: None,
    };
    let one_off_each =
        Reward::set_discount_per_item("1 off", Discount::amount(1), ItemFilter::default());
    World::new()
        .now("2026-03-01T09:00:00Z")
        .loyalty_program(LoyaltyProgram::new(1))
        .audience(1, "Buyers")
        .giveaways(1, "Gifts", &["GIFT-1", "GIFT-2", "GIFT-3", "GIFT-4", "GIFT-5"])
        .campaign(
            Campaign::new("Codes")
                .reevaluate_on_return()
                .coupon(Coupon::new("FIVETIMES").usage_limit(5))
                .coupon(Coupon::new("HUNDRED").discount_limit(100))
                .coupon(Coupon::new("HELD").mandatory_reservation())
                .referral(Referral::new("FRIENDS", "p0").usage_limit(3))
                .limit(budget)
                .partial_rewards()
                .rule(
                    Rule::new("coupon")
                        .when(Condition::coupon_valid())
                        .when(lets_others())
                        .then(Reward::set_discount("7 off", Discount::amount(7))),
                )
                .rule(Rule::new("referral").when(Condition::referral_valid())),
        )
        .campaign(
            Campaign::new("Points")
                .advanced_events()
                .rule(Rule::new("spend").then(Reward::deduct_loyalty_points(1, 3)))
                .rule(Rule::new("earn").when(lets_others()).then(Reward::add_loyalty_points(1, 2)))
                .rule(
                    Rule::new("each")
                        .then(Reward::add_loyalty_points_per_item(1, 1, ItemFilter::default()))
                        .then(one_off_each),
                )
                .rule(Rule::new("join").then(Reward::AddToAudience(1.into())))
                .rule(
                    Rule::new("gift")
                        .when(Condition::FirstSession(true))
                        .then(Reward::AwardGiveaway(1)),
                ),
        )
}

fn all(profile: &str) -> GetCustomerInventory {
    GetCustomerInventory::new(profile).coupons(true).referrals(true).loyalty(true).giveaways(true)
}

/// Makes one call or another; a refusal is an answer like any other.
fn call(talon: &Fake, chance: &mut fastrand::Rng) {
    use SessionState::{Cancelled, Closed, Open};
    let cart = chance.u32(0..CARTS);
    let profile = format!("p{}", cart % PROFILES);
    let other = format!("p{}", chance.u32(0..PROFILES));
    let code = chance.choice(CODES).expect("one of them");
    let id = format!("cart-{cart}");
    match chance.u32(0..20) {
        0..=8 => {
            let session = NewCustomerSessionV2::default()
                .profile(profile)
                .coupon_codes([code, "HELD"])
                .referral_code("FRIENDS")
                .cart_items([CartItem::new("MUG", chance.i64(1..4)).price(chance.i64(1..50))])
                .state(
                    chance.choice([Open, Closed, Closed, Closed, Cancelled]).expect("one of them"),
                );
            let content = [ResponseContent::TriggeredCampaigns, ResponseContent::Loyalty];
            let request = UpdateCustomerSessionV2::new(id, session).response_content(content);
            let dry = chance.u32(0..4) == 0;
            drop(now(talon.update_customer_session_v2(request.dry(dry))));
        }
        9 => {
            let attributes = Attributes::new().with("Lucky", chance.u32(0..100));
            let profile = NewCustomerProfile { attributes: Some(attributes), ..Default::default() };
            drop(now(
                talon.update_customer_profile_v2(UpdateCustomerProfileV2::new(other, profile))
            ));
        }
        10 => {
            let request = CreateCouponReservation::new(code, [other]);
            drop(now(talon.create_coupon_reservation(request)));
        }
        11 => {
            let request = DeleteCouponReservation::new(code, [other]);
            drop(now(talon.delete_coupon_reservation(request)));
        }
        12 => {
            let event = NewEvent::new("looked", id).profile(profile);
            drop(now(talon.track_event(TrackEvent::new(event))));
        }
        13 => {
            drop(now(talon.get_customer_inventory(all(&other))));
        }
        14 | 15 => {
            let request = ReturnCartItems::new(id, [ReturnedCartItem::at(0).quantity(1)])
                .run_rule_engine(chance.bool());
            drop(now(talon.return_cart_items(request.dry(chance.u32(0..4) == 0))));
        }
        16 => drop(now(talon.reopen_customer_session(ReopenCustomerSession::new(id)))),
        17 => drop(now(talon.get_customer_session(GetCustomerSession::new(id)))),
        18 => {
            // Few ids, so that some are taken.
            let event = NewEventV3::new(format!("event-{cart}"), "looked", other);
            let event = event.connected_session(id);
            drop(now(talon.track_event_v3(TrackEventV3::new(event).silent(false))));
        }
        _ => drop(now(talon.delete_customer_data(DeleteCustomerData::new(other)))),
    }
}

fn at_once(seed: u64) -> Fake {
    let talon = Fake::new(world()).expect("the world is fit");
    let callers = (0..CALLERS).map(|caller| {
        let talon = talon.clone();
        thread::spawn(move || {
            let mut chance = fastrand::Rng::with_seed(seed * CALLERS + caller);
            (0..CALLS).for_each(|_| call(&talon, &mut chance));
        })
    });
    let callers: Vec<_> = callers.collect();
    for caller in callers {
        caller.join().expect("no call panics");
    }
    talon
}

/// The same request again.
fn repeat(talon: &Fake, call: &AnyCallRecord) -> (u16, Value) {
    let body = call.body_text().unwrap_or_default().to_owned();
    let request = http::Request::builder().method(&*call.method).uri(&call.path);
    let request = request.header("content-type", "application/json");
    let request = request.body(Bytes::from(body)).expect("it was one before");
    let reply = now(dispatch(talon, &request));
    (reply.status().as_u16(), serde_json::from_slice(reply.body()).unwrap_or_default())
}

/// Without the ids, which depend on the order of the callers.
fn without_ids(mut value: Value) -> Value {
    match &mut value {
        Value::Object(members) => {
            for (name, member) in members {
                let is_id = matches!(
                    &**name,
                    "id" | "profileId" | "sessionId" | "giveawayId" | "eventId" | "ids"
                );
                let counted = is_id && !member.is_string();
                *member = if counted { Value::Null } else { without_ids(member.take()) };
            }
        }
        // V1 has the props of an effect in an array, the giveaway's id before its code.
        Value::Array(award) if award.first() == Some(&json!("awardGiveaway")) => {
            award[4] = Value::Null;
        }
        Value::Array(items) => items.iter_mut().for_each(|item| *item = without_ids(item.take())),
        Value::String(text) if text.starts_with("00000000-0000-4000-8000-") => text.clear(),
        _ => {}
    }
    value
}

/// Everything there is at the end.
fn stored(talon: &Fake) -> Value {
    let carts = (0..CARTS).map(|cart| json!(talon.session(format!("cart-{cart}"))));
    let profiles = (0..PROFILES).map(|profile| {
        let id = format!("p{profile}");
        json!([
            talon.profile(&*id),
            talon.points(&*id, 1),
            now(talon.get_customer_inventory(all(&id))).ok()
        ])
    });
    let coupons = CODES.map(|code| talon.coupon(code));
    without_ids(json!({
        "sessions": carts.collect::<Vec<_>>(),
        "profiles": profiles.collect::<Vec<_>>(),
        "coupons": coupons,
        "referral": talon.referral("FRIENDS"),
    }))
}

#[test]
fn concurrent_calls_are_serializable_in_the_recorded_order() {
    for seed in 0..3 {
        let talon = at_once(seed);
        let calls = talon.all_calls();
        assert_eq!(calls.len() as u64, CALLERS * CALLS as u64);

        let alone = Fake::new(world()).expect("the world is fit");
        for call in &calls {
            let (status, reply) = repeat(&alone, call);
            let recorded = call.reply.clone().unwrap_or_default();
            assert_eq!(call.status, Some(status), "seed {seed}: {call}");
            assert_eq!(without_ids(recorded), without_ids(reply), "seed {seed}: {call}");
        }

        assert_eq!(stored(&talon), stored(&alone), "seed {seed}");
    }
}
