//! Registries that are tables, for a portal's own tests: what the platform asks of a registry is not much.

use paas_sdk::{
    client::registry,
    core::images::{Digest, ImageName, InvalidName, RepositoryName, Tag, promotion::FailureKind},
    platform::{BoxFuture, CopyRequest, ImageCopier, ImageRegistry, ImageTrouble},
};
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// What is under which name.
#[derive(Debug, Clone, Default)]
pub(crate) struct Table(Arc<Mutex<BTreeMap<ImageName, Digest>>>);

impl Table {
    /// Puts something under a name.
    pub(crate) fn push(&self, image: &ImageName, content: &str) -> Result<(), InvalidName> {
        let digest = registry::Digest::of(content).to_string().parse()?;
        self.images().insert(image.clone(), digest);
        Ok(())
    }

    fn images(&self) -> MutexGuard<'_, BTreeMap<ImageName, Digest>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl ImageRegistry for Table {
    fn digest<'a>(&'a self, image: &'a ImageName) -> BoxFuture<'a, Result<Option<Digest>, ImageTrouble>> {
        Box::pin(async move { Ok(self.images().get(image).cloned()) })
    }

    fn tags<'a>(&'a self, repository: &'a RepositoryName) -> BoxFuture<'a, Result<Vec<Tag>, ImageTrouble>> {
        Box::pin(async move {
            let images = self.images();
            Ok(images
                .keys()
                .filter(|image| image.repository == *repository)
                .map(|image| image.tag.clone())
                .collect())
        })
    }

    fn repositories<'a>(
        &'a self,
        namespace: &'a str,
    ) -> BoxFuture<'a, Result<Vec<RepositoryName>, ImageTrouble>> {
        Box::pin(async move {
            let images = self.images();
            let of = images.keys().filter(|image| image.namespace() == Some(namespace));
            let mut found: Vec<_> = of.map(|image| image.repository.clone()).collect();
            found.dedup();
            Ok(found)
        })
    }
}

/// Copies from one table to the other: what was released, and over nothing that must stay.
#[derive(Debug, Clone)]
pub(crate) struct Hands {
    pub(crate) test: Table,
    pub(crate) production: Table,
}

impl ImageCopier for Hands {
    fn copy<'a>(&'a self, request: CopyRequest) -> BoxFuture<'a, Result<(), ImageTrouble>> {
        Box::pin(async move {
            if self.test.images().values().all(|digest| *digest != request.digest) {
                return Err(ImageTrouble::new(FailureKind::SourceMissing, "it is not in test any more"));
            }
            let mut there = self.production.images();
            let before = there.get(&request.image).filter(|there| **there != request.digest);
            if before.is_some_and(|before| !request.replaces.contains(before)) {
                return Err(ImageTrouble::new(FailureKind::TagConflict, "something else is there"));
            }
            there.insert(request.image, request.digest);
            Ok(())
        })
    }
}
