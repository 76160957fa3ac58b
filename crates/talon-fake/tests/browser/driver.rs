//! The programs: Chromium, and ChromeDriver, which steers it.

use std::env;
use std::io::{BufRead as _, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

/// Where both programs are.
pub(crate) struct Programs {
    pub(crate) browser: PathBuf,
    driver: PathBuf,
}

/// Names of the browser, in the order of preference.
const BROWSERS: &[&str] = &["chromium", "chromium-browser", "google-chrome"];

/// The programs in `PATH`, or what is missing and how to install it.
pub(crate) fn find_programs() -> Result<Programs, String> {
    let browser = BROWSERS.iter().find_map(|name| find(name));
    match (browser, find("chromedriver")) {
        (Some(browser), Some(driver)) => Ok(Programs { browser, driver }),
        (browser, _) => {
            let missing = if browser.is_none() { "chromium" } else { "chromedriver" };
            Err(format!("{missing} is not installed: apt-get install chromium chromium-driver"))
        }
    }
}

fn find(name: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    env::split_paths(&path).map(|folder| folder.join(name)).find(|program| program.is_file())
}

/// A process of ChromeDriver on a free port, until it is dropped.
pub(crate) struct Driver {
    process: Child,
    pub(crate) url: String,
}

impl Driver {
    pub(crate) fn start(programs: &Programs) -> Result<Self, String> {
        let mut process = Command::new(&programs.driver)
            .arg("--port=0")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| format!("{}: {error}", programs.driver.display()))?;
        let stdout = process.stdout.take().expect("it is piped");
        // Its last line at the start: "ChromeDriver was started successfully on port 45678."
        let port = BufReader::new(stdout).lines().map_while(Result::ok).find_map(|line| {
            let (_, port) = line.split_once("successfully on port ")?;
            port.trim_end_matches('.').parse::<u16>().ok()
        });
        let url = format!("http://127.0.0.1:{}", port.unwrap_or_default());
        let driver = Self { process, url };
        port.map(|_| driver).ok_or_else(|| "chromedriver does not say its port".to_owned())
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // It fails when the process has ended already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
