//! Session updates in the fake, by the size of the cart and the number of sessions there are.

use std::hint::black_box;

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use talon_benches::SIZES;
use talon_core::IntegrationApi;
use talon_core::model::IntegrationRequest;
use talon_core::operations::UpdateCustomerSessionV2;
use talon_fake::{Fake, World};
use talon_properties::{immediate, shopping_session};

fn fake() -> Fake {
    Fake::new(World::demo()).expect("the demo world is fit")
}

fn update(session: &str, lines: usize) -> UpdateCustomerSessionV2 {
    UpdateCustomerSessionV2::new(session, IntegrationRequest::new(shopping_session(lines)))
}

fn by_size(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("evaluate");
    for (size, lines) in SIZES {
        let fake = fake();
        let request = update("cart-1", lines);
        group.bench_function(size, |bencher| {
            bencher.iter_batched(
                || black_box(&request).clone(),
                |request| immediate(fake.update_customer_session_v2(request)).expect("it is fit"),
                BatchSize::SmallInput,
            );
        });
    }
    group.finish();
}

/// A call must not cost more the longer the fake has been running.
fn by_sessions(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("evaluate/among sessions");
    for sessions in [1, 1000] {
        let fake = fake();
        for number in 0..sessions {
            let request = update(&format!("cart-{number}"), 1);
            immediate(fake.update_customer_session_v2(request)).expect("it is fit");
        }
        let request = update("cart-0", 1);
        group.bench_function(sessions.to_string(), |bencher| {
            bencher.iter_batched(
                || black_box(&request).clone(),
                |request| immediate(fake.update_customer_session_v2(request)).expect("it is fit"),
                BatchSize::SmallInput,
            );
        });
    }
    group.finish();
}

criterion_group!(evaluate, by_size, by_sessions);
criterion_main!(evaluate);
