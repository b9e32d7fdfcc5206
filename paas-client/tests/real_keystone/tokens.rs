//! Tokens of a real Keystone: made, validated, narrowed, ended.

use super::seed::{Seed, next_second, project};
use paas_client::{
    ErrorKind,
    keystone::{
        ApplicationCredentialKey, DomainKey, Grant, KeystoneClient, Login, Scope, ScopeRequest, Token,
        UserKey, Validation,
    },
    transport::Method,
};
use serde_json::json;
use std::{collections::BTreeSet, time::Duration};

fn names(token: &Token) -> BTreeSet<&str> {
    token.role_names().collect()
}

#[tokio::test]
async fn a_token_has_the_roles_of_its_scope_and_no_others() {
    let Some(seed) = Seed::new().await else { return };
    let (anna, team) = (seed.user("anna").await, seed.project("team", None).await);
    let child = seed.project("team-dev", Some(&team)).await;
    let [member, manager, reader] = [
        seed.standard_role("member").await,
        seed.standard_role("manager").await,
        seed.standard_role("reader").await,
    ];
    for grant in [
        Grant::to_user(anna.parse().unwrap(), member.parse().unwrap()).in_project(team.parse().unwrap()),
        Grant::to_user(anna.parse().unwrap(), manager.parse().unwrap())
            .in_project(team.parse().unwrap())
            .inherited(),
        Grant::to_user(anna.parse().unwrap(), reader.parse().unwrap())
            .in_domain(seed.domain.parse().unwrap()),
    ] {
        seed.admin.assign_role(&grant).await.unwrap();
        // Twice is once.
        seed.admin.assign_role(&grant).await.unwrap();
    }

    let unscoped = seed.admin.authenticate(&seed.login("anna", ScopeRequest::Unscoped)).await.unwrap();
    assert_eq!((&unscoped.details.scope, unscoped.details.roles.len()), (&Scope::Unscoped, 0));
    assert_eq!(unscoped.details.user.id.as_str(), anna);

    // Unimplied by nothing: what is inherited holds below only.
    for (scope, roles) in [
        (project(&team), ["member", "reader"].as_slice()),
        (project(&child), &["manager", "member", "reader"]),
        (ScopeRequest::Domain(DomainKey::Id(seed.domain.parse().unwrap())), &["reader"]),
    ] {
        let issued =
            seed.admin.authenticate(&Login::token(unscoped.token.clone()).scope(scope)).await.unwrap();
        assert_eq!(issued.details.audit_ids.len(), 2, "its own and that of the chain");
        assert_eq!(issued.details.expires_at, unscoped.details.expires_at, "not longer than the first");
        let token = seed.admin.validate(&issued.token).await.unwrap();
        assert_eq!(names(&token), roles.iter().copied().collect());
        assert_eq!(seed.admin.validate_self(&issued.token).await.unwrap(), token);
        assert_eq!((token.scope, token.is_domain), (issued.details.scope, false));
    }
    let projects = seed.admin.acting_as(&unscoped.token).list_own_projects().collect_all().await.unwrap();
    assert_eq!(
        projects.iter().map(|project| project.id.as_str()).collect::<BTreeSet<_>>(),
        BTreeSet::from([team.as_str(), child.as_str()])
    );
    let domains = seed.admin.acting_as(&unscoped.token).list_own_domains().collect_all().await.unwrap();
    assert_eq!(domains.iter().map(|domain| domain.id.as_str()).collect::<Vec<_>>(), [seed.domain.as_str()]);

    // No role there, and a wrong password: the same answer.
    for login in [
        seed.login("anna", ScopeRequest::System),
        Login::password(UserKey::Id(anna.parse().unwrap()), "wrong"),
    ] {
        let error = seed.admin.authenticate(&login).await.unwrap_err();
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::Unauthorized, 1), "{error}");
    }
    let own = seed.admin.own_token().await.unwrap().token;
    let system = seed.admin.authenticate(&Login::token(own).scope(ScopeRequest::System)).await.unwrap();
    assert_eq!(system.details.scope, Scope::System);
    assert!(system.details.has_role("Admin") && system.details.has_role("reader"));
}

#[tokio::test]
async fn a_role_that_was_taken_is_gone_from_a_token_that_lives_and_no_event_says_so() {
    let Some(seed) = Seed::new().await else { return };
    let (anna, team) = (seed.user("anna").await, seed.project("team", None).await);
    let (member, own) = (seed.standard_role("member").await, seed.role("promoter").await);
    let grant = |role: &str| {
        Grant::to_user(anna.parse().unwrap(), role.parse().unwrap()).in_project(team.parse().unwrap())
    };
    seed.admin.assign_role(&grant(&member)).await.unwrap();
    seed.admin.assign_role(&grant(&own)).await.unwrap();
    let token = seed.admin.authenticate(&seed.login("anna", project(&team))).await.unwrap().token;
    let promoter = seed.name("promoter");
    assert_eq!(
        names(&seed.admin.validate(&token).await.unwrap()),
        BTreeSet::from(["member", "reader", &promoter])
    );

    let events = seed.admin.list_revocations(None).collect_all().await.unwrap();
    seed.admin.unassign_role(&grant(&own)).await.unwrap();
    assert_eq!(names(&seed.admin.validate(&token).await.unwrap()), BTreeSet::from(["member", "reader"]));
    let later = seed.admin.list_revocations(None).collect_all().await.unwrap();
    assert!(later.iter().all(|event| event.user_id.as_ref().is_none_or(|user| user.as_str() != anna)));
    assert!(later.len() >= events.len());
    let error = seed.admin.unassign_role(&grant(&own)).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NotFound);

    // Without any role the scope itself is lost.
    seed.admin.unassign_role(&grant(&member)).await.unwrap();
    assert_eq!(seed.admin.validate(&token).await.unwrap_err().kind(), ErrorKind::TokenInvalid);
}

#[tokio::test]
async fn disabled_users_and_projects_and_revoked_tokens_are_told_from_our_own_dead_token() {
    let Some(seed) = Seed::new().await else { return };
    let (anna, team) = (seed.user("anna").await, seed.project("team", None).await);
    let member = seed.standard_role("member").await;
    let grant =
        Grant::to_user(anna.parse().unwrap(), member.parse().unwrap()).in_project(team.parse().unwrap());
    seed.admin.assign_role(&grant).await.unwrap();
    let login = || seed.login("anna", project(&team));
    let issue = || async { seed.admin.authenticate(&login()).await.unwrap().token };
    let kind = |result: paas_client::Result<Token>| result.unwrap_err().kind();

    // Revoked: by itself, once.
    let token = issue().await;
    seed.admin.revoke(&token).await.unwrap();
    assert_eq!(kind(seed.admin.validate(&token).await), ErrorKind::TokenInvalid);
    assert_eq!(kind(seed.admin.validate_self(&token).await), ErrorKind::TokenInvalid);
    assert_eq!(seed.admin.revoke(&token).await.unwrap_err().kind(), ErrorKind::TokenInvalid);
    let events = seed.admin.list_revocations(None).collect_all().await.unwrap();
    assert!(events.iter().any(|event| event.audit_id.is_some() && event.revoked_at.is_some()));
    let since =
        events.iter().filter_map(|event| event.revoked_at).max().unwrap() + Duration::from_secs(3_600);
    assert_eq!(seed.admin.list_revocations(Some(since)).collect_all().await.unwrap(), []);

    // Not allowed to ask about others'.
    let token = issue().await;
    seed.user("bob").await;
    let other = seed.admin.authenticate(&seed.login("bob", ScopeRequest::Unscoped)).await.unwrap().token;
    let error = seed.admin.acting_as(&token).validate(&other).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Forbidden, "{error}");
    assert!(error.request_id().is_some_and(|id| id.starts_with("req-")));
    // Our own is no token.
    let error = seed.admin.acting_as(&"gAAAAABnonsense".parse().unwrap()).validate(&other).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Unauthorized);
    let error = seed.admin.validate(&"gAAAAABnonsense".parse().unwrap()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::TokenInvalid);

    // A disabled user; and what ended stays ended.
    next_second().await;
    seed.set(&format!("users/{anna}"), "user", json!({ "enabled": false })).await;
    assert_eq!(kind(seed.admin.validate(&token).await), ErrorKind::TokenInvalid);
    assert_eq!(seed.admin.authenticate(&login()).await.unwrap_err().kind(), ErrorKind::Unauthorized);
    let expired_too = Validation::default().allow_expired();
    assert_eq!(kind(seed.admin.validate_with(&token, expired_too).await), ErrorKind::TokenInvalid);
    seed.set(&format!("users/{anna}"), "user", json!({ "enabled": true })).await;
    assert_eq!(kind(seed.admin.validate(&token).await), ErrorKind::TokenInvalid);

    // A disabled project.
    next_second().await;
    let token = issue().await;
    assert!(seed.admin.validate(&token).await.is_ok());
    seed.set(&format!("projects/{team}"), "project", json!({ "enabled": false })).await;
    assert_eq!(kind(seed.admin.validate(&token).await), ErrorKind::TokenInvalid);
}

#[tokio::test]
async fn an_application_credential_narrows_roles_and_brings_its_rules() {
    let Some(seed) = Seed::new().await else { return };
    let (anna, team) = (seed.user("anna").await, seed.project("team", None).await);
    for role in ["manager", "member"] {
        let role = seed.standard_role(role).await;
        let grant =
            Grant::to_user(anna.parse().unwrap(), role.parse().unwrap()).in_project(team.parse().unwrap());
        seed.admin.assign_role(&grant).await.unwrap();
    }
    let token = seed.admin.authenticate(&seed.login("anna", project(&team))).await.unwrap().token;
    let credential = |name: &str, rules: bool| {
        let mut body = json!({ "name": name, "secret": "secret-of-it", "roles": [{ "name": "member" }] });
        if rules {
            body["access_rules"] = json!([
                { "service": "identity", "method": "GET", "path": "/v3/projects/{id}" },
                { "service": "registry", "method": "GET", "path": "/v2/**" },
            ]);
        }
        body
    };
    let [plain, ruled] = [credential("plain", false), credential("ruled", true)];
    let path = format!("users/{anna}/application_credentials");
    let mut ids = Vec::new();
    for body in [plain, ruled] {
        let made = seed.ask_as(&token, Method::Post, &path, json!({ "application_credential": body })).await;
        ids.push(made["application_credential"]["id"].as_str().unwrap().to_owned());
    }

    let by_id = Login::application_credential(ApplicationCredentialKey::Id(ids[0].clone()), "secret-of-it");
    let issued = seed.admin.authenticate(&by_id).await.unwrap();
    let plain = seed.admin.validate(&issued.token).await.unwrap();
    assert_eq!(
        (names(&plain), plain.methods.clone()),
        (BTreeSet::from(["member", "reader"]), vec!["application_credential".to_owned()])
    );
    let of = plain.application_credential.as_ref().unwrap();
    assert_eq!(
        (of.id.as_str(), of.restricted, of.access_rules.as_ref()),
        (ids[0].as_str(), Some(true), None)
    );
    assert!(plain.allows("anything", "DELETE", "/at/all"));

    let user = UserKey::Id(anna.parse().unwrap());
    let by_name = ApplicationCredentialKey::Name { name: "ruled".to_owned(), user };
    let issued =
        seed.admin.authenticate(&Login::application_credential(by_name, "secret-of-it")).await.unwrap();
    // Shown only because we say that we hold the rules.
    let ruled = seed.admin.validate(&issued.token).await.unwrap();
    assert_eq!(ruled.application_credential.as_ref().unwrap().access_rules.as_ref().unwrap().len(), 2);
    assert!(ruled.allows("registry", "GET", "/v2/retail/shop/tags/list"));
    assert!(!ruled.allows("registry", "PUT", "/v2/retail/shop/manifests/1"));
    assert!(!ruled.allows("compute", "GET", "/v2/servers"));

    // A client that lives on a credential.
    let login = Login::application_credential(ApplicationCredentialKey::Id(ids[0].clone()), "secret-of-it");
    let client = KeystoneClient::builder().url(&seed.url).login(login).build().unwrap();
    assert_eq!(client.list_own_projects().collect_all().await.unwrap().len(), 1);

    // Its user loses the role, and has it still, as one that `manager` implies; then that too.
    let unassign = |role: String| {
        let role = role.parse().unwrap();
        let grant = Grant::to_user(anna.parse().unwrap(), role).in_project(team.parse().unwrap());
        let admin = &seed.admin;
        async move { admin.unassign_role(&grant).await.unwrap() }
    };
    unassign(seed.standard_role("member").await).await;
    assert_eq!(
        names(&seed.admin.validate(&issued.token).await.unwrap()),
        BTreeSet::from(["member", "reader"])
    );
    unassign(seed.standard_role("manager").await).await;
    assert_eq!(seed.admin.validate(&issued.token).await.unwrap_err().kind(), ErrorKind::TokenInvalid);
    let again = Login::application_credential(ApplicationCredentialKey::Id(ids[0].clone()), "secret-of-it");
    assert_eq!(seed.admin.authenticate(&again).await.unwrap_err().kind(), ErrorKind::Unauthorized);
}

#[tokio::test]
async fn our_own_token_is_renewed_when_somebody_ends_it() {
    let Some(seed) = Seed::new().await else { return };
    let (anna, team) = (seed.user("anna").await, seed.project("team", None).await);
    let member = seed.standard_role("member").await;
    let grant =
        Grant::to_user(anna.parse().unwrap(), member.parse().unwrap()).in_project(team.parse().unwrap());
    seed.admin.assign_role(&grant).await.unwrap();
    let client =
        KeystoneClient::builder().url(&seed.url).login(seed.login("anna", project(&team))).build().unwrap();
    let first = client.own_token().await.unwrap().token;
    // A token that is refused within a second is not replaced: the next one would be refused too.
    next_second().await;
    seed.admin.revoke(&first).await.unwrap();
    assert_eq!(client.list_own_projects().collect_all().await.unwrap().len(), 1);
    let second = client.own_token().await.unwrap().token;
    assert_eq!(seed.admin.validate(&first).await.unwrap_err().kind(), ErrorKind::TokenInvalid);
    assert!(seed.admin.validate(&second).await.is_ok());
}

#[tokio::test]
async fn who_may_not_grant_is_refused_by_keystone() {
    let Some(seed) = Seed::new().await else { return };
    let (anna, bob) = (seed.user("anna").await, seed.user("bob").await);
    let team = seed.project("team", None).await;
    let [member, manager] = [seed.standard_role("member").await, seed.standard_role("manager").await];
    let grant = |who: &str, role: &str| {
        Grant::to_user(who.parse().unwrap(), role.parse().unwrap()).in_project(team.parse().unwrap())
    };
    seed.admin.assign_role(&grant(&anna, &member)).await.unwrap();
    let anna = seed.admin.authenticate(&seed.login("anna", project(&team))).await.unwrap().token;
    let error = seed.admin.acting_as(&anna).assign_role(&grant(&bob, &manager)).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Forbidden, "{error}");
    let nobody =
        Grant::to_user("nobody".parse().unwrap(), member.parse().unwrap()).in_project(team.parse().unwrap());
    assert_eq!(seed.admin.assign_role(&nobody).await.unwrap_err().kind(), ErrorKind::NotFound);
    let nowhere = Grant::to_user(bob.parse().unwrap(), member.parse().unwrap());
    assert_eq!(seed.admin.assign_role(&nowhere).await.unwrap_err().kind(), ErrorKind::Configuration);
}
