//! Requests and replies of every operation can be encoded and decoded.

use proptest::arbitrary::{Arbitrary, any};
use talon_core::{Operation, for_each_operation, operations};

use crate::runner::holds_for_every;

const CASES: u32 = 24;

fn request_arrives<O: Operation + Arbitrary>() {
    holds_for_every(CASES, any::<O>(), |sent| {
        let request = sent.to_http().expect("every request can be sent");
        let arrived = O::from_http(&request).expect("what was sent can be read");
        assert_eq!(arrived, sent);

        let again = arrived.to_http().expect("every request can be sent");
        assert_eq!(again.method(), request.method());
        assert_eq!(again.uri(), request.uri());
        assert_eq!(again.headers(), request.headers());
        assert_eq!(again.body(), request.body());
        assert!(sent.check().is_ok());
        assert_eq!(request.body().is_empty(), !O::INFO.has_body);
    });
}

fn reply_arrives<O: Operation<Reply: Arbitrary + PartialEq>>() {
    holds_for_every(CASES, any::<O::Reply>(), |sent| {
        let response = O::reply_to_http(&sent).expect("every reply can be sent");
        assert!(O::INFO.success.contains(&response.status()));
        let arrived = O::reply_from_http(response.clone()).expect("what was sent can be read");
        assert_eq!(arrived, sent);

        let again = O::reply_to_http(&arrived).expect("every reply can be sent");
        assert_eq!(again.status(), response.status());
        assert_eq!(again.body(), response.body());
    });
}

macro_rules! every_operation {
    ($( $(#[$doc:meta])* $method:ident($request:ident); )+) => {
        mod request_arrives_unchanged {
            $( #[test] fn $method() { super::request_arrives::<super::operations::$request>(); } )+
        }

        mod reply_arrives_unchanged {
            $( #[test] fn $method() { super::reply_arrives::<super::operations::$request>(); } )+
        }
    };
}
for_each_operation!(every_operation);
