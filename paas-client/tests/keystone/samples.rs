//! What a real Keystone 30 has answered, read from beside the checkout.

use crate::virtual_time::VirtualTime;
use paas_client::{
    ErrorKind, KeystoneClient, Seeded,
    keystone::{AssignmentQuery, ProjectQuery, Scope, UserQuery},
    transport::{Canned, Response},
};
use serde_json::Value;
use std::{collections::BTreeSet, fs, path::Path};

/// The answer of a sample, or nothing where the data are not there.
fn answer(name: &str) -> Option<Response> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data/keystone");
    let Ok(text) = fs::read_to_string(folder.join(name)) else {
        eprintln!("skipped: there is no ../shared/data/keystone beside the checkout");
        return None;
    };
    let sample: Value = serde_json::from_str(&text).unwrap();
    let status = u16::try_from(sample["response"]["status"].as_u64().unwrap()).unwrap();
    let body = &sample["response"]["body"];
    let body = if body.is_null() { String::new() } else { body.to_string() };
    let mut answer = Response::new(status, body);
    for (name, value) in sample["response"]["headers"].as_object().unwrap() {
        answer = answer.header(name, value.as_str().unwrap());
    }
    Some(answer)
}

/// A client that acts with a token, against one answer.
fn client(name: &str) -> Option<(KeystoneClient, VirtualTime)> {
    let answer = answer(name)?;
    let time = VirtualTime::default();
    let client = KeystoneClient::builder()
        .url("https://keystone.example")
        .transport(Canned::new(move |_| Ok(answer.clone())))
        .clock(time.clone())
        .randomness(Seeded::new(1))
        .build()
        .unwrap();
    Some((client.acting_as(&"gAAAAAB-own".parse().unwrap()), time))
}

#[test]
fn tokens_are_read_as_they_are_written() {
    let theirs = super::theirs();
    for (name, roles, scope) in [
        ("token-validate.json", &["image_promoter", "manager", "member", "reader"][..], "team-a"),
        ("token-validate-nocatalog.json", &["image_promoter", "manager", "member", "reader"], "team-a"),
        ("token-validate-after-role-removed.json", &["manager", "member", "reader"], "team-a"),
        ("token-validate-appcred-with-access-rules.json", &["image_promoter", "reader"], "team-a"),
        ("auth-password-unscoped.json", &[], "nowhere"),
        ("auth-password-system-scoped.json", &["admin", "manager", "member", "reader"], "system"),
        ("auth-alice-domain-scoped.json", &["member", "reader"], "acme"),
        ("auth-bob-child-inherited-group-role.json", &["reader"], "team-a-dev"),
    ] {
        let Some((client, time)) = client(name) else { return };
        let token = time.run(client.validate(&theirs)).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(token.role_names().collect::<BTreeSet<_>>(), roles.iter().copied().collect(), "{name}");
        let place = match &token.scope {
            Scope::Unscoped => "nowhere",
            Scope::System => "system",
            Scope::Domain(domain) => domain.name.as_deref().unwrap(),
            Scope::Project(project) => project.name.as_deref().unwrap(),
            other => panic!("{other:?}"),
        };
        assert_eq!(place, scope, "{name}");
        let lives = token.expires_at.duration_since(token.issued_at).unwrap();
        assert!(lives.as_secs() <= 3_600 && !token.audit_ids.is_empty());
    }
    let Some((client, time)) = client("token-validate-appcred-with-access-rules.json") else { return };
    let token = time.run(client.validate(&theirs)).unwrap();
    assert!(
        token.allows("registry", "GET", "/v2.0/projects")
            && !token.allows("registry", "POST", "/v2.0/projects")
    );
}

#[test]
fn refusals_are_read_as_they_are_written() {
    for (name, kind) in [
        ("token-validate-bad-404.json", ErrorKind::TokenInvalid),
        ("token-validate-revoked-404.json", ErrorKind::TokenInvalid),
        ("token-validate-user-disabled.json", ErrorKind::TokenInvalid),
        ("token-validate-appcred-no-access-rules-header-404.json", ErrorKind::TokenInvalid),
        ("token-validate-by-nonadmin-403.json", ErrorKind::Forbidden),
        ("token-validate-noauth-401.json", ErrorKind::Unauthorized),
        ("error-409-project.json", ErrorKind::Conflict),
    ] {
        let Some((client, time)) = client(name) else { return };
        let error = time.run(client.validate(&super::theirs())).unwrap_err();
        assert_eq!(error.kind(), kind, "{name}: {error}");
    }
}

#[test]
fn lists_are_read_as_they_are_written() {
    let Some((client, time)) = client("role-assignments-include-names.json") else { return };
    let rows = time.run(client.list_role_assignments(&AssignmentQuery::default()).collect_all()).unwrap();
    assert!(rows.iter().any(|row| row.inherited) && rows.iter().all(|row| row.role.name.is_some()));
    let Some((client, time)) = self::client("role-assignments-effective-child.json") else { return };
    assert!(
        !time
            .run(client.list_role_assignments(&AssignmentQuery::default()).collect_all())
            .unwrap()
            .is_empty()
    );
    let Some((client, time)) = self::client("projects-list.json") else { return };
    assert!(time.run(client.list_projects(&ProjectQuery::default()).collect_all()).unwrap().len() > 1);
    let Some((client, time)) = self::client("users-list.json") else { return };
    assert!(
        time.run(client.list_users(&UserQuery::default()).collect_all())
            .unwrap()
            .iter()
            .all(|user| user.enabled)
    );
    let Some((client, time)) = self::client("role-inferences.json") else { return };
    assert_eq!(time.run(client.list_role_inferences().collect_all()).unwrap().len(), 3);
    let Some((client, time)) = self::client("roles-list.json") else { return };
    assert!(time.run(client.list_roles(None).collect_all()).unwrap().len() > 4);
    let Some((client, time)) = self::client("domains-list.json") else { return };
    assert!(!time.run(client.list_domains().collect_all()).unwrap().is_empty());
    let Some((client, time)) = self::client("revoke-events-final.json") else { return };
    let events = time.run(client.list_revocations(None).collect_all()).unwrap();
    assert_eq!(events.len(), 3);
    assert!(
        events.iter().any(|event| event.user_id.is_some())
            && events.iter().any(|event| event.audit_chain_id.is_some())
    );
    let Some((client, time)) = self::client("auth-projects-unscoped.json") else { return };
    assert!(!time.run(client.list_own_projects().collect_all()).unwrap().is_empty());
}
