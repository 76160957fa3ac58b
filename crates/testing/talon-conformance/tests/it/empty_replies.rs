//! Replies of status 200 without a body.

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{Request, StatusCode};
use talon_conformance::Seed;
use talon_core::dispatch::dispatch;
use talon_fake::{Fake, LoyaltyProgram};

/// BEHAVIOUR-today 7.7: the body is empty, not `null`.
#[tokio::test]
async fn joining_a_loyalty_program_has_a_reply_without_a_body() {
    let seed = Seed::new().loyalty_program(LoyaltyProgram::new(7));
    let fake = Fake::new(seed).expect("the world is valid");
    let request = Request::post("/v1/loyalty_programs/7/profile/anna/join").body(Bytes::new());

    let reply = dispatch(&fake, &request.expect("a path")).await;

    assert_eq!((reply.status(), &**reply.body()), (StatusCode::OK, &b""[..]));
    assert!(!reply.headers().contains_key(CONTENT_TYPE));
}
