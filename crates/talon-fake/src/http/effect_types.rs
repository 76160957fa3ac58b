//! How many effects of each type a reply has.

use std::any::Any;
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use http::Extensions;
use talon_core::effect::{Effect, EventEffect};
use talon_core::model::{
    CurrentSession, CustomerProfileUpdate, Event, IntegrationState, IntegrationStateV2,
    ReopenedSession,
};

/// Effects by their type.
pub(super) type EffectTypes = BTreeMap<String, usize>;

/// A place for the effects of a reply. Whoever wants them adds it to the extensions of the request;
/// the handler, which has the reply as a value, fills it.
#[derive(Clone, Debug, Default)]
pub(super) struct EffectNote(Arc<OnceLock<EffectTypes>>);

impl EffectNote {
    /// Fills the note of a request, if it has one.
    pub(super) fn fill(extensions: &Extensions, reply: Option<&dyn Any>) {
        if let Some(note) = extensions.get::<Self>() {
            // A second handler of a request would tell the same.
            let _ = note.0.set(reply.map(effect_types).unwrap_or_default());
        }
    }

    /// What the handler noted; `None` when no handler got the request, or a fault came between.
    pub(super) fn take(self) -> Option<EffectTypes> {
        Arc::into_inner(self.0)?.into_inner()
    }
}

fn effect_types(reply: &dyn Any) -> EffectTypes {
    if let Some(state) = reply.downcast_ref::<IntegrationStateV2>() {
        count(&state.effects, state.event.as_ref())
    } else if let Some(state) = reply.downcast_ref::<Option<IntegrationStateV2>>() {
        let state = state.as_ref();
        count(state.map_or(&[], |state| &state.effects), state.and_then(|it| it.event.as_ref()))
    } else if let Some(state) = reply.downcast_ref::<IntegrationState>() {
        count(&[], Some(&state.event))
    } else if let Some(profile) = reply.downcast_ref::<CustomerProfileUpdate>() {
        count(profile.effects.as_deref().unwrap_or_default(), profile.event.as_ref())
    } else if let Some(session) = reply.downcast_ref::<CurrentSession>() {
        count(session.effects.as_deref().unwrap_or_default(), None)
    } else if let Some(session) = reply.downcast_ref::<ReopenedSession>() {
        count(&session.effects, None)
    } else {
        EffectTypes::new()
    }
}

fn count(effects: &[Effect], event: Option<&Event>) -> EffectTypes {
    let of_event = event.into_iter().flat_map(|event| &event.effects);
    let of_event = of_event.filter_map(EventEffect::typed).map(|effect| &effect.kind);
    let mut types = EffectTypes::new();
    for kind in effects.iter().map(|effect| &effect.kind).chain(of_event) {
        match types.get_mut(kind.effect_type()) {
            Some(count) => *count += 1,
            None => drop(types.insert(kind.effect_type().to_owned(), 1)),
        }
    }
    types
}
