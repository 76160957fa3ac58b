//! What the container file says.

use std::path::{Path, PathBuf};

/// An image without a base: a program alone.
pub(super) struct Image {
    /// Name of the program in the context of the build.
    pub(super) copied: String,
    /// Path of the program in the image.
    pub(super) program: String,
    /// The port that it serves on.
    pub(super) port: u16,
    /// The command of the health check.
    pub(super) health: Vec<String>,
    pub(super) entrypoint: Vec<String>,
    /// The arguments, unless others are given.
    pub(super) command: Vec<String>,
    /// The commands of the first comment.
    pub(super) comment: Vec<String>,
}

/// The folder of the repository.
pub(super) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

pub(super) fn read(file: &str) -> String {
    std::fs::read_to_string(root().join(file)).expect(file)
}

/// Commands of a shell, with lines that go on joined.
pub(super) fn commands<'a>(lines: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let text: Vec<_> = lines.into_iter().map(str::trim).collect();
    let text = text.join("\n").replace("\\\n", "");
    text.lines().filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

/// The words of an instruction in its form without a shell, which the image does not have.
fn words(json: &str) -> Vec<String> {
    serde_json::from_str(json).expect("a command without a shell is a list of texts")
}

impl Image {
    pub(super) fn read() -> Self {
        let text = read("Containerfile");
        let comment = commands(text.lines().filter_map(|line| line.strip_prefix("#   ")));
        let lines = text.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty());
        let mut image = Self {
            copied: String::new(),
            program: String::new(),
            port: 0,
            health: Vec::new(),
            entrypoint: Vec::new(),
            command: Vec::new(),
            comment,
        };
        for line in lines {
            let (instruction, rest) = line.split_once(' ').expect("an instruction");
            image.add(instruction, rest.trim());
        }
        image
    }

    fn add(&mut self, instruction: &str, rest: &str) {
        match instruction {
            "FROM" => assert_eq!(rest, "scratch"),
            "COPY" => {
                let (from, to) = rest.split_once(' ').expect("from and to");
                (self.copied, self.program) = (from.to_owned(), to.to_owned());
            }
            "USER" => {
                let (user, group) = rest.split_once(':').expect("a user and a group");
                let ids = [user, group].map(|id| id.parse::<u32>().expect("a number"));
                assert!(ids.iter().all(|id| *id > 0), "not the root: {ids:?}");
            }
            "EXPOSE" => self.port = rest.parse().expect("a port"),
            "HEALTHCHECK" => {
                let (options, command) = rest.split_once("CMD ").expect("a command");
                assert!(options.split_whitespace().all(|it| it.starts_with("--")), "{options}");
                self.health = words(command);
            }
            "ENTRYPOINT" => self.entrypoint = words(rest),
            "CMD" => self.command = words(rest),
            other => panic!("no test knows {other} of the container file"),
        }
    }
}
