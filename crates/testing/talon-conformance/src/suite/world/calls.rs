//! Short forms of common calls.

use std::fmt::Debug;

use talon_core::model::{
    CartItem, Coupon, CouponReservations, CurrentSession, CustomerProfile, IntegrationState,
    IntegrationStateV2, NewCustomerProfile, NewCustomerSession, NewCustomerSessionV2, NewEvent,
    NewEventV2, NewEventV3, ProfileAudiencesChanges, ReopenedSession, ResponseContent,
    ReturnRequest, ReturnedCartItem, SessionState,
};
use talon_core::operations::{
    CreateCouponReservation, GetCustomerSession, ReopenCustomerSession, ReturnCartItems,
    TrackEvent, TrackEventV2, TrackEventV3, UpdateCustomerProfile, UpdateCustomerProfileV2,
    UpdateCustomerSession, UpdateCustomerSessionV2,
};
use talon_core::{Amount, ApiError, Attributes, AudienceId, Error};

use super::World;

/// All parts of a session reply of 2020.
const EVERYTHING: [ResponseContent; 7] = [
    ResponseContent::CustomerSession,
    ResponseContent::CustomerProfile,
    ResponseContent::Coupons,
    ResponseContent::TriggeredCampaigns,
    ResponseContent::Referral,
    ResponseContent::Loyalty,
    ResponseContent::Event,
];

/// A cart of one item at this price.
pub(crate) fn cart(price: impl Into<Amount>) -> NewCustomerSessionV2 {
    let item = CartItem::new("SKU-1", 1).name("Shoe").price(price);
    NewCustomerSessionV2::default().cart_items([item])
}

/// A request that only closes the session.
pub(crate) fn closed() -> NewCustomerSessionV2 {
    NewCustomerSessionV2::default().state(SessionState::Closed)
}

/// A request that cancels the session.
pub(crate) fn cancelled() -> NewCustomerSessionV2 {
    NewCustomerSessionV2::default().state(SessionState::Cancelled)
}

/// A session with these identifiers.
pub(crate) fn with_identifiers(
    session: NewCustomerSessionV2,
    identifiers: &[&str],
) -> NewCustomerSessionV2 {
    let identifiers = identifiers.iter().copied().map(str::to_owned).collect();
    NewCustomerSessionV2 { identifiers: Some(identifiers), ..session }
}

/// A session in this store.
pub(crate) fn with_store(session: NewCustomerSessionV2, store: &str) -> NewCustomerSessionV2 {
    NewCustomerSessionV2 { store_integration_id: Some(store.into()), ..session }
}

/// An update of a profile that only adds it to audiences and removes it from audiences.
pub(crate) fn audience_changes(adds: &[i64], deletes: &[i64]) -> NewCustomerProfile {
    let ids = |ids: &[i64]| ids.iter().copied().map(AudienceId::from).collect();
    let changes = ProfileAudiencesChanges { adds: ids(adds), deletes: ids(deletes) };
    NewCustomerProfile::default().audiences_changes(changes)
}

/// The refusal of a call, which must have failed.
#[track_caller]
pub(crate) fn refusal<T: Debug>(result: Result<T, Error>) -> ApiError {
    let error = result.expect_err("the call is refused");
    error.into_api().expect("the error is a refusal of the service")
}

/// A request for all parts.
fn update(id: &str, session: NewCustomerSessionV2) -> UpdateCustomerSessionV2 {
    UpdateCustomerSessionV2::new(id, session).response_content(EVERYTHING)
}

/// A return that requests all parts.
pub(crate) fn returning(
    id: &str,
    items: impl IntoIterator<Item = ReturnedCartItem>,
) -> ReturnCartItems {
    let content = EVERYTHING.into_iter().chain([ResponseContent::PreviousReturns]);
    ReturnCartItems::new(id, ReturnRequest::new(items)).response_content(content)
}

impl World {
    /// Updates a session and requests all parts of the reply.
    pub(crate) async fn put(&self, id: &str, session: NewCustomerSessionV2) -> IntegrationStateV2 {
        self.send(update(id, session)).await
    }

    /// Updates a session and returns whether the reply has an effect.
    pub(crate) async fn fires(&self, id: &str, session: NewCustomerSessionV2) -> bool {
        !self.put(id, session).await.effects.is_empty()
    }

    /// Evaluates a session without storing it.
    pub(crate) async fn try_out(
        &self,
        id: &str,
        session: NewCustomerSessionV2,
    ) -> IntegrationStateV2 {
        self.send(update(id, session).dry(true)).await
    }

    /// Sends an update without changes.
    pub(crate) async fn send(&self, request: UpdateCustomerSessionV2) -> IntegrationStateV2 {
        self.api.update_customer_session_v2(request).await.expect("the update is accepted")
    }

    /// Updates a session, which must be refused.
    pub(crate) async fn put_refused(&self, id: &str, session: NewCustomerSessionV2) -> ApiError {
        refusal(self.api.update_customer_session_v2(update(id, session)).await)
    }

    /// Returns items of a session and requests all parts of the reply.
    pub(crate) async fn give_back(
        &self,
        id: &str,
        items: impl IntoIterator<Item = ReturnedCartItem>,
    ) -> IntegrationStateV2 {
        self.api.return_cart_items(returning(id, items)).await.expect("the return is accepted")
    }

    /// Returns items of a session, which must be refused.
    pub(crate) async fn give_back_refused(
        &self,
        id: &str,
        items: impl IntoIterator<Item = ReturnedCartItem>,
    ) -> ApiError {
        refusal(self.api.return_cart_items(returning(id, items)).await)
    }

    /// Reopens a session.
    pub(crate) async fn reopen(&self, id: &str) -> ReopenedSession {
        let request = ReopenCustomerSession::new(id);
        self.api.reopen_customer_session(request).await.expect("the session can be reopened")
    }

    /// Reads a session and its current effects.
    pub(crate) async fn read(&self, id: &str) -> CurrentSession {
        self.api.get_customer_session(GetCustomerSession::new(id)).await.expect("a known session")
    }

    /// Updates a session by the first version.
    pub(crate) async fn put_v1(&self, id: &str, session: NewCustomerSession) -> IntegrationState {
        let request = UpdateCustomerSession::new(id, session);
        self.api.update_customer_session(request).await.expect("the update is accepted")
    }

    /// Updates a session by the first version, which must be refused.
    pub(crate) async fn put_v1_refused(&self, id: &str, session: NewCustomerSession) -> ApiError {
        refusal(self.api.update_customer_session(UpdateCustomerSession::new(id, session)).await)
    }

    /// Sets attributes of a profile.
    pub(crate) async fn put_profile(&self, id: &str, attributes: Attributes) -> CustomerProfile {
        let profile = NewCustomerProfile::default().attributes(attributes);
        let request = UpdateCustomerProfileV2::new(id, profile);
        let reply = self.api.update_customer_profile_v2(request).await;
        reply.expect("the update is accepted").customer_profile.expect("always returned")
    }

    /// Sets attributes of a profile by the first version.
    pub(crate) async fn put_profile_v1(
        &self,
        id: &str,
        attributes: Attributes,
    ) -> IntegrationState {
        let profile = NewCustomerProfile::default().attributes(attributes);
        let request = UpdateCustomerProfile::new(id, profile);
        self.api.update_customer_profile(request).await.expect("the update is accepted")
    }

    /// Records an event.
    pub(crate) async fn track(&self, event: NewEvent) -> IntegrationState {
        self.api.track_event(TrackEvent::new(event)).await.expect("the event is accepted")
    }

    /// Records an event, which must be refused.
    pub(crate) async fn track_refused(&self, event: NewEvent) -> ApiError {
        refusal(self.api.track_event(TrackEvent::new(event)).await)
    }

    /// Records an event by the second version and requests a reply with a body.
    pub(crate) async fn track_v2(&self, request: TrackEventV2) -> IntegrationStateV2 {
        let reply = self.api.track_event_v2(request.silent(false)).await;
        reply.expect("the event is accepted").expect("it is not silent")
    }

    /// Records an event by the second version, which must be refused.
    pub(crate) async fn track_v2_refused(&self, event: NewEventV2) -> ApiError {
        refusal(self.api.track_event_v2(TrackEventV2::new(event)).await)
    }

    /// Records an event by the third version and requests a reply with a body.
    pub(crate) async fn track_v3(&self, request: TrackEventV3) -> IntegrationStateV2 {
        let reply = self.api.track_event_v3(request.silent(false)).await;
        reply.expect("the event is accepted").expect("it is not silent")
    }

    /// Records an event by the third version, which must be refused.
    pub(crate) async fn track_v3_refused(&self, event: NewEventV3) -> ApiError {
        refusal(self.api.track_event_v3(TrackEventV3::new(event)).await)
    }

    /// Reserves a coupon.
    pub(crate) async fn reserve(&self, coupon: &str, profiles: &[&str]) -> Coupon {
        let reservations = CouponReservations::new(profiles.iter().copied());
        let request = CreateCouponReservation::new(coupon, reservations);
        self.api.create_coupon_reservation(request).await.expect("the coupon can be reserved")
    }
}
