//! `talon demo`

use crate::process::{run, stdout};

#[test]
fn the_story_is_the_same_over_every_transport() {
    let told = ["fake", "reqwest", "hyper"].map(|name| run(&["demo", "--transport", name]));

    assert!(told.iter().all(|output| output.status.success()), "{told:?}");
    assert_eq!(stdout(&told[0]), stdout(&told[1]));
    assert_eq!(stdout(&told[0]), stdout(&told[2]));
}

#[test]
fn the_story_shows_what_was_sent_what_came_back_and_what_it_costs() {
    let story = stdout(&run(&["demo"]));

    for line in [
        "→ PUT /v2/customer_sessions/cart-1",
        "← setDiscount: \"10 % off\" takes off 3.3",
        "cart 37.9 − 3.3 = 34.6 to pay",
        "← rejectCoupon: EXPIRED, CouponExpired",
        "← rollbackCoupon: SUMMER10 may be used again",
        "← rollbackDiscount: \"1 off#0\" of 1 is taken back",
        "← state partially_returned; 1 of 2 mugs",
        "cart 16 − 3 = 13 to pay",
    ] {
        assert!(story.contains(line), "{line} is missing in:\n{story}");
    }
}

#[test]
fn the_story_calls_every_operation() {
    let story = stdout(&run(&["demo", "--json"]));

    let called: Vec<serde_json::Value> =
        story.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    for info in talon_core::OPERATIONS {
        assert!(called.iter().any(|step| step["operation"] == info.id), "{}", info.id);
    }
}
