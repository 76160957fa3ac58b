//! The facts that a session is evaluated with.

use std::borrow::Cow;

use talon_core::model::{CustomerProfile, CustomerSessionV2, Event};

use crate::engine::cards;
use crate::engine::evaluate::evaluate;
use crate::engine::outcome::{Evaluation, EvaluationOptions};
use crate::rules::{Facts, NoLedgers};
use crate::state::Transaction;

pub(in crate::engine) fn evaluate_session(
    tx: &Transaction<'_>,
    session: &CustomerSessionV2,
    event: Option<&Event>,
    options: EvaluationOptions<'_>,
) -> Evaluation {
    let profile = tx.profile(&session.profile_id).map(|stored| tx.with_memberships(stored));
    let advocate = advocate_of(tx, session);
    let cards = cards::named(tx, session);
    let facts = Facts {
        now: tx.now,
        session,
        profile: profile.as_deref(),
        event,
        coupon: None,
        referral: None,
        advocate: advocate.as_deref(),
        audience_changes: options.audience_changes,
        completed_achievements: None,
        ledgers: &NoLedgers,
        cards: &cards,
        zone: &tx.state.zone,
        case: tx.state.case,
        costs: &tx.state.costs,
    };
    evaluate(tx, &facts, options)
}

/// The advocate of the referral that a session names, with memberships in audiences.
fn advocate_of<'t>(
    tx: &'t Transaction<'_>,
    session: &CustomerSessionV2,
) -> Option<Cow<'t, CustomerProfile>> {
    let referral = &tx.referral(session.referral_code.as_ref()?)?.referral;
    let stored = tx.profile(&referral.advocate_profile_integration_id)?;
    Some(tx.with_memberships(stored))
}
