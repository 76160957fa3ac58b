//! How fast a fake is and how much it needs, with a thousand coupons and profiles and a million.
//!
//! `cargo bench -p talon-fake --bench scale`; `-- --calls 1000` for fewer calls in each round, and
//! `-- --pages` for pages of transactions alone. Speed is shown, since it belongs to a machine; memory
//! is held to its bound.

use std::future::Future;
use std::hint::black_box;
use std::pin::pin;
use std::sync::OnceLock;
use std::task::{Context, Poll, Waker};
use std::time::Instant;

use talon_core::prelude::*;
use talon_fake::rules::{Condition, Discount, ItemFilter, Range, Reward, Rule};
use talon_fake::world::LedgerEntry;
use talon_fake::{Campaign, Coupon, Fake, LoyaltyProgram, World};

/// Rounds of each size, in turn; the median counts.
const ROUNDS: usize = 7;

/// How much more than its JSON anything stored may take.
const MOST_OF_JSON: f64 = 3.0;

fn main() {
    if let Some(what) = argument("--measure") {
        return measure(&what);
    }
    pages();
    if std::env::args().any(|argument| argument == "--pages") {
        return;
    }
    let calls = argument("--calls").and_then(|calls| calls.parse().ok()).unwrap_or(20_000);
    memory();
    let sizes = [1_000, 1_000_000];
    let fakes = sizes.map(|size| {
        let start = time_spent();
        let talon = Fake::new(world(size)).expect("the world is fit");
        talon.keep_calls(1_000);
        println!("{size:>9} coupons and profiles: seeded in {:.2} s", time_spent() - start);
        talon
    });
    let [small, large] = speeds(&fakes, sizes, calls);
    println!("updates a second: {small:.0} among 1 000, {large:.0} among 1 000 000");
    println!("the one by the other: {:.2}", small / large);
    let start = time_spent();
    let bytes = serde_json::to_vec(&fakes[1].snapshot()).expect("it has a JSON form").len();
    let seconds = time_spent() - start;
    println!("snapshot of the million: {} MB in {seconds:.2} s", bytes / 1_000_000);
}

/// The time of a page in the middle of a ledger, with a thousand transactions and a million.
fn pages() {
    for size in [1_000_u32, 1_000_000] {
        let mut world = World::new().loyalty_program(LoyaltyProgram::new(1));
        let entry = |n: u32| LedgerEntry::new(1, "anna", n % 100 + 1);
        world.ledger_entries = (0..size).map(entry).collect();
        let talon = Fake::new(world).expect("the world is fit");
        talon.keep_calls(0);
        let mut times: Vec<_> = (0..101)
            .map(|round| {
                let request = GetLoyaltyProgramProfileTransactions::new(1, "anna");
                let request = request.skip(i64::from(size / 2 + round));
                let start = Instant::now();
                black_box(now(talon.get_loyalty_program_profile_transactions(request)))
                    .expect("it is served");
                start.elapsed().as_secs_f64()
            })
            .collect();
        times.sort_by(f64::total_cmp);
        println!("page of 50 among {size} transactions: {:.0} µs", times[50] * 1e6);
    }
}

fn argument(name: &str) -> Option<String> {
    std::env::args().skip_while(|argument| argument != name).nth(1)
}

/// Measures each sort in a process of its own: what one leaves free another would use.
fn memory() {
    for what in ["session", "profile", "coupon"] {
        let program = std::env::current_exe().expect("it runs");
        let measured = std::process::Command::new(program).args(["--measure", what]).status();
        assert!(measured.is_ok_and(|status| status.success()), "a {what} takes too much");
    }
}

/// Bytes that a session, a profile or a coupon takes, by what the process has more of them.
fn measure(what: &str) {
    const COUNT: u32 = 100_000;
    if resident().is_none() {
        return println!("this system does not tell how much memory is used");
    }
    // The seed, which a reset begins with again, is there before: a coupon in it is another one.
    let mut campaign = Campaign::new("Spring");
    let coupons = if what == "coupon" { COUNT } else { 0 };
    campaign.coupons.extend((0..coupons).map(|n| Coupon::new(&*format!("COUPON-{n:07}"))));
    let world = World::new().campaign(campaign);
    let before = resident().unwrap_or_default();
    let talon = Fake::new(world).expect("the world is fit");
    talon.keep_calls(0);
    for n in 0..COUNT {
        match what {
            "session" => drop(now(talon.update_customer_session_v2(anonymous(n, COUNT)))),
            "profile" => drop(now(talon.update_customer_profile_v2(named(n)))),
            _ => {}
        }
    }
    let bytes = (resident().unwrap_or_default() - before) / f64::from(COUNT);
    let json = match what {
        "session" => serde_json::to_vec(&talon.session("session-0000001").expect("stored")),
        "profile" => serde_json::to_vec(&talon.profile("customer-0000001").expect("stored")),
        _ => serde_json::to_vec(&talon.coupon("COUPON-0000001").expect("seeded")),
    };
    show(what, bytes, json.expect("it has a JSON form").len());
}

fn anonymous(n: u32, count: u32) -> UpdateCustomerSessionV2 {
    let mut request = request(n, count);
    request.request.customer_session.profile_id = None;
    request.session_id = format!("session-{n:07}").into();
    request
}

fn named(n: u32) -> UpdateCustomerProfileV2 {
    let attributes = Attributes::new().with("Name", format!("Customer {n}"));
    let profile = NewCustomerProfile { attributes: Some(attributes), ..Default::default() };
    UpdateCustomerProfileV2::new(format!("customer-{n:07}"), profile)
}

fn show(what: &str, bytes: f64, json: usize) {
    let ratio = bytes / f64::from(u32::try_from(json).expect("it is small"));
    println!("{what}: {bytes:.0} bytes, {json} as JSON, ratio {ratio:.2}");
    assert!(ratio <= MOST_OF_JSON, "a {what} may take {MOST_OF_JSON} times its JSON at most");
}

/// Memory of the process, in pages of 4096 bytes.
fn resident() -> Option<f64> {
    let told = std::fs::read_to_string("/proc/self/statm").ok()?;
    Some(told.split(' ').nth(1)?.parse::<f64>().ok()? * 4096.0)
}

/// Three rules, and as many coupons as profiles.
fn world(size: u32) -> World {
    let mut campaign = Campaign::new("Spring")
        .rule(
            Rule::new("10 % off")
                .when(Condition::coupon_valid())
                .then(Reward::set_discount("10 % off", Discount::percent(10))),
        )
        .rule(
            Rule::new("points from 20")
                .when(Condition::cart_total(Range::at_least(20)))
                .then(Reward::add_loyalty_points(1, 20)),
        )
        .rule(
            Rule::new("1 off mugs")
                .when(Condition::AnyItem(ItemFilter {
                    sku: Some("SKU-3".to_owned()),
                    ..ItemFilter::default()
                }))
                .then(Reward::set_discount("1 off", Discount::amount(1))),
        );
    campaign.coupons.extend((0..size).map(|n| Coupon::new(&*format!("COUPON-{n:07}"))));
    let mut world = World::new().loyalty_program(LoyaltyProgram::new(1)).campaign(campaign);
    for n in 0..size {
        let attributes = Attributes::new().with("Name", format!("Customer {n}"));
        world = world.profile(format!("customer-{n:07}"), attributes);
    }
    world
}

/// Ten items and two codes, of the customers in turn.
fn request(call: u32, size: u32) -> UpdateCustomerSessionV2 {
    // A step that has no factor in common with the size meets everybody, and nobody twice in a row.
    let customer = u32::try_from(u64::from(call) * 7919 % u64::from(size)).expect("it is below");
    let items = (0..10).map(|n| CartItem::new(format!("SKU-{n}"), 1).price(5).category("mugs"));
    let session = NewCustomerSessionV2::default()
        .profile(format!("customer-{customer:07}"))
        .coupon_codes([
            format!("COUPON-{customer:07}"),
            format!("COUPON-{:07}", (customer + 1) % size),
        ])
        .cart_items(items)
        .attributes(Attributes::new().with("Channel", "web"));
    let content = [ResponseContent::CustomerSession, ResponseContent::CustomerProfile];
    UpdateCustomerSessionV2::new(format!("session-{customer:07}"), session)
        .response_content(content)
}

/// Updates a second, by the median of rounds that alternate.
fn speeds(fakes: &[Fake; 2], sizes: [u32; 2], calls: u32) -> [f64; 2] {
    let mut rounds = [Vec::new(), Vec::new()];
    for round in 0..ROUNDS {
        for ((fake, size), speeds) in fakes.iter().zip(sizes).zip(&mut rounds) {
            let first = u32::try_from(round).expect("a few") * calls;
            let requests: Vec<_> = (first..first + calls).map(|n| request(n, size)).collect();
            let start = time_spent();
            for request in requests {
                black_box(now(fake.update_customer_session_v2(request))).expect("it is served");
            }
            speeds.push(f64::from(calls) / (time_spent() - start));
        }
    }
    rounds.map(|mut speeds| {
        speeds.sort_by(f64::total_cmp);
        speeds[speeds.len() / 2]
    })
}

/// Seconds that this thread has had a core, so that others on the machine do not count; by the
/// clock on the wall where the system does not tell.
fn time_spent() -> f64 {
    static START: OnceLock<Instant> = OnceLock::new();
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanos = told.as_deref().and_then(|text| text.split(' ').next()?.parse::<f64>().ok());
    let wall = || START.get_or_init(Instant::now).elapsed().as_secs_f64();
    nanos.map_or_else(wall, |nanos| nanos / 1e9)
}

/// The output of a call that has nothing to wait for.
fn now<F: Future>(call: F) -> F::Output {
    match pin!(call).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(output) => output,
        Poll::Pending => unreachable!("a call without a fault does not wait"),
    }
}
