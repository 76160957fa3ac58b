// The shop and the world of the guide's examples, which include this file.

use std::sync::Arc;

use talon_core::prelude::*;
use talon_fake::rules::*;
use talon_fake::{Campaign, Coupon, Fake, World};

struct Shop(Arc<dyn IntegrationApi>);

impl Shop {
    /// Pays a cart with a coupon, and tries once more when the reply is lost.
    async fn pay(&self, cart: &str, coupon: &str) -> Result<(), Error> {
        match self.close(cart, coupon).await {
            Err(lost) if lost.may_have_been_applied() => match self.close(cart, coupon).await {
                // It was applied: a closed session cannot be closed again.
                Err(refused) if refused.is_bad_request() => Ok(()),
                again => again,
            },
            done => done,
        }
    }

    async fn close(&self, cart: &str, coupon: &str) -> Result<(), Error> {
        let session = NewCustomerSessionV2::default()
            .profile("anna")
            .coupon_codes([coupon])
            .cart_items([CartItem::new("MUG", 1).price(50)])
            .state(SessionState::Closed);
        let request = UpdateCustomerSessionV2::new(cart, session);
        self.0.update_customer_session_v2(request).await.map(drop)
    }
}

fn world() -> World {
    World::new().now("2026-03-01T09:00:00Z").campaign(
        Campaign::new("Spring").coupon(Coupon::new("SPRING").expires("2026-03-31T00:00:00Z")).rule(
            Rule::new("10 % off")
                .when(Condition::coupon_valid())
                .then(Reward::set_discount("10 % off", Discount::percent(10))),
        ),
    )
}
