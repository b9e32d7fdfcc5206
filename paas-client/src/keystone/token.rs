//! What Keystone says of a token.

use super::{AccessRule, DomainId, ProjectId, RoleId, UserId};
use crate::timestamp;
use serde::Deserialize;
use std::time::SystemTime;

/// What Keystone says of a token: whose it is, where it is good, until when, and which roles it has there.
///
/// The roles are the effective ones: Keystone has expanded groups, inheritance and implied roles.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "RawToken")]
#[non_exhaustive]
pub struct Token {
    /// Whose it is.
    pub user: UserRef,
    /// Where it is good.
    pub scope: Scope,
    /// Its roles there, in no order; none without a scope.
    pub roles: Vec<RoleRef>,
    /// How it was got: `password`, `token`, `application_credential` …
    pub methods: Vec<String>,
    /// Its own audit id, and that of the first token of its chain.
    pub audit_ids: Vec<String>,
    /// When it was made.
    pub issued_at: SystemTime,
    /// When it ends.
    pub expires_at: SystemTime,
    /// Whether the project of its scope acts as a domain.
    pub is_domain: bool,
    /// The application credential that it was got with.
    pub application_credential: Option<ApplicationCredential>,
    /// The trust that it was got by: it acts for somebody else.
    pub trust: Option<Trust>,
}

/// Where a token is good.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Scope {
    /// Nowhere: it shows who somebody is.
    Unscoped,
    /// In a project.
    Project(ProjectRef),
    /// In a domain, which is not the same as in its projects.
    Domain(DomainRef),
    /// For the system as a whole.
    System,
}

impl Token {
    /// Whether it has a role of this name. As in Keystone's own policies, case does not matter.
    #[must_use]
    pub fn has_role(&self, name: &str) -> bool {
        self.role_names().any(|role| role.to_lowercase() == name.to_lowercase())
    }

    /// The names of its roles.
    pub fn role_names(&self) -> impl Iterator<Item = &str> {
        self.roles.iter().filter_map(|role| role.name.as_deref())
    }

    /// The project of its scope.
    #[must_use]
    pub fn project(&self) -> Option<&ProjectRef> {
        if let Scope::Project(project) = &self.scope { Some(project) } else { None }
    }

    /// Whether it may be used for a request with this method to this path of a service of this type: always, unless it
    /// comes of an application credential with access rules. None of these allowing it means no.
    #[must_use]
    pub fn allows(&self, service: &str, method: &str, path: &str) -> bool {
        let rules =
            self.application_credential.as_ref().and_then(|credential| credential.access_rules.as_ref());
        rules.is_none_or(|rules| rules.iter().any(|rule| rule.allows(service, method, path)))
    }
}

/// A user, as others refer to it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[non_exhaustive]
pub struct UserRef {
    /// The id.
    pub id: UserId,
    /// The name; in lists only if names were asked for.
    #[serde(default)]
    pub name: Option<String>,
    /// The domain; in lists only if names were asked for.
    #[serde(default)]
    pub domain: Option<DomainRef>,
}

/// A project, as others refer to it. Its name is unique in its domain only.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[non_exhaustive]
pub struct ProjectRef {
    /// The id.
    pub id: ProjectId,
    /// The name; in lists only if names were asked for.
    #[serde(default)]
    pub name: Option<String>,
    /// The domain; in lists only if names were asked for.
    #[serde(default)]
    pub domain: Option<DomainRef>,
}

/// A domain, as others refer to it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[non_exhaustive]
pub struct DomainRef {
    /// The id.
    pub id: DomainId,
    /// The name; in lists only if names were asked for.
    #[serde(default)]
    pub name: Option<String>,
}

/// A role, as others refer to it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[non_exhaustive]
pub struct RoleRef {
    /// The id.
    pub id: RoleId,
    /// The name; in lists only if names were asked for.
    #[serde(default)]
    pub name: Option<String>,
}

/// The application credential that a token was got with. The roles of the token are those of the credential already.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub struct ApplicationCredential {
    /// The id.
    pub id: String,
    /// The name.
    #[serde(default)]
    pub name: Option<String>,
    /// Whether it may not make further credentials.
    #[serde(default)]
    pub restricted: Option<bool>,
    /// If there are any: it may be used for these only, and for nothing if the list is empty.
    #[serde(default)]
    pub access_rules: Option<Vec<AccessRule>>,
}

/// The trust that a token was got by.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub struct Trust {
    /// The id.
    pub id: String,
    /// Whether the token shows the one who trusts as its user.
    #[serde(default)]
    pub impersonation: bool,
    /// Who trusts.
    #[serde(default)]
    pub trustor_user: Option<UserRef>,
    /// Who is trusted.
    #[serde(default)]
    pub trustee_user: Option<UserRef>,
}

/// As it comes. Without a scope there are no keys of one.
#[derive(Deserialize)]
struct RawToken {
    user: UserRef,
    #[serde(default)]
    project: Option<ProjectRef>,
    #[serde(default)]
    domain: Option<DomainRef>,
    #[serde(default)]
    system: Option<SystemScope>,
    #[serde(default)]
    roles: Option<Vec<RoleRef>>,
    #[serde(default)]
    methods: Vec<String>,
    #[serde(default)]
    audit_ids: Vec<String>,
    #[serde(deserialize_with = "timestamp::required")]
    issued_at: SystemTime,
    #[serde(deserialize_with = "timestamp::required")]
    expires_at: SystemTime,
    #[serde(default)]
    is_domain: Option<bool>,
    #[serde(default)]
    application_credential: Option<ApplicationCredential>,
    #[serde(default, rename = "OS-TRUST:trust")]
    trust: Option<Trust>,
}

#[derive(Deserialize)]
struct SystemScope {
    #[serde(default)]
    all: bool,
}

impl TryFrom<RawToken> for Token {
    type Error = &'static str;

    /// What is not understood is refused: a scope must never be taken for a wider one.
    fn try_from(raw: RawToken) -> Result<Self, Self::Error> {
        let scope = match (raw.project, raw.domain, raw.system) {
            (None, None, None) => Scope::Unscoped,
            (Some(project), None, None) => Scope::Project(project),
            (None, Some(domain), None) => Scope::Domain(domain),
            (None, None, Some(SystemScope { all: true })) => Scope::System,
            _ => return Err("a token has one scope, and of a system all of it"),
        };
        let roles = raw.roles.unwrap_or_default();
        if scope == Scope::Unscoped && !roles.is_empty() {
            return Err("a token without a scope has no roles");
        }
        Ok(Self {
            user: raw.user,
            scope,
            roles,
            methods: raw.methods,
            audit_ids: raw.audit_ids,
            issued_at: raw.issued_at,
            expires_at: raw.expires_at,
            is_domain: raw.is_domain.unwrap_or_default(),
            application_credential: raw.application_credential,
            trust: raw.trust,
        })
    }
}
