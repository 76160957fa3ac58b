//! `talon completions` and `talon man`

use std::path::Path;
use std::process::Command;

use crate::process::{run, stdout};

#[test]
fn completions_name_operations_and_parse_in_bash() {
    let script = stdout(&run(&["completions", "bash"]));
    assert!(script.contains("getCustomerInventory") && script.contains("--integrationId"));

    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join("talon.bash");
    std::fs::write(&file, script).expect("it can be written");
    let parsed = Command::new("bash").arg("-n").arg(file).output().expect("bash runs");
    assert!(parsed.status.success(), "{parsed:?}");
}

#[test]
fn completions_exist_for_each_shell() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        assert!(stdout(&run(&["completions", shell])).contains("talon"), "{shell}");
    }
}

#[test]
fn the_man_page_is_printed_and_one_for_each_command_is_written() {
    assert!(stdout(&run(&["man"])).contains(".TH talon 1"));

    let directory = Path::new(env!("CARGO_TARGET_TMPDIR")).join("man");
    std::fs::create_dir_all(&directory).expect("it can be created");
    let output = run(&["man", "--dir", directory.to_str().expect("UTF-8")]);
    assert!(output.status.success(), "{output:?}");
    for page in ["talon.1", "talon-serve.1", "talon-call-trackEvent.1"] {
        assert!(directory.join(page).exists(), "{page}");
    }
}
