//! Audiences.

use std::collections::BTreeSet;

use http::StatusCode;
use talon_core::model::{Audience, NewAudience};
use talon_core::operations::{
    CreateAudienceV2, DeleteAudienceMembershipsV2, DeleteAudienceV2, UpdateAudienceV2,
};
use talon_core::{ApiError, ApplicationId, AudienceId, Problem};

use super::Execute;
use super::validate::Problems;
use crate::engine::audiences;
use crate::state::{ACCOUNT, AudienceName, StoredAudience, Transaction};

mod members;

impl Execute for CreateAudienceV2 {
    fn execute(&self, tx: &mut Transaction<'_>) -> Result<Audience, ApiError> {
        check(&self.audience)?;
        let (id, generation) = new_id(tx);
        let audience = new_audience(tx, id, &self.audience);
        let stored = StoredAudience { audience: audience.clone(), generation };
        if let Some(name) = stored.name() {
            if tx.tables.audience_names.get(&name).is_some() {
                return Err(exists());
            }
            tx.tables.audience_names.put(AudienceName { name, audience: id });
        }
        tx.tables.audiences.put(stored);
        Ok(audience)
    }
}

impl Execute for UpdateAudienceV2 {
    fn execute(&self, tx: &mut Transaction<'_>) -> Result<Audience, ApiError> {
        let mut problems = Problems::new();
        check_name(&mut problems, &self.update.name);
        let applications = self.update.subscribed_applications_ids.as_deref();
        check_applications(&mut problems, applications);
        problems.finish()?;
        tx.expect_audience(self.audience_id)?;
        if let Some(stored) = tx.tables.audiences.get_mut(&self.audience_id) {
            stored.audience.name.clone_from(&self.update.name);
            if let Some(applications) = applications {
                stored.audience.subscribed_applications_ids = Some(applications.to_vec());
            }
        }
        tx.audience_reply(self.audience_id)
    }
}

impl Execute for DeleteAudienceV2 {
    fn execute(&self, tx: &mut Transaction<'_>) -> Result<(), ApiError> {
        tx.expect_audience(self.audience_id)?;
        if let Some(campaign) = audiences::campaign_with(tx, self.audience_id) {
            let details = format!("the campaign \"{}\" uses it", campaign.campaign.name);
            return Err(ApiError::invalid(Problem::parameter("audienceId", "Invalid", details)));
        }
        audiences::delete(tx, self.audience_id);
        Ok(())
    }
}

impl Execute for DeleteAudienceMembershipsV2 {
    fn execute(&self, tx: &mut Transaction<'_>) -> Result<(), ApiError> {
        tx.expect_audience(self.audience_id)?;
        audiences::end_memberships(tx, self.audience_id);
        Ok(())
    }
}

fn check(audience: &NewAudience) -> Result<(), ApiError> {
    let mut problems = Problems::new();
    check_name(&mut problems, &audience.name);
    match &audience.integration_id {
        Some(id) => problems.id("/integrationId", id),
        None if audience.integration.as_ref().is_some_and(|name| !name.is_empty()) => {
            let details = "an audience of an integration needs its id there";
            problems.add("/integrationId", "required", details);
        }
        None => {}
    }
    check_applications(&mut problems, audience.subscribed_applications_ids.as_deref());
    problems.finish()
}

fn check_name(problems: &mut Problems, name: &str) {
    if name.is_empty() {
        problems.add("/name", "minLength", "must not be empty");
    }
}

fn check_applications(problems: &mut Problems, ids: Option<&[ApplicationId]>) {
    let mut seen = BTreeSet::new();
    for (index, id) in ids.unwrap_or_default().iter().enumerate() {
        if !seen.insert(id) {
            let pointer = format!("/subscribedApplicationsIds/{index}");
            problems.add(pointer, "uniqueItems", format!("{id} is listed twice"));
        }
    }
}

/// An id that no audience of the world has, and the generation of its memberships.
fn new_id(tx: &mut Transaction<'_>) -> (AudienceId, i64) {
    loop {
        let number: i64 = tx.ids().number();
        if tx.audience(AudienceId::from(number)).is_none() {
            return (number.into(), number);
        }
    }
}

fn new_audience(tx: &Transaction<'_>, id: AudienceId, new: &NewAudience) -> Audience {
    let is_third_party = new.created_in_3rd_party.unwrap_or(new.integration_id.is_some());
    Audience {
        account_id: ACCOUNT.into(),
        id,
        created: tx.now,
        name: new.name.clone(),
        sandbox: new.sandbox,
        description: new.description.clone(),
        subscribed_applications_ids: new.subscribed_applications_ids.clone(),
        integration: new.integration.clone(),
        integration_id: new.integration_id.clone(),
        created_in_3rd_party: Some(is_third_party),
        last_update: new.last_update.or(Some(tx.now)),
    }
}

/// The refusal of an id that another audience of the integration has.
fn exists() -> ApiError {
    let message = "An audience with this ID already exists for this integration";
    let problem = Problem::at("/integrationId", "Exists", "another audience has it");
    ApiError::with_problems(StatusCode::CONFLICT, message, vec![problem])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_repeated_application_is_told_however_many_there_are() {
        let ids: Vec<_> = (0..200_000).chain([7, 7]).map(ApplicationId::from).collect();
        let mut problems = Problems::new();

        check_applications(&mut problems, Some(&ids));

        let refusal = problems.finish().expect_err("an application is listed twice");
        let pointers = refusal.problems().iter().map(|it| it.source.pointer.as_deref());
        let place = |index: usize| format!("/subscribedApplicationsIds/{index}");
        let expected = [place(200_000), place(200_001)];
        assert!(pointers.eq(expected.iter().map(|place| Some(place.as_str()))), "{refusal:?}");
    }
}
