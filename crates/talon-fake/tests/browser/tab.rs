//! A tab with the page of a fake, and what a user does in it.

use std::future::Future;
use std::path::PathBuf;
use std::pin::Pin;
use std::time::{Duration, Instant};

use bytes::Bytes;
use http::Request;
use libtest_mimic::Failed;
use serde_json::{Value, json};
use talon_core::prelude::*;
use talon_fake::{ControlAccess, Fake, World, Worlds};
use talon_hyper::{Client, ClientConfig, HyperTransport};
use talon_server::{RunningServer, Server, ServerConfig};
use thirtyfour::common::capabilities::chromium::ChromiumLikeCapabilities as _;
use thirtyfour::{By, Capabilities, DesiredCapabilities, LoggingPrefsLogLevel, WebDriver};

use crate::driver::{Driver, Programs};

/// A running test.
pub(crate) type Run = Pin<Box<dyn Future<Output = Result<(), Failed>> + Send>>;

/// How long the page may take to show something.
const PATIENCE: Duration = Duration::from_secs(20);

/// Starts a browser that asks no other server for anything.
const FLAGS: &[&str] = &[
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--window-size=1440,1000",
];

/// The page of a demo world in a browser of its own.
pub(crate) struct Tab {
    pub(crate) browser: WebDriver,
    pub(crate) fake: Fake,
    pub(crate) talon: Client<HyperTransport>,
    server: RunningServer,
}

impl Tab {
    pub(crate) async fn open(driver: &Driver, programs: &Programs) -> Result<Self, Failed> {
        let fake = Fake::new(World::demo())?;
        let server = fake.serve().await?;
        let talon = talon_hyper::connect(ClientConfig::new(server.url()).api_key("demo-key"))?;
        let browser = WebDriver::new(&driver.url, capabilities(programs)?).await?;
        let tab = Self { browser, fake, talon, server };
        tab.go("").await?;
        Ok(tab)
    }

    /// Serves other worlds, and opens the page of the first one.
    pub(crate) async fn with_worlds(mut self, worlds: &Worlds) -> Result<Self, Failed> {
        self.fake = worlds.first();
        self.server = worlds.serve().await?;
        self.talon = self.client("demo-key")?;
        self.go("").await?;
        Ok(self)
    }

    /// A client with an API key.
    pub(crate) fn client(&self, key: &str) -> Result<Client<HyperTransport>, Failed> {
        Ok(talon_hyper::connect(ClientConfig::new(self.server.url()).api_key(key))?)
    }

    /// Sends a request with a body as it is, and returns the status of the reply.
    pub(crate) async fn send(&self, method: &str, path: &str, body: Value) -> Result<u16, Failed> {
        let request = Request::builder().method(method).uri(path);
        let request = request.body(Bytes::from(body.to_string()))?;
        match self.talon.call_raw(request).await {
            Ok(reply) => Ok(reply.status().as_u16()),
            Err(error) => {
                let refused = error.api().map(|refusal| refusal.status().as_u16());
                refused.ok_or_else(|| error.into())
            }
        }
    }

    /// Serves the fake once more, with a token, and opens its page.
    pub(crate) async fn with_token(mut self, token: &str) -> Result<Self, Failed> {
        let server = Server::bind(ServerConfig::default()).await?;
        self.server = server.spawn(self.fake.service().control(ControlAccess::with_token(token)));
        self.go("").await?;
        Ok(self)
    }

    /// Opens the page at a view, such as `#/sessions`.
    pub(crate) async fn go(&self, view: &str) -> Result<(), Failed> {
        Ok(self.browser.goto(format!("{}/_fake/{view}", self.server.url())).await?)
    }

    /// Clicks the element of a selector, when it is there and can be clicked.
    pub(crate) async fn click(&self, selector: &str) -> Result<(), Failed> {
        let start = Instant::now();
        loop {
            // A view that is replaced meanwhile loses the element.
            let clicked = match self.browser.find(By::Css(selector)).await {
                Ok(element) => element.click().await,
                Err(error) => Err(error),
            };
            match clicked {
                Ok(()) => return Ok(()),
                Err(error) if start.elapsed() > PATIENCE => {
                    return Err(format!("cannot click {selector}: {error}").into());
                }
                Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
            }
        }
    }

    /// Fills in a member of a form.
    pub(crate) async fn fill(&self, selector: &str, text: &str) -> Result<(), Failed> {
        let element = self.browser.find(By::Css(selector)).await?;
        element.clear().await?;
        if text.is_empty() {
            return Ok(());
        }
        Ok(element.send_keys(text).await?)
    }

    /// Chooses an option of a list by its text.
    pub(crate) async fn choose(&self, selector: &str, text: &str) -> Result<(), Failed> {
        let list = self.browser.find(By::Css(selector)).await?;
        Ok(list.find(By::XPath(format!("option[.='{text}']"))).await?.click().await?)
    }

    /// Waits until the visible text of the elements has all these parts.
    pub(crate) async fn shows(&self, selector: &str, parts: &[&str]) -> Result<(), Failed> {
        let script = "return [...document.querySelectorAll(arguments[0])]\
            .filter((it) => it.checkVisibility()).map((it) => it.innerText).join(' ')";
        let shown = |text: &Value| {
            let text = text.as_str().unwrap_or_default();
            !text.is_empty() && parts.iter().all(|part| text.contains(part))
        };
        self.wait(script, selector, shown, &format!("{parts:?}")).await
    }

    /// Waits until there are so many elements.
    pub(crate) async fn has_count(&self, selector: &str, count: usize) -> Result<(), Failed> {
        let script = "return document.querySelectorAll(arguments[0]).length";
        self.wait(script, selector, |found| *found == count, &count.to_string()).await
    }

    /// Waits until the result of a script about elements is as expected.
    async fn wait(
        &self,
        script: &str,
        selector: &str,
        is_expected: impl Fn(&Value) -> bool,
        expected: &str,
    ) -> Result<(), Failed> {
        let start = Instant::now();
        loop {
            let found = self.run(script, json!([selector])).await?;
            if is_expected(&found) {
                return Ok(());
            }
            if start.elapsed() > PATIENCE {
                return Err(format!("{selector}: expected {expected}, found {found}").into());
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// The result of a script.
    pub(crate) async fn run(&self, script: &str, arguments: Value) -> Result<Value, Failed> {
        let arguments = arguments.as_array().cloned().unwrap_or_default();
        Ok(self.browser.execute(script, arguments).await?.json().clone())
    }

    /// Presses a key, for the element that has the focus.
    pub(crate) async fn press(
        &self,
        keys: impl Into<thirtyfour::TypingData>,
    ) -> Result<(), Failed> {
        Ok(self.browser.action_chain().send_keys(keys).perform().await?)
    }

    /// Refuses errors in the console, such as those of the policy of the page. Replies of the control
    /// API with a status above 399 are none.
    pub(crate) async fn has_no_errors(&self) -> Result<(), Failed> {
        let log = self.browser.browser_log().await?;
        let mut errors = log.iter().filter(|it| it.source.as_deref() != Some("network"));
        match errors.next() {
            None => Ok(()),
            Some(error) => Err(format!("{}: {}", error.level, error.message).into()),
        }
    }

    /// Makes the session `cart-1` with effects, and a coupon that is rejected.
    pub(crate) async fn make_session(&self) -> Result<(), Failed> {
        let cart = NewCustomerSessionV2::default()
            .profile("anna")
            .coupon_codes(["SUMMER10", "EXPIRED"])
            .cart_items([
                CartItem::new("MUG-BLUE", 2).name("Blue mug").price("19.99".parse::<Amount>()?),
                CartItem::new("TEA", 1).name("Green tea").price("80".parse::<Amount>()?),
            ]);
        let request = UpdateCustomerSessionV2::new("cart-1", cart);
        self.talon.update_customer_session_v2(request).await?;
        Ok(())
    }

    /// Writes a picture to the folder of the tests.
    pub(crate) async fn picture(&self, name: &str) -> Result<(), Failed> {
        let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
        Ok(self.browser.screenshot(&path).await?)
    }
}

fn capabilities(programs: &Programs) -> Result<Capabilities, Failed> {
    let mut capabilities = DesiredCapabilities::chrome();
    capabilities.set_binary(&programs.browser.display().to_string())?;
    for flag in FLAGS {
        capabilities.add_arg(flag)?;
    }
    capabilities.set_browser_log_level(LoggingPrefsLogLevel::Severe)?;
    Ok(capabilities.into())
}
