//! Replies to session updates in three sizes, the same bytes in every run.
//!
//! In the format of the service: its order of members, times with nanoseconds, money with the
//! digits of binary fractions (`2.8449999999999998`), text beyond ASCII.

use std::fmt::Write as _;

/// How large a reply is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Size {
    /// Three effects, what a shop gets that asks for nothing else: about 1 KB.
    Small,
    /// Ten lines and fourteen effects, with session, profile, event and coupons: about 11 KB.
    Medium,
    /// As medium, with 1000 lines and 1004 effects: about 760 KB.
    Large,
}

impl Size {
    /// All sizes, ascending.
    pub const ALL: [Self; 3] = [Self::Small, Self::Medium, Self::Large];

    /// Name of the size in rows.
    pub fn name(self) -> &'static str {
        match self {
            Self::Small => "small",
            Self::Medium => "medium",
            Self::Large => "large",
        }
    }
}

const INSTANT: &str = "2026-03-01T09:00:00.123456789Z";

/// JSON of an `IntegrationStateV2`.
pub fn session_reply(size: Size) -> String {
    match size {
        Size::Small => small(),
        Size::Medium => whole(10),
        Size::Large => whole(1000),
    }
}

fn small() -> String {
    let effects = [accept(), line_discount(0), notification()].join(",");
    format!(r#"{{"effects":[{effects}],"createdCoupons":[],"createdReferrals":[]}}"#)
}

fn whole(lines: usize) -> String {
    let (session, profile, event, coupon) = (session(lines), profile(), event(), coupon());
    let mut effects = vec![accept(), reject()];
    effects.extend((0..lines).map(line_discount));
    effects.extend([points(), notification()]);
    let effects = effects.join(",");
    format!(
        r#"{{"customerSession":{session},"customerProfile":{profile},"event":{event},"coupons":[{coupon}],"effects":[{effects}],"createdCoupons":[{coupon}],"createdReferrals":[],"awardedGiveaways":[],"ruleFailureReasons":[]}}"#
    )
}

fn session(lines: usize) -> String {
    let items = (0..lines).map(item).collect::<Vec<_>>().join(",");
    format!(
        r#"{{"id":17,"created":"{INSTANT}","integrationId":"basket-5d20c41f","applicationId":4,"profileId":"customer-0417","couponCodes":["MARCH-10-QZRT","STALE"],"referralCode":"","loyaltyCards":[],"state":"open","cartItems":[{items}],"additionalCosts":{{"delivery":{{"price":7}}}},"identifiers":["203.0.113.141"],"attributes":{{"DeliveryTown":"Lübeck","channel":"web"}},"firstSession":false,"updateCount":3,"total":208.49,"cartItemTotal":181.49,"additionalCostTotal":7.0,"cartItemAdditionalCostTotal":20.0,"updated":"{INSTANT}"}}"#
    )
}

fn item(line: usize) -> String {
    let (quantity, price, id) = (1 + line % 3, line + 8, 500 + line);
    format!(
        r#"{{"name":"Hiking sock, merino {line}","sku":"SOCK441028-{line}","quantity":{quantity},"returnedQuantity":0,"remainingQuantity":{quantity},"price":{price}.45,"category":"socks","product":{{"name":"Hiking sock"}},"weight":1130,"height":10.5,"position":{line},"attributes":{{"picture":"41.jpeg","fabric":"merino","colour":"moss","washable":true}},"additionalCosts":{{"delivery":{{"price":2.5}}}},"catalogItemID":{id}}}"#
    )
}

fn profile() -> String {
    format!(
        r#"{{"id":6,"created":"{INSTANT}","integrationId":"customer-0417","attributes":{{"Language":"german","DeliveryCountry":"DE"}},"accountId":31,"closedSessions":3,"totalSales":412.35,"loyaltyMemberships":[{{"joined":"{INSTANT}","loyaltyProgramId":423514846}}],"audienceMemberships":[{{"id":2,"name":"Long walks"}}],"lastActivity":"{INSTANT}","sandbox":false}}"#
    )
}

fn event() -> String {
    format!(
        r#"{{"id":90,"created":"{INSTANT}","applicationId":4,"profileId":"customer-0417","type":"talon_session_updated","attributes":{{"trigger":"checkout"}},"sessionId":"basket-5d20c41f","effects":[],"ledgerEntries":[],"meta":{{}}}}"#
    )
}

fn coupon() -> String {
    format!(
        r#"{{"id":311,"created":"{INSTANT}","campaignId":2771,"value":"MARCH-10-QZRT","usageLimit":100,"discountLimit":30.0,"reservationLimit":45,"startDate":"{INSTANT}","expiryDate":"{INSTANT}","limits":[{{"action":"redeemCoupon","limit":1000.0,"period":"yearly","entities":["Coupon"]}}],"usageCounter":10,"discountCounter":10.5,"discountRemainder":19.5,"reservationCounter":1.0,"attributes":{{"season":"spring"}},"recipientIntegrationId":"customer-0417","batchId":"90211-77","isReservationMandatory":false,"implicitlyReserved":false,"profileRedemptionCount":1}}"#
    )
}

fn accept() -> String {
    effect(0, "acceptCoupon", r#"{"value":"MARCH-10-QZRT"}"#)
}

fn reject() -> String {
    effect(
        0,
        "rejectCoupon",
        r#"{"value":"STALE","rejectionReason":"CouponExpired","conditionIndex":0,"effectIndex":0,"details":"expired on 2026-01-31"}"#,
    )
}

/// Two of ten values have all digits of a binary fraction, as in replies of the service.
fn line_discount(line: usize) -> String {
    let units = u32::try_from(line).expect("a cart is short");
    let value = f64::from(units) + 0.845;
    let mut props = String::new();
    write!(
        props,
        r#"{{"name":"10% off socks","value":{value},"position":{line},"subPosition":0,"desiredValue":{value},"totalDiscount":18.15,"scope":"price"}}"#
    )
    .expect("text takes all");
    effect(1, "setDiscountPerItem", &props)
}

fn points() -> String {
    effect(
        2,
        "addLoyaltyPoints",
        r#"{"name":"miles","programId":5,"subLedgerId":"","value":120.5,"recipientIntegrationId":"customer-0417","transactionUUID":"5b0f7a52-3c1d-4d86-9f0e-6a1c2b3d4e5f","startDate":"2026-03-01T09:00:00Z","expiryDate":"2027-03-01T09:00:00Z"}"#,
    )
}

fn notification() -> String {
    effect(
        3,
        "showNotification",
        r#"{"notificationType":"Info","title":"Thank you","body":"10 % saved – schön! 🧦"}"#,
    )
}

fn effect(rule: u8, effect_type: &str, props: &str) -> String {
    format!(
        r#"{{"campaignId":2771,"rulesetId":4801,"ruleIndex":{rule},"ruleName":"A tenth off socks in March, and miles for each","effectType":"{effect_type}","triggeredByCoupon":311,"conditionIndex":0,"evaluationGroupID":7,"evaluationGroupMode":"stackable","props":{props}}}"#
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use talon_core::effect::EffectKind;
    use talon_core::model::IntegrationStateV2;

    #[test]
    fn every_effect_is_one_this_version_types() {
        for (size, effects) in Size::ALL.into_iter().zip([3, 14, 1004]) {
            let state: IntegrationStateV2 = serde_json::from_str(&session_reply(size)).unwrap();

            assert_eq!(state.effects.len(), effects);
            for effect in &state.effects {
                assert!(!matches!(effect.kind, EffectKind::Unrecognized(_)), "{effect:?}");
            }
        }
    }

    /// Ratios of one day can be compared with those of another only while these stay the same.
    #[test]
    fn the_committed_payloads_are_what_is_measured() {
        let small = include_str!("../payloads/session-reply-small.json");
        let medium = include_str!("../payloads/session-reply-medium.json");

        assert_eq!(session_reply(Size::Small), small.trim_end());
        assert_eq!(session_reply(Size::Medium), medium.trim_end());
    }

    #[test]
    fn sizes_are_as_documented() {
        let sizes = Size::ALL.map(|size| session_reply(size).len());

        assert!((1_000..1_500).contains(&sizes[0]), "{sizes:?}");
        assert!((11_000..12_000).contains(&sizes[1]), "{sizes:?}");
        assert!((750_000..790_000).contains(&sizes[2]), "{sizes:?}");
    }
}
