//! Catalogs and prices.

use talon_core::prelude::*;

use crate::Sample;

/// An item to add to a catalog.
fn mug() -> AddCatalogItem {
    AddCatalogItem {
        sku: "MUG".into(),
        price: Some(12.into()),
        replace_if_exists: Some(true),
        ..AddCatalogItem::default()
    }
}

impl Sample for SyncCatalog {
    fn sample(_: &str) -> Self {
        Self::new(1, CatalogSync::new([mug()]))
    }

    fn refused() -> Vec<Self> {
        let none: [CatalogAction; 0] = [];
        let remove = RemoveCatalogItem { sku: "MUG".into() };
        vec![
            Self::new(404, CatalogSync::new([mug()])),
            Self::new(1, CatalogSync::new(none)),
            Self::new(1, CatalogSync::new([mug(), mug()])),
            Self::new(1, CatalogSync::new([CatalogAction::from(mug()), remove.into()])),
        ]
    }
}

impl Sample for BestPriorPrice {
    fn sample(_: &str) -> Self {
        let end: Timestamp = "2026-03-01T09:00:00Z".parse().expect("a timestamp");
        Self::new(BestPriorPriceRequest::new(["MUG", "SHOES"], end, 30))
    }

    fn refused() -> Vec<Self> {
        let BestPriorPrice { request } = Self::sample("");
        let none = BestPriorPriceRequest { skus: Vec::new(), ..request.clone() };
        let no_days = BestPriorPriceRequest { timeframe: "0".into(), ..request.clone() };
        let no_end = BestPriorPriceRequest { timeframe_end_date_type: None, ..request };
        [none, no_days, no_end].map(Self::new).into()
    }
}
