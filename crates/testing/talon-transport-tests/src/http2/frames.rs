//! Frames of HTTP/2 as bytes, valid or not.

/// Types of frames.
pub mod kind {
    /// Part of a body.
    pub const DATA: u8 = 0;
    /// Header block of a message, or its first part.
    pub const HEADERS: u8 = 1;
    /// Reset of a stream.
    pub const RST_STREAM: u8 = 3;
    /// Settings of the sender.
    pub const SETTINGS: u8 = 4;
    /// Check of the connection.
    pub const PING: u8 = 6;
    /// Shutdown of a connection.
    pub const GOAWAY: u8 = 7;
    /// Further part of a header block.
    pub const CONTINUATION: u8 = 9;
}

/// Last frame of a stream.
pub const END_STREAM: u8 = 1;
/// Last frame of a header block.
pub const END_HEADERS: u8 = 4;
/// Acknowledgement of SETTINGS and PING.
pub const ACK: u8 = 1;

/// No error.
pub const NO_ERROR: u32 = 0;
/// Unexpected error of the server.
pub const INTERNAL_ERROR: u32 = 2;
/// Stream not processed.
pub const REFUSED_STREAM: u32 = 7;
/// Stream no longer needed.
pub const CANCEL: u32 = 8;
/// Excessive load by the peer.
pub const ENHANCE_YOUR_CALM: u32 = 11;
/// HTTP/1.1 is required.
pub const HTTP_1_1_REQUIRED: u32 = 13;

/// `:status: 200`, by its number in HPACK's static table.
pub const OK: &[u8] = &[0x88];

/// A frame.
pub fn frame(kind: u8, flags: u8, stream: u32, payload: &[u8]) -> Vec<u8> {
    let length = u32::try_from(payload.len()).expect("a short payload").to_be_bytes();
    [&length[1..], &[kind, flags], &stream.to_be_bytes(), payload].concat()
}

/// A literal header without indexing; name and value are shorter than 127 bytes.
pub fn header(name: &str, value: &str) -> Vec<u8> {
    let length = |text: &str| u8::try_from(text.len()).expect("a short text");
    [&[0, length(name)], name.as_bytes(), &[length(value)], value.as_bytes()].concat()
}

/// A header block in one frame, followed by a body.
pub fn head(stream: u32, block: &[u8]) -> Vec<u8> {
    frame(kind::HEADERS, END_HEADERS, stream, block)
}

/// Last frame of a body.
pub fn last_data(stream: u32, body: &str) -> Vec<u8> {
    frame(kind::DATA, END_STREAM, stream, body.as_bytes())
}

/// A reply 200 with `body`.
pub fn reply(stream: u32, body: &str) -> Vec<u8> {
    [head(stream, OK), last_data(stream, body)].concat()
}

/// Reset of the stream with an error code.
pub fn reset(stream: u32, reason: u32) -> Vec<u8> {
    frame(kind::RST_STREAM, 0, stream, &reason.to_be_bytes())
}

/// Shutdown of the connection with an error code; streams above `last` are not processed.
pub fn go_away(last: u32, reason: u32) -> Vec<u8> {
    frame(kind::GOAWAY, 0, 0, &[last.to_be_bytes(), reason.to_be_bytes()].concat())
}
