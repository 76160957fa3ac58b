//! A call of each operation on the fake: by the router alone, and by a client without a socket.
//!
//! The difference between a row of `router` and one of `client` is what calling costs.

use std::hint::black_box;

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use talon_client::Loopback;
use talon_core::Attributes;
use talon_core::dispatch::dispatch;
use talon_fake::{Fake, World};
use talon_samples::immediate;
use talon_samples::{Sample, for_each_sample};
use tokio::runtime::{Builder, Runtime};

/// A coupon of the demo world and, here, a profile as well.
const ID: &str = "SUMMER10";

fn fake<O: Sample>() -> Fake {
    let world = World::demo().profile(ID, Attributes::new());
    let fake = Fake::new(world).expect("the demo world is fit");
    immediate(O::prepare(&fake, ID)).expect("the sample can be prepared");
    fake
}

fn rows<O: Sample>(criterion: &mut Criterion, runtime: &Runtime) {
    let request = O::sample(ID).to_http().expect("a plain id can be sent");
    let mut group = criterion.benchmark_group(format!("dispatch/{}", O::INFO.id));
    // A world of its own for each call, since some calls leave more behind each time.
    group.bench_function("router", |bencher| {
        bencher.iter_batched_ref(
            fake::<O>,
            |fake| immediate(dispatch(fake, black_box(&request))),
            BatchSize::SmallInput,
        );
    });
    group.bench_function("client", |bencher| {
        bencher.iter_batched_ref(
            || (Loopback::client(fake::<O>().api()), O::sample(ID)),
            |(client, request)| runtime.block_on(request.clone().call(client)).expect("it is fit"),
            BatchSize::SmallInput,
        );
    });
    group.finish();
}

fn every_call(criterion: &mut Criterion) {
    let runtime = Builder::new_current_thread().enable_time().build().expect("a runtime");
    for_each_sample!(|O| rows::<O>(criterion, &runtime));
}

criterion_group!(calls, every_call);
criterion_main!(calls);
