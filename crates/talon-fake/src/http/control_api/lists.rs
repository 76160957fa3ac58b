//! What is in a world now: lists of rows, a page at a time, and single rows.

use std::collections::BTreeMap;

use bytes::Bytes;
use http::{Response, StatusCode};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;
use talon_core::operation::PathParam as _;
use talon_core::{ApiError, LoyaltyCardIdentifier, LoyaltyProgramId, ProfileId};

use super::body::{Reply, json};
use super::request::{ControlRequest, QueryParameter};
use crate::page::{Page, PageRequest};
use crate::state::{LedgerOwner, LoyaltyAccountKey};

pub(super) mod achievements;
pub(super) mod audiences;
pub(super) mod campaigns;
pub(super) mod catalogs;
pub(super) mod codes;
pub(super) mod entries;
pub(super) mod loyalty;
pub(super) mod profiles;
pub(super) mod sessions;

const PAGE_SIZE: QueryParameter = ("pageSize", "How many rows, 1 to 1000; 50 unless given.");
const SKIP: QueryParameter = ("skip", "How many rows are left out before these.");

/// Parameters of every list.
pub(super) const PAGE: &[QueryParameter] = &[PAGE_SIZE, SKIP];

pub(super) const OF_CAMPAIGN: &[QueryParameter] =
    &[PAGE_SIZE, SKIP, ("campaignId", "Only those of this campaign.")];

pub(super) const OF_PROFILE: &[QueryParameter] =
    &[PAGE_SIZE, SKIP, ("profileId", "Only those of this profile.")];

pub(super) const OF_CATALOG: &[QueryParameter] =
    &[PAGE_SIZE, SKIP, ("catalogId", "Only those of this catalog.")];

pub(super) const OF_OWNER: &[QueryParameter] = &[
    PAGE_SIZE,
    SKIP,
    ("programId", "Only those of this loyalty program."),
    ("profileId", "Only those of this profile."),
    ("cardIdentifier", "Only those of this loyalty card."),
];

/// A model of the Integration API, whose schemas are published elsewhere.
pub(super) type ApiModel = BTreeMap<String, Value>;

/// How many entries a row lists of what may have many.
const MAX_LISTED: usize = 100;

/// A page of a list.
#[derive(Debug, JsonSchema, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ListPage<T> {
    data: Vec<T>,
    /// Whether the list has rows after these.
    has_more: bool,
    /// How many rows the whole list has.
    total: usize,
}

/// A page of the rows with these keys. A row that is removed meanwhile is left out.
fn list<K, T: Serialize>(
    page: PageRequest,
    keys: Vec<K>,
    row: impl FnMut(&K) -> Option<T>,
) -> Response<Bytes> {
    let total = keys.len();
    let Page { rows, has_more } = page.page(keys);
    let data: Vec<T> = rows.iter().filter_map(row).collect();
    json(StatusCode::OK, &ListPage { data, has_more, total })
}

/// A row, or the refusal that there is none.
fn row<T: Serialize>(row: Option<T>) -> Reply {
    row.map(found).ok_or_else(|| ApiError::new(StatusCode::NOT_FOUND, "Not found: no such row"))
}

fn found(row: impl Serialize) -> Response<Bytes> {
    json(StatusCode::OK, &row)
}

/// The id in a path as a number; no row has another one.
fn number<T: From<i64>>(call: &ControlRequest<'_>) -> Option<T> {
    i64::from_segment(call.id()).ok().map(T::from)
}

/// Which ledgers a request asks for.
struct OwnerFilter {
    program: Option<LoyaltyProgramId>,
    profile: Option<ProfileId>,
    card: Option<LoyaltyCardIdentifier>,
}

impl OwnerFilter {
    fn new(call: &ControlRequest<'_>) -> Result<Self, ApiError> {
        Ok(Self {
            program: call.number("programId")?.map(LoyaltyProgramId::from),
            profile: call.query("profileId").map(|id| ProfileId::from(&*id)),
            card: call.query("cardIdentifier").map(|id| LoyaltyCardIdentifier::from(&*id)),
        })
    }

    fn accepts(&self, account: &LoyaltyAccountKey) -> bool {
        let LoyaltyAccountKey { program, owner } = account;
        let is_owner = match owner {
            LedgerOwner::Profile(id) => {
                self.card.is_none() && self.profile.as_ref().is_none_or(|wanted| wanted == id)
            }
            LedgerOwner::Card(id) => {
                self.profile.is_none() && self.card.as_ref().is_none_or(|wanted| wanted == id)
            }
        };
        is_owner && self.program.is_none_or(|wanted| wanted == *program)
    }
}

/// The members `profileId` and `cardIdentifier` of an owner.
fn owner_ids(owner: &LedgerOwner) -> (Option<ProfileId>, Option<LoyaltyCardIdentifier>) {
    match owner {
        LedgerOwner::Profile(id) => (Some(id.clone()), None),
        LedgerOwner::Card(id) => (None, Some(id.clone())),
    }
}
