//! What the README says about the image: commands, a compose file and steps of GitHub Actions.

use std::collections::BTreeMap;

use serde_json::Value;

use super::image::{Image, commands, read, root};
use super::{check_health, serve};
use crate::process::{run, stderr, stdout, talon};
use crate::serve::world_file;

const README: &str = "crates/talon-cli/README.md";

/// The blocks of a language in a part of the README.
fn blocks(part: &str, language: &str) -> Vec<String> {
    let text = read(README);
    let part = text.split("\n## ").find(|text| text.starts_with(part)).expect(part);
    let start = format!("```{language}\n");
    let blocks = part.split(&start).skip(1);
    blocks.filter_map(|block| block.split("```").next()).map(str::to_owned).collect()
}

/// The only YAML document of a part.
fn yaml(part: &str) -> Value {
    let [document] = &blocks(part, "yaml")[..] else { panic!("one document in {part}") };
    yaml_serde::from_str(document).expect("it is YAML")
}

fn text(value: &Value) -> &str {
    value.as_str().expect("a text")
}

fn texts(value: &Value) -> Vec<String> {
    value.as_array().expect("a list").iter().map(|item| text(item).to_owned()).collect()
}

/// Variables of a service.
fn environment(service: &Value) -> BTreeMap<String, String> {
    let variables = service["environment"].as_object().expect("variables");
    variables.iter().map(|(name, value)| (name.clone(), text(value).to_owned())).collect()
}

/// The value that follows an option in a command.
fn option<'a>(command: &'a str, name: &str) -> &'a str {
    let mut words = command.split_whitespace().skip_while(|word| *word != name);
    words.nth(1).unwrap_or_else(|| panic!("{name} in {command}"))
}

/// The tag of the image, by the command that builds it.
fn tag() -> String {
    let commands = Image::read().comment;
    option(commands.iter().find(|it| it.contains(" build -t ")).expect("it is built"), "-t")
        .to_owned()
}

/// A world file as users begin with.
fn new_world(name: &str) -> String {
    world_file(name, &stdout(&run(&["world", "new"])))
}

#[test]
fn the_commands_of_the_container_file_are_those_of_the_readme() {
    let image = Image::read();
    let [block] = &blocks("In a container", "sh")[..] else { panic!("one block of commands") };
    assert_eq!(image.comment, commands(block.lines()));

    let [build, pack, start] = &image.comment[..] else { panic!("{:?}", image.comment) };
    assert_eq!(option(build, "-p"), "talon-cli");
    let folder = format!("target/{}/release", option(build, "--target"));
    assert!(pack.ends_with(&folder) && build.contains(" --release "), "{build}: {pack}");
    let profile = "[profile.release.package.talon-cli]\nstrip = \"symbols\"\n";
    assert!(read("Cargo.toml").contains(profile), "a release of the command is stripped");
    assert!(root().join(option(pack, "-f")).is_file(), "{pack}");
    assert_eq!(option(start, "-p"), format!("{0}:{0}", image.port));
    assert!(start.ends_with(&tag()), "{start}");
    let (variable, _) = option(start, "-e").split_once('=').expect("a variable");
    let help = stdout(&run(&["serve", "--help"]));
    assert!(help.contains(&format!("[env: {variable}]")), "{variable}: {help}");
}

#[test]
fn the_compose_file_serves_a_world_for_tests() {
    let image = Image::read();
    let compose = yaml("In a container");
    let (fake, tests) = (&compose["services"]["talon"], &compose["services"]["tests"]);
    assert_eq!(fake["image"], *tag());
    assert_eq!(tests["depends_on"]["talon"]["condition"], "service_healthy");

    // The file that is mounted is one of this machine.
    let [mount] = &texts(&fake["volumes"])[..] else { panic!("one file is mounted") };
    let [_, place, "ro"] = mount.split(':').collect::<Vec<_>>()[..] else { panic!("{mount}") };
    let world = new_world("compose");
    let words = texts(&fake["command"]).into_iter();
    let words = words.map(|word| if word == place { world.clone() } else { word });
    let words: Vec<_> = words.collect();
    assert!(words.contains(&world), "{words:?}");
    let variables: Vec<_> = environment(fake).into_iter().collect();
    let server = serve(&image, &words, &variables);
    let healthy = check_health(&image, &server.url, &variables);
    assert!(healthy.status.success(), "{}", stderr(&healthy));
    let token = environment(fake)["TALON_CONTROL_TOKEN"].clone();
    let state = server.http(&format!(
        "GET /_fake/state HTTP/1.1\r\nHost: talon\r\nConnection: close\r\n\
         X-Control-Token: {token}\r\n\r\n"
    ));
    assert!(state.starts_with("HTTP/1.1 200"), "{state}");

    let tests = environment(tests);
    assert_eq!(tests["TALON_BASE_URL"], format!("http://talon:{}", image.port));
    let body = world_file("compose-body", "{}");
    let update =
        ["call", "updateCustomerProfileV2", "--customerProfileId", "anna", "--body", &body];
    let called = talon(&update)
        .env("TALON_API_KEY", &tests["TALON_API_KEY"])
        .env("TALON_BASE_URL", &server.url)
        .output()
        .expect("the command starts");
    assert!(called.status.success(), "{}", stderr(&called));
}

/// In place of npm, a script that does what tests do: it asks the server for something.
#[test]
#[cfg(unix)]
fn the_steps_of_github_actions_run() {
    use std::os::unix::fs::PermissionsExt;

    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("actions");
    std::fs::create_dir_all(&folder).expect("it can be created");
    std::fs::copy(new_world("actions"), folder.join("world.json")).expect("it can be copied");
    let npm = folder.join("npm");
    let script = "#!/bin/sh\ntalon health \"$TALON_BASE_URL\" && echo \"$@\" \"$TALON_API_KEY\"\nexit $EXIT\n";
    std::fs::write(&npm, script).expect("it can be written");
    std::fs::set_permissions(&npm, PermissionsExt::from_mode(0o755)).expect("it is ours");
    let binaries = std::path::Path::new(env!("CARGO_BIN_EXE_talon")).parent().expect("a folder");
    let path = std::env::var_os("PATH").unwrap_or_default();
    let paths =
        [folder.clone(), binaries.to_owned()].into_iter().chain(std::env::split_paths(&path));
    let paths = std::env::join_paths(paths).expect("paths");

    let mut ran = 0;
    for step in yaml("Tests in any language").as_array().expect("steps") {
        let step = step.as_object().expect("a step");
        assert_eq!(step.keys().collect::<Vec<_>>(), ["run"]);
        let command = text(&step["run"]);
        if let Some(path) = command.strip_prefix("cargo install --locked --path ") {
            assert!(root().join("Cargo.lock").is_file());
            let manifest = read(&format!("{path}/Cargo.toml"));
            assert!(manifest.contains("[[bin]]\nname = \"talon\"\n"), "{manifest}");
            continue;
        }
        for status in [0, 3] {
            let mut shell = std::process::Command::new("sh");
            shell.args(["-e", "-c", command]).current_dir(&folder).env("PATH", &paths);
            let output = shell.env("EXIT", status.to_string()).output().expect("a shell");
            assert_eq!(output.status.code(), Some(status), "{command}: {}", stderr(&output));
            let printed = stdout(&output);
            assert!(printed.contains("is up") && printed.ends_with("test my-key\n"), "{printed}");
        }
        ran += 1;
    }
    assert_eq!(ran, 1);
}
