//! Traces for OpenTelemetry: the spans of calls, and their `traceparent` in the requests.
//!
//! Each call has a span, and in it each attempt an HTTP client span. tracing-opentelemetry exports
//! them; [`TraceParent`] propagates them. The exporter here keeps spans in memory, so that the example
//! prints them; in production it is that of opentelemetry-otlp.
//!
//! `TALON_BASE_URL=… TALON_API_KEY=… cargo run --example opentelemetry`

use opentelemetry::propagation::{Injector, TextMapPropagator};
use opentelemetry::trace::TracerProvider;
use opentelemetry_sdk::propagation::TraceContextPropagator;
use opentelemetry_sdk::trace::{InMemorySpanExporter, SdkTracerProvider};
use talon_one::bytes::Bytes;
use talon_one::http::{HeaderMap, HeaderName, HeaderValue, Request, Response};
use talon_one::prelude::*;
use talon_one::{Client, ClientConfig, Transport, TransportError, async_trait};
use tracing::Subscriber;
use tracing_opentelemetry::OpenTelemetrySpanExt;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::registry::LookupSpan;
use tracing_subscriber::util::SubscriberInitExt;

/// A transport that adds the headers `traceparent` and `tracestate` of the current attempt.
///
/// A transport is called within the span of the attempt, so each attempt has a `traceparent` of its
/// own.
#[derive(Debug)]
struct TraceParent<T>(T);

#[async_trait]
impl<T: Transport> Transport for TraceParent<T> {
    async fn send(&self, mut request: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        let context = tracing::Span::current().context();
        let mut headers = Headers(request.headers_mut());
        TraceContextPropagator::new().inject_context(&context, &mut headers);
        self.0.send(request).await
    }
}

/// Headers that a propagator writes to.
struct Headers<'a>(&'a mut HeaderMap);

impl Injector for Headers<'_> {
    fn set(&mut self, key: &str, value: String) {
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(key), HeaderValue::try_from(value)) {
            self.0.insert(name, value);
        }
    }
}

/// A subscriber that passes spans to `exporter`.
fn subscriber(
    exporter: InMemorySpanExporter,
) -> impl Subscriber + for<'span> LookupSpan<'span> + Send + Sync {
    let provider = SdkTracerProvider::builder().with_simple_exporter(exporter).build();
    let tracer = provider.tracer("shop");
    tracing_subscriber::registry().with(tracing_opentelemetry::layer().with_tracer(tracer))
}

fn connect(config: ClientConfig) -> Result<Client<impl Transport>, Error> {
    let reqwest = talon_one::reqwest::ReqwestTransport::new(&config)?;
    Client::new(config, TraceParent(reqwest))
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let exporter = InMemorySpanExporter::default();
    subscriber(exporter.clone()).init();
    let talon = connect(ClientConfig::from_env()?)?;

    talon.get_customer_inventory(GetCustomerInventory::new("anna")).await?;

    for span in exporter.get_finished_spans()? {
        println!("{} {:?} {:?}", span.name, span.span_kind, span.status);
        for attribute in &span.attributes {
            println!("    {} = {}", attribute.key, attribute.value);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use opentelemetry::trace::{SpanKind, Status};
    use opentelemetry_sdk::trace::SpanData;
    use talon_transport_tests::server::{ScriptedReply, TestServer};

    use super::*;

    /// Values of attributes as text; empty where there is none.
    fn values<const N: usize>(span: &SpanData, keys: [&str; N]) -> [String; N] {
        keys.map(|key| {
            let attribute = span.attributes.iter().find(|it| it.key.as_str() == key);
            attribute.map(|it| it.value.to_string()).unwrap_or_default()
        })
    }

    #[tokio::test]
    async fn attempts_are_client_spans_and_their_context_is_propagated() {
        let server = TestServer::script(vec![
            ScriptedReply::reply("503 Service Unavailable", ""),
            ScriptedReply::reply("200 OK", "{}"),
        ])
        .await;
        let exporter = InMemorySpanExporter::default();
        let talon = connect(ClientConfig::new(server.url()).api_key("fefecafe")).unwrap();
        let _guard = subscriber(exporter.clone()).set_default();

        talon.get_customer_inventory(GetCustomerInventory::new("anna")).await.unwrap();

        let spans = exporter.get_finished_spans().unwrap();
        let mut spans = spans.iter().filter(|span| span.name != "connection");
        let [Some(first), Some(second), Some(call), None] =
            [spans.next(), spans.next(), spans.next(), spans.next()]
        else {
            panic!("three spans were expected")
        };
        let template = "/v1/customer_profiles/{integrationId}/inventory";
        for (span, status, resent) in [(first, "503", ""), (second, "200", "1")] {
            assert_eq!(span.name, format!("GET {template}"));
            assert_eq!(span.span_kind, SpanKind::Client);
            assert_eq!(span.parent_span_id, call.span_context.span_id());
            let keys = ["url.template", "http.response.status_code", "http.request.resend_count"];
            assert_eq!(values(span, keys), [template, status, resent].map(str::to_owned));
            let address = server.address();
            let [host, port, method] =
                values(span, ["server.address", "server.port", "http.request.method"]);
            assert_eq!((host, port), (address.ip().to_string(), address.port().to_string()));
            assert_eq!(method, "GET");
        }
        assert!(matches!(first.status, Status::Error { .. }), "{:?}", first.status);
        assert_eq!((&second.status, &call.status), (&Status::Unset, &Status::Unset));
        assert_eq!((&*call.name, &call.span_kind), ("getCustomerInventory", &SpanKind::Internal));
        for (request, span) in server.log().requests.iter().zip([first, second]) {
            let context = &span.span_context;
            let parent = format!("00-{}-{}-01", context.trace_id(), context.span_id());
            assert_eq!(request.header("traceparent"), Some(parent.as_str()));
        }
    }
}
