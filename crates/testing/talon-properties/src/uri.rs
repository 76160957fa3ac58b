//! Arbitrary request targets.

use bytes::Bytes;
use http::{Request, Uri};
use talon_core::ErrorKind;
use talon_core::dispatch::Route;
use talon_samples::{Sample, for_each_sample};

/// An operation that is decoded from a path and a query can be encoded and decoded again to an equal
/// operation.
///
/// # Panics
/// When the property does not hold.
pub fn check(target: &[u8]) {
    if let Ok(uri) = Uri::try_from(target) {
        for_each_sample!(|O| assert_round_trips::<O>(&uri));
    }
}

/// Decodes the target with the body of a sample.
fn assert_round_trips<O: Sample>(uri: &Uri) {
    let mut request = O::sample("SUMMER10").to_http().expect("a sample can be sent");
    *request.uri_mut() = uri.clone();
    let matches = has_route::<O>(&request);
    let read = match O::from_http(&request) {
        Ok(read) => read,
        Err(error) => {
            let status = error.status().expect("a refusal has a status");
            assert_eq!(status.as_u16(), if matches { 400 } else { 404 }, "{uri}: {error}");
            return;
        }
    };
    assert!(matches, "{uri} is read by {}", O::INFO.id);
    match read.to_http() {
        Ok(written) => {
            let again = O::from_http(&written).expect("what was written can be read");
            assert_eq!(again, read, "{uri} became {}", written.uri());
            assert!(has_route::<O>(&written), "{uri} became {}", written.uri());
        }
        // A server decodes `%2E%2E`, but a client must not send `..`.
        Err(error) => assert_eq!(error.kind(), ErrorKind::Encode, "{error}"),
    }
}

fn has_route<O: Sample>(request: &Request<Bytes>) -> bool {
    let route = Route::find(request.method(), request.uri().path());
    route.is_ok_and(|route| route.info().id == O::INFO.id)
}
