//! Routes that change one row.

use serde_json::{Value, json};
use talon_fake::Campaign;
use talon_fake::world::{Audience, LedgerEntry, Profile};

use super::{Pair, pair};

/// The points that the world begins with: the id after that of the profile.
const FIRST_ENTRY: &str = "00000000-0000-4000-8000-000000000001";

/// Every route that changes one row.
pub(super) fn row_pairs() -> Vec<Pair> {
    let campaign = r#"{"name": "New"}"#;
    let audience = r#"{"name": "VIP", "members": ["anna"]}"#;
    let entry = json!({"programId": 7, "profileId": "anna", "amount": 5});
    vec![
        pair("PUT", "/_fake/campaigns/9", campaign, "put_campaign(campaign)", |fake| {
            fake.put_campaign(Campaign::new("New").id(9)).expect("it fits");
            Value::Null
        }),
        pair("DELETE", "/_fake/campaigns/1", "", "remove_campaign(id)", |fake| {
            assert!(fake.remove_campaign(1).expect("nothing names it"));
            Value::Null
        }),
        pair("PUT", "/_fake/coupons/GIFT-1", "{}", "put_coupon(campaign, coupon)", |fake| {
            fake.put_coupon(1, "GIFT-1").expect("it fits");
            Value::Null
        }),
        pair("DELETE", "/_fake/coupons/TENOFF", "", "remove_coupon(code)", |fake| {
            assert!(fake.remove_coupon("TENOFF"));
            Value::Null
        }),
        pair("PUT", "/_fake/profiles/anna", "{}", "put_profile(profile)", |fake| {
            let profile = Profile { id: "anna".into(), ..Profile::default() };
            fake.put_profile(profile).expect("it fits");
            Value::Null
        }),
        pair("DELETE", "/_fake/profiles/anna", "", "remove_profile(id)", |fake| {
            assert!(fake.remove_profile("anna"));
            Value::Null
        }),
        pair("PUT", "/_fake/audiences/3", audience, "put_audience(&audience)", |fake| {
            fake.put_audience(&Audience::new(3, "VIP").members(["anna"])).expect("it fits");
            Value::Null
        }),
        pair("DELETE", "/_fake/audiences/1", "", "remove_audience(id)", |fake| {
            assert!(fake.remove_audience(1).expect("nothing names it"));
            Value::Null
        }),
        pair("POST", "/_fake/ledgerEntries", entry.clone(), "add_ledger_entry(&entry)", |fake| {
            let uuid = fake.add_ledger_entry(&LedgerEntry::new(7, "anna", 5)).expect("it fits");
            json!({"transactionUUID": uuid})
        }),
        pair(
            "PUT",
            "/_fake/ledgerEntries/00000000-0000-4000-8000-000000000001",
            entry,
            "put_ledger_entry(uuid, &entry)",
            |fake| {
                let entry = LedgerEntry::new(7, "anna", 5);
                assert!(fake.put_ledger_entry(FIRST_ENTRY, &entry).expect("it fits"));
                Value::Null
            },
        ),
        pair(
            "DELETE",
            "/_fake/ledgerEntries/00000000-0000-4000-8000-000000000001",
            "",
            "remove_ledger_entry(uuid)",
            |fake| {
                assert!(fake.remove_ledger_entry(FIRST_ENTRY));
                Value::Null
            },
        ),
    ]
}
