//! What the service refuses, in its own words where they are published.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Display;

use http::StatusCode;
use talon_core::model::ResponseContent;
use talon_core::{Amount, ApiError, Attributes, Problem};

use crate::nesting::{self, MAX_LEVELS};
use crate::world::AttributeType;

mod catalog;
mod session;

/// Largest magnitude of an amount.
const LARGEST: i64 = 1_000_000_000_000_000;
pub(crate) const MAX_ID: usize = 1000;
pub(crate) const MAX_RESERVATIONS: usize = 1000;

/// Collects everything that is wrong with a request, each with a pointer into its body.
#[derive(Debug, Default)]
pub(crate) struct Problems(Vec<Problem>);

impl Problems {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    pub(crate) fn add(
        &mut self,
        pointer: impl Into<String>,
        title: &str,
        details: impl Into<String>,
    ) {
        self.0.push(Problem::at(pointer, title, details));
    }

    /// The refusal, if anything is wrong.
    pub(crate) fn finish(self) -> Result<(), ApiError> {
        if self.0.is_empty() {
            return Ok(());
        }
        let message = "The submitted data was invalid";
        Err(ApiError::with_problems(StatusCode::BAD_REQUEST, message, self.0))
    }

    /// Checks that attributes nest no deeper than what can be kept, and against their declaration;
    /// `null` removes one and always fits.
    pub(crate) fn attributes(
        &mut self,
        pointer: impl Fn() -> String,
        entity: &str,
        declared: Option<&BTreeMap<String, AttributeType>>,
        attributes: Option<&Attributes>,
    ) {
        let Some(attributes) = attributes else { return };
        if let Some(name) = nesting::too_deep(attributes) {
            let pointer = format!("{}/{}", pointer(), escape(name));
            let details = format!("an attribute nests {MAX_LEVELS} levels deep at most");
            return self.add(pointer, "maxDepth", details);
        }
        let Some(declared) = declared else { return };
        for (name, value) in attributes.iter() {
            let pointer = || format!("{}/{}", pointer(), escape(name));
            match declared.get(name) {
                None => {
                    let details =
                        format!("The attribute \"{name}\" is not defined on {entity} entities.");
                    self.add(pointer(), "Unknown", details);
                }
                Some(kind) if !value.is_null() && !kind.fits(value) => {
                    let wanted = kind.article_and_name();
                    let details =
                        format!("Value of \"{name}\" attribute ({value}) is not {wanted}");
                    self.add(pointer(), "Invalid type", details);
                }
                Some(_) => {}
            }
        }
    }

    /// Checks a list of members to return against those that the reply may hold.
    pub(crate) fn response_content(
        &mut self,
        content: Option<&[ResponseContent]>,
        members: &[ResponseContent],
    ) {
        for (index, part) in content.unwrap_or_default().iter().enumerate() {
            if !members.contains(part) {
                self.one_of(format!("/responseContent/{index}"), "responseContent", members);
            }
        }
    }

    /// Refuses a value that is none of those that a member may have.
    pub(crate) fn one_of(
        &mut self,
        pointer: impl Into<String>,
        member: &str,
        values: &[impl Display],
    ) {
        let values: Vec<_> = values.iter().map(|value| format!("\"{value}\"")).collect();
        let details = format!("{member} must be one of the following: {}", values.join(", "));
        self.add(pointer, "enum", details);
    }

    /// Refuses to tell a request that is not dry which campaigns would apply.
    pub(crate) fn no_eligibility(&mut self, content: Option<&[ResponseContent]>) {
        let mut content = content.unwrap_or_default().iter();
        if let Some(index) = content.position(|part| *part == ResponseContent::CampaignEligibility)
        {
            let details = "campaignEligibility can be asked for with dry=true alone";
            self.add(format!("/responseContent/{index}"), "Invalid", details);
        }
    }

    pub(crate) fn amount(&mut self, pointer: impl FnOnce() -> String, amount: Option<Amount>) {
        let largest = Amount::from(LARGEST);
        if amount.is_some_and(|amount| amount > largest || amount < -largest) {
            self.add(pointer(), "maximum", format!("must be within ±{LARGEST}"));
        }
    }

    pub(crate) fn id(&mut self, pointer: &str, id: &str) {
        if id.is_empty() {
            self.add(pointer, "minLength", "must not be empty");
        }
        self.length(|| pointer.to_owned(), id, MAX_ID);
    }

    /// Checks the store of a request against those that are declared.
    pub(crate) fn store(
        &mut self,
        pointer: &str,
        store: Option<&str>,
        declared: Option<&BTreeSet<String>>,
    ) {
        let Some(store) = store else { return };
        self.id(pointer, store);
        if declared.is_some_and(|declared| !declared.contains(store)) {
            let details = format!("There is no store with the integration ID \"{store}\".");
            self.add(pointer, "Unknown", details);
        }
    }

    pub(crate) fn length(&mut self, pointer: impl FnOnce() -> String, text: &str, longest: usize) {
        if text.chars().count() > longest {
            self.add(pointer(), "maxLength", format!("at most {longest} characters"));
        }
    }
}

/// The refusal of a path parameter that is too long.
pub(crate) fn check_id(name: &str, id: &str) -> Result<(), ApiError> {
    if id.chars().count() <= MAX_ID {
        return Ok(());
    }
    let details = format!("{name} may have {MAX_ID} characters at most");
    Err(ApiError::invalid(Problem::parameter(name, "maxLength", details)))
}

/// A name within a JSON pointer.
fn escape(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}
