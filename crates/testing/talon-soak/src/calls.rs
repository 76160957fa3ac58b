//! The calls of a shop, each with its own session or profile.

use talon_client::{Client, Transport};
use talon_core::prelude::*;
use talon_core::{CampaignId, LoyaltyProgramId, Result};
use talon_fake::rules::{Condition, Discount, Reward, Rule};
use talon_fake::{Campaign, Coupon, LoyaltyProgram, World};

/// Points for a purchase.
pub(crate) const POINTS: i64 = 10;
/// The coupon of every purchase.
pub(crate) const COUPON: &str = "SOAK";
const CAMPAIGN: i64 = 1;
pub(crate) const PROGRAM: i64 = 1;

/// A world in which every purchase redeems the coupon and earns points.
pub(crate) fn world() -> World {
    World::new()
        .event_type("shared_link", &[])
        .loyalty_program(LoyaltyProgram::new(LoyaltyProgramId::from(PROGRAM)))
        .campaign(
            Campaign::new("Soak")
                .id(CampaignId::from(CAMPAIGN))
                .referrals("FRIEND-########")
                .coupon(Coupon::new(COUPON))
                .rule(
                    Rule::new("10 % off and points")
                        .when(Condition::coupon_valid())
                        .then(Reward::set_discount("10 % off", Discount::percent(10)))
                        .then(Reward::add_loyalty_points(PROGRAM, POINTS)),
                ),
        )
}

/// Kind of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CallKind {
    /// Closes a session, V2.
    Pay,
    /// Updates an open session, V2.
    Fill,
    /// Closes a session, V1, which does not support `Idempotency-Key`.
    PayV1,
    /// Updates a profile, V2.
    Profile,
    /// Tracks an event, which is not idempotent.
    Event,
    /// Creates a referral code, which is not idempotent.
    Referral,
    /// Reads an inventory.
    Inventory,
}

impl CallKind {
    /// The kind of the call with this number.
    pub(crate) fn of(number: u64) -> Self {
        match number % 10 {
            0..=2 => Self::Pay,
            3 => Self::Fill,
            4 => Self::PayV1,
            5 => Self::Profile,
            6 | 7 => Self::Event,
            8 => Self::Referral,
            _ => Self::Inventory,
        }
    }
}

/// Id of the session or profile of the call with this number.
pub(crate) fn id(number: u64) -> String {
    format!("soak-{number}")
}

/// Makes the call with this number.
pub(crate) async fn call<T: Transport>(client: &Client<T>, number: u64) -> Result<()> {
    let id = id(number);
    match CallKind::of(number) {
        CallKind::Pay => client.call(pay(&id)).await.map(drop),
        CallKind::Fill => client.call(fill(&id)).await.map(drop),
        CallKind::PayV1 => client.call(pay_v1(&id)).await.map(drop),
        CallKind::Profile => {
            let profile = NewCustomerProfile::default();
            client.call(UpdateCustomerProfileV2::new(id, profile)).await.map(drop)
        }
        CallKind::Event => client.call(event(&id)).await.map(drop),
        CallKind::Referral => client.call(referral(&id)).await.map(drop),
        CallKind::Inventory => inventory(client, id).await,
    }
}

fn cart(id: &str) -> NewCustomerSessionV2 {
    NewCustomerSessionV2::default()
        .profile(id)
        .coupon_codes([COUPON])
        .cart_items([CartItem::new("SKU-1", 2).price(50)])
}

fn pay(id: &str) -> UpdateCustomerSessionV2 {
    UpdateCustomerSessionV2::new(id, cart(id).state(SessionState::Closed))
}

fn fill(id: &str) -> UpdateCustomerSessionV2 {
    UpdateCustomerSessionV2::new(id, cart(id))
}

fn pay_v1(id: &str) -> UpdateCustomerSession {
    let session = NewCustomerSession {
        profile_id: Some(id.into()),
        coupon: Some(COUPON.into()),
        state: Some(SessionState::Closed),
        cart_items: Some(vec![CartItem::new("SKU-1", 2).price(50)]),
        total: Some(Amount::from(100)),
        ..NewCustomerSession::default()
    };
    UpdateCustomerSession::new(id, session)
}

pub(crate) fn event(id: &str) -> TrackEvent {
    TrackEvent::new(NewEvent::new("shared_link", id))
}

pub(crate) fn referral(id: &str) -> CreateReferral {
    CreateReferral::new(NewReferral::new(CampaignId::from(CAMPAIGN), id))
}

/// The profile does not exist, so 404 is a success.
async fn inventory<T: Transport>(client: &Client<T>, id: String) -> Result<()> {
    match client.call(GetCustomerInventory::new(id).profile(true)).await {
        Err(error) if error.is_not_found() => Ok(()),
        other => other.map(drop),
    }
}
