//! Who may what.

use crate::{
    envelope::{ErrorEnvelope, Result},
    library::Library,
};
use paas_sdk::access::{
    Action, Decision, HarborRoles, IdentityMap, Kind, RancherRoles, Reason, Registry, Resource, Role,
    RoleNames, Scope, Subject, decide,
    matrix::{self, Row},
    membership::{self, EnvironmentMembers, Member, MembershipPlan, Options, ProjectMembers},
};
use serde::{Deserialize, Serialize};

/// Tells whether a user may do something to a resource, and why. A refusal is an answer, no error.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DecideRequest {
    /// The user with its roles.
    pub subject: Subject,
    /// What it wants to do.
    pub action: Action,
    /// To what kind of resource.
    pub kind: Kind,
    /// The id of the tenant that owns it; the platform owns it if not given.
    #[serde(default)]
    pub tenant: Option<String>,
    /// The image namespace that it is in.
    #[serde(default)]
    pub namespace: Option<String>,
}

/// Decides many times for one user: for lists and menus.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DecideAllRequest {
    /// The user with its roles.
    pub subject: Subject,
    /// What it wants to do, to what.
    pub questions: Vec<Question>,
}

/// Something that a user wants to do.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Question {
    /// What it wants to do.
    pub action: Action,
    /// To what kind of resource.
    pub kind: Kind,
    /// The id of the tenant that owns it; the platform owns it if not given.
    #[serde(default)]
    pub tenant: Option<String>,
    /// The image namespace that it is in.
    #[serde(default)]
    pub namespace: Option<String>,
}

/// Many decisions, in the order of the questions.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Decisions {
    /// Whether the user may.
    pub allowed: Vec<bool>,
    /// Why, in a word.
    pub reasons: Vec<Reason>,
}

/// Gives all rules: who may what.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MatrixRequest {}

/// All rules.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Matrix {
    /// One row for each kind and action that has a rule. What has none may nobody.
    pub rows: Vec<Row>,
    /// The same as a table in Markdown.
    pub markdown: String,
}

/// Adds what roles of Keystone are here to a user, such as those of a token that Keystone has validated.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct GrantRolesRequest {
    /// The user.
    pub subject: Subject,
    /// Where it has the roles.
    pub scope: Scope,
    /// The id of the project that they are on, with the scope `project`.
    #[serde(default)]
    pub tenant: Option<String>,
    /// The names of the roles in Keystone, implied and inherited ones included.
    pub roles: Vec<String>,
    /// Which role a role of Keystone is here; the default names if not given.
    #[serde(default)]
    pub names: Option<RoleNames>,
}

/// Says what to do so that the members of a tenant's environments and Harbor projects are those that Keystone says.
/// Fails with kind `invalid_request` if roles in a backend give more than those here.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PlanMembersRequest {
    /// The users of the tenant with their roles.
    pub members: Vec<Member>,
    /// Whether the tenant is disabled or deleted in Keystone.
    #[serde(default)]
    pub frozen: bool,
    /// Its environments with those who are members now.
    #[serde(default)]
    pub environments: Vec<EnvironmentMembers>,
    /// The Harbor projects of its image namespaces with those who are members now.
    #[serde(default)]
    pub projects: Vec<ProjectMembers>,
    /// Who the users are in Rancher and Harbor.
    pub identities: IdentityMap,
    /// Which roles they have in Rancher; the default if not given.
    #[serde(default)]
    pub rancher_roles: Option<RancherRoles>,
    /// Which roles they have in the test registry; the default if not given.
    #[serde(default)]
    pub test_roles: Option<HarborRoles>,
    /// Which roles they have in the production registry; the default if not given.
    #[serde(default)]
    pub production_roles: Option<HarborRoles>,
    /// What else is to be kept to.
    pub settings: Options,
}

impl Library {
    /// What [`DecideRequest`] tells.
    ///
    /// # Errors
    ///
    /// None but those of the request.
    pub fn decide(&self, request: DecideRequest) -> Result<Decision> {
        let DecideRequest { subject, action, kind, tenant, namespace } = request;
        let resource = Resource { kind, tenant: tenant.as_deref(), namespace: namespace.as_deref() };
        Ok(decide(&subject, action, &resource))
    }

    /// What [`DecideAllRequest`] tells.
    ///
    /// # Errors
    ///
    /// None but those of the request.
    pub fn decide_all(&self, request: DecideAllRequest) -> Result<Decisions> {
        let DecideAllRequest { subject, questions } = request;
        let decisions = questions.iter().map(|question| {
            let Question { action, kind, tenant, namespace } = question;
            let resource =
                Resource { kind: *kind, tenant: tenant.as_deref(), namespace: namespace.as_deref() };
            decide(&subject, *action, &resource)
        });
        let (allowed, reasons) = decisions.map(|decision| (decision.is_allowed(), decision.reason())).unzip();
        Ok(Decisions { allowed, reasons })
    }

    /// What [`MatrixRequest`] tells.
    ///
    /// # Errors
    ///
    /// None but those of the request.
    pub fn matrix(&self, _request: MatrixRequest) -> Result<Matrix> {
        Ok(Matrix { rows: matrix::rows(), markdown: matrix::markdown() })
    }

    /// What [`GrantRolesRequest`] tells.
    ///
    /// # Errors
    ///
    /// `request.invalid` if the scope is a project and no tenant is given, or the other way round.
    pub fn grant_roles(&self, request: GrantRolesRequest) -> Result<Subject> {
        let GrantRolesRequest { mut subject, scope, tenant, roles, names } = request;
        let roles = names.unwrap_or_default().roles(scope, roles.iter().map(String::as_str));
        match (scope, tenant) {
            (Scope::Project, Some(tenant)) => {
                let grant: Vec<Role> = roles.iter().collect();
                subject = grant.into_iter().fold(subject, |subject, role| subject.with_tenant(&tenant, role));
            }
            (Scope::Project, None) => {
                return Err(ErrorEnvelope::invalid_field("tenant", "roles on a project are of a tenant"));
            }
            (_, Some(_)) => {
                return Err(ErrorEnvelope::invalid_field(
                    "tenant",
                    "only roles on a project are of a tenant",
                ));
            }
            (_, None) => subject = roles.iter().fold(subject, Subject::with_platform),
        }
        Ok(subject)
    }

    /// What [`PlanMembersRequest`] tells.
    ///
    /// # Errors
    ///
    /// `request.invalid` if roles in a backend give more than those here.
    pub fn plan_members(&self, request: PlanMembersRequest) -> Result<MembershipPlan> {
        let rancher = request.rancher_roles.unwrap_or_default();
        let test = request.test_roles.unwrap_or_else(|| HarborRoles::of(Registry::Test));
        let production = request.production_roles.unwrap_or_else(|| HarborRoles::of(Registry::Production));
        for (field, checked) in [
            ("rancher_roles", rancher.check()),
            ("test_roles", test.check(Registry::Test)),
            ("production_roles", production.check(Registry::Production)),
        ] {
            checked.map_err(|error| ErrorEnvelope::invalid_field(field, error.to_string()))?;
        }
        Ok(membership::plan(&membership::Request {
            members: &request.members,
            frozen: request.frozen,
            environments: &request.environments,
            projects: &request.projects,
            identities: &request.identities,
            rancher: &rancher,
            test: &test,
            production: &production,
            options: &request.settings,
        }))
    }
}
