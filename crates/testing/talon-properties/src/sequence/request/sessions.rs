//! Generated requests: updates, returns and reads of sessions.

use std::collections::BTreeMap;

use arbitrary::{Result, Unstructured};
use talon_core::model::{ReopenedSession, ResponseContent};
use talon_core::prelude::*;
use talon_fake::Fake;

use super::{GenerateRequest, attributes, dry};
use crate::sequence::expected::{Expected, TotalUpdate, effects_of_event};
use crate::sequence::values::{
    CAMPAIGNS, CARDS, COSTS, IDENTIFIERS, KnownCodes, PROFILES, SESSIONS, SKUS, STORES, amount,
    instant, maybe, once_in, one_of, up_to,
};

impl GenerateRequest for UpdateCustomerSessionV2 {
    fn generate(bytes: &mut Unstructured<'_>, codes: &KnownCodes) -> Result<Self> {
        let id = one_of(bytes, SESSIONS)?;
        let mut session = NewCustomerSessionV2 {
            state: state(bytes)?,
            profile_id: maybe(bytes, |bytes| one_of(bytes, PROFILES))?.map(Into::into),
            cart_items: maybe(bytes, |bytes| up_to(bytes, 2, item))?,
            coupon_codes: maybe(bytes, |bytes| {
                up_to(bytes, 3, |bytes| one_of(bytes, &codes.coupons))
            })?,
            referral_code: maybe(bytes, |bytes| one_of(bytes, &codes.referrals))?,
            ..NewCustomerSessionV2::default()
        };
        if once_in(bytes, 2)? {
            session.loyalty_cards =
                Some(up_to(bytes, 1, |bytes| Ok(one_of(bytes, CARDS)?.to_owned()))?);
        }
        if once_in(bytes, 4)? {
            session.identifiers = Some(identifiers(bytes)?);
            session.store_integration_id =
                maybe(bytes, |bytes| one_of(bytes, STORES))?.map(Into::into);
            session.additional_costs = Some(costs(bytes)?);
            session.attributes = Some(attributes(bytes)?);
        }
        let parts = ResponseContent::KNOWN.iter().cloned();
        let mut request = Self::new(id, session).response_content(parts);
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

    fn record(
        &self,
        reply: &IntegrationStateV2,
        fake: &Fake,
        expected: &mut Expected,
        codes: &mut KnownCodes,
    ) {
        let session = reply.customer_session.as_ref().expect("the request asks for it");
        let sent = &self.request.customer_session;
        let total = if sent.cart_items.is_some() { TotalUpdate::Remove } else { TotalUpdate::Keep };
        expected.update_session(fake, &session.state, &self.session_id, total, &reply.effects);
        codes.add_created(&reply.effects);
    }
}

impl GenerateRequest for UpdateCustomerSession {
    fn generate(bytes: &mut Unstructured<'_>, codes: &KnownCodes) -> Result<Self> {
        let id = one_of(bytes, SESSIONS)?;
        let session = NewCustomerSession {
            state: state(bytes)?,
            profile_id: maybe(bytes, |bytes| one_of(bytes, PROFILES))?.map(Into::into),
            cart_items: maybe(bytes, |bytes| up_to(bytes, 2, item))?,
            coupon: maybe(bytes, |bytes| one_of(bytes, &codes.coupons))?,
            referral: maybe(bytes, |bytes| one_of(bytes, &codes.referrals))?,
            total: maybe(bytes, amount)?,
            ..NewCustomerSession::default()
        };
        Ok(Self { dry: dry(bytes)?, ..Self::new(id, session) })
    }

    fn is_dry(&self) -> bool {
        self.dry == Some(true)
    }

    fn record(
        &self,
        reply: &IntegrationState,
        fake: &Fake,
        expected: &mut Expected,
        codes: &mut KnownCodes,
    ) {
        let sent = &self.session;
        // In V1, new items do not replace the total that the shop sent.
        let total = sent.total.map_or(TotalUpdate::Keep, TotalUpdate::Set);
        let effects = effects_of_event(&reply.event, reply.coupon.as_ref());
        expected.update_session(fake, &reply.session.state, &self.session_id, total, &effects);
        codes.add_created(&effects);
    }
}

impl GenerateRequest for GetCustomerSession {
    fn generate(bytes: &mut Unstructured<'_>, _: &KnownCodes) -> Result<Self> {
        Ok(Self::new(one_of(bytes, SESSIONS)?))
    }
}

impl GenerateRequest for ReopenCustomerSession {
    fn generate(bytes: &mut Unstructured<'_>, _: &KnownCodes) -> Result<Self> {
        Ok(Self::new(one_of(bytes, SESSIONS)?))
    }

    fn record(
        &self,
        reply: &ReopenedSession,
        _: &Fake,
        expected: &mut Expected,
        _: &mut KnownCodes,
    ) {
        expected.reopen_session(&self.session_id, &reply.effects);
    }
}

impl GenerateRequest for ReturnCartItems {
    fn generate(bytes: &mut Unstructured<'_>, _: &KnownCodes) -> Result<Self> {
        let id = one_of(bytes, SESSIONS)?;
        let items = up_to(bytes, 2, returned_item)?;
        let run_rule_engine = one_of(bytes, &[None, Some(true), Some(false), Some(true)])?;
        let parts = [ResponseContent::CustomerSession, ResponseContent::PreviousReturns];
        Ok(Self {
            run_rule_engine,
            dry: dry(bytes)?,
            ..Self::new(id, items).response_content(parts)
        })
    }

    fn is_dry(&self) -> bool {
        self.dry == Some(true)
    }

    fn record(
        &self,
        reply: &IntegrationStateV2,
        fake: &Fake,
        expected: &mut Expected,
        codes: &mut KnownCodes,
    ) {
        let session = reply.customer_session.as_ref().expect("the request asks for it");
        expected.return_items(session, &reply.effects, fake.clock().now());
        codes.add_created(&reply.effects);
    }
}

fn state(bytes: &mut Unstructured<'_>) -> Result<Option<SessionState>> {
    use SessionState::{Cancelled, Closed, Open};
    let states = [None, Some(Closed), Some(Cancelled), Some(Closed), Some(Open), None];
    if once_in(bytes, 32)? {
        return Ok(Some(SessionState::PartiallyReturned));
    }
    one_of(bytes, &states)
}

fn item(bytes: &mut Unstructured<'_>) -> Result<CartItem> {
    let (sku, quantity) = (one_of(bytes, SKUS)?, bytes.int_in_range(1..=3i64)?);
    let mut item = CartItem::new(sku, quantity).price(amount(bytes)?);
    if once_in(bytes, 4)? {
        item.additional_costs = Some(costs(bytes)?);
    }
    Ok(item)
}

fn returned_item(bytes: &mut Unstructured<'_>) -> Result<ReturnedCartItem> {
    Ok(ReturnedCartItem {
        position: maybe(bytes, |bytes| bytes.int_in_range(0..=2))?,
        quantity: maybe(bytes, |bytes| bytes.int_in_range(0..=3))?,
        sku: maybe(bytes, |bytes| one_of(bytes, SKUS))?.map(ToOwned::to_owned),
    })
}

type Costs = BTreeMap<String, AdditionalCost>;

fn costs(bytes: &mut Unstructured<'_>) -> Result<Costs> {
    let cost = |bytes: &mut Unstructured<'_>| {
        Ok((one_of(bytes, COSTS)?.to_owned(), AdditionalCost { price: amount(bytes)? }))
    };
    Ok(up_to(bytes, 2, cost)?.into_iter().collect())
}

fn identifiers(bytes: &mut Unstructured<'_>) -> Result<Vec<String>> {
    up_to(bytes, 3, |bytes| one_of(bytes, IDENTIFIERS).map(ToOwned::to_owned))
}
