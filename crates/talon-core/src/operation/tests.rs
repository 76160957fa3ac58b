//! Declarations that no operation of this version needs.
#![expect(unreachable_pub, reason = "`options!` declares methods of the public API")]

use bytes::Bytes;
use http::{Request, Response, StatusCode};
use proptest::prelude::*;

use super::{CommaSeparated, Operation, YesNo, operation, options};
use crate::model::{CouponReservations, NewReferral, SessionState};
use crate::{ErrorKind, LoyaltyProgramId, ProfileId, SessionId, Timestamp};

/// A reply with or without a body, as `createReferralsForMultipleAdvocates` has it.
#[derive(Clone, Debug, PartialEq)]
struct CreateReferrals {
    silent: Option<YesNo>,
    referral: NewReferral,
}

operation! { CreateReferrals -> Option<CouponReservations> {
    id: "createReferrals",
    request: POST "/v1/referrals_for_multiple_advocates",
    query: { silent = "silent" },
    body: referral,
    success: [CREATED, NO_CONTENT],
    auth: [ApiKey],
    retry: Unsafe,
    conflict: Exists,
    bad_request: ErrorResponseWithStatus,
} }

/// Pages, times, enumerations and both kinds of lists, as `getLoyaltyProgramProfileTransactions`
/// has them.
#[derive(Clone, Debug, PartialEq)]
struct GetTransactions {
    program_id: LoyaltyProgramId,
    profile_id: ProfileId,
    session_ids: Vec<SessionId>,
    transaction_ids: CommaSeparated<i64>,
    subledger_id: Option<String>,
    state: Option<SessionState>,
    start_date: Option<Timestamp>,
    end_date: Option<Timestamp>,
    page_size: Option<i64>,
    skip: Option<i64>,
}

impl GetTransactions {
    fn new(program: impl Into<LoyaltyProgramId>, profile: impl Into<ProfileId>) -> Self {
        Self {
            program_id: program.into(),
            profile_id: profile.into(),
            session_ids: Vec::new(),
            transaction_ids: CommaSeparated::default(),
            subledger_id: None,
            state: None,
            start_date: None,
            end_date: None,
            page_size: None,
            skip: None,
        }
    }
}

options! { GetTransactions {
    session_ids: [SessionId],
    transaction_ids: [i64],
    start_date: Timestamp,
    page_size: i64,
    skip: i64,
} }

operation! { GetTransactions -> Vec<i64> {
    id: "getTransactions",
    request: GET "/v1/loyalty_programs/{loyaltyProgramId}/profile/{integrationId}/transactions",
    path: { program_id = "loyaltyProgramId", profile_id = "integrationId" },
    query: {
        session_ids = "customerSessionIDs",
        transaction_ids = "transactionIDs",
        subledger_id = "subledgerId",
        state = "state",
        start_date = "startDate",
        end_date = "endDate",
        page_size = "pageSize",
        skip = "skip",
    },
    success: [OK],
    auth: [ApiKey],
    retry: ReadOnly,
} }

fn response(status: u16, body: &'static str) -> Response<Bytes> {
    let mut response = Response::new(Bytes::from_static(body.as_bytes()));
    *response.status_mut() = StatusCode::from_u16(status).expect("a status");
    response
}

#[test]
fn a_reply_without_a_value_is_a_204_without_a_body() {
    let sent = CreateReferrals::reply_to_http(&None).unwrap();

    assert_eq!((sent.status(), sent.body().len()), (StatusCode::NO_CONTENT, 0));
    assert!(sent.headers().is_empty());
    assert_eq!(CreateReferrals::reply_from_http(sent).unwrap(), None);
}

#[test]
fn a_reply_with_a_value_has_the_other_status_and_a_body() {
    let reply = Some(CouponReservations::new(["anna"]));

    let sent = CreateReferrals::reply_to_http(&reply).unwrap();

    assert_eq!(
        (sent.status(), &sent.body()[..]),
        (StatusCode::CREATED, &br#"{"integrationIDs":["anna"]}"#[..])
    );
    assert_eq!(sent.headers()["content-type"], "application/json");
    assert_eq!(CreateReferrals::reply_from_http(sent).unwrap(), reply);
}

#[test]
fn each_declared_status_is_read_by_whether_it_has_a_body() {
    for (status, body, is_some) in [
        (201, r#"{"integrationIDs":[]}"#, true),
        (201, "", false),
        (204, "", false),
        (204, r#"{"integrationIDs":[]}"#, false),
    ] {
        let reply = CreateReferrals::reply_from_http(response(status, body)).unwrap();

        assert_eq!(reply.is_some(), is_some, "{status} {body}");
    }
    for (status, body) in [(200, "{}"), (202, ""), (205, ""), (304, ""), (201, "{")] {
        let error = CreateReferrals::reply_from_http(response(status, body)).unwrap_err();

        assert_eq!(error.kind(), ErrorKind::Decode, "{status} {body}");
    }
}

#[test]
fn a_list_that_is_empty_is_a_body_and_a_missing_one_is_not_a_list() {
    assert_eq!(GetTransactions::reply_to_http(&Vec::new()).unwrap().body(), "[]");
    let error = GetTransactions::reply_from_http(response(200, "")).unwrap_err();

    assert!(error.to_string().ends_with("the reply cannot be read: it is empty"), "{error}");
    assert!(!error.may_have_been_applied());
}

#[test]
fn a_flag_of_yes_and_no_is_a_query_parameter() {
    let request = |silent| CreateReferrals { silent, referral: NewReferral::new(1, "anna") };
    let uri = |silent| request(silent).target().unwrap();

    assert_eq!(uri(None), "/v1/referrals_for_multiple_advocates");
    assert_eq!(uri(Some(YesNo::Yes)), "/v1/referrals_for_multiple_advocates?silent=yes");
    let mut maybe = request(Some(YesNo::No)).to_http().unwrap();
    *maybe.uri_mut() = "/v1/referrals_for_multiple_advocates?silent=maybe".parse().unwrap();
    let refusal = CreateReferrals::from_http(&maybe).unwrap_err().into_api().unwrap();
    assert_eq!(refusal.problems()[0].details.as_deref(), Some("silent must be yes or no"));
}

#[test]
fn pages_times_and_lists_are_query_parameters() {
    let request = GetTransactions::new(7, "anna/1")
        .session_ids(["a", "b,c"])
        .transaction_ids([1, 2])
        .start_date("2026-01-02T03:04:05Z".parse::<Timestamp>().unwrap())
        .page_size(100)
        .skip(200);

    assert_eq!(
        request.target().unwrap(),
        "/v1/loyalty_programs/7/profile/anna%2F1/transactions\
         ?customerSessionIDs=a&customerSessionIDs=b%2Cc&transactionIDs=1%2C2\
         &startDate=2026-01-02T03%3A04%3A05Z&pageSize=100&skip=200",
    );
    assert_eq!(GetTransactions::from_http(&request.to_http().unwrap()).unwrap(), request);
}

#[test]
fn a_parameter_of_another_type_is_refused_by_its_name() {
    let path = "/v1/loyalty_programs/7/profile/anna/transactions";
    for (uri, name, expected) in [
        (format!("{path}?pageSize=many"), "pageSize", "must be a whole number"),
        (format!("{path}?transactionIDs=1,b"), "transactionIDs", "must be a whole number"),
        (format!("{path}?endDate=later"), "endDate", "must be an RFC 3339 timestamp"),
        (path.replace('7', "seven"), "loyaltyProgramId", "must be a whole number"),
    ] {
        let request = Request::get(&uri).body(Bytes::new()).unwrap();

        let refusal = GetTransactions::from_http(&request).unwrap_err().into_api().unwrap();

        let [problem] = refusal.problems() else { panic!("{refusal}") };
        assert_eq!(problem.source.parameter.as_deref(), Some(name), "{uri}");
        let details = problem.details.as_deref().unwrap_or_default();
        assert!(details.starts_with(&format!("{name} {expected}")), "{details}");
    }
}

proptest! {
    #[test]
    fn requests_arrive_as_they_were_sent(request: GetTransactions, other: CreateReferrals) {
        prop_assert_eq!(GetTransactions::from_http(&request.to_http().unwrap()).unwrap(), request);
        prop_assert_eq!(CreateReferrals::from_http(&other.to_http().unwrap()).unwrap(), other);
    }

    #[test]
    fn the_value_of_a_reply_decides_its_status(reply: Option<CouponReservations>) {
        let sent = CreateReferrals::reply_to_http(&reply).unwrap();

        let has_body = sent.status() == StatusCode::CREATED;
        prop_assert_eq!((has_body, has_body), (reply.is_some(), !sent.body().is_empty()));
        prop_assert_eq!(CreateReferrals::reply_from_http(sent).unwrap(), reply);
    }
}
