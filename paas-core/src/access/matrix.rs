//! All rules as a table, for people to read and for programs to check.
//!
//! ```
//! let table = paas_core::access::matrix::markdown();
//! assert!(table.contains("| network | operate | yes | yes | – | – | – | – | – |"), "{table}");
//! ```

use super::{
    Action, Kind, Role,
    rules::{RULES, Reach, Who},
};
use serde::Serialize;
use std::fmt::Write as _;

/// What each role may do to one kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "MatrixRow"))]
#[non_exhaustive]
pub struct Row {
    /// The kind.
    pub kind: Kind,
    /// What is done to it.
    pub action: Action,
    /// Who may.
    pub allowed: Allowed,
}

/// Who may do something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Allowed {
    /// A platform administrator.
    pub platform_administrator: Extent,
    /// A tenant administrator.
    pub tenant_administrator: Extent,
    /// A senior member.
    pub senior_member: Extent,
    /// A restricted member.
    pub restricted_member: Extent,
    /// A user who reads only.
    pub read_only: Extent,
    /// A publication auditor.
    pub publication_auditor: Extent,
    /// Whether whoever has a role in some tenant may, if it is the platform's own.
    pub shared: bool,
}

/// How far a role reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Extent {
    /// It may not.
    None,
    /// In the image namespaces of its tenant that the user belongs to.
    Namespaces,
    /// In its tenant.
    Tenant,
    /// In every tenant, and of the platform's own.
    Platform,
}

impl Extent {
    /// As it stands in a cell of a table.
    pub const fn cell(self) -> &'static str {
        match self {
            Self::None => "–",
            Self::Namespaces => "own",
            Self::Tenant | Self::Platform => "yes",
        }
    }
}

impl Allowed {
    /// How far a role reaches.
    pub const fn extent(&self, role: Role) -> Extent {
        match role {
            Role::PlatformAdministrator => self.platform_administrator,
            Role::TenantAdministrator => self.tenant_administrator,
            Role::SeniorMember => self.senior_member,
            Role::RestrictedMember => self.restricted_member,
            Role::ReadOnly => self.read_only,
            Role::PublicationAuditor => self.publication_auditor,
        }
    }

    fn of(who: &Who) -> Self {
        let platform = |may: bool| if may { Extent::Platform } else { Extent::None };
        let [administrator, senior, restricted, read_only] = who.tenant.map(|reach| match reach {
            Reach::Nowhere => Extent::None,
            Reach::Namespaces => Extent::Namespaces,
            Reach::Tenant => Extent::Tenant,
        });
        Self {
            platform_administrator: platform(who.platform_administrator),
            tenant_administrator: administrator,
            senior_member: senior,
            restricted_member: restricted,
            read_only,
            publication_auditor: platform(who.publication_auditor),
            shared: who.shared,
        }
    }
}

/// Every rule: one row for each kind and action that has one, by kind and then by action.
pub fn rows() -> Vec<Row> {
    let mut rows: Vec<Row> = RULES
        .iter()
        .flat_map(|(kind, actions, who)| {
            actions.iter().map(|&action| Row { kind: *kind, action, allowed: Allowed::of(who) })
        })
        .collect();
    rows.sort_by_key(|row| (row.kind, row.action));
    rows
}

/// The table in Markdown. `own`: in the image namespaces of the tenant that the user belongs to. The last column is of
/// what no tenant owns: whether whoever has a role in some tenant may.
pub fn markdown() -> String {
    let mut table = String::from("| kind | action |");
    for role in Role::ALL {
        let _ = write!(table, " {} |", role.title());
    }
    table.push_str(" of the platform, by all |\n| --- | --- |");
    table.push_str(&" --- |".repeat(Role::ALL.len() + 1));
    for row in rows() {
        let _ = write!(table, "\n| {} | {} |", row.kind.title(), row.action);
        for role in Role::ALL {
            let _ = write!(table, " {} |", row.allowed.extent(*role).cell());
        }
        table.push_str(if row.allowed.shared { " yes |" } else { " – |" });
    }
    table.push('\n');
    table
}
