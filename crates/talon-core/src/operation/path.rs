//! Path templates and segments.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// All but the unreserved characters of RFC 3986.
const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Decoded parameters of a path by name, in order.
pub(super) type PathParams<'a> = Vec<(&'static str, Cow<'a, str>)>;

/// Name of the parameter in a segment of a template.
pub(super) fn parameter_name(segment: &'static str) -> Option<&'static str> {
    segment.strip_prefix('{')?.strip_suffix('}')
}

/// Checks at compile time that `names` are the parameters of a template, in its order.
///
/// # Panics
/// When they are not, or when a parameter is not a whole segment.
pub(super) const fn check_template(template: &str, names: &[&str]) {
    let template = template.as_bytes();
    let (mut index, mut parameters) = (0, 0);
    while index < template.len() {
        if template[index] == b'{' {
            assert!(index > 0 && template[index - 1] == b'/', "a parameter is a whole segment");
            assert!(parameters < names.len(), "a parameter of the path has no field");
            index = end_of_parameter(template, index + 1, names[parameters].as_bytes());
            parameters += 1;
        }
        index += 1;
    }
    assert!(parameters == names.len(), "the path has no such parameter");
}

/// The end of the parameter `name`, which starts at `start`.
const fn end_of_parameter(template: &[u8], start: usize, name: &[u8]) -> usize {
    let mut index = 0;
    while index < name.len() {
        let is_same = start + index < template.len() && template[start + index] == name[index];
        assert!(is_same, "path parameters are named as in the path, and in its order");
        index += 1;
    }
    let end = start + name.len();
    assert!(
        end < template.len() && template[end] == b'}',
        "path parameters are named as in the path, and in its order"
    );
    assert!(
        end + 1 == template.len() || template[end + 1] == b'/',
        "a parameter is a whole segment"
    );
    end
}

/// Appends a percent-encoded segment that decodes to exactly `text`.
///
/// # Errors
/// Why no URL can contain the text.
pub(super) fn push_segment(path: &mut String, text: &str) -> Result<(), &'static str> {
    match text {
        "" => Err("is empty"),
        // URL libraries and proxies resolve `.` and `..`, also when written as `%2e`.
        "." | ".." => Err("is `.` or `..`, which no URL can carry"),
        _ => {
            path.push('/');
            path.extend(utf8_percent_encode(text, SEGMENT));
            Ok(())
        }
    }
}

/// Matches a raw path against a template, and returns the decoded parameters in order, with their
/// names.
///
/// `None` when it does not match; `Err` with the name of a parameter that is not UTF-8.
pub(super) fn match_path<'a>(
    template: &'static str,
    path: &'a str,
) -> Option<Result<PathParams<'a>, &'static str>> {
    let mut params = Vec::new();
    if !walk(template, path, |name, segment| params.push((name, segment))) {
        return None;
    }
    let decode = |(name, segment)| match percent_decode_str(segment).decode_utf8() {
        Ok(text) => Ok((name, text)),
        Err(_) => Err(name),
    };
    Some(params.into_iter().map(decode).collect())
}

/// Compares a raw path with a template, and calls `found` with the name and the raw segment of each
/// parameter. Returns whether the path matches; if not, `found` may have been called.
fn walk<'a>(
    mut template: &'static str,
    mut path: &'a str,
    mut found: impl FnMut(&'static str, &'a str),
) -> bool {
    // A parameter is a whole segment, see `check_template`.
    while let Some((literal, rest)) = template.split_once('{') {
        let (Some(after), Some((name, rest))) = (path.strip_prefix(literal), rest.split_once('}'))
        else {
            return false;
        };
        let end = after.find('/').unwrap_or(after.len());
        if end == 0 {
            return false;
        }
        found(name, &after[..end]);
        (template, path) = (rest, &after[end..]);
    }
    template == path
}

/// The part of a template before its first parameter.
#[cfg(any(test, feature = "server"))]
pub(crate) const fn literal_prefix(template: &'static str) -> &'static str {
    let mut end = 0;
    while end < template.len() && template.as_bytes()[end] != b'{' {
        end += 1;
    }
    template.split_at(end).0
}

/// Whether a raw path matches a template.
#[cfg(feature = "server")]
pub(crate) fn fits_path(template: &'static str, path: &str) -> bool {
    walk(template, path, |_, _| {})
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const TEMPLATE: &str = "/v1/coupon_reservations/{couponValue}";

    fn carried(text: &str) -> String {
        let mut path = "/v1/coupon_reservations".to_owned();
        push_segment(&mut path, text).unwrap();
        let params = match_path(TEMPLATE, &path).expect("the template").expect("UTF-8");
        params[0].1.clone().into_owned()
    }

    #[test]
    fn awkward_ids_arrive_unchanged() {
        for id in ["a b", "a/b", "SUMMER25%OFF", "%2F", "?", "#", "+", ";", ":", "é", "🎉", "..."]
        {
            assert_eq!(carried(id), id);
        }
    }

    #[test]
    fn blanks_are_never_a_plus() {
        let mut path = String::new();
        push_segment(&mut path, "a b+c").unwrap();

        assert_eq!(path, "/a%20b%2Bc");
    }

    #[test]
    fn ids_no_url_can_carry_are_refused() {
        for id in ["", ".", ".."] {
            assert!(push_segment(&mut String::new(), id).is_err(), "{id:?}");
        }
    }

    #[test]
    fn a_plus_in_a_path_is_a_plus() {
        let params = match_path(TEMPLATE, "/v1/coupon_reservations/a+b").unwrap().unwrap();

        assert_eq!(params, [("couponValue", "a+b".into())]);
    }

    #[test]
    fn a_template_is_literal_up_to_its_first_parameter() {
        assert_eq!(literal_prefix(TEMPLATE), "/v1/coupon_reservations/");
        assert_eq!(literal_prefix("/v2/events"), "/v2/events");
    }

    #[test]
    fn a_template_has_the_parameters_that_are_named_in_their_order() {
        check_template("/v1/stores", &[]);
        check_template("/v1/{program}/cards/{card}", &["program", "card"]);
        for (template, names) in [
            ("/v1/stores", &["store"][..]),
            ("/v1/{store}", &[]),
            ("/v1/{store}", &["stor"]),
            ("/v1/{store}", &["stores"]),
            ("/v1/{store", &["store"]),
            ("/v1/{a}/{b}", &["b", "a"]),
            ("/v1/x{store}", &["store"]),
            ("/v1/{store}x", &["store"]),
        ] {
            let checked = std::panic::catch_unwind(|| check_template(template, names));

            assert!(checked.is_err(), "{template} {names:?}");
        }
    }

    #[test]
    fn other_paths_do_not_match() {
        for path in [
            "/v1/coupon_reservations",
            "/v1/coupon_reservations/",
            "/v1/x/a",
            "/v1/coupon_reservations/a/b",
        ] {
            assert!(match_path(TEMPLATE, path).is_none(), "{path}");
        }
    }

    proptest! {
        #[test]
        fn every_id_arrives_unchanged(id in "\\PC{1,40}") {
            prop_assume!(id != "." && id != "..");
            prop_assert_eq!(carried(&id), id);
        }
    }
}
