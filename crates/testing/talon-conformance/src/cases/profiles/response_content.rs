//! Parts of replies that updates of profiles request.

use crate::prelude::*;

cases! {
    "updateCustomerProfileV2" {
        surprise a_list_without_the_profile_excludes_it,
        refused(400) a_value_of_another_operation_is_refused,
        detail results_of_rules_are_returned_on_request,
        surprise parts_of_rules_require_rules,
        refused(400) an_unknown_value_is_refused,
    }
}

/// BEHAVIOUR 3.9 and 14: clients of 2020 send no list, and so they cannot request the profile.
async fn a_list_without_the_profile_excludes_it(worlds: Worlds) {
    let world = worlds.with(two_rules()).await;
    let update = async |content: Option<Vec<ResponseContent>>, runs_rules| {
        let profile =
            NewCustomerProfile { response_content: content, ..NewCustomerProfile::default() };
        let request = UpdateCustomerProfileV2::new("anna", profile).run_rule_engine(runs_rules);
        world.api.update_customer_profile_v2(request).await.expect("accepted")
    };

    for runs_rules in [true, false] {
        let without = update(Some(vec![ResponseContent::Loyalty]), runs_rules).await;
        let with = update(Some(vec![ResponseContent::CustomerProfile]), runs_rules).await;
        let empty = update(Some(Vec::new()), runs_rules).await;
        let absent = update(None, runs_rules).await;

        let profile = world.probe().profile("anna");
        assert!(profile.is_some());
        assert_eq!((without.customer_profile, empty.customer_profile), (None, None));
        assert_eq!((&with.customer_profile, &absent.customer_profile), (&profile, &profile));
        assert_eq!((without.loyalty.is_some(), absent.loyalty), (runs_rules, None));
    }
}

/// BEHAVIOUR-today 3.2: the list of the operation.
async fn a_value_of_another_operation_is_refused(worlds: Worlds) {
    let world = worlds.empty().await;

    let profile = NewCustomerProfile::default().response_content([ResponseContent::Coupons]);
    let request = UpdateCustomerProfileV2::new("anna", profile);
    let refusal = refusal(world.api.update_customer_profile_v2(request).await);

    assert_eq!(refusal.problems()[0].title, "enum");
    assert_eq!(world.probe().profile("anna"), None);
}

async fn an_unknown_value_is_refused(worlds: Worlds) {
    let world = worlds.empty().await;

    let profile = NewCustomerProfile::default().response_content(["everything"]);
    let request = UpdateCustomerProfileV2::new("anna", profile);
    let refusal = refusal(world.api.update_customer_profile_v2(request).await);

    assert_eq!(refusal.problems()[0].source.pointer.as_deref(), Some("/responseContent/0"));
    assert_eq!(world.probe().profile("anna"), None);
}

/// An update of a profile that requests all parts.
fn asking(run_rule_engine: bool) -> UpdateCustomerProfileV2 {
    let content = [
        ResponseContent::CustomerProfile,
        ResponseContent::TriggeredCampaigns,
        ResponseContent::Loyalty,
        ResponseContent::Event,
        ResponseContent::AwardedGiveaways,
        ResponseContent::RuleFailureReasons,
        ResponseContent::Achievements,
    ];
    let profile = NewCustomerProfile::default().response_content(content);
    UpdateCustomerProfileV2::new("anna", profile).run_rule_engine(run_rule_engine)
}

/// A rule that always applies, and one that never applies.
fn two_rules() -> Seed {
    let never = Rule::new("Never").when(Condition::Any(Vec::new()));
    seed::of(Campaign::new("Two").id(seed::CAMPAIGN).rule(seed::ten_percent()).rule(never))
}

async fn results_of_rules_are_returned_on_request(worlds: Worlds) {
    let world = worlds.with(two_rules()).await;

    let reply = world.api.update_customer_profile_v2(asking(true)).await.expect("accepted");

    let campaigns = reply.triggered_campaigns.expect("asked for");
    assert!(campaigns.iter().map(|campaign| campaign.id).eq([seed::campaign_id()]));
    assert_eq!(reply.event.expect("asked for").event_type, "talon_profile_created");
    assert_eq!(reply.rule_failure_reasons.expect("asked for")[0].rule_name, "Never");
    assert!(reply.loyalty.expect("asked for").programs.is_empty());
    assert_eq!(reply.awarded_giveaways, Some(Vec::new()));
    assert_eq!(reply.achievements, Some(Vec::new()));
}

async fn parts_of_rules_require_rules(worlds: Worlds) {
    let world = worlds.with(two_rules()).await;

    let reply = world.api.update_customer_profile_v2(asking(false)).await.expect("accepted");

    assert_eq!(reply.effects, Some(Vec::new()));
    assert_eq!(reply.customer_profile, world.probe().profile("anna"));
    assert_eq!((reply.event, reply.triggered_campaigns), (None, None));
    assert_eq!((reply.loyalty, reply.rule_failure_reasons), (None, None));
    assert_eq!(reply.achievements, None);
}
