//! A synchronous client, for programs without an async runtime.

use std::fmt;
use std::future::Future;
use std::sync::Arc;

use bytes::Bytes;
use http::{Request, Response};
use talon_core::api::ReplyOf;
use talon_core::{IntegrationApi, Operation, OperationInfo, Result, for_each_operation};

use crate::{CallOptions, Transport};

mod runtime;

use runtime::Runtime;

/// A client whose methods block until the call has a result.
///
/// It has a method for each operation, over any asynchronous implementation `A` of the API: a
/// [client](crate::Client) with its transport, or a fake in tests. Code that holds a
/// `blocking::Client`, without a parameter, works with both.
///
/// ```
/// use std::sync::Arc;
/// use talon_client::{Loopback, blocking};
/// use talon_core::prelude::*;
/// use talon_core::{Result, async_trait};
///
/// #[derive(Debug)]
/// struct Service;
///
/// #[async_trait]
/// impl IntegrationApi for Service {
///     async fn delete_customer_data(&self, _: DeleteCustomerData) -> Result<()> {
///         Ok(())
///     }
/// }
///
/// fn main() -> Result<()> {
///     let client = Loopback::client(Arc::new(Service)); // or that of talon_reqwest::connect
///     let talon: blocking::Client = blocking::Client::new(client)?.into_dyn();
///
///     talon.delete_customer_data(DeleteCustomerData::new("anna"))
/// }
/// ```
///
/// Cheap to clone; clones share one thread, which serves their connections, and may be used by many
/// threads at once. Calls run on the threads of the callers, so they have the caller's current span.
///
/// # Inside of a runtime
/// A call in a task of tokio would stop the other tasks of its thread. It is refused with an error of
/// kind [`Config`](talon_core::ErrorKind::Config), and nothing is sent: await the
/// [asynchronous client](Self::api) there. Calls within `tokio::task::spawn_blocking` and
/// `block_in_place` are fine. A client may be created and dropped anywhere.
#[derive(Clone)]
pub struct Client<A = Arc<dyn IntegrationApi>> {
    api: A,
    options: CallOptions,
    runtime: Arc<Runtime>,
}

impl<A: IntegrationApi> Client<A> {
    /// Creates a client of `api`, and starts its thread.
    ///
    /// # Errors
    /// [`Config`](talon_core::ErrorKind::Config) when the system refuses another thread.
    pub fn new(api: A) -> Result<Self> {
        let runtime = Arc::new(Runtime::start()?);
        Ok(Self { api, options: CallOptions::default(), runtime })
    }

    /// The same client without its type, for code that takes any implementation.
    #[must_use]
    pub fn into_dyn(self) -> Client {
        Client { api: Arc::new(self.api), options: self.options, runtime: self.runtime }
    }

    /// The asynchronous implementation.
    pub fn api(&self) -> &A {
        &self.api
    }

    /// A client whose calls have these options. It shares thread and connections with `self`.
    #[must_use]
    pub fn with_options(&self, options: CallOptions) -> Self
    where
        A: Clone,
    {
        let options = self.options.clone().overridden_by(options);
        Self { options, ..self.clone() }
    }

    fn block_on<R>(
        &self,
        operation: &'static str,
        call: impl Future<Output = Result<R>>,
    ) -> Result<R> {
        self.runtime.block_on(operation, self.options.clone().scope(call))
    }
}

impl<T: Transport> Client<crate::Client<T>> {
    /// Calls an operation, given as a value; see [`Client::call`](crate::Client::call).
    ///
    /// # Errors
    /// Those of the asynchronous client, and [`Config`](talon_core::ErrorKind::Config) inside of a
    /// runtime.
    pub fn call<O: Operation>(&self, operation: O) -> Result<O::Reply> {
        self.block_on(O::INFO.id, self.api.call(operation))
    }

    /// Calls an operation, and returns its reply with status and headers; see
    /// [`Client::call_with_response`](crate::Client::call_with_response).
    ///
    /// # Errors
    /// Those of the asynchronous client, and [`Config`](talon_core::ErrorKind::Config) inside of a
    /// runtime.
    pub fn call_with_response<O: Operation>(&self, operation: O) -> Result<Response<O::Reply>> {
        self.block_on(O::INFO.id, self.api.call_with_response(operation))
    }

    /// Sends any request; see [`Client::call_raw`](crate::Client::call_raw).
    ///
    /// # Errors
    /// Those of the asynchronous client, and [`Config`](talon_core::ErrorKind::Config) inside of a
    /// runtime.
    pub fn call_raw(&self, request: Request<Bytes>) -> Result<Response<Bytes>> {
        self.block_on("raw", self.api.call_raw(request))
    }
}

/// A method for each operation of the list.
macro_rules! blocking_methods {
    ($( $(#[$doc:meta])* $method:ident($request:ident); )+) => {
        impl<A: IntegrationApi> Client<A> {
            $(
                $(#[$doc])*
                ///
                #[doc = concat!("See [`", stringify!($request), "`](talon_core::operations::", stringify!($request), ").")]
                ///
                /// # Errors
                /// Those of the implementation, and [`Config`](talon_core::ErrorKind::Config) inside
                /// of a runtime.
                pub fn $method(
                    &self,
                    request: talon_core::operations::$request,
                ) -> Result<ReplyOf<talon_core::operations::$request>> {
                    const INFO: &OperationInfo = talon_core::operations::$request::INFO;
                    self.block_on(INFO.id, self.api.$method(request))
                }
            )+
        }
    };
}
for_each_operation!(blocking_methods);

impl<A: fmt::Debug> fmt::Debug for Client<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("blocking::Client")
            .field("api", &self.api)
            .field("options", &self.options)
            .finish_non_exhaustive()
    }
}
