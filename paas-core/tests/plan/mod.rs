//! From application to release.

mod again;
mod beside;
mod facts;
mod flows;
mod hosts;
mod links;
mod names;
mod networks;
mod ports;
mod routes;
mod stages;
mod volumes;
mod whole;

use crate::show;
use paas_core::{
    application::{
        Application, Container, ExternalService, Link, LoadBalancer, Mount, Network, Port, Route, Service,
        ServiceKind,
    },
    diagnostic::{Origin, Place, Position},
    release::{Release, Target},
};

/// The place of a line of a template.
fn line(line: u32) -> Origin {
    let point = |column| Position { line, column, offset: line * 100 + column };
    Place { file: "bank.yaml".into(), start: point(5), end: point(9) }.into()
}

/// An application on the networks `dmz`, `app` and `core` in the lines 1 to 3. Services follow in the lines 10, 20, …;
/// what belongs to a service is in the lines after it.
pub(crate) fn bank(services: impl IntoIterator<Item = Service>) -> Application {
    let mut application = Application::new("bank");
    application.networks = ["dmz", "app", "core"].map(Network::new).into();
    for (number, network) in (1..).zip(&mut application.networks) {
        network.origin = line(number);
    }
    application.services = services.into_iter().collect();
    for (number, service) in (1..).zip(&mut application.services) {
        let mut lines = (number * 10..).map(line);
        service.origin = lines.next().unwrap();
        service.links.iter_mut().for_each(|link| link.origin = lines.next().unwrap());
        match &mut service.kind {
            ServiceKind::Container(container) => {
                container.ports.iter_mut().for_each(|port| port.origin = lines.next().unwrap());
                container.mounts.iter_mut().for_each(|mount| mount.origin = lines.next().unwrap());
            }
            ServiceKind::LoadBalancer(load_balancer) => {
                load_balancer.routes.iter_mut().for_each(|route| route.origin = lines.next().unwrap());
            }
            _ => {}
        }
    }
    application
}

pub(crate) fn container(name: &str, network: &str) -> Service {
    Service::new(name, network, Container::new(format!("registry.example/{name}:1")))
}

pub(crate) fn load_balancer(name: &str, network: &str, routes: impl IntoIterator<Item = Route>) -> Service {
    Service::new(name, network, LoadBalancer::new(routes))
}

pub(crate) fn external(name: &str, network: &str) -> Service {
    Service::new(name, network, ExternalService::Host(format!("{name}.example")))
}

/// Writes services in one expression.
pub(crate) trait With: Sized {
    fn with(self, change: impl FnOnce(&mut Self)) -> Self;
    fn connects(self, to: &str) -> Self;
    fn depends(self, on: &str) -> Self;
    fn listens(self, port: u16) -> Self;
    fn mounts(self, volume: &str, path: &str) -> Self;
    fn runs(self, change: impl FnOnce(&mut Container)) -> Self;
}

impl With for Service {
    fn with(mut self, change: impl FnOnce(&mut Self)) -> Self {
        change(&mut self);
        self
    }

    fn connects(self, to: &str) -> Self {
        self.with(|service| service.links.push(Link::connection(to)))
    }

    fn depends(self, on: &str) -> Self {
        self.with(|service| service.links.push(Link::dependency(on)))
    }

    fn listens(self, port: u16) -> Self {
        self.runs(|container| container.ports.push(Port::new(port)))
    }

    fn mounts(self, volume: &str, path: &str) -> Self {
        self.runs(|container| container.mounts.push(Mount::new(volume, path)))
    }

    fn runs(mut self, change: impl FnOnce(&mut Container)) -> Self {
        let ServiceKind::Container(container) = &mut self.kind else { panic!("no container") };
        change(container);
        self
    }
}

/// The release of an application without problems.
pub(crate) fn release(application: Application) -> Release {
    let planned = Release::plan(application, &Target::default());
    assert_eq!(show(&planned.diagnostics), "");
    planned.release.unwrap()
}

/// All problems of an application that has errors.
fn problems(application: Application) -> String {
    problems_for(application, &Target::default())
}

fn problems_for(application: Application, target: &Target) -> String {
    let planned = Release::plan(application, target);
    assert_eq!(planned.release.is_none(), planned.diagnostics.has_errors());
    show(&planned.diagnostics)
}
