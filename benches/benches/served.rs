//! A session update over HTTP on 16 connections: the served fake, and hyper alone with the same
//! reply. Each server is a process of its own; the time is that of one request among those of all
//! connections.

use std::path::Path;

use criterion::{Criterion, SamplingMode, Throughput, criterion_group, criterion_main};
use talon_benches::served::Load;
use talon_soak::load::ServerProcess;

/// Servers by their names in rows and as arguments of `bench-serve`.
const SERVERS: [(&str, &str); 2] = [("talon", "fake"), ("hyper", "hyper")];

fn served(criterion: &mut Criterion) {
    let program = Path::new(env!("CARGO_BIN_EXE_bench-serve"));
    let mut group = criterion.benchmark_group("served/session");
    group.sampling_mode(SamplingMode::Flat).throughput(Throughput::Elements(1));
    for (name, argument) in SERVERS {
        group.bench_function(name, |bencher| {
            let server = ServerProcess::start(program, &[argument]).expect("it starts");
            let mut load = Load::connect(server.address()).expect("it listens");
            bencher.iter_custom(|requests| load.send(requests));
        });
    }
    group.finish();
}

criterion_group!(all, served);
criterion_main!(all);
