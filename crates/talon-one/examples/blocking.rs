//! A program without a runtime: a command that closes a session.
//!
//! `TALON_BASE_URL=… TALON_API_KEY=… cargo run --example blocking -- cart-1`

use std::time::Duration;

use talon_one::prelude::*;
use talon_one::{CallOptions, ClientConfig, IdempotencyKey, blocking};

/// Closes a session, and returns the number of its effects.
///
/// The client has no type parameter, so a test passes one over the fake.
fn pay(talon: &blocking::Client, session: &str) -> Result<usize, Error> {
    // Several such processes may pay the same order; the service books it once.
    let options = CallOptions::default()
        .deadline(Duration::from_secs(20))
        .idempotency_key(IdempotencyKey::new(&format!("{session}/paid"))?);
    let paid = NewCustomerSessionV2::default().state(SessionState::Closed);
    let request = UpdateCustomerSessionV2::new(session, paid);
    let state = talon.with_options(options).update_customer_session_v2(request)?;
    Ok(state.effects.len())
}

fn main() -> Result<(), Error> {
    let session = std::env::args().nth(1).unwrap_or_else(|| "cart-1".to_owned());
    let client = talon_one::reqwest::connect(ClientConfig::from_env()?)?;
    let talon = blocking::Client::new(client)?.into_dyn();

    println!("{session} is paid, with {} effects", pay(&talon, &session)?);
    Ok(())
}

#[cfg(test)]
mod tests {
    use talon_one::fake::{Fake, World};

    use super::*;

    #[test]
    fn an_order_is_paid_once() {
        let fake = Fake::new(World::demo()).unwrap();
        let talon = blocking::Client::new(fake.api()).unwrap();

        pay(&talon, "cart-1").unwrap();
        let error = pay(&talon, "cart-1").unwrap_err();

        assert!(error.is_bad_request(), "{error}");
        assert_eq!(fake.calls::<UpdateCustomerSessionV2>().len(), 2);
    }
}
