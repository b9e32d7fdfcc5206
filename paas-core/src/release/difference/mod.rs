//! The difference of two releases, and what an update does about it.
//!
//! [`Difference::between`] compares; the document that it gives holds all that changed, whole where something is new, so
//! that [`Difference::apply`] makes the new release from the old one. What it says of a service is just one of the words of
//! [`Fate`]; [`Difference::steps`](Difference) is what an update does, in its order. Values are compared as `release.json` has them, so
//! what a later version adds to a service is seen without a line of code.

mod apply;
mod change;
mod circles;
mod compare;
#[cfg(test)]
mod growth;
mod identity;
mod index;
mod json;
mod meaning;
mod mermaid;
mod patch;
mod path;
mod scene;
mod secret;
mod service;
mod services;
mod step;
mod steps;
mod touched;

pub use apply::NotApplicable;
pub use change::{Change, ItemDifference, ItemFate};
pub use json::Json;
pub use path::{InvalidPath, PathStep, ValuePath};
pub use service::{Fate, Reason, ScaleChange, ServiceDifference};
pub use step::{Phase, UpgradeAction, UpgradeStep};
pub use touched::{Touch, TouchedService};

use super::{Part, Release};
use index::Index;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// All that is different in a new release of an application.
///
/// It is a document (with [`Difference::FORMAT`]); a reader takes what it knows and ignores the rest. Secrets are in it as
/// references only, as in releases. A value that was written plainly before it became a secret, or that is no secret any
/// more, is in it as it is in the release that has it: [`Change::redacted`] is what may be shown.
///
/// ```
/// use paas_core::{
///     application::{Application, Container, Network, Service},
///     release::{Release, Target, difference::{Difference, Fate}},
/// };
///
/// let release = |image: &str, scale| {
///     let mut container = Container::new(image);
///     container.scale = scale;
///     let mut shop = Application::new("shop");
///     shop.networks = vec![Network::new("dmz")];
///     shop.services = vec![Service::new("web", "dmz", container)];
///     Release::plan(shop, &Target::default()).release.unwrap()
/// };
/// let (old, new) = (release("registry.example/web:1", 2), release("registry.example/web:2", 3));
///
/// let difference = Difference::between(&old, &new);
/// let web = &difference.services[0];
/// assert_eq!(web.fate, Fate::Upgraded);
/// assert_eq!(web.changes[0].path.to_string(), "image");
/// assert_eq!(web.scale.unwrap().to, 3);
/// assert_eq!(difference.apply(&old)?, new);
/// assert!(Difference::between(&old, &old).is_empty());
/// # Ok::<(), paas_core::release::difference::NotApplicable>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Difference {
    /// The version of this format.
    pub format: u32,
    /// The application, by the name that it has in the new release.
    pub application: String,
    /// How many services the old release has.
    pub old_services: usize,
    /// How many services the new release has.
    pub new_services: usize,
    /// What became of services, each just once: in the order in which they are activated, then those that are no longer
    /// there. Those that are as they were are not among them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub services: Vec<ServiceDifference>,
    /// Services that an update touches because of others, though they may be as they were.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub touched: Vec<TouchedService>,
    /// Services that only stand elsewhere among those of their network, which changes nothing that runs.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reordered: Vec<Reordered>,
    /// What changed of the release as a whole: names, the stack, the back end.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub release: Vec<ItemDifference>,
    /// Networks with services: their environments, what they must be, what stands in them for services elsewhere.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub networks: Vec<ItemDifference>,
    /// Stages: what is activated with what.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stages: Vec<ItemDifference>,
    /// Which environments must be linked.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub environment_links: Vec<ItemDifference>,
    /// Flows between networks: what the firewall team must open, and can close.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub flows: Vec<ItemDifference>,
    /// Volumes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub volumes: Vec<ItemDifference>,
    /// Ports that are taken on hosts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ports: Vec<ItemDifference>,
    /// Images.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub images: Vec<ItemDifference>,
    /// Log files to collect.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub log_sources: Vec<ItemDifference>,
    /// Scaling policies, by the services that they are for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub policies: Vec<ItemDifference>,
    /// Secret inputs.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub secrets: Vec<ItemDifference>,
    /// Outputs.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub outputs: Vec<ItemDifference>,
    /// What an update does, in its order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub steps: Vec<UpgradeStep>,
}

/// A service that only stands elsewhere among those of its network.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Reordered {
    /// The network.
    pub network: String,
    /// The service.
    pub service: String,
    /// Where it stands now, from 0.
    pub position: usize,
}

impl Difference {
    /// The version of the stored format that this library writes.
    pub const FORMAT: u32 = 1;

    /// Compares two releases.
    pub fn between(old: &Release, new: &Release) -> Self {
        let mut difference = Self {
            format: Self::FORMAT,
            application: new.application.clone(),
            old_services: old.parts.iter().map(|part| part.services.len()).sum(),
            new_services: new.parts.iter().map(|part| part.services.len()).sum(),
            services: Vec::new(),
            touched: Vec::new(),
            reordered: Vec::new(),
            release: Vec::new(),
            networks: Vec::new(),
            stages: Vec::new(),
            environment_links: Vec::new(),
            flows: Vec::new(),
            volumes: Vec::new(),
            ports: Vec::new(),
            images: Vec::new(),
            log_sources: Vec::new(),
            policies: Vec::new(),
            secrets: Vec::new(),
            outputs: Vec::new(),
            steps: Vec::new(),
        };
        if old == new {
            return difference;
        }
        difference.compare_skeletons(&skeleton(old), &skeleton(new));
        let (old, new) = (Index::new(old), Index::new(new));
        difference.services = services::differences(&old, &new);
        difference.reordered = reordered(&old, &new);
        difference.touched = touched::services(&old, &new, &difference);
        meaning::explain(&mut difference, &new);
        difference.steps = steps::plan(&old, &new, &difference);
        difference
    }

    /// Whether nothing is different.
    pub fn is_empty(&self) -> bool {
        self.services.is_empty()
            && self.reordered.is_empty()
            && self.release.is_empty()
            && self.sections().iter().all(|(_, items)| items.is_empty())
    }

    /// What became of the services, counted: only what there is.
    pub fn counts(&self) -> Vec<(Fate, usize)> {
        let count = |fate| self.services.iter().filter(|service| service.fate == fate).count();
        Fate::ALL.into_iter().map(|fate| (fate, count(fate))).filter(|(_, count)| *count > 0).collect()
    }

    /// What became of a service; `None`: it is as it was, or never was.
    pub fn service(&self, name: &str) -> Option<&ServiceDifference> {
        self.services.iter().find(|service| service.service == name)
    }

    /// All lists of the release that are looked at item by item, by their names.
    fn sections(&self) -> [(&'static str, &Vec<ItemDifference>); 11] {
        [
            ("parts", &self.networks),
            ("stages", &self.stages),
            ("environment_links", &self.environment_links),
            ("flows", &self.flows),
            ("volumes", &self.volumes),
            ("ports", &self.ports),
            ("images", &self.images),
            ("log_sources", &self.log_sources),
            ("policies", &self.policies),
            ("secrets", &self.secrets),
            ("outputs", &self.outputs),
        ]
    }

    fn section(&mut self, name: &str) -> Option<&mut Vec<ItemDifference>> {
        Some(match name {
            "parts" => &mut self.networks,
            "stages" => &mut self.stages,
            "environment_links" => &mut self.environment_links,
            "flows" => &mut self.flows,
            "volumes" => &mut self.volumes,
            "ports" => &mut self.ports,
            "images" => &mut self.images,
            "log_sources" => &mut self.log_sources,
            "policies" => &mut self.policies,
            "secrets" => &mut self.secrets,
            "outputs" => &mut self.outputs,
            _ => return None,
        })
    }

    fn compare_skeletons(&mut self, old: &Value, new: &Value) {
        let names: Vec<&str> = self.sections().iter().map(|(name, _)| *name).collect();
        let (mut old_rest, mut new_rest) = (old.clone(), new.clone());
        for name in names {
            let old = take_list(&mut old_rest, name);
            let new = take_list(&mut new_rest, name);
            if let Some(section) = self.section(name).filter(|_| old != new) {
                *section = compare::items(name, &old, &new);
            }
        }
        for change in compare::values(&old_rest, &new_rest) {
            let name = change.path.to_string();
            self.release.push(ItemDifference {
                name,
                fate: ItemFate::Changed,
                item: None,
                position: None,
                changes: vec![change],
                means: None,
            });
        }
    }
}

/// A list of a release's skeleton; one that is not there is empty.
fn take_list(skeleton: &mut Value, name: &str) -> Vec<Value> {
    match skeleton.as_object_mut().and_then(|fields| fields.remove(name)) {
        Some(Value::Array(items)) => items,
        _ => Vec::new(),
    }
}

/// The release as JSON, without its services.
fn skeleton(release: &Release) -> Value {
    let empty = |part: &Part| Part {
        network: part.network.clone(),
        environment: part.environment.clone(),
        services: Vec::new(),
        volumes: part.volumes.clone(),
        stand_ins: part.stand_ins.clone(),
    };
    let without_services = Release {
        format: release.format,
        application: release.application.clone(),
        description: release.description.clone(),
        stack: release.stack.clone(),
        backend: release.backend.clone(),
        parts: release.parts.iter().map(empty).collect(),
        stages: release.stages.clone(),
        environment_links: release.environment_links.clone(),
        flows: release.flows.clone(),
        volumes: release.volumes.clone(),
        ports: release.ports.clone(),
        images: release.images.clone(),
        log_sources: release.log_sources.clone(),
        policies: release.policies.clone(),
        secrets: release.secrets.clone(),
        outputs: release.outputs.clone(),
    };
    json::of(&without_services)
}

/// The services that stay in their network and stand elsewhere among its services.
fn reordered(old: &Index<'_>, new: &Index<'_>) -> Vec<Reordered> {
    let keys = |index: &Index<'_>| -> Vec<Vec<String>> {
        let mut keys = vec![Vec::new(); index.networks.len()];
        for entry in &index.services {
            if let Some(keys) = keys.get_mut(entry.part) {
                keys.push(entry.key.clone());
            }
        }
        keys
    };
    let mut before = keys(old);
    let mut reordered = Vec::new();
    for (network, after) in new.networks.iter().zip(keys(new)) {
        let Some(before) = old.part(network).and_then(|part| before.get_mut(part)) else { continue };
        let is_here =
            |key: &String| new.find(key).is_some_and(|entry| new.network(entry) == network.as_str());
        let stay: Vec<String> = std::mem::take(before).into_iter().filter(is_here).collect();
        let matched = compare::Matched::new(&stay, &after);
        for (position, key) in after.iter().enumerate().filter(|(_, key)| matched.is_elsewhere(key)) {
            reordered.push(Reordered { network: network.clone(), service: key.clone(), position });
        }
    }
    reordered
}
