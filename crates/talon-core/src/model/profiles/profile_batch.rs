//! Many profiles in one request.

use crate::model::{CustomerProfile, body_of_list, model};
use crate::{Attributes, ProfileId};

model! {
    /// Profiles to create or update at once.
    ///
    /// Not in the API of June 2020. Schema `MultipleCustomerProfileIntegrationRequest`.
    pub struct CustomerProfileBatch {
        /// The profiles, at most 1000; nothing happens when absent or empty.
        pub customer_profiles: Option<Vec<CustomerProfileBatchItem>>,
    }
    setters
}

impl CustomerProfileBatch {
    /// These profiles, in their order.
    pub fn new(profiles: impl IntoIterator<Item = CustomerProfileBatchItem>) -> Self {
        Self { customer_profiles: Some(profiles.into_iter().collect()) }
    }
}

body_of_list!(CustomerProfileBatch, CustomerProfileBatchItem);

model! {
    /// A profile to create or update.
    ///
    /// Not in the API of June 2020. Schema `MultipleCustomerProfileIntegrationRequestItem`.
    pub struct CustomerProfileBatchItem {
        /// Custom attributes to set; `null` removes one.
        pub attributes: Option<Attributes>,
        /// Which profile, 1 to 1000 characters.
        pub integration_id: ProfileId,
    }
    setters
}

impl CustomerProfileBatchItem {
    /// The profile `id`, as yet without a change.
    pub fn new(id: impl Into<ProfileId>) -> Self {
        Self { attributes: None, integration_id: id.into() }
    }
}

model! {
    /// The profiles after an update of many.
    ///
    /// Not in the API of June 2020. Schema `MultipleCustomerProfileIntegrationResponseV2`.
    pub struct CustomerProfileBatchReply {
        /// One for each profile of the request, in its order.
        pub integration_states: Option<Vec<CustomerProfileState>>,
    }
}

model! {
    /// A profile after an update.
    ///
    /// Not in the API of June 2020. Schema `CustomerProfileUpdateV2Response`.
    pub struct CustomerProfileState {
        /// The profile.
        pub customer_profile: CustomerProfile,
    }
}
