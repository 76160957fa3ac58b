//! The life of a session, whichever version of the API asks.

use std::collections::BTreeMap;

use http::StatusCode;
use talon_core::effect::{Effect, EffectKind};
use talon_core::model::{CustomerProfile, CustomerSessionV2, NewCustomerSessionV2, SessionState};
use talon_core::{Amount, ApiError, Problem, ProfileId, SessionId, Timestamp};

use super::evaluate::{self, Evaluation, EvaluationOptions};
use super::grants::{self, GrantTiming, IssuedCodes};
use super::{booking, merge};
use crate::operations::validate::{Problems, check_id};
use crate::rules::Facts;
use crate::state::{StoredProfile, StoredSession, Transaction};

/// An update of a session, as both versions of the API mean it.
#[derive(Debug)]
pub(crate) struct Update<'a> {
    pub(crate) id: &'a SessionId,
    pub(crate) session: &'a NewCustomerSessionV2,
    /// Pointer to the session within the request's body.
    pub(crate) prefix: &'static str,
    /// Total the shop computed itself; V1 alone.
    pub(crate) own_total: Option<talon_core::Amount>,
    /// Take what was sent alone, not what is stored: V2 dry runs.
    pub(crate) alone: bool,
    pub(crate) options: EvaluationOptions<'a>,
}

impl Update<'_> {
    pub(crate) fn is_v1(&self) -> bool {
        self.prefix.is_empty()
    }
}

/// A session after a request, and what came of it.
#[derive(Debug)]
pub(crate) struct Outcome {
    pub(crate) session: CustomerSessionV2,
    pub(crate) own_total: Option<talon_core::Amount>,
    /// An empty one for an anonymous customer.
    pub(crate) profile: CustomerProfile,
    pub(crate) evaluation: Evaluation,
    pub(crate) issued: IssuedCodes,
    /// Whether its effects are final: points are in the ledger, limits are used up.
    pub(crate) is_booked: bool,
    /// Name of the built-in event.
    pub(crate) event_type: &'static str,
}

impl Outcome {
    pub(crate) fn effects(&self) -> &[Effect] {
        &self.evaluation.effects
    }

    /// The profile's id, unless the customer is anonymous.
    pub(crate) fn profile_id(&self) -> Option<&ProfileId> {
        Some(&self.session.profile_id).filter(|id| !id.is_empty())
    }
}

/// Checks, merges, evaluates and settles one update.
pub(crate) fn update(tx: &mut Transaction<'_>, update: &Update<'_>) -> Result<Outcome, ApiError> {
    check_id("customerSessionId", update.id.as_str())?;
    check(tx, update)?;
    let stored = if update.alone { None } else { tx.take_session(update.id) };
    let from = stored.as_ref().map(|stored| stored.session.state.clone());
    let to = transition(from.as_ref(), update)?;
    let is_new = stored.is_none();
    let mut stored = stored.unwrap_or_else(|| merge::new_session(tx, update.id));
    let was_closed = from.is_some_and(|from| from != SessionState::Open);
    if !was_closed {
        merge::apply(&mut stored, update)?;
    }
    stored.session.state = to.clone();
    stored.session.updated = Some(tx.now);
    stored.session.update_count = Some(stored.session.update_count.unwrap_or(0).saturating_add(1));
    visit(tx, &mut stored);
    let event_type = match to {
        SessionState::Closed => "talon_session_closed",
        SessionState::Cancelled if was_closed => "talon_session_revoked",
        SessionState::Cancelled => "talon_session_cancelled",
        _ if is_new => "talon_session_created",
        _ => "talon_session_updated",
    };
    let evaluation = match to {
        SessionState::Cancelled => booking::roll_back(tx, &mut stored),
        _ => evaluate(tx, &stored.session, None, update.options),
    };
    Ok(finish(tx, stored, evaluation, event_type))
}

/// Evaluates the rules for an event within a stored or new session.
pub(crate) fn event(
    tx: &mut Transaction<'_>,
    id: &SessionId,
    profile: Option<&ProfileId>,
    event: &talon_core::model::Event,
) -> Result<Outcome, ApiError> {
    check_id("sessionId", id.as_str())?;
    let mut stored = match tx.take_session(id) {
        Some(stored) => stored,
        None => merge::new_session(tx, id),
    };
    let is_open = stored.session.state == SessionState::Open;
    if let Some(profile) = profile.filter(|profile| !profile.is_empty()) {
        let owner = &stored.session.profile_id;
        if !owner.is_empty() && owner != profile {
            let details = "the session belongs to another profile";
            return Err(ApiError::invalid(Problem::at("/profileId", "Invalid", details)));
        }
        // Who was counted for no profile is not taken off one when it is cancelled.
        if is_open {
            stored.session.profile_id = profile.clone();
        }
    }
    visit(tx, &mut stored);
    let mut evaluated = stored.session.clone();
    if !is_open {
        // Its codes are redeemed or given back; they are not to be judged again.
        evaluated.coupon_codes = None;
        evaluated.referral_code = None;
    }
    // An event redeems nothing: only the request that closes the session does.
    evaluated.state = SessionState::Open;
    let evaluation = evaluate(tx, &evaluated, Some(event), EvaluationOptions::default());
    let outcome = book_at_once(tx, &mut stored.session, evaluation, "");
    tx.put_session(stored);
    Ok(outcome)
}

/// Evaluates the rules for a profile, with an empty session that is not stored.
pub(crate) fn evaluate_profile(
    tx: &mut Transaction<'_>,
    id: &ProfileId,
    event_type: &'static str,
    options: EvaluationOptions<'_>,
) -> Outcome {
    let now = tx.now;
    tx.profile_or_new(id).profile.last_activity = now;
    let mut session = CustomerSessionV2 {
        created: now,
        application_id: tx.state.application,
        profile_id: id.clone(),
        first_session: true,
        ..CustomerSessionV2::default()
    };
    let evaluation = evaluate(tx, &session, None, options);
    book_at_once(tx, &mut session, evaluation, event_type)
}

/// Books what an event or a profile update causes: no close comes that would.
fn book_at_once(
    tx: &mut Transaction<'_>,
    session: &mut CustomerSessionV2,
    mut evaluation: Evaluation,
    event_type: &'static str,
) -> Outcome {
    booking::name_transactions(tx, &mut evaluation.effects);
    let issued = grants::keep(tx, session, &mut evaluation, GrantTiming::Now);
    booking::book_at_once(tx, session, &mut evaluation);
    booking::update_attributes(tx, session, &evaluation.effects);
    let outcome = outcome(tx, session.clone(), evaluation, event_type);
    Outcome { issued, is_booked: true, ..outcome }
}

fn finish(
    tx: &mut Transaction<'_>,
    mut stored: StoredSession,
    mut evaluation: Evaluation,
    event_type: &'static str,
) -> Outcome {
    booking::name_transactions(tx, &mut evaluation.effects);
    let is_closing = stored.session.state == SessionState::Closed;
    let timing = if is_closing { GrantTiming::Now } else { GrantTiming::AtClose };
    let issued = grants::keep(tx, &stored.session, &mut evaluation, timing);
    if is_closing {
        booking::close(tx, &mut stored, &mut evaluation);
    }
    booking::update_attributes(tx, &mut stored.session, &evaluation.effects);
    let mut outcome = outcome(tx, stored.session.clone(), evaluation, event_type);
    outcome.own_total = stored.own_total;
    outcome.issued = issued;
    outcome.is_booked = stored.session.state != SessionState::Open;
    if is_closing && outcome.profile_id().is_none() {
        // An anonymous customer is one for the length of this purchase.
        outcome.profile.closed_sessions = 1;
        outcome.profile.total_sales = stored.own_total.unwrap_or(stored.session.total);
    }
    tx.put_session(stored);
    outcome
}

fn outcome(
    tx: &Transaction<'_>,
    session: CustomerSessionV2,
    evaluation: Evaluation,
    event_type: &'static str,
) -> Outcome {
    Outcome {
        profile: profile_reply(tx, &session.profile_id),
        session,
        own_total: None,
        evaluation,
        issued: IssuedCodes::default(),
        is_booked: false,
        event_type,
    }
}

/// The profile, or for an anonymous customer an empty one: V1 answers always hold one.
pub(crate) fn profile_reply(tx: &Transaction<'_>, id: &ProfileId) -> CustomerProfile {
    match tx.profile(id) {
        Some(stored) => stored.profile.clone(),
        None => StoredProfile::new(ProfileId::default(), 0, tx.now).profile,
    }
}

/// Notes that the profile has this session; its first one is marked.
fn visit(tx: &mut Transaction<'_>, stored: &mut StoredSession) {
    let session = &mut stored.session;
    session.first_session = true;
    if session.profile_id.is_empty() {
        return;
    }
    let now = tx.now;
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

fn evaluate(
    tx: &Transaction<'_>,
    session: &CustomerSessionV2,
    event: Option<&talon_core::model::Event>,
    options: EvaluationOptions<'_>,
) -> Evaluation {
    let profile = tx.profile(&session.profile_id).map(|stored| &stored.profile);
    let facts = Facts {
        now: tx.now,
        session,
        profile,
        event,
        coupon: None,
        referral: None,
        zone: &tx.state.zone,
        case: tx.state.case,
        costs: &tx.state.costs,
    };
    evaluate::evaluate(tx, &facts, options)
}

fn check(tx: &Transaction<'_>, update: &Update<'_>) -> Result<(), ApiError> {
    let schema = &tx.state.schema;
    let mut problems = Problems::new();
    problems.session(update.prefix, update.session, schema.cart_item.as_ref());
    problems.attributes(
        || format!("{}/attributes", update.prefix),
        "CustomerSession",
        schema.session.as_ref(),
        update.session.attributes.as_ref(),
    );
    problems.amount(|| format!("{}/total", update.prefix), update.own_total);
    problems.finish()
}

/// The state the session goes to, or why it cannot.
fn transition(from: Option<&SessionState>, update: &Update<'_>) -> Result<SessionState, ApiError> {
    use SessionState::{Cancelled, Closed, Open};
    let wanted = update.session.state.as_ref();
    let refused = match (from, wanted) {
        (None, Some(Cancelled)) => "a new session cannot be cancelled",
        (None | Some(Open), to) => return Ok(to.cloned().unwrap_or(Open)),
        (Some(Cancelled), _) => "a cancelled session cannot be updated",
        (Some(_), Some(Cancelled)) => return Ok(Cancelled),
        (Some(Closed), _) => "a closed session cannot be updated, only cancelled",
        (Some(_), _) => "this session cannot be updated, only cancelled",
    };
    let pointer = format!("{}/state", update.prefix);
    let problem = Problem::at(pointer, "Invalid state transition", refused);
    if wanted == Some(&Closed) {
        // Shops tell by this sentence that a close which they repeat was done before.
        let message = "Only open sessions can be closed";
        return Err(ApiError::with_problems(StatusCode::BAD_REQUEST, message, vec![problem]));
    }
    Err(ApiError::invalid(problem))
}

/// The discounts an evaluation gives, by their labels. The units of an item share a label and add
/// up; of two discounts with one label the later replaces the earlier.
pub(crate) fn discounts(effects: &[Effect]) -> BTreeMap<String, Amount> {
    let mut discounts = BTreeMap::new();
    let mut last = None;
    for effect in effects {
        let (name, value, position) = match &effect.kind {
            EffectKind::SetDiscount(discount) => (&discount.name, discount.value, None),
            EffectKind::SetDiscountPerItem(discount) => {
                (&discount.name, discount.value, Some(discount.position))
            }
            _ => continue,
        };
        let source = (effect.campaign_id, effect.rule_index, name, position);
        let is_next_unit = position.is_some() && last == Some(source);
        let sum: &mut Amount = discounts.entry(name.clone()).or_default();
        *sum = if is_next_unit { *sum + value } else { value };
        last = Some(source);
    }
    discounts
}

/// The refusal of another instant than that of the clock, unless nothing is stored.
///
/// It is documented to lie ahead. Shops send instants in the past too, and get what held then.
pub(crate) fn check_now(now: Option<Timestamp>, dry: bool) -> Result<(), ApiError> {
    if now.is_none() || dry {
        return Ok(());
    }
    let details = "now can be given with dry=true alone";
    Err(ApiError::invalid(Problem::parameter("now", "Invalid", details)))
}
