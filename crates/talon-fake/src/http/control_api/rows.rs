//! One row at a time: `PUT` and `DELETE` of a campaign, coupon, profile, audience or ledger entry.

use bytes::Bytes;
use http::{Response, StatusCode};
use schemars::JsonSchema;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use talon_core::document::Document;
use talon_core::operation::PathParam as _;
use talon_core::{ApiError, AudienceId, CampaignId, Problem, ProfileId};

use super::body::{Reply, invalid, json, no_content, text};
use super::request::{ControlRequest, QueryParameter};
use crate::state::StoredCampaign;
use crate::world::{Audience, Campaign, Coupon, LedgerEntry, Profile, WorldError};

/// Parameters of a coupon that is put.
pub(super) const CAMPAIGN: &[QueryParameter] = &[(
    "campaignId",
    "The campaign; unless given that which has the coupon now, else the first one.",
)];

pub(super) fn put_campaign(call: &ControlRequest<'_>) -> Reply {
    let id: CampaignId = id(call)?;
    let campaign: Campaign = read_row(call, &id.get().into())?;
    call.world()?.put_campaign(campaign).map_err(wrong)?;
    Ok(no_content())
}

pub(super) fn delete_campaign(call: &ControlRequest<'_>) -> Reply {
    removed(call.world()?.remove_campaign(id::<CampaignId>(call)?).map_err(wrong)?)
}

pub(super) fn put_coupon(call: &ControlRequest<'_>) -> Reply {
    let fake = call.world()?;
    let coupon: Coupon = read_row(call, &call.id().into())?;
    let campaign = match call.number("campaignId")? {
        Some(id) => id.into(),
        None => match fake.coupon(coupon.value.clone()) {
            Some(known) => known.campaign_id,
            None => fake.state().campaigns.first().map(StoredCampaign::id).unwrap_or_default(),
        },
    };
    fake.put_coupon(campaign, coupon).map_err(|error| match error.member() {
        "campaignId" => {
            ApiError::invalid(Problem::parameter("campaignId", "Invalid", error.reason()))
        }
        _ => wrong(error),
    })?;
    Ok(no_content())
}

pub(super) fn delete_coupon(call: &ControlRequest<'_>) -> Reply {
    removed(call.world()?.remove_coupon(call.id()))
}

pub(super) fn put_profile(call: &ControlRequest<'_>) -> Reply {
    let profile: Profile = read_row(call, &call.id().into())?;
    call.world()?.put_profile(profile).map_err(wrong)?;
    Ok(no_content())
}

pub(super) fn delete_profile(call: &ControlRequest<'_>) -> Reply {
    removed(call.world()?.remove_profile(ProfileId::from(call.id())))
}

pub(super) fn put_audience(call: &ControlRequest<'_>) -> Reply {
    let id: AudienceId = id(call)?;
    let audience: Audience = read_row(call, &id.get().into())?;
    call.world()?.put_audience(&audience).map_err(wrong)?;
    Ok(no_content())
}

pub(super) fn delete_audience(call: &ControlRequest<'_>) -> Reply {
    removed(call.world()?.remove_audience(id::<AudienceId>(call)?).map_err(wrong)?)
}

/// The transaction that was booked.
#[derive(Debug, JsonSchema, Serialize)]
pub(super) struct AddedEntry {
    #[serde(rename = "transactionUUID")]
    uuid: String,
}

pub(super) fn add_entry(call: &ControlRequest<'_>) -> Reply {
    let entry: LedgerEntry = decode(text(call.body())?)?;
    let uuid = call.world()?.add_ledger_entry(&entry).map_err(wrong)?;
    Ok(json(StatusCode::CREATED, &AddedEntry { uuid }))
}

pub(super) fn put_entry(call: &ControlRequest<'_>) -> Reply {
    let entry: LedgerEntry = decode(text(call.body())?)?;
    removed(call.world()?.put_ledger_entry(call.id(), &entry).map_err(wrong)?)
}

pub(super) fn delete_entry(call: &ControlRequest<'_>) -> Reply {
    removed(call.world()?.remove_ledger_entry(call.id()))
}

/// The reply to the change of a row that is there, or the refusal that there is none.
fn removed(was_there: bool) -> Result<Response<Bytes>, ApiError> {
    let not_found = || ApiError::new(StatusCode::NOT_FOUND, "Not found: no such row");
    was_there.then(no_content).ok_or_else(not_found)
}

/// The id in the path as a number.
fn id<T: From<i64>>(call: &ControlRequest<'_>) -> Result<T, ApiError> {
    i64::from_segment(call.id()).map(T::from).map_err(|expected| {
        let details = format!("{expected}, not {}", call.id());
        ApiError::invalid(Problem::parameter("id", "Invalid", details))
    })
}

/// Decodes a row as a world file has it. The id in the path takes the place of a member that is left
/// out.
fn read_row<T: DeserializeOwned>(call: &ControlRequest<'_>, id: &Value) -> Result<T, ApiError> {
    let (text, member) = (text(call.body())?, call.id_member());
    let members: Map<String, Value> = serde_json::from_str(text).unwrap_or_default();
    match members.get(member) {
        Some(given) if given == id => decode(text),
        Some(_) => Err(invalid(member, format!("must be that of the path, {id}"))),
        None => match text.trim_end().strip_suffix('}') {
            // Added at the end, so that the places of errors stay.
            Some(rest) if members.is_empty() => decode(&format!("{rest}\"{member}\":{id}}}")),
            Some(rest) => decode(&format!("{rest},\"{member}\":{id}}}")),
            None => decode(text),
        },
    }
}

fn decode<T: DeserializeOwned>(text: &str) -> Result<T, ApiError> {
    let read = Document::parse(text).and_then(|document| document.strict().decode());
    read.map_err(|error| ApiError::invalid(error.to_problem()))
}

#[expect(clippy::needless_pass_by_value, reason = "for map_err")]
fn wrong(error: WorldError) -> ApiError {
    invalid(error.member(), error.reason())
}
