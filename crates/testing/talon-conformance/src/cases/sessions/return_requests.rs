//! Requests for returns: their items, and refusals.

use crate::prelude::*;

cases! {
    "returnCartItems" {
        success units_of_a_line_are_returned,
        detail without_a_quantity_all_remaining_units_are_returned,
        detail an_item_is_named_by_its_sku,
        surprise lines_with_one_sku_are_returned_in_the_order_of_the_cart,
        detail position_and_sku_of_the_same_line_agree,
        detail quantities_of_a_line_listed_twice_are_summed,
        detail everything_may_be_returned,
        detail a_partially_returned_session_accepts_further_returns,
        refused(404) items_of_an_unknown_session_cannot_be_returned,
        refused(400) items_of_an_open_session_cannot_be_returned,
        refused(400) items_of_a_cancelled_session_cannot_be_returned,
        refused(400) an_empty_return_is_refused,
        refused(400) an_item_needs_a_position_or_a_sku,
        refused(400) an_unknown_line_cannot_be_returned,
        refused(400) position_and_sku_may_not_contradict,
        refused(400) no_more_units_are_returned_than_remain,
        refused(400) at_least_one_unit_is_returned,
        refused(400) the_sum_of_a_line_listed_twice_is_limited,
        refused(400) returned_units_cannot_be_returned_again,
        surprise one_wrong_item_refuses_the_whole_return,
        refused(400) a_return_has_fewer_contents_than_an_update,
    }
}

type Item = ReturnedCartItem;

/// The world of the example, after the close of its session.
async fn example(worlds: Worlds) -> World {
    let world = worlds.with(seed::of(seed::five_off_each())).await;
    world.put("cart-1", seed::shoes_and_shirts()).await;
    world
}

/// Position and quantity of each returned item.
fn returned(reply: &IntegrationStateV2) -> Vec<(Option<i64>, Option<i64>)> {
    let items = &reply.returned.as_ref().expect("always there").returned_cart_items;
    items.iter().map(|item| (item.position, item.quantity)).collect()
}

/// Asserts that the return is refused with one problem at this pointer, and that nothing has changed.
async fn assert_refused<const N: usize>(world: &World, items: [Item; N], pointer: &str) {
    let before = world.probe().snapshot();

    let refusal = world.give_back_refused("cart-1", items).await;

    let pointers: Vec<_> =
        refusal.problems().iter().map(|problem| problem.source.pointer.as_deref()).collect();
    assert_eq!((refusal.status().as_u16(), pointers), (400, vec![Some(pointer)]));
    assert_eq!(world.changes_since(&before), [""; 0]);
}

async fn units_of_a_line_are_returned(worlds: Worlds) {
    let world = example(worlds).await;

    let reply = world.give_back("cart-1", [Item::at(1).quantity(1)]).await;

    let session = reply.session();
    let counters: Vec<_> = session
        .cart_items
        .iter()
        .map(|item| (item.quantity, item.returned_quantity, item.remaining_quantity))
        .collect();
    assert_eq!(session.state, SessionState::PartiallyReturned);
    assert_eq!(counters, [(1, Some(0), Some(1)), (2, Some(1), Some(1))]);
    assert_eq!(returned(&reply), [(Some(1), Some(1))]);
}

async fn without_a_quantity_all_remaining_units_are_returned(worlds: Worlds) {
    let world = example(worlds).await;

    let reply = world.give_back("cart-1", [Item::at(1)]).await;

    assert_eq!(returned(&reply), [(Some(1), Some(2))]);
    assert_eq!(reply.session().cart_items[1].remaining_quantity, Some(0));
}

async fn an_item_is_named_by_its_sku(worlds: Worlds) {
    let world = example(worlds).await;

    let reply = world.give_back("cart-1", [Item::of_sku("SHIRT").quantity(1)]).await;

    assert_eq!(returned(&reply), [(Some(1), Some(1))]);
}

async fn lines_with_one_sku_are_returned_in_the_order_of_the_cart(worlds: Worlds) {
    let world = worlds.with(seed::of(seed::five_off_each())).await;
    let items = [("MUG", 2), ("POT", 1), ("MUG", 3)];
    let items = items.map(|(sku, quantity)| CartItem::new(sku, quantity).price(8));
    let session = NewCustomerSessionV2::default().cart_items(items);
    world.put("cart-1", session.state(SessionState::Closed)).await;

    let first = world.give_back("cart-1", [Item::of_sku("MUG").quantity(3)]).await;
    let rest = world.give_back("cart-1", [Item::of_sku("MUG")]).await;

    assert_eq!(returned(&first), [(Some(0), Some(2)), (Some(2), Some(1))]);
    assert_eq!(returned(&rest), [(Some(2), Some(2))]);
}

async fn position_and_sku_of_the_same_line_agree(worlds: Worlds) {
    let world = example(worlds).await;

    let both = Item { sku: Some("SHIRT".into()), ..Item::at(1) };
    let reply = world.give_back("cart-1", [both]).await;

    assert_eq!(returned(&reply), [(Some(1), Some(2))]);
}

async fn quantities_of_a_line_listed_twice_are_summed(worlds: Worlds) {
    let world = example(worlds).await;

    let twice = [Item::at(1).quantity(1), Item::of_sku("SHIRT").quantity(1)];
    let reply = world.give_back("cart-1", twice).await;

    assert_eq!(returned(&reply), [(Some(1), Some(2))]);
}

async fn everything_may_be_returned(worlds: Worlds) {
    let world = example(worlds).await;

    let reply = world.give_back("cart-1", [Item::at(0), Item::at(1)]).await;

    assert_eq!(reply.session().state, SessionState::PartiallyReturned);
    assert_eq!(reply.profile().total_sales, Amount::ZERO);
    assert_eq!(reply.profile().closed_sessions, 1);
}

async fn a_partially_returned_session_accepts_further_returns(worlds: Worlds) {
    let world = example(worlds).await;
    let first = world.give_back("cart-1", [Item::at(1).quantity(1)]).await;
    let second = world.give_back("cart-1", [Item::at(1).quantity(1)]).await;

    let third = world.give_back("cart-1", [Item::at(0)]).await;

    let own = |reply: &IntegrationStateV2| reply.returned.clone().expect("always there");
    assert_eq!(first.previous_returns, Some(Vec::new()));
    assert_eq!(second.previous_returns, Some(vec![own(&first)]));
    assert_eq!(third.previous_returns, Some(vec![own(&first), own(&second)]));
}

async fn items_of_an_unknown_session_cannot_be_returned(worlds: Worlds) {
    let world = worlds.empty().await;

    let refusal = world.give_back_refused("cart-1", [Item::at(0)]).await;

    assert_eq!(refusal.status(), 404);
}

async fn items_of_an_open_session_cannot_be_returned(worlds: Worlds) {
    let world = worlds.empty().await;
    world.put("cart-1", cart(100)).await;

    assert_refused(&world, [Item::at(0)], "/return").await;
}

async fn items_of_a_cancelled_session_cannot_be_returned(worlds: Worlds) {
    let world = example(worlds).await;
    world.put("cart-1", cancelled()).await;

    assert_refused(&world, [Item::at(0)], "/return").await;
}

async fn an_empty_return_is_refused(worlds: Worlds) {
    let world = example(worlds).await;

    assert_refused(&world, [], "/return/returnedCartItems").await;
}

async fn an_item_needs_a_position_or_a_sku(worlds: Worlds) {
    let world = example(worlds).await;

    let nameless = Item::default().quantity(1);
    assert_refused(&world, [nameless], "/return/returnedCartItems/0").await;
}

async fn an_unknown_line_cannot_be_returned(worlds: Worlds) {
    let world = example(worlds).await;

    assert_refused(&world, [Item::at(2)], "/return/returnedCartItems/0/position").await;
    assert_refused(&world, [Item::at(-1)], "/return/returnedCartItems/0/position").await;
    assert_refused(&world, [Item::of_sku("POT")], "/return/returnedCartItems/0/sku").await;
}

async fn position_and_sku_may_not_contradict(worlds: Worlds) {
    let world = example(worlds).await;

    let both = Item { sku: Some("SHOES".into()), ..Item::at(1) };
    assert_refused(&world, [both], "/return/returnedCartItems/0/sku").await;
}

async fn no_more_units_are_returned_than_remain(worlds: Worlds) {
    let world = example(worlds).await;
    world.give_back("cart-1", [Item::at(1).quantity(1)]).await;

    let pointer = "/return/returnedCartItems/0/quantity";
    assert_refused(&world, [Item::at(1).quantity(2)], pointer).await;
    assert_refused(&world, [Item::of_sku("SHOES").quantity(i64::MAX)], pointer).await;
}

async fn at_least_one_unit_is_returned(worlds: Worlds) {
    let world = example(worlds).await;

    let pointer = "/return/returnedCartItems/0/quantity";
    assert_refused(&world, [Item::at(1).quantity(0)], pointer).await;
    assert_refused(&world, [Item::at(1).quantity(-1)], pointer).await;
}

async fn the_sum_of_a_line_listed_twice_is_limited(worlds: Worlds) {
    let world = example(worlds).await;

    let three = [Item::at(1).quantity(1), Item::at(1).quantity(2)];
    assert_refused(&world, three, "/return/returnedCartItems/1/quantity").await;
}

async fn returned_units_cannot_be_returned_again(worlds: Worlds) {
    let world = example(worlds).await;
    world.give_back("cart-1", [Item::at(0)]).await;

    assert_refused(&world, [Item::at(0)], "/return/returnedCartItems/0").await;
}

async fn one_wrong_item_refuses_the_whole_return(worlds: Worlds) {
    let world = example(worlds).await;

    let items = [Item::at(1), Item::at(7)];
    assert_refused(&world, items, "/return/returnedCartItems/1/position").await;
}

async fn a_return_has_fewer_contents_than_an_update(worlds: Worlds) {
    let world = example(worlds).await;

    let content = [ResponseContent::Event, ResponseContent::AwardedGiveaways];
    let refusal = refusal(
        world
            .api
            .return_cart_items(
                ReturnCartItems::new("cart-1", [Item::at(0)]).response_content(content),
            )
            .await,
    );

    assert_eq!(refusal.status(), 400);
    assert_eq!(refusal.problems()[0].source.pointer.as_deref(), Some("/responseContent/1"));
    assert_eq!(
        world.read("cart-1").await.customer_session.expect("there").state,
        SessionState::Closed
    );
}
