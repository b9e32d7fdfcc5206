//! What the tests share: a registry in the process, and images.

pub(crate) mod images;
pub(crate) mod random;
pub(crate) mod registry;

use paas_client::{RegistryClient, RetryPolicy, Seeded};
use paas_registry::{Copier, CopierBuilder, CopyLimits, CopyOrder, Place};
use registry::{Manners, Registry};
use std::time::Duration;

/// A policy that does not try again for long.
pub(crate) fn few_tries() -> RetryPolicy {
    RetryPolicy { attempts: 3, first_pause: Duration::from_millis(10), ..RetryPolicy::default() }
}

pub(crate) fn client(registry: &Registry) -> RegistryClient {
    client_with(registry, few_tries())
}

pub(crate) fn client_with(registry: &Registry, retry: RetryPolicy) -> RegistryClient {
    let builder = RegistryClient::builder().url(registry.url()).transport(registry.clone());
    builder.retry(retry).randomness(Seeded::new(1)).build().unwrap()
}

pub(crate) fn place(registry: &Registry, name: &str) -> Place {
    place_by(client(registry), name)
}

pub(crate) fn place_by(client: RegistryClient, name: &str) -> Place {
    let (repository, reference) = match name.split_once('@') {
        Some(parts) => parts,
        None => name.rsplit_once(':').unwrap(),
    };
    Place::new(client, repository.parse().unwrap(), reference.parse().unwrap())
}

/// From one to another, under the same name.
pub(crate) fn order(source: &Registry, destination: &Registry, name: &str) -> CopyOrder {
    CopyOrder::new(place(source, name), place(destination, name))
}

pub(crate) fn builder() -> CopierBuilder {
    Copier::builder().retry(few_tries()).randomness(Seeded::new(2))
}

pub(crate) fn copier() -> Copier {
    builder().build().unwrap()
}

/// A registry with images, and an empty one.
pub(crate) fn pair() -> (Registry, Registry) {
    (Registry::new("test.bank.test"), Registry::new("production.bank.test"))
}

/// An empty registry that behaves like this.
pub(crate) fn production(manners: Manners) -> Registry {
    Registry::with("production.bank.test", manners)
}

/// Small chunks, so that small blobs have many.
pub(crate) const CHUNK: u64 = 64 << 10;

pub(crate) fn small_chunks() -> CopyLimits {
    CopyLimits { chunk: CHUNK, ..CopyLimits::default() }
}
