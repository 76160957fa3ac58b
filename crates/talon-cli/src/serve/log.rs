//! What the server says on stderr: a greeting, a line for each request, and messages.

use std::io::Write as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use talon_fake::ServedCall;

/// How many lines may wait for a slow reader of stderr. Further ones are left out: a test that does
/// not read stderr must not stop the server.
const MAX_WAITING: usize = 1_000;

/// How many bytes are written at once, about.
const MAX_WRITTEN: usize = 64 * 1024;

/// How long the end of the server waits for the last lines.
const LAST_LINES: Duration = Duration::from_millis(500);

/// How often it looks whether they are written.
const PAUSE: Duration = Duration::from_millis(2);

/// How lines are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    Text,
    /// One JSON object per line.
    Json,
}

/// Writes lines to stderr, in a thread of its own. Clones share the thread.
#[derive(Clone, Debug)]
pub(super) struct Log {
    format: Format,
    is_quiet: bool,
    /// `None` is the end.
    lines: SyncSender<Option<String>>,
    left_out: Arc<AtomicU64>,
}

/// The thread that writes.
#[derive(Debug)]
pub(super) struct Writer {
    end: SyncSender<Option<String>>,
    thread: JoinHandle<()>,
}

impl Log {
    /// A log, until the writer is finished. A quiet one writes messages alone.
    pub(super) fn start(format: Format, is_quiet: bool) -> (Self, Writer) {
        let (lines, waiting) = sync_channel(MAX_WAITING);
        let left_out = Arc::<AtomicU64>::default();
        let counter = Arc::clone(&left_out);
        let thread = std::thread::spawn(move || write_all(&waiting, &counter, format));
        let writer = Writer { end: lines.clone(), thread };
        (Self { format, is_quiet, lines, left_out }, writer)
    }

    /// Whether it writes messages alone.
    pub(super) fn is_quiet(&self) -> bool {
        self.is_quiet
    }

    /// Says what the server offers and where.
    pub(super) fn greet(&self, greeting: &Greeting) {
        if self.is_quiet {
            return;
        }
        match self.format {
            Format::Text => self.write(greeting.text()),
            Format::Json => self.write(greeting.json().to_string()),
        }
    }

    /// A line about a request.
    pub(super) fn call(&self, call: &ServedCall) {
        match self.format {
            Format::Text => self.write(call.to_string()),
            Format::Json => {
                if let Ok(line) = serde_json::to_string(call) {
                    self.write(line);
                }
            }
        }
    }

    /// A message, such as that the state cannot be saved.
    pub(super) fn message(&self, message: &str) {
        self.write(message_line(self.format, message));
    }

    fn write(&self, line: String) {
        if self.lines.try_send(Some(line)).is_err() {
            self.left_out.fetch_add(1, Ordering::Relaxed);
        }
    }
}

impl Writer {
    /// Ends the log, and waits for the last lines. They are lost when stderr is not read.
    pub(super) fn finish(self) {
        let deadline = Instant::now() + LAST_LINES;
        let is_late = || Instant::now() >= deadline;
        while self.end.try_send(None).is_err() && !is_late() {
            std::thread::sleep(PAUSE);
        }
        while !self.thread.is_finished() && !is_late() {
            std::thread::sleep(PAUSE);
        }
    }
}

fn write_all(waiting: &Receiver<Option<String>>, left_out: &AtomicU64, format: Format) {
    let mut lines = String::new();
    let mut is_open = true;
    while is_open {
        let Ok(first) = waiting.recv() else { return };
        // All lines that wait are written at once.
        for line in std::iter::once(first).chain(waiting.try_iter()) {
            let Some(line) = line else {
                is_open = false;
                break;
            };
            lines.push_str(&line);
            lines.push('\n');
            if lines.len() >= MAX_WRITTEN {
                break;
            }
        }
        let count = left_out.swap(0, Ordering::Relaxed);
        if count > 0 {
            let message = format!("{count} lines left out: stderr is read too slowly");
            lines.push_str(&message_line(format, &message));
            lines.push('\n');
        }
        // Without a reader of stderr the server serves on.
        let _ = std::io::stderr().lock().write_all(lines.as_bytes());
        lines.clear();
    }
}

fn message_line(format: Format, message: &str) -> String {
    match format {
        Format::Text => format!("talon: {message}"),
        Format::Json => json!({ "message": message }).to_string(),
    }
}

/// What the server offers, and where.
#[derive(Debug)]
pub(super) struct Greeting {
    pub(super) url: String,
    /// A valid API key of each world that has one.
    pub(super) api_keys: Vec<String>,
    /// Whether a world is created for each new API key.
    pub(super) takes_new_keys: bool,
    pub(super) control: ControlHint,
}

/// Who may use the page and the control API.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ControlHint {
    Open,
    WithToken,
    Off,
}

/// How many API keys the greeting shows.
const MAX_KEYS: usize = 5;

impl Greeting {
    fn text(&self) -> String {
        let Self { url, api_keys, takes_new_keys, control } = self;
        let shown: Vec<_> = api_keys.iter().take(MAX_KEYS).map(String::as_str).collect();
        let more = api_keys.len().saturating_sub(MAX_KEYS);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        let keys = match shown.first() {
            Some(first) => {
                format!("{}{more}    (header Authorization: ApiKey-v1 {first})", shown.join(", "))
            }
            None if *takes_new_keys => "any new one: a world is created for it".to_owned(),
            None => "none is valid: a world names its keys in application.apiKeys".to_owned(),
        };
        let control = match control {
            ControlHint::Open => String::new(),
            ControlHint::WithToken => "    (header X-Control-Token)".to_owned(),
            ControlHint::Off => {
                return format!(
                    "talon serves {url}\n  API key      {keys}\n  control API  off on this address; \
                     set --control-token to enable it"
                );
            }
        };
        format!(
            "talon serves {url}\n  API key      {keys}\n  page         {url}/_fake/\n  \
             control API  {url}/_fake/openapi.json{control}"
        )
    }

    fn json(&self) -> Value {
        let Self { url, api_keys, control, .. } = self;
        let mut greeting = json!({ "listening": url, "apiKeys": api_keys });
        if *control != ControlHint::Off {
            greeting["page"] = format!("{url}/_fake/").into();
            greeting["control"] = format!("{url}/_fake/openapi.json").into();
        }
        greeting
    }
}
