//! Times every row; `cargo xtask bench` reads what criterion writes.

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use talon_benches::row::{Row, Work};

/// Set by a full run: also what takes gigabytes.
const FULL: &str = "TALON_BENCH_FULL";

fn rows(criterion: &mut Criterion) {
    let full = std::env::var_os(FULL).is_some();
    let rows = talon_benches::rows::all().unwrap_or_else(|reason| {
        eprintln!("{reason}");
        std::process::exit(1)
    });
    for row in rows.iter().filter(|row| full || !row.heavy) {
        time(criterion, row);
    }
}

fn time(criterion: &mut Criterion, row: &Row) {
    let (group, name) = row.group();
    let mut group = criterion.benchmark_group(group);
    if let Some(bytes) = row.bytes() {
        group.throughput(Throughput::Bytes(bytes));
    }
    // Prepared only when the filter of the command line lets the row run.
    group.bench_function(name, |bencher| match row.prepare() {
        Work::Iter(mut call) => bencher.iter(&mut call),
        Work::Batched(make) => bencher.iter_batched(make, |call| call(), BatchSize::SmallInput),
    });
    group.finish();
}

criterion_group!(all, rows);
criterion_main!(all);
