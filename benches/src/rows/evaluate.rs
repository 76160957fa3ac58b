//! Session updates in the fake, in process: ten lines, three rules, two codes.

use crate::row::Row;
use crate::shop::Shop;

pub(super) fn rows() -> Vec<Row> {
    vec![
        update("evaluate/1000-stored/talon", 1000),
        update("evaluate/1000000-stored/talon", 1_000_000).heavy(),
    ]
}

fn update(name: &str, stored: usize) -> Row {
    Row::batched(name, move || {
        let mut shop = Shop::new(stored);
        move || {
            let (fake, request) = (shop.fake().clone(), shop.request());
            move || drop(Shop::update(&fake, request))
        }
    })
}
