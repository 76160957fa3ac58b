//! A shop over axum, with Talon.One for coupons and loyalty points.
//!
//! ```sh
//! cargo run --bin talon -- serve --port 8080 &
//! TALON_BASE_URL=http://127.0.0.1:8080 TALON_API_KEY=demo-key cargo run -p talon-example-shop
//! curl http://127.0.0.1:3000/carts/cart-1/checkout -H 'Content-Type: application/json' \
//!   -d '{"customer": "anna", "coupon": "SUMMER10", "lines": [{"sku": "MUG", "quantity": 3, "price": 8.5}]}'
//! ```

mod checkout;
mod web;

#[cfg(test)]
mod tests;

use std::sync::Arc;

use talon_one::ClientConfig;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let config = ClientConfig::from_env()?; // TALON_BASE_URL and TALON_API_KEY
    let api = Arc::new(talon_one::reqwest::connect(config)?);

    let listener = tokio::net::TcpListener::bind("127.0.0.1:3000").await?;
    axum::serve(listener, web::router(api)).await?;
    Ok(())
}
