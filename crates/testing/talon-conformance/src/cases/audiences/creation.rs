//! New audiences. BEHAVIOUR-today 5.2.

use http::StatusCode;
use tokio::task::JoinSet;

use super::{create, place};
use crate::prelude::*;

cases! {
    "createAudienceV2" {
        success an_audience_is_created,
        success an_audience_of_a_partner_is_created,
        surprise an_id_needs_no_integration,
        detail what_was_sent_is_returned,
        detail two_audiences_may_have_one_name,
        refused(409) an_id_of_an_integration_is_taken_once,
        surprise the_case_of_an_integration_does_not_matter,
        surprise ids_without_an_integration_are_taken_once_too,
        detail another_integration_may_have_the_id,
        detail of_many_at_once_one_takes_the_id,
        detail a_refused_audience_changes_nothing,
        detail the_id_of_a_seeded_audience_is_taken,
        detail a_new_audience_has_an_id_that_no_other_has,
        refused(400) a_name_is_needed,
        refused(400) an_audience_of_an_integration_needs_its_id_there,
        refused(400) an_id_has_1_to_1000_characters,
        refused(400) an_application_is_listed_once,
    }
}

fn partner(integration: &str) -> NewAudience {
    NewAudience::new("Regulars").integration(integration).integration_id("382370")
}

async fn refused(world: &World, audience: NewAudience) -> ApiError {
    refusal(world.api.create_audience_v2(CreateAudienceV2::new(audience)).await)
}

async fn an_audience_is_created(worlds: Worlds) {
    let world = worlds.empty().await;

    let reply = create(&world, NewAudience::new("Regulars")).await;

    let now = world.clock().now();
    let expected = Audience {
        account_id: reply.account_id,
        id: reply.id,
        created: now,
        name: "Regulars".to_owned(),
        created_in_3rd_party: Some(false),
        last_update: Some(now),
        ..Audience::default()
    };
    assert_eq!(reply, expected);
    assert_eq!(world.probe().audience(reply.id), Some(reply.clone()));
    assert_eq!(world.probe().member_count(reply.id), 0);
}

async fn an_audience_of_a_partner_is_created(worlds: Worlds) {
    let world = worlds.empty().await;

    let reply = create(&world, partner("mParticle")).await;

    assert_eq!(reply.integration.as_deref(), Some("mParticle"), "as it was sent");
    assert_eq!(reply.integration_id.as_deref(), Some("382370"));
    assert_eq!(reply.created_in_3rd_party, Some(true));
}

/// One of a platform that is no partner.
async fn an_id_needs_no_integration(worlds: Worlds) {
    let world = worlds.empty().await;

    let integration_id = Some("42".to_owned());
    let reply =
        create(&world, NewAudience { integration_id, ..NewAudience::new("Regulars") }).await;

    assert_eq!((reply.integration, reply.created_in_3rd_party), (None, Some(true)));
}

async fn what_was_sent_is_returned(worlds: Worlds) {
    let world = worlds.empty().await;
    let sent = NewAudience {
        sandbox: Some(true),
        description: Some("Bought twice".to_owned()),
        subscribed_applications_ids: Some(vec![3.into(), 8.into()]),
        created_in_3rd_party: Some(false),
        last_update: Some(at("2025-12-24T00:00:00Z")),
        ..partner("segment")
    };

    let reply = create(&world, sent.clone()).await;

    let echo = NewAudience {
        name: reply.name,
        sandbox: reply.sandbox,
        description: reply.description,
        subscribed_applications_ids: reply.subscribed_applications_ids,
        integration: reply.integration,
        integration_id: reply.integration_id,
        created_in_3rd_party: reply.created_in_3rd_party,
        last_update: reply.last_update,
    };
    assert_eq!(echo, sent);
}

async fn two_audiences_may_have_one_name(worlds: Worlds) {
    let world = worlds.empty().await;

    let one = create(&world, NewAudience::new("Regulars")).await;
    let other = create(&world, NewAudience::new("Regulars")).await;

    assert_ne!(one.id, other.id);
}

async fn an_id_of_an_integration_is_taken_once(worlds: Worlds) {
    let world = worlds.empty().await;
    create(&world, partner("mparticle")).await;

    let refusal = refused(&world, partner("mparticle")).await;

    assert_eq!(refusal.status(), StatusCode::CONFLICT);
    let message = "An audience with this ID already exists for this integration";
    assert_eq!(refusal.message(), message);
    assert_eq!(refusal.problems()[0].source.pointer.as_deref(), Some("/integrationId"));
}

async fn the_case_of_an_integration_does_not_matter(worlds: Worlds) {
    let world = worlds.empty().await;
    create(&world, partner("mparticle")).await;

    assert_eq!(refused(&world, partner("mParticle")).await.status(), StatusCode::CONFLICT);
}

async fn ids_without_an_integration_are_taken_once_too(worlds: Worlds) {
    let world = worlds.empty().await;
    let sent =
        || NewAudience { integration_id: Some("42".to_owned()), ..NewAudience::new("Regulars") };
    create(&world, sent()).await;

    assert_eq!(refused(&world, sent()).await.status(), StatusCode::CONFLICT);
}

async fn another_integration_may_have_the_id(worlds: Worlds) {
    let world = worlds.empty().await;
    create(&world, partner("mparticle")).await;

    let other = create(&world, partner("segment")).await;

    assert_eq!(other.integration_id.as_deref(), Some("382370"));
}

async fn of_many_at_once_one_takes_the_id(worlds: Worlds) {
    let world = worlds.empty().await;
    let mut calls = JoinSet::new();
    for _ in 0..16 {
        let api = world.api.clone();
        let request = CreateAudienceV2::new(partner("mparticle"));
        calls.spawn(async move { api.create_audience_v2(request).await });
    }

    let replies = calls.join_all().await;

    let (created, refused): (Vec<_>, Vec<_>) = replies.into_iter().partition(Result::is_ok);
    assert_eq!(created.len(), 1);
    for reply in refused {
        assert_eq!(refusal(reply).status(), StatusCode::CONFLICT);
    }
}

async fn a_refused_audience_changes_nothing(worlds: Worlds) {
    let world = worlds.empty().await;
    create(&world, partner("mparticle")).await;
    let before = world.probe().snapshot();

    refused(&world, partner("mparticle")).await;

    assert_eq!(world.changes_since(&before), [""; 0]);
}

async fn the_id_of_a_seeded_audience_is_taken(worlds: Worlds) {
    let seeded = talon_fake::world::Audience::new(7, "Regulars").integration("mparticle", "382370");
    let world = worlds.with(Seed::new().add_audience(seeded)).await;

    assert_eq!(refused(&world, partner("mparticle")).await.status(), StatusCode::CONFLICT);
}

async fn a_new_audience_has_an_id_that_no_other_has(worlds: Worlds) {
    let seed = (1..=5).fold(Seed::new(), |seed, id| seed.audience(id, format!("Seeded {id}")));
    let world = worlds.with(seed).await;

    let reply = create(&world, NewAudience::new("Regulars")).await;

    assert!(!(1..=5).contains(&reply.id.get()));
    for id in 1..=5 {
        let name = world.probe().audience(id).expect("seeded").name;
        assert_eq!(name, format!("Seeded {id}"));
    }
}

async fn a_name_is_needed(worlds: Worlds) {
    let world = worlds.empty().await;

    assert_eq!(place(&refused(&world, NewAudience::new("")).await), "/name");
}

async fn an_audience_of_an_integration_needs_its_id_there(worlds: Worlds) {
    let world = worlds.empty().await;

    let audience = NewAudience { integration_id: None, ..partner("mparticle") };
    assert_eq!(place(&refused(&world, audience).await), "/integrationId");
}

async fn an_id_has_1_to_1000_characters(worlds: Worlds) {
    let world = worlds.empty().await;
    let with_id =
        |id: String| NewAudience::new("Regulars").integration("mparticle").integration_id(id);

    for id in [String::new(), "x".repeat(1001)] {
        assert_eq!(place(&refused(&world, with_id(id)).await), "/integrationId");
    }
    create(&world, with_id("ä".repeat(1000))).await;
}

async fn an_application_is_listed_once(worlds: Worlds) {
    let world = worlds.empty().await;

    let applications = Some(vec![3.into(), 8.into(), 3.into()]);
    let audience =
        NewAudience { subscribed_applications_ids: applications, ..NewAudience::new("Regulars") };

    assert_eq!(place(&refused(&world, audience).await), "/subscribedApplicationsIds/2");
}
