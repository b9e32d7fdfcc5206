//! Members of a tenant's environments and Harbor projects, and its image namespaces.

use super::Platform;
use crate::envelope::Result;
use paas_sdk::{
    access::membership::Foreign,
    core::images::promotion::SyncRule,
    platform::{MembersEntry, MembersOptions, MembersReport, Namespace},
};
use serde::Deserialize;

/// Tells what `members.apply` would do; nothing is changed. Fails with kind `unknown_tenant`, `denied`, and
/// `configuration` without Keystone, rules, or the id of the tenant's project; with `keystone` if that fails. What cannot
/// be read in a back end stands in the report.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PlanTenantMembersRequest {
    /// The tenant's name.
    pub tenant: String,
    /// How many members may lose rights; as the rules say if not given.
    #[serde(default)]
    pub fuse: Option<usize>,
    /// What becomes of members that the platform did not put there; as the rules say if not given.
    #[serde(default)]
    pub foreign: Option<Foreign>,
}

/// Makes the members of a tenant's environments and Harbor projects those that Keystone says. Done twice, the second
/// time does nothing. Fails as `members.plan`; with kind `members_fuse` if more members would lose rights than may, with
/// `members_busy` if that is done already: then nothing was changed. What fails in a back end stands in the report, and
/// the rest is done. If the call is given up, what was under way may have happened; the next time finds it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ApplyTenantMembersRequest {
    /// The tenant's name.
    pub tenant: String,
    /// How many members may lose rights; as the rules say if not given.
    #[serde(default)]
    pub fuse: Option<usize>,
    /// What becomes of members that the platform did not put there; as the rules say if not given.
    #[serde(default)]
    pub foreign: Option<Foreign>,
}

/// The journal of a tenant's members, from its beginning: which calls were made, and by whom.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MembersJournalRequest {
    /// The tenant's name.
    pub tenant: String,
}

/// Makes an image namespace for a tenant, and its project in the test registry if the platform has one. Again for the
/// same tenant, it is the same. Fails with kind `namespace_taken` if it is another tenant's, or if the registry has a
/// project of that name already; with `harbor` if that fails: asking again goes on.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CreateNamespaceRequest {
    /// The tenant's name.
    pub tenant: String,
    /// The name of the namespace.
    pub name: String,
}

/// Deletes an image namespace with its project in the test registry, and its rules. Fails with kind `harbor` if Harbor has
/// images in it, and with `namespace_taken` if images of it are recorded, in zones too, or if it is in production: then nothing
/// was changed.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DeleteNamespaceRequest {
    /// The tenant's name.
    pub tenant: String,
    /// The name of the namespace.
    pub name: String,
}

/// The image namespaces of a tenant that the actor may see, by name.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ListNamespacesRequest {
    /// The tenant's name.
    pub tenant: String,
}

/// Adds a user of the tenant to an image namespace. In Harbor it becomes a member with the next `members.apply`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AddNamespaceMemberRequest {
    /// The tenant's name.
    pub tenant: String,
    /// The name of the namespace.
    pub name: String,
    /// The id of the user in Keystone.
    pub user: String,
}

/// Takes a user out of an image namespace.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RemoveNamespaceMemberRequest {
    /// The tenant's name.
    pub tenant: String,
    /// The name of the namespace.
    pub name: String,
    /// The id of the user in Keystone.
    pub user: String,
}

/// Opens an image namespace in the production registry, so that images of it can go there; its project is made there if that
/// registry has a Harbor. Again, it is the same. Fails with kind `namespace_taken` if production has a project of that name
/// that is not the namespace's; with `harbor` if that fails: asking again goes on.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OpenInProductionRequest {
    /// The tenant's name.
    pub tenant: String,
    /// The name of the namespace.
    pub name: String,
}

/// Says when released images of a namespace go to production, in the place of the rule that there was, for images that wait
/// as well.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SetSyncRuleRequest {
    /// The tenant's name.
    pub tenant: String,
    /// The name of the namespace.
    pub name: String,
    /// The rule: `{"kind": "manual"}`, or `{"kind": "automatic", "period": 900}` with seconds from the release on. Without
    /// one the namespace has none from now on, and its images do not go to production.
    #[serde(default)]
    pub rule: Option<SyncRule>,
}

/// Says to which user of the tenant alone the images of a namespace are shown; the user belongs to it from then on. What is
/// personal is not deployed from, and not published. Fails with kind `publication_refused` as long as images of it are
/// published, or are to be.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SetPersonalRequest {
    /// The tenant's name.
    pub tenant: String,
    /// The name of the namespace.
    pub name: String,
    /// The user, by its id in Keystone; none: the images are shown to the tenant.
    #[serde(default)]
    pub user: Option<String>,
}

impl Platform {
    /// What [`PlanTenantMembersRequest`] tells.
    ///
    /// # Errors
    ///
    /// As told there.
    pub async fn plan_tenant_members(&self, request: PlanTenantMembersRequest) -> Result<MembersReport> {
        let options = options(request.fuse, request.foreign);
        Ok(self.acting.members().plan(&request.tenant, options).await?)
    }

    /// What [`ApplyTenantMembersRequest`] tells.
    ///
    /// # Errors
    ///
    /// As told there.
    pub async fn apply_tenant_members(&self, request: ApplyTenantMembersRequest) -> Result<MembersReport> {
        let options = options(request.fuse, request.foreign);
        Ok(self.acting.members().apply(&request.tenant, options).await?)
    }

    /// What [`MembersJournalRequest`] tells.
    ///
    /// # Errors
    ///
    /// `platform.unknown_tenant`, `platform.denied`.
    pub async fn members_journal(&self, request: MembersJournalRequest) -> Result<Vec<MembersEntry>> {
        Ok(self.acting.members().journal(&request.tenant).await?)
    }

    /// What [`CreateNamespaceRequest`] tells.
    ///
    /// # Errors
    ///
    /// As told there.
    pub async fn create_namespace(&self, request: CreateNamespaceRequest) -> Result<Namespace> {
        Ok(self.acting.namespaces().create(&request.tenant, &request.name).await?)
    }

    /// What [`DeleteNamespaceRequest`] tells.
    ///
    /// # Errors
    ///
    /// As told there.
    pub async fn delete_namespace(&self, request: DeleteNamespaceRequest) -> Result<()> {
        Ok(self.acting.namespaces().delete(&request.tenant, &request.name).await?)
    }

    /// What [`ListNamespacesRequest`] tells.
    ///
    /// # Errors
    ///
    /// `platform.unknown_tenant`.
    pub async fn list_namespaces(&self, request: ListNamespacesRequest) -> Result<Vec<Namespace>> {
        Ok(self.acting.namespaces().list(&request.tenant).await?)
    }

    /// What [`AddNamespaceMemberRequest`] tells.
    ///
    /// # Errors
    ///
    /// `platform.unknown_namespace`, `platform.denied`, `platform.invalid_name`.
    pub async fn add_namespace_member(&self, request: AddNamespaceMemberRequest) -> Result<Namespace> {
        Ok(self.acting.namespaces().add_member(&request.tenant, &request.name, &request.user).await?)
    }

    /// What [`RemoveNamespaceMemberRequest`] tells.
    ///
    /// # Errors
    ///
    /// As [`add_namespace_member`](Self::add_namespace_member).
    pub async fn remove_namespace_member(&self, request: RemoveNamespaceMemberRequest) -> Result<Namespace> {
        Ok(self.acting.namespaces().remove_member(&request.tenant, &request.name, &request.user).await?)
    }

    /// What [`OpenInProductionRequest`] tells.
    ///
    /// # Errors
    ///
    /// As told there; `platform.unknown_namespace`, `platform.denied`.
    pub async fn open_in_production(&self, request: OpenInProductionRequest) -> Result<Namespace> {
        Ok(self.acting.namespaces().open_in_production(&request.tenant, &request.name).await?)
    }

    /// What [`SetSyncRuleRequest`] tells.
    ///
    /// # Errors
    ///
    /// `platform.unknown_namespace`, `platform.denied`.
    pub async fn set_sync_rule(&self, request: SetSyncRuleRequest) -> Result<Namespace> {
        let SetSyncRuleRequest { tenant, name, rule } = request;
        Ok(self.acting.namespaces().set_sync_rule(&tenant, &name, rule).await?)
    }

    /// What [`SetPersonalRequest`] tells.
    ///
    /// # Errors
    ///
    /// As told there; `platform.unknown_namespace`, `platform.denied`, `platform.invalid_name`.
    pub async fn set_personal(&self, request: SetPersonalRequest) -> Result<Namespace> {
        let SetPersonalRequest { tenant, name, user } = request;
        Ok(self.acting.namespaces().set_personal(&tenant, &name, user.as_deref()).await?)
    }
}

fn options(fuse: Option<usize>, foreign: Option<Foreign>) -> MembersOptions {
    let options = fuse.map_or_else(MembersOptions::default, |losses| MembersOptions::default().fuse(losses));
    match foreign {
        Some(foreign) => options.foreign(foreign),
        None => options,
    }
}
