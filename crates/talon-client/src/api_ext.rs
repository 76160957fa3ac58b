//! Options of calls through any implementation of the API.

use talon_core::IntegrationApi;
use talon_core::api::Call;

use crate::CallOptions;

/// Methods for every implementation of [`IntegrationApi`], in addition to its operations.
pub trait IntegrationApiExt: IntegrationApi + Clone {
    /// The same API, whose calls have these options: for code that has an
    /// `Arc<dyn IntegrationApi>` and not the [`Client`](crate::Client) behind it.
    ///
    /// The options reach the clients that are called in the task of the caller. They have no effect
    /// on an implementation without a client, such as a fake, nor behind a layer that calls from
    /// another task.
    ///
    /// ```
    /// use std::sync::Arc;
    /// use std::time::Duration;
    /// use talon_client::{CallOptions, IdempotencyKey, IntegrationApiExt};
    /// use talon_core::prelude::*;
    ///
    /// async fn erase(talon: Arc<dyn IntegrationApi>, customer: &str) -> Result<(), Error> {
    ///     let patient = CallOptions::default().deadline(Duration::from_secs(30));
    ///     talon.with_options(patient).delete_customer_data(DeleteCustomerData::new(customer)).await
    /// }
    /// # drop(erase);
    /// ```
    #[must_use]
    fn with_options(&self, options: CallOptions) -> WithOptions<Self> {
        WithOptions { api: self.clone(), options }
    }
}

impl<A: IntegrationApi + Clone> IntegrationApiExt for A {}

/// An implementation of the API whose calls have options:
/// [`with_options`](IntegrationApiExt::with_options).
#[derive(Clone, Debug)]
pub struct WithOptions<A> {
    api: A,
    options: CallOptions,
}

talon_core::implement_api!([A: IntegrationApi] for WithOptions<A>, |this, request| {
    this.options.clone().scope(Call::call(request, &this.api)).await
});
