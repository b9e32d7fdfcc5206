//! Trust: roots of one's own, a certificate of one's own, and strangers. The certificates are made for this test.

use crate::credentials;
use paas_client::{
    ErrorKind, RancherClient, Result, RetryPolicy,
    rancher::{NewStack, Stack},
    transport::Tls,
};
use std::sync::Arc;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};
use tokio_rustls::{
    TlsAcceptor,
    rustls::{
        RootCertStore, ServerConfig,
        crypto::ring,
        pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject},
        server::WebPkiClientVerifier,
    },
};

const ROOT: &str = include_str!("tls/root.pem");
const SERVER: &str = include_str!("tls/server.pem");
const SERVER_KEY: &str = include_str!("tls/server.key");
const CLIENT: &str = include_str!("tls/client.pem");
const CLIENT_KEY: &str = include_str!("tls/client.key");

/// A server over TLS that creates a stack; it wants to see a certificate if told so.
async fn server(wants_certificate: bool) -> String {
    let provider = Arc::new(ring::default_provider());
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_slice(ROOT.as_bytes()).unwrap()).unwrap();
    let builder =
        ServerConfig::builder_with_provider(provider.clone()).with_safe_default_protocol_versions().unwrap();
    let builder = if wants_certificate {
        let verifier =
            WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider).build().unwrap();
        builder.with_client_cert_verifier(verifier)
    } else {
        builder.with_no_client_auth()
    };
    let chain = vec![CertificateDer::from_pem_slice(SERVER.as_bytes()).unwrap()];
    let key = PrivateKeyDer::from_pem_slice(SERVER_KEY.as_bytes()).unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(builder.with_single_cert(chain, key).unwrap()));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        loop {
            let (socket, _) = listener.accept().await.unwrap();
            if let Ok(mut stream) = acceptor.accept(socket).await {
                let mut request = [0; 4096];
                let length = stream.read(&mut request).await.unwrap_or_default();
                if length > 0 {
                    let answer = b"HTTP/1.1 201 Created\r\ncontent-length: 28\r\n\r\n{\"id\":\"1st7\",\"type\":\"stack\"}";
                    stream.write_all(answer).await.unwrap();
                    stream.shutdown().await.unwrap();
                }
            }
        }
    });
    format!("https://localhost:{port}")
}

async fn create(url: &str, tls: Tls) -> Result<Stack> {
    let client =
        RancherClient::builder().url(url).credentials(credentials()).tls(tls).retry(RetryPolicy::never());
    client.build()?.own_environment().create_stack(&NewStack::new("shop")).await
}

#[tokio::test]
async fn only_trusted_servers_get_the_key() {
    let url = server(false).await;
    assert!(create(&url, Tls::default().trust_only(ROOT)).await.is_ok());
    assert!(create(&url, Tls::default().also_trust(ROOT)).await.is_ok());
    for tls in [Tls::default(), Tls::default().trust_only(CLIENT)] {
        let error = create(&url, tls).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Tls, "{error}");
        assert!(!error.is_retryable() && !error.outcome_unknown());
    }
    // A certificate for another name.
    let other = url.replace("localhost", "other.localhost");
    if let Err(error) = create(&other, Tls::default().trust_only(ROOT)).await {
        // Where the name is not resolved, there is no connection at all.
        assert!(matches!(error.kind(), ErrorKind::Tls | ErrorKind::Connect), "{error}");
    } else {
        panic!("a certificate of another name was trusted");
    }
}

#[tokio::test]
async fn a_client_shows_its_certificate() {
    let url = server(true).await;
    let tls = Tls::default().trust_only(ROOT);
    assert!(create(&url, tls.clone().identity(CLIENT, CLIENT_KEY)).await.is_ok());
    let error = create(&url, tls).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Tls, "{error}");
    assert!(!error.outcome_unknown());
}

#[tokio::test]
async fn certificates_and_keys_that_are_none_are_refused_without_being_shown() {
    for tls in [
        Tls::default().trust_only("hidden"),
        Tls::default().also_trust(""),
        Tls::default().trust_only("-----BEGIN CERTIFICATE-----\naGlkZGVu\n-----END CERTIFICATE-----\n"),
        Tls::default().identity("hidden", CLIENT_KEY),
        Tls::default().identity(CLIENT, "hidden"),
        Tls::default().identity(CLIENT, SERVER_KEY),
    ] {
        assert!(!format!("{tls:?}").contains("PRIVATE"));
        let error = create("https://localhost:1", tls).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Configuration, "{error}");
        assert!(!error.to_string().contains("hidden"), "{error}");
    }
}
