//! Environments: `project` in the API.

use super::{
    EnvironmentId, HealthState, ProjectTemplateId,
    lenient::{id, number, or_default},
    resource::resource,
};
use serde::{Deserialize, Serialize};

resource! {
    /// An environment. Names of environments are not unique.
    pub struct Environment(EnvironmentId) {
        /// The template that it was made from.
        #[serde(default, deserialize_with = "id")]
        pub project_template_id: Option<ProjectTemplateId>,
        /// What runs its containers: `cattle`, or another as its system stacks say.
        #[serde(default)]
        pub orchestration: Option<String>,
        /// The health of its system stacks.
        #[serde(default)]
        pub health_state: Option<HealthState>,
        /// The environments that it was linked to. Only administrators see them, and from Rancher 1.6.15 on a later
        /// change of them is stored without effect: what counts are the [account links](super::AccountLink).
        #[serde(default, deserialize_with = "or_default")]
        pub project_links: Vec<EnvironmentId>,
        /// The ports from which the server gives to services that ask for any.
        #[serde(default)]
        pub services_port_range: Option<PortRange>,
        /// The version of its template.
        #[serde(default)]
        pub version: Option<String>,
    }
}

/// A range of ports.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct PortRange {
    /// The first.
    #[serde(default, deserialize_with = "number", skip_serializing_if = "Option::is_none")]
    pub start_port: Option<i64>,
    /// The last.
    #[serde(default, deserialize_with = "number", skip_serializing_if = "Option::is_none")]
    pub end_port: Option<i64>,
}

impl PortRange {
    /// From the first to the last.
    #[must_use]
    pub fn new(start: u16, end: u16) -> Self {
        Self { start_port: Some(start.into()), end_port: Some(end.into()) }
    }
}

/// An environment to be made.
///
/// ```
/// use paas_client::rancher::NewEnvironment;
/// let new = NewEnvironment::new("tenant-a")
///     .description("the first network of tenant A")
///     .template("1pt1".parse().unwrap())
///     .link_to("1a5".parse().unwrap());
/// assert_eq!(new.name, "tenant-a");
/// assert_eq!(new.project_links.len(), 1);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct NewEnvironment {
    /// The name.
    pub name: String,
    /// The description.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The template; it cannot be changed later.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub project_template_id: Option<ProjectTemplateId>,
    /// The environments to link with, both ways. Only creation makes such links from Rancher 1.6.15 on.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub project_links: Vec<EnvironmentId>,
    /// The members. With none, the key's account becomes the owner; with some, one must be.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub members: Vec<NewMember>,
    /// The ports from which the server gives to services that ask for any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub services_port_range: Option<PortRange>,
}

impl NewEnvironment {
    /// An environment of this name, of the server's default template.
    #[must_use]
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            description: None,
            project_template_id: None,
            project_links: Vec::new(),
            members: Vec::new(),
            services_port_range: None,
        }
    }

    /// The same with a description.
    #[must_use]
    pub fn description(mut self, description: impl Into<String>) -> Self {
        self.description = Some(description.into());
        self
    }

    /// The same from a template.
    #[must_use]
    pub fn template(mut self, template: ProjectTemplateId) -> Self {
        self.project_template_id = Some(template);
        self
    }

    /// The same, linked to one more environment.
    #[must_use]
    pub fn link_to(mut self, other: EnvironmentId) -> Self {
        self.project_links.push(other);
        self
    }

    /// The same with one more member.
    #[must_use]
    pub fn member(mut self, member: NewMember) -> Self {
        self.members.push(member);
        self
    }

    /// The same with a range of ports.
    #[must_use]
    pub fn services_port_range(mut self, range: PortRange) -> Self {
        self.services_port_range = Some(range);
        self
    }
}

/// A member to be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct NewMember {
    /// `owner`, `member`, `restricted` or `readonly`.
    pub role: String,
    /// What kind of id it is: `rancher_id`, `openldap_user`, `ldap_group` …
    pub external_id_type: String,
    /// The id.
    pub external_id: String,
}

impl NewMember {
    /// A member by role and identity.
    #[must_use]
    pub fn new(
        role: impl Into<String>,
        external_id_type: impl Into<String>,
        external_id: impl Into<String>,
    ) -> Self {
        Self { role: role.into(), external_id_type: external_id_type.into(), external_id: external_id.into() }
    }
}

/// Which environments to list. By default those that the key's account is a member of.
///
/// ```
/// use paas_client::rancher::EnvironmentQuery;
/// let query = EnvironmentQuery::default().all().name("tenant-a");
/// assert!(query.all);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct EnvironmentQuery {
    /// Of this name. The server does not mind upper and lower case here.
    pub name: Option<String>,
    /// All that there are: for keys of administrators.
    pub all: bool,
}

impl EnvironmentQuery {
    /// Those of this name.
    #[must_use]
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// All that there are: for keys of administrators.
    #[must_use]
    pub fn all(mut self) -> Self {
        self.all = true;
        self
    }

    pub(crate) fn pairs(&self) -> Vec<(String, String)> {
        let mut pairs = crate::list::pairs([("name", self.name.as_deref())]);
        if self.all {
            pairs.push(("all".to_owned(), "true".to_owned()));
        }
        pairs
    }
}
