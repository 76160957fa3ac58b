//! The container file, and the documents that name its image: their commands run here with the binary
//! that was built, on a free port in place of the one that they say. `cargo xtask image` builds and runs
//! the image.

use std::process::{Command, Output};

use crate::process::{TestServer, run, stderr, stdout, talon};

mod documents;
mod image;

use image::Image;

/// Serves as a container with these arguments does, on a free port.
fn serve(image: &Image, arguments: &[String], environment: &[(String, String)]) -> TestServer {
    let mut words = arguments.to_vec();
    let host = words.iter().position(|word| word == "--host").map(|at| words[at + 1].as_str());
    assert_eq!(host, Some("0.0.0.0"), "a container is reached from outside");
    match words.iter().position(|word| word == "--port") {
        Some(at) => {
            assert_eq!(words[at + 1], image.port.to_string(), "the port that is exposed");
            "0".clone_into(&mut words[at + 1]);
        }
        None => words.extend(["--port", "0"].map(str::to_owned)),
    }
    let mut command = in_container(image, &[&image.entrypoint[..], &words].concat());
    command.envs(environment.iter().cloned());
    TestServer::start_as(command)
}

/// A command of the image, whose program is the one that was built.
fn in_container(image: &Image, words: &[String]) -> Command {
    let (program, arguments) = words.split_first().expect("a program");
    assert_eq!(*program, image.program, "the only file of the image");
    talon(&arguments.iter().map(String::as_str).collect::<Vec<_>>())
}

/// The health check of the image, at the address of a server in place of the default.
fn check_health(image: &Image, url: &str, environment: &[(String, String)]) -> Output {
    let mut command = in_container(image, &image.health);
    command.arg(url).envs(environment.iter().cloned()).output().expect("the command starts")
}

/// The default of an argument, by the help of a command.
fn default_of(command: &str, argument: &str) -> String {
    let help = stdout(&run(&[command, "--help"]));
    // Its name is in the usage as well.
    let default = help.split(argument).skip(1).find_map(|after| after.split("[default: ").nth(1));
    let default = default.and_then(|default| default.split(']').next());
    default.expect("a default").to_owned()
}

#[test]
fn the_image_serves_and_is_healthy_until_it_stops() {
    let image = Image::read();
    let token = [("TALON_CONTROL_TOKEN".to_owned(), "s3cret".to_owned())];
    for environment in [&[][..], &token] {
        let server = serve(&image, &image.command, environment);
        let url = server.url.clone();

        let healthy = check_health(&image, &url, environment);
        assert!(healthy.status.success(), "{}", stderr(&healthy));
        assert_eq!(stdout(&healthy), format!("{url} is up\n"));

        let snapshot = "GET /_fake/snapshot HTTP/1.1\r\nHost: talon\r\nConnection: close\r\n\
                        X-Control-Token: s3cret\r\n\r\n";
        let status = if environment.is_empty() { "HTTP/1.1 403" } else { "HTTP/1.1 200" };
        assert!(server.http(snapshot).starts_with(status), "{environment:?}");

        drop(server);
        let stopped = check_health(&image, &url, environment);
        assert_eq!(stopped.status.code(), Some(1), "{}", stdout(&stopped));
        assert!(stderr(&stopped).contains("is down"), "{}", stderr(&stopped));
    }
}

#[test]
fn the_image_has_the_port_of_the_defaults() {
    let image = Image::read();

    assert_eq!(default_of("serve", "--port"), image.port.to_string());
    assert_eq!(default_of("health", "[URL]"), format!("http://127.0.0.1:{}", image.port));
    assert_eq!(image.health.len(), 2, "the health check asks the default: {:?}", image.health);
    // Its name in the folder of the build, which is the context.
    let built = std::path::Path::new(env!("CARGO_BIN_EXE_talon"));
    assert_eq!(built.file_stem(), Some(image.copied.as_ref()));
}
