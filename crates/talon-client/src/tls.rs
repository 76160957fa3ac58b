//! TLS of the transports: rustls with ring, TLS 1.2 and 1.3, and the certificates that the platform
//! trusts.
//!
//! Transports over rustls take their configuration from here, so that all of them trust the same
//! certificates. No process-wide provider is installed.

use std::sync::Arc;

use rustls::RootCertStore;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls_platform_verifier::Verifier;
use talon_core::{Error, ErrorKind, Result};

use crate::ClientConfig;

/// Configuration of rustls for connections to [`base_url`](ClientConfig::base_url), without ALPN
/// protocols.
///
/// Trusts the certificates that the platform trusts and those in
/// [`root_certificates`](ClientConfig::root_certificates). For a base URL that is not `https`, the
/// platform's certificates are not loaded and no certificate is trusted, so that plain connections
/// to a test server work on machines without certificates.
///
/// ```
/// use talon_client::{ClientConfig, tls};
///
/// let config = ClientConfig::new("http://localhost:9000");
/// let mut tls: rustls::ClientConfig = tls::rustls_config(&config)?;
/// // A transport adds the versions of HTTP that it speaks.
/// tls.alpn_protocols = vec![b"http/1.1".to_vec()];
/// # Ok::<(), talon_core::Error>(())
/// ```
///
/// # Errors
/// [`Config`](ErrorKind::Config) when the root certificates are not PEM, contain no certificate or
/// an unusable one, or when the platform has no certificates.
pub fn rustls_config(config: &ClientConfig) -> Result<rustls::ClientConfig> {
    let extra_roots = parse_pem(&config.root_certificates)?;
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = rustls::ClientConfig::builder_with_provider(Arc::clone(&provider))
        .with_safe_default_protocol_versions()
        .map_err(|error| config_error("this build supports no version of TLS", error))?;
    let builder = if is_https(&config.base_url) {
        let verifier = Verifier::new_with_extra_roots(extra_roots, provider).map_err(|error| {
            let message = "the platform has no certificates, or a root certificate is unusable";
            config_error(message, error)
        })?;
        // "Dangerous" since any verifier could be passed; this one is the platform's.
        builder.dangerous().with_custom_certificate_verifier(Arc::new(verifier))
    } else {
        builder.with_root_certificates(RootCertStore::empty())
    };
    Ok(builder.with_no_client_auth())
}

fn is_https(base_url: &str) -> bool {
    base_url.get(..6).is_some_and(|scheme| scheme.eq_ignore_ascii_case("https:"))
}

fn parse_pem(pem: &[u8]) -> Result<Vec<CertificateDer<'static>>> {
    let certificates: Vec<_> = CertificateDer::pem_slice_iter(pem)
        .collect::<Result<_, _>>()
        .map_err(|error| config_error("the root certificates are not PEM", error))?;
    if certificates.is_empty() && !pem.is_empty() {
        let message = "there is no certificate in PEM among the root certificates";
        return Err(Error::new(ErrorKind::Config, message));
    }
    Ok(certificates)
}

fn config_error(message: &str, cause: impl std::error::Error + Send + Sync + 'static) -> Error {
    Error::builder(ErrorKind::Config, message).source(cause).build()
}
