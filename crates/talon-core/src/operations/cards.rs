//! Loyalty cards.

mod generate_loyalty_card;
mod get_loyalty_card_balances;
mod get_loyalty_card_points;
mod get_loyalty_card_transactions;
mod link_loyalty_card_to_profile;
mod unlink_loyalty_card_from_profile;

pub use generate_loyalty_card::GenerateLoyaltyCard;
pub use get_loyalty_card_balances::GetLoyaltyCardBalances;
pub use get_loyalty_card_points::GetLoyaltyCardPoints;
pub use get_loyalty_card_transactions::GetLoyaltyCardTransactions;
pub use link_loyalty_card_to_profile::LinkLoyaltyCardToProfile;
pub use unlink_loyalty_card_from_profile::UnlinkLoyaltyCardFromProfile;
