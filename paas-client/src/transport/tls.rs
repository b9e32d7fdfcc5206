//! Whom a client trusts, and as whom it shows itself.

use super::no_roots::NoRoots;
use crate::{Error, ErrorKind, Result};
use rustls::{
    ClientConfig, RootCertStore,
    client::{WebPkiServerVerifier, danger::ServerCertVerifier},
    crypto::CryptoProvider,
    pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject},
};
use rustls_platform_verifier::Verifier;
use secrecy::{ExposeSecret, SecretString};
use std::sync::Arc;

/// Certificates of a client, as PEM texts. By default: the roots of the system, no certificate of its own.
///
/// The cryptography is the process's, if the program has chosen one, else `ring` (feature `tls-ring`); nothing is
/// installed for the whole process.
#[derive(Clone, Debug, Default)]
pub struct Tls {
    also: Vec<String>,
    only: Vec<String>,
    identity: Option<(String, SecretString)>,
}

impl Tls {
    /// Trusts these roots too, besides the system's.
    #[must_use]
    pub fn also_trust(mut self, pem: impl Into<String>) -> Self {
        self.also.push(pem.into());
        self
    }

    /// Trusts these roots only, not the system's.
    #[must_use]
    pub fn trust_only(mut self, pem: impl Into<String>) -> Self {
        self.only.push(pem.into());
        self
    }

    /// Shows this certificate (with the chain behind it) to servers that ask, and proves it with this key.
    #[must_use]
    pub fn identity(mut self, chain_pem: impl Into<String>, key_pem: impl Into<SecretString>) -> Self {
        self.identity = Some((chain_pem.into(), key_pem.into()));
        self
    }

    pub(super) fn config(&self) -> Result<ClientConfig> {
        let provider = provider()?;
        let config = ClientConfig::builder_with_provider(provider.clone())
            .with_safe_default_protocol_versions()
            .map_err(|error| wrong("the cryptography of this process", &error))?
            .dangerous()
            .with_custom_certificate_verifier(self.verifier(provider)?);
        let Some((chain, key)) = &self.identity else {
            return Ok(config.with_no_client_auth());
        };
        let chain = certificates("the client's certificate", chain)?;
        // What the parser says of a key could show parts of it.
        let key = PrivateKeyDer::from_pem_slice(key.expose_secret().as_bytes()).map_err(|_| {
            Error::new(ErrorKind::Configuration, "the client's key is not a private key in PEM form")
        })?;
        config
            .with_client_auth_cert(chain, key)
            .map_err(|error| wrong("the client's certificate and key", &error))
    }

    /// Checks servers' certificates. It is made by hand because extra roots are wanted, never to check less.
    fn verifier(&self, provider: Arc<CryptoProvider>) -> Result<Arc<dyn ServerCertVerifier>> {
        let mut extra = Vec::new();
        for pem in self.only.iter().chain(&self.also) {
            extra.extend(certificates("a root certificate", pem)?);
        }
        if self.only.is_empty() {
            let has_extra = !extra.is_empty();
            return match Verifier::new_with_extra_roots(extra, provider) {
                Ok(verifier) => Ok(Arc::new(verifier)),
                Err(error) if has_extra => Err(wrong("a root certificate", &error)),
                // The system has none: connections without TLS shall work all the same.
                Err(error) => Ok(Arc::new(NoRoots { why: error.to_string() })),
            };
        }
        let mut roots = RootCertStore::empty();
        for root in extra {
            roots.add(root).map_err(|error| wrong("a root certificate", &error))?;
        }
        let verifier = WebPkiServerVerifier::builder_with_provider(Arc::new(roots), provider)
            .build()
            .map_err(|error| wrong("the root certificates", &error))?;
        Ok(verifier)
    }
}

fn certificates(what: &str, pem: &str) -> Result<Vec<CertificateDer<'static>>> {
    let found: Vec<_> = CertificateDer::pem_slice_iter(pem.as_bytes())
        .collect::<std::result::Result<_, _>>()
        .map_err(|error| wrong(what, &error))?;
    if found.is_empty() {
        return Err(Error::new(ErrorKind::Configuration, format!("{what} is not a certificate in PEM form")));
    }
    Ok(found)
}

fn wrong(what: &str, error: &dyn std::fmt::Display) -> Error {
    Error::new(ErrorKind::Configuration, format!("{what} cannot be used: {error}"))
}

fn provider() -> Result<Arc<CryptoProvider>> {
    if let Some(provider) = CryptoProvider::get_default() {
        return Ok(provider.clone());
    }
    #[cfg(feature = "tls-ring")]
    return Ok(Arc::new(rustls::crypto::ring::default_provider()));
    #[cfg(not(feature = "tls-ring"))]
    return Err(Error::new(
        ErrorKind::Configuration,
        "no cryptography for TLS: install a provider for the process or enable the feature `tls-ring`",
    ));
}
