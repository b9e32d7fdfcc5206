//! The application with its names resolved.

use super::findings::Findings;
use crate::{
    application::{Application, Link, LinkKind, LoadBalancer, Service, ServiceKind},
    diagnostic::{Code, Diagnostic, Origin, Place},
};
use rustc_hash::{FxHashMap, FxHashSet};

/// An application and who reaches whom in it.
pub(super) struct Survey<'a> {
    pub(super) application: &'a Application,
    /// Links between services that exist, in the order of the template. What an external service links to says nothing:
    /// it does not run here.
    pub(super) links: Vec<Reach<'a>>,
    indices: FxHashMap<&'a str, usize>,
    networks: FxHashSet<&'a str>,
    /// The services that sidekicks run beside, by the indices of the sidekicks.
    units: FxHashMap<usize, usize>,
}

/// A link with both its ends.
#[derive(Clone, Copy)]
pub(super) struct Reach<'a> {
    /// The index of the service that has the link.
    pub(super) from: usize,
    /// The index of the service that it leads to.
    pub(super) to: usize,
    pub(super) source: &'a Service,
    pub(super) target: &'a Service,
    pub(super) link: &'a Link,
    /// Whether the two are in different networks; of networks that do not exist nobody can say.
    pub(super) crosses: bool,
}

impl<'a> Survey<'a> {
    /// Resolves all links; those that lead nowhere are problems.
    pub(super) fn new(application: &'a Application, findings: &mut Findings) -> Self {
        let mut indices = FxHashMap::default();
        indices.reserve(application.services.len());
        for (index, service) in application.services.iter().enumerate() {
            indices.entry(service.name.as_str()).or_insert(index);
        }
        let networks = application.networks.iter().map(|network| network.name.as_str()).collect();
        let mut survey =
            Self { application, links: Vec::new(), indices, networks, units: FxHashMap::default() };
        survey.units = survey.sidekicks().collect();
        for (from, source) in application.services.iter().enumerate() {
            for link in &source.links {
                match survey.find(&link.to) {
                    None => push_unknown(link, source, &survey, findings),
                    Some(_) if source.is_external() => {}
                    Some((to, target)) => {
                        let crosses = survey.crosses(source, target);
                        survey.links.push(Reach { from, to, source, target, link, crosses });
                    }
                }
            }
        }
        survey
    }

    pub(super) fn service(&self, name: &str) -> Option<&'a Service> {
        self.find(name).map(|(_, service)| service)
    }

    pub(super) fn service_names(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        self.application.services.iter().map(|service| service.name.as_str())
    }

    pub(super) fn load_balancers(&self) -> impl Iterator<Item = (&'a Service, &'a LoadBalancer)> + use<'a> {
        self.application.services.iter().filter_map(|service| match &service.kind {
            ServiceKind::LoadBalancer(load_balancer) => Some((service, load_balancer)),
            _ => None,
        })
    }

    /// Connections between networks: each must be linked, and let through by the firewall.
    pub(super) fn crossing_connections(&self) -> impl Iterator<Item = &Reach<'a>> {
        self.links.iter().filter(|reach| reach.is_connection() && reach.crosses)
    }

    /// The connections of a service.
    pub(super) fn connections_of(&self, index: usize) -> impl Iterator<Item = &Reach<'a>> {
        // Links are in the order of the services that have them.
        let start = self.links.partition_point(|reach| reach.from < index);
        let own = self.links.get(start..).unwrap_or_default();
        own.iter().take_while(move |reach| reach.from == index).filter(|reach| reach.is_connection())
    }

    /// Who runs beside each service that others run beside, by their indices and in their order.
    pub(super) fn beside(&self) -> FxHashMap<usize, Vec<usize>> {
        let mut beside: FxHashMap<usize, Vec<usize>> = FxHashMap::default();
        self.sidekicks().for_each(|(sidekick, of)| beside.entry(of).or_default().push(sidekick));
        beside
    }

    /// Whether two services are in different networks; of networks that do not exist nobody can say.
    pub(super) fn crosses(&self, one: &Service, other: &Service) -> bool {
        let exists = |service: &Service| self.networks.contains(service.network.as_str());
        one.network != other.network && exists(one) && exists(other)
    }

    /// The service that runs with all that a service runs beside: for a sidekick the other, else itself.
    pub(super) fn unit(&self, index: usize) -> usize {
        self.units.get(&index).copied().unwrap_or(index)
    }

    /// Whether a service runs beside another.
    pub(super) fn is_sidekick(&self, index: usize) -> bool {
        self.units.contains_key(&index)
    }

    pub(super) fn has_sidekicks(&self) -> bool {
        !self.units.is_empty()
    }

    fn sidekicks(&self) -> impl Iterator<Item = (usize, usize)> {
        self.application.services.iter().enumerate().filter_map(|(index, service)| {
            let (other, service) = self.find(&service.sidekick()?.of)?;
            // What runs beside a sidekick is diagnosed.
            service.sidekick().is_none().then_some((index, other))
        })
    }

    pub(super) fn find(&self, name: &str) -> Option<(usize, &'a Service)> {
        let &index = self.indices.get(name)?;
        self.application.services.get(index).map(|service| (index, service))
    }
}

impl Reach<'_> {
    pub(super) fn is_connection(&self) -> bool {
        self.link.kind == LinkKind::Connection
    }

    /// Such as "`web` connects to `api`".
    pub(super) fn said(&self) -> String {
        said(self.source, self.link)
    }
}

/// The place of a part of something, or else that of the whole.
pub(super) fn nearest(part: &Origin, whole: &Origin) -> Option<Place> {
    part.place().or_else(|| whole.place())
}

fn push_unknown(link: &Link, source: &Service, survey: &Survey, findings: &mut Findings) {
    let diagnostic = Diagnostic::new(
        Code::UnknownNode,
        format!("{}, which is no service of the application", said(source, link)),
    )
    .at(nearest(&link.origin, &source.origin))
    .maybe_help(findings.did_you_mean(&link.to, survey.service_names()));
    findings.push(diagnostic);
}

fn said(source: &Service, link: &Link) -> String {
    let verb = match link.kind {
        LinkKind::Connection => "connects to",
        LinkKind::Dependency => "depends on",
    };
    format!("`{}` {verb} `{}`", source.name, link.to)
}
