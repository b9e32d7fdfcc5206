use super::{Id, Resource, World};
use crate::api::{ApiError, has_owner};
use serde_json::{Map, Value, json};

impl World {
    /// Checks and completes what a new environment is made from.
    pub(crate) fn project_fields(
        &self,
        creator: &str,
        mut fields: Map<String, Value>,
    ) -> Result<Map<String, Value>, ApiError> {
        let members = fields.get("members").and_then(Value::as_array).filter(|members| !members.is_empty());
        match members {
            None => {
                let owner = json!([{"externalId": creator, "externalIdType": "rancher_id", "role": "owner"}]);
                fields.insert("members".to_owned(), owner);
            }
            Some(members) => has_owner(members)?,
        }
        fields.insert("orchestration".to_owned(), "cattle".into());
        fields.insert("version".to_owned(), "2".into());
        Ok(fields)
    }

    /// Follows up the links to other environments that a new one was made with, and gives it hosts.
    pub(crate) fn project_made(&mut self, id: Id, hosts: u32) {
        let links = self.get(id).and_then(|project| project.fields.get("projectLinks")).cloned();
        let kind = self.schema.named("project");
        for link in links.as_ref().and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str) {
            let target =
                kind.and_then(|kind| self.find(kind, link)).map(|to| (to.name().to_owned(), to.uuid.clone()));
            if let Some((name, uuid)) = target {
                self.add_account_link(id, &name, Some(&uuid), None, false);
            }
        }
        let Some(kind) = self.schema.named("host") else { return };
        for number in 1..=hosts {
            let fields = json!({
                "hostname": format!("host-{number}"),
                "agentState": "active",
                "agentIpAddress": format!("192.0.2.{number}"),
                "labels": {},
                "memory": 17_179_869_184_u64,
                "milliCpu": 8000,
            });
            self.insert_active(kind, Some(id), fields.as_object().cloned().unwrap_or_default());
        }
    }

    /// An active environment is deactivated first, then removed.
    pub(crate) fn remove_project(&mut self, id: Id) -> Result<(), ApiError> {
        let state = self.get(id).map(|project| project.state);
        if state == Some("inactive") {
            return self.begin(id, "remove");
        }
        self.begin(id, "deactivate")?;
        if let Some(project) = self.get_mut(id) {
            project.doomed = true;
        }
        Ok(())
    }

    /// Takes everything with a removed environment: what is in it, its keys, and the links of others to it. A real server
    /// purges removed environments once a minute; here it is done at once.
    pub(super) fn purge_project(&mut self, id: Id) {
        let Some((own, uuid)) = self.get(id).map(|project| (project.id_text(), project.uuid.clone())) else {
            return;
        };
        let now = self.now;
        for each in self.resources.values_mut().filter(|each| each.removed.is_none()) {
            let is_key = each.kind.name == "apiKey" && each.text("accountId") == Some(&own);
            let is_link = each.kind.name == "accountLink" && each.text("linkedAccountUuid") == Some(&uuid);
            if each.project == Some(id) || is_key || is_link {
                each.state = "removed";
                each.removed = Some(now);
                each.turn += 1;
            }
        }
    }

    /// Whether an account may see an environment.
    pub(crate) fn is_member(&self, project: &Resource, account: &str) -> bool {
        role_of(project, account).is_some()
    }

    /// Whether an account owns an environment.
    pub(crate) fn is_owner(&self, project: &Resource, account: &str) -> bool {
        role_of(project, account) == Some("owner")
    }

    /// The health of an environment, counted over its stacks as the server does it.
    pub(crate) fn project_health(&self, project: &Resource) -> &'static str {
        let stacks: Vec<&str> = self
            .all("stack")
            .filter(|stack| stack.project == Some(project.id) && stack.is_live())
            .map(|stack| self.stack_health(stack))
            .collect();
        let count = |wanted: &[&str]| stacks.iter().filter(|health| wanted.contains(*health)).count();
        let healthy = count(&["healthy", "started-once"]);
        match stacks.len() {
            0 => "healthy",
            all if count(&["started-once"]) == all => "started-once",
            all if healthy == all => "healthy",
            _ if count(&["initializing"]) > 0 => "initializing",
            _ if healthy > 0 => "degraded",
            _ => "unhealthy",
        }
    }
}

/// The role of an account in an environment.
fn role_of<'a>(project: &'a Resource, account: &str) -> Option<&'a str> {
    let text = |member: &'a Value, field: &str| member.get(field).and_then(Value::as_str);
    let members = project.fields.get("members").and_then(Value::as_array).into_iter().flatten();
    let mut own = members.filter(|member| {
        text(member, "externalId") == Some(account) && text(member, "externalIdType") == Some("rancher_id")
    });
    own.next().and_then(|member| text(member, "role"))
}
