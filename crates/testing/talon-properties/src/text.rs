//! Lone surrogates in JSON, which the codec replaces and serde_json refuses.

/// `json` with an escaped U+FFFD for each escape of a lone surrogate.
pub(crate) fn with_replaced_surrogates(json: &[u8]) -> Vec<u8> {
    let mut replaced = Vec::with_capacity(json.len());
    let mut rest = json;
    while !rest.is_empty() {
        let units: Vec<u16> = rest.chunks_exact(6).map_while(code_unit).collect();
        let (escapes, after) = rest.split_at(6 * units.len());
        let mut escapes = escapes.chunks_exact(6);
        for decoded in char::decode_utf16(units) {
            let length = decoded.as_ref().map_or(1, |character| character.len_utf16());
            for escape in escapes.by_ref().take(length) {
                replaced.extend_from_slice(if decoded.is_ok() { escape } else { br"\ufffd" });
            }
        }
        // Other escapes must stay together: `\\ud83d` does not escape a code unit.
        let length = if after.starts_with(br"\") { 2 } else { 1 };
        let (passed, after) = after.split_at(length.min(after.len()));
        replaced.extend_from_slice(passed);
        rest = after;
    }
    replaced
}

fn code_unit(escape: &[u8]) -> Option<u16> {
    let digits = escape.strip_prefix(br"\u")?;
    let is_hex = digits.iter().all(u8::is_ascii_hexdigit);
    let digits = str::from_utf8(digits).ok().filter(|_| is_hex)?;
    u16::from_str_radix(digits, 16).ok()
}
