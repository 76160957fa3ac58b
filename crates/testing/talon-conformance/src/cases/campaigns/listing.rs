//! The campaigns that run. BEHAVIOUR-today 6.1.

use talon_core::model::{IntegrationCampaign, IntegrationCampaignPage, RuleMetadata};

use talon_fake::rules::{LedgerBalance, Points};

use crate::prelude::*;

cases! {
    "integrationGetAllCampaigns" {
        success a_campaign_that_runs_is_listed_with_its_rules,
        detail features_are_those_that_its_rules_need,
        surprise campaigns_that_do_not_run_are_left_out,
        surprise campaigns_come_by_their_ids,
        detail pages_follow_each_other,
        surprise behind_the_last_campaign_a_page_is_empty,
        detail a_page_has_50_campaigns,
        detail campaigns_may_be_named,
        surprise unknown_ids_are_ignored,
        detail bounds_of_the_start_are_included,
        detail bounds_of_the_end_are_included,
        surprise a_campaign_without_dates_passes_no_bounds,
        detail campaigns_of_a_store_are_found,
        detail campaigns_of_an_audience_are_found,
        detail all_filters_hold,
        surprise events_of_v3_are_no_feature_here,
        detail the_clock_decides_what_runs,
        refused(400) a_page_has_1_to_1000_campaigns,
        refused(400) a_negative_skip_is_refused,
    }
}

async fn page(world: &World, request: IntegrationGetAllCampaigns) -> IntegrationCampaignPage {
    world.api.integration_get_all_campaigns(request).await.expect("the request is accepted")
}

async fn ids(world: &World, request: IntegrationGetAllCampaigns) -> Vec<i64> {
    page(world, request).await.data.iter().map(|campaign| campaign.id.get()).collect()
}

fn all() -> IntegrationGetAllCampaigns {
    IntegrationGetAllCampaigns::new()
}

fn campaign(id: i64) -> Campaign {
    Campaign::new(format!("Campaign {id}")).id(id)
}

fn numbered(ids: impl IntoIterator<Item = i64>) -> Seed {
    ids.into_iter().fold(Seed::new(), |seed, id| seed.campaign(campaign(id)))
}

const MARCH: &str = "2025-03-01T00:00:00Z";
const JUNE: &str = "2025-06-01T00:00:00Z";
const NEXT_JUNE: &str = "2026-06-01T00:00:00Z";
const NEXT_JULY: &str = "2026-07-01T00:00:00Z";

/// 1 began in March, 2 in June, and both end; 3 has no dates.
fn dated() -> Seed {
    let one = campaign(1).starts(at(MARCH)).ends(at(NEXT_JUNE));
    let two = campaign(2).starts(at(JUNE)).ends(at(NEXT_JULY));
    Seed::new().campaign(one).campaign(two).campaign(campaign(3))
}

async fn a_campaign_that_runs_is_listed_with_its_rules(worlds: Worlds) {
    let attributes = Attributes::new().with("Season", "spring");
    let boots = Rule::new("Boots")
        .display_name("10 % off boots")
        .display_description("On every pair")
        .related_data("boots.png");
    let spring = campaign(7)
        .starts(at(MARCH))
        .ends(at(NEXT_JUNE))
        .attributes(attributes.clone())
        .description("What feet need")
        .tags(["shoes", "spring"])
        .feature(CampaignFeature::Strikethrough)
        .referrals("FRIEND-####")
        .stores([23])
        .audiences([5])
        .rule(boots)
        .rule(Rule::new("Socks"));
    let seed = seed::of(spring).store(23, "kiel", "Kiel").audience(5, "VIP");
    let world = worlds.with(seed).await;

    let reply = page(&world, all()).await;

    let boots = RuleMetadata {
        title: "Boots".to_owned(),
        display_name: Some("10 % off boots".to_owned()),
        display_description: Some("On every pair".to_owned()),
        related_data: Some("boots.png".to_owned()),
    };
    let expected = IntegrationCampaign {
        application_id: world.probe().application().id,
        id: 7.into(),
        name: "Campaign 7".to_owned(),
        description: Some("What feet need".to_owned()),
        start_time: Some(at(MARCH)),
        end_time: Some(at(NEXT_JUNE)),
        attributes: Some(attributes),
        state: CampaignState::Enabled,
        tags: vec!["shoes".to_owned(), "spring".to_owned()],
        features: vec![
            CampaignFeature::Coupons,
            CampaignFeature::Referrals,
            CampaignFeature::Strikethrough,
        ],
        rules: vec![boots, RuleMetadata { title: "Socks".to_owned(), ..RuleMetadata::default() }],
        linked_store_ids: Some(vec![23]),
        linked_audience_ids: Some(vec![5.into()]),
    };
    assert_eq!(reply, IntegrationCampaignPage { has_more: false, data: vec![expected] });
}

async fn features_are_those_that_its_rules_need(worlds: Worlds) {
    let points = Points { program_id: 7.into(), points: 5.into(), ..Points::default() };
    let rich = LedgerBalance::current(7, Range::at_least(5));
    let rule = |reward| Rule::new("Rule").then(reward);
    let seed = Seed::new()
        .loyalty_program(seed::program(7))
        .giveaways(3, "Tickets", &["T-1"])
        .campaign(campaign(1).rule(rule(Reward::AddLoyaltyPoints(points))))
        .campaign(campaign(2).rule(Rule::new("Rich").when(Condition::LoyaltyBalance(rich))))
        .campaign(campaign(3).rule(rule(Reward::AwardGiveaway(3))));
    let world = worlds.with(seed).await;

    let listed = page(&world, all()).await.data;

    let links = (&listed[0].linked_store_ids, &listed[0].linked_audience_ids);
    assert_eq!(links, (&None, &None), "they are left out when there are none");
    let needed: Vec<_> = listed.iter().map(|campaign| &campaign.features[1..]).collect();
    let (loyalty, giveaways) = ([CampaignFeature::Loyalty], [CampaignFeature::Giveaways]);
    assert_eq!(needed, [&loyalty[..], &loyalty, &giveaways]);
}

async fn campaigns_that_do_not_run_are_left_out(worlds: Worlds) {
    let seed = Seed::new()
        .campaign(campaign(1).state(CampaignState::Disabled))
        .campaign(campaign(2).state(CampaignState::Archived))
        .campaign(campaign(3).starts(at(NEXT_JUNE)))
        .campaign(campaign(4).ends(at(MARCH)))
        .campaign(campaign(5));
    let world = worlds.with(seed).await;

    assert_eq!(ids(&world, all()).await, [5]);
    assert_eq!(ids(&world, all().campaign_ids([1, 2, 3, 4])).await, [0; 0]);
}

async fn campaigns_come_by_their_ids(worlds: Worlds) {
    let world = worlds.with(numbered([9, 2, 5])).await;

    assert_eq!(ids(&world, all()).await, [2, 5, 9]);
}

async fn pages_follow_each_other(worlds: Worlds) {
    let world = worlds.with(numbered(1..=5)).await;

    for (skip, expected, has_more) in
        [(0, vec![1, 2], true), (2, vec![3, 4], true), (4, vec![5], false)]
    {
        let page = page(&world, all().page_size(2).skip(skip)).await;
        let ids: Vec<_> = page.data.iter().map(|campaign| campaign.id.get()).collect();
        assert_eq!((ids, page.has_more), (expected, has_more));
    }
}

async fn behind_the_last_campaign_a_page_is_empty(worlds: Worlds) {
    let world = worlds.with(numbered(1..=2)).await;

    let page = page(&world, all().skip(2)).await;

    assert_eq!(page, IntegrationCampaignPage { has_more: false, data: Vec::new() });
}

async fn a_page_has_50_campaigns(worlds: Worlds) {
    let world = worlds.with(numbered(1..=51)).await;

    let first = page(&world, all()).await;
    let whole = page(&world, all().page_size(1000)).await;

    assert_eq!((first.data.len(), first.has_more), (50, true));
    assert_eq!((whole.data.len(), whole.has_more), (51, false));
}

async fn campaigns_may_be_named(worlds: Worlds) {
    let world = worlds.with(numbered(1..=5)).await;

    assert_eq!(ids(&world, all().campaign_ids([4, 2])).await, [2, 4]);
}

async fn unknown_ids_are_ignored(worlds: Worlds) {
    let world = worlds.with(numbered(1..=2)).await;

    assert_eq!(ids(&world, all().campaign_ids([2, 404])).await, [2]);
    assert_eq!(ids(&world, all().campaign_ids([404])).await, [0; 0]);
    assert_eq!(ids(&world, all().store_id(404)).await, [0; 0]);
    assert_eq!(ids(&world, all().audience_id(404)).await, [0; 0]);
}

async fn bounds_of_the_start_are_included(worlds: Worlds) {
    let world = worlds.with(dated()).await;

    assert_eq!(ids(&world, all().start_after(at(MARCH))).await, [1, 2]);
    assert_eq!(ids(&world, all().start_after(at("2025-03-01T00:00:01Z"))).await, [2]);
    assert_eq!(ids(&world, all().start_before(at(JUNE))).await, [1, 2]);
    assert_eq!(ids(&world, all().start_before(at("2025-05-31T23:59:59Z"))).await, [1]);
    assert_eq!(ids(&world, all().start_after(at(JUNE)).start_before(at(JUNE))).await, [2]);
}

async fn bounds_of_the_end_are_included(worlds: Worlds) {
    let world = worlds.with(dated()).await;

    assert_eq!(ids(&world, all().end_after(at(NEXT_JUNE))).await, [1, 2]);
    assert_eq!(ids(&world, all().end_after(at(NEXT_JULY))).await, [2]);
    assert_eq!(ids(&world, all().end_before(at(NEXT_JUNE))).await, [1]);
    assert_eq!(ids(&world, all().end_before(at(MARCH))).await, [0; 0]);
}

async fn a_campaign_without_dates_passes_no_bounds(worlds: Worlds) {
    let world = worlds.with(dated()).await;
    let (long_ago, far) = (at("1970-01-01T00:00:00Z"), at("2999-01-01T00:00:00Z"));

    assert_eq!(ids(&world, all()).await, [1, 2, 3]);
    for bounded in [
        all().start_after(long_ago),
        all().start_before(far),
        all().end_after(long_ago),
        all().end_before(far),
    ] {
        assert_eq!(ids(&world, bounded).await, [1, 2]);
    }
}

async fn campaigns_of_a_store_are_found(worlds: Worlds) {
    let seed = numbered([1]).store(23, "kiel", "Kiel").store(24, "jena", "Jena");
    let seed = seed.campaign(campaign(2).stores([23])).campaign(campaign(3).stores([24, 23]));
    let world = worlds.with(seed).await;

    assert_eq!(ids(&world, all().store_id(23)).await, [2, 3]);
    assert_eq!(ids(&world, all().store_id(24)).await, [3]);
}

async fn campaigns_of_an_audience_are_found(worlds: Worlds) {
    let seed = numbered([1]).audience(5, "VIP").audience(6, "Early birds");
    let seed = seed.campaign(campaign(2).audiences([5])).campaign(campaign(3).audiences([6, 5]));
    let world = worlds.with(seed).await;

    assert_eq!(ids(&world, all().audience_id(5)).await, [2, 3]);
    assert_eq!(ids(&world, all().audience_id(6)).await, [3]);
}

async fn all_filters_hold(worlds: Worlds) {
    let world = worlds.with(dated()).await;

    let both = all().campaign_ids([1, 3]).start_after(at(MARCH));

    assert_eq!(ids(&world, both).await, [1]);
}

async fn events_of_v3_are_no_feature_here(worlds: Worlds) {
    let world = worlds.with(seed::of(campaign(1).advanced_events())).await;

    assert_eq!(page(&world, all()).await.data[0].features, [CampaignFeature::Coupons]);
}

async fn the_clock_decides_what_runs(worlds: Worlds) {
    let world = worlds.with(seed::of(campaign(1).starts(at(NEXT_JUNE)).ends(at(NEXT_JULY)))).await;

    assert_eq!(ids(&world, all()).await, [0; 0]);
    world.clock().set(at(NEXT_JUNE));
    assert_eq!(ids(&world, all()).await, [1]);
    world.clock().set(at(NEXT_JULY));
    assert_eq!(ids(&world, all()).await, [0; 0]);
}

/// The parameter that a request is refused for.
async fn refused(world: &World, request: IntegrationGetAllCampaigns) -> String {
    let refusal = refusal(world.api.integration_get_all_campaigns(request).await);
    assert_eq!(refusal.status(), 400);
    refusal.problems()[0].source.parameter.clone().expect("a parameter")
}

async fn a_page_has_1_to_1000_campaigns(worlds: Worlds) {
    let world = worlds.empty().await;

    for size in [0, -1, 1001] {
        assert_eq!(refused(&world, all().page_size(size)).await, "pageSize");
    }
}

async fn a_negative_skip_is_refused(worlds: Worlds) {
    let world = worlds.empty().await;

    assert_eq!(refused(&world, all().skip(-1)).await, "skip");
}
