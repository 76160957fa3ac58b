//! Referral codes for many advocates. BEHAVIOUR-today 5.1.

use std::collections::BTreeSet;

use talon_core::model::ReferralList;

use super::{batch, campaigns, create_batch};
use crate::prelude::*;

cases! {
    "createReferralsForMultipleAdvocates" {
        success each_advocate_gets_a_code_in_order,
        success a_code_has_everything_that_was_sent,
        surprise a_reply_has_no_body_by_default,
        surprise an_advocate_that_is_listed_twice_gets_two_codes,
        detail the_codes_of_a_call_share_a_batch,
        detail unknown_advocates_are_created,
        detail a_new_code_can_be_redeemed,
        detail codes_follow_the_pattern_of_the_campaign,
        detail a_request_may_have_a_pattern_and_characters,
        detail characters_go_with_the_pattern_of_the_campaign,
        surprise the_limits_of_the_campaign_do_not_apply,
        surprise a_code_may_be_used_once_by_default,
        detail a_code_may_be_used_without_limit,
        detail the_highest_usage_limit_is_accepted,
        detail a_pattern_with_exactly_enough_codes_is_accepted,
        detail a_thousand_advocates_are_accepted,
    }
}

fn advocates(list: &ReferralList) -> Vec<&str> {
    list.data.iter().map(|it| it.advocate_profile_integration_id.as_str()).collect()
}

fn codes(list: &ReferralList) -> BTreeSet<&str> {
    list.data.iter().map(|it| it.code.as_str()).collect()
}

async fn each_advocate_gets_a_code_in_order(worlds: Worlds) {
    let world = worlds.with(campaigns()).await;

    let list = create_batch(&world, batch(&["zoe", "anna", "bert"])).await;

    assert_eq!(advocates(&list), ["zoe", "anna", "bert"]);
    assert_eq!((list.total_result_size, codes(&list).len()), (3, 3));
    for referral in list.data {
        assert_eq!(world.probe().referral(referral.code.clone()), Some(referral));
    }
}

async fn a_code_has_everything_that_was_sent(worlds: Worlds) {
    let world = worlds.with(campaigns()).await;
    let batch = NewReferralBatch {
        start_date: Some(at("2026-01-01T00:00:00+02:00")),
        expiry_date: Some(at("2026-02-01T00:00:00Z")),
        attributes: Some(Attributes::new().with("Channel", "mail")),
        ..batch(&["anna"]).usage_limit(5)
    };

    let list = create_batch(&world, batch.clone()).await;

    let referral = &list.data[0];
    let expected = Referral {
        id: referral.id,
        created: world.clock().now(),
        campaign_id: seed::campaign_id(),
        advocate_profile_integration_id: "anna".into(),
        start_date: Some(at("2025-12-31T22:00:00Z")),
        expiry_date: batch.expiry_date,
        code: referral.code.clone(),
        usage_limit: 5,
        attributes: batch.attributes,
        batch_id: referral.batch_id.clone(),
        ..Referral::default()
    };
    assert_eq!(referral, &expected);
}

async fn a_reply_has_no_body_by_default(worlds: Worlds) {
    let world = worlds.with(campaigns()).await;

    let request = CreateReferralsForMultipleAdvocates::new(batch(&["anna"]));
    let reply = world.api.create_referrals_for_multiple_advocates(request).await;

    assert_eq!(reply.expect("accepted"), None);
    let request = GetCustomerInventory::new("anna").referrals(true);
    let inventory = world.api.get_customer_inventory(request).await.expect("a profile");
    assert_eq!(inventory.referrals.expect("asked for").len(), 1);
}

async fn an_advocate_that_is_listed_twice_gets_two_codes(worlds: Worlds) {
    let world = worlds.with(campaigns()).await;

    let list = create_batch(&world, batch(&["anna", "bert", "anna"])).await;

    assert_eq!(advocates(&list), ["anna", "bert", "anna"]);
    assert_eq!(codes(&list).len(), 3);
}

async fn the_codes_of_a_call_share_a_batch(worlds: Worlds) {
    let world = worlds.with(campaigns()).await;

    let first = create_batch(&world, batch(&["anna", "bert"])).await;
    let second = create_batch(&world, batch(&["anna"])).await;

    let id = first.data[0].batch_id.clone().expect("of a batch");
    assert!(id.len() == 8 && id.chars().all(char::is_alphabetic), "{id}");
    assert_eq!(first.data[1].batch_id.as_ref(), Some(&id));
    assert_ne!(second.data[0].batch_id, Some(id));
}

async fn unknown_advocates_are_created(worlds: Worlds) {
    let world = worlds.with(campaigns()).await;

    create_batch(&world, batch(&["anna", "bert"])).await;

    assert!(world.probe().profile("anna").is_some() && world.probe().profile("bert").is_some());
}

async fn a_new_code_can_be_redeemed(worlds: Worlds) {
    let world = worlds.with(campaigns()).await;
    let code = create_batch(&world, batch(&["anna"])).await.data.remove(0).code;

    let reply = world.put("cart-1", cart(100).profile("bert").referral_code(code)).await;

    assert_eq!(reply.types(), ["acceptReferral", "setDiscount"]);
}

async fn codes_follow_the_pattern_of_the_campaign(worlds: Worlds) {
    let world = worlds.with(campaigns()).await;

    let list = create_batch(&world, batch(&["anna"])).await;

    let code = list.data[0].code.as_str();
    let random = code.strip_prefix("FRIEND-").expect("the pattern begins so");
    assert!(random.len() == 4 && !random.contains('#'), "{code}");
}

async fn a_request_may_have_a_pattern_and_characters(worlds: Worlds) {
    let world = worlds.with(campaigns()).await;
    let valid_characters = Some(vec!["7".into(), "8".into()]);

    let batch = NewReferralBatch { valid_characters, ..batch(&["anna"]).pattern("VIP-######") };
    let list = create_batch(&world, batch).await;

    let code = list.data[0].code.as_str();
    let random = code.strip_prefix("VIP-").expect("the pattern begins so");
    assert!(random.len() == 6 && random.chars().all(|it| "78".contains(it)), "{code}");
}

async fn characters_go_with_the_pattern_of_the_campaign(worlds: Worlds) {
    let world = worlds.with(campaigns()).await;
    let valid_characters = Some(vec!["7".into()]);

    let list =
        create_batch(&world, NewReferralBatch { valid_characters, ..batch(&["anna"]) }).await;

    assert_eq!(list.data[0].code, "FRIEND-7777");
}

async fn the_limits_of_the_campaign_do_not_apply(worlds: Worlds) {
    let campaign = seed::friends_campaign().limit(seed::limit("createReferral".into(), 1, &[]));
    let world = worlds.with(seed::of(campaign)).await;

    let list = create_batch(&world, batch(&["anna", "bert", "zoe"])).await;

    assert_eq!(list.total_result_size, 3);
}

async fn a_code_may_be_used_once_by_default(worlds: Worlds) {
    let world = worlds.with(campaigns()).await;

    assert_eq!(create_batch(&world, batch(&["anna"])).await.data[0].usage_limit, 1);
}

async fn a_code_may_be_used_without_limit(worlds: Worlds) {
    let world = worlds.with(campaigns()).await;
    let referral = create_batch(&world, batch(&["anna"]).usage_limit(0)).await.data.remove(0);

    for friend in ["bert", "carl"] {
        let session = cart(100).profile(friend).referral_code(referral.code.clone());
        let reply = world.put(friend, session.state(SessionState::Closed)).await;
        assert_eq!(reply.types(), ["acceptReferral", "setDiscount"]);
    }

    assert_eq!(referral.usage_limit, 0);
    assert_eq!(world.probe().referral(referral.code).expect("created").usage_counter, 2);
}

async fn the_highest_usage_limit_is_accepted(worlds: Worlds) {
    let world = worlds.with(campaigns()).await;

    let list = create_batch(&world, batch(&["anna"]).usage_limit(999_999)).await;

    assert_eq!(list.data[0].usage_limit, 999_999);
}

async fn a_pattern_with_exactly_enough_codes_is_accepted(worlds: Worlds) {
    let world = worlds.with(campaigns()).await;
    let valid_characters = Some(('A'..='J').map(String::from).collect());
    let advocates: Vec<_> = (0..1000).map(|index| format!("profile-{index}")).collect();

    let batch = NewReferralBatch::new(seed::CAMPAIGN, advocates).pattern("VIP-###");
    let list = create_batch(&world, NewReferralBatch { valid_characters, ..batch }).await;

    assert_eq!(codes(&list).len(), 1000);
}

async fn a_thousand_advocates_are_accepted(worlds: Worlds) {
    let world = worlds.with(campaigns()).await;
    let advocates = (0..1000).map(|index| format!("profile-{index}"));

    let list = create_batch(&world, NewReferralBatch::new(seed::CAMPAIGN, advocates)).await;

    assert_eq!((list.total_result_size, codes(&list).len()), (1000, 1000));
}
