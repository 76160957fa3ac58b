//! Effects that report that a redemption or a discount was rolled back.

use talon_core::effect::{EffectKind, RollbackCoupon, RollbackDiscount, RollbackReferral};

/// The effect that rolls back a redemption or a discount; `None` for effects that are not rolled
/// back, and for points and progress, which are rolled back where they are stored.
pub(super) fn of_effect(kind: &EffectKind) -> Option<EffectKind> {
    Some(match kind {
        EffectKind::AcceptCoupon(accepted) => {
            RollbackCoupon { value: accepted.value.clone() }.into()
        }
        EffectKind::AcceptReferral(accepted) => {
            RollbackReferral { value: accepted.value.clone() }.into()
        }
        kind => of_discount(kind)?.into(),
    })
}

fn of_discount(kind: &EffectKind) -> Option<RollbackDiscount> {
    let rollback = |name: &str, value| RollbackDiscount {
        name: name.to_owned(),
        value,
        ..RollbackDiscount::default()
    };
    Some(match kind {
        EffectKind::SetDiscount(discount) => rollback(&discount.name, discount.value),
        EffectKind::SetDiscountPerItem(discount) => RollbackDiscount {
            cart_item_position: Some(discount.position),
            cart_item_sub_position: discount.sub_position,
            ..rollback(&discount.name, discount.value)
        },
        EffectKind::SetDiscountPerAdditionalCost(discount) => RollbackDiscount {
            additional_cost_id: Some(discount.additional_cost_id),
            additional_cost: Some(discount.additional_cost.clone()),
            ..rollback(&discount.name, discount.value)
        },
        EffectKind::SetDiscountPerAdditionalCostPerItem(discount) => RollbackDiscount {
            cart_item_position: Some(discount.position),
            cart_item_sub_position: discount.sub_position,
            additional_cost_id: Some(discount.additional_cost_id),
            additional_cost: Some(discount.additional_cost.clone()),
            ..rollback(&discount.name, discount.value)
        },
        _ => return None,
    })
}
