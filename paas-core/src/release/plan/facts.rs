//! Images and log files.

use super::survey::Survey;
use crate::{
    application::ServiceKind,
    release::{ImageUse, LogSource, Target},
};
use std::collections::BTreeMap;

/// Each image once, sorted, with the services that run it in the order of the template.
pub(super) fn images(survey: &Survey, target: &Target) -> Vec<ImageUse> {
    let mut images: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for service in &survey.application.services {
        let image = match &service.kind {
            ServiceKind::Container(container) => &container.image,
            ServiceKind::LoadBalancer(_) => &target.load_balancer_image,
            ServiceKind::External(_) => continue,
        };
        images.entry(image).or_default().push(service.name.clone());
    }
    images.into_iter().map(|(image, services)| ImageUse { image: image.to_owned(), services }).collect()
}

/// All log files, in the order of the template.
pub(super) fn log_sources(survey: &Survey) -> Vec<LogSource> {
    let mut sources = Vec::new();
    for service in &survey.application.services {
        let files = service.container().into_iter().flat_map(|container| &container.log_files);
        sources.extend(files.map(|files| LogSource {
            network: service.network.clone(),
            service: service.name.clone(),
            directory: files.directory.clone(),
            extensions: files.extensions.clone(),
        }));
    }
    sources
}
