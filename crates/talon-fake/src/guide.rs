//! How to test code with the fake: seeding, rules, faults with retries, the clock, assertions.
//!
//! The code under test holds an `Arc<dyn IntegrationApi>`, which is the fake in a test. In the
//! examples below it is this shop. It pays a cart, and tries once more when the reply is lost:
//!
//! ```
//! use std::sync::Arc;
//! use talon_core::prelude::*;
//!
//! struct Shop(Arc<dyn IntegrationApi>);
//!
//! impl Shop {
//!     /// Pays a cart with a coupon, and tries once more when the reply is lost.
//!     async fn pay(&self, cart: &str, coupon: &str) -> Result<(), Error> {
//!         match self.close(cart, coupon).await {
//!             Err(lost) if lost.may_have_been_applied() => match self.close(cart, coupon).await {
//!                 // It was applied: a closed session cannot be closed again.
//!                 Err(refused) if refused.is_bad_request() => Ok(()),
//!                 again => again,
//!             },
//!             done => done,
//!         }
//!     }
//!
//!     async fn close(&self, cart: &str, coupon: &str) -> Result<(), Error> {
//!         let session = NewCustomerSessionV2::default()
//!             .profile("anna")
//!             .coupon_codes([coupon])
//!             .cart_items([CartItem::new("MUG", 1).price(50)])
//!             .state(SessionState::Closed);
//!         let request = UpdateCustomerSessionV2::new(cart, session);
//!         self.0.update_customer_session_v2(request).await.map(drop)
//!     }
//! }
//! ```
//!
//! # Seeding, and a rule
//!
//! A [`World`](crate::World) is the initial data of a fake. A campaign has coupons and
//! [`rules`](crate::rules); a rule has conditions and rewards. A world can also be read from a file,
//! with [`World::from_json`](crate::World::from_json).
//!
//! ```
//! use talon_fake::rules::*;
//! use talon_fake::{Campaign, Coupon, World};
//!
//! fn world() -> World {
//!     World::new().now("2026-03-01T09:00:00Z").campaign(
//!         Campaign::new("Spring").coupon(Coupon::new("SPRING").expires("2026-03-31T00:00:00Z")).rule(
//!             Rule::new("10 % off")
//!                 .when(Condition::coupon_valid())
//!                 .then(Reward::set_discount("10 % off", Discount::percent(10))),
//!         ),
//!     )
//! }
//! ```
//!
//! The fake returns what is stored:
//!
//! ```
//! # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/guide/shop.rs"));
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let talon = Fake::new(world())?;
//! let shop = Shop(talon.api());
//!
//! shop.pay("cart-1", "SPRING").await?;
//!
//! assert_eq!(talon.session("cart-1").expect("it is stored").state, SessionState::Closed);
//! assert_eq!(talon.coupon("SPRING").expect("it is in the world").usage_counter, 1);
//! # Ok(())
//! # }
//! ```
//!
//! # A fault, with a retry
//!
//! [`Fault`](crate::Fault) lists the faults. [`lose_reply`](crate::Fault::lose_reply) finds code that
//! charges twice: the service executes the request, and the caller gets no reply.
//!
//! ```
//! # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/guide/shop.rs"));
//! use talon_fake::Fault;
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let talon = Fake::new(world())?;
//! let shop = Shop(talon.api());
//! talon.faults().next::<UpdateCustomerSessionV2>(Fault::lose_reply());
//!
//! shop.pay("cart-1", "SPRING").await?;
//!
//! assert_eq!(talon.coupon("SPRING").expect("it is in the world").usage_counter, 1);
//! talon.assert_called_times::<UpdateCustomerSessionV2>(2);
//! talon.faults().assert_used();
//! # Ok(())
//! # }
//! ```
//!
//! # The client, recovering from faults
//!
//! The client itself retries, with an `Idempotency-Key` by which the service repeats the reply that was
//! lost. Over a `Loopback` of talon-client it runs in a test without a port, down to the bytes of
//! requests and replies:
//!
//! ```
//! # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/guide/shop.rs"));
//! use talon_client::{Client, ClientConfig, Loopback};
//! use talon_fake::Fault;
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let talon = Fake::new(world())?;
//! let config = ClientConfig::new("http://localhost").api_key("any");
//! let client = Client::new(config, Loopback::with_handler(Arc::new(talon.clone())))?;
//! talon.faults().next::<UpdateCustomerSessionV2>(Fault::status(503));
//! talon.faults().next::<UpdateCustomerSessionV2>(Fault::lose_reply());
//!
//! let session = NewCustomerSessionV2::default()
//!     .profile("anna")
//!     .coupon_codes(["SPRING"])
//!     .cart_items([CartItem::new("MUG", 1).price(50)])
//!     .state(SessionState::Closed);
//! let request = UpdateCustomerSessionV2::new("cart-1", session);
//! let reply = client.update_customer_session_v2(request).await?;
//!
//! assert_eq!(reply.effects.len(), 2, "the reply that was lost");
//! assert_eq!(talon.coupon("SPRING").expect("it is in the world").usage_counter, 1);
//! talon.faults().assert_used();
//! # Ok(())
//! # }
//! ```
//!
//! # Schedules of faults
//!
//! A fault is injected once, unless its schedule says otherwise:
//!
//! ```
//! # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/guide/shop.rs"));
//! use std::time::Duration;
//! use talon_fake::Fault;
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let talon = Fake::new(world())?;
//! let faults = talon.faults();
//!
//! faults.next::<TrackEvent>(Fault::status(503)).times(3);
//! faults.next::<UpdateCustomerProfileV2>(Fault::conflict()).every(2);
//! faults.on_any(Fault::too_many_requests(Duration::from_secs(2))).with_probability(0.1, 42);
//! faults
//!     .next::<UpdateCustomerSessionV2>(Fault::drop_connection())
//!     .when(|request| request.session_id == "cart-7");
//!
//! assert_eq!(faults.unused().len(), 4);
//! # Ok(())
//! # }
//! ```
//!
//! # The clock
//!
//! The clock stands still until the test moves it. Validity dates depend on it:
//!
//! ```
//! # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/guide/shop.rs"));
//! use std::time::Duration;
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let talon = Fake::new(world())?;
//! let shop = Shop(talon.api());
//!
//! talon.clock().advance(Duration::from_secs(30 * 24 * 60 * 60));
//! shop.pay("cart-1", "SPRING").await?;
//!
//! let calls = talon.calls::<UpdateCustomerSessionV2>();
//! let reply = calls[0].reply().expect("it was served");
//! let EffectKind::RejectCoupon(rejected) = &reply.effects[0].kind else { panic!("no rejection") };
//! assert_eq!(rejected.rejection_reason.as_str(), "CouponExpired");
//! # Ok(())
//! # }
//! ```
//!
//! # Asserting calls
//!
//! Every call is recorded with its typed request. An assertion that fails lists the recorded calls,
//! and the differences to the most similar one:
//!
//! ```
//! # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/guide/shop.rs"));
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let talon = Fake::new(world())?;
//! let shop = Shop(talon.api());
//!
//! shop.pay("cart-1", "SPRING").await?;
//!
//! talon.assert_called::<UpdateCustomerSessionV2>(|request| request.session_id == "cart-1");
//! talon.assert_not_called::<DeleteCustomerData>();
//! # Ok(())
//! # }
//! ```
//!
//! # What changed
//!
//! A [`Snapshot`](crate::Snapshot) is the whole state of the fake:
//!
//! ```
//! # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/guide/shop.rs"));
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let talon = Fake::new(world())?;
//! let shop = Shop(talon.api());
//! let before = talon.snapshot();
//!
//! shop.pay("cart-1", "SPRING").await?;
//! let changes = before.diff(&talon.snapshot());
//! assert!(changes.iter().any(|line| line.starts_with("/tables/coupons/SPRING")));
//!
//! talon.restore(&before)?;
//! assert_eq!(talon.snapshot(), before);
//! # Ok(())
//! # }
//! ```
