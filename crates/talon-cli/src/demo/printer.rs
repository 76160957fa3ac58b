//! Prints the steps of the demo, as text or as JSON.

use std::fmt;

use bytes::Bytes;
use http::Request;
use serde::Serialize;
use talon_core::api::{Call, ReplyOf};
use talon_core::effect::EffectKind;
use talon_core::{Amount, Error, IntegrationApi, OperationInfo};

use super::effects;
use crate::{CliError, output};

/// Makes the calls and prints a step for each.
#[derive(Debug)]
pub(super) struct StepPrinter {
    as_json: bool,
    number: u32,
}

/// One step: a call and its result.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Step {
    number: u32,
    title: String,
    operation: &'static str,
    request: String,
    sent: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    received: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cart: Option<Cart>,
}

/// Price of a cart.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Cart {
    total: Amount,
    discount: Amount,
    to_pay: Amount,
}

impl StepPrinter {
    pub(super) fn new(as_json: bool) -> Self {
        Self { as_json, number: 0 }
    }

    /// Makes a call; the step describes its request.
    pub(super) async fn call<O: Call>(
        &mut self,
        api: &dyn IntegrationApi,
        title: &str,
        sent: &str,
        operation: O,
    ) -> (Step, Result<ReplyOf<O>, Error>) {
        let step = self.step(title, sent, O::INFO, operation.to_http());
        (step, operation.call(api).await)
    }

    /// The step of a call that is about to be made.
    fn step(
        &mut self,
        title: &str,
        sent: &str,
        info: &OperationInfo,
        request: Result<Request<Bytes>, Error>,
    ) -> Step {
        self.number += 1;
        let request = match request {
            Ok(request) => format!("{} {}", request.method(), request.uri()),
            Err(error) => error.to_string(),
        };
        Step {
            number: self.number,
            title: title.to_owned(),
            operation: info.id,
            request,
            sent: sent.to_owned(),
            ..Step::default()
        }
    }

    pub(super) fn print(&self, step: &Step) -> Result<(), CliError> {
        if self.as_json {
            output::print_line(&serde_json::to_string(step).unwrap_or_default())
        } else {
            output::print_line(&step.to_string())
        }
    }
}

/// The step as text, with an empty line after it.
impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{:>2}  {}", self.number, self.title)?;
        writeln!(f, "    → {:<58} {}", self.request, self.operation)?;
        if !self.sent.is_empty() {
            writeln!(f, "      {}", self.sent)?;
        }
        for line in &self.received {
            writeln!(f, "    ← {line}")?;
        }
        if let Some(Cart { total, discount, to_pay }) = &self.cart {
            writeln!(f, "      cart {total} − {discount} = {to_pay} to pay")?;
        }
        Ok(())
    }
}

impl Step {
    pub(super) fn with_line(mut self, line: impl Into<String>) -> Self {
        self.received.push(line.into());
        self
    }

    /// Adds a line for each effect, and the price of a cart of `total` after them.
    pub(super) fn with_effects<'e>(
        mut self,
        total: Amount,
        effects: impl IntoIterator<Item = &'e EffectKind>,
    ) -> Self {
        let effects: Vec<_> = effects.into_iter().collect();
        let discount = effects.iter().map(|effect| effects::discount(effect)).sum();
        self.received.extend(effects.iter().map(|effect| effects::describe(effect)));
        self.cart = Some(Cart { total, discount, to_pay: total - discount });
        self
    }

    /// Adds a line for each effect of a cancelled session, which has no price.
    pub(super) fn with_rollbacks<'e>(
        mut self,
        effects: impl IntoIterator<Item = &'e EffectKind>,
    ) -> Self {
        self.received.extend(effects.into_iter().map(effects::describe));
        self
    }

    /// Adds the refusal as a line.
    pub(super) fn with_refusal(self, error: &Error) -> Self {
        self.with_line(format!("{error}"))
    }
}
