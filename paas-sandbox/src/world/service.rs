use super::{Id, Resource, World, agenda::Event};
use serde_json::{Map, Value};

impl World {
    /// Begins to give a service the containers that it wants.
    pub(super) fn activate_service(&mut self, id: Id, end: Event) {
        if self.get(id).is_some_and(has_containers) {
            self.deploy(id);
            self.later(self.latencies.step, Event::Settle { service: id });
        } else {
            self.later(self.latencies.step, end);
        }
    }

    /// Stops or removes all containers of a service.
    pub(super) fn leave_service(&mut self, id: Id, process: &str) {
        let process = if process == "remove" { "remove" } else { "stop" };
        for container in self.ids_with("container", "serviceId", &self.id_text(id)) {
            self.try_begin(container, process);
        }
    }

    fn deploy(&mut self, id: Id) {
        let wanted = self.wanted(id);
        let Some(service) = self.get(id).cloned() else { return };
        for (name, config) in launch_configs(&service) {
            for index in 1..=wanted {
                match self.container_of(&service, name, index) {
                    None => self.add_container(&service, name, &config, index),
                    Some(container) => self.try_begin(container, "start"),
                }
            }
        }
        let too_many = |container: &&Resource| container.number("createIndex") > Some(wanted);
        let own = service.id_text();
        let surplus: Vec<Id> =
            self.live_with("container", "serviceId", &own).filter(too_many).map(|each| each.id).collect();
        for container in surplus {
            self.try_begin(container, "remove");
        }
    }

    /// How many containers of each kind a service wants.
    fn wanted(&self, id: Id) -> i64 {
        let Some(service) = self.get(id).filter(|service| has_containers(service)) else { return 0 };
        if service.has_label_true("io.rancher.scheduler.global") {
            let hosts = self.all("host").filter(|host| host.is_live() && host.project == service.project);
            return i64::try_from(hosts.count()).unwrap_or_default();
        }
        // A policy lets a real server add containers up to its maximum, host by host; the sandbox stays at the minimum.
        let policy = service.fields.get("scalePolicy").and_then(|policy| policy.get("min"));
        policy.and_then(Value::as_i64).or_else(|| service.number("scale")).unwrap_or(1)
    }

    /// A service that is on its way to be active is so when all its containers are there.
    pub(super) fn settle(&mut self, id: Id) {
        let Some(service) = self.get(id) else { return };
        let state = service.state;
        if !matches!(state, "activating" | "updating-active") {
            return;
        }
        let kinds = i64::try_from(launch_configs(service).len()).unwrap_or_default();
        let started = |container: &&Resource| matches!(container.state, "running" | "stopped");
        let own = service.id_text();
        let count = self.live_with("container", "serviceId", &own).filter(started).count();
        if i64::try_from(count).unwrap_or_default() >= kinds * self.wanted(id) {
            self.end(id, "active");
        }
    }

    /// The containers of the main kind that run or have run.
    pub(crate) fn current_scale(&self, service: &Resource) -> usize {
        let own = service.id_text();
        let counts = |container: &&Resource| {
            container.label_of("io.rancher.service.launch.config") == Some(PRIMARY)
                && container.state != "starting"
        };
        self.live_with("container", "serviceId", &own).filter(counts).count()
    }

    /// The health of a service, counted over its containers as the server does it.
    pub(crate) fn service_health(&self, service: &Resource) -> &'static str {
        if !has_containers(service) {
            return "healthy";
        }
        let own = service.id_text();
        let containers: Vec<&Resource> = self.live_with("container", "serviceId", &own).collect();
        let global = service.has_label_true("io.rancher.scheduler.global");
        let expected = if global {
            containers.len()
        } else {
            usize::try_from(self.wanted(service.id)).unwrap_or_default() * launch_configs(service).len()
        };
        let done = containers.iter().filter(|each| each.state == "stopped" && runs_once(each)).count();
        let running = |health: &[Option<&str>]| {
            containers
                .iter()
                .filter(|each| each.state == "running" && health.contains(&each.text("healthState")))
                .count()
        };
        let healthy = running(&[None, Some("healthy")]) + done;
        if done > 0 && done >= expected {
            "started-once"
        } else if healthy >= expected && !(global && containers.is_empty()) {
            "healthy"
        } else if running(&[Some("initializing")]) > 0 {
            "initializing"
        } else if healthy > 0 {
            "degraded"
        } else {
            "unhealthy"
        }
    }

    fn container_of(&self, service: &Resource, config: &str, index: i64) -> Option<Id> {
        let own = service.id_text();
        let fits = |container: &&Resource| {
            container.number("createIndex") == Some(index)
                && container.label_of("io.rancher.service.launch.config") == Some(config)
        };
        self.live_with("container", "serviceId", &own).find(fits).map(|container| container.id)
    }
}

/// The name by which the server knows the launch configuration that is no sidekick's.
pub(super) const PRIMARY: &str = "io.rancher.service.primary.launch.config";

pub(crate) fn has_containers(service: &Resource) -> bool {
    matches!(service.kind.name, "service" | "loadBalancerService")
}

/// What the containers of a service are started from: the main one and its sidekicks, by name.
pub(super) fn launch_configs(service: &Resource) -> Vec<(&str, Map<String, Value>)> {
    let object = |value: &Value| value.as_object().cloned().unwrap_or_default();
    let main = service.fields.get("launchConfig").map(|config| (PRIMARY, object(config)));
    let sidekicks = service.fields.get("secondaryLaunchConfigs").and_then(Value::as_array);
    let sidekicks = sidekicks.into_iter().flatten();
    let named = sidekicks.filter_map(|config| Some((config.get("name")?.as_str()?, object(config))));
    main.into_iter().chain(named).collect()
}

pub(super) fn runs_once(container: &Resource) -> bool {
    let label = container.label_of("io.rancher.container.start_once");
    label.is_some_and(|value| value.eq_ignore_ascii_case("true"))
}
