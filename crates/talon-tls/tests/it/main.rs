//! What is trusted, and what is refused.

use rcgen::{CertificateParams, KeyPair};
use talon_core::ErrorKind;

fn certificate() -> String {
    let key = KeyPair::generate().expect("random numbers");
    let params = CertificateParams::new(vec!["localhost".into()]).expect("a fit name");
    params.self_signed(&key).expect("a fit certificate").pem()
}

#[test]
fn an_own_authority_is_trusted_beside_the_platform() {
    talon_tls::client_config("https://talon.example", certificate().as_bytes()).unwrap();
}

#[test]
fn what_holds_no_certificate_is_refused() {
    let half = "-----BEGIN CERTIFICATE-----\nabc";
    let no_certificate = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
    for pem in ["no PEM", half, no_certificate] {
        let error = talon_tls::client_config("https://talon.example", pem.as_bytes()).unwrap_err();

        assert_eq!(error.kind(), ErrorKind::Config, "{pem}");
    }
}

#[test]
fn nothing_is_installed_for_the_process() {
    talon_tls::client_config("https://talon.example", certificate().as_bytes()).unwrap();

    assert!(rustls::crypto::CryptoProvider::get_default().is_none());
}
