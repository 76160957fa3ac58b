//! The world that a fake starts with: an application, its campaigns, codes, rules and programs.
//!
//! # Times
//! Wherever a builder of worlds, or the [`Clock`](crate::Clock), takes a time, it takes a text in RFC
//! 3339, such as `"2026-03-01T09:00:00Z"`, a [`Timestamp`], or what converts into one, such as a
//! `SystemTime`. It panics when the text is not a time.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};
use talon_core::Timestamp;
use talon_core::document::Document;

mod achievement;
mod application;
mod attributes;
mod audience;
mod campaign;
mod catalog;
mod check;
mod coupon;
mod demo;
mod error;
mod experiment;
mod giveaway_pool;
mod instant;
mod integration_key;
#[cfg(feature = "schema")]
mod json_schema;
mod ledger_entry;
mod loyalty_card;
mod loyalty_program;
mod price_history;
mod profile;
mod referral;
mod store;
mod text_or_object;

pub use crate::rules::CaseSensitivity;
pub use achievement::{Achievement, InitialProgress};
pub use application::{Application, EvaluationMode};
pub use attributes::{AttributeType, Schema};
pub use audience::Audience;
pub use campaign::Campaign;
pub(crate) use campaign::default_code_settings;
pub use catalog::{Catalog, CatalogItem};
pub use coupon::Coupon;
pub use error::WorldError;
pub use experiment::{Experiment, Variant};
pub use giveaway_pool::{GiveawayCode, GiveawayPool};
pub(crate) use instant::instant;
pub use integration_key::{IntegrationKey, KeyType};
pub use ledger_entry::{EntrySource, LedgerEntry, LoyaltyJoin};
pub use loyalty_card::LoyaltyCard;
pub(crate) use loyalty_card::identifier_problem;
pub use loyalty_program::{
    DowngradePolicy, JoinPolicy, LoyaltyProgram, LoyaltyTier, ReturnPolicy, TierExpirationPolicy,
};
pub use price_history::PriceObservation;
pub use profile::Profile;
pub use referral::Referral;
pub use store::Store;

/// The world that a fake starts with, as data. The builder in Rust and the world file in JSON use
/// the same names.
///
/// ```
/// use talon_fake::rules::*;
/// use talon_fake::{Campaign, Fake, World};
///
/// let world = World::new().campaign(
///     Campaign::new("Spring").coupon("SPRING").rule(
///         Rule::new("10 % off")
///             .when(Condition::coupon_valid())
///             .then(Reward::set_discount("10 % off", Discount::percent(10))),
///     ),
/// );
/// let same = World::from_json(r#"{"campaigns": [{"name": "Spring",
///     "coupons": [{"value": "SPRING"}],
///     "rules": [{"name": "10 % off", "when": "couponValid",
///                "then": [{"setDiscount": {"name": "10 % off", "percent": 10}}]}]}]}"#)?;
/// assert_eq!(world, same);
/// let fake = Fake::new(world)?;
/// # let _ = fake;
/// # Ok::<(), talon_fake::WorldError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct World {
    /// The instant that the clock shows, in the years 1 to 9999; 2026-01-01T00:00:00Z unless given.
    pub now: Timestamp,
    /// The application and its API keys.
    pub application: Application,
    /// Attributes that exist, by entity; an entity that is left out accepts any attribute.
    #[serde(skip_serializing_if = "Schema::is_empty")]
    pub attributes: Schema,
    /// Event types that exist and their attributes; any when left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event_types: Option<BTreeMap<String, BTreeMap<String, AttributeType>>>,
    /// Stores that exist; any when left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stores: Option<Vec<Store>>,
    /// Experiments that exist; any when left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub experiments: Option<Vec<Experiment>>,
    /// How many requests for one session or profile may run at once, 1 or more; the next one gets
    /// 409. Unlimited when left out. The service allows 3.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parallel_requests: Option<u32>,
    /// Whether requests over HTTP with members that their operation does not have are refused with 400.
    /// The service ignores such members. When left out, as the server was started: not refused unless
    /// with `--strict`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub strict: Option<bool>,
    /// Loyalty programs.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub loyalty_programs: Vec<LoyaltyProgram>,
    /// Loyalty cards of card-based programs.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub loyalty_cards: Vec<LoyaltyCard>,
    /// Points that ledgers begin with.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub ledger_entries: Vec<LedgerEntry>,
    /// Memberships in loyalty programs.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub joins: Vec<LoyaltyJoin>,
    /// Audiences.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub audiences: Vec<Audience>,
    /// Pools of giveaways.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub giveaway_pools: Vec<GiveawayPool>,
    /// Achievements.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub achievements: Vec<Achievement>,
    /// Catalogs of cart items.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub catalogs: Vec<Catalog>,
    /// Prices that were observed before the world begins.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub price_history: Vec<PriceObservation>,
    /// Campaigns, in the order of their evaluation.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub campaigns: Vec<Campaign>,
    /// Profiles that exist from the start.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub profiles: Vec<Profile>,
}

impl Default for World {
    fn default() -> Self {
        Self {
            now: Timestamp::from_unix_seconds(1_767_225_600).expect("2026 is in range"),
            application: Application::default(),
            attributes: Schema::default(),
            event_types: None,
            stores: None,
            experiments: None,
            parallel_requests: None,
            strict: None,
            loyalty_programs: Vec::new(),
            loyalty_cards: Vec::new(),
            ledger_entries: Vec::new(),
            joins: Vec::new(),
            audiences: Vec::new(),
            giveaway_pools: Vec::new(),
            achievements: Vec::new(),
            catalogs: Vec::new(),
            price_history: Vec::new(),
            campaigns: Vec::new(),
            profiles: Vec::new(),
        }
    }
}

impl World {
    /// An empty world that accepts any attribute and any event.
    pub fn new() -> Self {
        Self::default()
    }

    /// The world that `talon serve` and `talon demo` start with; README.md describes it.
    pub fn demo() -> Self {
        demo::world()
    }

    /// Reads a world file. A byte order mark and the member `$schema`, which editors use, are
    /// skipped.
    ///
    /// # Errors
    /// [`WorldError`] with member, line and column.
    pub fn from_json(json: &str) -> Result<Self, WorldError> {
        let document = Document::parse(json)?.annotation("$schema").strict();
        let mut world: Self = document.decode()?;
        for index in 0..world.campaigns.len() {
            let next = world.next_campaign_id();
            world.campaigns[index].id.get_or_insert(next);
            world.campaigns[index].switch_referrals_on();
        }
        world.check().map_err(|error| error.within(&document))?;
        Ok(world)
    }

    /// Sets the clock.
    ///
    /// # Panics
    /// When `now` is not a [time](crate::world#times).
    #[must_use]
    #[track_caller]
    pub fn now(mut self, now: impl TryInto<Timestamp, Error: fmt::Display>) -> Self {
        self.now = instant(now);
        self
    }

    /// Refuses a request with 409 while this many for the same session or profile are running.
    ///
    /// A request runs from its arrival to its reply, a [`delay`](crate::Fault::delay) included. The
    /// service allows 3.
    #[must_use]
    pub fn parallel_requests(mut self, most: u32) -> Self {
        self.parallel_requests = Some(most);
        self
    }

    /// Refuses requests over HTTP with members that their operation does not have, such as misspelt
    /// ones, which the service ignores.
    #[must_use]
    pub fn strict(mut self) -> Self {
        self.strict = Some(true);
        self
    }
}
