//! Random images, and random states of a destination.

use super::{
    images::{self, bytes},
    registry::{Fault, Faults, Kept, Manners, Registry},
};
use paas_client::registry::{Descriptor, Manifest, media_type};
use proptest::prelude::*;
use serde_json::json;
use std::time::Duration;

/// Blobs that images share: some go whole, some in chunks.
const SIZES: [usize; 8] = [0, 1, 100, 1_000, 60_000, 70_000, 150_000, 250_000];

/// What there is at the source, what the destination has of it already, and how both behave.
#[derive(Clone, Debug)]
pub(crate) struct Scene {
    pub(crate) images: Vec<Image>,
    /// Blobs that the destination has: number, repository.
    there: Vec<(usize, usize)>,
    /// Images that the destination has.
    whole: Vec<usize>,
    pub(crate) referrers: (bool, bool),
    pub(crate) mounts: bool,
    ranges: bool,
    checks_content: bool,
    kept: Kept,
    pub(crate) seed: u64,
}

#[derive(Clone, Debug)]
pub(crate) struct Image {
    repository: usize,
    docker: bool,
    /// Several: an index of them.
    children: Vec<Vec<usize>>,
    foreign: bool,
    signatures: usize,
}

pub(crate) fn scene() -> impl Strategy<Value = Scene> {
    let layers = prop::collection::vec(0..SIZES.len(), 0..5);
    let image = (0_usize..3, any::<bool>(), prop::collection::vec(layers, 1..4), any::<bool>(), 0_usize..3)
        .prop_map(|(repository, docker, children, foreign, signatures)| Image {
            repository,
            docker,
            children,
            foreign,
            signatures,
        });
    let there = prop::collection::vec((0..SIZES.len(), 0_usize..3), 0..6);
    let kept = prop_oneof![Just(Kept::Part), Just(Kept::Before), Just(Kept::Nothing)];
    let whole = prop::collection::vec(0_usize..4, 0..2);
    let manners = (any::<(bool, bool)>(), any::<bool>(), any::<bool>(), any::<bool>(), kept);
    (prop::collection::vec(image, 1..5), there, whole, manners, any::<u64>()).prop_map(
        |(images, there, whole, (referrers, mounts, ranges, checks_content, kept), seed)| Scene {
            images,
            there,
            whole,
            referrers,
            mounts,
            ranges,
            checks_content,
            kept,
            seed,
        },
    )
}

impl Scene {
    /// The source, the destination, and the names of the images.
    pub(crate) fn set(&self) -> (Registry, Registry, Vec<String>) {
        let slow = Duration::from_millis(1);
        let source = Manners { referrers: self.referrers.0, ranges: self.ranges, slow, ..Manners::default() };
        let test = Registry::with("test.bank.test", source);
        let destination = Manners {
            referrers: self.referrers.1,
            mounts: self.mounts,
            kept: self.kept,
            checks_content: self.checks_content,
            slow,
            ..Manners::default()
        };
        let production = Registry::with("production.bank.test", destination);
        for (blob, repository) in &self.there {
            images::layer(&production, &name(*repository), bytes(*blob as u64, SIZES[*blob]));
        }
        let names = (0..self.images.len()).map(|number| self.put(&test, number)).collect();
        for number in &self.whole {
            // What some earlier copy has brought.
            if *number < self.images.len() {
                self.put(&production, *number);
            }
        }
        (test, production, names)
    }

    fn put(&self, registry: &Registry, number: usize) -> String {
        let image = &self.images[number];
        let repository = name(image.repository);
        let kind = if image.docker { media_type::DOCKER_MANIFEST } else { media_type::OCI_MANIFEST };
        let children: Vec<Manifest> = image
            .children
            .iter()
            .map(|layers| {
                let mut layers: Vec<Descriptor> = layers
                    .iter()
                    .map(|blob| images::layer(registry, &repository, bytes(*blob as u64, SIZES[*blob])))
                    .collect();
                if image.foreign {
                    let mut foreign =
                        Descriptor::new(images::FOREIGN, paas_client::registry::Digest::of("far"), 3);
                    foreign.urls = vec!["https://vendor.bank.test/far".to_owned()];
                    layers.push(foreign);
                }
                images::image_of(
                    registry,
                    &repository,
                    kind,
                    &layers,
                    &json!({ "annotations": {"n": number.to_string()} }),
                )
            })
            .collect();
        let whole = match children.as_slice() {
            [one] => one.clone(),
            many => images::index(
                registry,
                &repository,
                &many.iter().map(Manifest::descriptor).collect::<Vec<_>>(),
            ),
        };
        for signature in 0..image.signatures {
            let layers = [images::layer(registry, &repository, bytes(900 + signature as u64, 50))];
            let more = json!({ "subject": whole.descriptor() });
            images::image_of(registry, &repository, media_type::OCI_MANIFEST, &layers, &more);
        }
        let tag = format!("v{number}");
        images::tag(registry, &repository, &tag, &whole);
        format!("{repository}:{tag}")
    }

    /// About one request in so many fails, until so many have.
    pub(crate) fn faults(&self, salt: u64, one_in: u64, most: u32) -> Faults {
        let mut state = self.seed ^ salt.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let mut left = most;
        Faults::by(move |_, _| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let number = state >> 33;
            if left == 0 || !number.is_multiple_of(one_in) {
                return None;
            }
            left -= 1;
            let bytes = number / one_in % 100_000;
            Some(match number / one_in % 11 {
                0 => Fault::NoConnection,
                1 | 2 => Fault::LosesBody(bytes),
                3 => Fault::LosesAnswer,
                4 | 5 => Fault::CutsAnswer(bytes),
                6 => Fault::SpoilsAnswer,
                7 => Fault::Status(429, "TOOMANYREQUESTS"),
                8 => Fault::Status(404, "BLOB_UPLOAD_UNKNOWN"),
                9 => Fault::Status(503, ""),
                _ => Fault::Status(500, "UNKNOWN"),
            })
        })
    }
}

fn name(repository: usize) -> String {
    format!("team-{repository}/web")
}
