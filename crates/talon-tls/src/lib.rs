#![doc = include_str!("../README.md")]

use std::sync::Arc;

use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore};
use rustls_platform_verifier::Verifier;
use talon_core::{Error, ErrorKind, Result};

/// Configuration for connections to `base_url`, without ALPN.
///
/// Trusts what the platform trusts and the certificates in `extra_roots`, which is PEM and may be
/// empty. For a base URL that is not `https` the platform is not asked, and nobody is trusted: so
/// plain connections to a test server work on machines that have no certificates.
///
/// # Errors
/// [`Config`](ErrorKind::Config) when `extra_roots` is not PEM, holds no certificate or an unfit
/// one, or when the platform has none.
pub fn client_config(base_url: &str, extra_roots: &[u8]) -> Result<ClientConfig> {
    let extra_roots = certificates(extra_roots)?;
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = ClientConfig::builder_with_provider(Arc::clone(&provider))
        .with_safe_default_protocol_versions()
        .map_err(|error| unfit("this build speaks no version of TLS", error))?;
    let builder = if is_https(base_url) {
        let verifier = Verifier::new_with_extra_roots(extra_roots, provider).map_err(|error| {
            unfit("the platform has no certificates, or a root certificate is unfit", error)
        })?;
        // Called dangerous because any verifier could be given; this one is the platform's.
        builder.dangerous().with_custom_certificate_verifier(Arc::new(verifier))
    } else {
        builder.with_root_certificates(RootCertStore::empty())
    };
    Ok(builder.with_no_client_auth())
}

fn is_https(base_url: &str) -> bool {
    base_url.get(..6).is_some_and(|scheme| scheme.eq_ignore_ascii_case("https:"))
}

fn certificates(pem: &[u8]) -> Result<Vec<CertificateDer<'static>>> {
    let certificates: Vec<_> = CertificateDer::pem_slice_iter(pem)
        .collect::<Result<_, _>>()
        .map_err(|error| unfit("the root certificates are not PEM", error))?;
    if certificates.is_empty() && !pem.is_empty() {
        let message = "there is no certificate in PEM among the root certificates";
        return Err(Error::new(ErrorKind::Config, message));
    }
    Ok(certificates)
}

fn unfit(message: &str, cause: impl std::error::Error + Send + Sync + 'static) -> Error {
    Error::new(ErrorKind::Config, message).caused_by(cause)
}
