//! Decisions.

use super::{
    Action, Kind, Resource, Role, Roles, Subject, TenantGrant,
    tables::{self, Given, Rights},
};
use serde::Serialize;
use std::fmt;

/// Whether a user may do something to a resource, and why.
///
/// ```
/// use paas_core::access::{Action, Kind, Resource, Role, Subject, decide};
///
/// let anna = Subject::new("5f3c").with_tenant("retail", Role::SeniorMember);
///
/// let yes = decide(&anna, Action::Create, &Resource::in_tenant(Kind::Volume, "retail"));
/// assert!(yes.is_allowed());
/// assert_eq!(yes.to_string(), "a senior member may create a volume in its tenant");
///
/// let no = decide(&anna, Action::Operate, &Resource::in_tenant(Kind::Network, "retail"));
/// assert_eq!(
///     no.to_string(),
///     "a senior member may not operate a network: that takes a tenant administrator or a platform administrator",
/// );
/// let elsewhere = decide(&anna, Action::View, &Resource::in_tenant(Kind::Volume, "treasury"));
/// assert_eq!(elsewhere.to_string(), "the user has no role in the tenant of this volume");
/// ```
pub fn decide(subject: &Subject, action: Action, resource: &Resource<'_>) -> Decision {
    let held = match resource.tenant {
        Some(tenant) => Held::in_tenant(subject.tenants.get(tenant).copied().unwrap_or_default()),
        None => Held::of_platform(subject.tenants.values().any(has_role)),
    };
    let is_member = || resource.namespace.is_some_and(|namespace| subject.namespaces.contains(namespace));
    judge(subject.platform, held, |asked| asked && is_member(), action, resource.kind)
}

/// Whether a grant gives anything at all.
pub(super) fn has_role(grant: &TenantGrant) -> bool {
    !grant.frozen && !grant.roles.of_tenant().is_empty()
}

/// What a user has where a resource is.
#[derive(Clone, Copy)]
pub(super) struct Held {
    /// What it has in the tenant of the resource; nothing if there is none.
    grant: TenantGrant,
    /// Whether the resource is the platform's own.
    is_of_platform: bool,
    /// In that case, whether the user has a role in some tenant.
    is_somebody: bool,
}

impl Held {
    #[inline]
    pub(super) const fn in_tenant(grant: TenantGrant) -> Self {
        Self { grant, is_of_platform: false, is_somebody: false }
    }

    #[inline]
    pub(super) fn of_platform(is_somebody: bool) -> Self {
        Self { grant: TenantGrant::default(), is_of_platform: true, is_somebody }
    }

    #[inline]
    pub(super) const fn new(grant: TenantGrant, is_of_platform: bool, is_somebody: bool) -> Self {
        Self { grant, is_of_platform, is_somebody }
    }
}

/// Decides. The one place that does. There is hardly a branch in it: which way a decision goes cannot be foretold, and
/// to be wrong about it takes longer than all of this. `is_member` is told whether it is asked at all.
#[inline]
pub(super) fn judge(
    platform: Roles,
    held: Held,
    is_member: impl FnOnce(bool) -> bool,
    action: Action,
    kind: Kind,
) -> Decision {
    let Held { grant, is_of_platform, is_somebody } = held;
    let works = grant.roles.unless(grant.frozen);
    let given = Rights::of(platform, works, kind).given(action);
    let asked = given.bits() & IN_NAMESPACE != 0;
    let is_member = u8::from(is_member(asked));
    // What is given to all counts where a resource is the platform's own, and the user is somebody.
    let shared = u8::from(is_of_platform & is_somebody) * SHARED;
    let facts = (given.bits() & (EVERYWHERE | IN_TENANT | IN_NAMESPACE | shared))
        | ((given.bits() & (is_member * IN_NAMESPACE)) << MEMBER_ABOVE_NAMESPACE)
        | (u8::from(is_of_platform) * OF_PLATFORM)
        | (u8::from(grant.frozen) * FROZEN);
    Decision { facts, platform, roles: grant.roles, action, kind }
}

/// A role for the platform allows it.
const EVERYWHERE: u8 = Given::EVERYWHERE;
/// A role in the tenant allows it.
const IN_TENANT: u8 = Given::IN_TENANT;
/// A role in the tenant allows it to members of the image namespace only.
const IN_NAMESPACE: u8 = Given::IN_NAMESPACE;
/// It is the platform's own, and for all.
const SHARED: u8 = Given::SHARED;
/// A role in the tenant allows it to members of the image namespace only, and the user is one.
const MEMBER: u8 = IN_NAMESPACE << MEMBER_ABOVE_NAMESPACE;
const MEMBER_ABOVE_NAMESPACE: u32 = 2;
/// It is the platform's own.
const OF_PLATFORM: u8 = 1 << 5;
/// The tenant is frozen.
const FROZEN: u8 = 1 << 6;

/// A yes or no, and why. To print it, is to say why.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
#[must_use]
pub struct Decision {
    facts: u8,
    platform: Roles,
    roles: Roles,
    action: Action,
    kind: Kind,
}

/// Why, in one word, for programs. [`Decision`] says it in a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "AccessReason"))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Reason {
    /// Allowed: by a role for the whole platform.
    Everywhere,
    /// Allowed: by a role in the tenant.
    InTenant,
    /// Allowed: by a role in the tenant, as a member of the image namespace.
    InNamespace,
    /// Allowed: it is the platform's own, for all who have a role in some tenant.
    Shared,
    /// Refused: it is the platform's own, and no role for the whole platform allows this.
    OfPlatform,
    /// Refused: no role in the tenant.
    NoRole,
    /// Refused: the roles in the tenant do not allow this.
    RoleTooLow,
    /// Refused: the roles allow this to members of the image namespace only.
    NotMember,
    /// Refused: the tenant is disabled or deleted in Keystone.
    Frozen,
}

impl Reason {
    /// Whether it is one for yes.
    #[inline]
    pub const fn allows(self) -> bool {
        matches!(self, Self::Everywhere | Self::InTenant | Self::InNamespace | Self::Shared)
    }
}

impl Decision {
    /// Whether it is a yes.
    #[inline]
    pub const fn is_allowed(&self) -> bool {
        self.facts & (EVERYWHERE | IN_TENANT | MEMBER | SHARED) != 0
    }

    /// Why.
    pub const fn reason(&self) -> Reason {
        if self.facts & EVERYWHERE != 0 {
            Reason::Everywhere
        } else if self.facts & SHARED != 0 {
            Reason::Shared
        } else if self.facts & OF_PLATFORM != 0 {
            Reason::OfPlatform
        } else if self.roles.of_tenant().is_empty() {
            Reason::NoRole
        } else if self.facts & FROZEN != 0 {
            Reason::Frozen
        } else if self.facts & IN_TENANT != 0 {
            Reason::InTenant
        } else if self.facts & MEMBER != 0 {
            Reason::InNamespace
        } else if self.facts & IN_NAMESPACE != 0 {
            Reason::NotMember
        } else {
            Reason::RoleTooLow
        }
    }

    /// What somebody wanted to do.
    pub const fn action(&self) -> Action {
        self.action
    }

    /// To what kind of resource.
    pub const fn kind(&self) -> Kind {
        self.kind
    }

    /// The highest role that allowed it, or that was not enough; `None`: the user has none there.
    pub fn role(&self) -> Option<Role> {
        match self.reason() {
            Reason::Everywhere => {
                self.platform.iter().find(|&role| tables::ever_allows(role, self.action, self.kind))
            }
            Reason::InTenant
            | Reason::InNamespace
            | Reason::RoleTooLow
            | Reason::NotMember
            | Reason::Frozen => self.roles.highest_of_tenant(),
            Reason::OfPlatform | Reason::NoRole => self.platform.platform_wide().highest(),
            Reason::Shared => None,
        }
    }

    /// The roles that may do this to such a resource, the lowest first; some only in image namespaces that they
    /// belong to.
    pub fn allowed_roles(&self) -> impl Iterator<Item = Role> {
        let (action, kind) = (self.action, self.kind);
        Role::ALL.iter().rev().copied().filter(move |&role| tables::ever_allows(role, action, kind))
    }

    fn takes(&self, f: &mut fmt::Formatter<'_>, roles: impl Iterator<Item = Role>) -> fmt::Result {
        let mut roles = roles.peekable();
        if roles.peek().is_none() {
            return f.write_str("nobody may");
        }
        f.write_str("that takes ")?;
        for (index, role) in roles.enumerate() {
            write!(f, "{}{}", if index > 0 { " or " } else { "" }, named(role))?;
        }
        Ok(())
    }
}

/// Why, as a sentence without names: those stand beside it, wherever it is shown.
impl fmt::Display for Decision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (action, kind, thing) = (self.action, self.kind.title(), article(self.kind.title()));
        let who = self.role().map_or("the user", named);
        match self.reason() {
            Reason::Everywhere => write!(
                f,
                "{who} may {action} {thing} {kind}, wherever it is: its role is on Keystone's system scope"
            ),
            Reason::InTenant => write!(f, "{who} may {action} {thing} {kind} in its tenant"),
            Reason::InNamespace => {
                write!(f, "{who} may {action} {thing} {kind} in an image namespace that it belongs to")
            }
            Reason::Shared => {
                write!(f, "whoever has a role in a tenant may {action} {thing} {kind} of the platform")
            }
            Reason::Frozen => {
                f.write_str("the tenant is disabled or deleted in Keystone: its users' rights are frozen")
            }
            Reason::NoRole => write!(f, "the user has no role in the tenant of this {kind}"),
            Reason::NotMember => {
                write!(
                    f,
                    "{who} may {action} {thing} {kind} in image namespaces that it belongs to only, and it does not belong to this one"
                )
            }
            Reason::OfPlatform => {
                write!(f, "this {kind} is the platform's own, and {who} may not {action} it: ")?;
                self.takes(f, self.allowed_roles().filter(|role| role.is_platform_wide()))
            }
            Reason::RoleTooLow => {
                write!(f, "{who} may not {action} {thing} {kind}: ")?;
                self.takes(f, self.allowed_roles())
            }
        }
    }
}

/// As [`Display`](fmt::Display).
impl fmt::Debug for Decision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Decision")
            .field("allowed", &self.is_allowed())
            .field("because", &format_args!("{self}"))
            .finish()
    }
}

/// Whether a user may do something, and why.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Decision"))]
struct Document {
    /// Whether the user may.
    allowed: bool,
    /// Why, in a word.
    reason: Reason,
    /// Why, in a sentence.
    because: String,
    /// The highest role that allowed it, or that was not enough.
    #[serde(skip_serializing_if = "Option::is_none")]
    role: Option<Role>,
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Decision {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        Document::schema_name()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        Document::json_schema(generator)
    }
}

/// `{ allowed, reason, because, role }`.
impl Serialize for Decision {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let because = self.to_string();
        Document { allowed: self.is_allowed(), reason: self.reason(), because, role: self.role() }
            .serialize(serializer)
    }
}

/// A role with its article.
fn named(role: Role) -> &'static str {
    match role {
        Role::PlatformAdministrator => "a platform administrator",
        Role::TenantAdministrator => "a tenant administrator",
        Role::SeniorMember => "a senior member",
        Role::RestrictedMember => "a restricted member",
        Role::ReadOnly => "a user who reads only",
        Role::PublicationAuditor => "a publication auditor",
    }
}

/// The article of a noun.
fn article(noun: &str) -> &'static str {
    if noun.starts_with(['a', 'e', 'i', 'o', 'u', 'N']) { "an" } else { "a" }
}
