//! From a request as a value to one over HTTP, and back.

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use talon_samples::{Sample, for_each_sample};

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

fn path(criterion: &mut Criterion) {
    for_each_sample!(|O| rows::<O>(criterion));
}

criterion_group!(paths, path);
criterion_main!(paths);
