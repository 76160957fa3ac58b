//! Customer profiles.

mod delete_customer_data;
mod get_customer_inventory;
mod update_customer_profile;
mod update_customer_profile_v2;
mod update_customer_profiles_v2;

pub use delete_customer_data::DeleteCustomerData;
pub use get_customer_inventory::GetCustomerInventory;
pub use update_customer_profile::UpdateCustomerProfile;
pub use update_customer_profile_v2::UpdateCustomerProfileV2;
pub use update_customer_profiles_v2::UpdateCustomerProfilesV2;
