//! What the controls of the page do to a world, and lists of many rows.

use std::time::Duration;

use libtest_mimic::Failed;
use serde_json::{Value, json};
use talon_core::prelude::*;
use talon_fake::{Campaign, Fake, Fault, World, Worlds};
use thirtyfour::Key;

use crate::Case;
use crate::tab::{Run, Tab};

pub(crate) const CASES: &[Case] = &[
    ("a_reset_to_the_demo_is_a_new_seed", a_reset_to_the_demo_is_a_new_seed),
    ("the_switch_refuses_unknown_members", the_switch_refuses_unknown_members),
    ("a_world_is_chosen_by_its_key", a_world_is_chosen_by_its_key),
    ("long_lists_have_pages", long_lists_have_pages),
    ("rows_of_a_filter_have_pages", rows_of_a_filter_have_pages),
    ("every_fault_is_planned_for_any_operation", every_fault_is_planned_for_any_operation),
    ("faults_of_the_control_api_are_shown", faults_of_the_control_api_are_shown),
];

fn worlds(world: World) -> Result<Worlds, Failed> {
    Ok(Worlds::new(Fake::new(world)?))
}

async fn reset_to(tab: &Tab, target: &str) -> Result<(), Failed> {
    tab.click("#reset").await?;
    tab.click(&format!("#reset-dialog [value={target}]")).await
}

fn a_reset_to_the_demo_is_a_new_seed(tab: Tab) -> Run {
    Box::pin(async move {
        let spring = World::new().campaign(Campaign::new("Spring").coupon("SPRING-1"));
        let tab = tab.with_worlds(&worlds(spring)?).await?;
        tab.click(".to-coupons a").await?;
        tab.shows("#content table", &["SPRING-1"]).await?;

        reset_to(&tab, "demo").await?;
        tab.shows("#notice", &["The world is the demo world"]).await?;
        tab.shows("#content table", &["SUMMER10", "LIMITED1"]).await?;
        assert!(tab.fake.coupon("SPRING-1").is_none());

        tab.make_session().await?;
        reset_to(&tab, "seed").await?;
        tab.shows("#notice", &["The world is its seed again"]).await?;
        assert!(tab.fake.session("cart-1").is_none() && tab.fake.coupon("SUMMER10").is_some());
        tab.has_no_errors().await
    })
}

fn the_switch_refuses_unknown_members(tab: Tab) -> Run {
    const SESSION: &str = "/v2/customer_sessions/cart-1";
    let misspelt = || json!({"customerSession": {"couponCode": ["SUMMER10"]}});
    Box::pin(async move {
        assert_eq!(tab.send("PUT", SESSION, misspelt()).await?, 200);
        tab.shows(".calls", &["200", "1 unknown member"]).await?;

        tab.click("#strict").await?;
        tab.shows("#notice", &["Unknown members are refused"]).await?;
        assert!(tab.fake.is_strict());
        assert_eq!(tab.send("PUT", SESSION, misspelt()).await?, 400);
        tab.shows(".calls > li:first-child", &["400", "1 unknown member"]).await?;
        tab.click(".calls > li:first-child summary").await?;
        let hint = ["Unknown member customerSession.couponCode", "did you mean couponCodes?"];
        tab.shows(".call", &hint).await?;

        // The switch shows the setting of the world, also after another one has changed it.
        tab.go("").await?;
        tab.has_count("#strict:checked", 1).await?;
        tab.fake.set_strict(false);
        tab.has_count("#strict:checked", 0).await?;
        tab.click("#strict").await?;
        tab.shows("#notice", &["Unknown members are refused"]).await?;
        tab.click("#strict").await?;
        tab.shows("#notice", &["Unknown members are accepted"]).await?;
        assert_eq!(tab.send("PUT", SESSION, misspelt()).await?, 200);
        tab.has_no_errors().await
    })
}

fn a_world_is_chosen_by_its_key(tab: Tab) -> Run {
    Box::pin(async move {
        let spring = World::new().api_keys(["spring-key"]).campaign(Campaign::new("Spring"));
        let spring = Fake::new(spring)?;
        let tab = tab.with_worlds(&worlds(World::demo())?.with(spring.clone())?).await?;
        let choose = async |key| {
            tab.fill("#choose-world [name=key]", key).await?;
            tab.click("#choose-world button").await
        };
        tab.make_session().await?;
        tab.click(".to-sessions a").await?;
        tab.shows("#content table", &["cart-1"]).await?;

        choose("spring-key").await?;
        tab.shows("#content", &["None in this world"]).await?;
        tab.click(".to-campaigns a").await?;
        tab.shows("#content table", &["Spring"]).await?;
        let (first, second) = (tab.fake.clock().now(), spring.clock().now());
        tab.click("[data-advance=days][data-by='1']").await?;
        tab.shows("#notice", &["Clock advanced"]).await?;
        assert_ne!(spring.clock().now(), second);
        assert_eq!(tab.fake.clock().now(), first);
        let other = UpdateCustomerProfileV2::new("ben", NewCustomerProfile::default());
        tab.client("spring-key")?.update_customer_profile_v2(other).await?;
        tab.click(".to-calls a").await?;
        tab.shows(".calls", &["/v2/customer_profiles/ben"]).await?;
        tab.has_count(".calls > li", 1).await?;

        choose("no-such-key").await?;
        tab.shows("#notice", &["no world has this key"]).await?;
        tab.shows("#connection", &["refused"]).await?;
        choose("").await?;
        tab.shows("#connection", &["live"]).await?;
        tab.shows(".calls", &["/v2/customer_sessions/cart-1"]).await?;
        tab.has_no_errors().await
    })
}

/// A world with two campaigns, the first of which has 120 coupons.
fn with_many_coupons() -> World {
    let codes = (0..120).map(|number| format!("CODE-{number:03}"));
    let many = codes.fold(Campaign::new("Many"), |it, code| it.coupon(code.as_str()));
    World::new().campaign(many).campaign(Campaign::new("One").coupon("SINGLE"))
}

const ROWS: &str = "#content tbody tr";

/// Waits for a page of a list: its first and last code, and the buttons that it has.
async fn page(tab: &Tab, codes: [&str; 2], rows: usize, buttons: &[&str]) -> Result<(), Failed> {
    tab.shows("#content table", &codes).await?;
    tab.has_count(ROWS, rows).await?;
    for name in ["Previous", "Next"] {
        let count = usize::from(buttons.contains(&name));
        tab.has_count(&format!("#content nav [data-key={name}]"), count).await?;
    }
    Ok(())
}

fn long_lists_have_pages(tab: Tab) -> Run {
    Box::pin(async move {
        let tab = tab.with_worlds(&worlds(with_many_coupons())?).await?;
        tab.click(".to-coupons a").await?;
        tab.shows("#content > h2", &["Coupons 121"]).await?;
        page(&tab, ["CODE-000", "CODE-049"], 50, &["Next"]).await?;
        tab.click("[data-key=Next]").await?;
        page(&tab, ["CODE-050", "CODE-099"], 50, &["Previous", "Next"]).await?;
        tab.click("[data-key=Next]").await?;
        page(&tab, ["CODE-100", "SINGLE"], 21, &["Previous"]).await?;

        // A page is an address: it stays when the world changes and when it is loaded again.
        tab.fake.put_coupon(1, "CODE-120")?;
        page(&tab, ["CODE-100", "CODE-120"], 22, &["Previous"]).await?;
        tab.browser.refresh().await?;
        page(&tab, ["CODE-100", "CODE-120"], 22, &["Previous"]).await?;
        tab.browser.back().await?;
        page(&tab, ["CODE-050", "CODE-099"], 50, &["Previous", "Next"]).await?;
        tab.click("[data-key=Previous]").await?;
        page(&tab, ["CODE-000", "CODE-049"], 50, &["Next"]).await?;
        tab.has_no_errors().await
    })
}

fn rows_of_a_filter_have_pages(tab: Tab) -> Run {
    Box::pin(async move {
        let tab = tab.with_worlds(&worlds(with_many_coupons())?).await?;
        tab.go("#/campaigns/1").await?;
        tab.has_count(ROWS, 20).await?;
        tab.shows("#content", &["All 120"]).await?;

        tab.click("[data-key=all-coupons]").await?;
        tab.shows("#content > h2", &["Coupons 120 with campaignId: 1"]).await?;
        page(&tab, ["CODE-000", "CODE-049"], 50, &["Next"]).await?;
        tab.click("[data-key=Next]").await?;
        tab.click("[data-key=Next]").await?;
        page(&tab, ["CODE-100", "CODE-119"], 20, &["Previous"]).await?;
        tab.shows("#content > h2", &["Coupons 120 with campaignId: 1"]).await?;
        tab.has_no_errors().await
    })
}

/// The faults of the form by their names there, the number that is typed, and what is planned.
fn faults() -> [(&'static str, Option<&'static str>, Fault); 8] {
    [
        ("Status", Some("500"), Fault::status(500)),
        ("429 with Retry-After", Some("7"), Fault::too_many_requests(Duration::from_secs(7))),
        ("409, parallel requests", None, Fault::conflict()),
        ("Late reply", Some("250"), Fault::delay(Duration::from_millis(250))),
        ("Dropped connection", None, Fault::drop_connection()),
        ("Executed, reply lost", None, Fault::lose_reply()),
        ("Truncated body", None, Fault::truncated_body()),
        ("Garbled body", None, Fault::garbled_body()),
    ]
}

fn every_fault_is_planned_for_any_operation(tab: Tab) -> Run {
    Box::pin(async move {
        tab.has_count("#plan-fault [name=fault] option", faults().len()).await?;
        for (count, (name, amount, _)) in (1_u64..).zip(faults()) {
            tab.choose("#plan-fault [name=fault]", name).await?;
            if let Some(amount) = amount {
                tab.fill("#plan-fault [name=amount]", amount).await?;
            }
            tab.fill("#plan-fault [name=times]", &count.to_string()).await?;
            tab.press(Key::Enter).await?;
            tab.shows("#planned", &[&format!("0 of {count}")]).await?;
        }

        let planned = tab.fake.faults().planned();
        let planned: Vec<_> =
            planned.into_iter().map(|rule| (rule.operation, rule.fault, rule.times)).collect();
        let wanted = (1..).zip(faults()).map(|(count, (_, _, fault))| (None, fault, Some(count)));
        assert_eq!(planned, wanted.collect::<Vec<_>>());
        tab.shows("#planned", &["any operation", "delay: milliseconds: 250"]).await?;
        tab.has_no_errors().await
    })
}

fn faults_of_the_control_api_are_shown(tab: Tab) -> Run {
    let shapes: [(Value, &[&str]); 4] = [
        (
            json!({"onAny": {"tooManyRequests": {"seconds": 2}}, "every": 3, "times": 5}),
            &["0 of 5", "tooManyRequests: seconds: 2", "any operation, every 3"],
        ),
        (
            json!({"onAny": {"delay": {"milliseconds": 500}}, "withProbability": [0.1, 42]}),
            &["0 of ∞", "delay: milliseconds: 500", "any operation, probability 0.1"],
        ),
        (
            json!({"next": {"trackEvent": {"apiError": {"status": 400, "message": "no"}}}}),
            &["0 of 1", "apiError: status: 400, message: no", "trackEvent"],
        ),
        (
            json!({"next": {"updateCustomerSessionV2": "loseReply"}, "times": 2}),
            &["0 of 2", "loseReply", "updateCustomerSessionV2"],
        ),
    ];
    Box::pin(async move {
        for (number, (plan, shown)) in (1..).zip(shapes) {
            assert_eq!(tab.send("POST", "/_fake/faults", plan).await?, 201);
            tab.shows(&format!("#planned li:nth-child({number})"), shown).await?;
        }
        tab.click("#clear-faults").await?;
        tab.has_count("#planned li", 0).await?;
        assert!(tab.fake.faults().planned().is_empty());

        // The same word as in the form: any operation meets it.
        tab.click("#plan-fault .primary").await?;
        tab.shows("#planned", &["0 of 1", "status: 503", "any operation"]).await?;
        tab.make_session().await?;
        tab.shows("#planned", &["1 of 1"]).await?;
        tab.shows(".calls", &["503", "fault"]).await?;
        tab.fake.faults().assert_used();
        tab.has_no_errors().await
    })
}
