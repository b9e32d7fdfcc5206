//! The roles of the platform, and sets of them.

use serde::{Deserialize, Serialize};
use std::{fmt, hint::select_unpredictable, str::FromStr};

/// Makes the enum and its look-ups from the table below.
macro_rules! roles {
    ($($variant:ident, $name:literal, $title:literal, $wide:literal, $meaning:literal;)*) => {
        /// A role of the platform. Those of a tenant are ordered: each may all that the next may.
        ///
        /// ```
        /// use paas_core::access::Role;
        ///
        /// assert_eq!("senior_member".parse(), Ok(Role::SeniorMember));
        /// assert!(Role::PlatformAdministrator.is_platform_wide());
        /// ```
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        #[serde(rename_all = "snake_case")]
        #[non_exhaustive]
        pub enum Role {
            $(#[doc = $meaning] $variant,)*
        }

        impl Role {
            /// Every role, the highest first.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// Its name, as it is written in documents.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// Its name in a sentence.
            pub const fn title(self) -> &'static str {
                match self { $(Self::$variant => $title,)* }
            }

            /// What it is.
            pub const fn meaning(self) -> &'static str {
                match self { $(Self::$variant => $meaning,)* }
            }

            /// Whether one has it for the whole platform; else one has it in a tenant.
            pub const fn is_platform_wide(self) -> bool {
                match self { $(Self::$variant => $wide,)* }
            }
        }
    };
}

roles! {
    PlatformAdministrator, "platform_administrator", "platform administrator", true,
        "May everything in every tenant, but for approving publications and pushing to production.";
    TenantAdministrator, "tenant_administrator", "tenant administrator", false,
        "Manages what the tenant has, and authorises its users.";
    SeniorMember, "senior_member", "senior member", false,
        "May everything in the tenant but for authorising users and operating basic resources (networks, environments, hosts, file servers).";
    RestrictedMember, "restricted_member", "restricted member", false,
        "As a senior member; of images, pushes and pulls those of the namespaces that it belongs to.";
    ReadOnly, "read_only", "read only", false,
        "Views what the tenant has.";
    PublicationAuditor, "publication_auditor", "publication auditor", true,
        "Approves publications, and may nothing else.";
}

impl Role {
    /// Those that one has in a tenant, the highest first.
    pub const OF_TENANTS: &'static [Self] =
        &[Self::TenantAdministrator, Self::SeniorMember, Self::RestrictedMember, Self::ReadOnly];

    /// The bit that stands for it in [`Roles`].
    const fn bit(self) -> u8 {
        1 << self as u8
    }
}

/// Its name.
impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Role {
    type Err = UnknownRole;

    fn from_str(text: &str) -> Result<Self, UnknownRole> {
        let found = Self::ALL.iter().find(|role| role.name() == text);
        found.copied().ok_or_else(|| UnknownRole(text.to_owned()))
    }
}

/// There is no such role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownRole(pub(super) String);

impl fmt::Display for UnknownRole {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        super::unknown(f, "role", &self.0, Role::ALL.iter().map(|role| role.name()))
    }
}

impl std::error::Error for UnknownRole {}

/// A set of roles.
///
/// ```
/// use paas_core::access::{Role, Roles};
///
/// let roles: Roles = [Role::ReadOnly, Role::SeniorMember].into_iter().collect();
/// assert_eq!(roles.highest(), Some(Role::SeniorMember));
/// assert_eq!(roles.to_string(), "senior_member, read_only");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Roles(u8);

impl Roles {
    /// No role.
    pub const NONE: Self = Self(0);

    /// All that one has in a tenant.
    const OF_TENANTS: Self = {
        let mut all = Self::NONE;
        let mut rest = Role::OF_TENANTS;
        while let [first, others @ ..] = rest {
            all = all.with(*first);
            rest = others;
        }
        all
    };

    /// How many sets there are.
    pub(super) const COUNT: usize = 1 << Role::ALL.len();

    /// The set of a number below [`Roles::COUNT`]; bits above it are dropped.
    pub(super) const fn from_index(index: usize) -> Self {
        Self((index % Self::COUNT) as u8)
    }

    /// Its number, always below [`Roles::COUNT`].
    pub(super) const fn index(self) -> usize {
        self.0 as usize % Self::COUNT
    }

    /// Its bits, as one byte.
    pub(super) const fn bits(self) -> u8 {
        self.0
    }

    /// Whether a role is one of them.
    pub const fn contains(self, role: Role) -> bool {
        self.0 & role.bit() != 0
    }

    /// Whether there is none.
    pub const fn is_empty(&self) -> bool {
        self.0 == 0
    }

    /// One more.
    #[must_use]
    pub const fn with(self, role: Role) -> Self {
        Self(self.0 | role.bit())
    }

    /// These, or none if something is so; without a branch.
    #[must_use]
    #[inline]
    pub(super) fn unless(self, so: bool) -> Self {
        select_unpredictable(so, Self::NONE, self)
    }

    /// All roles of both.
    #[must_use]
    pub const fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// The first in the order of [`Role::ALL`].
    pub fn highest(self) -> Option<Role> {
        self.iter().next()
    }

    /// The highest that one has in a tenant.
    pub fn highest_of_tenant(self) -> Option<Role> {
        self.of_tenant().highest()
    }

    /// Those for the whole platform.
    #[must_use]
    pub const fn platform_wide(self) -> Self {
        Self(self.0 & !Self::OF_TENANTS.0)
    }

    /// Those of a tenant.
    #[must_use]
    pub const fn of_tenant(self) -> Self {
        Self(self.0 & Self::OF_TENANTS.0)
    }

    /// Each of them, the highest first.
    pub fn iter(self) -> impl Iterator<Item = Role> {
        Role::ALL.iter().copied().filter(move |&role| self.contains(role))
    }
}

impl FromIterator<Role> for Roles {
    fn from_iter<I: IntoIterator<Item = Role>>(roles: I) -> Self {
        roles.into_iter().fold(Self::NONE, Self::with)
    }
}

/// Their names, with commas between them.
impl fmt::Display for Roles {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        super::listed(f, self.iter())
    }
}

/// A list of names.
impl Serialize for Roles {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}

impl<'de> Deserialize<'de> for Roles {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Vec::<Role>::deserialize(deserializer)?.into_iter().collect())
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Roles {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Roles".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "array", "items": generator.subschema_for::<Role>() })
    }
}
