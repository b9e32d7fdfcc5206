//! Which role a role of Keystone is here.

use super::{Role, Roles};
use serde::{Deserialize, Deserializer, Serialize, de::Error as _};
use std::collections::BTreeMap;

/// Where a user has a role in Keystone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "GrantScope"))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Scope {
    /// On the whole system.
    System,
    /// On a project: here, in a tenant.
    Project,
    /// On a domain. That is none on the projects in it: what they inherit stands at them.
    Domain,
}

/// Which role a role of Keystone is here, by its name. Names are compared without regard to case, as Keystone's
/// policies do; those that are not in it give nothing.
///
/// | Keystone gives | here |
/// | --- | --- |
/// | `admin` on the system | platform administrator |
/// | `platform_auditor` on the system | publication auditor |
/// | `admin` or `manager` on a project | tenant administrator of that project |
/// | `senior` on a project | senior member |
/// | `member` on a project | restricted member |
/// | `reader` on a project | read only |
///
/// The highest counts. A role on a project is never one for the platform, nor the other way round.
///
/// ```
/// use paas_core::access::{Role, RoleNames, Scope};
///
/// let names = RoleNames::default();
/// let roles = names.roles(Scope::Project, ["reader", "Manager", "creator"]);
/// assert_eq!(roles.highest(), Some(Role::TenantAdministrator));
/// assert!(names.roles(Scope::Domain, ["admin"]).is_empty());
/// assert!(names.without_system_administrators().roles(Scope::System, ["admin"]).is_empty());
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields, default))]
pub struct RoleNames {
    /// What roles on the system are: roles for the whole platform.
    system: BTreeMap<String, Role>,
    /// What roles on a project are: roles of a tenant.
    project: BTreeMap<String, Role>,
}

impl Default for RoleNames {
    fn default() -> Self {
        let named = |roles: &[(&str, Role)]| {
            roles.iter().map(|(name, role)| ((*name).to_owned(), *role)).collect::<BTreeMap<_, _>>()
        };
        Self {
            system: named(&[
                ("admin", Role::PlatformAdministrator),
                ("platform_auditor", Role::PublicationAuditor),
            ]),
            project: named(&[
                ("admin", Role::TenantAdministrator),
                ("manager", Role::TenantAdministrator),
                ("senior", Role::SeniorMember),
                ("member", Role::RestrictedMember),
                ("reader", Role::ReadOnly),
            ]),
        }
    }
}

impl RoleNames {
    /// No role of Keystone is one here.
    pub const fn none() -> Self {
        Self { system: BTreeMap::new(), project: BTreeMap::new() }
    }

    /// With what a role of Keystone is: on the system if the role here is for the whole platform, else on projects.
    #[must_use]
    pub fn with(mut self, name: &str, role: Role) -> Self {
        let names = if role.is_platform_wide() { &mut self.system } else { &mut self.project };
        names.insert(name.to_lowercase(), role);
        self
    }

    /// Without platform administrators from Keystone: `admin` on its system gives nothing here.
    #[must_use]
    pub fn without_system_administrators(mut self) -> Self {
        self.system.retain(|_, role| *role != Role::PlatformAdministrator);
        self
    }

    /// What roles of Keystone are here, where a user has them.
    pub fn roles<'a>(&self, scope: Scope, names: impl IntoIterator<Item = &'a str>) -> Roles {
        let known = match scope {
            Scope::System => &self.system,
            Scope::Project => &self.project,
            Scope::Domain => return Roles::NONE,
        };
        names.into_iter().filter_map(|name| known.get(&name.to_lowercase())).copied().collect()
    }

    /// Which role of Keystone gives a role here: the first by name.
    pub fn name_of(&self, role: Role) -> Option<&str> {
        let known = if role.is_platform_wide() { &self.system } else { &self.project };
        known.iter().find(|(_, given)| **given == role).map(|(name, _)| name.as_str())
    }
}

/// A document that leaves out `system` or `project` has the default there.
impl<'de> Deserialize<'de> for RoleNames {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Document {
            system: Option<BTreeMap<String, Role>>,
            project: Option<BTreeMap<String, Role>>,
        }
        let document = Document::deserialize(deserializer)?;
        let check = |names: BTreeMap<String, Role>, wide: bool| {
            let mut checked = BTreeMap::new();
            for (name, role) in names {
                if role.is_platform_wide() != wide {
                    let place = if wide { "the system" } else { "a project" };
                    return Err(D::Error::custom(format!(
                        "`{name}` on {place} cannot be `{role}`: that is a role {}",
                        if wide { "of tenants" } else { "for the whole platform" },
                    )));
                }
                if checked.insert(name.to_lowercase(), role).is_some() {
                    return Err(D::Error::custom(format!(
                        "`{name}` is there twice, but for upper and lower case"
                    )));
                }
            }
            Ok(checked)
        };
        let default = Self::default();
        Ok(Self {
            system: document.system.map_or(Ok(default.system), |names| check(names, true))?,
            project: document.project.map_or(Ok(default.project), |names| check(names, false))?,
        })
    }
}
