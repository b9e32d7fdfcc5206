//! Push, pull and mount at the test registry.

use super::{
    super::TEST,
    bed::Bed,
    client::{Blob, Client},
    seed::project,
};
use paas_client::{ExposeSecret, keystone::Grant, transport::Method};
use serde_json::json;

#[tokio::test]
async fn tenants_push_pull_and_mount_their_own_only() {
    let Some(bed) = Bed::new(&["anna", "rita", "mona", "fred"]).await else { return };
    let (realm, layer, other) = (bed.realm.as_str(), Blob::new("a layer"), Blob::new("another layer"));
    let anna = bed.at_test("anna").await;
    let fred = bed.at_test("fred").await;
    assert_eq!(anna.push(realm, TEST, "ours/shop", &layer).await, 201);
    assert_eq!(anna.pull("ours/shop").await.status, 200);
    assert_eq!(fred.push(realm, TEST, "theirs/shop", &other).await, 201);

    // Who reads may view images, not fetch them; a tenant's administrator may all, a member where it belongs.
    let rita = bed.at_test("rita").await;
    assert_eq!((rita.pull("ours/shop").await.status, rita.begin_push("ours/shop").await.status), (401, 401));
    let mona = bed.at_test("mona").await;
    assert_eq!(mona.push(realm, TEST, "closed/shop", &layer).await, 201);
    assert_eq!(
        (anna.pull("closed/shop").await.status, anna.begin_push("closed/shop").await.status),
        (401, 401)
    );

    // To belong to a namespace gives nothing without a role in its tenant.
    for (client, repository) in [(&anna, "theirs/shop"), (&fred, "ours/shop"), (&mona, "theirs/shop")] {
        assert_eq!(client.pull(repository).await.status, 401, "{repository}");
        assert_eq!(client.push(realm, TEST, repository, &layer).await, 401, "{repository}");
    }
    assert_eq!(mona.begin_push("nowhere/shop").await.status, 401);

    // A mount needs both repositories.
    assert_eq!(anna.mount("ours/copy", "ours/shop", &layer).await, 201);
    assert_eq!(anna.mount("ours/copy", "theirs/shop", &other).await, 401);
    assert_eq!(anna.mount("ours/copy", "closed/shop", &layer).await, 401);
    assert_eq!(mona.mount("ours/copy", "closed/shop", &layer).await, 201);

    // A member deletes nothing, a tenant's administrator does.
    let digest = anna.pull("ours/shop").await.first("docker-content-digest").unwrap().to_owned();
    let manifest = format!("/v2/ours/shop/manifests/{digest}");
    assert_eq!(anna.ask(Method::Delete, &manifest, None).await.status, 401);
    assert_eq!(mona.ask(Method::Delete, &manifest, None).await.status, 202);

    // A role that was taken is missing in the next token.
    let member = bed.seed.standard_role("member").await;
    let grant = Grant::to_user(bed.anna.parse().unwrap(), member.parse().unwrap());
    bed.seed.admin.unassign_role(&grant.in_project(bed.ours.parse().unwrap())).await.unwrap();
    assert_eq!(anna.begin_push("ours/shop").await.status, 401);
}

#[tokio::test]
async fn passwords_tokens_and_application_credentials_log_in() {
    let Some(bed) = Bed::new(&["anna"]).await else { return };
    let bank = bed.seed.name("bank");
    for (login, expected) in [
        ("anna:anna".to_owned(), 202),
        (format!("anna@{bank}:anna"), 202),
        ("anna@Default:anna".to_owned(), 401),
        ("anna:wrong".to_owned(), 401),
        ("nobody:anna".to_owned(), 401),
        ("$token:gAAAAAB-junk".to_owned(), 401),
    ] {
        let client = Client::new(&bed.test.url, &login);
        assert_eq!(client.begin_push("ours/shop").await.status, expected, "{login}");
    }

    // A token with a scope, and application credentials made with it: with rules and without.
    let anna = bed.seed.login("anna", project(&bed.ours));
    let scoped = bed.seed.admin.authenticate(&anna).await.unwrap().token;
    let login = format!("$token:{}", scoped.expose_secret());
    assert_eq!(Client::new(&bed.test.url, &login).begin_push("ours/shop").await.status, 202);
    let rule = |method: &str, path: &str| json!({ "service": "image", "method": method, "path": path });
    for (name, rules, expected) in [
        ("all", None, [202, 202]),
        ("one", Some(vec![rule("GET", "/v2/ours/**"), rule("PUT", "/v2/ours/ci")]), [401, 202]),
        ("none", Some(vec![rule("DELETE", "/v2/ours/ci")]), [401, 401]),
    ] {
        let mut credential = json!({ "name": name });
        if let Some(rules) = rules {
            credential["access_rules"] = rules.into();
        }
        let path = format!("users/{}/application_credentials", bed.anna);
        let body = json!({ "application_credential": credential });
        let made = bed.seed.ask_as(&scoped, Method::Post, &path, body).await;
        let made =
            ["id", "secret"].map(|key| made["application_credential"][key].as_str().unwrap().to_owned());
        let client = Client::new(&bed.test.url, &format!("$appcred+{}:{}", made[0], made[1]));
        for (repository, expected) in ["ours/shop", "ours/ci"].into_iter().zip(expected) {
            assert_eq!(client.begin_push(repository).await.status, expected, "{name} {repository}");
        }
        let wrong = Client::new(&bed.test.url, &format!("$appcred+{}:wrong", made[0]));
        assert_eq!(wrong.begin_push("ours/ci").await.status, 401);
    }
    // A token that was revoked logs nobody in.
    bed.seed.admin.acting_as(&scoped).revoke(&scoped).await.unwrap();
    assert_eq!(Client::new(&bed.test.url, &login).begin_push("ours/shop").await.status, 401);
}
