//! `talon demo`

use crate::process::{run, stdout};

#[test]
fn the_output_is_the_same_for_every_transport() {
    let outputs = ["fake", "reqwest", "hyper"].map(|name| run(&["demo", "--transport", name]));

    assert!(outputs.iter().all(|it| it.status.success()), "{outputs:?}");
    assert_eq!(stdout(&outputs[0]), stdout(&outputs[1]));
    assert_eq!(stdout(&outputs[0]), stdout(&outputs[2]));
}

#[test]
fn each_step_shows_the_request_the_effects_and_the_price() {
    let output = stdout(&run(&["demo"]));

    for line in [
        "→ PUT /v2/customer_sessions/cart-1",
        "← setDiscount: \"10 % off\" reduces the price by 3.3",
        "cart 37.9 − 3.3 = 34.6 to pay",
        "← rejectCoupon: EXPIRED, CouponExpired",
        "← rollbackCoupon: SUMMER10 can be redeemed again",
        "← rollbackDiscount: \"1 off#0\" of 1 is undone",
        "← state partially_returned; 1 of 2 mugs",
        "cart 16 − 3 = 13 to pay",
        "← addLoyaltyPoints: 150 points for finn, from 2026-03-15T09:00:00Z on",
        "← 0 points can be spent, 150 are pending",
        "← silver; 350 points to the next tier",
        "← deductLoyaltyPoints: 100 points",
        "← addLoyaltyPoints: 10 points for CARD-",
        "← 5 points can be spent, 15 were spent",
        "← 5 points that dora earned",
        "← of emil",
        "← 30 points are active",
        "← 50 points until 2027-03-15T09:00:00Z",
    ] {
        assert!(output.contains(line), "{line} is missing in:\n{output}");
    }
}

#[test]
fn every_operation_is_called() {
    let output = stdout(&run(&["demo", "--json"]));

    let called: Vec<serde_json::Value> =
        output.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    for info in talon_core::OPERATIONS {
        assert!(called.iter().any(|step| step["operation"] == info.id), "{}", info.id);
    }
}
