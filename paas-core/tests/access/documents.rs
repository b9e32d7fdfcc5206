//! Documents of the model.

use paas_core::access::Resource;
use paas_core::access::{Action, IdentityMap, KeystoneUser, Kind, Role, RoleNames, Scope, Subject, decide};

#[test]
fn a_decision_as_a_document() {
    let anna = Subject::new("5f3c").with_tenant("retail", Role::ReadOnly);
    let decision = decide(&anna, Action::Delete, &Resource::in_tenant(Kind::Host, "retail"));
    assert_eq!(
        serde_json::to_value(decision).unwrap(),
        serde_json::json!({
            "allowed": false,
            "reason": "role_too_low",
            "because": "a user who reads only may not delete a host: that takes a tenant administrator or a platform administrator",
            "role": "read_only",
        })
    );
}

#[test]
fn a_subject_comes_back_as_it_was() {
    let anna = Subject::new("5f3c")
        .with_name("anna")
        .with_tenant("retail", Role::SeniorMember)
        .with_frozen("cards")
        .with_namespace("retail-shop");
    let text = serde_json::to_string(&anna).unwrap();
    assert_eq!(
        text,
        r#"{"user":"5f3c","name":"anna","tenants":{"cards":{"roles":[],"frozen":true},"retail":{"roles":["senior_member"]}},"namespaces":["retail-shop"]}"#
    );
    assert_eq!(serde_json::from_str::<Subject>(&text).unwrap(), anna);
    assert!(
        serde_json::from_str::<Subject>(r#"{"user":"u","tenant":{}}"#).is_err(),
        "a misspelt key is no right"
    );
}

#[test]
fn names_of_roles_are_the_same_in_any_case() {
    let names: RoleNames = serde_json::from_str(r#"{ "project": { "Operator": "senior_member" } }"#).unwrap();
    assert_eq!(names.roles(Scope::Project, ["OPERATOR"]).highest(), Some(Role::SeniorMember));
    assert!(names.roles(Scope::Project, ["member"]).is_empty(), "what is said replaces the default");
    assert!(!names.roles(Scope::System, ["admin"]).is_empty(), "what is not said is the default");
    assert_eq!(names.name_of(Role::SeniorMember), Some("operator"));
}

#[test]
fn names_of_roles_stay_where_they_may_be_had() {
    for (document, problem) in [
        (
            r#"{ "project": { "admin": "platform_administrator" } }"#,
            "`admin` on a project cannot be `platform_administrator`: that is a role for the whole platform",
        ),
        (
            r#"{ "system": { "member": "read_only" } }"#,
            "`member` on the system cannot be `read_only`: that is a role of tenants",
        ),
        (
            r#"{ "project": { "a": "read_only", "A": "senior_member" } }"#,
            "`a` is there twice, but for upper and lower case",
        ),
    ] {
        assert_eq!(serde_json::from_str::<RoleNames>(document).unwrap_err().to_string(), problem);
    }
}

#[test]
fn identities_are_never_guessed() {
    let map: IdentityMap = serde_json::from_str(
        r#"{ "rules": [{ "domain": "d", "rancher": { "external_id_type": "openldap_user", "external_id": "uid={name|dn},dc=bank" }, "harbor": "kc-{id}" }],
             "users": { "2": { "rancher": { "external_id_type": "rancher_id", "external_id": "1a9" } } } }"#,
    )
    .unwrap();
    let dn = |name: &str| map.of(&KeystoneUser::new("1", name, "d")).rancher.unwrap().external_id;
    assert_eq!(dn("anna"), "uid=anna,dc=bank");
    assert_eq!(dn(r#" #a+b,"c"\<d>;=e "#), r#"uid=\ #a\+b\,\"c\"\\\<d\>\;\=e\ ,dc=bank"#);
    assert_eq!(dn("#1"), r"uid=\#1,dc=bank");
    let second = map.of(&KeystoneUser::new("2", "x", "d"));
    assert_eq!(second.rancher.unwrap().external_id, "1a9");
    assert_eq!(second.harbor.as_deref(), Some("kc-2"), "the table says one, the rule the other");
    let stranger = map.of(&KeystoneUser::new("3", "anna", "other"));
    assert!(stranger.rancher.is_none() && stranger.harbor.is_none());
}

#[test]
fn identity_maps_that_cannot_be_followed() {
    for (rule, problem) in [
        (
            r#"{ "domain": "d", "harbor": "admin" }"#,
            "the rule for domain `d` makes all users one: put `{name}` or `{id}` into `admin`",
        ),
        (
            r#"{ "domain": "d", "harbor": "{user}" }"#,
            "the rule for domain `d` knows no `{user}`; there are `{name}`, `{name|dn}` and `{id}`",
        ),
        (
            r#"{ "domain": "d", "rancher": { "external_id_type": "ldap_user", "external_id": "CN={name}" } }"#,
            "the rule for domain `d` puts a name into a distinguished name as it is: write `{name|dn}`, since names may hold commas",
        ),
        (r#"{ "domain": "d" }, { "domain": "d" }"#, "the rule for domain `d` is there twice"),
    ] {
        let refused =
            serde_json::from_str::<IdentityMap>(&format!(r#"{{ "rules": [{rule}] }}"#)).unwrap_err();
        assert_eq!(refused.to_string(), problem);
    }
}
