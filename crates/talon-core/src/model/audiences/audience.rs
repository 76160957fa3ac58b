//! Audiences: named sets of customers.

use crate::model::{body_of_list, model};
use crate::wire::open_enum;
use crate::{AccountId, ApplicationId, AudienceId, ProfileId, Timestamp};

model! {
    /// An audience to create.
    ///
    /// Not in the API of June 2020. Schema `NewAudience`.
    pub struct NewAudience {
        /// What it is called, at least 1 character.
        pub name: String,
        /// Whether it belongs to the sandbox.
        pub sandbox: Option<bool>,
        /// What it is for.
        pub description: Option<String>,
        /// Applications that may use it.
        pub subscribed_applications_ids: Option<Vec<ApplicationId>>,
        /// Partner whose audience it is, such as `mparticle`.
        pub integration: Option<String>,
        /// Id of the audience there, 1 to 1000 characters.
        pub integration_id: Option<String>,
        /// Whether it was made elsewhere; by its id there when absent.
        #[serde(rename = "createdIn3rdParty")]
        pub created_in_3rd_party: Option<bool>,
        /// When its memberships were last changed there.
        pub last_update: Option<Timestamp>,
    }
    setters
}

impl NewAudience {
    /// An audience of this name.
    pub fn new(name: impl Into<String>) -> Self {
        Self { name: name.into(), ..Self::default() }
    }
}

model! {
    /// An audience.
    ///
    /// Not in the API of June 2020. Schema `Audience`.
    pub struct Audience {
        /// Account it belongs to.
        pub account_id: AccountId,
        /// Id that the service assigned.
        pub id: AudienceId,
        /// When it was created.
        pub created: Timestamp,
        /// What it is called.
        pub name: String,
        /// Whether it belongs to the sandbox.
        pub sandbox: Option<bool>,
        /// What it is for.
        pub description: Option<String>,
        /// Applications that may use it.
        pub subscribed_applications_ids: Option<Vec<ApplicationId>>,
        /// Partner whose audience it is.
        pub integration: Option<String>,
        /// Id of the audience there.
        pub integration_id: Option<String>,
        /// Whether it was made elsewhere.
        #[serde(rename = "createdIn3rdParty")]
        pub created_in_3rd_party: Option<bool>,
        /// When its memberships were last changed.
        pub last_update: Option<Timestamp>,
    }
}

model! {
    /// What to change in an audience.
    ///
    /// Not in the API of June 2020. Schema `UpdateAudience`.
    pub struct AudienceUpdate {
        /// What it is called, at least 1 character.
        pub name: String,
        /// Applications that may use it; unchanged when absent.
        pub subscribed_applications_ids: Option<Vec<ApplicationId>>,
    }
    setters
}

impl AudienceUpdate {
    /// Gives it this name.
    pub fn new(name: impl Into<String>) -> Self {
        Self { name: name.into(), subscribed_applications_ids: None }
    }
}

model! {
    /// Customers to add to audiences and to remove from them.
    ///
    /// Not in the API of June 2020. Schema `CustomerProfileAudienceRequest`.
    pub struct CustomerProfileAudienceChanges {
        /// The changes, at most 1000, in their order.
        pub data: Option<Vec<AudienceChange>>,
    }
    setters
}

impl CustomerProfileAudienceChanges {
    /// These changes, in their order.
    pub fn new(changes: impl IntoIterator<Item = AudienceChange>) -> Self {
        Self { data: Some(changes.into_iter().collect()) }
    }
}

body_of_list!(CustomerProfileAudienceChanges, AudienceChange);

model! {
    /// A customer to add to an audience, or to remove from it.
    ///
    /// Not in the API of June 2020. Schema `CustomerProfileAudienceRequestItem`.
    pub struct AudienceChange {
        /// Whether to add or to remove.
        pub action: AudienceChangeAction,
        /// Which customer, 1 to 1000 characters.
        pub profile_integration_id as profile: ProfileId,
        /// Which audience.
        pub audience_id as audience: AudienceId,
    }
    setters
}

impl AudienceChange {
    /// Adds `profile` to `audience`.
    pub fn add(audience: impl Into<AudienceId>, profile: impl Into<ProfileId>) -> Self {
        Self {
            action: AudienceChangeAction::Add,
            profile_integration_id: profile.into(),
            audience_id: audience.into(),
        }
    }

    /// Removes `profile` from `audience`.
    pub fn delete(audience: impl Into<AudienceId>, profile: impl Into<ProfileId>) -> Self {
        Self { action: AudienceChangeAction::Delete, ..Self::add(audience, profile) }
    }
}

open_enum! {
    /// What to do with a membership.
    ///
    /// Not in the API of June 2020.
    pub enum AudienceChangeAction {
        /// Add the customer.
        Add = "add",
        /// Remove the customer.
        Delete = "delete",
    }
}
