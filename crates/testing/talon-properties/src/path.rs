//! Arbitrary ids in paths.

use talon_core::ErrorKind;
use talon_core::dispatch::Route;
use talon_samples::{Sample, for_each_sample};

/// The longest id, in bytes, that fits into a URI with any characters.
const MAX_LENGTH: usize = 20_000;

/// An id arrives unchanged at its operation, or the client refuses it.
///
/// # Panics
/// When the property does not hold.
pub fn check(id: &[u8]) {
    if let Ok(id) = str::from_utf8(id) {
        for_each_sample!(|O| assert_arrives::<O>(id));
    }
}

fn assert_arrives<O: Sample>(id: &str) {
    let sent = O::sample(id);
    let request = match sent.to_http() {
        Ok(request) => request,
        Err(error) => {
            assert_eq!(error.kind(), ErrorKind::Encode, "{error}");
            assert!(may_be_refused(id), "{id:?} is refused: {error}");
            return;
        }
    };
    let route =
        Route::find(request.method(), request.uri().path()).expect("the path of an operation");
    assert_eq!(route.info().id, O::INFO.id, "{id:?} changes the route");
    assert_eq!(O::from_http(&request).expect("what was sent can be read"), sent);
}

fn may_be_refused(id: &str) -> bool {
    matches!(id, "" | "." | "..") || id.len() > MAX_LENGTH
}
