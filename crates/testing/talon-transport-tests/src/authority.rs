//! A private certificate authority, which issues certificates for tests.

use std::sync::Arc;

use rcgen::{
    BasicConstraints, Certificate, CertificateParams, CertifiedIssuer, IsCa, KeyPair,
    KeyUsagePurpose, date_time_ymd,
};
use rustls::ServerConfig;
use rustls::pki_types::PrivateKeyDer;

/// A new certificate authority.
#[derive(Debug)]
pub struct Authority {
    issuer: CertifiedIssuer<'static, KeyPair>,
}

impl Authority {
    /// Generates an authority, which no client trusts yet.
    #[allow(clippy::new_without_default, reason = "each one has a new key")]
    pub fn new() -> Self {
        let mut params = CertificateParams::new(Vec::new()).expect("no names");
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::DigitalSignature];
        let key = KeyPair::generate().expect("random numbers");
        Self { issuer: CertifiedIssuer::self_signed(params, key).expect("a valid certificate") }
    }

    /// The root certificate in PEM.
    pub fn pem(&self) -> String {
        self.issuer.pem()
    }

    /// TLS of a server with a certificate for `host` and these ALPN protocols.
    pub fn server(&self, host: &str, protocols: &[&str]) -> ServerConfig {
        self.issue(&params(host), protocols)
    }

    /// TLS of a server whose certificate for `localhost` expired at the end of 2020.
    pub fn expired(&self) -> ServerConfig {
        let mut params = params("localhost");
        params.not_before = date_time_ymd(2020, 1, 1);
        params.not_after = date_time_ymd(2020, 12, 31);
        self.issue(&params, &["http/1.1"])
    }

    fn issue(&self, params: &CertificateParams, protocols: &[&str]) -> ServerConfig {
        let key = KeyPair::generate().expect("random numbers");
        let certificate = params.signed_by(&key, &self.issuer).expect("a valid certificate");
        server(&certificate, &key, protocols)
    }
}

/// TLS of a server with a self-signed certificate for `localhost`.
pub fn self_signed() -> ServerConfig {
    let key = KeyPair::generate().expect("random numbers");
    let certificate = params("localhost").self_signed(&key).expect("a valid certificate");
    server(&certificate, &key, &["http/1.1"])
}

fn params(host: &str) -> CertificateParams {
    CertificateParams::new(vec![host.to_owned()]).expect("a valid name")
}

fn server(certificate: &Certificate, key: &KeyPair, protocols: &[&str]) -> ServerConfig {
    let key = PrivateKeyDer::try_from(key.serialize_der()).expect("a key");
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .and_then(|builder| {
            builder.with_no_client_auth().with_single_cert(vec![certificate.der().clone()], key)
        })
        .expect("certificate and key match");
    config.alpn_protocols = protocols.iter().map(|name| name.as_bytes().to_vec()).collect();
    config
}
