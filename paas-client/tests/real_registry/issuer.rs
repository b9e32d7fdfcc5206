//! An endpoint for tokens: who asks with the right password gets what it is allowed of what it asks for, signed as the
//! registry wants it.

use super::bed::{ISSUER, PASSWORD, USER};
use base64::{
    Engine,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use ring::{
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair},
};
use rustls::pki_types::{CertificateDer, PrivatePkcs8KeyDer, pem::PemObject};
use serde_json::{Value, json};
use std::{
    sync::{Arc, Mutex},
    time::SystemTime,
};
use wiremock::{Mock, MockServer, Request, Respond, ResponseTemplate, matchers::path};

pub(super) const CERTIFICATE: &str = include_str!("../../../paas-gateway/tests/registry/signer.pem");
const KEY: &str = include_str!("../../../paas-gateway/tests/registry/signer.key");

/// What it does, and what it was asked; clones share both.
#[derive(Clone)]
pub(super) struct Issuer(Arc<Mutex<Inner>>);

struct Inner {
    /// How long tokens are said to live, and how long they do, in seconds.
    lives: (u64, i64),
    /// What is allowed: resource and action.
    allowed: Vec<(String, String)>,
    asked: Vec<String>,
}

impl Issuer {
    pub(super) async fn start() -> (Self, MockServer, String) {
        let inner = Inner { lives: (300, 300), allowed: Vec::new(), asked: Vec::new() };
        let this = Self(Arc::new(Mutex::new(inner)));
        let server = MockServer::start().await;
        Mock::given(path("/token")).respond_with(this.clone()).mount(&server).await;
        let realm = format!("{}/token", server.uri());
        (this, server, realm)
    }

    /// Allows this in a repository.
    pub(super) fn allow(&self, repository: &str, actions: &[&str]) {
        let resource = format!("repository:{repository}");
        let mut inner = self.0.lock().unwrap();
        inner.allowed.extend(actions.iter().map(|action| (resource.clone(), (*action).to_owned())));
    }

    pub(super) fn allow_catalogue(&self) {
        self.0.lock().unwrap().allowed.push(("registry:catalog".to_owned(), "*".to_owned()));
    }

    pub(super) fn set_lives(&self, said: u64, real: i64) {
        self.0.lock().unwrap().lives = (said, real);
    }

    /// The scopes that were asked for, request by request.
    pub(super) fn asked(&self) -> Vec<String> {
        self.0.lock().unwrap().asked.clone()
    }
}

impl Respond for Issuer {
    fn respond(&self, request: &Request) -> ResponseTemplate {
        let mut inner = self.0.lock().unwrap();
        let scopes: Vec<String> = request
            .url
            .query_pairs()
            .filter(|(name, _)| name == "scope")
            .map(|(_, scope)| scope.into_owned())
            .collect();
        inner.asked.push(scopes.join(" "));
        let expected = format!("Basic {}", STANDARD.encode(format!("{USER}:{PASSWORD}")));
        let given = request.headers.get("authorization").map(|value| value.to_str().unwrap().to_owned());
        if given.is_some_and(|given| given != expected) {
            return ResponseTemplate::new(401)
                .set_body_string(r#"{"errors":[{"code":"UNAUTHORIZED","message":"wrong password"}]}"#);
        }
        let access: Vec<Value> = scopes
            .iter()
            .map(|scope| {
                let (resource, actions) = scope.rsplit_once(':').unwrap();
                let (kind, name) = resource.split_once(':').unwrap();
                let may = |action: &&str| {
                    let wanted = (resource.to_owned(), (*action).to_owned());
                    inner.allowed.contains(&wanted)
                };
                let granted: Vec<&str> = actions.split(',').filter(may).collect();
                json!({ "type": kind, "name": name, "actions": granted })
            })
            .collect();
        let token = signed(inner.lives.1, &access, inner.asked.len());
        ResponseTemplate::new(200).set_body_json(json!({ "token": token, "expires_in": inner.lives.0 }))
    }
}

fn signed(lives: i64, access: &[Value], number: usize) -> String {
    let now = SystemTime::UNIX_EPOCH.elapsed().unwrap().as_secs();
    let now = i64::try_from(now).unwrap();
    let certificate = CertificateDer::from_pem_slice(CERTIFICATE.as_bytes()).unwrap();
    let header = json!({ "alg": "ES256", "typ": "JWT", "x5c": [STANDARD.encode(certificate)] });
    let claims = json!({
        "iss": ISSUER, "sub": USER, "aud": super::bed::SERVICE, "jti": number.to_string(),
        "nbf": now - 600, "iat": now - 600, "exp": now + lives, "access": access,
    });
    let mut token = [header, claims].map(|part| URL_SAFE_NO_PAD.encode(part.to_string())).join(".");
    let random = SystemRandom::new();
    let key = PrivatePkcs8KeyDer::from_pem_slice(KEY.as_bytes()).unwrap();
    let key = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, key.secret_pkcs8_der(), &random);
    let signature = key.unwrap().sign(&random, token.as_bytes()).unwrap();
    token.push('.');
    URL_SAFE_NO_PAD.encode_string(signature, &mut token);
    token
}
