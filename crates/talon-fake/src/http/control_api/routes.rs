//! The routes of the control API, declared once.

use bytes::Bytes;
use http::header::ALLOW;
use http::{HeaderValue, Method, Request, Response, StatusCode};
use talon_core::ApiError;

use super::body::Reply;
use super::endpoint::Endpoint;
use super::request::ControlRequest;
use super::{calls, clock, faults, lists, state, world};
use crate::http::Worlds;

/// All endpoints, in the order of the documentation.
const ROUTES: &[Endpoint] = &[
    get("/_fake/health", "How many worlds the server has.", |call| Ok(world::health(call))),
    get("/_fake/state", "The clock, and how many rows there are of each kind.", state::show),
    post("/_fake/reset", "Resets the world to its seed.", world::reset),
    post("/_fake/seed", "Replaces the world, with all its rows.", world::seed),
    get("/_fake/clock", "The clock.", clock::show),
    post("/_fake/clock", "Moves the clock.", clock::change),
    get("/_fake/faults", "The planned faults, and how often they were injected.", faults::show),
    post("/_fake/faults", "Plans a fault.", faults::plan),
    delete("/_fake/faults", "Removes all planned faults.", faults::clear),
    get("/_fake/calls", "The calls that are kept, the oldest first.", calls::list)
        .query(calls::FILTERS),
    get("/_fake/calls/{number}", "A call.", calls::show),
    delete("/_fake/calls", "Removes all calls.", calls::clear),
    get("/_fake/snapshot", "The whole state of the world.", world::snapshot),
    put("/_fake/snapshot", "Continues from a snapshot.", world::restore),
    get("/_fake/campaigns", "Campaigns, in the order of their evaluation.", lists::campaigns::list)
        .query(lists::PAGE),
    get("/_fake/campaigns/{campaignId}", "A campaign.", lists::campaigns::show),
    get("/_fake/coupons", "Coupons by their codes.", lists::codes::coupons)
        .query(lists::OF_CAMPAIGN),
    get("/_fake/coupons/{value}", "A coupon.", lists::codes::coupon),
    get("/_fake/referrals", "Referrals by their codes.", lists::codes::referrals)
        .query(lists::OF_CAMPAIGN),
    get("/_fake/referrals/{code}", "A referral.", lists::codes::referral),
    get("/_fake/profiles", "Profiles by their integration ids.", lists::profiles::list)
        .query(lists::PAGE),
    get("/_fake/profiles/{profileId}", "A profile.", lists::profiles::show),
    get("/_fake/sessions", "Sessions, the last updated first.", lists::sessions::list)
        .query(lists::OF_PROFILE),
    get("/_fake/sessions/{sessionId}", "A session.", lists::sessions::show),
    get("/_fake/audiences", "Audiences by their ids.", lists::audiences::list).query(lists::PAGE),
    get("/_fake/audiences/{audienceId}", "An audience.", lists::audiences::show),
    get("/_fake/achievements", "Achievements by their ids.", lists::achievements::list)
        .query(lists::PAGE),
    get("/_fake/achievements/{achievementId}", "An achievement.", lists::achievements::show),
    get("/_fake/catalogs", "Catalogs by their ids.", lists::catalogs::list).query(lists::PAGE),
    get("/_fake/catalogs/{catalogId}", "A catalog.", lists::catalogs::show),
    get("/_fake/catalogItems", "Items of catalogs, by catalog and SKU.", lists::catalogs::items)
        .query(lists::OF_CATALOG),
    get("/_fake/loyaltyCards", "Loyalty cards, by program and identifier.", lists::loyalty::cards)
        .query(lists::PAGE),
    get("/_fake/ledgers", "Ledgers of points, by program and owner.", lists::loyalty::ledgers)
        .query(lists::OF_OWNER),
    get("/_fake/ledgerEntries", "Transactions of points, the latest first.", lists::entries::list)
        .query(lists::OF_OWNER),
    get("/_fake/ledgerEntries/{transactionUUID}", "A transaction of points.", lists::entries::show),
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

pub(super) fn handle(worlds: &Worlds, request: &Request<Bytes>) -> Reply {
    match find(request.method(), request.uri().path()) {
        Ok(endpoint) => (endpoint.answer)(&ControlRequest::new(worlds, request, endpoint)?),
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
