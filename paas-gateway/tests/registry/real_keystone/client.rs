//! A client of a registry: it asks, is sent to the endpoint for a token, and asks again with it.

use super::super::basic;
use paas_client::{
    Limits, SecretString,
    transport::{BodyLimits, HttpTransport, Method, Request, Response, Tls, Transport},
};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

const MANIFEST: &str = "application/vnd.oci.image.manifest.v1+json";

/// Somebody who works with a registry.
pub(super) struct Client {
    http: HttpTransport,
    pub(super) registry: String,
    /// User name and password.
    pub(super) login: String,
}

/// A content with its digest.
pub(super) struct Blob {
    content: Vec<u8>,
    pub(super) digest: String,
}

impl Blob {
    pub(super) fn new(content: impl Into<Vec<u8>>) -> Self {
        let content = content.into();
        let hash = Sha256::digest(&content).iter().map(|byte| format!("{byte:02x}")).collect::<String>();
        Self { content, digest: format!("sha256:{hash}") }
    }

    fn described(&self, kind: &str) -> Value {
        json!({ "mediaType": kind, "digest": self.digest, "size": self.content.len() })
    }
}

impl Client {
    pub(super) fn new(registry: &str, login: &str) -> Self {
        let http = HttpTransport::new(&Limits::default(), &Tls::default()).unwrap();
        Self { http, registry: registry.to_owned(), login: login.to_owned() }
    }

    async fn send(
        &self,
        method: Method,
        url: &str,
        authorization: Option<&str>,
        body: Option<&Blob>,
    ) -> Response {
        let mut request = Request::new(method, url, BodyLimits { good: 1 << 20, other: 1 << 16 });
        request.authorization = authorization.map(SecretString::from);
        if let Some(body) = body {
            let is_manifest = url.contains("/manifests/");
            let kind = if is_manifest { MANIFEST } else { "application/octet-stream" };
            request.headers.push(("content-type", kind.to_owned()));
            request.body = Some(body.content.clone());
        } else if method == Method::Get {
            request.headers.push(("accept", MANIFEST.to_owned()));
        }
        self.http.send(request).await.unwrap()
    }

    /// Asks with a token.
    pub(super) async fn ask_with(
        &self,
        token: &str,
        method: Method,
        path: &str,
        body: Option<&Blob>,
    ) -> Response {
        let url = format!("{}{path}", self.registry);
        self.send(method, &url, Some(&format!("Bearer {token}")), body).await
    }

    /// Asks, and if it is sent for a token gets one and asks again. The status of the second answer; that of the
    /// endpoint if it gave no token.
    pub(super) async fn ask(&self, method: Method, path: &str, body: Option<&Blob>) -> Response {
        let url = format!("{}{path}", self.registry);
        let answer = self.send(method, &url, None, body).await;
        assert_eq!(answer.status, 401, "{path}: nothing is open to all");
        let challenge = answer.first("www-authenticate").unwrap().to_owned();
        let (realm, service, scope) =
            (value(&challenge, "realm"), value(&challenge, "service"), value(&challenge, "scope"));
        match self.token(&realm, &service, &scope).await {
            Ok(token) => self.ask_with(&token, method, path, body).await,
            Err(refusal) => refusal,
        }
    }

    /// Asks the endpoint for a token.
    pub(super) async fn token(&self, realm: &str, service: &str, scope: &str) -> Result<String, Response> {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.append_pair("service", service).append_pair("scope", scope);
        let url = format!("{realm}?{}", query.finish());
        let answer = self.send(Method::Get, &url, Some(&basic(&self.login)), None).await;
        if answer.status != 200 {
            return Err(answer);
        }
        let answer: Value = serde_json::from_slice(&answer.body).unwrap();
        Ok(answer["token"].as_str().unwrap().to_owned())
    }

    /// Begins to send a blob; 202 if it may.
    pub(super) async fn begin_push(&self, repository: &str) -> Response {
        self.ask(Method::Post, &format!("/v2/{repository}/blobs/uploads/"), None).await
    }

    /// Sends an image of one layer, by one token: 201 if it may.
    pub(super) async fn push(&self, realm: &str, service: &str, repository: &str, layer: &Blob) -> u16 {
        let token = self.token(realm, service, &format!("repository:{repository}:pull,push")).await;
        let Ok(token) = token else { return token.unwrap_err().status };
        let config = Blob::new("{}");
        for blob in [layer, &config] {
            let begun =
                self.ask_with(&token, Method::Post, &format!("/v2/{repository}/blobs/uploads/"), None).await;
            if begun.status != 202 {
                return begun.status;
            }
            let location = begun.first("location").unwrap();
            let url = format!("{location}&digest={}", blob.digest);
            let sent = self.send(Method::Put, &url, Some(&format!("Bearer {token}")), Some(blob)).await;
            assert_eq!(sent.status, 201);
        }
        let manifest = json!({
            "schemaVersion": 2, "mediaType": MANIFEST,
            "config": config.described("application/vnd.oci.image.config.v1+json"),
            "layers": [layer.described("application/vnd.oci.image.layer.v1.tar")],
        });
        let manifest = Blob::new(manifest.to_string());
        let path = format!("/v2/{repository}/manifests/1");
        self.ask_with(&token, Method::Put, &path, Some(&manifest)).await.status
    }

    /// Fetches an image.
    pub(super) async fn pull(&self, repository: &str) -> Response {
        self.ask(Method::Get, &format!("/v2/{repository}/manifests/1"), None).await
    }

    /// Mounts a blob of another repository: 201 if it may.
    pub(super) async fn mount(&self, repository: &str, from: &str, blob: &Blob) -> u16 {
        let path = format!("/v2/{repository}/blobs/uploads/?mount={}&from={from}", blob.digest);
        self.ask(Method::Post, &path, None).await.status
    }
}

/// A value of a challenge; empty if it is not there.
fn value(challenge: &str, name: &str) -> String {
    let start = format!("{name}=\"");
    let rest = challenge.split_once(&start).map(|(_, rest)| rest).unwrap_or_default();
    rest.split('"').next().unwrap_or_default().to_owned()
}
