use super::{
    Id, Resource, World,
    agenda::Event,
    link::{Link, Target},
};
use crate::{
    api::{self, ApiError},
    compose::{self, Composition, LinkText, PlannedService},
    schema::Role,
};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

impl World {
    /// A stack without compose files is active at once; one with them waits for the executor.
    pub(super) fn create_stack(&mut self, id: Id, end: Event) {
        let Some(stack) = self.get(id) else { return };
        if stack.text("dockerCompose").is_none_or(str::is_empty) {
            self.at(self.now, end);
        } else {
            let turn = stack.turn;
            self.later(self.latencies.compose, Event::Compose { stack: id, turn });
        }
    }

    /// Does what the executor does with the compose files of a new stack.
    pub(super) fn compose(&mut self, stack: Id) {
        let Some(resource) = self.get(stack) else { return };
        let environment = resource.fields.get("environment").and_then(Value::as_object).cloned();
        let answers = environment.unwrap_or_default();
        let texts = ["dockerCompose", "rancherCompose"].map(|field| resource.text(field).unwrap_or_default());
        let place = self.place(resource);
        let done = compose::read(texts[0], texts[1], &answers, &place)
            .and_then(|composition| self.create_all(stack, &composition));
        match done {
            Ok(()) => self.stack_proceeds(stack),
            Err(message) => self.fail(stack, "error", message),
        }
    }

    fn place(&self, stack: &Resource) -> compose::Place {
        let environment = stack.project.and_then(|project| self.get(project)).map(Resource::name);
        compose::Place {
            stack: stack.name().to_owned(),
            environment: environment.unwrap_or_default().to_owned(),
            balancer_image: self.settings.balancer_image.clone(),
        }
    }

    fn create_all(&mut self, stack: Id, composition: &Composition) -> Result<(), String> {
        let (stack_id, project) = (self.id_text(stack), self.get(stack).and_then(|stack| stack.project));
        for (name, fields) in &composition.volumes {
            let mut body = fields.clone();
            body.insert("name".to_owned(), name.as_str().into());
            body.insert("stackId".to_owned(), stack_id.as_str().into());
            self.post("volumeTemplate", project, &body)?;
        }
        // Load balancers come last: their rules name services that must be there.
        let (balancers, others): (Vec<_>, Vec<_>) =
            composition.services.iter().partition(|service| service.kind == "loadBalancerService");
        let mut ids = BTreeMap::new();
        for planned in others.iter().chain(&balancers) {
            let mut body = planned.body.clone();
            body.insert("stackId".to_owned(), stack_id.as_str().into());
            self.complete_balancer(planned, stack, &mut body)?;
            ids.insert(planned.name.as_str(), self.post(planned.kind, project, &body)?);
        }
        for planned in &composition.services {
            let Some(&id) = ids.get(planned.name.as_str()) else { continue };
            let after = planned.after.iter().filter_map(|name| ids.get(name.as_str()).copied()).collect();
            if let Some(service) = self.get_mut(id) {
                service.after = after;
            }
            if matches!(planned.kind, "service" | "dnsService") {
                let links = self.planned_links(stack, planned)?;
                self.set_links(id, &links).map_err(|error| bad_answer(&error))?;
            }
        }
        Ok(())
    }

    fn post(&mut self, kind: &str, project: Option<Id>, body: &Map<String, Value>) -> Result<Id, String> {
        let kind = self.schema.named(kind).ok_or_else(|| format!("unknown type {kind}"))?;
        api::create(self, Role::Environment, kind, project, body).map_err(|error| bad_answer(&error))
    }

    /// Puts ids in place of the names of certificates and target services.
    fn complete_balancer(
        &self,
        planned: &PlannedService,
        stack: Id,
        body: &mut Map<String, Value>,
    ) -> Result<(), String> {
        if planned.kind != "loadBalancerService" {
            return Ok(());
        }
        let project = self.get(stack).and_then(|stack| stack.project);
        let certificate = |name: &String| {
            let fits = |each: &&Resource| each.project == project && each.is_live() && each.name() == name;
            let found = self.all("certificate").find(fits).map(Resource::id_text);
            found.ok_or_else(|| format!("Failed to find certificate {name}"))
        };
        let mut config = planned.balancer.clone();
        if !planned.certificates.is_empty() {
            let ids = planned.certificates.iter().map(certificate).collect::<Result<Vec<_>, _>>()?;
            config.insert("certificateIds".to_owned(), json!(ids));
        }
        if let Some(name) = &planned.default_certificate {
            config.insert("defaultCertificateId".to_owned(), certificate(name)?.into());
        }
        let mut rules = Vec::new();
        for (rule, target) in &planned.rules {
            let mut rule = rule.clone();
            if let Some(name) = target {
                let id = self.service_at(stack, name);
                let id = id.ok_or_else(|| format!("Failed to find existing service: {name}"))?;
                rule.insert("serviceId".to_owned(), self.id_text(id).into());
            }
            rules.push(Value::Object(rule));
        }
        config.insert("portRules".to_owned(), rules.into());
        body.insert("lbConfig".to_owned(), config.into());
        Ok(())
    }

    fn planned_links(&self, stack: Id, planned: &PlannedService) -> Result<Vec<Link>, String> {
        let mut links = Vec::new();
        for LinkText { target, alias, external } in &planned.links {
            let name = alias.clone().filter(|alias| !alias.is_empty());
            if target.split('/').count() > 2 {
                let link = json!({"name": name, "service": target});
                links.push(Link::read(&link).map_err(|error| bad_answer(&error))?);
                continue;
            }
            match self.service_at(stack, target) {
                Some(id) => links.push(Link { name, target: Target::Id(self.id_text(id)) }),
                // The executor only warns of an external link that leads nowhere.
                None if *external => {}
                None => return Err(format!("Failed to find link target: {target}")),
            }
        }
        Ok(links)
    }

    /// The service with a name in the same stack, or with `stack/service` in the same environment.
    fn service_at(&self, stack: Id, name: &str) -> Option<Id> {
        let project = self.get(stack)?.project;
        let (stack, name) = match name.split_once('/') {
            None => (stack, name),
            Some((other, name)) => {
                let fits =
                    |each: &&Resource| each.project == project && each.is_live() && each.name() == other;
                (self.all("stack").find(fits)?.id, name)
            }
        };
        let stack = self.id_text(stack);
        self.live_with("service", "stackId", &stack)
            .find(|service| service.name() == name)
            .map(|service| service.id)
    }

    /// Lets the stack of a service go on, if it waits for the service.
    pub(super) fn stack_goes_on(&mut self, service: Id) {
        let stack = self.get(service).and_then(|service| service.text("stackId"));
        let stack = stack.and_then(|id| self.find(self.schema.named("stack")?, id)).map(|stack| stack.id);
        if let Some(stack) = stack {
            self.stack_proceeds(stack);
        }
    }

    /// A stack that starts its services does so in the order of their links, and is active when all of them are.
    fn stack_proceeds(&mut self, id: Id) {
        let Some(stack) = self.get(id).filter(|stack| stack.state == "activating") else { return };
        let (own, starts) = (stack.id_text(), stack.flag("startOnCreate"));
        let services: Vec<&Resource> = self.live_with("service", "stackId", &own).collect();
        if services.iter().any(|service| matches!(service.state, "requested" | "registering")) {
            return;
        }
        if !starts || services.iter().all(|service| self.is_up(service)) {
            self.end(id, "active");
            return;
        }
        let up = |id: &Id| self.get(*id).is_none_or(|service| self.is_up(service));
        let waiting: Vec<&&Resource> =
            services.iter().filter(|service| service.state == "inactive").collect();
        let ready: Vec<Id> =
            waiting.iter().filter(|service| service.after.iter().all(up)).map(|service| service.id).collect();
        let busy = services.iter().any(|service| service.state != "inactive" && !self.is_up(service));
        // Services that link to each other in a circle start together.
        let next = if ready.is_empty() && !busy {
            waiting.iter().map(|service| service.id).collect()
        } else {
            ready
        };
        for service in next {
            self.try_begin(service, "activate");
        }
    }

    fn is_up(&self, service: &Resource) -> bool {
        let waits_for_health = service.label("io.rancher.service.wait_for_healthcheck").is_some();
        service.state == "active" && (!waits_for_health || self.service_health(service) == "healthy")
    }

    /// The health of a stack, counted over its services as the server does it.
    pub(crate) fn stack_health(&self, stack: &Resource) -> &'static str {
        let own = stack.id_text();
        let services: Vec<(&str, &str)> = self
            .live_with("service", "stackId", &own)
            .map(|service| (service.state, self.service_health(service)))
            .collect();
        let active = |state: &str| matches!(state, "active" | "activating" | "updating-active");
        let count = |wanted: &[&str]| {
            services.iter().filter(|(state, health)| active(state) && wanted.contains(health)).count()
        };
        let healthy = count(&["healthy", "started-once"]);
        if services.is_empty() {
            "healthy"
        } else if count(&["started-once"]) >= services.len() {
            "started-once"
        } else if healthy >= services.len() {
            "healthy"
        } else if services.iter().any(|(_, health)| *health == "initializing") {
            "initializing"
        } else if healthy > 0 {
            "degraded"
        } else {
            "unhealthy"
        }
    }

    /// A stack takes its services with it, then its volumes.
    pub(super) fn remove_stack(&mut self, id: Id) {
        for service in self.ids_with("service", "stackId", &self.id_text(id)) {
            self.try_begin(service, "remove");
        }
        self.later(self.latencies.step, Event::Emptied { stack: id });
    }

    pub(super) fn stack_emptied(&mut self, id: Id) {
        let Some(stack) = self.get(id).filter(|stack| stack.state == "removing") else { return };
        let own = stack.id_text();
        let left = |family| {
            self.all(family).filter(|each| each.removed.is_none() && each.text("stackId") == Some(&own))
        };
        let busy = left("service").count() + left("volume").count() > 0;
        let volumes: Vec<Id> = left("volume").map(|volume| volume.id).collect();
        if busy {
            for volume in volumes {
                self.try_begin(volume, "remove");
            }
            self.at(self.now + self.latencies.step.max(1), Event::Emptied { stack: id });
            return;
        }
        for template in self.ids_with("volumeTemplate", "stackId", &own) {
            self.end(template, "removed");
        }
        self.end(id, "removed");
    }
}

/// An error of the API in the words in which the executor passes it on.
fn bad_answer(error: &ApiError) -> String {
    let status = error.status;
    format!("Bad response statusCode [{status}]. Status [status code: {status}]. Body: [{}]", error.words())
}
