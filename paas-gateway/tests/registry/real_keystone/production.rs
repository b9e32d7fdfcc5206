//! The production registry, the catalogue, and tokens that are not right.

use super::{
    super::{PRODUCTION, TEST, part},
    bed::Bed,
    client::{Blob, Client},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use paas_client::transport::Method;
use std::env;

#[tokio::test]
async fn only_the_promotion_pushes_to_production() {
    let Some(bed) = Bed::new(&["anna", "mona", "fred", "promotion"]).await else { return };
    let (realm, layer) = (bed.realm.as_str(), Blob::new("a layer"));
    let [anna, mona, promotion] =
        [bed.at_test("anna").await, bed.at_test("mona").await, bed.at_test("promotion").await];
    assert_eq!(anna.push(realm, TEST, "ours/shop", &layer).await, 201);
    assert_eq!(promotion.pull("ours/shop").await.status, 200);
    assert_eq!(promotion.begin_push("ours/shop").await.status, 401, "it sends nothing to the test registry");

    let admin =
        Client::new(&bed.test.url, &format!("admin@Default:{}", env::var("PAAS_KEYSTONE_PASSWORD").unwrap()));
    for client in [&anna, &mona, &admin] {
        assert_eq!(bed.at_production(client).push(realm, PRODUCTION, "ours/shop", &layer).await, 401);
    }
    let there = bed.at_production(&promotion);
    assert_eq!(there.push(realm, PRODUCTION, "ours/shop", &layer).await, 201);
    assert_eq!(there.mount("ours/copy", "ours/shop", &layer).await, 201);
    assert_eq!(bed.at_production(&anna).pull("ours/shop").await.status, 200);
    let fred = bed.at_test("fred").await;
    assert_eq!(bed.at_production(&fred).pull("ours/shop").await.status, 401);

    // All names are shown to the platform's administrators and the promotion only.
    for client in [&anna, &mona] {
        assert_eq!(client.ask(Method::Get, "/v2/_catalog", None).await.status, 401);
    }
    for client in [&admin, &promotion] {
        let catalog = client.ask(Method::Get, "/v2/_catalog", None).await;
        let names = String::from_utf8(catalog.body).unwrap();
        assert_eq!((catalog.status, names.contains("ours/shop")), (200, true));
    }
    assert_eq!(admin.pull("ours/shop").await.status, 200);
}

#[tokio::test]
async fn tokens_that_are_not_right_are_refused() {
    let Some(bed) = Bed::new(&["anna", "promotion"]).await else { return };
    let anna = bed.at_test("anna").await;
    let scope = "repository:ours/shop:pull,push";
    let path = "/v2/ours/shop/blobs/uploads/";
    let good = anna.token(&bed.realm, TEST, scope).await.ok().unwrap();
    assert_eq!(anna.ask_with(&good, Method::Post, path, None).await.status, 202);
    let of_other_repository = anna.ask_with(&good, Method::Post, "/v2/ours/other/blobs/uploads/", None).await;
    assert_eq!(of_other_repository.status, 401);

    // Claims that say more than what was signed.
    let [header, _, signature] = good.split('.').collect::<Vec<_>>()[..] else { unreachable!() };
    let mut claims = part(&good, 1);
    claims["access"][0]["name"] = "theirs/shop".into();
    let tampered = format!("{header}.{}.{signature}", URL_SAFE_NO_PAD.encode(claims.to_string()));
    let refused = anna.ask_with(&tampered, Method::Post, "/v2/theirs/shop/blobs/uploads/", None).await;
    assert_eq!(refused.status, 401);

    // One of an endpoint that lives ten minutes ago.
    let old = anna.token(&bed.past_realm, TEST, scope).await.ok().unwrap();
    let refused = anna.ask_with(&old, Method::Post, path, None).await;
    let challenge = refused.first("www-authenticate").unwrap();
    assert!(refused.status == 401 && challenge.contains("invalid_token"), "{challenge}");

    // One for the other registry.
    let promotion = bed.at_test("promotion").await;
    let there = bed.at_production(&promotion);
    let of_production = there.token(&bed.realm, PRODUCTION, scope).await.ok().unwrap();
    assert_eq!(there.ask_with(&of_production, Method::Post, path, None).await.status, 202);
    assert_eq!(promotion.ask_with(&of_production, Method::Post, path, None).await.status, 401);
}
