//! What a request does to a session: updates of both versions of the API, events, and profile
//! updates, which are evaluated with an empty session.

use talon_core::effect::{Effect, EffectKind};
use talon_core::model::{CustomerSessionV2, Event, SessionState};
use talon_core::{ApiError, Attributes, Problem, ProfileId, SessionId};

use super::booking::RemainingLimits;
use super::grants::GrantTiming;
pub(crate) use super::merge::Update;
use super::outcome::{Evaluation, EvaluationOptions, IssuedCodes, Outcome, RaisedEvent};
use super::{booking, grants, merge, raised_events};
use crate::state::{StoredEvent, StoredSession, Transaction};
use crate::store::EncodedValue;

mod evaluation;
mod transition;

pub(super) use evaluation::evaluate_session;
use transition::{event_type, next_state};

/// Merges an update into a session, evaluates it, and writes what follows from its state.
pub(crate) fn update(tx: &mut Transaction<'_>, update: &Update<'_>) -> Result<Outcome, ApiError> {
    let stored = if update.ignores_stored { None } else { tx.take_session(update.id) };
    let from = stored.as_ref().map(|stored| stored.session.state.clone());
    let to = next_state(from.as_ref(), update.session.state.as_ref(), update.prefix)?;
    let mut stored = stored.unwrap_or_else(|| merge::new_session(tx, update.id));
    let was_closed = from.as_ref().is_some_and(|from| *from != SessionState::Open);
    if !was_closed {
        merge::apply(tx, &mut stored, update)?;
    }
    stored.session.state = to.clone();
    stored.session.updated = Some(tx.now);
    stored.session.update_count = Some(stored.session.update_count.unwrap_or(0).saturating_add(1));
    visit(tx, &mut stored);
    let evaluation = match to {
        SessionState::Cancelled if was_closed => {
            let effects = booking::cancel(tx, &mut stored, RemainingLimits::Release);
            Evaluation { effects, ..Evaluation::default() }
        }
        SessionState::Cancelled => Evaluation::default(),
        _ => {
            let options = EvaluationOptions { awarded: &stored.awarded, ..update.options };
            evaluate_session(tx, &stored.session, None, options)
        }
    };
    Ok(finish(tx, stored, evaluation, event_type(from.as_ref(), &to)))
}

/// Evaluates the rules for an event within a stored or new session.
pub(crate) fn track(
    tx: &mut Transaction<'_>,
    id: &SessionId,
    event: &Event,
) -> Result<Outcome, ApiError> {
    let mut stored = match tx.take_session(id) {
        Some(stored) => stored,
        None => merge::new_session(tx, id),
    };
    let is_open = stored.session.state == SessionState::Open;
    if let Some(profile) = event.profile_id.as_ref().filter(|profile| !profile.is_empty()) {
        let owner = &stored.session.profile_id;
        if !owner.is_empty() && owner != profile {
            let details = "the session belongs to another profile";
            return Err(ApiError::invalid(Problem::at("/profileId", "Invalid", details)));
        }
        // The totals of a session that was closed without a profile are no profile's.
        if is_open {
            stored.session.profile_id = profile.clone();
        }
    }
    visit(tx, &mut stored);
    let mut evaluated = stored.session.clone();
    if !is_open {
        // Its codes are redeemed or given back; they are not evaluated again.
        evaluated.coupon_codes = None;
        evaluated.referral_code = None;
    }
    // An event redeems nothing: only the request that closes the session does.
    evaluated.state = SessionState::Open;
    let options = EvaluationOptions::default();
    let evaluation = evaluate_session(tx, &evaluated, Some(event), options);
    let booked = book_at_once(tx, &mut stored.session, evaluation);
    let session = stored.session.clone();
    tx.put_session(stored);
    let (profile, effects) = (&session.profile_id, &booked.0.effects);
    let event =
        raised_events::enter(tx, event.id, event.event_type.clone().into(), profile, effects);
    Ok(outcome(tx, session, booked, event))
}

/// Evaluates the rules for a profile, with an empty session that is not stored.
pub(crate) fn evaluate_profile(
    tx: &mut Transaction<'_>,
    id: &ProfileId,
    event_type: &'static str,
    options: EvaluationOptions<'_>,
) -> Outcome {
    let mut session = empty_session(tx, id);
    let evaluation = evaluate_session(tx, &session, None, options);
    let booked = book_at_once(tx, &mut session, evaluation);
    let event = raised_events::raise(tx, event_type, id, &booked.0.effects);
    outcome(tx, session, booked, event)
}

/// Evaluates the rules for an event outside of sessions.
///
/// Rules read the cart and the attributes of a connected session. Its codes were redeemed when it was
/// closed, so they are left out; the referral code of the event takes their place. The session is
/// not changed.
pub(crate) fn track_outside_sessions(
    tx: &mut Transaction<'_>,
    stored: &StoredEvent,
    options: EvaluationOptions<'_>,
) -> Outcome {
    let event = &stored.event;
    let profile = event.profile_id.clone().unwrap_or_default();
    let empty = empty_session(tx, &profile);
    let connected = stored.connected_session.as_ref().and_then(|id| tx.session(id));
    let read = connected.map_or(empty, |connected| connected.session.clone());
    let mut session = CustomerSessionV2 {
        integration_id: SessionId::default(),
        profile_id: profile.clone(),
        store_integration_id: event.store_integration_id.clone().or(read.store_integration_id),
        coupon_codes: None,
        referral_code: stored.referral_code.clone(),
        loyalty_cards: Some(stored.loyalty_cards.clone()),
        ..read
    };
    let evaluation = evaluate_session(tx, &session, Some(event), options);
    let booked = book_at_once(tx, &mut session, evaluation);
    let effects = &booked.0.effects;
    let event =
        raised_events::enter(tx, event.id, event.event_type.clone().into(), &profile, effects);
    outcome(tx, session, booked, event)
}

/// A session without a cart, for what happens outside of sessions; touches the profile.
fn empty_session(tx: &mut Transaction<'_>, profile: &ProfileId) -> CustomerSessionV2 {
    let now = tx.now;
    tx.profile_or_new(profile).profile.last_activity = now;
    CustomerSessionV2 {
        created: now,
        application_id: tx.state.application,
        profile_id: profile.clone(),
        first_session: true,
        ..CustomerSessionV2::default()
    }
}

/// Books what an event or a profile update causes, which no close follows.
fn book_at_once(
    tx: &mut Transaction<'_>,
    session: &mut CustomerSessionV2,
    mut evaluation: Evaluation,
) -> (Evaluation, IssuedCodes) {
    booking::name_transactions(tx, &mut evaluation.effects);
    let issued = grants::issue(tx, session, &mut evaluation, GrantTiming::Now, &[]);
    booking::book_at_once(tx, session, &mut evaluation);
    update_attributes(tx, session, &evaluation);
    (evaluation, issued)
}

/// Writes what follows from an evaluation and the state of the session.
fn finish(
    tx: &mut Transaction<'_>,
    mut stored: StoredSession,
    mut evaluation: Evaluation,
    event_type: &'static str,
) -> Outcome {
    booking::name_transactions(tx, &mut evaluation.effects);
    let is_closing = stored.session.state == SessionState::Closed;
    let timing = if is_closing { GrantTiming::Now } else { GrantTiming::OnClose };
    let issued = grants::issue(tx, &stored.session, &mut evaluation, timing, &stored.awarded);
    stored.provisional_effects = match stored.session.state {
        SessionState::Open => Some(EncodedValue::new(evaluation.effects.clone())),
        _ => None,
    };
    if is_closing {
        remember_awards(&mut stored.awarded, &evaluation.effects);
        booking::close(tx, &mut stored, &mut evaluation);
    }
    update_attributes(tx, &mut stored.session, &evaluation);
    let is_booked = stored.session.state != SessionState::Open;
    let booked = if is_booked { &evaluation.effects[..] } else { &[] };
    let event = raised_events::raise(tx, event_type, &stored.session.profile_id, booked);
    let (session, own_total) = (stored.session.clone(), stored.own_total);
    tx.put_session(stored);
    let purchase = is_closing.then(|| own_total.unwrap_or(session.total));
    let outcome = outcome(tx, session, (evaluation, issued), event);
    Outcome { own_total, purchase, is_booked, ..outcome }
}

pub(super) fn outcome(
    tx: &mut Transaction<'_>,
    session: CustomerSessionV2,
    (mut evaluation, issued): (Evaluation, IssuedCodes),
    event: RaisedEvent,
) -> Outcome {
    tx.failures = std::mem::take(&mut evaluation.failures);
    let (own_total, purchase) = (None, None);
    Outcome { session, own_total, purchase, evaluation, issued, is_booked: true, event }
}

/// Adds the giveaways among the effects to those that the session awarded.
pub(super) fn remember_awards(awarded: &mut Vec<Effect>, effects: &[Effect]) {
    for effect in effects {
        let is_award = matches!(effect.kind, EffectKind::AwardGiveaway(_));
        if is_award && awarded.iter().all(|known| known.kind != effect.kind) {
            awarded.push(effect.clone());
        }
    }
}

/// Adds the session to those of its profile, and marks the first one.
pub(super) fn visit(tx: &mut Transaction<'_>, stored: &mut StoredSession) {
    let session = &mut stored.session;
    session.first_session = true;
    if session.profile_id.is_empty() {
        return;
    }
    let now = tx.now;
    // A profile that was active at this instant, such as one of a clock that stands still, is only read.
    let known = tx.profile(&session.profile_id).filter(|profile| {
        stored.before.is_some() && profile.profile.last_activity == now && !profile.is_hidden
    });
    if let Some(first) = known.and_then(|profile| profile.first_session.as_ref()) {
        session.first_session = *first == session.integration_id;
        return;
    }
    let profile = tx.profile_or_new(&session.profile_id);
    let first = profile.first_session.get_or_insert_with(|| session.integration_id.clone());
    session.first_session = *first == session.integration_id;
    profile.profile.last_activity = now;
    if stored.before.is_none() {
        let id = session.integration_id.clone();
        let before = profile.latest_session.replace(id.clone());
        stored.before = Some(before.unwrap_or(id));
    }
}

/// Applies `updateAttribute` to the profile and the session.
pub(super) fn update_attributes(
    tx: &mut Transaction<'_>,
    session: &mut CustomerSessionV2,
    evaluation: &Evaluation,
) {
    for effect in &evaluation.effects {
        let EffectKind::UpdateAttribute(update) = &effect.kind else { continue };
        let change = |name: &str| Attributes::new().with(name, update.value.clone());
        if let Some(name) = update.path.strip_prefix("Session.Attributes.") {
            session.attributes.merge(&change(name));
        } else if let Some(name) = update.path.strip_prefix("Profile.Attributes.")
            && let Some(stored) = tx.profile_mut(&session.profile_id)
        {
            stored.profile.attributes.merge(&change(name));
        }
    }
}
