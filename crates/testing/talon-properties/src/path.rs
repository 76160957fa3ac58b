//! Ids that shops choose, whatever they are.

use talon_core::ErrorKind;
use talon_core::dispatch::Route;
use talon_samples::{Sample, for_each_sample};

/// Longest id, in bytes, that fits into a URI whatever it is made of.
const ALWAYS_FITS: usize = 20_000;

/// An id arrives unchanged at the operation it was meant for, or is refused by the client.
///
/// # Panics
/// When the property does not hold.
pub fn check(id: &[u8]) {
    if let Ok(id) = str::from_utf8(id) {
        for_each_sample!(|O| arrives::<O>(id));
    }
}

fn arrives<O: Sample>(id: &str) {
    let sent = O::sample(id);
    let request = match sent.to_http() {
        Ok(request) => request,
        Err(error) => {
            assert_eq!(error.kind(), ErrorKind::Encode, "{error}");
            assert!(may_be_refused(id), "{id:?} is refused: {error}");
            return;
        }
    };
    let route = Route::find(request.method(), request.uri().path()).expect("a path of ours");
    assert_eq!(route.info().id, O::INFO.id, "{id:?} leads elsewhere");
    assert_eq!(O::from_http(&request).expect("what was sent can be read"), sent);
}

fn may_be_refused(id: &str) -> bool {
    matches!(id, "" | "." | "..") || id.len() > ALWAYS_FITS
}
