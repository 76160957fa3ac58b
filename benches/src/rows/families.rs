//! Decoding and encoding a reply of each group of models, from the fixtures, and the world file of
//! the fake.

use std::rc::Rc;

use bytes::Bytes;
use serde_json::Value;
use talon_core::Operation;
use talon_core::operations::{
    CreateCouponReservation, CreateReferral, GetCustomerInventory, GetReservedCustomers,
    TrackEvent, UpdateCustomerProfile, UpdateCustomerProfileV2, UpdateCustomerSession,
};
use talon_fake::World;

use super::codec::{Body, decode_as, decode_reply, encode_as, encode_reply, read, write};
use crate::row::Row;

macro_rules! fixture {
    ($operation:literal) => {
        include_str!(concat!(
            "../../../crates/testing/talon-samples/fixtures/",
            $operation,
            ".reply.json"
        ))
    };
}

pub(super) fn rows() -> Vec<Row> {
    let families = [
        family::<UpdateCustomerSession>("session-v1", fixture!("updateCustomerSession")),
        family::<UpdateCustomerProfileV2>("profile", fixture!("updateCustomerProfileV2")),
        family::<UpdateCustomerProfile>("profile-v1", fixture!("updateCustomerProfile")),
        family::<TrackEvent>("event", fixture!("trackEvent")),
        family::<CreateCouponReservation>("coupon", fixture!("createCouponReservation")),
        family::<CreateReferral>("referral", fixture!("createReferral")),
        family::<GetCustomerInventory>("inventory", fixture!("getCustomerInventory")),
        family::<GetReservedCustomers>("customers", fixture!("getReservedCustomers")),
        world(),
    ];
    families.into_iter().flatten().collect()
}

fn family<O: Operation>(name: &str, fixture: &'static str) -> Vec<Row> {
    let body: Body = Rc::new(move || body::<O>(fixture));
    vec![
        decode_reply::<O>(&format!("decode/{name}/talon"), &body),
        decode_as::<Value>(&format!("decode/{name}/Value"), &body),
        encode_reply::<O>(&format!("encode/{name}/talon"), &body),
    ]
}

fn world() -> Vec<Row> {
    let json = || serde_json::to_vec(&World::demo()).expect("it has no closures");
    let body: Body = Rc::new(move || json().into());
    vec![
        decode_as::<World>("decode/world/talon", &body),
        decode_as::<Value>("decode/world/Value", &body),
        encode_as::<World>("encode/world/talon", &body),
    ]
}

/// The body of a fixture as our codec writes it, without white space.
fn body<O: Operation>(fixture: &str) -> Bytes {
    let fixture: Value = serde_json::from_str(fixture).expect("a fixture");
    write::<O>(&read::<O>(&fixture["body"].to_string().into()))
}
