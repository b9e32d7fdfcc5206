//! Registries and copiers that are chosen when the program runs.

use super::{CopyRequest, ImageCopier, ImageRegistry, ImageTrouble};
use crate::BoxFuture;
use paas_core::images::{Digest, ImageName, RepositoryName, Tag};
use std::sync::Arc;

impl<R: ImageRegistry + ?Sized> ImageRegistry for Arc<R> {
    fn digest<'a>(&'a self, image: &'a ImageName) -> BoxFuture<'a, Result<Option<Digest>, ImageTrouble>> {
        (**self).digest(image)
    }

    fn tags<'a>(&'a self, repository: &'a RepositoryName) -> BoxFuture<'a, Result<Vec<Tag>, ImageTrouble>> {
        (**self).tags(repository)
    }

    fn repositories<'a>(
        &'a self,
        namespace: &'a str,
    ) -> BoxFuture<'a, Result<Vec<RepositoryName>, ImageTrouble>> {
        (**self).repositories(namespace)
    }
}

impl<C: ImageCopier + ?Sized> ImageCopier for Arc<C> {
    fn copy<'a>(&'a self, request: CopyRequest) -> BoxFuture<'a, Result<(), ImageTrouble>> {
        (**self).copy(request)
    }
}
