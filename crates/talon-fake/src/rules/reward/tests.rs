//! Names of rewards.

use super::*;
use crate::rules::ItemFilter;

/// The member of a world file that a reward is.
fn member(reward: &Reward) -> String {
    let json = serde_json::to_value(reward).unwrap();
    json.as_object().unwrap().keys().next().unwrap().clone()
}

#[test]
fn constructors_are_named_after_their_effects() {
    macro_rules! named {
        ($( $name:ident $arguments:tt; )+) => {
            [ $( (stringify!($name), Reward::$name $arguments), )+ ]
        };
    }
    let any = ItemFilter::default;
    let rewards = named! {
        set_discount("a", Discount::percent(1));
        set_discount_per_item("a", Discount::percent(1), any());
        add_free_item("MUG", "Mug");
        add_loyalty_points(1, 1);
        add_loyalty_points_per_currency_unit(1, 1);
        add_loyalty_points_per_item(1, 1, any());
        deduct_loyalty_points(1, 1);
        increase_achievement_progress(1, 1);
    };
    for (name, reward) in rewards {
        let effect: String = member(&reward)
            .chars()
            .flat_map(|it| it.is_uppercase().then_some('_').into_iter().chain(it.to_lowercase()))
            .collect();
        let rest = name.strip_prefix(&*effect);
        assert!(
            rest.is_some_and(|it| it.is_empty() || it.starts_with("_per_")),
            "{name}: {effect}"
        );
    }
}
