//! How the page looks: narrow and wide, dark and light.

use serde_json::{Value, json};

use crate::Case;
use crate::tab::{Run, Tab};

pub(crate) const CASES: &[Case] = &[
    ("a_phone_never_scrolls_sideways", a_phone_never_scrolls_sideways),
    ("texts_have_enough_contrast_in_light_and_dark", texts_have_enough_contrast_in_light_and_dark),
];

const VIEWS: &[&str] = &[
    "#/calls",
    "#/sessions",
    "#/sessions/cart-1",
    "#/profiles/anna",
    "#/campaigns",
    "#/campaigns/1",
    "#/coupons",
    "#/ledgers",
    "#/controls",
];

fn a_phone_never_scrolls_sideways(tab: Tab) -> Run {
    Box::pin(async move {
        tab.make_session().await?;
        phone(&tab).await?;
        color_scheme(&tab, "dark").await?;
        for view in VIEWS {
            show(&tab, view).await?;
            let widths = tab.run(
                "const it = document.documentElement; return [it.scrollWidth, it.clientWidth]",
                json!([]),
            );
            let widths = widths.await?;
            assert!(widths[0].as_u64() <= widths[1].as_u64(), "{view} is too wide: {widths}");
        }
        show(&tab, "#/sessions/cart-1").await?;
        tab.picture("page-phone-dark.png").await?;
        tab.has_no_errors().await
    })
}

fn texts_have_enough_contrast_in_light_and_dark(tab: Tab) -> Run {
    Box::pin(async move {
        tab.make_session().await?;
        for scheme in ["dark", "light"] {
            color_scheme(&tab, scheme).await?;
            for view in VIEWS {
                show(&tab, view).await?;
                let low = tab.run(include_str!("contrast.js"), json!([])).await?;
                assert_eq!(low, json!([]), "{scheme} {view}");
            }
        }
        show(&tab, "#/calls").await?;
        tab.click(".calls summary").await?;
        tab.shows(".call", &["MUG-BLUE"]).await?;
        tab.picture("page-desktop-light.png").await?;
        tab.has_no_errors().await
    })
}

async fn show(tab: &Tab, view: &str) -> Result<(), libtest_mimic::Failed> {
    tab.go("").await?;
    tab.go(view).await?;
    tab.shows("#connection", &["live"]).await?;
    if view != "#/controls" {
        tab.shows("#content > h2", &[]).await?;
    }
    Ok(())
}

async fn phone(tab: &Tab) -> Result<(), libtest_mimic::Failed> {
    let metrics = json!({ "width": 390, "height": 844, "deviceScaleFactor": 2, "mobile": true });
    command(tab, "Emulation.setDeviceMetricsOverride", metrics).await
}

async fn color_scheme(tab: &Tab, scheme: &str) -> Result<(), libtest_mimic::Failed> {
    let feature = json!({ "name": "prefers-color-scheme", "value": scheme });
    command(tab, "Emulation.setEmulatedMedia", json!({ "features": [feature] })).await
}

async fn command(tab: &Tab, name: &str, parameters: Value) -> Result<(), libtest_mimic::Failed> {
    tab.browser.cdp().send_raw(name, parameters).await?;
    Ok(())
}
