//! Whether a tenant is shown the images of an application, and where they are taken from.

use super::{ImageSources, Wanted, wanted::Named};
use crate::{
    application::ServiceKind,
    diagnostic::{Code, Diagnostic, Diagnostics, Place, shown},
    images::{Digest, distribution::Zone},
    policy,
    release::{Backend, ImageUse, Release},
};
use std::collections::{BTreeMap, BTreeSet};

/// Whether a tenant is shown an image.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Seen {
    /// It is the tenant's own, or everybody's.
    Own,
    /// It is another tenant's, and exactly this of it is shown to all.
    Published(Digest),
    /// It is shown to one user of the tenant alone.
    Personal,
    /// It is shown to others, or to nobody; or there is none.
    Hidden,
}

impl ImageSources {
    /// The images of the platform's registries that an application uses: those of nested templates, of what runs beside
    /// services and of its load balancers too.
    #[must_use]
    pub fn wanted(&self, release: &Release) -> BTreeSet<Wanted> {
        let images = release.images.iter().map(|used| used.image.as_str());
        let wanted = images.filter_map(|image| match self.named(image) {
            Named::Here(_, wanted) => wanted,
            Named::Elsewhere | Named::Nothing => None,
        });
        wanted.filter(|wanted| !self.is_open(wanted.namespace())).collect()
    }

    /// Has each environment of an application take its images from where it takes them, and tells which of them its tenant is
    /// not shown. Of those, nothing is changed.
    ///
    /// - The registry of a zone becomes that of the environment's zone; folders, tag and digest stay.
    /// - What is another tenant's, and named by a tag, is named by the digest that was published.
    /// - The image of load balancers follows if all networks with one take their images from the same zone.
    ///
    /// `tenant` is what messages call it. `seen` is told what [`wanted`](Self::wanted) lists.
    #[must_use = "what is not shown to the tenant is not to be deployed"]
    pub fn settle(&self, release: &mut Release, tenant: &str, seen: impl Fn(&Wanted) -> Seen) -> Diagnostics {
        let mut problems = Vec::new();
        let mut settled: BTreeMap<String, String> = BTreeMap::new();
        let mut balanced: BTreeSet<Option<&str>> = BTreeSet::new();
        for part in &mut release.parts {
            let zone = self.zone_of(&part.environment);
            for service in &mut part.services {
                let place = service.origin.place();
                match &mut service.kind {
                    ServiceKind::Container(container) => {
                        let place = container.origins.of("image").or(place);
                        let whose = || shown(&service.name);
                        match self.settled(&container.image, zone, &seen) {
                            Ok(image) => container.image = image,
                            Err(why) => problems.push(why.told(&container.image, &whose(), tenant, place)),
                        }
                        settled.insert(service.name.clone(), container.image.clone());
                    }
                    ServiceKind::LoadBalancer(_) => {
                        balanced.insert(zone.map(|zone| zone.name.as_str()));
                    }
                    ServiceKind::External(_) => {}
                }
            }
        }
        let Backend::Rancher(rancher) = &mut release.backend;
        if !balanced.is_empty() {
            let mut all = balanced.iter();
            let zone = match (all.next(), all.next()) {
                (Some(Some(zone)), None) => self.zones.iter().find(|known| known.name.as_str() == *zone),
                _ => None,
            };
            let image = &mut rancher.load_balancer_image;
            match self.settled(image, zone, &seen) {
                Ok(settled) => *image = settled,
                Err(why) => problems.push(why.told(image, "the load balancers", tenant, None)),
            }
        }
        let balancers = rancher.load_balancer_image.clone();
        release.images = used(&release.images, |service| settled.get(service).unwrap_or(&balancers));
        problems.into_iter().collect()
    }

    /// An image as it is named in a zone, if whoever deploys is shown it.
    fn settled(
        &self,
        image: &str,
        zone: Option<&Zone>,
        seen: impl Fn(&Wanted) -> Seen,
    ) -> Result<String, Why> {
        let (from, wanted) = match self.named(image) {
            Named::Here(from, wanted) => (from, wanted),
            Named::Elsewhere => return Ok(image.to_owned()),
            Named::Nothing => return Err(Why::NoImage),
        };
        let wanted = wanted.ok_or(Why::NoNamespace)?;
        let seen = if self.is_open(wanted.namespace()) { Seen::Own } else { seen(&wanted) };
        let pinned = match (seen, &wanted.digest) {
            (Seen::Own, _) => None,
            (Seen::Published(digest), Some(named)) if digest == *named => None,
            (Seen::Published(digest), None) => Some(digest),
            (Seen::Personal, _) => return Err(Why::Personal),
            (Seen::Published(_) | Seen::Hidden, _) => return Err(Why::Hidden),
        };
        let to = zone.filter(|zone| zone.name != from.name);
        let moved = to.and_then(|to| policy::moved(image, &from.registry, &to.registry));
        let image = moved.map_or_else(|| image.to_owned(), |(_, image)| image);
        Ok(match pinned {
            None => image,
            Some(digest) => format!("{}@{digest}", without_tag(&image)),
        })
    }
}

/// An image without its tag.
fn without_tag(image: &str) -> &str {
    match image.rsplit_once(':') {
        Some((name, tag)) if !tag.contains('/') => name,
        _ => image,
    }
}

/// The images, each once, sorted, with the services that run it.
fn used<'i>(before: &[ImageUse], image: impl Fn(&str) -> &'i String) -> Vec<ImageUse> {
    let mut all: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for service in before.iter().flat_map(|used| &used.services) {
        all.entry(image(service).clone()).or_default().push(service.clone());
    }
    all.into_iter().map(|(image, services)| ImageUse { image, services }).collect()
}

/// Why an image is not to be deployed.
#[derive(Debug, Clone, Copy)]
enum Why {
    NoImage,
    NoNamespace,
    Personal,
    Hidden,
}

impl Why {
    fn told(self, image: &str, of: &str, tenant: &str, place: Option<Place>) -> Diagnostic {
        let (image, tenant) = (shown(image), shown(tenant));
        let (message, help) = match self {
            Self::NoImage => (
                format!("the image {image} of {of} is none that Docker takes"),
                "write `registry/namespace/repository:tag`",
            ),
            Self::NoNamespace => (
                format!("the image {image} of {of} is in no image namespace"),
                "write `registry/namespace/repository:tag`",
            ),
            Self::Personal => (
                format!(
                    "the image {image} of {of} is shown to one user alone, and not to the tenant {tenant}"
                ),
                "use an image of a namespace that the tenant shares",
            ),
            Self::Hidden => (
                format!("the image {image} of {of} is not shown to the tenant {tenant}"),
                "use an image of the tenant's own, or ask the tenant that has it to publish it",
            ),
        };
        Diagnostic::new(Code::ResourceImageHidden, message).at(place).help(help)
    }
}
