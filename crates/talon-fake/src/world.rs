//! What a fake starts with: an application, its campaigns, codes, rules and programs.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use talon_core::document::Document;
use talon_core::{Attributes, AudienceId, LoyaltyProgramId, ProfileId, Timestamp};

mod application;
mod campaign;
mod check;
mod demo;
mod error;
#[cfg(feature = "schema")]
mod schema;

pub use application::{Application, CaseSensitivity, EvaluationMode};
pub(crate) use campaign::default_code_settings;
pub use campaign::{Campaign, Coupon, Referral};
pub use error::WorldError;

/// A world as data; the builder in Rust and the world file in JSON say the same in the same words.
///
/// ```
/// use talon_fake::rules::*;
/// use talon_fake::{Campaign, Fake, World};
///
/// let world = World::new().campaign(
///     Campaign::new("Spring").coupon("SPRING").rule(
///         Rule::new("10 % off")
///             .when(Condition::coupon_valid())
///             .then(Reward::discount("10 % off", Discount::percent(10))),
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
    /// Where the clock stands; 2026-01-01T00:00:00Z unless given.
    pub now: Timestamp,
    /// The shop behind the API key.
    pub application: Application,
    /// Attributes that exist, by entity; an entity that is left out takes any.
    #[serde(skip_serializing_if = "Schema::is_empty")]
    pub attributes: Schema,
    /// Event types that exist and their attributes; any when left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event_types: Option<BTreeMap<String, BTreeMap<String, AttributeType>>>,
    /// How many requests for one session or profile may be under way at once before the next is a
    /// 409; any number when left out. The service takes 3.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parallel_requests: Option<u32>,
    /// Loyalty programs.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub loyalty_programs: Vec<LoyaltyProgram>,
    /// Audiences.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub audiences: Vec<Audience>,
    /// Pools of giveaways.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub giveaway_pools: Vec<GiveawayPool>,
    /// Campaigns, in the order of their evaluation.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub campaigns: Vec<Campaign>,
    /// Profiles that exist from the start.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub profiles: Vec<Profile>,
}

/// Attributes that exist, by entity. `None` takes any attribute of any type.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Schema {
    /// Attributes of profiles.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub profile: Option<BTreeMap<String, AttributeType>>,
    /// Attributes of sessions.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub session: Option<BTreeMap<String, AttributeType>>,
    /// Attributes of cart items.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cart_item: Option<BTreeMap<String, AttributeType>>,
}

/// Type of an attribute.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum AttributeType {
    /// Text.
    String,
    /// A number.
    Number,
    /// `true` or `false`.
    Boolean,
    /// An RFC 3339 timestamp.
    Time,
    /// A place, `{"lat": …, "lon": …}` or text.
    Location,
    /// A list of texts.
    StringList,
    /// A list of numbers.
    NumberList,
}

/// A loyalty program.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(from = "LoyaltyProgramFile")]
pub struct LoyaltyProgram {
    /// Its id.
    pub id: LoyaltyProgramId,
    /// Internal name.
    pub name: String,
    /// Name shown to customers.
    pub title: String,
}

/// A loyalty program in a world file.
#[derive(Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "LoyaltyProgram"))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct LoyaltyProgramFile {
    /// Its id.
    id: LoyaltyProgramId,
    /// Internal name; `program7` unless given, with its id.
    #[serde(default)]
    name: Option<String>,
    /// Name shown to customers; `Program 7` unless given, with its id.
    #[serde(default)]
    title: Option<String>,
}

impl From<LoyaltyProgramFile> for LoyaltyProgram {
    fn from(file: LoyaltyProgramFile) -> Self {
        let named = Self::new(file.id);
        Self {
            id: file.id,
            name: file.name.unwrap_or(named.name),
            title: file.title.unwrap_or(named.title),
        }
    }
}

/// An audience that rules and requests put profiles in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Audience {
    /// Its id.
    pub id: AudienceId,
    /// Its name.
    pub name: String,
}

/// Codes that rules give away, each once, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GiveawayPool {
    /// Its id.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// The codes.
    #[serde(default)]
    pub codes: Vec<String>,
}

/// A profile that exists from the start.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Profile {
    /// Its integration id.
    pub id: ProfileId,
    /// Its attributes.
    #[serde(default)]
    pub attributes: Attributes,
}

impl Default for World {
    fn default() -> Self {
        Self {
            now: Timestamp::from_unix_seconds(1_767_225_600).expect("2026 is in range"),
            application: Application::default(),
            attributes: Schema::default(),
            event_types: None,
            parallel_requests: None,
            loyalty_programs: Vec::new(),
            audiences: Vec::new(),
            giveaway_pools: Vec::new(),
            campaigns: Vec::new(),
            profiles: Vec::new(),
        }
    }
}

impl Schema {
    fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

impl World {
    /// An empty world that takes any attribute and any event.
    pub fn new() -> Self {
        Self::default()
    }

    /// The world that `talon serve` and `talon demo` begin with; README.md describes it.
    pub fn demo() -> Self {
        demo::world()
    }

    /// Reads a world file. A byte order mark before it is skipped, and so is the `$schema` that
    /// editors read.
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
    /// When `now` is no RFC 3339 timestamp.
    #[must_use]
    pub fn now(mut self, now: &str) -> Self {
        self.now = now.parse().expect("an RFC 3339 timestamp");
        self
    }

    /// Adds a campaign; its id is the next free number unless it has one.
    #[must_use]
    pub fn campaign(mut self, mut campaign: Campaign) -> Self {
        campaign.id = campaign.id.or(Some(self.next_campaign_id()));
        self.campaigns.push(campaign);
        self
    }

    /// Adds a loyalty program.
    #[must_use]
    pub fn loyalty_program(mut self, program: LoyaltyProgram) -> Self {
        self.loyalty_programs.push(program);
        self
    }

    /// Adds an audience.
    #[must_use]
    pub fn audience(mut self, id: impl Into<AudienceId>, name: impl Into<String>) -> Self {
        self.audiences.push(Audience { id: id.into(), name: name.into() });
        self
    }

    /// Adds a pool of giveaways.
    #[must_use]
    pub fn giveaways(mut self, id: i64, name: impl Into<String>, codes: &[&str]) -> Self {
        let codes = codes.iter().map(|code| (*code).to_owned()).collect();
        self.giveaway_pools.push(GiveawayPool { id, name: name.into(), codes });
        self
    }

    /// Sets the time zone by its IANA name, such as `Europe/Berlin`.
    #[must_use]
    pub fn time_zone(mut self, name: impl Into<String>) -> Self {
        self.application.time_zone = name.into();
        self
    }

    /// Says whether the case of codes matters.
    #[must_use]
    pub fn case_sensitivity(mut self, case: CaseSensitivity) -> Self {
        self.application.case_sensitivity = case;
        self
    }

    /// Says which of the campaigns that run are evaluated.
    #[must_use]
    pub fn evaluation_mode(mut self, mode: EvaluationMode) -> Self {
        self.application.evaluation_mode = mode;
        self
    }

    /// Adds a profile.
    #[must_use]
    pub fn profile(mut self, id: impl Into<ProfileId>, attributes: Attributes) -> Self {
        self.profiles.push(Profile { id: id.into(), attributes });
        self
    }

    /// Declares the attributes of profiles; any other is refused.
    #[must_use]
    pub fn profile_attributes(mut self, types: &[(&str, AttributeType)]) -> Self {
        self.attributes.profile = Some(declared(types));
        self
    }

    /// Declares the attributes of sessions; any other is refused.
    #[must_use]
    pub fn session_attributes(mut self, types: &[(&str, AttributeType)]) -> Self {
        self.attributes.session = Some(declared(types));
        self
    }

    /// Declares the attributes of cart items; any other is refused.
    #[must_use]
    pub fn cart_item_attributes(mut self, types: &[(&str, AttributeType)]) -> Self {
        self.attributes.cart_item = Some(declared(types));
        self
    }

    /// Refuses a request with 409 while this many for the same session or profile are under way.
    ///
    /// A request is under way from its arrival to its reply, so that one with a
    /// [`delay`](crate::Fault::delay) keeps its place meanwhile. The service takes 3.
    #[must_use]
    pub fn parallel_requests(mut self, most: u32) -> Self {
        self.parallel_requests = Some(most);
        self
    }

    /// Declares an event type; one that is not declared is refused.
    #[must_use]
    pub fn event_type(mut self, name: &str, types: &[(&str, AttributeType)]) -> Self {
        self.event_types.get_or_insert_default().insert(name.to_owned(), declared(types));
        self
    }
}

fn declared(types: &[(&str, AttributeType)]) -> BTreeMap<String, AttributeType> {
    types.iter().map(|(name, kind)| ((*name).to_owned(), *kind)).collect()
}

impl LoyaltyProgram {
    /// A program named after its id.
    pub fn new(id: impl Into<LoyaltyProgramId>) -> Self {
        let id = id.into();
        Self { id, name: format!("program{id}"), title: format!("Program {id}") }
    }
}
