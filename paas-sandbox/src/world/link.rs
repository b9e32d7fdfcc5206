use super::{Id, Resource, World, agenda::Event};
use crate::api::ApiError;
use serde_json::{Map, Value, json};

/// A link of a service to another.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Link {
    pub(crate) name: Option<String>,
    pub(crate) target: Target,
}

/// Where a link leads.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum Target {
    /// The id of a service in the same environment.
    Id(String),
    /// `environment/stack/service`, with a region before it or not.
    Name(String),
}

impl Link {
    /// Reads a link that was held against its type already.
    pub(crate) fn read(value: &Value) -> Result<Self, ApiError> {
        let text = |field: &str| value.get(field).and_then(Value::as_str).filter(|text| !text.is_empty());
        let name = text("name");
        if name.is_some_and(|name| !is_link_name(name)) {
            return Err(ApiError::invalid("InvalidCharacters", "name"));
        }
        let target = match (text("serviceId"), text("service")) {
            (Some(id), _) => Target::Id(id.to_owned()),
            (None, None) => return Err(ApiError::invalid("MissingRequired", "serviceId")),
            (None, Some(_)) if name.is_none() => return Err(ApiError::invalid("MissingRequired", "name")),
            (None, Some(service)) => Target::Name(service.to_owned()),
        };
        Ok(Self { name: name.map(str::to_owned), target })
    }
}

impl World {
    /// The links that a service has.
    pub(crate) fn links(&self, service: Id) -> Vec<Link> {
        let own = self.id_text(service);
        let link = |map: &Resource| {
            let target = match (map.text("consumedServiceId"), map.text("consumedService")) {
                (Some(id), _) => Target::Id(id.to_owned()),
                (None, name) => Target::Name(name.unwrap_or_default().to_owned()),
            };
            Link { name: map.text("name").map(str::to_owned), target }
        };
        self.live_with("serviceConsumeMap", "serviceId", &own).map(link).collect()
    }

    /// Gives a service these links in place of those that it has.
    pub(crate) fn set_links(&mut self, service: Id, links: &[Link]) -> Result<(), ApiError> {
        for (at, link) in links.iter().enumerate() {
            if links.iter().take(at).any(|before| before == link) {
                return Err(ApiError::invalid("NotUnique", "serviceId and link name combination"));
            }
        }
        let (own, project) = (self.id_text(service), self.get(service).and_then(|each| each.project));
        let old = self.links(service);
        for id in self.ids_with("serviceConsumeMap", "serviceId", &own) {
            let kept = self.get(id).is_some_and(|map| links.iter().any(|link| is_of(map, link)));
            if !kept {
                self.try_begin(id, "remove");
            }
        }
        let kind = self.schema.named("serviceConsumeMap").ok_or_else(ApiError::not_found)?;
        for link in links.iter().filter(|link| !old.contains(link)) {
            let (id, name) = match &link.target {
                Target::Id(id) => (Some(id.as_str()), None),
                Target::Name(name) => (None, Some(name.as_str())),
            };
            let fields = json!({
                "name": link.name, "serviceId": own, "consumedServiceId": id, "consumedService": name, "ports": [],
            });
            self.insert_active(kind, project, fields.as_object().cloned().unwrap_or_default());
        }
        let linked = self.linked_services(links);
        if let Some(service) = self.get_mut(service) {
            service.set("linkedServices", linked);
        }
        if links.iter().any(|link| matches!(link.target, Target::Name(_))) {
            self.later(self.latencies.step, Event::Reconcile { service });
        }
        Ok(())
    }

    /// Removes the links from and to a service that is gone.
    pub(super) fn forget_links(&mut self, service: Id) {
        let own = self.id_text(service);
        for field in ["serviceId", "consumedServiceId"] {
            for id in self.ids_with("serviceConsumeMap", field, &own) {
                self.try_begin(id, "remove");
            }
        }
    }

    /// Makes the links between environments that links by name ask for. Nothing resolves without a local region.
    pub(super) fn reconcile_links(&mut self, service: Id) {
        let Some(project) = self.get(service).and_then(|service| service.project) else { return };
        let rules = self.get(service).map(environments_of_rules).unwrap_or_default();
        let names = self.links(service).into_iter().filter_map(|link| match link.target {
            Target::Name(name) => environment_of(&name),
            Target::Id(_) => None,
        });
        for (region, environment) in names.chain(rules).collect::<Vec<_>>() {
            self.link_environments(project, region.as_deref(), &environment);
        }
    }

    fn link_environments(&mut self, project: Id, region: Option<&str>, environment: &str) {
        let fits = |each: &&Resource| region.map_or_else(|| each.flag("local"), |name| each.name() == name);
        let Some(region) = self.all("region").filter(|each| each.is_live()).find(fits).cloned() else {
            return;
        };
        let local = region.flag("local");
        let named = |each: &&Resource| each.is_live() && each.name() == environment;
        let target = self.all("project").find(named).map(|each| each.uuid.clone());
        if local && target.is_none() {
            return;
        }
        self.add_account_link(project, environment, target.as_deref(), Some(&region), !local);
    }

    /// A link from one environment to another, if it is not there yet.
    pub(super) fn add_account_link(
        &mut self,
        project: Id,
        environment: &str,
        uuid: Option<&str>,
        region: Option<&Resource>,
        external: bool,
    ) {
        let known = self
            .live_with("accountLink", "linkedAccount", environment)
            .any(|link| link.project == Some(project) && link.text("linkedAccountUuid") == uuid);
        let Some(kind) = self.schema.named("accountLink").filter(|_| !known) else { return };
        let fields = json!({
            "linkedAccount": environment,
            "linkedAccountUuid": uuid,
            "linkedRegion": region.map(Resource::name),
            "linkedRegionId": region.map(Resource::id_text),
            "external": external,
        });
        let id = self.insert(kind, Some(project), fields.as_object().cloned().unwrap_or_default());
        self.try_begin(id, "create");
    }

    fn linked_services(&self, links: &[Link]) -> Map<String, Value> {
        let kind = self.schema.named("service");
        let entry = |link: &Link| match &link.target {
            Target::Name(_) => None,
            Target::Id(id) => {
                let name =
                    || kind.and_then(|kind| self.find(kind, id)).map(|service| service.name().to_owned());
                Some((link.name.clone().or_else(name)?, Value::from(id.as_str())))
            }
        };
        links.iter().filter_map(entry).collect()
    }
}

fn is_of(map: &Resource, link: &Link) -> bool {
    let target = match &link.target {
        Target::Id(id) => map.text("consumedServiceId") == Some(id),
        Target::Name(name) => map.text("consumedService") == Some(name),
    };
    target && map.text("name") == link.name.as_deref()
}

/// Region and environment of `environment/stack/service` or `region/environment/stack/service`.
fn environment_of(name: &str) -> Option<(Option<String>, String)> {
    match name.split('/').collect::<Vec<_>>().as_slice() {
        [environment, _, _] => Some((None, (*environment).to_owned())),
        [region, environment, _, _] => Some((Some((*region).to_owned()), (*environment).to_owned())),
        _ => None,
    }
}

/// The same of the rules of a load balancer.
pub(super) fn environments_of_rules(service: &Resource) -> Vec<(Option<String>, String)> {
    let rules =
        service.fields.get("lbConfig").and_then(|config| config.get("portRules")).and_then(Value::as_array);
    let text = |rule: &Value, field: &str| rule.get(field).and_then(Value::as_str).map(str::to_owned);
    rules
        .into_iter()
        .flatten()
        .filter_map(|rule| Some((text(rule, "region"), text(rule, "environment")?)))
        .collect()
}

/// Letters, digits, dots, dashes and underlines, in parts of 1 to 63 that neither begin nor end with a dash.
fn is_link_name(name: &str) -> bool {
    let part = |part: &str| {
        (1..=63).contains(&part.len())
            && part.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
            && !part.starts_with('-')
            && !part.ends_with('-')
            && !part.contains("--")
    };
    name.split('.').all(part)
}
