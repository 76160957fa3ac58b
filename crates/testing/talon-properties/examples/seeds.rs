//! Writes the derived seeds of all fuzz targets: `FOLDER/TARGET/OPERATION`.

use std::path::PathBuf;
use std::{env, fs, io};

use talon_properties::{TARGETS, seeds};

fn main() -> io::Result<()> {
    let folder = env::args_os().nth(1).map(PathBuf::from);
    let folder = folder.ok_or_else(|| io::Error::other("the argument FOLDER is missing"))?;
    for (target, _) in TARGETS {
        let seeds = seeds(target);
        if !seeds.is_empty() {
            fs::create_dir_all(folder.join(target))?;
        }
        for seed in seeds {
            fs::write(folder.join(target).join(seed.name), seed.input)?;
        }
    }
    Ok(())
}
