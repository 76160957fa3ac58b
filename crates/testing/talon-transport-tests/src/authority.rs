//! A private authority, as a company has it, that issues certificates for `localhost`.

use std::sync::Arc;

use rcgen::{
    BasicConstraints, Certificate, CertificateParams, CertifiedIssuer, IsCa, KeyPair,
    KeyUsagePurpose, date_time_ymd,
};
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
        self.issue(&params(host), protocols)
    }

    /// A server whose certificate for `localhost` was good until the end of 2020.
    pub fn expired(&self) -> ServerConfig {
        let mut params = params("localhost");
        params.not_before = date_time_ymd(2020, 1, 1);
        params.not_after = date_time_ymd(2020, 12, 31);
        self.issue(&params, &["http/1.1"])
    }

    fn issue(&self, params: &CertificateParams, protocols: &[&str]) -> ServerConfig {
        let key = KeyPair::generate().expect("random numbers");
        let certificate = params.signed_by(&key, &self.issuer).expect("a fit certificate");
        server(&certificate, &key, protocols)
    }
}

/// A server that vouches for itself: nobody else signed its certificate for `localhost`.
pub fn self_signed() -> ServerConfig {
    let key = KeyPair::generate().expect("random numbers");
    let certificate = params("localhost").self_signed(&key).expect("a fit certificate");
    server(&certificate, &key, &["http/1.1"])
}

fn params(host: &str) -> CertificateParams {
    CertificateParams::new(vec![host.to_owned()]).expect("a fit name")
}

fn server(certificate: &Certificate, key: &KeyPair, protocols: &[&str]) -> ServerConfig {
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
