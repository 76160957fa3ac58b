//! One call: over loopback by each transport and by bare clients, and without a socket.
//!
//! A row at concurrency 8 or 64 is the time of one call among so many at once, on one thread.

use std::fmt::Debug;
use std::future::Future;
use std::sync::Arc;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use talon_benches::call::{API_KEY, BareHyper, BareReqwest, ReplyServer, USER_AGENT, request};
use talon_client::{Client, ClientConfig, Loopback, Transport};
use talon_core::IntegrationApi;
use talon_fake::{Fake, World};
use tokio::runtime::{Builder, Runtime};
use tokio::task::JoinSet;

const CONCURRENCY: [u32; 3] = [1, 8, 64];

/// A runtime of one thread: the server has the other processors.
fn runtime() -> Runtime {
    Builder::new_current_thread().enable_all().build().expect("a runtime")
}

/// Rows of one client: `call` by itself, and several at once.
fn rows<C, F, R, E>(criterion: &mut Criterion, name: &str, client: &C, call: fn(C) -> F)
where
    C: Clone,
    F: Future<Output = Result<R, E>> + Send + 'static,
    R: Send + 'static,
    E: Debug + Send + 'static,
{
    let runtime = runtime();
    let mut group = criterion.benchmark_group("call");
    for at_once in CONCURRENCY {
        group.throughput(Throughput::Elements(at_once.into()));
        group.bench_function(BenchmarkId::new(name, at_once), |bencher| {
            bencher.iter(|| {
                runtime.block_on(async {
                    if at_once == 1 {
                        return drop(call(client.clone()).await.expect("a reply"));
                    }
                    let calls = (0..at_once).map(|_| call(client.clone()));
                    for reply in calls.collect::<JoinSet<_>>().join_all().await {
                        reply.expect("a reply");
                    }
                });
            });
        });
    }
    group.finish();
}

/// Rows of a client of ours.
fn ours<T: Transport>(criterion: &mut Criterion, name: &str, client: &Client<T>) {
    rows(criterion, name, client, |client| async move { client.call(request()).await });
}

fn over_loopback(criterion: &mut Criterion) {
    let reply_server = ReplyServer::bind().expect("a port");
    let url = format!("http://{}", reply_server.address().expect("an address"));
    reply_server.spawn();
    let config = ClientConfig::new(url.as_str()).api_key(API_KEY).user_agent(USER_AGENT);
    let reqwest = BareReqwest::new(&url).expect("a client");

    rows(criterion, "hyper alone", &BareHyper::new(&url), |client| async move {
        client.call(request()).await
    });
    ours(criterion, "talon-hyper", &talon_hyper::connect(config.clone()).expect("a client"));
    rows(
        criterion,
        "reqwest alone",
        &reqwest,
        |client| async move { client.call(request()).await },
    );
    ours(criterion, "talon-reqwest", &talon_reqwest::connect(config).expect("a client"));
}

/// The fake with its whole evaluation, through the codec and directly.
fn without_a_socket(criterion: &mut Criterion) {
    let fake = Fake::new(World::demo()).expect("the demo world");
    ours(criterion, "Loopback to the fake", &Loopback::client(fake.api()));
    rows(criterion, "the fake itself", &fake.api(), |fake: Arc<dyn IntegrationApi>| async move {
        fake.update_customer_session_v2(request()).await
    });
}

criterion_group!(call, over_loopback, without_a_socket);
criterion_main!(call);
