//! Keys that cannot sign.

use super::{CERTIFICATE, KEY};
use paas_client::SecretString;
use paas_gateway::registry::{InvalidSigner, Signer};

fn made(issuer: &str, key: &str, certificates: &str) -> Option<InvalidSigner> {
    Signer::from_pem(issuer, &SecretString::from(key), certificates).err()
}

#[test]
fn a_key_and_its_own_certificate_are_needed() {
    let other = include_str!("../../../paas-client/tests/tls/server.pem");
    assert_eq!(made("i", KEY, CERTIFICATE), None);
    assert_eq!(made("i", KEY, &[CERTIFICATE, other].concat()), None, "the chain");
    assert_eq!(made("", KEY, CERTIFICATE), Some(InvalidSigner::Issuer));
    for key in [
        "",
        "no key",
        CERTIFICATE,
        &KEY.replace("PRIVATE KEY", "EC PRIVATE KEY"),
        &KEY.replace("MIGH", "MIGI"),
    ] {
        assert_eq!(made("i", key, CERTIFICATE), Some(InvalidSigner::Key), "{key}");
    }
    for certificates in ["", "no certificate", KEY, &CERTIFICATE.repeat(9)] {
        assert_eq!(made("i", KEY, certificates), Some(InvalidSigner::Certificates), "{certificates}");
    }
    assert_eq!(made("i", KEY, &[other, CERTIFICATE].concat()), Some(InvalidSigner::OtherKey));
}
