//! Audiences and their members.

pub(crate) mod advocates;
pub(crate) mod attributes;
pub(crate) mod creation;
pub(crate) mod deletion;
pub(crate) mod elsewhere;
pub(crate) mod links;
pub(crate) mod members;
pub(crate) mod updates;

use talon_core::effect::ShowNotification;
use talon_core::model::CustomerProfileUpdate;

use crate::prelude::*;

const VIP: i64 = 5;

fn vip() -> Seed {
    Seed::new().audience(VIP, "VIP")
}

/// Effects `member`, `joined` and `left` when that is so of the audience `VIP`.
fn club() -> Seed {
    let rule = |name: &str, condition| {
        let notification = ShowNotification {
            notification_type: "Info".into(),
            title: name.into(),
            body: name.into(),
        };
        Rule::new(name).when(condition).then(Reward::ShowNotification(notification))
    };
    let campaign = Campaign::new("Club")
        .rule(rule("member", Condition::InAudience(VIP.into())))
        .rule(rule("joined", Condition::JoinedAudience(VIP.into())))
        .rule(rule("left", Condition::LeftAudience(VIP.into())));
    seed::of(campaign).audience(VIP, "VIP")
}

async fn create(world: &World, audience: NewAudience) -> Audience {
    let reply = world.api.create_audience_v2(CreateAudienceV2::new(audience)).await;
    reply.expect("the audience is accepted")
}

async fn change(world: &World, changes: impl IntoIterator<Item = AudienceChange>) {
    let changes = CustomerProfileAudienceChanges::new(changes);
    let request = UpdateCustomerProfileAudiences::new(changes);
    let reply = world.api.update_customer_profile_audiences(request).await;
    reply.expect("the changes are accepted");
}

async fn clear(world: &World) {
    let request = DeleteAudienceMembershipsV2::new(VIP);
    let reply = world.api.delete_audience_memberships_v2(request).await;
    reply.expect("the audience is there");
}

fn stored(world: &World) -> Audience {
    world.probe().audience(VIP).expect("stored")
}

/// Members of the audience `VIP`.
fn members(world: &World) -> Vec<String> {
    world.probe().members_of(VIP).iter().map(ToString::to_string).collect()
}

/// Names of the audiences of a profile.
fn audiences_of(world: &World, profile: &str) -> Vec<String> {
    let profile = world.probe().profile(profile).expect("stored");
    let memberships = profile.audience_memberships.expect("always there");
    memberships.into_iter().map(|membership| membership.name).collect()
}

/// Updates the profile of Anna with rules.
async fn update(world: &World, profile: NewCustomerProfile) -> CustomerProfileUpdate {
    let request = UpdateCustomerProfileV2::new("anna", profile).run_rule_engine(true);
    world.api.update_customer_profile_v2(request).await.expect("the update is accepted")
}

/// Names of the rules that apply to an update of the profile of Anna.
async fn rules(world: &World, profile: NewCustomerProfile) -> Vec<String> {
    let reply = update(world, profile).await;
    reply.effects.iter().flatten().map(|effect| effect.rule_name.clone()).collect()
}

/// Where the fault of a refused request is.
fn place(refusal: &ApiError) -> &str {
    assert_eq!(refusal.status(), 400);
    let source = &refusal.problems()[0].source;
    source.pointer.as_deref().or(source.parameter.as_deref()).expect("a place in the request")
}
