//! The chapter of campaigns and achievements.

use talon_core::prelude::*;

use super::printer::{Step, StepPrinter};
use super::sessions::StepResult;

/// The achievement of the demo world.
const ACHIEVEMENT: i64 = 1;

pub(super) async fn run(api: &dyn IntegrationApi, printer: &mut StepPrinter) -> StepResult {
    list_campaigns(api, printer).await?;
    show_achievements(api, printer).await
}

async fn list_campaigns(api: &dyn IntegrationApi, printer: &mut StepPrinter) -> StepResult {
    let request = IntegrationGetAllCampaigns::new().page_size(3);
    let (step, reply) = printer.call(api, "List campaigns", "pageSize 3", request).await;
    let campaigns = reply?.data;
    let lines = campaigns.iter().map(|campaign| format!("campaign {}", campaign.name));
    printer.print(&lines.fold(step, Step::with_line))
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
