//! The routes of the control API, declared once.

use bytes::Bytes;
use http::header::ALLOW;
use http::{HeaderValue, Method, Request, Response, StatusCode};
use talon_core::ApiError;

use super::body::Reply;
use super::endpoint::Endpoint;
use super::request::ControlRequest;
use super::{calls, clock, faults, lists, openapi, rows, settings, state, world};
use crate::AnyCallRecord;
use crate::http::Worlds;
use crate::world::{Audience, Campaign, Coupon, LedgerEntry, Profile, World};

/// All endpoints, in the order of the documentation.
const ROUTES: &[Endpoint] = &[
    get("/_fake/health", "How many worlds the server has.", |call| Ok(world::health(call)))
        .reply::<world::Health>(),
    get("/_fake/openapi.json", "This document.", |_| Ok(document())).reply::<lists::ApiModel>(),
    get("/_fake/state", "The clock, and how many rows there are of each kind.", state::show)
        .reply::<state::StateSummary>(),
    post("/_fake/reset", "Resets the world to its seed.", world::reset).body::<world::Reset>(),
    post("/_fake/seed", "Replaces the world, with all its rows.", world::seed).body::<World>(),
    get("/_fake/clock", "The clock.", clock::show).reply::<clock::ClockState>(),
    post("/_fake/clock", "Moves the clock.", clock::change)
        .body::<clock::ClockChange>()
        .reply::<clock::ClockState>(),
    get("/_fake/settings", "Settings of the world.", settings::show).reply::<settings::Settings>(),
    put("/_fake/settings", "Changes the settings, until a reset.", settings::change)
        .body::<settings::Settings>()
        .reply::<settings::Settings>(),
    get("/_fake/faults", "The planned faults, and how often they were injected.", faults::show)
        .reply::<faults::FaultList>(),
    post("/_fake/faults", "Plans a fault.", faults::plan)
        .body::<faults::NewFault>()
        .created::<faults::FaultList>(),
    delete("/_fake/faults", "Removes all planned faults.", faults::clear),
    get("/_fake/calls", "The calls that are kept, the oldest first.", calls::list)
        .query(calls::FILTERS)
        .reply::<calls::CallList>(),
    get("/_fake/calls/{number}", "A call.", calls::show).reply::<AnyCallRecord>(),
    delete("/_fake/calls", "Removes all calls.", calls::clear),
    get("/_fake/snapshot", "The whole state of the world.", world::snapshot)
        .reply::<lists::ApiModel>(),
    put("/_fake/snapshot", "Continues from a snapshot.", world::restore).body::<lists::ApiModel>(),
    get("/_fake/campaigns", "Campaigns, in the order of their evaluation.", lists::campaigns::list)
        .query(lists::PAGE)
        .reply::<lists::ListPage<lists::campaigns::CampaignRow>>(),
    get("/_fake/campaigns/{campaignId}", "A campaign.", lists::campaigns::show)
        .reply::<lists::campaigns::CampaignRow>(),
    put("/_fake/campaigns/{campaignId}", "Adds or replaces a campaign.", rows::put_campaign)
        .row::<Campaign>("id"),
    delete(
        "/_fake/campaigns/{campaignId}",
        "Removes a campaign and its codes.",
        rows::delete_campaign,
    ),
    get("/_fake/coupons", "Coupons by their codes.", lists::codes::coupons)
        .query(lists::OF_CAMPAIGN)
        .reply::<lists::ListPage<lists::codes::CouponRow>>(),
    get("/_fake/coupons/{value}", "A coupon.", lists::codes::coupon)
        .reply::<lists::codes::CouponRow>(),
    put("/_fake/coupons/{value}", "Adds or replaces a coupon.", rows::put_coupon)
        .query(rows::CAMPAIGN)
        .row::<Coupon>("value"),
    delete("/_fake/coupons/{value}", "Removes a coupon.", rows::delete_coupon),
    get("/_fake/referrals", "Referrals by their codes.", lists::codes::referrals)
        .query(lists::OF_CAMPAIGN)
        .reply::<lists::ListPage<lists::codes::ReferralRow>>(),
    get("/_fake/referrals/{code}", "A referral.", lists::codes::referral)
        .reply::<lists::codes::ReferralRow>(),
    get("/_fake/profiles", "Profiles by their integration ids.", lists::profiles::list)
        .query(lists::PAGE)
        .reply::<lists::ListPage<lists::profiles::ProfileRow>>(),
    get("/_fake/profiles/{profileId}", "A profile.", lists::profiles::show)
        .reply::<lists::profiles::ProfileRow>(),
    put(
        "/_fake/profiles/{profileId}",
        "Adds a profile, or replaces its attributes.",
        rows::put_profile,
    )
    .row::<Profile>("id"),
    delete("/_fake/profiles/{profileId}", "Removes a profile and all of it.", rows::delete_profile),
    get("/_fake/sessions", "Sessions, the last updated first.", lists::sessions::list)
        .query(lists::OF_PROFILE)
        .reply::<lists::ListPage<lists::sessions::SessionRow>>(),
    get("/_fake/sessions/{sessionId}", "A session.", lists::sessions::show)
        .reply::<lists::sessions::SessionRow>(),
    get("/_fake/audiences", "Audiences by their ids.", lists::audiences::list)
        .query(lists::PAGE)
        .reply::<lists::ListPage<lists::audiences::AudienceRow>>(),
    get("/_fake/audiences/{audienceId}", "An audience.", lists::audiences::show)
        .reply::<lists::audiences::AudienceRow>(),
    put("/_fake/audiences/{audienceId}", "Adds or replaces an audience.", rows::put_audience)
        .row::<Audience>("id"),
    delete("/_fake/audiences/{audienceId}", "Removes an audience.", rows::delete_audience),
    get("/_fake/achievements", "Achievements by their ids.", lists::achievements::list)
        .query(lists::PAGE)
        .reply::<lists::ListPage<lists::achievements::AchievementRow>>(),
    get("/_fake/achievements/{achievementId}", "An achievement.", lists::achievements::show)
        .reply::<lists::achievements::AchievementRow>(),
    get("/_fake/catalogs", "Catalogs by their ids.", lists::catalogs::list)
        .query(lists::PAGE)
        .reply::<lists::ListPage<lists::catalogs::CatalogRow>>(),
    get("/_fake/catalogs/{catalogId}", "A catalog.", lists::catalogs::show)
        .reply::<lists::catalogs::CatalogRow>(),
    get("/_fake/catalogItems", "Items of catalogs, by catalog and SKU.", lists::catalogs::items)
        .query(lists::OF_CATALOG)
        .reply::<lists::ListPage<lists::catalogs::CatalogItemRow>>(),
    get("/_fake/loyaltyCards", "Loyalty cards, by program and identifier.", lists::loyalty::cards)
        .query(lists::PAGE)
        .reply::<lists::ListPage<lists::loyalty::CardRow>>(),
    get("/_fake/ledgers", "Ledgers of points, by program and owner.", lists::loyalty::ledgers)
        .query(lists::OF_OWNER)
        .reply::<lists::ListPage<lists::loyalty::AccountRow>>(),
    get("/_fake/ledgerEntries", "Transactions of points, the latest first.", lists::entries::list)
        .query(lists::OF_OWNER)
        .reply::<lists::ListPage<lists::entries::EntryRow>>(),
    post("/_fake/ledgerEntries", "Adds points to a ledger.", rows::add_entry)
        .body::<LedgerEntry>()
        .created::<rows::AddedEntry>(),
    get("/_fake/ledgerEntries/{transactionUUID}", "A transaction of points.", lists::entries::show)
        .reply::<lists::entries::EntryRow>(),
    put(
        "/_fake/ledgerEntries/{transactionUUID}",
        "Replaces a transaction of points.",
        rows::put_entry,
    )
    .body::<LedgerEntry>(),
    delete(
        "/_fake/ledgerEntries/{transactionUUID}",
        "Removes a transaction of points.",
        rows::delete_entry,
    ),
];

type Answer = fn(&ControlRequest<'_>) -> Reply;

const fn get(path: &'static str, summary: &'static str, answer: Answer) -> Endpoint {
    Endpoint::new(Method::GET, path, summary, answer)
}

const fn post(path: &'static str, summary: &'static str, answer: Answer) -> Endpoint {
    Endpoint::new(Method::POST, path, summary, answer)
}

const fn put(path: &'static str, summary: &'static str, answer: Answer) -> Endpoint {
    Endpoint::new(Method::PUT, path, summary, answer)
}

const fn delete(path: &'static str, summary: &'static str, answer: Answer) -> Endpoint {
    Endpoint::new(Method::DELETE, path, summary, answer)
}

fn document() -> Response<Bytes> {
    openapi::show(ROUTES)
}

pub(super) fn handle(worlds: &Worlds, request: &Request<Bytes>) -> Reply {
    match find(request.method(), request.uri().path()) {
        Ok(endpoint) => {
            let params = endpoint.params(request.uri().path()).unwrap_or_default();
            let Endpoint { id_member, query, answer, .. } = endpoint;
            answer(&ControlRequest::new(worlds, request, params, *id_member, query)?)
        }
        Err(reply) => Ok(*reply),
    }
}

/// The endpoint of a request, or the refusal of an unknown one.
pub(super) fn find(method: &Method, path: &str) -> Result<&'static Endpoint, Box<Response<Bytes>>> {
    let of_path = || ROUTES.iter().filter(|endpoint| endpoint.params(path).is_some());
    let wanted = if method == Method::HEAD { &Method::GET } else { method };
    match of_path().find(|endpoint| endpoint.method == wanted) {
        Some(endpoint) => Ok(endpoint),
        None if of_path().next().is_none() => Err(not_found().to_http().into()),
        None => Err(not_allowed(of_path().map(|endpoint| &endpoint.method)).into()),
    }
}

fn not_found() -> ApiError {
    let mut paths: Vec<_> = ROUTES.iter().map(|endpoint| endpoint.path).collect();
    paths.dedup();
    let message = format!("Not found: the control API has {}", paths.join(", "));
    ApiError::new(StatusCode::NOT_FOUND, message)
}

fn not_allowed<'m>(methods: impl Iterator<Item = &'m Method>) -> Response<Bytes> {
    let methods = methods.map(Method::as_str).collect::<Vec<_>>().join(", ");
    let message = format!("Method not allowed: this path takes {methods}");
    let mut reply = ApiError::new(StatusCode::METHOD_NOT_ALLOWED, message).to_http();
    let methods = HeaderValue::from_str(&methods).expect("method names are ASCII");
    reply.headers_mut().insert(ALLOW, methods);
    reply
}
