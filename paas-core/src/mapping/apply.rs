//! An application with other names.

use super::Mapping;
use crate::application::{Application, Selector, ServiceKind};

impl Mapping {
    /// The application as it is when all is done: names, networks, tiers, servers and registries. What inputs change is
    /// the template's to say.
    ///
    /// A network that has another name was not left to the tenant any more: it is [chosen](crate::application::Network)
    /// by this name.
    #[must_use]
    pub fn apply(&self, application: &Application) -> Application {
        let mut application = application.clone();
        if let Some(name) = &self.name {
            application.name.clone_from(name);
        }
        for network in &mut application.networks {
            let is_other = replace(&mut network.name, |name| self.network(name).to_owned());
            network.chosen &= !is_other;
        }
        for service in &mut application.services {
            replace(&mut service.network, |name| self.network(name).to_owned());
            match &mut service.kind {
                ServiceKind::Container(container) => {
                    replace(&mut container.image, |image| self.image(image).into_owned());
                }
                ServiceKind::LoadBalancer(load_balancer) => {
                    let selectors =
                        load_balancer.routes.iter_mut().filter_map(|route| route.selector.as_mut());
                    selectors.for_each(|selector| self.select(selector));
                }
                ServiceKind::External(_) => {}
            }
        }
        for volume in &mut application.volumes {
            volume.tier = volume.tier.take().map(|tier| self.tier(&tier).to_owned());
            volume.server = volume.server.take().map(|server| self.server(&server).to_owned());
        }
        application
    }

    fn select(&self, selector: &mut Selector) {
        selector.network = selector.network.take().map(|name| self.network(&name).to_owned());
    }
}

/// Puts another text in the place of one; gives whether it is another.
fn replace(text: &mut String, new: impl FnOnce(&str) -> String) -> bool {
    let new = new(text);
    let is_other = new != *text;
    *text = new;
    is_other
}
