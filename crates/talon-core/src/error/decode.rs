//! Reading JSON with a path to what did not fit.

use std::cell::Cell;

use serde::de::{DeserializeOwned, Error as _};
use serde_json::error::Category;

use crate::json;
use crate::value::timestamp::StrictTimestamps;

/// Reads `json` as a `T`.
///
/// The fast way first, which counts on ordinary JSON and on every effect being as its type says.
/// What fails is read again with room for what is not so, and what fails then with a record of the
/// path.
pub(crate) fn from_json<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Misfit> {
    as_usual(bytes).map_or_else(|| with_care(&json::replace_lone(bytes)), Ok)
}

/// Bytes of a reply that is read a third time to find the path of what does not fit.
const MAX_LOCATED: usize = 2 << 20;

/// [`from_json`] for what may be large and hostile: of more than [`MAX_LOCATED`] it tells the line
/// and the column in place of the path.
pub(crate) fn reply_from_json<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Misfit> {
    if bytes.len() <= MAX_LOCATED {
        return from_json(bytes);
    }
    as_usual(bytes).map_or_else(
        || serde_json::from_slice(&json::replace_lone(bytes)).map_err(Misfit::in_a_large_text),
        Ok,
    )
}

/// [`from_json`] for those who refuse what is odd, as the service does: a list in place of an
/// object, which serde takes for its members in order, and a timestamp that is almost RFC 3339.
pub(crate) fn objects_from_json<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Misfit> {
    let _strict = StrictTimestamps::require();
    if let Some(value) = as_usual(bytes) {
        return Ok(value);
    }
    let bytes = json::replace_lone(bytes);
    let value = with_care(&bytes)?;
    json::list_for_object::<T>(&bytes).map_or(Ok(value), |path| Err(Misfit::list(&path)))
}

fn as_usual<T: DeserializeOwned>(bytes: &[u8]) -> Option<T> {
    // Checking all of the text at once costs a fraction of checking each of its strings.
    let text = str::from_utf8(bytes).ok()?;
    let _expected = AsExpected::assume();
    json::read(text)
}

fn with_care<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Misfit> {
    serde_json::from_slice(bytes).or_else(|_| with_path(bytes))
}

fn with_path<T: DeserializeOwned>(json: &[u8]) -> Result<T, Misfit> {
    let _located = Located::assume();
    let mut deserializer = serde_json::Deserializer::from_slice(json);
    let value = serde_path_to_error::deserialize::<_, T>(&mut deserializer).map_err(Misfit::at)?;
    deserializer.end().map_err(Misfit::of_the_whole)?;
    Ok(value)
}

thread_local! {
    static AS_EXPECTED: Cell<bool> = const { Cell::new(false) };
    static LOCATED: Cell<bool> = const { Cell::new(false) };
}

/// For as long as it lives, this thread reads only to find where a reading fails: every name is read
/// as text, which is what the record of the path sees.
pub(crate) struct Located(());

impl Located {
    fn assume() -> Self {
        LOCATED.set(true);
        Self(())
    }

    pub(crate) fn is_assumed() -> bool {
        LOCATED.get()
    }
}

impl Drop for Located {
    fn drop(&mut self) {
        LOCATED.set(false);
    }
}

/// For as long as it lives, this thread reads as if every effect were as its type says.
///
/// Serde cannot go back: props that turn out not to fit have been passed, and the reading fails.
/// A caller that can read again from the start assumes this; anybody else's reading keeps the text
/// of the props until they are known to fit.
pub(crate) struct AsExpected(());

impl AsExpected {
    fn assume() -> Self {
        AS_EXPECTED.set(true);
        Self(())
    }

    pub(crate) fn is_assumed() -> bool {
        AS_EXPECTED.get()
    }
}

impl Drop for AsExpected {
    fn drop(&mut self) {
        AS_EXPECTED.set(false);
    }
}

/// Where and why JSON did not fit a type.
#[derive(Debug)]
pub(crate) struct Misfit {
    /// Path as a programmer writes it, `effects[3].props.value`; empty for the whole.
    pub(crate) path: String,
    /// The same as a JSON pointer, `/effects/3/props/value`.
    pub(crate) pointer: String,
    pub(crate) error: serde_json::Error,
}

impl Misfit {
    fn at(located: serde_path_to_error::Error<serde_json::Error>) -> Self {
        let (path, pointer) = (readable(located.path()), pointer(located.path()));
        Self { path, pointer, error: located.into_inner() }
    }

    /// A list in place of an object.
    fn list(path: &serde_path_to_error::Path) -> Self {
        let error = serde_json::Error::custom("invalid type: sequence, expected an object");
        Self { path: readable(path), pointer: pointer(path), error }
    }

    /// Only what follows the value is wrong.
    fn of_the_whole(error: serde_json::Error) -> Self {
        Self { path: String::new(), pointer: String::new(), error }
    }

    /// Too large to be read again for the path.
    fn in_a_large_text(error: serde_json::Error) -> Self {
        let path = format!("the value at line {}, column {}", error.line(), error.column());
        Self { path, pointer: String::new(), error }
    }

    /// What is wrong, and where.
    ///
    /// What does not fit has a path. What is no JSON has a line and a column, in bytes from 1: its
    /// path would end in a name that was never read. Of what is cut off it is the last byte there.
    pub(crate) fn place(&self) -> String {
        let (line, column) = (self.error.line(), self.error.column());
        match self.error.classify() {
            Category::Eof => format!("it ends too early, at line {line}, column {column}"),
            Category::Syntax | Category::Io => {
                format!("it cannot be read as JSON from line {line}, column {column} on")
            }
            Category::Data if self.path.is_empty() => "it is not the JSON it should be".to_owned(),
            Category::Data => format!("{} does not fit", self.path),
        }
    }

    /// Name of the required member that is not there, if that is what is wrong.
    ///
    /// Serde says so in its message alone.
    pub(crate) fn missing_member(&self) -> Option<String> {
        let message = self.error.to_string();
        let (name, _) = message.strip_prefix("missing field `")?.split_once('`')?;
        Some(name.to_owned())
    }
}

/// Path within `json` at which it does not fit `T`, if it does not.
pub(crate) fn location_of<T: DeserializeOwned>(json: &[u8]) -> Option<(String, serde_json::Error)> {
    from_json::<T>(json).err().map(|misfit| (misfit.path, misfit.error))
}

fn readable(path: &serde_path_to_error::Path) -> String {
    match path.to_string() {
        whole if whole == "." => String::new(),
        path => path,
    }
}

fn pointer(path: &serde_path_to_error::Path) -> String {
    use serde_path_to_error::Segment;
    let mut pointer = String::new();
    for segment in path {
        pointer.push('/');
        match segment {
            Segment::Seq { index } => pointer.push_str(&index.to_string()),
            Segment::Map { key } => pointer.push_str(&key.replace('~', "~0").replace('/', "~1")),
            Segment::Enum { variant } => pointer.push_str(variant),
            Segment::Unknown => pointer.push('?'),
        }
    }
    pointer
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::IntegrationRequest;

    #[test]
    fn what_does_not_fit_is_located() {
        let json = br#"{"customerSession":{"cartItems":[{"sku":"A","quantity":"2"}]}}"#;

        let misfit = from_json::<IntegrationRequest>(json).unwrap_err();

        assert_eq!(misfit.path, "customerSession.cartItems[0].quantity");
        assert_eq!(misfit.pointer, "/customerSession/cartItems/0/quantity");
        assert_eq!(misfit.missing_member(), None);
    }

    #[test]
    fn what_is_missing_is_named() {
        let json = br#"{"customerSession":{"cartItems":[{"sku":"A"}]}}"#;

        let misfit = from_json::<IntegrationRequest>(json).unwrap_err();

        assert_eq!(misfit.pointer, "/customerSession/cartItems/0");
        assert_eq!(misfit.missing_member().as_deref(), Some("quantity"));
    }

    #[test]
    fn a_list_is_no_object() {
        let read = |json: &str| objects_from_json::<IntegrationRequest>(json.as_bytes());

        for (json, path, pointer) in [
            (r#"[{"profileId":"anna"},[]]"#, "", ""),
            (r#"{"customerSession":["anna"]}"#, "customerSession", "/customerSession"),
            (
                r#"{"customerSession":{"additionalCosts":{"shipping":[5]}}}"#,
                "customerSession.additionalCosts.shipping",
                "/customerSession/additionalCosts/shipping",
            ),
        ] {
            let misfit = read(json).unwrap_err();

            assert_eq!((misfit.path.as_str(), misfit.pointer.as_str()), (path, pointer));
            assert!(misfit.error.is_data());
        }
        assert!(
            read(r#"{"customerSession":{"cartItems":[{"sku":"\u004d","quantity":1}]}}"#).is_ok()
        );
    }

    #[test]
    fn of_a_large_reply_the_line_and_the_column_are_told() {
        let large = "x".repeat(MAX_LOCATED);
        let reply =
            |count| format!(r#"{{"customerSession":{{"profileId":"{large}","x":{count}}}}}"#);
        let odd = format!(r#"{{"customerSession":{{"profileId":"{large}","cartItems":5}}}}"#);
        let read = |json: &str| reply_from_json::<IntegrationRequest>(json.as_bytes());

        assert!(read(&reply("1")).is_ok());
        assert!(read(&reply(r#""\ud83d""#)).is_ok());
        let misfit = read(&odd).unwrap_err();
        assert!(misfit.error.is_data());
        let column = odd.len() - 2;
        assert_eq!(misfit.place(), format!("the value at line 1, column {column} does not fit"));
        let misfit = read(&reply("")).unwrap_err();
        assert!(misfit.place().starts_with("it cannot be read as JSON from line 1, column "));
        let misfit =
            reply_from_json::<IntegrationRequest>(br#"{"customerSession":5}"#).unwrap_err();
        assert_eq!(misfit.place(), "customerSession does not fit");
    }

    fn place_in(json: &[u8]) -> String {
        from_json::<IntegrationRequest>(json).unwrap_err().place()
    }

    #[test]
    fn what_is_cut_off_says_where_it_ends() {
        let whole = r#"{"customerSession":
{"cartItems":[{"sku":"Ä","quantity":12}]}}"#;

        for end in (0..whole.len()).filter(|end| whole.is_char_boundary(*end)) {
            let place = place_in(&whole.as_bytes()[..end]);

            assert!(place.starts_with("it ends too early, at line "), "{end}: {place}");
        }
        assert!(from_json::<IntegrationRequest>(whole.as_bytes()).is_ok());
        let place = place_in(br#"{"customerSession":{}"#);
        assert_eq!(place, "it ends too early, at line 1, column 21");
        let place = place_in(b"{\n  \"customerSession\": {");
        assert_eq!(place, "it ends too early, at line 2, column 22");
    }

    #[test]
    fn what_is_no_json_says_where() {
        for (json, column) in [
            (&b"<html>"[..], 1),
            (br#"{"customerSession":{},}"#, 23),
            (br#"{"customerSession":{}}}"#, 23),
            (br#"{"customerSession":{"profileId":undefined}}"#, 33),
            (b"{\"customerSession\":{\"profileId\":\"\xff\"}}", 34),
        ] {
            let text = String::from_utf8_lossy(json);
            let place = format!("it cannot be read as JSON from line 1, column {column} on");
            assert_eq!(place_in(json), place, "{text}");
        }
    }

    #[test]
    fn what_does_not_fit_is_named_by_its_path() {
        assert_eq!(place_in(b"5"), "it is not the JSON it should be");
        assert_eq!(place_in(br#"{"customerSession":5}"#), "customerSession does not fit");
    }
}
