//! Signals to this process, for the command that it runs.

use std::fs::File;
use std::io;

use rustix::process::{Pid, Signal, getpgrp, kill_process};
use rustix::termios::tcgetpgrp;
use tokio::signal::unix::{self, SignalKind, signal};

/// The signals that people and supervisors send to end a command.
pub(super) struct Signals {
    interrupt: unix::Signal,
    quit: unix::Signal,
    terminate: unix::Signal,
}

impl Signals {
    /// From here on, these signals do not end this process.
    pub(super) fn listen() -> io::Result<Self> {
        Ok(Self {
            interrupt: signal(SignalKind::interrupt())?,
            quit: signal(SignalKind::quit())?,
            terminate: signal(SignalKind::terminate())?,
        })
    }

    pub(super) async fn recv(&mut self) -> Signal {
        tokio::select! {
            _ = self.interrupt.recv() => Signal::INT,
            _ = self.quit.recv() => Signal::QUIT,
            _ = self.terminate.recv() => Signal::TERM,
        }
    }
}

/// Sends a signal on to the process with this id.
///
/// A terminal sends Ctrl-C and Ctrl-\ to the command as well. It is not sent twice, since many test
/// runners understand a second Ctrl-C as "without cleaning up".
pub(super) fn forward(signal: Signal, id: Option<u32>) {
    if signal != Signal::TERM && is_in_foreground() {
        return;
    }
    let id = id.and_then(|id| i32::try_from(id).ok()).and_then(Pid::from_raw);
    // A process that has ended meanwhile needs no signal.
    let _ = id.map(|id| kill_process(id, signal));
}

/// Whether a terminal sends its signals to this process.
fn is_in_foreground() -> bool {
    let terminal = File::open("/dev/tty");
    terminal.is_ok_and(|terminal| tcgetpgrp(terminal).is_ok_and(|group| group == getpgrp()))
}
