//! Session updates in the fake, in process: ten lines, three rules, two codes; alone, and beside
//! campaigns of five rules that do not apply.

use crate::row::Row;
use crate::shop::Shop;

pub(super) fn rows() -> Vec<Row> {
    vec![
        update("evaluate/1000-stored/talon", || Shop::new(1000)),
        update("evaluate/1000-campaigns/talon", || Shop::beside(1000, 1000)),
        update("evaluate/1000000-stored/talon", || Shop::new(1_000_000)).heavy(),
    ]
}

fn update(name: &str, shop: fn() -> Shop) -> Row {
    Row::batched(name, move || {
        let mut shop = shop();
        move || {
            let (fake, request) = (shop.fake().clone(), shop.request());
            move || drop(Shop::update(&fake, request))
        }
    })
}
