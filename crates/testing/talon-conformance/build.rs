//! Lists the modules of cases by their files: each is named once, in the `mod` of its noun.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

const FOLDER: &str = "src/cases";

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed={FOLDER}");
    let mut lists = String::new();
    for noun in entries(Path::new(FOLDER))?.iter().filter(|path| path.is_dir()) {
        for module in entries(noun)? {
            let path =
                [noun, &module].map(|path| path.file_stem().unwrap_or_default().to_string_lossy());
            let _ = writeln!(lists, "crate::cases::{}::CASES,", path.join("::"));
        }
    }
    let out = env::var_os("OUT_DIR").map(PathBuf::from).ok_or(io::ErrorKind::NotFound)?;
    fs::write(out.join("modules.rs"), format!("&[\n{lists}]\n"))
}

fn entries(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder)?.map(|entry| Ok(entry?.path()));
    let mut entries = entries.collect::<io::Result<Vec<_>>>()?;
    entries.sort();
    Ok(entries)
}
