//! Requests and answers, as clients of registries have them.

use super::{Bed, CERTIFICATE, Clock, ISSUER, PRODUCTION, TEST, part};
use base64::{
    Engine,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use http::Request;
use http_body_util::{BodyExt, Empty, Full};
use ring::signature::{ECDSA_P256_SHA256_FIXED, UnparsedPublicKey};
use serde_json::json;
use std::time::Duration;
use tower_service::Service;

const LOGIN: &str = "member:canary-member";
const SCOPE: &str = "repository:team-a/shop:pull,push";

#[tokio::test]
async fn tokens_are_what_a_registry_reads() {
    let bed = Bed::new();
    let answer = bed.ask(TEST, LOGIN, &[SCOPE]).await;
    assert_eq!(answer.headers["cache-control"], "no-store");
    assert_eq!(answer.headers["content-type"], "application/json");
    assert_eq!(answer.json["access_token"], answer.json["token"]);
    assert_eq!(answer.json["expires_in"], 300);
    assert_eq!(answer.json["issued_at"], "2026-11-21T21:05:58Z");

    let token = answer.token();
    let der: String = CERTIFICATE.lines().filter(|line| !line.starts_with('-')).collect();
    assert_eq!(part(token, 0), json!({ "alg": "ES256", "typ": "JWT", "x5c": [der] }));
    let mut claims = answer.claims();
    let jti = claims["jti"].take();
    let (now, expected) = (Clock::START, ["pull", "push"]);
    assert_eq!(
        claims,
        json!({
            "iss": ISSUER, "sub": "member", "aud": TEST, "iat": now, "nbf": now - 10, "exp": now + 300, "jti": null,
            "access": [{ "type": "repository", "name": "team-a/shop", "actions": expected }],
        })
    );
    assert!(jti.as_str().unwrap().len() >= 22);
    assert_ne!(bed.ask(TEST, LOGIN, &[SCOPE]).await.claims()["jti"], jti);
    assert_eq!(bed.ask(PRODUCTION, LOGIN, &[SCOPE]).await.claims()["aud"], PRODUCTION);

    // The point of the key stands in the certificate, after the mark of an uncompressed one.
    let der = STANDARD.decode(der).unwrap();
    let mark = [0x03, 0x42, 0x00, 0x04];
    let at = der.windows(4).position(|bytes| bytes == mark).unwrap() + 3;
    let key = UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, der[at..at + 65].to_vec());
    let (signed, signature) = token.rsplit_once('.').unwrap();
    key.verify(signed.as_bytes(), &URL_SAFE_NO_PAD.decode(signature).unwrap()).unwrap();
}

#[tokio::test]
async fn tokens_end_with_what_they_come_from() {
    let bed = Bed::with(|builder| builder.lifetime(Duration::from_secs(90)));
    assert_eq!(bed.ask(TEST, LOGIN, &[SCOPE]).await.json["expires_in"], 90);
    // This user's tokens of Keystone end after two minutes.
    bed.clock.advance(80);
    let answer = bed.ask(TEST, "of-b:canary-of-b", &["repository:team-b/x:pull"]).await;
    assert_eq!(
        (&answer.json["expires_in"], &answer.claims()["exp"]),
        (&json!(40), &json!(Clock::START + 120))
    );
    bed.clock.advance(40);
    assert_eq!(bed.ask(TEST, "of-b:canary-of-b", &[]).await.status, 401);
}

#[tokio::test]
async fn a_login_without_scopes_shows_that_it_is_accepted() {
    let bed = Bed::new();
    let query = format!("account=member&client_id=docker&offline_token=true&service={TEST}");
    let answer = bed.query(&query, LOGIN).await;
    assert_eq!((answer.status, answer.claims()["access"].clone()), (200, json!([])));
    assert_eq!(answer.json.get("refresh_token"), None);
    assert_eq!(bed.keystone.asked(), 1, "one login");
}

#[tokio::test]
async fn what_is_no_request_for_a_token_is_refused() {
    let bed = Bed::new();
    let scopes =
        |count: usize| (0..count).map(|n| format!("&scope=repository:a/b{n}:pull")).collect::<String>();
    let tenants = (0..9).map(|n| format!("&scope=repository:many-{n}/b:pull")).collect::<String>();
    for (query, words) in [
        (String::new(), "`service`"),
        ("service=other".to_owned(), "no such `service`"),
        (format!("service={TEST}&service={PRODUCTION}"), "twice"),
        (format!("service={TEST}&scope=repository:pull"), "`type:name:action`"),
        (format!("service={TEST}{}", scopes(33)), "too many scopes"),
        (format!("service={TEST}{}", scopes(70)), "too many parameters"),
        (format!("service={TEST}{tenants}"), "too many tenants"),
        (format!("service={TEST}&x={}", "x".repeat(40_000)), "too long"),
    ] {
        let answer = bed.query(&query, LOGIN).await;
        let message = answer.json["errors"][0]["message"].as_str().unwrap();
        assert!(answer.status == 400 && message.contains(words), "{query:.80}: {message}");
    }
    let request = Request::delete(format!("/token?service={TEST}")).body(Empty::<bytes::Bytes>::new());
    let answer = bed.tokens.clone().call(request.unwrap()).await.unwrap();
    assert_eq!((answer.status().as_u16(), &answer.headers()["allow"]), (405, &"GET, POST".parse().unwrap()));
    answer.into_body().collect().await.unwrap();
}

#[tokio::test]
async fn forms_of_oauth_are_answered_but_for_refresh_tokens() {
    let bed = Bed::new();
    let form = |kind| {
        vec![
            ("grant_type", kind),
            ("service", TEST),
            ("client_id", "containerd"),
            ("username", "member"),
            ("password", "canary-member"),
            ("scope", "repository:team-a/shop:pull,push repository:team-b/x:pull"),
        ]
    };
    let answer = bed.post(&form("password")).await;
    assert_eq!((answer.status, answer.access()), (200, vec!["team-a/shop:pull+push".to_owned()]));
    let refused = bed.post(&form("refresh_token")).await;
    assert_eq!((refused.status, &refused.json["error"]), (400, &json!("unsupported_grant_type")));
    let mut wrong = form("password");
    wrong[4].1 = "wrong";
    let refused = bed.post(&wrong).await;
    assert_eq!((refused.status, &refused.json["error"]), (401, &json!("invalid_grant")));
    assert_eq!(bed.post(&form("password")[1..]).await.status, 400);
    assert_eq!(bed.post(&form("password")[..4]).await.status, 401, "nobody logs in");
    let long = "x".repeat(40_000);
    assert_eq!(bed.post(&[("grant_type", "password"), ("x", &long)]).await.json["error"], "invalid_request");
    let untyped = Request::post("/token").body(Full::new(bytes::Bytes::from("grant_type=password"))).unwrap();
    assert_eq!(bed.tokens.handle(untyped).await.status(), 400);
}
