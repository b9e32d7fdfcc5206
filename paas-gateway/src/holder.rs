//! The subject that a token stands for.

use paas_client::keystone::{Scope, Token};
use paas_core::access::{self, RoleNames, Subject, TenantGrant};

/// The subject that a token of Keystone stands for, here and now.
///
/// Its roles are those of the token, which Keystone has expanded, and only where the token is good: one for a project
/// gives nothing in another, nor for the platform. One for a domain, one without a scope, and one for a project that
/// acts as a domain give nothing. Nor does the role of a service.
#[must_use]
pub fn holder(token: &Token, names: &RoleNames) -> Subject {
    let mut subject = Subject::new(token.user.id.as_str());
    subject.name.clone_from(&token.user.name);
    match &token.scope {
        Scope::System => subject.platform = names.roles(access::Scope::System, token.role_names()),
        Scope::Project(project) if !token.is_domain => {
            let roles = names.roles(access::Scope::Project, token.role_names());
            if !roles.is_empty() {
                subject.tenants.insert(project.id.to_string(), TenantGrant::new(roles));
            }
        }
        _ => {}
    }
    subject
}
