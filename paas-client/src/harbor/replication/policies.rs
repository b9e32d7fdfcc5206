//! Calls about policies of replication. Only system administrators may make them.

use super::{NewReplicationPolicy, ReplicationPolicy};
use crate::{
    ErrorKind, Items, Result,
    call::{Call, Path},
    harbor::{
        HarborClient, ReplicationPolicyId,
        client::{json, path},
        harbor_error,
    },
    transport::Method,
};

impl HarborClient {
    /// Lists the policies of replication. Dropped: nothing has changed.
    #[must_use]
    pub fn list_replication_policies(&self) -> Items<ReplicationPolicy> {
        self.list("list_replication_policies", policies(), Vec::new(), None)
    }

    /// The policy of replication of this very name, if there is one. Dropped: nothing has changed.
    ///
    /// # Errors
    ///
    /// Those of reading a page.
    pub async fn find_replication_policy(&self, name: &str) -> Result<Option<ReplicationPolicy>> {
        let query = vec![("name".to_owned(), name.to_owned())];
        let mut all = self.list::<ReplicationPolicy>("find_replication_policy", policies(), query, None);
        while let Some(policy) = all.next().await {
            let policy = policy?;
            if policy.name == name {
                return Ok(Some(policy));
            }
        }
        Ok(None)
    }

    /// Reads a policy of replication. Dropped: nothing has changed.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::NotFound`] if there is none.
    pub async fn read_replication_policy(&self, policy: ReplicationPolicyId) -> Result<ReplicationPolicy> {
        self.read(Call::read("read_replication_policy", policy_path(policy), Vec::new())).await
    }

    /// Makes a policy of replication. Dropped: it may have been made.
    ///
    /// When the answer is lost, it is looked for before it is asked for again. One that is there then and copies the same
    /// counts as made.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Exists`] if there is one of this name, [`ErrorKind::Invalid`] for times or filters that Harbor does not
    /// take.
    pub async fn create_replication_policy(&self, new: &NewReplicationPolicy) -> Result<ReplicationPolicyId> {
        let body = json(&new.body())?;
        let call = Call::change("create_replication_policy", Method::Post, policies(), body);
        self.create(call, async || match self.find_replication_policy(&new.name).await? {
            Some(policy) if new.is(&policy) => Ok(Some(policy.id)),
            Some(_) => {
                Err(harbor_error(ErrorKind::Exists, "a policy of this name is there now, and it is another")
                    .with(|details| details.operation = "create_replication_policy"))
            }
            None => Ok(None),
        })
        .await
    }

    /// Makes a policy of replication what this is. Dropped: it may have changed.
    ///
    /// # Errors
    ///
    /// As [`create_replication_policy`](Self::create_replication_policy), and [`ErrorKind::NotFound`] if there is none.
    pub async fn update_replication_policy(
        &self,
        policy: ReplicationPolicyId,
        to: &NewReplicationPolicy,
    ) -> Result<()> {
        let path = policy_path(policy);
        self.put(Call::change("update_replication_policy", Method::Put, path, json(&to.body())?)).await
    }

    /// Deletes a policy of replication, with its executions. Dropped: it may have been deleted.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::NotFound`] if there is none, [`ErrorKind::Precondition`] while it copies.
    pub async fn delete_replication_policy(&self, policy: ReplicationPolicyId) -> Result<()> {
        self.delete("delete_replication_policy", policy_path(policy), None).await
    }
}

fn policies() -> Path {
    path("replication").at("policies")
}

fn policy_path(policy: ReplicationPolicyId) -> Path {
    policies().id("{policy}", &policy.to_string())
}
