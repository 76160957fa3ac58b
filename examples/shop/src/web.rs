//! The routes of the shop.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum::{Json, Router};
use talon_one::prelude::*;

use crate::checkout::{Order, Receipt, pay};

type Api = Arc<dyn IntegrationApi>;

/// The shop, over a client or, in a test, over the fake.
pub(crate) fn router(api: Api) -> Router {
    Router::new().route("/carts/{cart}/checkout", post(checkout)).with_state(api)
}

async fn checkout(
    State(api): State<Api>,
    Path(cart): Path<String>,
    Json(order): Json<Order>,
) -> Result<Json<Receipt>, Failure> {
    Ok(Json(pay(&api, &cart, &order).await?))
}

/// An error of Talon.One as the page sees it: no detail of the service leaves the shop.
struct Failure(Error);

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self(error)
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        if self.0.is_bad_request() {
            (StatusCode::CONFLICT, "this cart cannot be paid").into_response()
        } else {
            (StatusCode::SERVICE_UNAVAILABLE, "try again in a minute").into_response()
        }
    }
}
