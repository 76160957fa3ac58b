//! Every condition.

use serde_json::json;
use talon_core::Amount;
use talon_core::prelude::*;
use talon_fake::rules::*;

use super::at;

pub(super) fn conditions() -> Vec<Condition> {
    let one_to_nine = Range {
        at_least: Some(1.into()),
        at_most: Some(9.into()),
        above: Some(0.into()),
        below: Some(10.into()),
        exactly: None,
    };
    let mugs = ItemFilter {
        sku: Some("MUG".to_owned()),
        category: Some("kitchen".to_owned()),
        price: Some(Range::below(20)),
        quantity: Some(Range::at_least(2)),
        attribute: Some(AttributeTest::within("Weight", Range::above(1))),
    };
    let born = AttributeTest {
        from: Some(at("1990-01-01T00:00:00Z")),
        before: Some(at("2000-01-01T00:00:00Z")),
        ..AttributeTest::exists("Born")
    };
    let near = AttributeTest::near("Home", Near { lat: 52.5, lon: 13.4, km: 30.0 });
    let channels = Some(vec![json!("mail"), json!("chat")]);
    let channel = AttributeTest { one_of: channels, ..AttributeTest::exists("channel") };
    let office = Range { at_least: Some(9.into()), ..Range::below(17) };
    let day = |text: &str| Some(text.parse().expect("a day"));
    vec![
        Condition::coupon_valid(),
        Condition::referral_valid(),
        Condition::CouponIs(vec!["SUMMER10".into()]),
        Condition::cart_total(one_to_nine),
        Condition::SessionTotal(Range::exactly(Amount::new(125, 1))),
        Condition::ItemCount(Range::at_least(2)),
        Condition::AnyItem(mugs),
        Condition::FirstSession(true),
        Condition::ClosedSessions(Range::exactly(0)),
        Condition::TotalSales(Range::at_most(0)),
        Condition::SessionState(SessionState::Closed),
        Condition::ProfileAttribute(born),
        Condition::ProfileAttribute(near),
        Condition::SessionAttribute(AttributeTest::contains("Tags", "new")),
        Condition::SessionAttribute(AttributeTest::is("Gift", true)),
        Condition::Any(vec![Condition::event("shared"), Condition::Hour(office)]),
        Condition::EventAttribute(channel),
        Condition::InAudience(5.into()),
        Condition::AdvocateInAudience(5.into()),
        Condition::JoinedAudience(5.into()),
        Condition::LeftAudience(5.into()),
        Condition::AchievementCompleted(8.into()),
        Condition::LoyaltyBalance(LedgerBalance {
            program_id: 7.into(),
            sub_ledger_id: "stars".to_owned(),
            balance: BalanceKind::TentativeCurrent,
            range: Range::at_least(5),
        }),
        Condition::LoyaltyTier(LedgerTier::named(7, "gold")),
        Condition::card_valid(8),
        Condition::card_registered(8),
        Condition::Date(Days { from: day("2026-03-01"), until: day("2026-03-31") }),
        Condition::Weekday(vec![Weekday::Monday, Weekday::Sunday]),
        !Condition::Always,
    ]
}
