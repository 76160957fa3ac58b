//! Replays the corpus of every fuzz target.

use std::fs;
use std::path::{Path, PathBuf};

use talon_properties::TARGETS;

fn corpus(target: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus").join(target)
}

fn inputs(target: &str) -> Vec<PathBuf> {
    let folder = corpus(target);
    let entries = fs::read_dir(&folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
    entries.map(|entry| entry.expect("a file").path()).collect()
}

#[test]
fn every_target_has_inputs() {
    for (target, _) in TARGETS {
        assert!(!inputs(target).is_empty(), "{target} has no corpus");
    }
}

#[test]
fn properties_hold_for_the_whole_corpus() {
    for (target, check) in TARGETS {
        for input in inputs(target) {
            // Shown when the next line panics.
            println!("{}", input.display());
            check(&fs::read(&input).unwrap());
        }
    }
}
