//! Request targets, whatever they are.

use bytes::Bytes;
use http::{Request, Uri};
use talon_core::ErrorKind;
use talon_core::dispatch::Route;
use talon_samples::{Sample, for_each_sample};

/// What an operation reads from a path and a query it writes, and reads as the same again.
///
/// # Panics
/// When the property does not hold.
pub fn check(target: &[u8]) {
    if let Ok(uri) = Uri::try_from(target) {
        for_each_sample!(|O| survives::<O>(&uri));
    }
}

/// The target with a body that fits.
fn survives<O: Sample>(uri: &Uri) {
    let mut request = O::sample("SUMMER10").to_http().expect("a sample can be sent");
    *request.uri_mut() = uri.clone();
    let mine = is_mine::<O>(&request);
    let read = match O::from_http(&request) {
        Ok(read) => read,
        Err(error) => {
            let status = error.status().expect("a refusal has a status");
            assert_eq!(status.as_u16(), if mine { 400 } else { 404 }, "{uri}: {error}");
            return;
        }
    };
    assert!(mine, "{uri} is read by {}", O::INFO.id);
    match read.to_http() {
        Ok(written) => {
            let again = O::from_http(&written).expect("what was written can be read");
            assert_eq!(again, read, "{uri} became {}", written.uri());
            assert!(is_mine::<O>(&written), "{uri} became {}", written.uri());
        }
        // `%2E%2E` can be read, and `..` is nothing that a client may send.
        Err(error) => assert_eq!(error.kind(), ErrorKind::Encode, "{error}"),
    }
}

fn is_mine<O: Sample>(request: &Request<Bytes>) -> bool {
    let route = Route::find(request.method(), request.uri().path());
    route.is_ok_and(|route| route.info().id == O::INFO.id)
}
