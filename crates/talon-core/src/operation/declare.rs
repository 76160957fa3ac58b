//! Declaration of an operation.

/// Declares how a request struct is sent, and expands to `impl Operation`.
///
/// The operations of this crate are declared with it. Declare one of your own for an endpoint that
/// this crate lacks: `Client::call` of talon-client takes any [`Operation`](crate::Operation), with
/// keys, deadline, retries and spans.
///
/// ```
/// use serde::{Deserialize, Serialize};
/// use talon_core::prelude::*;
/// use talon_core::operation;
///
/// /// A store of an application.
/// #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
/// struct Store {
///     name: String,
/// }
///
/// /// Returns a page of the stores that a profile visited.
/// #[derive(Clone, Debug, PartialEq)]
/// struct GetStores {
///     profile_id: ProfileId,
///     page_size: Option<i64>,
/// }
///
/// operation! { GetStores -> Vec<Store> {
///     id: "getStores",
///     request: GET "/v1/customer_profiles/{integrationId}/stores",
///     path: { profile_id = "integrationId" },
///     query: { page_size = "pageSize" },
///     success: [OK],
///     auth: [ApiKey],
///     retry: ReadOnly,
/// } }
///
/// let request = GetStores { profile_id: "anna/1".into(), page_size: Some(10) };
/// assert_eq!(request.to_http()?.uri(), "/v1/customer_profiles/anna%2F1/stores?pageSize=10");
/// # Ok::<(), talon_core::Error>(())
/// ```
///
/// # Members
/// In this order:
///
/// | member | value |
/// |---|---|
/// | `id` | operationId in the API; in errors, spans and reports |
/// | `request` | method, and path template: a parameter is a whole segment in braces |
/// | `path` | `field = "parameter"` for each parameter, in the order of the path; optional |
/// | `query` | `field = "parameter"`; optional |
/// | `body` | the field that is the JSON body; optional |
/// | `success` | statuses of [`StatusCode`](crate::http::StatusCode), see below |
/// | `auth` | [`ApiKey`](crate::operation::AuthScheme::ApiKey), [`Signature`](crate::operation::AuthScheme::Signature) or both |
/// | `retry` | [`ReadOnly`](crate::operation::RetrySafety::ReadOnly), [`Idempotent`](crate::operation::RetrySafety::Idempotent) or [`Unsafe`](crate::operation::RetrySafety::Unsafe) |
/// | `idempotency_key` | `true` if it honours the header `Idempotency-Key`; default `false` |
/// | `conflict` | what 409 [means](crate::operation::Conflict); default `Other` |
/// | `bad_request` | [schema](crate::operation::ErrorSchema) of a 400; default `ErrorResponse` |
/// | `subjects` | fields that identify [sessions and profiles](crate::operation::Subject); optional |
///
/// Each field of the struct is named exactly once, under `path`, `query` or `body`. The types decide
/// the rest: fields of a path implement [`PathParam`](crate::operation::PathParam), fields of a query
/// [`QueryParam`](crate::operation::QueryParam), the body is a model.
///
/// | type of a field in `query` | in the URL |
/// |---|---|
/// | `Option<T>` | absent, or `name=value` |
/// | `Vec<T>` | repeated: `name=a&name=b` |
/// | [`CommaSeparated<T>`](crate::operation::CommaSeparated) | joined: `name=a,b` |
///
/// where `T` is a [`QueryValue`](crate::operation::QueryValue): a number, text, flag, time, id or
/// enumeration. Parameters of pages such as `pageSize` and `skip` are ordinary `Option<i64>`.
///
/// # Success
/// The type of the reply and the statuses belong together:
///
/// | reply | `success` | a value is sent as | and |
/// |---|---|---|---|
/// | `T` | `[OK]` | 200 and the JSON of the value | |
/// | `()` | `[NO_CONTENT]` | 204 | |
/// | `Option<T>` | `[OK, NO_CONTENT]` | `Some`: 200 and its JSON | `None`: 204 |
///
/// A client reads each of the declared statuses, and an empty body as `()` or `None`; any other
/// status below 400 is an error of kind `Decode`. In operations with a parameter such as `silent`,
/// the request asks for a body and the reply has it or not; the codec does not compare them, since
/// services have been observed to answer 200 where 204 is documented.
///
/// At most one declared status has a body and at most one has none, so that the value decides the
/// status. More do not compile.
#[macro_export]
macro_rules! operation {
    ($request:ident -> $reply:ty {
        id: $id:literal,
        request: $method:ident $path:literal,
        $( path: { $( $path_field:ident = $path_name:literal ),* $(,)? }, )?
        $( query: { $( $query_field:ident = $query_name:literal ),* $(,)? }, )?
        $( body: $body:ident, )?
        success: [ $( $success:ident ),+ ],
        auth: [ $( $auth:ident ),+ ],
        retry: $retry:ident,
        $( idempotency_key: $idempotency_key:literal, )?
        $( conflict: $conflict:ident, )?
        $( bad_request: $bad_request:ident, )?
        $( subjects: [ $( $( $subject:ident ).+ ),+ ], )?
    }) => {
        impl $crate::Operation for $request {
            type Reply = $reply;

            const INFO: &'static $crate::OperationInfo =
                &$crate::OperationInfo::new($id, $crate::http::Method::$method, $path)
                    .query(&[ $( $( $query_name ),* )? ])
                    .params(&[
                        $( $( $crate::operation::ParamInfo::path(
                            $path_name,
                            |request: &$request| &request.$path_field,
                        ), )* )?
                        $( $( $crate::operation::ParamInfo::query(
                            $query_name,
                            |request: &$request| &request.$query_field,
                        ), )* )?
                    ])
                    .has_body(!<[&str]>::is_empty(&[ $( stringify!($body) )? ]))
                    .success(&[ $( $crate::http::StatusCode::$success ),+ ])
                    .auth(&[ $( $crate::operation::AuthScheme::$auth ),+ ])
                    .retry($crate::operation::RetrySafety::$retry)
                    $( .idempotency_key($idempotency_key) )?
                    $( .conflict($crate::operation::Conflict::$conflict) )?
                    $( .bad_request($crate::operation::ErrorSchema::$bad_request) )?;

            $(
                fn subjects(&self) -> Vec<$crate::operation::Subject> {
                    let fields = [ $( $crate::operation::AsSubject::subject(&self.$( $subject ).+) ),+ ];
                    fields.into_iter().flatten().collect()
                }
            )?

            fn write(&self, request: &mut $crate::operation::RequestWriter) -> $crate::Result<()> {
                $( $( request.path($path_name, &self.$path_field)?; )* )?
                $( $( request.query($query_name, &self.$query_field)?; )* )?
                $( request.json(&self.$body)?; )?
                let _ = request;
                Ok(())
            }

            fn read(request: &$crate::operation::RequestReader<'_>) -> $crate::Result<Self> {
                Ok(Self {
                    $( $( $path_field: request.path($path_name)?, )* )?
                    $( $( $query_field: request.query($query_name)?, )* )?
                    $( $body: request.json()?, )?
                })
            }

            // As by default, but compiled with the declaration and not with each crate that calls it.
            fn reply_from_http(reply: $crate::operation::HttpReply) -> $crate::Result<$reply> {
                $crate::operation::read_reply::<Self>(reply)
            }

            fn reply_to_http(reply: &$reply) -> $crate::Result<$crate::operation::HttpReply> {
                $crate::operation::write_reply::<Self>(reply)
            }
        }

        const _: () = <$request as $crate::Operation>::INFO.check(&[ $( $( $path_name ),* )? ]);
    };
}
/// [`operation!`](crate::operation!) for requests of this crate, which also have strategies for
/// property tests.
macro_rules! operation_of_this_crate {
    ($request:ident -> $reply:ty { $( $declaration:tt )+ }) => {
        $crate::operation! { $request -> $reply { $( $declaration )+ } }

        #[cfg(feature = "proptest")]
        $crate::arbitrary::from_operation!($request { $( $declaration )+ });
    };
}
pub(crate) use operation_of_this_crate as operation;

/// Declares consuming setters of optional parameters, named after the fields.
///
/// `field: T` sets an `Option<T>`; `field: [T]` replaces the elements of a `Vec<T>` or
/// [`CommaSeparated<T>`](super::CommaSeparated). After `content in request`, which comes first, the
/// parts of the reply that the body `request` asks for have a setter as well.
macro_rules! options {
    (@setter [$(#[$doc:meta])*] $field:ident [$type:ty]) => {
        $(#[$doc])*
        #[must_use]
        pub fn $field(mut self, $field: impl IntoIterator<Item: Into<$type>>) -> Self {
            self.$field = $field.into_iter().map(Into::into).collect();
            self
        }
    };
    (@setter [$(#[$doc:meta])*] $field:ident $type:ty) => {
        $(#[$doc])*
        #[must_use]
        pub fn $field(mut self, $field: impl Into<$type>) -> Self {
            self.$field = Some($field.into());
            self
        }
    };
    ($request:ident { content in $body:ident, $($options:tt)+ }) => {
        impl $request {
            /// Requests parts of the reply, in addition to the effects.
            #[must_use]
            pub fn response_content(
                mut self,
                parts: impl IntoIterator<Item: Into<$crate::model::ResponseContent>>,
            ) -> Self {
                self.$body = self.$body.response_content(parts);
                self
            }
        }
        $crate::operation::options!($request { $($options)+ });
    };
    ($request:ident { $( $(#[$doc:meta])* $field:ident: $type:tt, )+ }) => {
        impl $request {
            $( $crate::operation::options!(@setter [$(#[$doc])*] $field $type); )+
        }
    };
}
pub(crate) use options;
