//! The file that keeps worlds between runs.

use std::fs;
use std::path::PathBuf;

use talon_core::prelude::*;
use talon_fake::{StateFile, Worlds};

use crate::shop::{pay, profile, redeemed, talon, world};

/// A path of its own for each test.
fn path(name: &str) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.json"));
    // There may be none of an earlier run.
    let _ = fs::remove_file(&path);
    path
}

#[tokio::test]
async fn every_world_is_there_again() {
    let file = StateFile::new(path("every-world"));
    assert!(file.load().unwrap().is_none());
    let worlds = Worlds::new(talon()).fresh(world()).unwrap();
    let fresh = worlds.world_or_fresh("a").unwrap();
    fresh.update_customer_session_v2(pay("cart-1")).await.unwrap();

    file.save(&worlds).unwrap();
    let again = file.load().unwrap().expect("it was saved");

    assert_eq!(redeemed(&again.first()), 0);
    assert_eq!(redeemed(&again.world("a").unwrap()), 1);
    assert_eq!(again.world("a").unwrap().snapshot(), fresh.snapshot());
}

#[tokio::test]
async fn it_is_saved_only_when_something_changed() {
    let file = StateFile::new(path("only-changes"));
    let worlds = Worlds::new(talon()).fresh(world()).unwrap();
    assert!(file.save_if_changed(&worlds).unwrap());
    assert!(!file.save_if_changed(&worlds).unwrap());

    worlds.first().update_customer_profile_v2(profile("anna")).await.unwrap();
    assert!(file.save_if_changed(&worlds).unwrap());

    worlds.world_or_fresh("a").unwrap();
    assert!(file.save_if_changed(&worlds).unwrap());
}

#[test]
fn what_is_no_state_is_refused_and_left_alone() {
    for content in ["", "{", r#"{"worlds":[]}"#, r#"{"worlds":[{"world":{}}]}"#] {
        let path = path("no-state");
        fs::write(&path, content).unwrap();

        let error = StateFile::new(&path).load().unwrap_err();

        assert_eq!(error.kind(), std::io::ErrorKind::InvalidData, "{content}: {error}");
        assert_eq!(fs::read_to_string(&path).unwrap(), content);
    }
}

#[test]
fn a_save_that_fails_leaves_the_last_good_file() {
    let path = path("fails");
    let file = StateFile::new(&path);
    file.save(&Worlds::new(talon())).unwrap();
    let good = fs::read(&path).unwrap();
    // What is written first cannot be made: a folder has its name.
    let beside = path.with_extension("json.new");
    fs::create_dir_all(&beside).unwrap();

    let failed = file.save(&Worlds::new(talon()));

    assert!(failed.is_err());
    assert_eq!(fs::read(&path).unwrap(), good);
    fs::remove_dir(beside).unwrap();
}

/// Where the process that is killed saves.
const WRITER: &str = "TALON_TEST_WRITER";

/// Saves for ever when it is started by the test of what a kill leaves; nothing of its own.
#[test]
fn a_writer() {
    let Some(path) = std::env::var_os(WRITER) else { return };
    let file = StateFile::new(path);
    let worlds = Worlds::new(talon()).fresh(world()).unwrap();
    for user in 0..u64::MAX {
        worlds.world_or_fresh(&format!("key-{}", user % 200)).unwrap();
        file.save(&worlds).unwrap();
    }
}

/// Waits until the file is another one than before.
fn until_changed(path: &std::path::Path, before: Option<&[u8]>) -> Vec<u8> {
    let started = std::time::Instant::now();
    loop {
        assert!(started.elapsed().as_secs() < 60, "nothing is saved");
        match fs::read(path) {
            Ok(content) if Some(&content[..]) != before => return content,
            _ => std::thread::yield_now(),
        }
    }
}

#[test]
fn a_kill_in_the_middle_of_a_save_leaves_a_whole_file() {
    let path = path("killed");
    let mut last = None;
    let mut was_in_the_middle = false;
    for round in 0..200 {
        let mut writer = std::process::Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "state_file::a_writer", "--nocapture"])
            .env(WRITER, &path)
            .stdout(std::process::Stdio::null())
            .spawn()
            .unwrap();
        let first = until_changed(&path, last.as_deref());
        until_changed(&path, Some(&first));
        writer.kill().unwrap();
        writer.wait().unwrap();

        was_in_the_middle |= path.with_extension("json.new").exists();
        let loaded = StateFile::new(&path).load().unwrap().expect("it was saved");
        assert!(redeemed(&loaded.first()) == 0 && loaded.all().len() > 1);
        last = Some(fs::read(&path).unwrap());
        if was_in_the_middle && round >= 10 {
            return;
        }
    }
    panic!("no kill met a save");
}
