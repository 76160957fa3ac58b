//! From a request as a value to one over HTTP, and back.

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use talon_core::{for_each_operation, operations};
use talon_samples::Sample;

const PLAIN: &str = "SUMMER10";
const AWKWARD: &str = "SUMMER 25%OFF/é";

fn rows<O: Sample>(criterion: &mut Criterion) {
    let operation = O::sample(PLAIN);
    let awkward = O::sample(AWKWARD);
    let request = operation.to_http().expect("a plain id can be sent");
    let mut group = criterion.benchmark_group(format!("path/{}", O::INFO.id));
    group.bench_function("write", |bencher| bencher.iter(|| black_box(&operation).to_http()));
    group.bench_function("write awkward", |bencher| {
        bencher.iter(|| black_box(&awkward).to_http());
    });
    group.bench_function("read", |bencher| bencher.iter(|| O::from_http(black_box(&request))));
    group.finish();
}

macro_rules! every_operation {
    ($( $(#[$doc:meta])* $method:ident($request:ident); )+) => {
        fn path(criterion: &mut Criterion) {
            $( rows::<operations::$request>(criterion); )+
        }
    };
}
for_each_operation!(every_operation);

criterion_group!(paths, path);
criterion_main!(paths);
