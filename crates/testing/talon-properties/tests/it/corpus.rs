//! Replays the corpus, the regressions and the derived seeds of every fuzz target.

use std::fs;
use std::path::{Path, PathBuf};

use talon_properties::{TARGETS, seeds};

/// The folders of inputs: seeds of the fuzzer, and inputs that violated a property.
const FOLDERS: [&str; 2] = ["corpus", "regressions"];

fn inputs(folder: &str, target: &str) -> Vec<PathBuf> {
    let fuzz = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../fuzz");
    // Most targets have no regressions.
    let entries = fs::read_dir(fuzz.join(folder).join(target)).into_iter().flatten();
    entries.map(|entry| entry.expect("a file").path()).collect()
}

#[test]
fn every_target_has_inputs() {
    for (target, _) in TARGETS {
        assert!(!inputs("corpus", target).is_empty(), "{target} has no corpus");
    }
}

#[test]
fn properties_hold_for_every_input() {
    for (target, check) in TARGETS {
        for input in FOLDERS.iter().flat_map(|folder| inputs(folder, target)) {
            // The test harness shows this line if the check panics.
            println!("{}", input.display());
            check(&fs::read(&input).expect("a file of the corpus"));
        }
    }
}

#[test]
fn properties_hold_for_every_seed() {
    for (target, check) in TARGETS {
        for seed in seeds(target) {
            println!("{target}: {}", seed.name);
            check(&seed.input);
        }
    }
}
