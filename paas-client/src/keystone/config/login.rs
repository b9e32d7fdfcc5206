//! Who logs in, and for what, from the keys of a cloud.

use super::{
    super::{ApplicationCredentialKey, DomainKey, Login, ProjectKey, ScopeRequest, UserKey, configuration},
    cloud::Cloud,
};
use crate::Result;
use secrecy::{ExposeSecret, SecretString};

#[derive(Clone, Copy)]
enum Method {
    Password,
    Token,
    ApplicationCredential,
}

/// The login of a cloud.
pub(super) fn read(cloud: &Cloud) -> Result<Login> {
    let login = match method(cloud)? {
        Method::Password => Login::password(user(cloud)?, secret(cloud, "password")?).scope(scope(cloud)?),
        Method::Token => {
            let token = match cloud.secret("token")? {
                None => secret(cloud, "auth_token")?,
                Some(token) => token,
            };
            let token = token.expose_secret().parse().map_err(|_| configuration("`token` is not a token"))?;
            Login::token(token).scope(scope(cloud)?)
        }
        Method::ApplicationCredential => {
            let key = match cloud.text("application_credential_id")? {
                Some(id) => ApplicationCredentialKey::Id(id),
                None => ApplicationCredentialKey::Name {
                    name: needed(cloud, "application_credential_name")?,
                    user: user(cloud)?,
                },
            };
            Login::application_credential(key, secret(cloud, "application_credential_secret")?)
                .scope(scope(cloud)?)
        }
    };
    login.check()?;
    Ok(login)
}

fn method(cloud: &Cloud) -> Result<Method> {
    let told = cloud.first(&["auth_type", "auth_plugin"])?;
    Ok(match told.as_deref() {
        Some("password") if cloud.secret("password")?.is_none() && cloud.secret("token")?.is_some() => {
            Method::Token
        }
        Some("password" | "v3password") => Method::Password,
        Some("token" | "v3token") => Method::Token,
        Some("v3applicationcredential") => Method::ApplicationCredential,
        Some(other) => {
            return Err(configuration(format!(
                "`auth_type` is `{other}`; known are `password`, `v3password`, `token`, `v3token` and \
                 `v3applicationcredential`"
            )));
        }
        None if cloud.secret("application_credential_secret")?.is_some() => Method::ApplicationCredential,
        None if cloud.secret("password")?.is_none() && cloud.secret("token")?.is_some() => Method::Token,
        None => Method::Password,
    })
}

fn user(cloud: &Cloud) -> Result<UserKey> {
    if let Some(id) = cloud.text("user_id")? {
        return Ok(UserKey::Id(id.parse()?));
    }
    let Some(name) = cloud.first(&["username", "user_name"])? else {
        return Err(missing("username"));
    };
    let domain = domain(cloud, "user")?.ok_or_else(|| {
        configuration(format!("the user `{name}` has no domain; give `user_domain_name` or `user_domain_id`"))
    })?;
    Ok(UserKey::Name { name, domain })
}

/// The domain of a user or a project: its own, else the one that is given once for both.
fn domain(cloud: &Cloud, of: &str) -> Result<Option<DomainKey>> {
    // With a project `domain_id` means where user and project are; without one it is the scope.
    let shared: &[&str] =
        if has_project(cloud)? { &["domain", "default_domain"] } else { &["default_domain"] };
    let own = format!("{of}_domain");
    for prefix in [own.as_str()].into_iter().chain(shared.iter().copied()) {
        if let Some(id) = cloud.text(&format!("{prefix}_id"))? {
            return Ok(Some(DomainKey::Id(id.parse()?)));
        }
        if let Some(name) = cloud.text(&format!("{prefix}_name"))? {
            return Ok(Some(DomainKey::Name(name)));
        }
    }
    Ok(None)
}

const PROJECT_ID: [&str; 2] = ["project_id", "tenant_id"];
const PROJECT_NAME: [&str; 2] = ["project_name", "tenant_name"];

fn has_project(cloud: &Cloud) -> Result<bool> {
    Ok(cloud.first(&PROJECT_ID)?.is_some() || cloud.first(&PROJECT_NAME)?.is_some())
}

fn scope(cloud: &Cloud) -> Result<ScopeRequest> {
    let mut scopes = Vec::new();
    match cloud.text("system_scope")?.as_deref() {
        None => {}
        Some("all" | "true") => scopes.push(ScopeRequest::System),
        Some(_) => return Err(configuration("`system_scope` can only be `all`")),
    }
    if let Some(id) = cloud.text("trust_id")? {
        scopes.push(ScopeRequest::Trust(id));
    }
    if let Some(id) = cloud.first(&PROJECT_ID)? {
        scopes.push(ScopeRequest::Project(ProjectKey::Id(id.parse()?)));
    } else if let Some(name) = cloud.first(&PROJECT_NAME)? {
        let domain = domain(cloud, "project")?.ok_or_else(|| {
            configuration(format!(
                "the project `{name}` has no domain; give `project_domain_name` or `project_domain_id`"
            ))
        })?;
        scopes.push(ScopeRequest::Project(ProjectKey::Name { name, domain }));
    } else if let Some(id) = cloud.text("domain_id")? {
        scopes.push(ScopeRequest::Domain(DomainKey::Id(id.parse()?)));
    } else if let Some(name) = cloud.text("domain_name")? {
        scopes.push(ScopeRequest::Domain(DomainKey::Name(name)));
    }
    let mut scopes = scopes.into_iter();
    match (scopes.next(), scopes.next()) {
        (_, Some(_)) => Err(configuration(
            "a login has one scope: a project, a domain, the system, or a trust; leave the others out",
        )),
        (Some(scope), None) => Ok(scope),
        (None, None) => Ok(ScopeRequest::Unspecified),
    }
}

fn secret(cloud: &Cloud, key: &str) -> Result<SecretString> {
    cloud.secret(key)?.ok_or_else(|| missing(key))
}

fn needed(cloud: &Cloud, key: &str) -> Result<String> {
    cloud.text(key)?.ok_or_else(|| missing(key))
}

fn missing(key: &str) -> crate::Error {
    configuration(format!("`{key}` is missing; write it below `auth`, or set `OS_{}`", key.to_uppercase()))
}
