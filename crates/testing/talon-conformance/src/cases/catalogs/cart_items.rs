//! What the items of a cart take from the catalog. BEHAVIOUR-today 8.1.

use crate::prelude::*;
use crate::suite::catalogs::{add, line, patch, product, shop, shop_catalog};

cases! {
    "updateCustomerSessionV2" {
        detail an_item_has_price_attributes_and_product_of_the_catalog,
        detail what_is_sent_overrides_the_catalog,
        detail totals_and_discounts_are_of_the_price_of_the_catalog,
        refused(400) an_item_that_is_not_in_the_catalog_needs_a_price,
        detail an_item_that_is_not_in_the_catalog_may_have_a_price,
        surprise an_item_of_the_catalog_without_a_price_costs_nothing,
        surprise without_a_catalog_an_item_without_a_price_costs_nothing,
        surprise a_session_keeps_the_prices_that_it_was_sent_with,
        detail a_dry_run_reads_the_catalog,
        surprise members_that_only_replies_have_are_ignored,
        detail rules_read_the_attributes_of_the_catalog,
    }
    "updateCustomerSession" {
        refused(400) an_unknown_item_needs_a_price_in_the_first_version_too,
        detail the_first_version_reads_the_catalog,
    }
}

async fn an_item_has_price_attributes_and_product_of_the_catalog(worlds: Worlds) {
    let world = worlds.with(shop()).await;

    let lines = world.lines([line("MUG"), line("SHOES")]).await;

    assert_eq!((lines[0].price, &lines[0].product), (Some(12.into()), &Some(product("Mug"))));
    assert_eq!(lines[0].attributes, Some(Attributes::new().with("Colour", "red")));
    assert_eq!((lines[1].price, &lines[1].product), (Some(60.into()), &None));
    let ids = [lines[0].catalog_item_id, lines[1].catalog_item_id];
    assert!(ids[0].is_some() && ids[1].is_some() && ids[0] != ids[1], "{ids:?}");
    assert_eq!((&lines[0].prices, &lines[0].selected_price_type), (&None, &None));
}

async fn what_is_sent_overrides_the_catalog(worlds: Worlds) {
    let world = worlds.with(shop()).await;
    let attributes = Attributes::new().with("Colour", "blue").with("Engraving", "Anna");
    let item = line("MUG").price(10).attributes(attributes.clone());

    let lines = world.lines([CartItem { product: Some(product("Gift")), ..item }]).await;

    assert_eq!((lines[0].price, &lines[0].product), (Some(10.into()), &Some(product("Gift"))));
    assert_eq!(lines[0].attributes, Some(attributes));
    assert!(lines[0].catalog_item_id.is_some());
}

async fn totals_and_discounts_are_of_the_price_of_the_catalog(worlds: Worlds) {
    let catalog = shop_catalog();
    let world = worlds.with(seed::rule(seed::ten_percent()).catalog(catalog)).await;

    let session = NewCustomerSessionV2::default().cart_items([CartItem::new("MUG", 5)]);
    let reply = world.put("cart-1", session).await;

    assert_eq!(reply.session().total, 60.into());
    let EffectKind::SetDiscount(discount) = &reply.effects[0].kind else { panic!("{reply:?}") };
    assert_eq!(discount.value, 6.into());
}

async fn an_item_that_is_not_in_the_catalog_needs_a_price(worlds: Worlds) {
    let world = worlds.with(shop()).await;

    let session = NewCustomerSessionV2::default().cart_items([line("PLATE"), line("MUG")]);
    let refusal = world.put_refused("cart-1", session).await;

    assert_eq!(refusal.status(), 400);
    let [problem] = refusal.problems() else { panic!("{refusal:?}") };
    let pointer = problem.source.pointer.as_deref();
    assert_eq!(pointer, Some("/customerSession/cartItems/0/price"));
    assert_eq!(world.probe().session("cart-1"), None);
}

async fn an_item_that_is_not_in_the_catalog_may_have_a_price(worlds: Worlds) {
    let world = worlds.with(shop()).await;

    let lines = world.lines([line("PLATE").price(7)]).await;

    assert_eq!((lines[0].price, lines[0].catalog_item_id), (Some(7.into()), None));
}

async fn an_item_of_the_catalog_without_a_price_costs_nothing(worlds: Worlds) {
    let world = worlds.with(shop()).await;
    world.sync([AddCatalogItem { price: None, ..add("GIFT", 0) }]).await;

    assert_eq!(world.price_of("GIFT").await, 0.into());
}

async fn without_a_catalog_an_item_without_a_price_costs_nothing(worlds: Worlds) {
    let world = worlds.empty().await;

    let line = world.line_of("PLATE").await;

    assert_eq!((line.price, line.catalog_item_id), (Some(0.into()), None));
}

async fn a_session_keeps_the_prices_that_it_was_sent_with(worlds: Worlds) {
    let world = worlds.with(shop()).await;
    world.put("cart-1", NewCustomerSessionV2::default().cart_items([line("MUG")])).await;
    world.sync([PatchCatalogItem { price: Some(14.into()), ..patch("MUG") }]).await;

    let unchanged = world.put("cart-1", NewCustomerSessionV2::default()).await;
    let sent = NewCustomerSessionV2::default().cart_items([line("MUG")]);
    let updated = world.put("cart-1", sent).await;

    assert_eq!(unchanged.session().total, 12.into());
    assert_eq!(updated.session().total, 14.into());
}

async fn a_dry_run_reads_the_catalog(worlds: Worlds) {
    let world = worlds.with(shop()).await;

    let session = NewCustomerSessionV2::default().cart_items([line("MUG")]);
    let reply = world.try_out("cart-1", session).await;

    assert_eq!(reply.session().total, 12.into());
}

async fn members_that_only_replies_have_are_ignored(worlds: Worlds) {
    let world = worlds.with(shop()).await;
    let item = CartItem {
        catalog_item_id: Some(4711),
        selected_price_type: Some("member".into()),
        prices: Some([("member".to_owned(), PriceDetail::default())].into()),
        ..line("PLATE").price(7)
    };

    let lines = world.lines([item]).await;

    assert_eq!(lines[0].catalog_item_id, None);
    assert_eq!((&lines[0].selected_price_type, &lines[0].prices), (&None, &None));
}

async fn rules_read_the_attributes_of_the_catalog(worlds: Worlds) {
    let red = ItemFilter {
        attribute: Some(talon_fake::rules::AttributeTest::is("Colour", "red")),
        ..ItemFilter::default()
    };
    let seed = seed::when(Condition::AnyItem(red)).catalog(shop_catalog());
    let world = worlds.with(seed).await;
    let cart = |sku| NewCustomerSessionV2::default().cart_items([line(sku)]);

    assert!(world.fires("cart-1", cart("MUG")).await);
    assert!(!world.fires("cart-2", cart("SHOES")).await);
}

async fn an_unknown_item_needs_a_price_in_the_first_version_too(worlds: Worlds) {
    let world = worlds.with(shop()).await;

    let session = NewCustomerSession::default().cart_items([line("PLATE")]);
    let refusal = world.put_v1_refused("cart-1", session).await;

    let pointer = refusal.problems()[0].source.pointer.as_deref();
    assert_eq!(pointer, Some("/cartItems/0/price"));
}

async fn the_first_version_reads_the_catalog(worlds: Worlds) {
    let world = worlds.with(shop()).await;

    let reply =
        world.put_v1("cart-1", NewCustomerSession::default().cart_items([line("MUG")])).await;

    assert_eq!(reply.session.total, 12.into());
}
