//! The applications of a platform.

use super::Platform;
use crate::{
    envelope::{ErrorEnvelope, Kind, Result},
    operation::Operation,
    plan::Plan,
    release::Release,
    template::{Checked, LimitsDocument, ReportStyle, Said, Unread},
};
use paas_sdk::{ApplicationStatus, Deploy, Diagnostics, LinkStrategy, Planning, platform::ApplicationState};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;

/// Writes requests that deploy a template: the same fields, with what else there is.
macro_rules! deployments {
    ($($(#[doc = $doc:literal])+ $request:ident { $($(#[doc = $more:literal])+ $field:ident: $type:ty,)* })+) => {$(
        $(#[doc = $doc])+
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        pub struct $request {
            /// The tenant.
            pub tenant: String,
            /// The text of the template; with `csar`, the archive.
            pub template: String,
            /// The template's name in the places of problems, such as `bank.yaml`; `template.yaml` if not given.
            #[serde(default)]
            pub file: Option<String>,
            /// Texts of files that can be imported, by their paths from the template's folder.
            #[serde(default)]
            pub imports: BTreeMap<String, String>,
            /// The local folder below which imported files may lie; no local file is read if it is not given. Not with
            /// `imports`.
            #[serde(default)]
            pub folder: Option<String>,
            /// Whether `template` is an archive (CSAR), in base64. Then what is imported is in the archive.
            #[serde(default)]
            pub csar: bool,
            /// Values of inputs: texts as they are, anything else as YAML reads it. Secrets do not belong here.
            #[serde(default)]
            pub inputs: BTreeMap<String, Value>,
            /// What the template may cost at most.
            #[serde(default)]
            pub limits: Option<LimitsDocument>,
            /// The application's name where the template gives none; the file's name if not given.
            #[serde(default)]
            pub name: Option<String>,
            /// The name of the stacks; the application's if not given.
            #[serde(default)]
            pub stack: Option<String>,
            /// The image that load balancers run.
            #[serde(default)]
            pub load_balancer_image: Option<String>,
            /// How services reach services in other environments; by name if not given and Rancher is 1.6.15 or later.
            #[serde(default)]
            pub link_strategy: Option<LinkStrategy>,
            /// Where the hosts of networks are reached from others: host names or IP addresses.
            #[serde(default)]
            pub addresses: BTreeMap<String, Vec<String>>,
            $($(#[doc = $more])+ #[serde(default)] pub $field: $type,)*
        }

        impl $request {
            fn deploy(&mut self) -> Result<std::result::Result<Deploy, Unread>> {
                let said = Said {
                    template: std::mem::take(&mut self.template),
                    file: self.file.take(),
                    imports: std::mem::take(&mut self.imports),
                    folder: self.folder.take(),
                    csar: self.csar,
                    inputs: std::mem::take(&mut self.inputs),
                    limits: self.limits.take(),
                    name: self.name.take(),
                    // It is the platform's.
                    policy: None,
                };
                Ok(said.read()?.map(|(source, options)| {
                    let mut deploy = Deploy::new(std::mem::take(&mut self.tenant), source);
                    deploy.options = options;
                    deploy.stack = self.stack.take();
                    deploy.load_balancer_image = self.load_balancer_image.take();
                    deploy.link_strategy = self.link_strategy.take();
                    deploy.addresses = std::mem::take(&mut self.addresses);
                    deploy
                }))
            }
        }
    )+};
}

deployments! {
    /// Checks a template, and then whether the tenant and Rancher have what it needs. Nothing is changed. A template with
    /// problems is no error of the call. Fails with kind `unknown_tenant`; with `rancher` for what the server says.
    CheckApplicationRequest {
        /// Tell the problems as text too, in this style.
        report: Option<ReportStyle>,
    }
    /// Checks, and plans the deployment: what will be done, to be shown and begun. Nothing is changed. Fails with kind
    /// `rejected` and all problems if there are errors; with `application_deployed` or `application_busy` if the
    /// application is there already or being worked on; with `unknown_tenant`; with `rancher` for what the server says.
    PlanRequest {}
    /// Plans a deployment and begins it. Fails as planning does. If the call is given up, it may have begun.
    DeployRequest {}
}

/// Plans a new count of containers for a service. Nothing is changed. Fails with kind `unknown_application`,
/// `unknown_service`, `not_scalable` or `application_busy`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PlanScaleRequest {
    /// The tenant.
    pub tenant: String,
    /// The application.
    pub application: String,
    /// The service.
    pub service: String,
    /// How many containers it shall have.
    pub count: u32,
}

/// Plans and begins to scale a service. Fails as planning does. If the call is given up, it may have begun.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ScaleRequest {
    /// The tenant.
    pub tenant: String,
    /// The application.
    pub application: String,
    /// The service.
    pub service: String,
    /// How many containers it shall have.
    pub count: u32,
}

/// Plans to remove an application: its stacks go, those that started last first. Volumes and what is in them stay. Nothing
/// is changed. Fails with kind `unknown_application` or `application_busy`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PlanRemovalRequest {
    /// The tenant.
    pub tenant: String,
    /// The application.
    pub application: String,
}

/// Plans and begins to remove an application. Fails as planning does. If the call is given up, it may have begun.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RemoveRequest {
    /// The tenant.
    pub tenant: String,
    /// The application.
    pub application: String,
}

/// How an application is: by the platform's record, and in Rancher. Fails with kind `unknown_application`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct StatusRequest {
    /// The tenant.
    pub tenant: String,
    /// The application.
    pub application: String,
}

/// The applications of a tenant. Fails with kind `unknown_tenant`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ListApplicationsRequest {
    /// The tenant.
    pub tenant: String,
}

/// An application, and how it is by the platform's record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ApplicationSummary {
    /// Its name.
    pub name: String,
    /// How it is.
    pub state: ApplicationState,
}

/// The latest release of an application. Fails with kind `unknown_application`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ReadReleaseRequest {
    /// The tenant.
    pub tenant: String,
    /// The application.
    pub application: String,
}

impl Platform {
    /// What [`CheckApplicationRequest`] tells.
    ///
    /// # Errors
    ///
    /// `platform.unknown_tenant`; what the store or Rancher say.
    pub async fn check(&self, mut request: CheckApplicationRequest) -> Result<Checked> {
        let deploy = match request.deploy()? {
            Ok(deploy) => deploy,
            Err(unread) => return Ok(Checked::new(unread.diagnostics, request.report, || unread.sources)),
        };
        let diagnostics = self.acting.applications().check(&deploy).await?;
        let sources = || Some(paas_sdk::check(&deploy.source, &deploy.options).sources);
        Ok(Checked::new(diagnostics, request.report, sources))
    }

    /// What [`PlanRequest`] tells.
    ///
    /// # Errors
    ///
    /// `platform.rejected` with all problems; `platform.application_deployed`, `platform.application_busy`,
    /// `platform.invalid_name`; what the store or Rancher say.
    pub async fn plan(&self, mut request: PlanRequest) -> Result<Plan> {
        let deploy = request.deploy()?.map_err(|unread| rejected(unread.diagnostics))?;
        let Planning { planned, diagnostics, .. } = self.acting.applications().plan(&deploy).await?;
        match planned {
            Some(planned) => Ok(Plan::new(self.acting.clone(), planned, diagnostics)),
            None => Err(rejected(diagnostics)),
        }
    }

    /// What [`DeployRequest`] tells.
    ///
    /// # Errors
    ///
    /// As [`plan`](Self::plan).
    pub async fn deploy(&self, mut request: DeployRequest) -> Result<Operation> {
        let deploy = request.deploy()?.map_err(|unread| rejected(unread.diagnostics))?;
        let Planning { planned, diagnostics, .. } = self.acting.applications().plan(&deploy).await?;
        let planned = planned.ok_or_else(|| rejected(diagnostics))?;
        Ok(Operation::new(self.acting.applications().begin(&planned).await?))
    }

    /// What [`PlanScaleRequest`] tells.
    ///
    /// # Errors
    ///
    /// `platform.unknown_application`, `platform.unknown_service`, `platform.not_scalable`,
    /// `platform.application_busy`; what the store says.
    pub async fn plan_scale(&self, request: PlanScaleRequest) -> Result<Plan> {
        let PlanScaleRequest { tenant, application, service, count } = request;
        let planned = self.acting.applications().plan_scale(&tenant, &application, &service, count).await?;
        Ok(Plan::new(self.acting.clone(), planned, Diagnostics::default()))
    }

    /// What [`ScaleRequest`] tells.
    ///
    /// # Errors
    ///
    /// As [`plan_scale`](Self::plan_scale).
    pub async fn scale(&self, request: ScaleRequest) -> Result<Operation> {
        let ScaleRequest { tenant, application, service, count } = request;
        Ok(Operation::new(self.acting.applications().scale(&tenant, &application, &service, count).await?))
    }

    /// What [`PlanRemovalRequest`] tells.
    ///
    /// # Errors
    ///
    /// `platform.unknown_application`, `platform.application_busy`; what the store says.
    pub async fn plan_removal(&self, request: PlanRemovalRequest) -> Result<Plan> {
        let planned = self.acting.applications().plan_removal(&request.tenant, &request.application).await?;
        Ok(Plan::new(self.acting.clone(), planned, Diagnostics::default()))
    }

    /// What [`RemoveRequest`] tells.
    ///
    /// # Errors
    ///
    /// As [`plan_removal`](Self::plan_removal).
    pub async fn remove(&self, request: RemoveRequest) -> Result<Operation> {
        Ok(Operation::new(self.acting.applications().remove(&request.tenant, &request.application).await?))
    }

    /// What [`StatusRequest`] tells.
    ///
    /// # Errors
    ///
    /// `platform.unknown_application`; what the store or Rancher say.
    pub async fn status(&self, request: StatusRequest) -> Result<ApplicationStatus> {
        Ok(self.acting.applications().status(&request.tenant, &request.application).await?)
    }

    /// What [`ListApplicationsRequest`] tells.
    ///
    /// # Errors
    ///
    /// `platform.unknown_tenant`; what the store says.
    pub async fn list(&self, request: ListApplicationsRequest) -> Result<Vec<ApplicationSummary>> {
        let found = self.acting.applications().list(&request.tenant).await?;
        Ok(found.into_iter().map(|(name, state)| ApplicationSummary { name, state }).collect())
    }

    /// What [`ReadReleaseRequest`] tells.
    ///
    /// # Errors
    ///
    /// `platform.unknown_application`; what the store says.
    pub async fn release(&self, request: ReadReleaseRequest) -> Result<Release> {
        let release = self.acting.applications().release(&request.tenant, &request.application).await?;
        Ok(Release::new(release, Diagnostics::default()))
    }
}

#[expect(clippy::needless_pass_by_value, reason = "given to `map_err`")]
fn rejected(diagnostics: Diagnostics) -> Box<ErrorEnvelope> {
    ErrorEnvelope::rejected(&diagnostics, Kind::REJECTED)
}
