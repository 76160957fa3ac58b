//! A world and requests that the tests share.

use talon_core::prelude::*;
use talon_fake::rules::*;
use talon_fake::{Campaign, Coupon, Fake, World};

/// One campaign with the coupon `TENOFF`: 10 % off, once.
pub(crate) fn world() -> World {
    World::new().now("2026-03-01T09:00:00Z").campaign(
        Campaign::new("Spring").coupon(Coupon::new("TENOFF").usage_limit(1)).rule(
            Rule::new("10 % off")
                .when(Condition::coupon_valid())
                .then(Reward::set_discount("10 % off", Discount::percent(10))),
        ),
    )
}

pub(crate) fn talon() -> Fake {
    Fake::new(world()).expect("the world is fit")
}

/// A cart with the coupon that is paid.
pub(crate) fn pay(session: &str) -> UpdateCustomerSessionV2 {
    update(session).closed()
}

/// A cart with the coupon.
pub(crate) fn update(session: &str) -> UpdateCustomerSessionV2 {
    let cart = NewCustomerSessionV2::default()
        .profile("anna")
        .coupon_codes(["TENOFF"])
        .cart_items([CartItem::new("MUG", 1).price(50)]);
    UpdateCustomerSessionV2::new(session, cart)
}

pub(crate) fn profile(id: &str) -> UpdateCustomerProfileV2 {
    UpdateCustomerProfileV2::new(id, NewCustomerProfile::default())
}

pub(crate) fn redeemed(talon: &Fake) -> i64 {
    talon.coupon("TENOFF").expect("it is in the world").usage_counter
}

/// The output of a call that has nothing to wait for, in a thread without a runtime.
pub(crate) fn now<F: Future>(call: F) -> F::Output {
    let mut call = std::pin::pin!(call);
    match call.as_mut().poll(&mut std::task::Context::from_waker(std::task::Waker::noop())) {
        std::task::Poll::Ready(output) => output,
        std::task::Poll::Pending => panic!("a call without a fault does not wait"),
    }
}

/// What an assertion says that fails.
pub(crate) fn panic_of(assertion: impl FnOnce() + std::panic::UnwindSafe) -> String {
    let panic = std::panic::catch_unwind(assertion).expect_err("the assertion fails");
    panic.downcast_ref::<String>().expect("a message").clone()
}

trait Closed {
    fn closed(self) -> Self;
}

impl Closed for UpdateCustomerSessionV2 {
    fn closed(mut self) -> Self {
        self.request.customer_session.state = Some(SessionState::Closed);
        self
    }
}
