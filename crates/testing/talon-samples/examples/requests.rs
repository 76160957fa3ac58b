//! Prints the sample of each operation for the demo world, as one line of JSON with all its requests.
//!
//! ```text
//! {"operation": "getEventV3", "requests": [{"method": "PUT", "target": "/v2/…", "body": {}}, …]}
//! ```
//!
//! The last request is the sample. Those before it create the profile that it names, and prepare it.

use std::sync::{Mutex, PoisonError};

use serde_json::{Value, json};
use talon_core::api::Call;
use talon_core::model::NewCustomerProfile;
use talon_core::operations::UpdateCustomerProfileV2;
use talon_core::{IntegrationApi, Operation, Result};
use talon_fake::{Fake, World};
use talon_samples::{Sample, for_each_sample, immediate};

/// A coupon of the demo world, whose value the profile has as its id.
const ID: &str = "SUMMER10";

/// A fake that records the requests that it handles.
#[derive(Debug)]
struct Recorder {
    fake: Fake,
    requests: Mutex<Vec<Value>>,
}

impl Recorder {
    fn push<O: Operation>(&self, request: &O) -> Result<()> {
        let request = request.to_http()?;
        let body = match &**request.body() {
            [] => Value::Null,
            body => serde_json::from_slice(body).expect("a request has JSON"),
        };
        let (method, target) = (request.method().as_str(), request.uri().to_string());
        let line = json!({"method": method, "target": target, "body": body});
        self.requests.lock().unwrap_or_else(PoisonError::into_inner).push(line);
        Ok(())
    }
}

async fn record<O: Call>(request: O, api: &Recorder) -> Result<O::Reply> {
    api.push(&request)?;
    request.call(&api.fake).await
}

talon_core::implement_api!(for Recorder, |api, request| record(request, api).await);

fn print<O: Sample>() -> Result<()> {
    let fake = Fake::new(World::demo()).expect("the demo world is valid");
    let api = Recorder { fake, requests: Mutex::default() };
    let profile = UpdateCustomerProfileV2::new(ID, NewCustomerProfile::default());
    immediate(api.update_customer_profile_v2(profile))?;
    immediate(O::prepare(&api, ID))?;
    immediate(O::sample(ID).call(&api))?;
    let requests = api.requests.into_inner().unwrap_or_else(PoisonError::into_inner);
    println!("{}", json!({"operation": O::INFO.id, "requests": requests}));
    Ok(())
}

fn main() -> Result<()> {
    for_each_sample!(|O| print::<O>()?);
    Ok(())
}
