//! What steps with sessions have in common.

use talon_core::effect::{Effect, EffectKind};
use talon_core::prelude::*;

use super::printer::{Step, StepPrinter};
use crate::CliError;

pub(super) type StepResult = Result<(), CliError>;

/// An update whose reply contains the session.
pub(super) fn session_request(id: &str, session: NewCustomerSessionV2) -> UpdateCustomerSessionV2 {
    UpdateCustomerSessionV2::new(id, session).response_content([ResponseContent::CustomerSession])
}

pub(super) fn print_cart(
    printer: &StepPrinter,
    step: Step,
    state: &IntegrationStateV2,
) -> StepResult {
    let total = state.customer_session.as_ref().map(|session| session.total);
    printer.print(&step.with_effects(total.unwrap_or_default(), kinds(&state.effects)))
}

pub(super) fn kinds(effects: &[Effect]) -> impl Iterator<Item = &EffectKind> {
    effects.iter().map(|effect| &effect.kind)
}
