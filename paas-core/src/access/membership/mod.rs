//! What makes the members of environments and Harbor projects those that Keystone says.
//!
//! [`plan`] is pure: who has which role in a tenant, and who is a member where, in; what to add, change and remove, out.
//! Whoever carries it out reads the members again before it writes, and calls it again on a period.
//!
//! What the platform did not put there is reported and left alone, unless [`Options::foreign`] says otherwise. The marks
//! (`ours`) say what it put there; they are a record of the platform, and no label in a backend.
//!
//! ```
//! use paas_core::access::{
//!     HarborRoles, IdentityMap, KeystoneUser, RancherIdentity, RancherRole, RancherRoles, Registry, Role, Roles,
//!     membership::{EnvironmentMembers, Member, Options, Request, plan},
//! };
//!
//! let identities: IdentityMap = serde_json::from_str(
//!     r#"{ "rules": [{ "domain": "default", "rancher": { "external_id_type": "github_user", "external_id": "{name}" } }] }"#,
//! )?;
//! let anna = Member::new(KeystoneUser::new("5f3c", "anna", "default"), Roles::NONE.with(Role::SeniorMember));
//! let dmz = EnvironmentMembers::new("1a7");
//! let plan = plan(&Request {
//!     members: &[anna],
//!     frozen: false,
//!     environments: &[dmz],
//!     projects: &[],
//!     identities: &identities,
//!     rancher: &RancherRoles::default(),
//!     test: &HarborRoles::of(Registry::Test),
//!     production: &HarborRoles::of(Registry::Production),
//!     options: &Options::new(RancherIdentity::new("rancher_id", "1a1")),
//! });
//! let dmz = &plan.environments[0];
//! assert_eq!(dmz.changes.len(), 2, "the platform as an owner, and Anna");
//! assert_eq!(dmz.set[0].role, RancherRole::Restricted.as_str());
//! # Ok::<(), serde_json::Error>(())
//! ```

mod environment;
mod finding;
mod project;
mod request;
mod rules;
mod who;

pub use environment::{EnvironmentChange, EnvironmentPlan};
pub use finding::{Backend, Finding};
pub use project::{ProjectChange, ProjectPlan};
pub use request::{
    EnvironmentMembers, Foreign, HarborMember, Member, Options, ProjectMembers, RancherMember, Request,
};
pub use rules::Rules;

use serde::Serialize;

/// What to do so that the members are those that Keystone says.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct MembershipPlan {
    /// For each environment in which something changes.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub environments: Vec<EnvironmentPlan>,
    /// For each Harbor project in which something changes.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub projects: Vec<ProjectPlan>,
    /// What somebody should look at.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub findings: Vec<Finding>,
    /// How many members lose rights.
    pub losses: usize,
    /// Whether more lose rights than [`Options::fuse`] lets pass: then nobody carries it out before a person has
    /// looked at it.
    pub blown: bool,
}

impl MembershipPlan {
    /// Whether there is nothing to do.
    pub const fn is_empty(&self) -> bool {
        self.environments.is_empty() && self.projects.is_empty()
    }
}

/// Says what to do so that the members of a tenant's environments and Harbor projects are those that Keystone says.
///
/// Carried out and asked again, it is empty.
pub fn plan(request: &Request<'_>) -> MembershipPlan {
    let mut findings = Vec::new();
    let who = who::resolve(request, &mut findings);
    let mut plan = MembershipPlan::default();
    for environment in request.environments {
        let wanted = environment::plan(request, &who, environment, &mut findings);
        plan.losses += wanted.losses;
        if wanted.is_needed {
            plan.environments.push(wanted.plan);
        }
    }
    for project in request.projects {
        let wanted = project::plan(request, &who, project, &mut findings);
        plan.losses += wanted.losses;
        if wanted.is_needed {
            plan.projects.push(wanted.plan);
        }
    }
    plan.blown = request.options.fuse.is_some_and(|fuse| plan.losses > fuse);
    if plan.blown {
        findings
            .push(Finding::FuseBlown { losses: plan.losses, fuse: request.options.fuse.unwrap_or_default() });
    }
    plan.findings = findings;
    plan
}

/// A plan for one place, whether it is needed, and how many members lose rights by it.
struct Wanted<P> {
    plan: P,
    is_needed: bool,
    losses: usize,
}
