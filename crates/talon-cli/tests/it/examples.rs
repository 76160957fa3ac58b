//! Examples in help and in READMEs: they fit a terminal, and run when they are pasted into a shell.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::process::{TestServer, run, stdout, talon};

/// Width of a terminal that has not been resized.
const COLUMNS: usize = 80;

/// Address in examples.
const EXAMPLE_URL: &str = "http://127.0.0.1:8080";

/// The commands of `talon`, with the subcommands that have examples.
fn commands() -> Vec<Vec<String>> {
    let help = stdout(&run(&["--help"]));
    let listed = help.split("Commands:").nth(1).expect("commands").split("Options:").next();
    let names = listed.expect("options").lines().filter_map(|line| line.split_whitespace().next());
    let commands = names.filter(|name| *name != "help").map(|name| vec![name.to_owned()]);
    std::iter::once(Vec::new()).chain(commands).collect()
}

fn help(command: &[String]) -> String {
    let arguments: Vec<&str> = command.iter().map(String::as_str).chain(["--help"]).collect();
    let output = talon(&arguments).env("COLUMNS", COLUMNS.to_string()).output();
    stdout(&output.expect("the command starts"))
}

/// No line is longer than a terminal, but a word that cannot be broken, and the usage, which lists the
/// required options.
fn assert_fits(help: &str) {
    let is_word = |line: &str| !line.trim_start().contains(' ');
    for line in help.lines().filter(|line| !is_word(line) && !line.starts_with("Usage: ")) {
        let line = line.strip_prefix("Documentation: ").unwrap_or(line);
        assert!(line.chars().count() <= COLUMNS, "{line}\n{help}");
    }
}

/// The indented lines after `Examples:`.
fn examples(help: &str) -> Option<String> {
    let after = help.split("Examples:\n").nth(1)?;
    let lines = after.lines().take_while(|line| line.starts_with("  "));
    Some(lines.flat_map(|line| [&line[2..], "\n"]).collect())
}

/// The `sh` blocks of a README.
fn blocks(readme: &str) -> Vec<String> {
    let blocks = readme.split("```sh\n").skip(1);
    blocks.filter_map(|rest| rest.split("```").next()).map(ToOwned::to_owned).collect()
}

fn shell(name: &str, arguments: &[&str], script: &str, server: &TestServer) -> Option<Output> {
    let directory = Path::new(env!("CARGO_TARGET_TMPDIR")).join("examples");
    std::fs::create_dir_all(&directory).expect("it can be created");
    let binaries = Path::new(env!("CARGO_BIN_EXE_talon")).parent().expect("a directory");
    let path = std::env::var_os("PATH").unwrap_or_default();
    let paths = std::iter::once(binaries.to_owned()).chain(std::env::split_paths(&path));
    let output = Command::new(name)
        .args(arguments)
        .args(["-c", &script.replace(EXAMPLE_URL, &server.url)])
        .current_dir(directory)
        .env("PATH", std::env::join_paths(paths).expect("a path"))
        .env("FAKE", &server.url)
        .env("TALON_BASE_URL", &server.url)
        .env("TALON_API_KEY", "demo-key")
        .output();
    match output {
        Ok(output) => Some(output),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            eprintln!("SKIPPED: {name} is not installed, so that no example was tried in it");
            None
        }
        Err(error) => panic!("{name}: {error}"),
    }
}

/// Parses the script in both shells, and runs it there.
fn paste(script: &str, server: &TestServer) {
    for name in ["bash", "zsh"] {
        if let Some(output) = shell(name, &["-n"], script, server) {
            assert!(output.status.success() && output.stderr.is_empty(), "{script}\n{output:?}");
        }
    }
    // A server runs until it is stopped.
    let script: Vec<_> = script.lines().filter(|line| !line.contains("talon serve")).collect();
    let script = script.join("\n");
    for name in ["bash", "zsh"] {
        if let Some(output) = shell(name, &["-eu", "-o", "pipefail"], &script, server) {
            let messages = String::from_utf8_lossy(&output.stderr).into_owned();
            assert!(output.status.success(), "{script}\n{}\n{messages}", stdout(&output));
        }
    }
}

#[test]
fn help_fits_a_terminal_and_its_examples_run() {
    let server = TestServer::start(&[]);
    let mut with_examples = 0;

    for command in commands() {
        let help = help(&command);
        assert_fits(&help);
        if let Some(script) = examples(&help) {
            with_examples += 1;
            paste(&script, &server);
        }
    }
    assert!(with_examples >= 6, "{with_examples}");
}

#[test]
fn help_of_every_operation_fits_a_terminal() {
    for info in talon_core::OPERATIONS {
        let help = help(&["call".to_owned(), info.id.to_owned()]);
        assert_fits(&help);
    }
}

#[test]
fn commands_in_readmes_fit_and_run() {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..");
    let server = TestServer::start(&[]);
    let mut ran = 0;

    for readme in ["README.md", "crates/talon-cli/README.md", "crates/talon-fake/README.md"] {
        let text = std::fs::read_to_string(root.join(readme)).expect("a README");
        for block in blocks(&text) {
            for line in block.lines() {
                assert!(line.chars().count() <= COLUMNS, "{readme}: {line}");
            }
            let script = block.replace("cargo run --bin talon -- ", "talon ");
            // Those of cargo build the workspace again.
            if !script.contains("cargo ") {
                ran += 1;
                paste(&script, &server);
            }
        }
    }
    assert!(ran >= 2, "{ran}");
}
