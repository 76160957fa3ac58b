//! `/_fake/`: the page that shows a world and its calls.

use std::sync::LazyLock;

use bytes::Bytes;
use data_encoding::BASE64;
use http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, LOCATION, REFERRER_POLICY,
    X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use http::{HeaderName, HeaderValue, Method, Response, StatusCode};
use sha2::{Digest as _, Sha256};
use talon_core::OPERATIONS;

const STYLE: &str = include_str!("page/style.css");

/// One script, in the order of use.
const SCRIPT: &str = concat!(
    include_str!("page/dom.js"),
    include_str!("page/server.js"),
    include_str!("page/calls.js"),
    include_str!("page/world.js"),
    include_str!("page/controls.js"),
    include_str!("page/main.js"),
);

static PAGE: LazyLock<Page> = LazyLock::new(Page::assemble);

/// The page as one document, and its policy.
struct Page {
    html: Bytes,
    policy: HeaderValue,
}

impl Page {
    fn assemble() -> Self {
        let operations: Vec<_> = OPERATIONS.iter().map(|operation| operation.id).collect();
        let operations = format!("<option>{}</option>", operations.join("</option><option>"));
        let html = include_str!("page/index.html")
            .replace("<!--operations-->", &operations)
            .replace("<style></style>", &format!("<style>{STYLE}</style>"))
            .replace(
                "<script type=\"module\"></script>",
                &format!("<script type=\"module\">{SCRIPT}</script>"),
            );
        Self { html: html.into(), policy: policy() }
    }
}

/// Only the script and the style of the page are run, requests go to this server alone, no markup is
/// made from text (trusted types), and no other page may show this one in a frame.
fn policy() -> HeaderValue {
    let hash = |text: &str| BASE64.encode(&Sha256::digest(text));
    let policy = format!(
        "default-src 'none'; script-src 'sha256-{}'; style-src 'sha256-{}'; img-src data:; \
         connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; \
         require-trusted-types-for 'script'; trusted-types 'none'",
        hash(SCRIPT),
        hash(STYLE),
    );
    HeaderValue::from_str(&policy).expect("a policy is ASCII")
}

/// Whether a request is for the page. It needs no token: it has no data of a world, and the requests
/// that it makes need one.
pub(super) fn is_for(method: &Method, path: &str) -> bool {
    matches!(path, "/_fake" | "/_fake/") && matches!(*method, Method::GET | Method::HEAD)
}

/// The page, or the way to it: without the slash at the end.
pub(super) fn reply(path: &str) -> Response<Bytes> {
    let mut reply = Response::default();
    if path == "/_fake" {
        *reply.status_mut() = StatusCode::PERMANENT_REDIRECT;
        reply.headers_mut().insert(LOCATION, HeaderValue::from_static("/_fake/"));
        return reply;
    }
    *reply.body_mut() = PAGE.html.clone();
    let headers: [(HeaderName, HeaderValue); 6] = [
        (CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")),
        (CONTENT_SECURITY_POLICY, PAGE.policy.clone()),
        (X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
        (X_FRAME_OPTIONS, HeaderValue::from_static("DENY")),
        (REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
        (CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    reply.headers_mut().extend(headers);
    reply
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_document_has_its_parts_and_nothing_from_elsewhere() {
        let html = std::str::from_utf8(&PAGE.html).expect("UTF-8");

        for part in [STYLE, SCRIPT, "<option>updateCustomerSessionV2</option>"] {
            assert_eq!(html.matches(part).count(), 1);
        }
        for foreign in ["http://", "https://", "src=", "@import", "url("] {
            assert!(!html.contains(foreign), "{foreign}");
        }
        // A tag in the text of a part would end it.
        assert!(!STYLE.contains("</") && !SCRIPT.contains("</"));
    }

    #[test]
    fn text_of_the_api_never_becomes_markup() {
        for sink in ["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval("] {
            assert!(!SCRIPT.contains(sink), "{sink}");
        }
    }
}
