//! A call through client and server is equivalent to a direct call.

use std::sync::{Arc, Mutex, MutexGuard};

use proptest::arbitrary::{Arbitrary, any};
use talon_client::Loopback;
use talon_core::api::{Call, ReplyOf};
use talon_core::{IntegrationApi, Operation, Result, async_trait, for_each_operation, operations};
use tokio::runtime::Builder;

use crate::runner::holds_for_every;

const CASES: u32 = 16;

/// Answers every call of one operation with the same reply, and records the requests.
#[derive(Debug)]
struct StubApi<O: Operation> {
    reply: O::Reply,
    requests: Mutex<Vec<O>>,
}

impl<O: Operation> StubApi<O> {
    fn new(reply: O::Reply) -> Arc<Self> {
        Arc::new(Self { reply, requests: Mutex::default() })
    }

    fn answer(&self, request: O) -> O::Reply {
        self.requests().push(request);
        self.reply.clone()
    }

    fn requests(&self) -> MutexGuard<'_, Vec<O>> {
        self.requests.lock().expect("the lock is not poisoned")
    }
}

fn assert_equivalent<O>()
where
    O: Call + Arbitrary,
    O::Reply: Arbitrary + PartialEq,
    StubApi<O>: IntegrationApi,
{
    let runtime = Builder::new_current_thread().enable_time().build().expect("a runtime");
    holds_for_every(CASES, (any::<O>(), any::<O::Reply>()), |(request, reply)| {
        let api = StubApi::new(reply);
        let client = Loopback::client(Arc::clone(&api) as Arc<dyn IntegrationApi>);

        let direct = runtime.block_on(request.clone().call(&*api)).expect("it answers");
        let carried = runtime.block_on(request.call(&client)).expect("it answers");

        assert_eq!(carried, direct);
        let requests = api.requests();
        assert_eq!(requests.len(), 2);
        assert_eq!(requests[1], requests[0]);
    });
}

macro_rules! every_operation {
    ($( $(#[$doc:meta])* $method:ident($request:ident); )+) => {
        $(
            #[async_trait]
            impl IntegrationApi for StubApi<operations::$request> {
                async fn $method(
                    &self,
                    request: operations::$request,
                ) -> Result<ReplyOf<operations::$request>> {
                    Ok(self.answer(request))
                }
            }

            #[test]
            fn $method() {
                assert_equivalent::<operations::$request>();
            }
        )+
    };
}
for_each_operation!(every_operation);
