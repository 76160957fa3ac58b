//! Stored data other than sessions, profiles and codes, as a snapshot shows it.

use serde_json::{Value, json};
use talon_core::model::ProfileAudiencesChanges;
use talon_core::prelude::*;
use talon_core::{AudienceId, EventId};
use talon_fake::{Fake, World};

/// A table of the fake, by key.
fn table(talon: &Fake, name: &str) -> Value {
    let snapshot = serde_json::to_value(talon.snapshot()).expect("it has a JSON form");
    snapshot["state"]["tables"][name].clone()
}

fn track(session: &str, dry: bool) -> TrackEvent {
    let mut event = NewEvent::new("shared", session).profile("anna");
    event.attributes = Attributes::new().with("Channel", "mail");
    let mut request = TrackEvent::new(event);
    request.dry = dry.then_some(true);
    request
}

#[tokio::test]
async fn events_are_stored_and_their_attributes_deleted_with_the_data_of_the_profile() {
    let talon = Fake::new(World::new()).expect("a world");
    talon.track_event(track("s", true)).await.expect("a dry run");
    assert_eq!(table(&talon, "events"), json!({}));

    let first = talon.track_event(track("s", false)).await.expect("it is stored").event.id;
    let second = talon.track_event(track("s", false)).await.expect("it is stored").event.id;

    let events = table(&talon, "events");
    let stored = |id: EventId| &events[id.to_string()];
    assert_eq!(events.as_object().map(serde_json::Map::len), Some(2));
    assert_eq!(stored(second)["event"]["type"], "shared");
    assert_eq!(stored(second)["event"]["attributes"], json!({"Channel": "mail"}));
    assert_eq!(stored(second)["before"], json!(first.get()));

    talon.delete_customer_data(DeleteCustomerData::new("anna")).await.expect("she is known");

    let events = table(&talon, "events");
    for id in [first, second] {
        assert_eq!(events[id.to_string()]["event"]["attributes"], json!({}));
    }
}

#[tokio::test]
async fn audiences_and_their_members_are_stored() {
    let talon = Fake::new(World::new().audience(7, "VIP")).expect("a world");
    let change = async |profile: &str, adds: &[i64], deletes: &[i64]| {
        let ids = |ids: &[i64]| ids.iter().map(|id| AudienceId::from(*id)).collect();
        let changes = ProfileAudiencesChanges { adds: ids(adds), deletes: ids(deletes) };
        let profile_update =
            NewCustomerProfile { audiences_changes: Some(changes), ..Default::default() };
        let request = UpdateCustomerProfileV2::new(profile, profile_update);
        talon.update_customer_profile_v2(request).await.expect("the audience is there");
    };
    let now = "2026-01-01T00:00:00Z";
    let vip = json!({"accountId": 1, "id": 7, "created": now, "name": "VIP",
                     "createdIn3rdParty": false, "lastUpdate": now});
    assert_eq!(table(&talon, "audiences"), json!({"7": {"audience": vip, "generation": 0}}));

    change("ben", &[7], &[]).await;
    change("anna", &[7], &[]).await;
    change("anna", &[7], &[]).await;
    let members = json!({"7": {"audience": 7, "profiles": ["anna", "ben"], "changed": now}});
    assert_eq!(table(&talon, "audienceMembers"), members);

    change("ben", &[], &[7]).await;
    change("anna", &[], &[7]).await;
    let members = json!({"7": {"audience": 7, "profiles": [], "changed": now}});
    assert_eq!(table(&talon, "audienceMembers"), members);

    talon.delete_audience_v2(DeleteAudienceV2::new(7)).await.expect("no rule names it");
    assert_eq!(table(&talon, "audiences"), json!({}));
    assert_eq!(table(&talon, "audienceMembers"), json!({}));
}
