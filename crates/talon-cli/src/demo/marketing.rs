//! The chapter of audiences, achievements, campaigns and the catalog.

use talon_core::AudienceId;
use talon_core::prelude::*;

use super::printer::{Step, StepPrinter};
use super::sessions::StepResult;
use crate::CliError;

/// The catalog and the achievement of the demo world.
const CATALOG: i64 = 1;
const ACHIEVEMENT: i64 = 1;

pub(super) async fn run(api: &dyn IntegrationApi, printer: &mut StepPrinter) -> StepResult {
    let audience = create_audience(api, printer).await?;
    change_members(api, printer, audience).await?;
    remove_audience(api, printer, audience).await?;
    show_achievements(api, printer).await?;
    list_campaigns(api, printer).await?;
    synchronize_catalog(api, printer).await?;
    show_prior_price(api, printer).await
}

async fn create_audience(
    api: &dyn IntegrationApi,
    printer: &mut StepPrinter,
) -> Result<AudienceId, CliError> {
    let request = CreateAudienceV2::new(NewAudience::new("Tea drinkers"));
    let title = "Create an audience";
    let (step, reply) = printer.call(api, title, "name Tea drinkers", request).await;
    let audience = reply?;
    printer.print(&step.with_line(format!("audience {} {}", audience.id, audience.name)))?;
    let request = UpdateAudienceV2::new(audience.id, AudienceUpdate::new("Friends of tea"));
    let (step, reply) = printer.call(api, "Rename it", "name Friends of tea", request).await;
    printer.print(&step.with_line(format!("audience {}", reply?.name)))?;
    Ok(audience.id)
}

async fn change_members(
    api: &dyn IntegrationApi,
    printer: &mut StepPrinter,
    audience: AudienceId,
) -> StepResult {
    let changes = [AudienceChange::add(audience, "anna"), AudienceChange::add(audience, "emil")];
    let request = UpdateCustomerProfileAudiences::new(CustomerProfileAudienceChanges::new(changes));
    let (step, reply) =
        printer.call(api, "Anna and Emil join it", "add anna, add emil", request).await;
    reply?;
    printer.print(&step)?;
    let attributes = Attributes::new().with("Name", "Friend of tea");
    let request = UpdateAudienceCustomersAttributes::new(audience, attributes);
    let title = "Change an attribute of all members";
    let (step, reply) = printer.call(api, title, "attribute Name", request).await;
    reply?;
    printer.print(&step)
}

async fn remove_audience(
    api: &dyn IntegrationApi,
    printer: &mut StepPrinter,
    audience: AudienceId,
) -> StepResult {
    let request = DeleteAudienceMembershipsV2::new(audience);
    let (step, reply) = printer.call(api, "Remove all members", "", request).await;
    reply?;
    printer.print(&step)?;
    let (step, reply) =
        printer.call(api, "Delete the audience", "", DeleteAudienceV2::new(audience)).await;
    reply?;
    printer.print(&step)
}

async fn show_achievements(api: &dyn IntegrationApi, printer: &mut StepPrinter) -> StepResult {
    let request = GetCustomerAchievements::new("anna");
    let (step, reply) = printer.call(api, "Show the achievements of Anna", "", request).await;
    let achievements = reply?.data;
    let lines = achievements.iter().map(|achievement| format!("achievement {}", achievement.title));
    printer.print(&lines.fold(step, Step::with_line))?;
    let request = GetCustomerAchievementHistory::new("anna", ACHIEVEMENT);
    let (step, reply) = printer.call(api, "Show her progress so far", "", request).await;
    let line = format!("{} entries", reply?.data.len());
    printer.print(&step.with_line(line))
}

async fn list_campaigns(api: &dyn IntegrationApi, printer: &mut StepPrinter) -> StepResult {
    let request = IntegrationGetAllCampaigns::new().page_size(3);
    let (step, reply) = printer.call(api, "List campaigns", "pageSize 3", request).await;
    let campaigns = reply?.data;
    let lines = campaigns.iter().map(|campaign| format!("campaign {}", campaign.name));
    printer.print(&lines.fold(step, Step::with_line))
}

async fn synchronize_catalog(api: &dyn IntegrationApi, printer: &mut StepPrinter) -> StepResult {
    let mug = AddCatalogItem {
        sku: "MUG".into(),
        price: Some(9.into()),
        replace_if_exists: Some(true),
        ..AddCatalogItem::default()
    };
    let request = SyncCatalog::new(CATALOG, CatalogSync::new([mug]));
    let (step, reply) =
        printer.call(api, "Set the price of a mug in the catalog", "ADD MUG 9", request).await;
    printer.print(&step.with_line(format!("catalog version {}", reply?.version)))
}

async fn show_prior_price(api: &dyn IntegrationApi, printer: &mut StepPrinter) -> StepResult {
    let end: Timestamp = "2026-03-01T09:00:00Z".parse().expect("a timestamp");
    let request = BestPriorPrice::new(BestPriorPriceRequest::new(["MUG", "SHOES"], end, 30));
    let title = "Show the lowest prices of the last 30 days";
    let (step, reply) = printer.call(api, title, "skus MUG, SHOES", request).await;
    let prices = reply?;
    let lines = prices.iter().map(|price| format!("{} {}", price.sku, price.price));
    printer.print(&lines.fold(step, Step::with_line))
}
