//! Loyalty cards.

use talon_core::api::Call;
use talon_core::prelude::*;
use talon_core::{IntegrationApi, Result};

use crate::Sample;

/// The card-based program of the demo world.
const PROGRAM: i64 = 3;

/// The card-based program of the world in which requests are refused; one customer for each card.
const REFUSING_PROGRAM: i64 = 6;

/// The identifier of a card for any id: what a card may not have is percent-encoded.
fn identifier(id: &str) -> String {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"._%+@-".contains(&byte);
    let encoded =
        |byte: u8| if fits(byte) { char::from(byte).into() } else { format!("%{byte:02X}") };
    id.bytes().map(encoded).collect()
}

/// Creates a card for the id.
async fn create(api: &dyn IntegrationApi, id: &str, profiles: &[&str]) -> Result<()> {
    let card = NewLoyaltyCard::default().identifier(identifier(id));
    let card = card.profiles(profiles.iter().copied());
    GenerateLoyaltyCard::new(PROGRAM, card).call(api).await.map(drop)
}

impl Sample for GenerateLoyaltyCard {
    fn sample(id: &str) -> Self {
        Self::new(PROGRAM, NewLoyaltyCard::default().profiles([id]))
    }

    fn refused() -> Vec<Self> {
        let card = NewLoyaltyCard::default;
        let cards = [
            card().identifier("abc"),
            card().identifier("a card"),
            card().status("lost"),
            card().profiles(["anna", "ben"]),
            card().profiles([""]),
        ];
        let mut refused: Vec<_> = cards.map(|card| Self::new(REFUSING_PROGRAM, card)).into();
        refused.push(Self::new(404, card()));
        refused
    }
}

impl Sample for LinkLoyaltyCardToProfile {
    fn sample(id: &str) -> Self {
        Self::new(PROGRAM, identifier(id), LoyaltyCardRegistration::new(id))
    }

    async fn prepare(api: &dyn IntegrationApi, id: &str) -> Result<()> {
        create(api, id, &[]).await
    }

    fn refused() -> Vec<Self> {
        let anna = || LoyaltyCardRegistration::new("anna");
        vec![
            Self::new(404, "card-1", anna()),
            Self::new(REFUSING_PROGRAM, "unknown", anna()),
            Self::new(REFUSING_PROGRAM, "..", anna()),
        ]
    }
}

impl Sample for UnlinkLoyaltyCardFromProfile {
    fn sample(id: &str) -> Self {
        Self::new(PROGRAM, identifier(id), LoyaltyCardRegistration::new(id))
    }

    async fn prepare(api: &dyn IntegrationApi, id: &str) -> Result<()> {
        create(api, id, &[id]).await
    }

    fn refused() -> Vec<Self> {
        let anna = || LoyaltyCardRegistration::new("anna");
        vec![
            Self::new(404, "card-1", anna()),
            Self::new(REFUSING_PROGRAM, "unknown", anna()),
            Self::new(REFUSING_PROGRAM, ".", anna()),
        ]
    }
}

impl Sample for GetLoyaltyCardBalances {
    fn sample(id: &str) -> Self {
        Self::new(PROGRAM, identifier(id))
    }

    async fn prepare(api: &dyn IntegrationApi, id: &str) -> Result<()> {
        create(api, id, &[id]).await
    }

    fn refused() -> Vec<Self> {
        let cards = [(404, "card-1"), (REFUSING_PROGRAM, "unknown"), (REFUSING_PROGRAM, "..")];
        cards.map(|(program, card)| Self::new(program, card)).into()
    }
}

impl Sample for GetLoyaltyCardTransactions {
    fn sample(id: &str) -> Self {
        Self::new(PROGRAM, identifier(id)).subledger_ids([""]).page_size(10)
    }

    async fn prepare(api: &dyn IntegrationApi, id: &str) -> Result<()> {
        create(api, id, &[id]).await
    }

    fn refused() -> Vec<Self> {
        let cards = [(404, "card-1"), (REFUSING_PROGRAM, "unknown"), (REFUSING_PROGRAM, "..")];
        cards.map(|(program, card)| Self::new(program, card)).into()
    }
}

impl Sample for GetLoyaltyCardPoints {
    fn sample(id: &str) -> Self {
        Self::new(PROGRAM, identifier(id)).sort("-expiryDate".to_owned())
    }

    async fn prepare(api: &dyn IntegrationApi, id: &str) -> Result<()> {
        create(api, id, &[id]).await
    }

    fn refused() -> Vec<Self> {
        let cards = [(404, "card-1"), (REFUSING_PROGRAM, "unknown"), (REFUSING_PROGRAM, "..")];
        cards.map(|(program, card)| Self::new(program, card)).into()
    }
}
