use super::{
    Id, Resource, World,
    agenda::{Event, RETRY},
    service::{PRIMARY, runs_once},
};
use serde_json::{Map, Value, json};

impl World {
    pub(super) fn add_container(
        &mut self,
        service: &Resource,
        config_name: &str,
        config: &Map<String, Value>,
        index: i64,
    ) {
        let Some(kind) = self.schema.named("container") else { return };
        let stack = service.text("stackId").unwrap_or_default();
        let stack_kind = self.schema.named("stack");
        let stack_name =
            stack_kind.and_then(|kind| self.find(kind, stack)).map(Resource::name).unwrap_or_default();
        let full_name = if config_name == PRIMARY {
            format!("{stack_name}-{}-{index}", service.name())
        } else {
            format!("{stack_name}-{}-{config_name}-{index}", service.name())
        };
        let mut labels = config.get("labels").and_then(Value::as_object).cloned().unwrap_or_default();
        for (label, value) in [
            ("io.rancher.stack.name", stack_name),
            ("io.rancher.stack_service.name", &format!("{stack_name}/{}", service.name())),
            ("io.rancher.container.name", &full_name),
            ("io.rancher.service.launch.config", config_name),
        ] {
            labels.insert(label.to_owned(), value.into());
        }
        let unit = self.deployment_unit(service, index);
        let host = self.host_for(service.project, index).map(|host| self.id_text(host));
        let mut fields: Map<String, Value> = config
            .iter()
            .filter(|(name, _)| kind.fields.contains_key(name.as_str()))
            .map(clone_pair)
            .collect();
        let own = json!({
            "name": full_name,
            "labels": labels,
            "serviceId": service.id_text(),
            "serviceIds": [service.id_text()],
            "stackId": stack,
            "createIndex": index,
            "deploymentUnitUuid": unit,
            "hostId": host,
            "startCount": 0,
            "system": false,
            "version": "0",
        });
        fields.extend(own.as_object().cloned().unwrap_or_default());
        let id = self.insert(kind, service.project, fields);
        self.try_begin(id, "start");
    }

    /// A container that was told to start runs now, unless something keeps it from it.
    pub(super) fn container_starts(&mut self, id: Id) {
        let Some(container) = self.get(id).filter(|container| container.state == "starting").cloned() else {
            return;
        };
        let Some(service) = self.service_of(&container) else { return };
        let name = self.get(service).map(|service| service.name().to_owned()).unwrap_or_default();
        let stays = self.faults.stays_activating(&name);
        if let Some(message) = stays.or_else(|| self.missing_volume(&container)) {
            for waiting in [id, service] {
                if let Some(resource) = self.get_mut(waiting) {
                    resource.message = Some(message.clone());
                }
            }
            self.at(self.now + RETRY, Event::Start { container: id });
            return;
        }
        self.mount_volumes(&container);
        let (date, checked) = (self.clock.date(self.now), container.fields.contains_key("healthCheck"));
        if let Some(resource) = self.get_mut(id) {
            resource.state = "running";
            resource.turn += 1;
            resource.message = None;
            let number = resource.id.number;
            let count = resource.number("startCount").unwrap_or_default();
            resource.set("primaryIpAddress", format!("10.42.{}.{}", number / 250 % 250, number % 250 + 2));
            resource.set("startCount", count + 1);
            resource.set("firstRunning", date);
            resource.set("healthState", checked.then_some("initializing"));
        }
        if let Some(service) = self.get_mut(service) {
            service.message = None;
        }
        if checked {
            self.later(self.latencies.healthy, Event::Health { container: id });
        }
        if runs_once(&container) {
            self.later(self.latencies.job, Event::Job { container: id });
        }
        self.settle(service);
    }

    pub(super) fn health_checked(&mut self, id: Id) {
        let Some(container) = self.get(id).filter(|container| container.state == "running") else { return };
        let Some(service) = self.service_of(container) else { return };
        if self.get(service).is_some_and(|service| self.faults.never_healthy(service.name())) {
            let check = container.fields.get("healthCheck");
            let patience = check.and_then(|check| check.get("initializingTimeout")).and_then(Value::as_u64);
            let waited = self.now.saturating_sub(container.created);
            if waited >= patience.unwrap_or(60_000)
                && let Some(container) = self.get_mut(id)
            {
                container.set("healthState", "unhealthy");
            }
            self.at(self.now + RETRY, Event::Health { container: id });
            return;
        }
        if let Some(container) = self.get_mut(id) {
            container.set("healthState", "healthy");
        }
        self.stack_goes_on(service);
    }

    pub(super) fn job_ends(&mut self, id: Id) {
        let Some(container) = self.get(id).filter(|container| container.state == "running") else { return };
        let Some(service) = self.service_of(container) else { return };
        if self.get(service).is_some_and(|service| self.faults.never_healthy(service.name())) {
            self.at(self.now + RETRY, Event::Job { container: id });
            return;
        }
        if let Some(container) = self.get_mut(id) {
            container.state = "stopped";
            container.turn += 1;
        }
        self.stack_goes_on(service);
    }

    fn service_of(&self, container: &Resource) -> Option<Id> {
        let kind = self.schema.named("service")?;
        self.find(kind, container.text("serviceId")?).map(|service| service.id)
    }

    /// Containers of the same number share a deployment unit.
    fn deployment_unit(&mut self, service: &Resource, index: i64) -> String {
        let own = service.id_text();
        let sibling = self
            .live_with("container", "serviceId", &own)
            .find(|container| container.number("createIndex") == Some(index))
            .and_then(|container| container.text("deploymentUnitUuid"))
            .map(str::to_owned);
        sibling.unwrap_or_else(|| self.chance.uuid())
    }

    fn host_for(&self, project: Option<Id>, index: i64) -> Option<Id> {
        let hosts: Vec<Id> = self
            .all("host")
            .filter(|host| host.is_live() && host.project == project)
            .map(|host| host.id)
            .collect();
        let at = usize::try_from(index).unwrap_or_default().checked_rem(hosts.len())?;
        hosts.get(at).copied()
    }
}

impl Resource {
    /// A label of a container.
    pub(super) fn label_of(&self, label: &str) -> Option<&str> {
        self.fields.get("labels")?.get(label)?.as_str()
    }
}

fn clone_pair((name, value): (&String, &Value)) -> (String, Value) {
    (name.clone(), value.clone())
}
