//! What tokens allow: the subset of the asked that the permission model allows.

use super::{Bed, PRODUCTION, TEST};

const ALL: &str = "repository:team-a/shop:pull,push,delete";
const CATALOG: &str = "registry:catalog:*";

#[tokio::test]
async fn roles_allow_what_the_matrix_says() {
    let bed = Bed::new();
    for (user, in_test, in_production) in [
        ("admin", Some("pull+push+delete"), Some("pull+delete")),
        ("manager", Some("pull+push+delete"), Some("pull")),
        ("senior", Some("pull+push+delete"), Some("pull")),
        ("member", Some("pull+push"), Some("pull")),
        ("reader", None, None),
        ("of-b", None, None),
        ("project-admin", None, None),
        ("promotion", Some("pull"), Some("pull+push+delete")),
    ] {
        let login = format!("{user}:canary-{user}");
        for (registry, expected) in [(TEST, in_test), (PRODUCTION, in_production)] {
            let expected: Vec<_> = expected.iter().map(|actions| format!("team-a/shop:{actions}")).collect();
            assert_eq!(bed.granted(registry, &login, &[ALL]).await, expected, "{user} in {registry}");
            let star = bed.granted(registry, &login, &["repository:team-a/shop:*"]).await;
            assert_eq!(star, expected, "{user} in {registry}");
        }
    }
}

#[tokio::test]
async fn members_act_in_namespaces_that_they_belong_to() {
    let bed = Bed::new();
    for (user, expected) in
        [("manager", Some("pull+push+delete")), ("senior", None), ("member", None), ("reader", None)]
    {
        let expected: Vec<_> = expected.iter().map(|actions| format!("other-a/shop:{actions}")).collect();
        let asked = ["repository:other-a/shop:pull,push,delete"];
        assert_eq!(bed.granted(TEST, &format!("{user}:canary-{user}"), &asked).await, expected, "{user}");
    }
}

#[tokio::test]
async fn only_platform_administrators_and_the_promotion_list_all() {
    let bed = Bed::new();
    for user in ["manager", "project-admin", "member"] {
        let login = format!("{user}:canary-{user}");
        assert_eq!(bed.granted(TEST, &login, &[CATALOG]).await, [""; 0], "{user}");
    }
    for user in ["admin:canary-admin", "promotion:canary-promotion"] {
        assert_eq!(bed.granted(TEST, user, &[CATALOG]).await, ["catalog:*"]);
    }
    assert_eq!(
        bed.granted(TEST, "admin:canary-admin", &["registry:other:*", "registry:catalog:pull"]).await,
        [""; 0]
    );
}

#[tokio::test]
async fn several_scopes_stand_in_one_token() {
    let bed = Bed::new();
    let scopes =
        ["repository:team-b/to:pull,push repository:team-a/from:pull", "repository(plugin):team-b/x:pull"];
    assert_eq!(
        bed.granted(TEST, "two:canary-two", &scopes).await,
        ["team-b/to:pull+push", "team-a/from:pull", "team-b/x:pull"]
    );
    assert_eq!(
        bed.granted(TEST, "of-b:canary-of-b", &scopes).await,
        ["team-b/to:pull+push", "team-b/x:pull"]
    );
    let plugin = bed.ask(TEST, "two:canary-two", &["repository(plugin):team-b/x:pull"]).await;
    assert_eq!(plugin.claims()["access"][0]["class"], "plugin");
}

#[tokio::test]
async fn what_is_in_no_namespace_is_granted_to_nobody() {
    let bed = Bed::new();
    for name in
        ["shop", "team-a", "nowhere/shop", "team-a/../team-b/shop", "Team-a/shop", "host:5000/team-a/shop"]
    {
        let scope = format!("repository:{name}:pull,push");
        for login in ["admin:canary-admin", "manager:canary-manager", "promotion:canary-promotion"] {
            for registry in [TEST, PRODUCTION] {
                assert_eq!(bed.granted(registry, login, &[&scope]).await, [""; 0], "{name} {login}");
            }
        }
    }
    let unknown = ["other:team-a/shop:pull", "repository:team-a/shop:mount", "repository:team-a/shop:"];
    assert_eq!(bed.granted(TEST, "manager:canary-manager", &unknown).await, [""; 0]);
}

#[tokio::test]
async fn a_role_that_was_taken_is_missing_in_the_next_token() {
    let bed = Bed::new();
    assert_eq!(bed.granted(TEST, "manager:canary-manager", &[ALL]).await, ["team-a/shop:pull+push+delete"]);
    let unscoped = "$token:canary-token-manager|none";
    assert_eq!(bed.granted(TEST, unscoped, &[ALL]).await, ["team-a/shop:pull+push+delete"]);
    bed.keystone.take_role("manager", "a");
    assert_eq!(bed.granted(TEST, unscoped, &[ALL]).await, [""; 0]);
}

#[tokio::test]
async fn a_token_with_a_scope_is_good_there_only() {
    let bed = Bed::new();
    let both = ["repository:team-a/x:pull", "repository:team-b/x:pull"];
    for (token, expected) in [
        ("two|none", &["team-a/x:pull", "team-b/x:pull"][..]),
        ("two|a", &["team-a/x:pull"]),
        ("two|b", &["team-b/x:pull"]),
        ("admin|a", &[]),
    ] {
        assert_eq!(
            bed.granted(TEST, &format!("$token:canary-token-{token}"), &both).await,
            expected,
            "{token}"
        );
    }
}

#[tokio::test]
async fn access_rules_narrow_application_credentials() {
    let bed = Bed::new();
    let asked = [
        "repository:team-a/ci:pull,push,delete",
        "repository:team-a/shop:pull,push,delete",
        "repository:other-a/shop:pull",
    ];
    assert_eq!(
        bed.granted(TEST, "$appcred+free:canary-free", &asked).await,
        ["team-a/ci:pull+push+delete", "team-a/shop:pull+push+delete", "other-a/shop:pull"]
    );
    let narrowed = ["team-a/ci:pull+push", "team-a/shop:pull"];
    assert_eq!(bed.granted(TEST, "$appcred+ruled:canary-ruled", &asked).await, narrowed);
    // The same when its token comes.
    assert_eq!(bed.granted(TEST, "$token:canary-token-manager|a|ruled", &asked).await, narrowed);
    let elsewhere = Bed::with(|builder| builder.service_type("compute"));
    assert_eq!(
        elsewhere.granted(TEST, "$appcred+ruled:canary-ruled", &asked).await,
        ["team-a/ci:delete", "team-a/shop:delete"]
    );
}

#[tokio::test]
async fn an_audit_is_told_of_each_action() {
    let bed = Bed::new();
    bed.ask(TEST, "member:canary-member", &[ALL, "repository:nowhere/x:pull"]).await;
    let told = bed.events.0.lock().unwrap();
    let told: Vec<_> = told
        .iter()
        .map(|event| {
            let (tenant, namespace) = (event.tenant.as_deref(), event.namespace.as_deref());
            (event.user.as_deref(), event.action.name(), tenant, namespace, event.allowed)
        })
        .collect();
    let member = Some("member");
    assert_eq!(
        told,
        [
            (member, "pull", Some("a"), Some("team-a"), true),
            (member, "push", Some("a"), Some("team-a"), true),
            (member, "delete", Some("a"), Some("team-a"), false),
            (member, "pull", None, Some("nowhere"), false),
        ]
    );
}

#[tokio::test]
async fn a_trust_does_not_act_for_the_promotion() {
    let bed = Bed::new();
    for (token, expected) in
        [("promotion|none", &["team-a/shop:pull+push+delete"][..]), ("promotion|none|trust", &[])]
    {
        let login = format!("$token:canary-token-{token}");
        assert_eq!(bed.granted(PRODUCTION, &login, &[ALL]).await, expected, "{token}");
    }
}
