//! `cargo xtask image`

use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use std::{env, thread};

use serde_json::Value;

use crate::commands::Run;
use crate::infra::failure::{CommandResult, Failure, Status};
use crate::infra::shell::Shell;

/// Name of the image while it is checked.
const IMAGE: &str = "localhost/talon-checked";

/// The platform of the image.
const TARGET: &str = "x86_64-unknown-linux-gnu";

/// How long the server may take to start, and to stop.
const PATIENCE: Duration = Duration::from_secs(20);

/// The container image: builds it with buildah, and runs its commands in a container
///
/// The server must become healthy, and must not be healthy when it has stopped. Its port is that of the
/// container file, on this machine, and must be free.
#[derive(clap::Args, Default)]
pub(crate) struct Image {
    /// An optimised program, as users build it
    #[arg(long)]
    release: bool,
}

impl Run for Image {
    fn run(&self, shell: &Shell) -> CommandResult {
        if !cfg!(all(target_os = "linux", target_arch = "x86_64")) {
            return Ok(Status::Skipped("the image is for Linux on x86_64".to_owned()));
        }
        if buildah(shell, &["--version"]).output().is_err() {
            return Ok(Status::Skipped("needs buildah: apt-get install buildah".to_owned()));
        }
        let context = self.build(shell)?;
        let context = context.to_string_lossy();
        let build = ["build", "--quiet", "--format", "docker", "--tag", IMAGE];
        let build = [&build[..], &["--file", "Containerfile", &context]].concat();
        shell.run(buildah(shell, &build))?;
        let container = Container::create(shell)?;
        let checked = container.check();
        container.remove()?;
        checked.map(|()| Status::Passed)
    }
}

impl Image {
    /// Builds a static program, and returns its folder.
    fn build(&self, shell: &Shell) -> Result<PathBuf, Failure> {
        let mut command = shell.command("cargo", ["build", "-p", "talon-cli", "--target", TARGET]);
        if self.release {
            command.arg("--release");
        }
        command.env("RUSTFLAGS", "-C target-feature=+crt-static");
        shell.run(command)?;
        let target = env::var("CARGO_TARGET_DIR").unwrap_or_else(|_| "target".to_owned());
        let profile = if self.release { "release" } else { "debug" };
        Ok(shell.root().join(target).join(TARGET).join(profile))
    }
}

/// A command of buildah, which needs neither a daemon nor a file system of layers.
fn buildah(shell: &Shell, arguments: &[&str]) -> Command {
    let mut command = shell.command("buildah", arguments.iter().copied());
    for (name, value) in [("STORAGE_DRIVER", "vfs"), ("BUILDAH_ISOLATION", "chroot")] {
        if env::var_os(name).is_none() {
            command.env(name, value);
        }
    }
    command
}

/// A container of the image.
struct Container<'a> {
    shell: &'a Shell,
    name: String,
    /// What the image runs.
    server: Vec<String>,
    health: Vec<String>,
}

impl<'a> Container<'a> {
    fn create(shell: &'a Shell) -> Result<Self, Failure> {
        let inspect = ["inspect", "--type", "image", IMAGE];
        let image: Value = serde_json::from_slice(&output(buildah(shell, &inspect))?)?;
        let config = &image["Docker"]["config"];
        let words = |name: &str| -> Result<Vec<String>, Failure> {
            Ok(serde_json::from_value(config.pointer(name).cloned().unwrap_or_default())?)
        };
        let server = [words("/Entrypoint")?, words("/Cmd")?].concat();
        let health = match words("/Healthcheck/Test")?.split_first() {
            Some((kind, words)) if kind == "CMD" => words.to_vec(),
            _ => return Err(Failure::new("the image has no health check without a shell")),
        };
        let name = output(buildah(shell, &["from", "--pull-never", IMAGE]))?;
        let name = String::from_utf8_lossy(&name).trim().to_owned();
        Ok(Self { shell, name, server, health })
    }

    /// A command within the container.
    fn command(&self, words: &[String]) -> Command {
        let mut command = buildah(self.shell, &["run", &self.name, "--"]);
        command.args(words).stdout(Stdio::null()).stderr(Stdio::null());
        command
    }

    fn is_healthy(&self) -> Result<bool, Failure> {
        Ok(self.command(&self.health).status()?.success())
    }

    fn check(&self) -> Result<(), Failure> {
        if self.is_healthy()? {
            return Err(Failure::new("another program uses the port of the image"));
        }
        // In a group of its own, with the processes that buildah starts.
        let mut command = self.command(&self.server);
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        let mut server = command.spawn()?;
        let became_healthy = self.wait_until(true, Some(&mut server));
        stop(self.shell, &mut server)?;
        became_healthy?;
        self.wait_until(false, None)?;
        eprintln!("the image became healthy, and not healthy when it was stopped");
        Ok(())
    }

    /// Waits until the health check says so, while a process runs.
    fn wait_until(&self, healthy: bool, mut process: Option<&mut Child>) -> Result<(), Failure> {
        let start = Instant::now();
        while self.is_healthy()? != healthy {
            let ended = process.as_mut().map(|it| it.try_wait()).transpose()?.flatten();
            if let Some(status) = ended {
                return Err(Failure::new(format!("the server of the image ended: {status}")));
            }
            if start.elapsed() > PATIENCE {
                let state = if healthy { "does not become" } else { "remains" };
                return Err(Failure::new(format!("the image {state} healthy")));
            }
            thread::sleep(Duration::from_millis(200));
        }
        Ok(())
    }

    fn remove(self) -> Result<(), Failure> {
        output(buildah(self.shell, &["rm", &self.name]))?;
        output(buildah(self.shell, &["rmi", IMAGE]))?;
        Ok(())
    }
}

/// Asks a group of processes to end, and waits for the first of them.
fn stop(shell: &Shell, process: &mut Child) -> Result<(), Failure> {
    let group = format!("-{}", process.id());
    output(shell.command("kill", ["-TERM", "--", &group]))?;
    process.wait()?;
    Ok(())
}

fn output(mut command: Command) -> Result<Vec<u8>, Failure> {
    let output = command.output()?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let reason = String::from_utf8_lossy(&output.stderr);
    Err(Failure::new(format!("failed: {command:?}\n{}", reason.trim_end())))
}
