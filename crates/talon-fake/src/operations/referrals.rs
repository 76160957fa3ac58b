//! Referral codes.

use std::ops::RangeInclusive;

use talon_core::model::{
    CodeGeneratorSettings, NewReferral, NewReferralBatch, Referral, ReferralList,
};
use talon_core::operation::YesNo;
use talon_core::operations::{CreateReferral, CreateReferralsForMultipleAdvocates};
use talon_core::{ApiError, ProfileId};

use super::Execute;
use super::validate::{MAX_ID, Problems};
use crate::engine::codes::{self, CodeBatch};
use crate::state::Transaction;
use crate::world::default_code_settings;

const MAX_ADVOCATES: usize = 1000;
const MAX_USAGE_LIMIT: i64 = 999_999;
const PATTERN_LENGTHS: RangeInclusive<usize> = 3..=100;

impl Execute for CreateReferral {
    fn execute(&self, tx: &mut Transaction<'_>) -> Result<Referral, ApiError> {
        let mut problems = Problems::new();
        let advocate = &self.referral.advocate_profile_integration_id;
        problems.id("/advocateProfileIntegrationId", advocate.as_str());
        if let Some(friend) = &self.referral.friend_profile_integration_id {
            let pointer = || "/friendProfileIntegrationId".to_owned();
            problems.length(pointer, friend.as_str(), MAX_ID);
        }
        check_usage_limit(&mut problems, self.referral.usage_limit);
        let attributes = self.referral.attributes.as_ref();
        problems.attributes(|| "/attributes".to_owned(), "Referral", None, attributes);
        problems.finish()?;
        codes::create_referral(tx, self.referral.clone(), CodeBatch::default())
    }
}

fn check_usage_limit(problems: &mut Problems, limit: Option<i64>) {
    if limit.is_some_and(|limit| !(0..=MAX_USAGE_LIMIT).contains(&limit)) {
        problems.add("/usageLimit", "maximum", "usageLimit must be 0 to 999999");
    }
}

impl Execute for CreateReferralsForMultipleAdvocates {
    fn execute(&self, tx: &mut Transaction<'_>) -> Result<Option<ReferralList>, ApiError> {
        let batch = &self.batch;
        let settings = settings_of(tx, batch);
        check_batch(batch, settings.as_ref())?;
        let id = tx.ids().code(&batch_id_settings());
        let codes = CodeBatch { settings: settings.as_ref(), id: Some(&id) };
        let advocates = batch.advocate_profile_integration_ids.iter();
        let create = |advocate| codes::create_referral(tx, order_for(batch, advocate), codes);
        let data: Vec<Referral> = advocates.map(create).collect::<Result<_, _>>()?;
        let total_result_size = i64::try_from(data.len()).unwrap_or(i64::MAX);
        Ok((self.silent == Some(YesNo::No)).then_some(ReferralList { total_result_size, data }))
    }
}

/// How the codes are made, where the request says it: its pattern with its characters, or the
/// campaign's pattern with its characters.
fn settings_of(tx: &Transaction<'_>, batch: &NewReferralBatch) -> Option<CodeGeneratorSettings> {
    let characters = batch.valid_characters.as_ref().filter(|some| !some.is_empty());
    let mut settings = if let Some(pattern) = &batch.referral_pattern {
        CodeGeneratorSettings::new(pattern.as_str())
    } else {
        characters?;
        let campaign = tx.campaign(batch.campaign_id)?;
        campaign.campaign.referral_settings.clone().unwrap_or_else(default_code_settings)
    };
    if let Some(characters) = characters {
        settings.valid_characters.clone_from(characters);
    }
    Some(settings)
}

fn check_batch(
    batch: &NewReferralBatch,
    settings: Option<&CodeGeneratorSettings>,
) -> Result<(), ApiError> {
    let mut problems = Problems::new();
    let advocates = &batch.advocate_profile_integration_ids;
    if !(1..=MAX_ADVOCATES).contains(&advocates.len()) {
        let details = format!("1 to {MAX_ADVOCATES} advocates");
        problems.add("/advocateProfileIntegrationIds", "maxItems", details);
    }
    for (index, advocate) in advocates.iter().enumerate() {
        let pointer = format!("/advocateProfileIntegrationIds/{index}");
        problems.id(&pointer, advocate.as_str());
    }
    check_usage_limit(&mut problems, batch.usage_limit);
    let attributes = batch.attributes.as_ref();
    problems.attributes(|| "/attributes".to_owned(), "Referral", None, attributes);
    if let Some(pattern) = &batch.referral_pattern
        && !PATTERN_LENGTHS.contains(&pattern.chars().count())
    {
        problems.add("/referralPattern", "minLength", "must have 3 to 100 characters");
    } else if batch.referral_pattern.as_ref().is_some_and(|pattern| !pattern.contains('#')) {
        problems.add("/referralPattern", "Invalid", "has no random character, which a # is");
    } else if settings.is_some_and(|settings| codes::possible_codes(settings) < advocates.len()) {
        let details = "has fewer codes than there are advocates";
        problems.add("/referralPattern", "Invalid", details);
    }
    problems.finish()
}

/// Eight small letters.
fn batch_id_settings() -> CodeGeneratorSettings {
    let valid_characters = ('a'..='z').map(String::from).collect();
    CodeGeneratorSettings { valid_characters, ..CodeGeneratorSettings::new("########") }
}

fn order_for(batch: &NewReferralBatch, advocate: &ProfileId) -> NewReferral {
    NewReferral {
        start_date: batch.start_date,
        expiry_date: batch.expiry_date,
        usage_limit: batch.usage_limit,
        attributes: batch.attributes.clone(),
        ..NewReferral::new(batch.campaign_id, advocate)
    }
}
