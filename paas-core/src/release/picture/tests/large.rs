//! Releases of any size, the same at every run.

use super::fixture::{containers, part, release};
use crate::{
    application::{Link, Service},
    release::{Activation, Release, Stage},
};
use std::collections::BTreeMap;

/// So many services on four networks, each needing up to three of those before it, in as few stages as that allows.
pub(super) fn large(count: usize, mut seed: u64) -> Release {
    const NETWORKS: [(&str, &str); 4] =
        [("dmz", "low"), ("application", "medium"), ("core", "high"), ("management", "special")];
    let mut random = |below: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(seed >> 33).unwrap() % below
    };
    let mut networks: Vec<Vec<Service>> = vec![Vec::new(); NETWORKS.len()];
    let mut stages: BTreeMap<u32, Vec<Activation>> = BTreeMap::new();
    let mut known: Vec<(usize, u32)> = Vec::new();
    for index in 0..count {
        let network = random(NETWORKS.len());
        let mut stage = 1;
        let mut service = containers(&format!("service-{index}"), NETWORKS[network].0, 2);
        for _ in 0..random(4).min(index) {
            // Mostly what is near, sometimes something that all need.
            let to = if random(3) == 0 {
                random(index.min(5))
            } else {
                index - 1 - random(index.min(count / 8 + 1))
            };
            let dependency = random(8) == 0;
            let name = format!("service-{to}");
            service.links.push(if dependency { Link::dependency(name) } else { Link::connection(name) });
            let (other, number) = known[to];
            stage = stage.max(number + u32::from(dependency || other != network));
        }
        known.push((network, stage));
        let activation = Activation { network: service.network.clone(), service: service.name.clone() };
        stages.entry(stage).or_default().push(activation);
        networks[network].push(service);
    }
    let mut release =
        release("large", NETWORKS.iter().zip(networks).map(|(network, services)| part(*network, services)));
    release.stages = stages.into_iter().map(|(number, activations)| Stage { number, activations }).collect();
    release
}
