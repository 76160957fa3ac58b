//! Customers.

mod inventory;
mod profile;

pub use inventory::{CustomerInventory, ReservedCustomers};
pub use profile::{
    AudienceMembership, CustomerProfile, CustomerProfileUpdate, LoyaltyMembership,
    NewCustomerProfile, ProfileAudiencesChanges,
};
