//! Configuration by environment variables.

use std::env;
use std::process::Command;

use talon_client::ClientConfig;

use crate::stub_transport::{BASE, KEY};

#[test]
fn url_and_key_come_from_the_environment() {
    // The environment of this process cannot be changed while other tests read it, so this test is
    // run once more, in a process with its own.
    if env::var("TALON_BASE_URL").as_deref() != Ok(BASE) {
        let itself = env::current_exe().expect("a test is a program");
        let mut process = Command::new(itself);
        process.args(["--exact", "environment::url_and_key_come_from_the_environment"]);
        process.env("TALON_BASE_URL", BASE).env("TALON_API_KEY", KEY);
        let run = process.output().expect("it ran before");
        assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stdout));
        return;
    }

    let config = ClientConfig::from_env().expect("both are set");

    assert_eq!(config.base_url, BASE);
    assert!(config.api_key.is_some_and(|key| key.matches(KEY)));
}
