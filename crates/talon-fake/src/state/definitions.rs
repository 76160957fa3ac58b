//! Definitions of a world that change while its rows stay.

use std::sync::Arc;

use super::{Ids, State, StoredAudience, StoredCard};
use crate::world::{Audience, LoyaltyCard, World};

impl State {
    /// The world without its rows, apart from those that definitions may name: audiences and cards as
    /// they are now.
    pub(crate) fn definitions(&self) -> World {
        let mut world = World::clone(&self.world);
        for (campaign, stored) in world.campaigns.iter_mut().zip(self.campaigns.iter()) {
            campaign.id = Some(stored.id());
            campaign.coupons.clear();
            campaign.referrals.clear();
        }
        let audiences = self.tables.audiences.all();
        let cards = self.tables.loyalty_cards.all();
        World {
            profiles: Vec::new(),
            ledger_entries: Vec::new(),
            joins: Vec::new(),
            audiences: audiences.into_iter().map(StoredAudience::definition).collect(),
            loyalty_cards: cards.into_iter().map(StoredCard::definition).collect(),
            ..world
        }
    }

    /// The same rows, ids, clock and replies with other definitions.
    pub(crate) fn with_definitions(&self, world: Arc<World>) -> Self {
        let state = Self::empty(world, Ids::from(self.ids.position()), self.time());
        state.tables.fill(self.tables.capture().into_images());
        state.replies().fill(self.replies().all());
        state.with_seed(Arc::clone(&self.seed))
    }

    /// The state with another world that a reset goes back to.
    pub(crate) fn with_seed(self, seed: Arc<World>) -> Self {
        Self { seed, ..self }
    }
}

impl StoredAudience {
    /// As a world has it, without its members.
    fn definition(self) -> Audience {
        let audience = self.audience;
        Audience {
            integration: audience.integration.filter(|name| !name.is_empty()),
            integration_id: audience.integration_id,
            ..Audience::new(audience.id, audience.name)
        }
    }
}

impl StoredCard {
    fn definition(self) -> LoyaltyCard {
        LoyaltyCard::new(self.key.program, self.key.identifier)
    }
}
