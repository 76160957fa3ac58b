//! Declaration of an operation.

/// Declares how a request struct is sent, and expands to `impl Operation`.
///
/// ```text
/// operation! { CreateCouponReservation -> Coupon {
///     id: "createCouponReservation",
///     request: POST "/v1/coupon_reservations/{couponValue}",
///     path: { coupon = "couponValue" },      // field = parameter of the path template
///     query: { dry = "dry" },                // field = query parameter; optional
///     body: reservations,                    // field that is the JSON body; optional
///     success: [CREATED],
///     auth: [ApiKey, Signature],
///     retry: Idempotent,
///     idempotency_key: true,                 // honours the header; optional, default false
///     conflict: Parallel,                    // what 409 means; optional, default Other
///     bad_request: ErrorResponseWithStatus,  // schema of a 400; optional, default ErrorResponse
///     subjects: [session_id],                // fields that name sessions and profiles; optional
/// } }
/// ```
///
/// Each field of the struct is named exactly once, under `path`, `query` or `body`. The types decide
/// the rest: fields of a path implement [`PathParam`](super::PathParam), fields of a query
/// [`QueryParam`](super::QueryParam), the body is a model.
///
/// | type of a field in `query` | in the URL |
/// |---|---|
/// | `Option<T>` | absent, or `name=value` |
/// | `Vec<T>` | repeated: `name=a&name=b` |
/// | [`CommaSeparated<T>`](super::CommaSeparated) | joined: `name=a,b` |
///
/// where `T` is a [`QueryValue`](super::QueryValue): a number, text, flag, time, id or enumeration.
/// Parameters of pages such as `pageSize` and `skip` are ordinary `Option<i64>`.
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
        impl $crate::operation::Operation for $request {
            type Reply = $reply;

            const INFO: &'static $crate::operation::OperationInfo = &$crate::operation::OperationInfo {
                id: $id,
                method: http::Method::$method,
                path: $path,
                query: &[ $( $( $query_name ),* )? ],
                has_body: $crate::operation::has_body!($( $body )?),
                success: &[ $( http::StatusCode::$success ),+ ],
                auth: &[ $( $crate::operation::AuthScheme::$auth ),+ ],
                retry: $crate::operation::RetrySafety::$retry,
                idempotency_key: $crate::operation::or_default!([$( $idempotency_key )?], false),
                conflict: $crate::operation::or_default!(
                    [$( $crate::operation::Conflict::$conflict )?],
                    $crate::operation::Conflict::Other
                ),
                bad_request: $crate::operation::or_default!(
                    [$( $crate::operation::ErrorSchema::$bad_request )?],
                    $crate::operation::ErrorSchema::ErrorResponse
                ),
            };

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
        }

        const _: () = $crate::operation::check_success(&[ $( http::StatusCode::$success ),+ ]);

        #[cfg(feature = "proptest")]
        $crate::arbitrary::from_fields!($request {
            $( $( $path_field, )* )?
            $( $( $query_field, )* )?
            $( $body, )?
        });
    };
}
pub(crate) use operation;

/// Whether a body is declared.
macro_rules! has_body {
    () => {
        false
    };
    ($body:ident) => {
        true
    };
}
pub(crate) use has_body;

/// The declared value, or a default.
macro_rules! or_default {
    ([], $default:expr) => {
        $default
    };
    ([$given:expr], $default:expr) => {
        $given
    };
}
pub(crate) use or_default;

/// Declares consuming setters of optional parameters, named after the fields.
///
/// `field: T` sets an `Option<T>`; `field: [T]` replaces the elements of a `Vec<T>` or
/// [`CommaSeparated<T>`](super::CommaSeparated).
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
        pub fn $field(mut self, $field: $type) -> Self {
            self.$field = Some($field);
            self
        }
    };
    ($request:ident { $( $(#[$doc:meta])* $field:ident: $type:tt, )+ }) => {
        impl $request {
            $( $crate::operation::options!(@setter [$(#[$doc])*] $field $type); )+
        }
    };
}
pub(crate) use options;
