//! A private authority, as a company has it, that issues certificates for `localhost`.

use std::sync::Arc;

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair, KeyUsagePurpose};
use rustls::ServerConfig;
use rustls::pki_types::PrivateKeyDer;

/// A certificate authority made for one test.
#[derive(Debug)]
pub struct Authority {
    issuer: CertifiedIssuer<'static, KeyPair>,
}

impl Authority {
    /// A new authority that nobody trusts yet.
    #[allow(clippy::new_without_default, reason = "each one is another, so it is no default")]
    pub fn new() -> Self {
        let mut params = CertificateParams::new(Vec::new()).expect("no names");
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::DigitalSignature];
        let key = KeyPair::generate().expect("random numbers");
        Self { issuer: CertifiedIssuer::self_signed(params, key).expect("a fit certificate") }
    }

    /// The authority's own certificate, to be trusted.
    pub fn pem(&self) -> String {
        self.issuer.pem()
    }

    /// A server that proves to be `host` and speaks the first of `protocols` the client offers.
    pub fn server(&self, host: &str, protocols: &[&str]) -> ServerConfig {
        let key = KeyPair::generate().expect("random numbers");
        let params = CertificateParams::new(vec![host.to_owned()]).expect("a fit name");
        let certificate = params.signed_by(&key, &self.issuer).expect("a fit certificate");
        let key = PrivateKeyDer::try_from(key.serialize_der()).expect("a key");
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let mut config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .and_then(|builder| {
                builder.with_no_client_auth().with_single_cert(vec![certificate.der().clone()], key)
            })
            .expect("certificate and key fit");
        config.alpn_protocols = protocols.iter().map(|name| name.as_bytes().to_vec()).collect();
        config
    }
}
