//! The state file that keeps worlds between runs.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use talon_core::prelude::*;
use talon_fake::{Fake, StateFile, World, Worlds};

use crate::http::{call, send};
use crate::shop::{pay, profile, redeemed, talon, world};

mod durable;
#[cfg(unix)]
mod on_unix;

/// A path of its own for each test, in a folder where nothing else is.
fn path(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("state-file-{name}"));
    // There may be none of an earlier run.
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("it can be made");
    folder.join("state.json")
}

fn open(path: &Path) -> StateFile {
    StateFile::open(path).expect("nobody else has it open")
}

#[tokio::test]
async fn every_world_is_restored() {
    let file = open(&path("every-world"));
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
async fn the_state_is_saved_only_after_a_change() {
    let file = open(&path("only-changes"));
    let worlds = Worlds::new(talon()).fresh(world()).unwrap();
    assert!(file.save_if_changed(&worlds).unwrap());
    assert!(!file.save_if_changed(&worlds).unwrap());

    worlds.first().update_customer_profile_v2(profile("anna")).await.unwrap();
    assert!(file.save_if_changed(&worlds).unwrap());

    worlds.world_or_fresh("a").unwrap();
    assert!(file.save_if_changed(&worlds).unwrap());
}

#[test]
fn an_invalid_state_is_refused_by_name_and_not_changed() {
    let path = path("no-state");
    let whole = serde_json::to_string(&talon().snapshot()).unwrap();
    let twice = format!(r#"{{"worlds":[{whole}]}}{{"worlds":[{whole}]}}"#);
    let broken = ["", "{", "null", "[]", r#"{"worlds":[]}"#, r#"{"worlds":[{"world":{}}]}"#];
    for content in broken.into_iter().chain([&*twice]) {
        fs::write(&path, content).unwrap();

        let error = open(&path).load().unwrap_err();

        assert_eq!(error.kind(), ErrorKind::InvalidData, "{content}: {error}");
        assert!(error.to_string().starts_with(path.to_str().unwrap()), "{error}");
        assert_eq!(fs::read_to_string(&path).unwrap(), content);
    }
}

#[test]
fn a_state_of_an_earlier_version_is_read() {
    let path = path("earlier");
    open(&path).save(&Worlds::new(talon())).unwrap();

    // Members that came later are left out while there is nothing to tell in them.
    let json = fs::read_to_string(&path).unwrap();

    assert!(!json.contains("followsSystem") && !json.contains("replies"), "{json}");
    assert!(open(&path).load().unwrap().is_some());
}

/// What tells a world file that was edited from one that was not.
#[test]
fn a_restored_world_is_equal() {
    let file = open(&path("worlds"));
    let written = [include_str!("worlds/demo.json"), include_str!("worlds/everything.json")];
    let written = written.map(|json| World::from_json(json).unwrap());
    for world in written.into_iter().chain([World::demo(), World::new()]) {
        let worlds = Worlds::new(Fake::new(world.clone()).unwrap());

        file.save(&worlds).unwrap();

        assert_eq!(file.load().unwrap().unwrap().first().world(), world);
    }
}

#[test]
fn an_invalid_path_is_refused_by_name() {
    let path = path("places");
    fs::create_dir(&path).unwrap();

    for place in [path.clone(), path.join("none").join("state.json"), path.join(".."), "".into()] {
        let error = StateFile::open(&place).unwrap_err().to_string();

        assert!(error.starts_with(place.to_str().unwrap()), "{error}");
    }
}

#[test]
fn only_one_server_can_use_a_file() {
    let path = path("locked");
    let first = open(&path);
    let detour = path.parent().unwrap().join("../state-file-locked/state.json");

    for other in [&path, &detour] {
        let error = StateFile::open(other).unwrap_err();

        assert_eq!(error.kind(), ErrorKind::WouldBlock);
        for part in [other.to_str().unwrap(), "state.json.lock", "stop that server"] {
            assert!(error.to_string().contains(part), "{error}");
        }
    }
    drop(first);
    open(&path);
}

#[test]
fn a_failed_save_keeps_the_previous_file() {
    let path = path("fails");
    let file = open(&path);
    file.save(&Worlds::new(talon())).unwrap();
    let good = fs::read(&path).unwrap();
    // What is written first cannot be made: a folder has its name.
    fs::create_dir(path.with_extension("json.new")).unwrap();

    let failed = file.save(&Worlds::new(talon())).unwrap_err();

    assert!(failed.to_string().contains("state.json.new"), "{failed}");
    assert_eq!(fs::read(&path).unwrap(), good);
}

/// A key for the request that pays.
const KEY: &[(&str, &str)] = &[("idempotency-key", "5a3c")];

#[tokio::test]
async fn stored_replies_survive_a_restart() {
    let file = open(&path("replies"));
    let worlds = Worlds::new(talon());
    let first = send(&worlds.service(), call(&pay("cart-1"), KEY)).await;
    let closed_again = [("idempotency-key", "7b1d")];
    let refusal = send(&worlds.service(), call(&pay("cart-1"), &closed_again)).await;
    assert_eq!(
        (first.status(), refusal.status()),
        (200.try_into().unwrap(), 400.try_into().unwrap())
    );

    file.save(&worlds).unwrap();
    let again = file.load().unwrap().unwrap();

    for (key, reply) in [(KEY, &first), (&closed_again, &refusal)] {
        let repeat = send(&again.service(), call(&pay("cart-1"), key)).await;
        assert_eq!(repeat.status(), reply.status());
        assert_eq!((repeat.headers(), repeat.body()), (reply.headers(), reply.body()));
    }
    assert_eq!(redeemed(&again.first()), 1);
    assert_eq!(again.first().snapshot(), worlds.first().snapshot());
}

#[tokio::test]
async fn a_restored_clock_follows_the_system() {
    let file = open(&path("clock"));
    let worlds = Worlds::new(talon());
    worlds.first().clock().follow_system();

    file.save(&worlds).unwrap();
    let again = file.load().unwrap().unwrap().first().clock();

    assert!(again.follows_system());
    assert!(again.now() >= worlds.first().world().now);
}

/// Where the process that is killed saves.
const WRITER: &str = "TALON_TEST_WRITER";

/// Saves for ever when it is started by the test of what a kill leaves; nothing of its own.
#[test]
fn a_writer() {
    let Some(path) = std::env::var_os(WRITER) else { return };
    let file = StateFile::open(path).unwrap();
    let worlds = Worlds::new(talon()).fresh(world()).unwrap();
    for user in 0..u64::MAX {
        worlds.world_or_fresh(&format!("key-{}", user % 200)).unwrap();
        file.save(&worlds).unwrap();
    }
}

/// Waits until the file is another one than before.
fn until_changed(path: &Path, before: Option<&[u8]>) -> Vec<u8> {
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
fn a_kill_during_a_save_leaves_a_complete_file() {
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
        let loaded = open(&path).load().unwrap().expect("it was saved");
        assert!(redeemed(&loaded.first()) == 0 && loaded.all().len() > 1);
        last = Some(fs::read(&path).unwrap());
        if was_in_the_middle && round >= 10 {
            return;
        }
    }
    panic!("no kill met a save");
}
