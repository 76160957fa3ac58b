//! Encoding and decoding the path and query of a request.

use std::hint::black_box;

use talon_core::operations::{GetCustomerInventory, GetReservedCustomers};
use talon_samples::Sample;

use crate::row::Row;

/// An id without and one with characters to escape.
const IDS: [(&str, &str); 2] = [("plain", "SUMMER10"), ("awkward", "SUMMER 25%OFF/é")];

pub(super) fn rows() -> Vec<Row> {
    let paths = IDS.iter().flat_map(|(kind, id)| rows_of::<GetReservedCustomers>("path", kind, id));
    let queries = rows_of::<GetCustomerInventory>("query", IDS[0].0, IDS[0].1);
    paths.chain(queries).collect()
}

/// Neither operation has a body.
fn rows_of<O: Sample>(part: &str, kind: &str, id: &'static str) -> Vec<Row> {
    vec![
        Row::iter(format!("{part}/{kind}/write"), move || {
            let operation = O::sample(id);
            move || drop(black_box(black_box(&operation).to_http()))
        }),
        Row::iter(format!("{part}/{kind}/read"), move || {
            let request = O::sample(id).to_http().expect("it can be sent");
            move || drop(black_box(O::from_http(black_box(&request))))
        }),
    ]
}
