//! Differences of releases.

mod arbitrary;
mod carried_out;
mod fates;
mod growth;
mod properties;
mod stored;
mod updates;
mod ways;
mod world;

use crate::plan::release;
use paas_core::{application::Application, release::difference::Difference};
use std::fmt::Write;

/// The difference of two applications without problems.
fn between(old: Application, new: Application) -> Difference {
    let (old, new) = (release(old), release(new));
    let difference = Difference::between(&old, &new);
    assert_eq!(difference.apply(&old).unwrap(), new);
    difference
}

/// What became of services, a line each.
fn told(difference: &Difference) -> String {
    difference.services.iter().fold(String::new(), |mut told, service| {
        write!(told, "{} {} (", service.fate.as_str(), service.service).unwrap();
        if let Some(from) = &service.moved_from {
            write!(told, "{from} → ").unwrap();
        }
        write!(told, "{})", service.network).unwrap();
        let side = |json: &Option<_>| {
            json.as_ref()
                .map_or("–".to_owned(), |json: &paas_core::release::difference::Json| json.to_string())
        };
        let changes = service.changes.iter().chain(&service.links);
        let changes =
            changes.map(|change| format!("{} {} → {}", change.path, side(&change.old), side(&change.new)));
        let all: Vec<String> = changes.chain(service.scale.iter().map(ToString::to_string)).collect();
        let colon = if all.is_empty() { "" } else { ": " };
        writeln!(told, "{colon}{}", all.join(", ")).unwrap();
        told
    })
}

/// The steps of an update, a line each, with their stages.
fn steps(difference: &Difference) -> Vec<String> {
    let step = |step: &paas_core::release::difference::UpgradeStep| match step.stage {
        Some(stage) => format!("{stage}: {step}"),
        None => format!("{}: {step}", serde_json::to_value(step.phase).unwrap().as_str().unwrap()),
    };
    difference.steps.iter().map(step).collect()
}
