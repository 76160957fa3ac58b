//! Runs the command in a process.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::process::{Child, Command, Output, Stdio};

/// The command, without the environment variables that it reads.
pub(crate) fn talon(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_talon"));
    command.args(arguments).env_remove("TALON_BASE_URL").env_remove("TALON_API_KEY");
    command.env_remove("TALON_CONTROL_TOKEN");
    command
}

pub(crate) fn run(arguments: &[&str]) -> Output {
    talon(arguments).output().expect("the command starts")
}

pub(crate) fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("stdout is UTF-8")
}

pub(crate) fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("stderr is UTF-8")
}

/// `talon serve` on a free port, until it is dropped.
#[derive(Debug)]
pub(crate) struct TestServer {
    process: Child,
    pub(crate) url: String,
}

impl TestServer {
    pub(crate) fn start(arguments: &[&str]) -> Self {
        Self::start_as(talon(&[&["serve", "--port", "0"], arguments].concat()))
    }

    /// Starts a command that runs `talon serve`.
    pub(crate) fn start_as(mut command: Command) -> Self {
        let mut process = command
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the command starts");
        let mut line = String::new();
        let stdout = process.stdout.take().expect("it is piped");
        BufReader::new(stdout).read_line(&mut line).expect("a line");
        let url = line.trim().strip_prefix("listening on ").expect("the address").to_owned();
        Self { process, url }
    }

    /// Calls an operation with `body` on stdin.
    pub(crate) fn call(&self, arguments: &[&str], body: &str) -> Output {
        let mut process = talon(&[&["call"], arguments].concat())
            .env("TALON_BASE_URL", &self.url)
            .env("TALON_API_KEY", "demo-key")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the command starts");
        // It may have ended already, without reading.
        let _ = process.stdin.take().expect("it is piped").write_all(body.as_bytes());
        process.wait_with_output().expect("the command ends")
    }

    /// Calls an operation without a body, with another key.
    pub(crate) fn call_as(&self, key: &str, arguments: &[&str]) -> Output {
        talon(&[&["call"], arguments].concat())
            .env("TALON_BASE_URL", &self.url)
            .env("TALON_API_KEY", key)
            .stdin(Stdio::null())
            .output()
            .expect("the command starts")
    }

    /// Sends raw bytes and reads until the server closes; the request must say `Connection: close`.
    pub(crate) fn http(&self, request: &str) -> String {
        let address = self.url.strip_prefix("http://").expect("an address");
        let mut stream = std::net::TcpStream::connect(address).expect("it listens");
        stream.write_all(request.as_bytes()).expect("it reads");
        let mut reply = String::new();
        stream.read_to_string(&mut reply).expect("it replies");
        reply
    }

    /// Sends SIGINT, as Ctrl-C does, and waits for the end.
    #[cfg(unix)]
    pub(crate) fn interrupt(self) -> std::process::ExitStatus {
        self.interrupt_and_read_stderr().0
    }

    /// Sends SIGINT, and returns the exit status and stderr.
    #[cfg(unix)]
    pub(crate) fn interrupt_and_read_stderr(mut self) -> (std::process::ExitStatus, String) {
        let pid = self.process.id().to_string();
        let killed = Command::new("kill").args(["-INT", &pid]).status().expect("kill runs");
        assert!(killed.success());
        let mut output = String::new();
        let stderr = self.process.stderr.take().expect("it is piped");
        BufReader::new(stderr).read_to_string(&mut output).expect("stderr is UTF-8");
        (self.process.wait().expect("it ends"), output)
    }
}

impl Drop for TestServer {
    fn drop(&mut self) {
        // It fails when the process has ended already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
