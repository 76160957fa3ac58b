//! The declaration of an operation.

/// Declares how a request struct travels; expands to `impl Operation`.
///
/// ```text
/// operation! { CreateCouponReservation -> Coupon {
///     id: "createCouponReservation",
///     request: POST "/v1/coupon_reservations/{couponValue}",
///     path: { coupon = "couponValue" },      // field = parameter of the template
///     query: { dry = "dry" },                // field = query parameter; may be left out
///     body: reservations,                    // field that is the JSON body; may be left out
///     success: [CREATED],
///     auth: [ApiKey, Signature],
///     retry: Idempotent,
///     idempotency_key: true,                 // honours the header; may be left out
///     conflict: Parallel,                    // what 409 means; may be left out
///     bad_request: ErrorResponseWithStatus,  // schema of a 400; may be left out
///     subjects: [session_id],                // fields that name sessions and profiles; same
/// } }
/// ```
///
/// All code is in [`RequestWriter`](super::RequestWriter), [`RequestReader`](super::RequestReader)
/// and the trait; the macro only names fields.
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
                    let named = [ $( $crate::operation::AsSubject::subject(&self.$( $subject ).+) ),+ ];
                    named.into_iter().flatten().collect()
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

        #[cfg(feature = "proptest")]
        $crate::arbitrary::from_fields!($request {
            $( $( $path_field, )* )?
            $( $( $query_field, )* )?
            $( $body, )?
        });
    };
}
pub(crate) use operation;

/// Whether a body was named.
macro_rules! has_body {
    () => {
        false
    };
    ($body:ident) => {
        true
    };
}
pub(crate) use has_body;

/// What was or_default, or else a default.
macro_rules! or_default {
    ([], $default:expr) => {
        $default
    };
    ([$or_default:expr], $default:expr) => {
        $or_default
    };
}
pub(crate) use or_default;
