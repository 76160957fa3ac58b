//! The chapter of audiences.

use talon_core::AudienceId;
use talon_core::prelude::*;

use super::printer::StepPrinter;
use super::sessions::StepResult;
use crate::CliError;

pub(super) async fn run(api: &dyn IntegrationApi, printer: &mut StepPrinter) -> StepResult {
    let audience = create_audience(api, printer).await?;
    change_members(api, printer, audience).await?;
    remove_audience(api, printer, audience).await
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
