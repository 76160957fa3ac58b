//! Frames of HTTP/2 as bytes, right and wrong ones.

/// Types of frames.
pub mod kind {
    /// Part of a body.
    pub const DATA: u8 = 0;
    /// Head of a message, or its beginning.
    pub const HEADERS: u8 = 1;
    /// End of a stream before its time.
    pub const RST_STREAM: u8 = 3;
    /// What the sender takes.
    pub const SETTINGS: u8 = 4;
    /// Whether the other side is alive.
    pub const PING: u8 = 6;
    /// End of a connection.
    pub const GOAWAY: u8 = 7;
    /// More of a head.
    pub const CONTINUATION: u8 = 9;
}

/// Last frame of a stream.
pub const END_STREAM: u8 = 1;
/// Last frame of a head.
pub const END_HEADERS: u8 = 4;
/// Answer to SETTINGS and PING.
pub const ACK: u8 = 1;

/// No error.
pub const NO_ERROR: u32 = 0;
/// The server broke down.
pub const INTERNAL_ERROR: u32 = 2;
/// Not processed.
pub const REFUSED_STREAM: u32 = 7;
/// Not wanted any more.
pub const CANCEL: u32 = 8;
/// Too much of something.
pub const ENHANCE_YOUR_CALM: u32 = 11;
/// Another version is wanted.
pub const HTTP_1_1_REQUIRED: u32 = 13;

/// `:status: 200`, by its number in HPACK's static table.
pub const OK: &[u8] = &[0x88];

/// A frame.
pub fn frame(kind: u8, flags: u8, stream: u32, payload: &[u8]) -> Vec<u8> {
    let length = u32::try_from(payload.len()).expect("a short payload").to_be_bytes();
    [&length[1..], &[kind, flags], &stream.to_be_bytes(), payload].concat()
}

/// A header that is in no table, of a name and value shorter than 127 bytes.
pub fn header(name: &str, value: &str) -> Vec<u8> {
    let length = |text: &str| u8::try_from(text.len()).expect("a short text");
    [&[0, length(name)], name.as_bytes(), &[length(value)], value.as_bytes()].concat()
}

/// A head of one frame, after which a body follows.
pub fn head(stream: u32, block: &[u8]) -> Vec<u8> {
    frame(kind::HEADERS, END_HEADERS, stream, block)
}

/// The last part of a body.
pub fn last_data(stream: u32, body: &str) -> Vec<u8> {
    frame(kind::DATA, END_STREAM, stream, body.as_bytes())
}

/// 200 with `body`.
pub fn reply(stream: u32, body: &str) -> Vec<u8> {
    [head(stream, OK), last_data(stream, body)].concat()
}

/// The stream ends for `reason`.
pub fn reset(stream: u32, reason: u32) -> Vec<u8> {
    frame(kind::RST_STREAM, 0, stream, &reason.to_be_bytes())
}

/// The connection ends after the stream `last` for `reason`.
pub fn go_away(last: u32, reason: u32) -> Vec<u8> {
    frame(kind::GOAWAY, 0, 0, &[last.to_be_bytes(), reason.to_be_bytes()].concat())
}
