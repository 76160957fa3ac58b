//! Audiences.

mod create_audience_v2;
mod delete_audience_memberships_v2;
mod delete_audience_v2;
mod update_audience_customers_attributes;
mod update_audience_v2;
mod update_customer_profile_audiences;

pub use create_audience_v2::CreateAudienceV2;
pub use delete_audience_memberships_v2::DeleteAudienceMembershipsV2;
pub use delete_audience_v2::DeleteAudienceV2;
pub use update_audience_customers_attributes::UpdateAudienceCustomersAttributes;
pub use update_audience_v2::UpdateAudienceV2;
pub use update_customer_profile_audiences::UpdateCustomerProfileAudiences;
