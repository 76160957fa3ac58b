//! The chapter of the catalog and its prices.

use talon_core::prelude::*;

use super::printer::{Step, StepPrinter};
use super::sessions::StepResult;

/// The catalog of the demo world.
const CATALOG: i64 = 1;

pub(super) async fn run(api: &dyn IntegrationApi, printer: &mut StepPrinter) -> StepResult {
    synchronize_catalog(api, printer).await?;
    show_prior_price(api, printer).await
}

async fn synchronize_catalog(api: &dyn IntegrationApi, printer: &mut StepPrinter) -> StepResult {
    let mug = AddCatalogItem {
        sku: "MUG".into(),
        price: Some(9.into()),
        replace_if_exists: Some(true),
        ..AddCatalogItem::default()
    };
    let request = SyncCatalog::new(CATALOG, [mug]);
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
