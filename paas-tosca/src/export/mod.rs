//! An application as a template in the `paas` profile, for people to read and to go on with.
//!
//! [`template`] is the inverse of [`check`](crate::check()): reading what it writes gives the same application, but for
//! what TOSCA cannot say:
//!
//! | what | what comes of it |
//! | --- | --- |
//! | the count of a sidekick, and of a service that runs everywhere | left out: it follows from the rest |
//! | `restart_on_failure` of a service that is no job | left out: it means nothing |
//! | the alias of a dependency, the connections of an external service | left out |
//! | a scaling plan without windows; windows of two plans in opposite orders | left out; in the order of one of them |
//! | two policies of one name | the second has a number after its name |
//! | a network that is chosen by what it is, and is called like a service | chosen by its name |
//! | a map whose only key is the name of a function, such as `concat` | read as that function |
//! | what an output waits for, unless it is an attribute of a service | a comment |
//! | a service called `SELF` or the like in `get_attribute` | read as that keyword |
//! | numbers and names that the profile does not allow | diagnosed when the template is read |
//!
//! [`rewrite`] goes from template to template. An application that was read from a template with functions has the values that these gave. Where they shall come from
//! inputs again, [`Extras`] says so.

mod container;
mod extras;
mod inputs;
mod load_balancer;
mod names;
mod outputs;
mod policies;
mod rancher;
mod rewrite;
mod service;
mod storage;
#[cfg(test)]
mod tests;
mod text;
mod units;
mod uses;

pub use extras::{Constraint, Extras, Input, InputKind, Piece, Remark, Uses};
pub use rewrite::{Rewritten, rewrite};

use crate::yaml::write::{self, Map, Yaml};
use names::Names;
use paas_core::application::Application;
use service::Services;
use std::collections::{BTreeMap, BTreeSet};

/// Writes an application as a template. The same application gives the same text.
///
/// ```
/// use paas_core::application::{Application, Container, Network, Service};
/// use paas_tosca::export::{self, Extras};
///
/// let mut shop = Application::new("shop");
/// shop.networks = vec![Network::new("dmz")];
/// shop.services = vec![Service::new("web", "dmz", Container::new("registry.bank.test/web:1.4"))];
///
/// let text = export::template(&shop, &Extras::default());
/// assert_eq!(
///     text,
///     "\
/// tosca_definitions_version: tosca_simple_yaml_1_3
/// metadata: { template_name: shop }
/// imports: [ paas-profile-1.0.yaml ]
///
/// topology_template:
///   node_templates:
///     dmz: { type: paas.nodes.Network }
///
///     web:
///       type: paas.nodes.Service
///       properties:
///         image: registry.bank.test/web:1.4
///       requirements:
///         - network: dmz
/// "
/// );
/// ```
pub fn template(application: &Application, extras: &Extras) -> String {
    let inputs = inputs::inputs(application, extras);
    let mut metadata = Map::of("template_name", Yaml::text(&application.name));
    if !inputs.secrets.is_empty() {
        metadata.add("secret_inputs", Yaml::text(inputs.secrets.join(", ")));
    }
    let mut topology = Map::spaced();
    topology.unless_empty("inputs", inputs.inputs);
    let (nodes, relationships) = nodes(application, extras);
    topology.add("node_templates", nodes);
    topology.unless_empty("relationship_templates", relationships);
    let policies = policies::policies(application);
    topology.maybe("policies", (!policies.is_empty()).then_some(Yaml::Lines(policies)));
    topology.unless_empty("outputs", outputs::outputs(application));

    let mut root = Map::spaced();
    root.add("tosca_definitions_version", Yaml::text("tosca_simple_yaml_1_3"));
    root.add("metadata", metadata);
    root.maybe("description", application.description.as_deref().map(Yaml::text));
    root.add("imports", Yaml::List(vec![Yaml::text("paas-profile-1.0.yaml")]));
    root.add("topology_template", topology);
    let services: BTreeSet<&str> = application.services.iter().map(|it| it.name.as_str()).collect();
    let at_top = |remark: &&Remark| !remark.service.as_deref().is_some_and(|it| services.contains(it));
    write::document(extras.remarks.iter().filter(at_top).map(|remark| remark.text.as_str()), &root)
}

/// The node templates, and the relationship templates between them.
fn nodes(application: &Application, extras: &Extras) -> (Map, Map) {
    let names = Names::new(application);
    let plans: BTreeMap<&str, _> = application.policies.iter().map(|it| (it.service.as_str(), it)).collect();
    let mut nodes = Map::spaced();
    for network in &application.networks {
        nodes.add(names.network(&network.name), storage::network(network, &names));
    }
    for volume in &application.volumes {
        nodes.add(names.volume(&volume.name), storage::volume(volume, &names));
    }
    let mut services = Services::new(&names, extras);
    for service in &application.services {
        let plan = plans.get(service.name.as_str());
        let node = services.node(service, plan.and_then(|plan| policies::own_bounds(plan)));
        nodes.add(&*service.name, node);
    }
    for (service, text) in services.remarks {
        nodes.comment(service, text);
    }
    (nodes, services.relationships)
}
