//! Calls about policies of webhooks.

use super::{LastTrigger, NewWebhookPolicy, WebhookExecution, WebhookPolicy};
use crate::{
    ErrorKind, Items, Result,
    call::{Call, Path},
    harbor::{
        HarborClient, ProjectKey, WebhookPolicyId,
        client::{json, project_path, read_of},
        harbor_error,
    },
    transport::Method,
};

impl HarborClient {
    /// Lists the policies of webhooks of a project. Dropped: nothing has changed.
    #[must_use]
    pub fn list_webhook_policies(&self, project: impl Into<ProjectKey>) -> Items<WebhookPolicy> {
        let project = project.into();
        self.list("list_webhook_policies", policies(&project), Vec::new(), project.header())
    }

    /// Reads a policy of webhooks. Dropped: nothing has changed.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::NotFound`] if the project has no such policy.
    pub async fn read_webhook_policy(
        &self,
        project: impl Into<ProjectKey>,
        policy: WebhookPolicyId,
    ) -> Result<WebhookPolicy> {
        let project = project.into();
        self.read(read_of("read_webhook_policy", &project, policy_path(&project, policy))).await
    }

    /// Makes a policy of webhooks. Dropped: it may have been made.
    ///
    /// When the answer is lost, it is looked for before it is asked for again. One that is there then and tells the same
    /// target the same, with the same secret, counts as made.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Exists`] if the project has one of this name, [`ErrorKind::Forbidden`] for all but administrators of
    /// the project, [`ErrorKind::Invalid`] for events that Harbor does not know, or none.
    pub async fn create_webhook_policy(
        &self,
        project: impl Into<ProjectKey>,
        new: &NewWebhookPolicy,
    ) -> Result<WebhookPolicyId> {
        let project = project.into();
        let body = json(&new.body())?;
        let mut call = Call::change("create_webhook_policy", Method::Post, policies(&project), body);
        call.headers.extend(project.header());
        call.struck_out = new.secrets();
        self.create(call, async || {
            let mut all = self.list_webhook_policies(&project);
            while let Some(policy) = all.next().await {
                let policy = policy?;
                if new.is(&policy) {
                    return Ok(Some(policy.id));
                }
                if policy.name == new.name {
                    return Err(harbor_error(
                        ErrorKind::Exists,
                        "a policy of this name is there now, and it is another",
                    )
                    .with(|details| details.operation = "create_webhook_policy"));
                }
            }
            Ok(None)
        })
        .await
    }

    /// Makes a policy of webhooks what this is. Dropped: it may have changed.
    ///
    /// # Errors
    ///
    /// As [`create_webhook_policy`](Self::create_webhook_policy), and [`ErrorKind::NotFound`] if the project has no such
    /// policy.
    pub async fn update_webhook_policy(
        &self,
        project: impl Into<ProjectKey>,
        policy: WebhookPolicyId,
        to: &NewWebhookPolicy,
    ) -> Result<()> {
        let project = project.into();
        let (path, body) = (policy_path(&project, policy), json(&to.body())?);
        let mut call = Call::change("update_webhook_policy", Method::Put, path, body);
        call.headers.extend(project.header());
        call.struck_out = to.secrets();
        self.put(call).await
    }

    /// Deletes a policy of webhooks. Dropped: it may have been deleted.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::NotFound`] if the project has no such policy.
    pub async fn delete_webhook_policy(
        &self,
        project: impl Into<ProjectKey>,
        policy: WebhookPolicyId,
    ) -> Result<()> {
        let project = project.into();
        self.delete("delete_webhook_policy", policy_path(&project, policy), project.header()).await
    }

    /// When each policy of a project last told of each of its events. Dropped: nothing has changed.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::NotFound`] if there is no such project.
    pub async fn webhook_last_triggers(&self, project: impl Into<ProjectKey>) -> Result<Vec<LastTrigger>> {
        let project = project.into();
        let path = project_path(&project).at("webhook").at("lasttrigger");
        let all: Option<_> = self.read(read_of("webhook_last_triggers", &project, path)).await?;
        Ok(all.unwrap_or_default())
    }

    /// Lists what a policy has told. Dropped: nothing has changed.
    #[must_use]
    pub fn list_webhook_executions(
        &self,
        project: impl Into<ProjectKey>,
        policy: WebhookPolicyId,
    ) -> Items<WebhookExecution> {
        let project = project.into();
        let path = policy_path(&project, policy).at("executions");
        self.list("list_webhook_executions", path, Vec::new(), project.header())
    }
}

fn policies(project: &ProjectKey) -> Path {
    project_path(project).at("webhook").at("policies")
}

fn policy_path(project: &ProjectKey, policy: WebhookPolicyId) -> Path {
    policies(project).id("{policy}", &policy.to_string())
}
