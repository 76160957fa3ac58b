//! Symbolic links, modes, owners and pipes.

use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, chown, symlink};

use super::*;

fn mode(path: &Path) -> u32 {
    fs::metadata(path).expect("it is there").mode() & 0o7777
}

#[test]
fn a_symbolic_link_is_kept_and_its_target_is_saved() {
    let link = path("links");
    let folder = link.parent().unwrap();
    fs::create_dir(folder.join("data")).unwrap();
    symlink("data/second", &link).unwrap();
    symlink("first", folder.join("data/second")).unwrap();
    let target = folder.join("data/first");

    // The first save makes what it leads to, the second one replaces it.
    for _ in 0..2 {
        open(&link).save(&Worlds::new(talon())).unwrap();

        assert_eq!(fs::read_link(&link).unwrap(), Path::new("data/second"));
        assert_eq!(fs::read_link(folder.join("data/second")).unwrap(), Path::new("first"));
        assert!(target.symlink_metadata().unwrap().is_file());
    }
    let _by_link = open(&link);
    assert_eq!(StateFile::open(target).unwrap_err().kind(), ErrorKind::WouldBlock);
}

#[test]
fn links_in_a_circle_are_refused() {
    let path = path("circle");
    symlink("state.json", &path).unwrap();

    let error = StateFile::open(&path).unwrap_err().to_string();

    assert!(error.contains("round and round"), "{error}");
}

#[test]
fn links_with_the_names_of_temporary_files_are_not_followed() {
    let path = path("beside");
    let precious = path.with_file_name("precious");
    fs::write(&precious, "precious").unwrap();
    for suffix in ["json.new", "json.lock"] {
        symlink("precious", path.with_extension(suffix)).unwrap();
    }

    open(&path).save(&Worlds::new(talon())).unwrap();

    assert_eq!(fs::read_to_string(&precious).unwrap(), "precious");
    assert!(open(&path).load().unwrap().is_some());
}

#[test]
fn a_link_with_the_name_of_the_lock_file_is_not_followed() {
    let path = path("dangling-lock");
    symlink("elsewhere", path.with_extension("json.lock")).unwrap();

    let error = StateFile::open(&path).unwrap_err().to_string();

    assert!(error.contains("state.json.lock"), "{error}");
    assert!(!path.with_file_name("elsewhere").exists());
}

#[test]
fn only_the_owner_can_read_a_new_file() {
    let path = path("new-mode");
    let file = open(&path);
    file.save(&Worlds::new(talon())).unwrap();

    assert_eq!(mode(&path), 0o600);
    assert_eq!(mode(&path.with_extension("json.lock")), 0o600);
}

#[test]
fn mode_and_owner_are_kept() {
    let path = path("kept-mode");
    open(&path).save(&Worlds::new(talon())).unwrap();
    for wanted in [0o640, 0o400, 0o604] {
        fs::set_permissions(&path, fs::Permissions::from_mode(wanted)).unwrap();
        // Only the superuser may give it to somebody; of others it is theirs and stays so.
        let _ = chown(&path, Some(12_345), Some(54_321));
        let before = fs::metadata(&path).unwrap();

        open(&path).save(&Worlds::new(talon())).unwrap();

        let after = fs::metadata(&path).unwrap();
        let owners = [&before, &after].map(|file| (file.uid(), file.gid()));
        assert_eq!(owners[0], owners[1]);
        assert_eq!(after.mode(), before.mode());
        assert_ne!(after.ino(), before.ino(), "it is another file");
    }
}

#[test]
fn a_pipe_is_refused_without_blocking() {
    let path = path("pipe");
    let made = std::process::Command::new("mkfifo").arg(&path).status().unwrap();
    assert!(made.success());

    for place in [&*path, Path::new("/dev/null")] {
        let error = StateFile::open(place).unwrap_err().to_string();

        assert!(error.contains("a device or a pipe"), "{error}");
    }
}
