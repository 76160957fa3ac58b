//! Replies to session updates, of any size.

use serde_json::{Value, json};

const MOMENT: &str = "2026-03-01T09:00:00.123456789Z";

/// A reply to an update of a session with `lines` lines, as the service of today returns it.
///
/// It is equal for equal `lines`: session, profile and coupon, an effect for each line, and four
/// effects for the session.
pub fn session_reply(lines: usize) -> Vec<u8> {
    let reply = json!({
        "customerSession": session(lines),
        "customerProfile": profile(),
        "coupons": [coupon()],
        "effects": effects(lines),
        "createdCoupons": [],
        "createdReferrals": [],
        "awardedGiveaways": [],
        "ruleFailureReasons": [],
    });
    reply.to_string().into_bytes()
}

fn session(lines: usize) -> Value {
    json!({
        "id": 17,
        "created": MOMENT,
        "integrationId": "cart-4711",
        "applicationId": 1,
        "profileId": "anna",
        "couponCodes": ["SUMMER10", "EXPIRED"],
        "referralCode": "",
        "loyaltyCards": [],
        "state": "open",
        "cartItems": (0..lines).map(item).collect::<Vec<_>>(),
        "additionalCosts": {"shipping": {"price": 4.9}},
        "identifiers": ["device-1"],
        "attributes": {"ShippingCity": "Berlin", "channel": "web"},
        "firstSession": false,
        "updateCount": 3,
        "total": 54.85,
        "cartItemTotal": 49.95,
        "additionalCostTotal": 4.9,
        "cartItemAdditionalCostTotal": 0,
        "updated": MOMENT,
    })
}

fn item(line: usize) -> Value {
    json!({
        "name": format!("Apple juice, bottle {line}"),
        "sku": format!("SKU-{line:05}"),
        "quantity": 1 + line % 3,
        "returnedQuantity": 0,
        "remainingQuantity": 1 + line % 3,
        "price": price(line),
        "category": "drinks",
        "product": {"name": "Apple juice"},
        "weight": 1100,
        "position": line,
        "attributes": {"material": "glass", "organic": true, "origin": "Altes Land", "vol": 0.7},
        "additionalCosts": {"deposit": {"price": 0.15}},
    })
}

/// 9.95, 10.95, … 18.95, repeated.
fn price(line: usize) -> Value {
    let units = u8::try_from(line % 10).expect("less than 10");
    json!(9.95 + f64::from(units))
}

fn profile() -> Value {
    json!({
        "id": 5,
        "created": MOMENT,
        "integrationId": "anna",
        "attributes": {"Name": "Anna", "Email": "anna@example.com"},
        "accountId": 2,
        "closedSessions": 3,
        "totalSales": 299.99,
        "loyaltyMemberships": [{"joined": MOMENT, "loyaltyProgramId": 1}],
        "audienceMemberships": [{"id": 2, "name": "Regulars"}],
        "lastActivity": MOMENT,
        "sandbox": false,
    })
}

fn coupon() -> Value {
    json!({
        "id": 129,
        "created": MOMENT,
        "campaignId": 1,
        "value": "SUMMER10",
        "usageLimit": 100,
        "discountLimit": 30.0,
        "startDate": MOMENT,
        "expiryDate": MOMENT,
        "limits": [
            {"action": "redeemCoupon", "limit": 1000.0, "period": "yearly", "entities": ["Coupon"]},
        ],
        "usageCounter": 10,
        "discountCounter": 10.5,
        "discountRemainder": 19.5,
        "attributes": {"season": "summer"},
        "isReservationMandatory": false,
        "implicitlyReserved": false,
        "profileRedemptionCount": 1,
    })
}

fn effects(lines: usize) -> Vec<Value> {
    let mut effects = vec![
        effect("acceptCoupon", &json!({"value": "SUMMER10"})),
        effect("rejectCoupon", &json!({"value": "EXPIRED", "rejectionReason": "CouponExpired"})),
    ];
    effects.extend((0..lines).map(|line| effect("setDiscountPerItem", &item_discount(line))));
    effects.push(effect(
        "addLoyaltyPoints",
        &json!({
            "name": "Points for every purchase", "programId": 1, "subLedgerId": "", "value": 20,
            "recipientIntegrationId": "anna", "transactionUUID": "6f2a7b1e-0000-4000-8000-000000000001",
        }),
    ));
    effects.push(effect(
        "showNotification",
        &json!({"notificationType": "Info", "title": "10 % off", "body": "on all drinks"}),
    ));
    effects
}

fn item_discount(line: usize) -> Value {
    json!({
        "name": "10 % off drinks", "value": 0.995, "position": line, "subPosition": 0,
        "desiredValue": 0.995, "scope": "price", "totalDiscount": 9.95,
    })
}

fn effect(effect_type: &str, props: &Value) -> Value {
    json!({
        "campaignId": 1,
        "rulesetId": 1,
        "ruleIndex": 0,
        "ruleName": "10 % off drinks, points for every purchase",
        "effectType": effect_type,
        "triggeredByCoupon": 129,
        "conditionIndex": 0,
        "evaluationGroupID": 7,
        "evaluationGroupMode": "stackable",
        "props": props,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use talon_core::effect::EffectKind;
    use talon_core::model::IntegrationStateV2;

    #[test]
    fn every_effect_is_typed() {
        let state: IntegrationStateV2 = serde_json::from_slice(&session_reply(3)).unwrap();

        assert_eq!(state.effects.len(), 7);
        for effect in &state.effects {
            assert!(!matches!(effect.kind, EffectKind::Unrecognized(_)), "{effect:?}");
        }
    }
}
