//! Referral codes.

use talon_core::model::{CampaignFeature, NewReferral, Referral};
use talon_core::operations::CreateReferral;
use talon_core::{ApiError, Problem, ReferralCode};

use super::Execute;
use super::validate::{MAX_ID, Problems};
use crate::engine::grants::unused;
use crate::state::{StoredReferral, Transaction};
use crate::world::default_code_settings;

impl Execute for CreateReferral {
    fn execute(&self, tx: &mut Transaction<'_>) -> Result<Referral, ApiError> {
        let mut problems = Problems::new();
        let advocate = &self.referral.advocate_profile_integration_id;
        problems.id("/advocateProfileIntegrationId", advocate.as_str());
        if let Some(friend) = &self.referral.friend_profile_integration_id {
            let pointer = || "/friendProfileIntegrationId".to_owned();
            problems.length(pointer, friend.as_str(), MAX_ID);
        }
        if self.referral.usage_limit.is_some_and(|limit| !(0..=999_999).contains(&limit)) {
            problems.add("/usageLimit", "maximum", "usageLimit must be 0 to 999999");
        }
        let attributes = self.referral.attributes.as_ref();
        problems.attributes(|| "/attributes".to_owned(), "Referral", None, attributes);
        problems.finish()?;
        new_referral(tx, self.referral.clone())
    }
}

/// Makes a code for an advocate, who is created when unknown.
pub(crate) fn new_referral(
    tx: &mut Transaction<'_>,
    order: NewReferral,
) -> Result<Referral, ApiError> {
    let Some(campaign) = tx.campaign(order.campaign_id) else {
        return Err(refused("Not found", "there is no such campaign"));
    };
    if !campaign.campaign.features.contains(&CampaignFeature::Referrals) {
        return Err(refused("Invalid", "the campaign has no referrals"));
    }
    let settings = campaign.campaign.referral_settings.clone();
    let settings = settings.unwrap_or_else(default_code_settings);
    let code = unused(tx, |tx| {
        let code = tx.ids().code(&settings);
        let code = ReferralCode::from(&*tx.state.case.apply(&code));
        tx.referral(&code).is_none().then_some(code)
    });
    let Some(code) = code else {
        return Err(refused("Invalid", "its pattern has no unused code left"));
    };
    let friend = order.friend_profile_integration_id.filter(|friend| !friend.is_empty());
    let referral = Referral {
        id: tx.ids().number(),
        created: tx.now,
        campaign_id: order.campaign_id,
        advocate_profile_integration_id: order.advocate_profile_integration_id,
        friend_profile_integration_id: friend,
        start_date: order.start_date,
        expiry_date: order.expiry_date,
        code: code.clone(),
        usage_limit: order.usage_limit.unwrap_or(1),
        attributes: Some(order.attributes.unwrap_or_default()),
        ..Referral::default()
    };
    let advocate = tx.profile_or_new(&referral.advocate_profile_integration_id);
    advocate.advocated.insert(code);
    tx.put_referral(StoredReferral { referral: referral.clone() });
    Ok(referral)
}

fn refused(title: &str, details: &str) -> ApiError {
    ApiError::invalid(Problem::at("/campaignId", title, details))
}
