//! The key that signs tokens.

use super::claims::Claims;
use base64::{
    Engine,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use paas_client::{ExposeSecret, SecretString};
use ring::{
    rand::{SecureRandom, SystemRandom},
    signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair},
};
use rustls_pki_types::{CertificateDer, PrivatePkcs8KeyDer, pem::PemObject};
use serde::Serialize;
use std::fmt;

/// Longer than any chain of certificates is.
const MOST_CERTIFICATES: usize = 8;

/// The key that signs tokens, and the certificates that prove it: the registry trusts those that stand in its
/// `rootcertbundle`. Signatures are ES256, and the certificates stand in each token (`x5c`), so a registry needs to know
/// the root only. `Debug` shows no key.
///
/// To change the key: put the new certificate into the bundle of the registry beside the old one, then give the endpoint
/// the new key, and take the old certificate out when the last token of the old key has ended.
pub struct Signer {
    issuer: String,
    key: EcdsaKeyPair,
    /// The first part of each token.
    header: String,
    random: SystemRandom,
}

/// Why a key cannot sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum InvalidSigner {
    /// The issuer is empty: no registry would take its tokens.
    Issuer,
    /// The key is none of the curve P-256, or not in PKCS#8.
    Key,
    /// There is no certificate, or something that is none.
    Certificates,
    /// The first certificate is that of another key.
    OtherKey,
}

impl fmt::Display for InvalidSigner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Issuer => {
                "the issuer is empty; give the one that stands in the configuration of the registry"
            }
            Self::Key => "the key is not a PEM text `PRIVATE KEY` (PKCS#8) of the curve P-256",
            Self::Certificates => "the certificates are not one to eight PEM texts `CERTIFICATE`",
            Self::OtherKey => "the first certificate is that of another key",
        })
    }
}

impl std::error::Error for InvalidSigner {}

/// A signature was not made: the machine gave no random numbers.
#[derive(Debug)]
pub(super) struct NotSigned;

#[derive(Serialize)]
struct Header<'a> {
    alg: &'a str,
    typ: &'a str,
    x5c: Vec<String>,
}

impl Signer {
    /// By the issuer that the registry's configuration names, the key (PEM, PKCS#8, curve P-256) and its certificates
    /// (PEM), the key's own first, then each that signs the one before. The root may be left out.
    ///
    /// # Errors
    ///
    /// If the key cannot be used, or if the first certificate is not that of the key.
    pub fn from_pem(
        issuer: impl Into<String>,
        key: &SecretString,
        certificates: &str,
    ) -> Result<Self, InvalidSigner> {
        let issuer = issuer.into();
        if issuer.is_empty() {
            return Err(InvalidSigner::Issuer);
        }
        let random = SystemRandom::new();
        let key = PrivatePkcs8KeyDer::from_pem_slice(key.expose_secret().as_bytes())
            .map_err(|_| InvalidSigner::Key)?;
        let key = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, key.secret_pkcs8_der(), &random)
            .map_err(|_| InvalidSigner::Key)?;
        let chain: Vec<CertificateDer<'_>> = CertificateDer::pem_slice_iter(certificates.as_bytes())
            .take(MOST_CERTIFICATES + 1)
            .collect::<Result<_, _>>()
            .map_err(|_| InvalidSigner::Certificates)?;
        let first =
            chain.first().filter(|_| chain.len() <= MOST_CERTIFICATES).ok_or(InvalidSigner::Certificates)?;
        // The point of the key stands in the certificate as it is.
        let point = key.public_key().as_ref();
        if !first.windows(point.len()).any(|part| part == point) {
            return Err(InvalidSigner::OtherKey);
        }
        let x5c = chain.iter().map(|certificate| STANDARD.encode(certificate)).collect();
        let header = Header { alg: "ES256", typ: "JWT", x5c };
        let header = serde_json::to_vec(&header).map_err(|_| InvalidSigner::Certificates)?;
        Ok(Self { issuer, key, header: URL_SAFE_NO_PAD.encode(header), random })
    }

    pub(super) fn issuer(&self) -> &str {
        &self.issuer
    }

    /// A number that no other token has.
    pub(super) fn unique(&self) -> Result<String, NotSigned> {
        let mut bytes = [0_u8; 16];
        self.random.fill(&mut bytes).map_err(|_| NotSigned)?;
        Ok(URL_SAFE_NO_PAD.encode(bytes))
    }

    /// The token that says this.
    pub(super) fn sign(&self, claims: &Claims<'_>) -> Result<SecretString, NotSigned> {
        let claims = serde_json::to_vec(claims).map_err(|_| NotSigned)?;
        let mut token = [self.header.as_str(), &URL_SAFE_NO_PAD.encode(claims)].join(".");
        let signature = self.key.sign(&self.random, token.as_bytes()).map_err(|_| NotSigned)?;
        token.push('.');
        URL_SAFE_NO_PAD.encode_string(signature, &mut token);
        Ok(token.into())
    }
}

impl fmt::Debug for Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Signer").field("issuer", &self.issuer).finish_non_exhaustive()
    }
}
