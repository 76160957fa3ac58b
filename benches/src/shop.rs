//! The fake at work: one shop, and as many coupons and profiles as asked for.

use std::hint::black_box;

use talon_core::model::{CartItem, IntegrationStateV2, NewCustomerSessionV2, ResponseContent};
use talon_core::operations::UpdateCustomerSessionV2;
use talon_core::{Attributes, IntegrationApi};
use talon_fake::rules::{Condition, Discount, ItemFilter, Range, Reward, Rule};
use talon_fake::{Campaign, Fake, LoyaltyProgram, World};
use talon_samples::immediate;

/// Lines of a cart.
const LINES: u32 = 10;

/// Sessions that are updated in turn.
const SESSIONS: usize = 1000;

/// A fake with a campaign of three rules, and requests for it.
///
/// Of the three one discounts the session for each valid coupon, one each unit of half of the
/// lines, and one gives points.
#[derive(Debug)]
pub struct Shop {
    fake: Fake,
    stored: usize,
    next: usize,
}

impl Shop {
    /// A shop with this many coupons and this many profiles. The fake is as anybody makes
    /// it: it records the last 10 000 calls.
    ///
    /// # Panics
    /// When `stored` is less than two.
    pub fn new(stored: usize) -> Self {
        Self::beside(0, stored)
    }

    /// A shop as [`new`](Self::new) makes it, with this many further campaigns of five rules, none of
    /// which applies to a cart.
    ///
    /// # Panics
    /// When `stored` is less than two.
    pub fn beside(campaigns: usize, stored: usize) -> Self {
        assert!(stored >= 2, "a cart has two codes");
        let mut campaign = Campaign::new("March").rule(discount()).rule(socks()).rule(miles());
        campaign.coupons = (0..stored).map(|number| code(number).as_str().into()).collect();
        let mut world = World::new().loyalty_program(LoyaltyProgram::new(1)).campaign(campaign);
        for number in 0..campaigns {
            world = world.campaign(idle(number));
        }
        for number in 0..stored {
            world = world.profile(profile(number), Attributes::new().with("Language", "german"));
        }
        let fake = Fake::new(world).expect("the world is fit");
        Self { fake, stored, next: 0 }
    }

    /// The fake.
    pub fn fake(&self) -> &Fake {
        &self.fake
    }

    /// The next customer's cart: ten lines and two codes from all over the store.
    pub fn request(&mut self) -> UpdateCustomerSessionV2 {
        let session = self.next % SESSIONS;
        self.next += 1;
        // A session keeps its customer and its codes, as carts do; 7919 is prime, so that they are
        // spread over the whole store.
        let first = session * self.stored / SESSIONS * 7919 % self.stored;
        let codes = [code(first), code((first + 1) % self.stored)];
        let cart = NewCustomerSessionV2::default()
            .profile(profile(first))
            .coupon_codes(codes)
            .cart_items((0..LINES).map(line));
        let parts = [ResponseContent::CustomerSession, ResponseContent::Coupons];
        UpdateCustomerSessionV2::new(format!("cart-{session}"), cart).response_content(parts)
    }

    /// Updates a session.
    ///
    /// # Panics
    /// When the fake refuses.
    pub fn update(fake: &Fake, request: UpdateCustomerSessionV2) -> IntegrationStateV2 {
        black_box(immediate(fake.update_customer_session_v2(request)).expect("it is fit"))
    }
}

fn code(number: usize) -> String {
    format!("MARCH-{number:07}")
}

fn profile(number: usize) -> String {
    format!("customer-{number:07}")
}

fn line(number: u32) -> CartItem {
    let category = if number.is_multiple_of(2) { "socks" } else { "boots" };
    CartItem::new(format!("SKU-{number}"), 1).price(8 + i64::from(number)).category(category)
}

fn discount() -> Rule {
    Rule::new("A tenth off")
        .when(Condition::coupon_valid())
        .then(Reward::set_discount("10 % off", Discount::percent(10)))
}

fn socks() -> Rule {
    Rule::new("One off each pair of socks").when(Condition::cart_total(Range::at_least(20))).then(
        Reward::set_discount_per_item("1 off", Discount::amount(1), ItemFilter::category("socks")),
    )
}

fn miles() -> Rule {
    Rule::new("Miles")
        .when(Condition::cart_total(Range::at_least(50)))
        .then(Reward::add_loyalty_points(1, 20))
}

/// A campaign whose rules do not apply, each for another reason.
fn idle(number: usize) -> Campaign {
    let conditions = [
        Condition::coupon_valid(),
        Condition::referral_valid(),
        Condition::event("newsletter"),
        Condition::cart_total(Range::at_least(100_000)),
        Condition::ItemCount(Range::at_least(1000)),
    ];
    let rules = conditions.into_iter().enumerate().map(|(index, condition)| {
        let name = format!("Rule {index} of {number}");
        Rule::new(name).when(condition).then(Reward::set_discount("1 off", Discount::amount(1)))
    });
    rules.fold(Campaign::new(format!("Idle {number}")), Campaign::rule)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn idle_campaigns_have_no_effects() {
        let (mut alone, mut beside) = (Shop::new(10), Shop::beside(20, 10));

        let [alone, beside] =
            [&mut alone, &mut beside].map(|shop| Shop::update(&shop.fake.clone(), shop.request()));

        assert_eq!(alone.effects.len(), beside.effects.len());
    }

    #[test]
    fn all_three_rules_have_effects() {
        let mut shop = Shop::new(10);
        let request = shop.request();

        let state = Shop::update(shop.fake(), request);

        let types: Vec<_> = state.effects.iter().map(|it| it.kind.effect_type()).collect();
        let count = |wanted| types.iter().filter(|it| **it == wanted).count();
        assert_eq!(count("acceptCoupon"), 2, "{types:?}");
        assert_eq!(count("setDiscount"), 2, "{types:?}");
        assert_eq!(count("setDiscountPerItem"), 5, "{types:?}");
        assert_eq!(count("addLoyaltyPoints"), 1, "{types:?}");
    }

    #[test]
    fn carts_are_of_customers_all_over_the_store() {
        let mut shop = Shop::new(100_000);
        let mut customers: Vec<_> = (0..SESSIONS)
            .filter_map(|_| shop.request().request.customer_session.profile_id)
            .collect();

        customers.sort();
        customers.dedup();

        assert!(customers.len() > SESSIONS / 2, "{}", customers.len());
        assert!(customers.last().unwrap().as_str() > "customer-0090000");
    }
}
