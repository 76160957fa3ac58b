//! The world of refused samples.

use talon_fake::LoyaltyProgram;
use talon_fake::world::AttributeType;

use super::seed;
use crate::Seed;

/// The world in which the [refused samples](talon_samples::Sample::refused) of every operation are
/// refused.
pub fn refusing_world() -> Seed {
    seed::coupon(seed::Coupon::new("FOR-ANNA").recipient("anna"))
        .session_attributes(&[("Colour", AttributeType::String)])
        .profile_attributes(&[("City", AttributeType::String)])
        .event_type("danced", &[])
        .loyalty_program(LoyaltyProgram::of_cards(6).users_per_card_limit(1))
}
