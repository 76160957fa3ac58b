//! What a user does on the page.

use serde_json::json;
use talon_core::prelude::*;
use thirtyfour::Key;

use crate::Case;
use crate::tab::{Run, Tab};

pub(crate) const CASES: &[Case] = &[
    ("a_session_is_read_click_by_click", a_session_is_read_click_by_click),
    (
        "calls_appear_as_they_come_and_can_be_filtered",
        calls_appear_as_they_come_and_can_be_filtered,
    ),
    ("amounts_have_all_their_digits", amounts_have_all_their_digits),
    ("texts_of_the_api_are_never_markup", texts_of_the_api_are_never_markup),
    ("buttons_move_the_clock_and_plan_faults", buttons_move_the_clock_and_plan_faults),
    ("a_reset_asks_first", a_reset_asks_first),
    ("the_keyboard_is_enough", the_keyboard_is_enough),
    ("a_token_is_asked_for", a_token_is_asked_for),
];

fn a_session_is_read_click_by_click(tab: Tab) -> Run {
    Box::pin(async move {
        tab.shows(".empty", &["No calls yet", "curl -X PUT", "/v2/customer_sessions/cart-1"])
            .await?;
        tab.make_session().await?;

        tab.shows(".calls", &["PUT /v2/customer_sessions/cart-1", "200"]).await?;
        tab.click(".calls summary").await?;
        tab.shows(".call", &["MUG-BLUE", "\"effects\"", "updateCustomerSessionV2"]).await?;

        tab.click(".to-sessions a").await?;
        tab.shows("#content table", &["cart-1", "open", "anna"]).await?;
        tab.click("[data-key='sessions/cart-1']").await?;
        tab.shows("#content table", &["Blue mug", "19.99", "Green tea"]).await?;
        tab.shows(".effects", &["acceptCoupon", "setDiscount", "rejectCoupon", "EXPIRED"]).await?;
        tab.shows("#content", &["Why rules did not apply"]).await?;

        tab.click("[data-key='profiles/anna']").await?;
        tab.shows("#content > h2", &["anna"]).await?;
        tab.shows("#content", &["Sessions", "cart-1"]).await?;
        tab.has_no_errors().await
    })
}

fn calls_appear_as_they_come_and_can_be_filtered(tab: Tab) -> Run {
    Box::pin(async move {
        tab.make_session().await?;
        tab.shows(".calls", &["cart-1"]).await?;
        tab.click(".calls summary").await?;
        tab.shows(".call", &["MUG-BLUE"]).await?;

        let unknown = GetCustomerInventory::new("nobody");
        tab.talon.get_customer_inventory(unknown).await.expect_err("there is no such profile");

        tab.shows(".calls", &["404", "/v1/customer_profiles/nobody/inventory"]).await?;
        // The call that was open stays open.
        tab.shows(".call", &["MUG-BLUE"]).await?;

        tab.click(".filter [name=path]").await?;
        tab.press("inventory").await?;
        tab.press(Key::Enter).await?;
        tab.shows(".calls", &["nobody"]).await?;
        tab.has_count(".calls > li", 1).await?;
        tab.has_no_errors().await
    })
}

fn amounts_have_all_their_digits(tab: Tab) -> Run {
    // A double has 17 of them.
    const PRICE: &str = "80.0000000000000000001";
    Box::pin(async move {
        let item = CartItem::new("TEA", 1).price(PRICE.parse::<Amount>()?);
        let cart = NewCustomerSessionV2::default().cart_items([item]);
        tab.talon.update_customer_session_v2(UpdateCustomerSessionV2::new("cart-1", cart)).await?;

        tab.click(".to-sessions a").await?;
        tab.shows("#content table", &["cart-1", PRICE]).await?;
        tab.click("[data-key='sessions/cart-1']").await?;
        tab.shows("#content table", &["TEA", PRICE]).await?;
        tab.has_no_errors().await
    })
}

fn texts_of_the_api_are_never_markup(tab: Tab) -> Run {
    const HOSTILE: &str = "<img src=x onerror=\"document.title='owned'\">";
    Box::pin(async move {
        let attributes = Attributes::new().with("Name", HOSTILE);
        let profile = NewCustomerProfile::default().attributes(attributes);
        let request = UpdateCustomerProfileV2::new(HOSTILE, profile);
        tab.talon.update_customer_profile_v2(request).await?;
        let cart = NewCustomerSessionV2::default()
            .profile(HOSTILE)
            .coupon_codes([HOSTILE])
            .cart_items([CartItem::new(HOSTILE, 1).name(HOSTILE).price(1)]);
        tab.talon.update_customer_session_v2(UpdateCustomerSessionV2::new(HOSTILE, cart)).await?;

        tab.shows(".calls", &["<img src=x onerror="]).await?;
        tab.click(".calls summary").await?;
        tab.shows(".call", &["<img src=x onerror="]).await?;
        for list in ["sessions", "profiles"] {
            tab.click(&format!(".to-{list} a")).await?;
            tab.shows("#content table", &[HOSTILE]).await?;
            tab.click(&format!("#content th a[data-key^='{list}/']")).await?;
            tab.shows("#content > h2", &[HOSTILE]).await?;
        }

        let found = tab.run("return [document.title, document.images.length]", json!([])).await?;
        if found != json!(["talon fake", 0]) {
            return Err(format!("markup was made from text: {found}").into());
        }
        tab.has_no_errors().await
    })
}

fn buttons_move_the_clock_and_plan_faults(tab: Tab) -> Run {
    Box::pin(async move {
        let before = tab.fake.clock().now();
        tab.click("[data-advance=days][data-by='30']").await?;
        tab.shows("#notice", &["Clock advanced"]).await?;
        assert_ne!(tab.fake.clock().now(), before);
        let script = "document.querySelector('[name=at]').value = '2027-02-03T04:05:06'";
        tab.run(script, json!([])).await?;
        tab.click("#set-clock button").await?;
        tab.shows("#now", &["2027-02-03 04:05:06 UTC"]).await?;

        tab.choose("#plan-fault [name=operation]", "updateCustomerSessionV2").await?;
        tab.click("#plan-fault .primary").await?;
        tab.shows("#planned", &["0 of 1", "status: 503", "updateCustomerSessionV2"]).await?;
        tab.make_session().await?;
        tab.shows("#planned", &["1 of 1"]).await?;
        tab.shows(".calls", &["503", "fault"]).await?;
        tab.fake.faults().assert_used();
        tab.click("#clear-faults").await?;
        tab.shows("#notice", &["Faults cleared"]).await?;
        assert!(tab.fake.faults().planned().is_empty());
        tab.has_no_errors().await
    })
}

fn a_reset_asks_first(tab: Tab) -> Run {
    Box::pin(async move {
        tab.make_session().await?;
        tab.click("#reset").await?;
        tab.shows("#reset-dialog", &["Reset the world?"]).await?;
        tab.press(Key::Escape).await?;
        tab.click(".to-sessions a").await?;
        tab.shows("#content table", &["cart-1"]).await?;
        assert!(tab.fake.session("cart-1").is_some());

        tab.click("#reset").await?;
        tab.click("#reset-dialog [value=seed]").await?;
        tab.shows("#content", &["None in this world"]).await?;
        assert!(tab.fake.session("cart-1").is_none());
        tab.has_no_errors().await
    })
}

fn the_keyboard_is_enough(tab: Tab) -> Run {
    Box::pin(async move {
        tab.make_session().await?;
        tab.shows(".calls", &["cart-1"]).await?;
        let focused = "const it = document.activeElement; \
            const ring = getComputedStyle(it).outlineStyle; \
            return [it.dataset.key ?? it.innerText, ring]";

        tab.press(Key::Tab).await?;
        let skip = tab.run(focused, json!([])).await?;
        assert_eq!(skip, json!(["Skip to the content", "solid"]));
        // Every element with the focus shows it.
        for _ in 0..40 {
            tab.press(Key::Tab).await?;
            let at = tab.run(focused, json!([])).await?;
            assert_eq!(at[1], "solid", "{at}");
            if at[0] == "menu-sessions" {
                break;
            }
        }
        tab.press(Key::Enter).await?;
        tab.shows("#content table", &["cart-1"]).await?;
        tab.press(Key::Tab).await?;
        let row = tab.run(focused, json!([])).await?;
        assert_eq!(row, json!(["sessions/cart-1", "solid"]));
        tab.press(Key::Enter).await?;
        tab.shows("#content > h2", &["cart-1"]).await?;
        tab.has_no_errors().await
    })
}

fn a_token_is_asked_for(tab: Tab) -> Run {
    Box::pin(async move {
        let tab = tab.with_token("s3cret").await?;
        tab.shows("#token-dialog", &["Control token"]).await?;
        tab.fill("#token-dialog [name=token]", "wrong").await?;
        tab.press(Key::Enter).await?;
        tab.shows("#token-error", &["the control token is missing or wrong"]).await?;
        tab.fill("#token-dialog [name=token]", "s3cret").await?;
        tab.press(Key::Enter).await?;
        tab.shows("#connection", &["live"]).await?;
        tab.has_no_errors().await
    })
}
