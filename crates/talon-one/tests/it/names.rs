//! The prelude and the fake have no name in common, so that a test can import both.

use std::collections::BTreeSet;

use talon_one::fake::*;
use talon_one::for_each_operation;
use talon_one::prelude::*;

const PRELUDE: &str = include_str!("../../../talon-core/src/prelude.rs");

/// Names each type, which does not compile for a name that both imports export.
macro_rules! name_types {
    ($( $type:ty ),+ $(,)?) => {
        vec![ $( (std::any::type_name::<$type>(), stringify!($type)) ),+ ]
    };
}

macro_rules! name_requests {
    ($( $(#[$doc:meta])* $method:ident($request:ident); )+) => {
        fn requests() -> Vec<(&'static str, &'static str)> {
            name_types![$( $request ),+]
        }
    };
}
for_each_operation!(name_requests);

fn others() -> Vec<(&'static str, &'static str)> {
    name_types![
        AddCatalogItem,
        AddPriceAdjustment,
        AdditionalCost,
        Amount,
        Attributes,
        AudienceChange,
        AudienceUpdate,
        BestPriorPriceRequest,
        CartItem,
        CartItemAdjustment,
        CatalogAction,
        CatalogFilter,
        CatalogSync,
        CouponCode,
        CouponRejection,
        CouponReservations,
        CustomerProfileAudienceChanges,
        CustomerProfileBatch,
        CustomerProfileBatchItem,
        Effect,
        EffectKind,
        Error,
        ErrorKind,
        dyn IntegrationApi,
        IntegrationRequest,
        IntegrationState,
        IntegrationStateV2,
        LoyaltyCardRegistration,
        LoyaltyCardStatus,
        LoyaltyPointsActivation,
        LoyaltyPointsStatus,
        LoyaltyTransactionOrigin,
        LoyaltyTransactionsDeletion,
        NewAudience,
        NewCustomerProfile,
        NewCustomerSession,
        NewCustomerSessionV2,
        NewEvent,
        NewEventV2,
        NewEventV3,
        NewLoyaltyCard,
        NewPriceAdjustment,
        NewReferral,
        NewReferralBatch,
        PatchCatalogItem,
        PatchCatalogItems,
        ProfileAudiencesChanges,
        ProfileId,
        ReferralCode,
        ReferralRejection,
        RemoveCatalogItem,
        RemoveCatalogItems,
        ResponseContent,
        ReturnRequest,
        ReturnedCartItem,
        RoundingMode,
        SessionId,
        SessionState,
        Timestamp,
    ]
}

/// Uses the trait by the name that the prelude exports.
fn id<O: Operation>(_: &O) -> &'static str {
    O::INFO.id
}

#[test]
fn names_of_the_prelude_are_those_of_the_api() {
    for (path, name) in requests().into_iter().chain(others()) {
        assert!(path.trim_start_matches("dyn ").starts_with("talon_core::"), "{name} is {path}");
    }
}

#[test]
fn every_name_of_the_prelude_is_listed() {
    let code = PRELUDE.lines().filter(|line| !line.starts_with("//"));
    let words = code.flat_map(|line| line.split(|c: char| !c.is_alphanumeric()));
    let exported: BTreeSet<_> = words.filter(|it| it.starts_with(char::is_uppercase)).collect();

    let named = others().into_iter().map(|(_, name)| name.trim_start_matches("dyn "));
    assert_eq!(named.chain(["Operation"]).collect::<BTreeSet<_>>(), exported);
}

#[test]
fn names_of_the_fake_are_those_of_worlds_and_tests() {
    let names = name_types![
        Campaign,
        Clock,
        Coupon,
        Fake,
        Fault,
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
fn traits_of_the_prelude_are_in_scope() {
    let talon = Fake::new(World::demo()).expect("the demo is a world");
    let api: &dyn IntegrationApi = &talon;

    assert!(format!("{api:?}").contains("Fake"));
    assert_eq!(id(&GetReservedCustomers::new("SUMMER10")), "getReservedCustomers");
}
