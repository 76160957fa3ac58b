//! Reading and writing the reply to a session update.
//!
//! Two rows of serde_json stand beside ours in the same run: `IgnoredAny`, which checks the syntax
//! and keeps nothing, is the least that reading can cost; `Value` is what untyped code pays.

use std::hint::black_box;

use bytes::Bytes;
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use http::Response;
use serde::de::IgnoredAny;
use serde_json::Value;
use talon_benches::SIZES;
use talon_core::Operation;
use talon_core::operations::UpdateCustomerSessionV2;
use talon_properties::session_reply;

fn decode(criterion: &mut Criterion) {
    for (size, lines) in SIZES {
        let body = Bytes::from(session_reply(lines));
        let mut group = criterion.benchmark_group(format!("decode/{size}"));
        group.throughput(Throughput::Bytes(body.len() as u64));
        group.bench_function("talon", |bencher| {
            bencher.iter(|| {
                let response = Response::new(black_box(&body).clone());
                UpdateCustomerSessionV2::reply_from_http(response).expect("it fits")
            });
        });
        group.bench_function("serde_json::Value", |bencher| {
            bencher.iter(|| serde_json::from_slice::<Value>(black_box(&body)).expect("JSON"));
        });
        group.bench_function("serde_json::IgnoredAny", |bencher| {
            bencher.iter(|| serde_json::from_slice::<IgnoredAny>(black_box(&body)).expect("JSON"));
        });
        group.finish();
    }
}

fn encode(criterion: &mut Criterion) {
    for (size, lines) in SIZES {
        let body = Bytes::from(session_reply(lines));
        let value: Value = serde_json::from_slice(&body).expect("JSON");
        let reply = UpdateCustomerSessionV2::reply_from_http(Response::new(body)).expect("it fits");
        let written = UpdateCustomerSessionV2::reply_to_http(&reply).expect("it was read");
        let mut group = criterion.benchmark_group(format!("encode/{size}"));
        group.throughput(Throughput::Bytes(written.body().len() as u64));
        group.bench_function("talon", |bencher| {
            bencher.iter(|| UpdateCustomerSessionV2::reply_to_http(black_box(&reply)));
        });
        group.bench_function("serde_json::Value", |bencher| {
            bencher.iter(|| serde_json::to_vec(black_box(&value)).expect("JSON"));
        });
        group.finish();
    }
}

criterion_group!(codec, decode, encode);
criterion_main!(codec);
