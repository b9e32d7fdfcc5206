//! What the service behind is told.

use http::{HeaderMap, HeaderName, HeaderValue};
use paas_client::keystone::{DomainRef, Scope, Token};
use paas_core::access::{Decision, Role};

/// The names of the headers about one token.
struct Names {
    status: HeaderName,
    user_id: HeaderName,
    user_name: HeaderName,
    user_domain_id: HeaderName,
    user_domain_name: HeaderName,
    project_id: HeaderName,
    project_name: HeaderName,
    project_domain_id: HeaderName,
    project_domain_name: HeaderName,
    domain_id: HeaderName,
    domain_name: HeaderName,
    roles: HeaderName,
}

const fn name(name: &'static str) -> HeaderName {
    HeaderName::from_static(name)
}

fn of_user() -> Names {
    Names {
        status: name("x-identity-status"),
        user_id: name("x-user-id"),
        user_name: name("x-user-name"),
        user_domain_id: name("x-user-domain-id"),
        user_domain_name: name("x-user-domain-name"),
        project_id: name("x-project-id"),
        project_name: name("x-project-name"),
        project_domain_id: name("x-project-domain-id"),
        project_domain_name: name("x-project-domain-name"),
        domain_id: name("x-domain-id"),
        domain_name: name("x-domain-name"),
        roles: name("x-roles"),
    }
}

fn of_service() -> Names {
    Names {
        status: name("x-service-identity-status"),
        user_id: name("x-service-user-id"),
        user_name: name("x-service-user-name"),
        user_domain_id: name("x-service-user-domain-id"),
        user_domain_name: name("x-service-user-domain-name"),
        project_id: name("x-service-project-id"),
        project_name: name("x-service-project-name"),
        project_domain_id: name("x-service-project-domain-id"),
        project_domain_name: name("x-service-project-domain-name"),
        domain_id: name("x-service-domain-id"),
        domain_name: name("x-service-domain-name"),
        roles: name("x-service-roles"),
    }
}

/// Says who the user is, in the words of keystonemiddleware.
pub(crate) fn set_user(headers: &mut HeaderMap, token: &Token) {
    set(headers, token, of_user());
    if token.scope == Scope::System {
        headers.insert(name("openstack-system-scope"), HeaderValue::from_static("all"));
    }
}

/// Says which service goes on with the request of a user.
pub(crate) fn set_service(headers: &mut HeaderMap, token: &Token) {
    set(headers, token, of_service());
}

/// Says what was decided: by which role, in which tenant and image namespace.
pub(crate) fn set_decision(
    headers: &mut HeaderMap,
    decision: &Decision,
    tenant: Option<&str>,
    namespace: Option<&str>,
) {
    put(headers, name("x-paas-role"), decision.role().map(Role::name));
    put(headers, name("x-paas-tenant"), tenant);
    put(headers, name("x-paas-namespace"), namespace);
}

fn set(headers: &mut HeaderMap, token: &Token, names: Names) {
    headers.insert(names.status, HeaderValue::from_static("Confirmed"));
    put(headers, names.user_id, Some(token.user.id.as_str()));
    put(headers, names.user_name, token.user.name.as_deref());
    put_domain(headers, names.user_domain_id, names.user_domain_name, token.user.domain.as_ref());
    match &token.scope {
        Scope::Project(project) => {
            put(headers, names.project_id, Some(project.id.as_str()));
            put(headers, names.project_name, project.name.as_deref());
            put_domain(headers, names.project_domain_id, names.project_domain_name, project.domain.as_ref());
        }
        Scope::Domain(domain) => put_domain(headers, names.domain_id, names.domain_name, Some(domain)),
        _ => {}
    }
    // One that has a comma would be taken for two.
    let roles: Vec<&str> =
        token.role_names().filter(|role| !role.contains(',') && role.trim() == *role).collect();
    put(headers, names.roles, Some(&roles.join(",")));
}

fn put_domain(headers: &mut HeaderMap, id: HeaderName, name: HeaderName, domain: Option<&DomainRef>) {
    put(headers, id, domain.map(|domain| domain.id.as_str()));
    put(headers, name, domain.and_then(|domain| domain.name.as_deref()));
}

/// In UTF-8. What has control characters fits in no header, and is left out.
fn put(headers: &mut HeaderMap, name: HeaderName, value: Option<&str>) {
    if let Some(value) = value.and_then(|value| HeaderValue::from_bytes(value.as_bytes()).ok()) {
        headers.insert(name, value);
    }
}
