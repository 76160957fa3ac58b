//! Root certificates.

use rcgen::{CertificateParams, KeyPair};
use talon_client::{ClientConfig, tls};
use talon_core::ErrorKind;

fn self_signed_certificate() -> String {
    let key = KeyPair::generate().expect("random numbers");
    let params = CertificateParams::new(vec!["localhost".into()]).expect("a valid name");
    params.self_signed(&key).expect("a valid certificate").pem()
}

fn config(pem: &str) -> ClientConfig {
    ClientConfig::new("https://talon.example").root_certificates(pem)
}

#[test]
fn a_private_authority_is_trusted_in_addition_to_the_platform() {
    tls::rustls_config(&config(&self_signed_certificate())).unwrap();
}

#[test]
fn root_certificates_without_a_certificate_are_refused() {
    let half = "-----BEGIN CERTIFICATE-----\nabc";
    let no_certificate = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
    for pem in ["no PEM", half, no_certificate] {
        let error = tls::rustls_config(&config(pem)).unwrap_err();

        assert_eq!(error.kind(), ErrorKind::Config, "{pem}");
    }
}

#[test]
fn no_provider_is_installed_for_the_process() {
    tls::rustls_config(&config(&self_signed_certificate())).unwrap();

    assert!(rustls::crypto::CryptoProvider::get_default().is_none());
}
