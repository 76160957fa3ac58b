//! Requests of every operation, from the alphabet, and what their replies mean for the books.

use arbitrary::Unstructured;
use talon_core::api::Call;
use talon_core::model::{
    Coupon, CustomerProfileUpdate, Referral, ReopenedSession, ResponseContent,
};
use talon_core::prelude::*;
use talon_fake::Fake;

use super::alphabet::{
    AUDIENCES, CAMPAIGNS, COSTS, Drawn, EVENTS, IDENTIFIERS, Known, PROFILES, SESSIONS, SKUS,
    STORES, amount, instant, maybe, once_in, one_of, up_to,
};
use super::books::{Books, OwnTotal};

/// An operation that sequences draw, and of whose effects the books know.
pub(super) trait Draw: Call {
    fn draw(bytes: &mut Unstructured<'_>, known: &Known) -> Drawn<Self>;

    /// Whether nothing shall come of it.
    fn is_dry(&self) -> bool {
        false
    }

    /// Enters a reply that was neither dry nor a refusal.
    fn note(&self, reply: &Self::Reply, fake: &Fake, books: &mut Books, known: &mut Known) {
        let _ = (reply, fake, books, known);
    }
}

impl Draw for UpdateCustomerSessionV2 {
    fn draw(bytes: &mut Unstructured<'_>, known: &Known) -> Drawn<Self> {
        let id = one_of(bytes, SESSIONS)?;
        let mut session = NewCustomerSessionV2 {
            state: state(bytes)?,
            profile_id: maybe(bytes, |bytes| one_of(bytes, PROFILES))?.map(Into::into),
            cart_items: maybe(bytes, |bytes| up_to(bytes, 2, item))?,
            coupon_codes: maybe(bytes, |bytes| {
                up_to(bytes, 3, |bytes| one_of(bytes, &known.coupons))
            })?,
            referral_code: maybe(bytes, |bytes| one_of(bytes, &known.referrals))?,
            ..NewCustomerSessionV2::default()
        };
        if once_in(bytes, 4)? {
            session.identifiers = Some(identifiers(bytes)?);
            session.store_integration_id =
                maybe(bytes, |bytes| one_of(bytes, STORES))?.map(Into::into);
            session.additional_costs = Some(costs(bytes)?);
            session.attributes = Some(attributes(bytes)?);
        }
        let parts = ResponseContent::KNOWN.iter().cloned();
        let mut request = Self::new(id, IntegrationRequest::new(session).response_content(parts));
        if once_in(bytes, 8)? {
            request.dry = Some(bytes.arbitrary()?);
            request.now = maybe(bytes, instant)?;
            let campaigns = |bytes: &mut Unstructured<'_>| {
                up_to(bytes, 2, |bytes| one_of(bytes, CAMPAIGNS).map(Into::into))
            };
            request.request.customer_session.evaluable_campaign_ids = maybe(bytes, campaigns)?;
        }
        Ok(request)
    }

    fn is_dry(&self) -> bool {
        self.dry == Some(true)
    }

    fn note(&self, reply: &IntegrationStateV2, fake: &Fake, books: &mut Books, known: &mut Known) {
        let session = reply.customer_session.as_ref().expect("it was asked for");
        let sent = &self.request.customer_session;
        let own_total = if sent.cart_items.is_some() { OwnTotal::Removed } else { OwnTotal::Kept };
        books.session(fake, &session.state, &self.session_id, own_total, &reply.effects);
        known.hear(&reply.effects);
    }
}

impl Draw for UpdateCustomerSession {
    fn draw(bytes: &mut Unstructured<'_>, known: &Known) -> Drawn<Self> {
        let id = one_of(bytes, SESSIONS)?;
        let session = NewCustomerSession {
            state: state(bytes)?,
            profile_id: maybe(bytes, |bytes| one_of(bytes, PROFILES))?.map(Into::into),
            cart_items: maybe(bytes, |bytes| up_to(bytes, 2, item))?,
            coupon: maybe(bytes, |bytes| one_of(bytes, &known.coupons))?,
            referral: maybe(bytes, |bytes| one_of(bytes, &known.referrals))?,
            total: maybe(bytes, amount)?,
            ..NewCustomerSession::default()
        };
        Ok(Self { dry: dry(bytes)?, ..Self::new(id, session) })
    }

    fn is_dry(&self) -> bool {
        self.dry == Some(true)
    }

    fn note(&self, reply: &IntegrationState, fake: &Fake, books: &mut Books, known: &mut Known) {
        let sent = &self.session;
        // V1 keeps the total of the shop until another is sent, also beside new items.
        let own_total = sent.total.map_or(OwnTotal::Kept, OwnTotal::Set);
        let effects = books.of_event(&reply.event, reply.coupon.as_ref());
        books.session(fake, &reply.session.state, &self.session_id, own_total, &effects);
        known.hear(&effects);
    }
}

impl Draw for TrackEvent {
    fn draw(bytes: &mut Unstructured<'_>, _: &Known) -> Drawn<Self> {
        let mut event = NewEvent::new(one_of(bytes, EVENTS)?, one_of(bytes, SESSIONS)?);
        event.profile_id = maybe(bytes, |bytes| one_of(bytes, PROFILES))?.map(Into::into);
        Ok(Self { dry: dry(bytes)?, ..Self::new(event) })
    }

    fn is_dry(&self) -> bool {
        self.dry == Some(true)
    }

    fn note(&self, reply: &IntegrationState, fake: &Fake, books: &mut Books, known: &mut Known) {
        let effects = books.of_event(&reply.event, reply.coupon.as_ref());
        books.event(fake, &self.event.session_id, &effects);
        known.hear(&effects);
    }
}

impl Draw for UpdateCustomerProfile {
    fn draw(bytes: &mut Unstructured<'_>, _: &Known) -> Drawn<Self> {
        let (id, profile) = (one_of(bytes, PROFILES)?, profile(bytes)?);
        Ok(Self { dry: dry(bytes)?, ..Self::new(id, profile) })
    }

    fn is_dry(&self) -> bool {
        self.dry == Some(true)
    }

    fn note(&self, reply: &IntegrationState, fake: &Fake, books: &mut Books, known: &mut Known) {
        books.audiences(&self.profile_id, self.profile.audiences_changes.as_ref());
        let effects = books.of_event(&reply.event, None);
        books.profile(fake, &self.profile_id, &effects);
        known.hear(&effects);
    }
}

impl Draw for UpdateCustomerProfileV2 {
    fn draw(bytes: &mut Unstructured<'_>, _: &Known) -> Drawn<Self> {
        let (id, profile) = (one_of(bytes, PROFILES)?, profile(bytes)?);
        let run_rule_engine = maybe(bytes, |bytes| one_of(bytes, &[false, true]))?;
        Ok(Self { run_rule_engine, dry: dry(bytes)?, ..Self::new(id, profile) })
    }

    fn is_dry(&self) -> bool {
        // Without rules there is nothing to try out: `dry` is passed over.
        self.dry == Some(true) && self.run_rule_engine == Some(true)
    }

    fn note(
        &self,
        reply: &CustomerProfileUpdate,
        fake: &Fake,
        books: &mut Books,
        known: &mut Known,
    ) {
        books.audiences(&self.profile_id, self.profile.audiences_changes.as_ref());
        let effects = reply.effects.as_deref().unwrap_or_default();
        books.profile(fake, &self.profile_id, effects);
        known.hear(effects);
    }
}

impl Draw for CreateReferral {
    fn draw(bytes: &mut Unstructured<'_>, _: &Known) -> Drawn<Self> {
        let mut referral = NewReferral::new(one_of(bytes, CAMPAIGNS)?, one_of(bytes, PROFILES)?);
        referral.usage_limit = maybe(bytes, |bytes| bytes.int_in_range(-1..=2))?;
        referral.friend_profile_integration_id =
            maybe(bytes, |bytes| one_of(bytes, PROFILES))?.map(Into::into);
        Ok(Self::new(referral))
    }

    fn note(&self, reply: &Referral, _: &Fake, _: &mut Books, known: &mut Known) {
        known.referrals.push(reply.code.clone());
    }
}

impl Draw for CreateCouponReservation {
    fn draw(bytes: &mut Unstructured<'_>, known: &Known) -> Drawn<Self> {
        Ok(Self::new(one_of(bytes, &known.coupons)?, reservations(bytes)?))
    }

    fn note(&self, reply: &Coupon, _: &Fake, books: &mut Books, _: &mut Known) {
        for profile in &self.reservations.integration_ids {
            books.reserved.insert((reply.value.clone(), profile.clone()));
        }
    }
}

impl Draw for DeleteCouponReservation {
    fn draw(bytes: &mut Unstructured<'_>, known: &Known) -> Drawn<Self> {
        Ok(Self::new(one_of(bytes, &known.coupons)?, reservations(bytes)?))
    }

    fn note(&self, (): &(), _: &Fake, books: &mut Books, _: &mut Known) {
        let released = &self.reservations.integration_ids;
        books.reserved.retain(|(code, profile)| {
            // It was found, so a code that differs in its case alone is the same.
            let is_mine = code.as_str().eq_ignore_ascii_case(self.coupon.as_str());
            !is_mine || !released.contains(profile)
        });
    }
}

impl Draw for DeleteCustomerData {
    fn draw(bytes: &mut Unstructured<'_>, _: &Known) -> Drawn<Self> {
        Ok(Self::new(one_of(bytes, PROFILES)?))
    }
}

impl Draw for GetCustomerInventory {
    fn draw(bytes: &mut Unstructured<'_>, _: &Known) -> Drawn<Self> {
        let all = Self::new(one_of(bytes, PROFILES)?).profile(true).referrals(true).coupons(true);
        Ok(all.loyalty(true).giveaways(true).achievements(true))
    }
}

impl Draw for GetCustomerSession {
    fn draw(bytes: &mut Unstructured<'_>, _: &Known) -> Drawn<Self> {
        Ok(Self::new(one_of(bytes, SESSIONS)?))
    }
}

impl Draw for ReopenCustomerSession {
    fn draw(bytes: &mut Unstructured<'_>, _: &Known) -> Drawn<Self> {
        Ok(Self::new(one_of(bytes, SESSIONS)?))
    }

    fn note(&self, reply: &ReopenedSession, _: &Fake, books: &mut Books, _: &mut Known) {
        books.reopened(&self.session_id, &reply.effects);
    }
}

impl Draw for ReturnCartItems {
    fn draw(bytes: &mut Unstructured<'_>, _: &Known) -> Drawn<Self> {
        let id = one_of(bytes, SESSIONS)?;
        let items = up_to(bytes, 2, returned_item)?;
        let run_rule_engine = maybe(bytes, |bytes| one_of(bytes, &[false, true]))?;
        let parts = [ResponseContent::CustomerSession, ResponseContent::PreviousReturns];
        let request = ReturnRequest::new(items).response_content(parts);
        Ok(Self { run_rule_engine, dry: dry(bytes)?, ..Self::new(id, request) })
    }

    fn is_dry(&self) -> bool {
        self.dry == Some(true)
    }

    fn note(&self, reply: &IntegrationStateV2, _: &Fake, books: &mut Books, known: &mut Known) {
        let session = reply.customer_session.as_ref().expect("it was asked for");
        books.returned(session, &reply.effects);
        known.hear(&reply.effects);
    }
}

impl Draw for GetReservedCustomers {
    fn draw(bytes: &mut Unstructured<'_>, known: &Known) -> Drawn<Self> {
        Ok(Self::new(one_of(bytes, &known.coupons)?))
    }
}

/// Open sessions are closed and closed ones cancelled more often than not.
fn state(bytes: &mut Unstructured<'_>) -> Drawn<Option<SessionState>> {
    use SessionState::{Cancelled, Closed, Open};
    let states = [None, Some(Closed), Some(Cancelled), Some(Closed), Some(Open), None];
    if once_in(bytes, 32)? {
        return Ok(Some(SessionState::PartiallyReturned));
    }
    one_of(bytes, &states)
}

fn item(bytes: &mut Unstructured<'_>) -> Drawn<CartItem> {
    let (sku, quantity) = (one_of(bytes, SKUS)?, bytes.int_in_range(1..=3i64)?);
    let mut item = CartItem::new(sku, quantity).price(amount(bytes)?);
    if once_in(bytes, 4)? {
        item.additional_costs = Some(costs(bytes)?);
    }
    Ok(item)
}

/// By position, by SKU, by both or by neither; few carts have a third line.
fn returned_item(bytes: &mut Unstructured<'_>) -> Drawn<ReturnedCartItem> {
    Ok(ReturnedCartItem {
        position: maybe(bytes, |bytes| bytes.int_in_range(0..=2))?,
        quantity: maybe(bytes, |bytes| bytes.int_in_range(0..=3))?,
        sku: maybe(bytes, |bytes| one_of(bytes, SKUS))?.map(ToOwned::to_owned),
    })
}

type Costs = std::collections::BTreeMap<String, AdditionalCost>;

fn costs(bytes: &mut Unstructured<'_>) -> Drawn<Costs> {
    let cost = |bytes: &mut Unstructured<'_>| {
        Ok((one_of(bytes, COSTS)?.to_owned(), AdditionalCost { price: amount(bytes)? }))
    };
    Ok(up_to(bytes, 2, cost)?.into_iter().collect())
}

fn identifiers(bytes: &mut Unstructured<'_>) -> Drawn<Vec<String>> {
    up_to(bytes, 3, |bytes| one_of(bytes, IDENTIFIERS).map(ToOwned::to_owned))
}

fn attributes(bytes: &mut Unstructured<'_>) -> Drawn<Attributes> {
    Ok(Attributes::new().with("Tier", one_of(bytes, &["gold", "silver"])?))
}

fn profile(bytes: &mut Unstructured<'_>) -> Drawn<NewCustomerProfile> {
    // One of them is of no audience.
    let ids = [AUDIENCES, &[9]].concat();
    let audiences =
        |bytes: &mut Unstructured<'_>| up_to(bytes, 2, |bytes| one_of(bytes, &ids).map(Into::into));
    let changes = |bytes: &mut Unstructured<'_>| {
        Ok(ProfileAudiencesChanges { adds: audiences(bytes)?, deletes: audiences(bytes)? })
    };
    Ok(NewCustomerProfile {
        attributes: maybe(bytes, attributes)?,
        audiences_changes: maybe(bytes, changes)?,
        ..NewCustomerProfile::default()
    })
}

fn reservations(bytes: &mut Unstructured<'_>) -> Drawn<CouponReservations> {
    Ok(CouponReservations::new(up_to(bytes, 2, |bytes| one_of(bytes, PROFILES))?))
}

fn dry(bytes: &mut Unstructured<'_>) -> Drawn<Option<bool>> {
    if once_in(bytes, 8)? { bytes.arbitrary().map(Some) } else { Ok(None) }
}
