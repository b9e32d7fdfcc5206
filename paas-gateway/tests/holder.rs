//! What tokens stand for.

use paas_client::keystone::Token;
use paas_core::access::{Role, RoleNames, Subject};
use paas_gateway::holder;
use serde_json::{Value, json};

/// A token with this scope, and with these roles there.
fn token(scope: Value, roles: &[&str]) -> Token {
    let mut token = json!({
        "user": { "id": "u1", "name": "anna" }, "methods": ["password"],
        "issued_at": "2026-11-21T10:00:00.000000Z", "expires_at": "2026-11-21T11:00:00.000000Z",
        "roles": roles.iter().map(|name| json!({ "id": format!("id-{name}"), "name": name })).collect::<Vec<_>>(),
    });
    let (token_fields, scope) = (token.as_object_mut().unwrap(), scope.as_object().unwrap().clone());
    token_fields.extend(scope);
    serde_json::from_value(token).unwrap()
}

fn anna() -> Subject {
    Subject::new("u1").with_name("anna")
}

#[test]
fn a_token_for_a_project_gives_its_roles_there() {
    let held = holder(
        &token(json!({ "project": { "id": "p1" } }), &["reader", "Manager", "member", "service"]),
        &RoleNames::default(),
    );
    let expected = [Role::TenantAdministrator, Role::RestrictedMember, Role::ReadOnly];
    assert_eq!(held, expected.into_iter().fold(anna(), |anna, role| anna.with_tenant("p1", role)));
}

#[test]
fn a_token_for_the_system_gives_roles_for_the_platform_only() {
    let system = token(json!({ "system": { "all": true } }), &["admin", "manager", "member", "reader"]);
    let held = holder(&system, &RoleNames::default());
    assert_eq!(held, anna().with_platform(Role::PlatformAdministrator));
    assert_eq!(holder(&system, &RoleNames::default().without_system_administrators()), anna());
}

#[test]
fn other_tokens_give_nothing() {
    for (scope, roles) in [
        (json!({}), &[][..]),
        (json!({ "domain": { "id": "d1" } }), &["admin", "manager", "member"][..]),
        (json!({ "project": { "id": "p1" }, "is_domain": true }), &["admin"]),
        (json!({ "project": { "id": "p1" } }), &["service"]),
    ] {
        assert_eq!(holder(&token(scope.clone(), roles), &RoleNames::default()), anna(), "{scope}");
    }
}
