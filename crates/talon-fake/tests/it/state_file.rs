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
