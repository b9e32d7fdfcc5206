//! Services: their nodes, and the relationships of these.

use super::{
    Extras, container, load_balancer,
    names::{Names, Taken},
    uses,
};
use crate::yaml::write::{Map, Yaml};
use paas_core::{
    application::{Link, LinkKind, Mount, Service, ServiceKind, Sidekick},
    scaling::Bounds,
};

/// Writes services, and gathers the relationship templates that they need.
pub(super) struct Services<'a> {
    pub(super) names: &'a Names<'a>,
    pub(super) extras: &'a Extras,
    taken: Taken,
    /// Relationships with properties have a name of their own: all readers of TOSCA take that form.
    pub(super) relationships: Map,
    /// Remarks that stand at the service as a whole.
    pub(super) remarks: Vec<(&'a str, &'a str)>,
}

impl<'a> Services<'a> {
    pub(super) fn new(names: &'a Names<'a>, extras: &'a Extras) -> Self {
        Self { names, extras, taken: Taken::default(), relationships: Map::spaced(), remarks: Vec::new() }
    }

    /// The node of a service. `bounds`: those that its scaling plan has, if the windows do not say them.
    pub(super) fn node(&mut self, service: &Service, bounds: Option<Bounds>) -> Map {
        let (ty, mut properties) = match &service.kind {
            ServiceKind::Container(container) => ("paas.nodes.Service", container::properties(container)),
            ServiceKind::LoadBalancer(load_balancer) => {
                ("paas.nodes.LoadBalancer", load_balancer::properties(load_balancer))
            }
            ServiceKind::External(external) => {
                ("paas.nodes.ExternalService", load_balancer::external(external))
            }
            _ => ("paas.nodes.Service", Map::block()),
        };
        uses::apply(&mut properties, ty, self.extras.uses.of(&service.name));
        uses::open_long_maps(&mut properties);
        for remark in &self.extras.remarks {
            let Some(of) = remark.service.as_deref().filter(|of| *of == service.name) else { continue };
            let property = remark.property.as_deref();
            if !property.is_some_and(|property| properties.comment(property, &remark.text)) {
                self.remarks.push((of, &remark.text));
            }
        }
        let mut node = Map::block();
        node.add("type", Yaml::text(ty));
        node.unless_empty("properties", properties);
        if let Some(bounds) = bounds {
            let mut scalable = Map::of("min_instances", Yaml::plain(bounds.min));
            scalable.add("max_instances", Yaml::plain(bounds.max));
            node.add("capabilities", Map::of("scalable", Map::of("properties", scalable)));
        }
        node.add("requirements", Yaml::Lines(self.requirements(service)));
        node
    }

    fn requirements(&mut self, service: &Service) -> Vec<Yaml> {
        let network = Yaml::text(self.names.network(&service.network));
        let mut all = vec![Map::line("network", network).into()];
        all.extend(service.links.iter().filter_map(|link| self.link(service, link)));
        if let Some(container) = service.container() {
            all.extend(container.mounts.iter().map(|mount| self.mount(service, mount)));
            all.extend(container.sidekick.iter().map(|sidekick| self.sidekick(service, sidekick)));
        }
        all
    }

    fn link(&mut self, service: &Service, link: &Link) -> Option<Yaml> {
        let mut properties = Map::new();
        let requirement = match link.kind {
            LinkKind::Connection => {
                properties.maybe("alias", link.alias.as_deref().map(Yaml::text));
                "connection"
            }
            LinkKind::Dependency => "dependency",
            _ => return None,
        };
        Some(self.requirement(
            requirement,
            &service.name,
            &link.to,
            "paas.relationships.ConnectsTo",
            properties,
        ))
    }

    fn mount(&mut self, service: &Service, mount: &Mount) -> Yaml {
        let mut properties = Map::of("location", Yaml::text(&mount.path));
        properties.flag("read_only", mount.read_only);
        let volume = self.names.volume(&mount.volume);
        self.requirement("volume", &service.name, volume, "paas.relationships.Mounts", properties)
    }

    fn sidekick(&mut self, service: &Service, sidekick: &Sidekick) -> Yaml {
        let mut properties = Map::new();
        properties.flag("volumes_from", sidekick.volumes_from);
        properties.flag("share_network", sidekick.share_network);
        let ty = "paas.relationships.SidekickOf";
        self.requirement("sidekick_of", &service.name, &sidekick.of, ty, properties)
    }

    /// A requirement; over a relationship template if there are properties.
    fn requirement(&mut self, name: &str, from: &str, to: &str, ty: &str, properties: Map) -> Yaml {
        if properties.is_empty() {
            return Map::line(name, Yaml::text(to)).into();
        }
        let relationship = self.taken.name(&format!("{from}_{to}"), "");
        let mut template = Map::block();
        template.add("type", Yaml::text(ty));
        template.add("properties", properties);
        self.relationships.add(&*relationship, template);
        let mut target = Map::of("node", Yaml::text(to));
        target.add("relationship", Yaml::text(relationship));
        Map::line(name, target).into()
    }
}
