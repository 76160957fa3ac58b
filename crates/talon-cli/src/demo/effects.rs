//! One line of text for each effect.

use talon_core::Amount;
use talon_core::effect::EffectKind;

/// Describes the effect in one line.
pub(super) fn describe(effect: &EffectKind) -> String {
    let name = effect.effect_type();
    match effect {
        EffectKind::AcceptCoupon(props) => format!("{name}: {} is valid", props.value),
        EffectKind::RejectCoupon(props) => {
            format!("{name}: {}, {}", props.value, props.rejection_reason)
        }
        EffectKind::RollbackCoupon(props) => {
            format!("{name}: {} can be redeemed again", props.value)
        }
        EffectKind::AcceptReferral(props) => format!("{name}: {} is valid", props.value),
        EffectKind::RejectReferral(props) => {
            format!("{name}: {}, {}", props.value, props.rejection_reason)
        }
        EffectKind::SetDiscount(props) => {
            format!("{name}: \"{}\" reduces the price by {}", props.name, props.value)
        }
        EffectKind::SetDiscountPerItem(props) => {
            format!("{name}: \"{}\" takes off {}", props.name, props.value)
        }
        EffectKind::RollbackDiscount(props) => {
            format!("{name}: \"{}\" of {} is undone", props.name, props.value)
        }
        EffectKind::RollbackReferral(props) => format!("{name}: {} may be used again", props.value),
        EffectKind::AddLoyaltyPoints(props) => {
            let when = match props.start_date {
                _ if props.awaits_activation == Some(true) => {
                    ", once they are activated".to_owned()
                }
                Some(start) => format!(", from {start} on"),
                None => String::new(),
            };
            let profile = props.recipient_integration_id.as_str();
            let owner = props.card_identifier.as_deref().unwrap_or(profile);
            format!("{name}: {} points for {owner}{when}", props.value)
        }
        EffectKind::DeductLoyaltyPoints(props) => match &props.card_identifier {
            Some(card) => format!("{name}: {} points of {card}", props.value),
            None => format!("{name}: {} points", props.value),
        },
        EffectKind::ChangeLoyaltyTierLevel(props) => format!("{name}: {}", props.new_tier_name),
        EffectKind::RollbackAddedLoyaltyPoints(props) => {
            format!("{name}: {} points are removed", props.value)
        }
        other => {
            format!("{name}: {}", serde_json::to_string(other).unwrap_or_default())
        }
    }
}

/// Amount by which the effect reduces the price of the cart.
pub(super) fn discount(effect: &EffectKind) -> Amount {
    match effect {
        EffectKind::SetDiscount(props) => props.value,
        EffectKind::SetDiscountPerItem(props) => props.value,
        _ => Amount::ZERO,
    }
}
