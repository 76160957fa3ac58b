//! Loyalty programs.

use serde::{Deserialize, Serialize};
use talon_core::model::CodeGeneratorSettings;
use talon_core::{ApplicationId, LoyaltyProgramId, Timestamp};

use super::World;
use crate::rules::{Pending, Period, Validity};

mod policies;
mod tier;

pub use policies::{DowngradePolicy, JoinPolicy, ReturnPolicy, TierExpirationPolicy};
pub use tier::LoyaltyTier;

/// A loyalty program.
///
/// ```
/// use talon_fake::LoyaltyProgram;
/// use talon_fake::world::{LoyaltyTier, ReturnPolicy};
///
/// let program = LoyaltyProgram::new(1)
///     .return_policy(ReturnPolicy::WithinBalance)
///     .tier(LoyaltyTier::new("silver", 100));
///
/// let of_a_file = r#"{"id": 1, "returnPolicy": "within_balance",
///                     "tiers": [{"name": "silver", "minPoints": 100}]}"#;
/// assert_eq!(program, serde_json::from_str(of_a_file)?);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct LoyaltyProgram {
    /// Its id.
    pub id: LoyaltyProgramId,
    /// Internal name; `program7` when empty, with its id.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// Name shown to customers; `Program 7` when empty, with its id.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// Whether points are on cards instead of profiles.
    #[serde(default)]
    pub card_based: bool,
    /// The applications that it serves; every one unless given. For the others it does not exist.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subscribed_applications: Option<Vec<ApplicationId>>,
    /// The time zone of its dates, by its IANA name; UTC unless set.
    #[serde(default = "utc")]
    pub time_zone: String,
    /// Whether rules may name subledgers; true unless set.
    #[serde(default = "yes")]
    pub allow_subledger: bool,
    /// How long points can be spent, unless the rule says otherwise.
    #[serde(default)]
    pub default_validity: Validity,
    /// When points become active, unless the rule says otherwise.
    #[serde(default)]
    pub default_pending: Pending,
    /// Whether and when points make a customer join.
    #[serde(default)]
    pub program_join_policy: JoinPolicy,
    /// Which added points a cancellation, a reopening or a return takes back.
    #[serde(default)]
    pub return_policy: ReturnPolicy,
    /// How many customers may share a card; 0 is without limit.
    #[serde(default)]
    pub users_per_card_limit: i64,
    /// How identifiers of cards are generated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub card_code_settings: Option<CodeGeneratorSettings>,
    /// Tiers, which each ledger of a profile has.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tiers: Vec<LoyaltyTier>,
    /// What the expiry of tiers is counted from. Without `tiersExpireIn` tiers never expire: they
    /// follow the points.
    #[serde(default)]
    pub tiers_expiration_policy: TierExpirationPolicy,
    /// The start of the first cycle of tiers, for `absolute_expiration`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tier_cycle_start_date: Option<Timestamp>,
    /// How long tiers last: a whole number of days, weeks, months or years. Renewals are counted from
    /// the start of the tier.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tiers_expire_in: Option<Period>,
    /// The attribute of the profile with the expiry of its tiers, for `customer_attribute`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tiers_expiration_attribute: Option<String>,
    /// The tier that follows one that expires.
    #[serde(default)]
    pub tiers_downgrade_policy: DowngradePolicy,
}

fn utc() -> String {
    "UTC".to_owned()
}

fn yes() -> bool {
    true
}

impl Default for LoyaltyProgram {
    fn default() -> Self {
        Self {
            id: LoyaltyProgramId::default(),
            name: String::new(),
            title: String::new(),
            card_based: false,
            subscribed_applications: None,
            time_zone: utc(),
            allow_subledger: yes(),
            default_validity: Validity::default(),
            default_pending: Pending::default(),
            program_join_policy: JoinPolicy::default(),
            return_policy: ReturnPolicy::default(),
            users_per_card_limit: 0,
            card_code_settings: None,
            tiers: Vec::new(),
            tiers_expiration_policy: TierExpirationPolicy::default(),
            tier_cycle_start_date: None,
            tiers_expire_in: None,
            tiers_expiration_attribute: None,
            tiers_downgrade_policy: DowngradePolicy::default(),
        }
    }
}

impl LoyaltyProgram {
    /// A program of profiles, named after its id.
    pub fn new(id: impl Into<LoyaltyProgramId>) -> Self {
        Self { id: id.into(), ..Self::default() }
    }

    /// A program of cards, named after its id.
    pub fn of_cards(id: impl Into<LoyaltyProgramId>) -> Self {
        Self { card_based: true, ..Self::new(id) }
    }

    /// Sets its internal name.
    #[must_use]
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = name.into();
        self
    }

    /// Sets the name shown to customers.
    #[must_use]
    pub fn title(mut self, title: impl Into<String>) -> Self {
        self.title = title.into();
        self
    }

    /// Sets the time zone of its dates by its IANA name, such as `Europe/Berlin`.
    #[must_use]
    pub fn time_zone(mut self, name: impl Into<String>) -> Self {
        self.time_zone = name.into();
        self
    }

    /// Sets whether rules may name subledgers.
    #[must_use]
    pub fn allow_subledger(mut self, allowed: bool) -> Self {
        self.allow_subledger = allowed;
        self
    }

    /// Sets how long points can be spent, unless the rule says otherwise.
    #[must_use]
    pub fn default_validity(mut self, validity: Validity) -> Self {
        self.default_validity = validity;
        self
    }

    /// Sets when points become active, unless the rule says otherwise.
    #[must_use]
    pub fn default_pending(mut self, pending: Pending) -> Self {
        self.default_pending = pending;
        self
    }

    /// Sets the applications that it serves.
    #[must_use]
    pub fn subscribed_applications<Id: Into<ApplicationId>>(
        mut self,
        ids: impl IntoIterator<Item = Id>,
    ) -> Self {
        self.subscribed_applications = Some(ids.into_iter().map(Into::into).collect());
        self
    }

    /// Sets which added points are taken back.
    #[must_use]
    pub fn return_policy(mut self, policy: ReturnPolicy) -> Self {
        self.return_policy = policy;
        self
    }

    /// Sets when points make a customer join.
    #[must_use]
    pub fn join_policy(mut self, policy: JoinPolicy) -> Self {
        self.program_join_policy = policy;
        self
    }

    pub(crate) fn serves(&self, application: ApplicationId) -> bool {
        self.subscribed_applications.as_ref().is_none_or(|ids| ids.contains(&application))
    }

    pub(crate) fn internal_name(&self) -> String {
        if self.name.is_empty() { format!("program{}", self.id) } else { self.name.clone() }
    }

    pub(crate) fn shown_title(&self) -> String {
        if self.title.is_empty() { format!("Program {}", self.id) } else { self.title.clone() }
    }
}

impl World {
    /// Adds a loyalty program.
    #[must_use]
    pub fn loyalty_program(mut self, program: LoyaltyProgram) -> Self {
        self.loyalty_programs.push(program);
        self
    }
}
