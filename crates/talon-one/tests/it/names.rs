//! The prelude and the fake export no name in common: a test may import all of both.

/// Does not compile when both globs export the same name.
mod together {
    #![deny(ambiguous_glob_reexports)]

    pub use talon_one::fake::*;
    pub use talon_one::prelude::*;
}

use talon_one::fake::*;
use talon_one::for_each_operation;
use talon_one::prelude::*;

/// Names each type through both imports, which fails for a name that is ambiguous.
macro_rules! name_types {
    ($( $type:ty ),+ $(,)?) => {
        [ $( (std::any::type_name::<$type>(), stringify!($type)) ),+ ]
    };
}

macro_rules! name_requests {
    ($( $(#[$doc:meta])* $method:ident($request:ident); )+) => { name_types![$( $request ),+] };
}

/// The name that a path such as `talon_core::error::Error` ends in.
fn last_name(path: &str) -> &str {
    let path = path.split('<').next().unwrap_or(path);
    path.rsplit("::").next().unwrap_or(path)
}

#[test]
fn names_of_the_prelude_are_those_of_the_api() {
    let names = name_types![
        AdditionalCost,
        Amount,
        Attributes,
        CartItem,
        CartItemAdjustment,
        CouponCode,
        CouponRejection,
        CouponReservations,
        Effect,
        EffectKind,
        Error,
        ErrorKind,
        IntegrationRequest,
        IntegrationState,
        IntegrationStateV2,
        NewCustomerProfile,
        NewCustomerSession,
        NewCustomerSessionV2,
        NewEvent,
        NewReferral,
        ProfileAudiencesChanges,
        ProfileId,
        ReferralCode,
        ReferralRejection,
        ResponseContent,
        SessionId,
        SessionState,
        Timestamp,
    ];

    for (path, name) in names.into_iter().chain(for_each_operation!(name_requests)) {
        assert!(path.starts_with("talon_core::"), "{name} is {path}");
        assert_eq!(last_name(path), name);
    }
}

#[test]
fn names_of_the_fake_are_those_of_worlds_and_tests() {
    let names = name_types![
        Campaign,
        Clock,
        Coupon,
        Fake,
        Fault,
        Faults,
        LoyaltyProgram,
        Referral,
        Snapshot,
        World,
        WorldError,
    ];

    for (path, name) in names {
        assert!(path.starts_with("talon_fake::"), "{name} is {path}");
    }
}

#[test]
fn the_trait_is_implemented_by_the_fake_and_usable_without_further_imports() {
    fn id<O: Operation>(_: &O) -> &'static str {
        O::INFO.id
    }

    let talon = Fake::new(World::demo()).expect("the demo is a world");
    let api: &dyn IntegrationApi = &talon;

    assert!(format!("{api:?}").contains("Fake"));
    assert_eq!(id(&GetReservedCustomers::new("SUMMER10")), "getReservedCustomers");
}
