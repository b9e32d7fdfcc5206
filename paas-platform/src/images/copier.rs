//! Copies by the registries' own API.

use super::{CopyProgress, CopyRequest, ImageCopier, ImageTrouble};
use crate::{
    BoxFuture,
    error::{Error, ErrorKind, Result},
};
use paas_client::{
    RegistryClient,
    registry::{Digest, Reference, RepositoryName, Tag},
};
use paas_core::images::promotion::FailureKind;
use paas_registry::{Copier, CopyError, CopyErrorKind, CopyOrder, Overwrite, Place};
use std::pin::pin;

/// Copies images from one registry to another by their own API: what is missing, and nothing twice.
///
/// ```
/// use paas_client::RegistryClient;
/// use paas_platform::RegistryCopier;
///
/// let client = |url: &str| RegistryClient::builder().url(url).build();
/// let copier = RegistryCopier::new(client("https://test.bank.test")?, client("https://images.bank.test")?)?;
/// # drop(copier);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct RegistryCopier {
    copier: Copier,
    test: RegistryClient,
    production: RegistryClient,
}

impl RegistryCopier {
    /// From the first registry to the second. The login to the second may push there, and nobody else's may.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Configuration`] if no copier can be made.
    pub fn new(test: RegistryClient, production: RegistryClient) -> Result<Self> {
        let copier = Copier::builder().build();
        let copier = copier.map_err(|error| Error::new(ErrorKind::Configuration, error.to_string()))?;
        Ok(Self::with(copier, test, production))
    }

    /// The same, by a copier with limits of one's own, which other copies may share.
    #[must_use]
    pub const fn with(copier: Copier, test: RegistryClient, production: RegistryClient) -> Self {
        Self { copier, test, production }
    }

    fn order(&self, request: &CopyRequest) -> Result<CopyOrder, ImageTrouble> {
        let repository: RepositoryName = request.image.repository.as_str().parse()?;
        let tag: Tag = request.image.tag.as_str().parse()?;
        let digest: Digest = request.digest.as_str().parse()?;
        let replaces: Result<Vec<Digest>, _> =
            request.replaces.iter().map(|digest| digest.as_str().parse()).collect();
        // By its digest: the tag in test may be that of something else by now.
        let source = Place::new(self.test.clone(), repository.clone(), Reference::from(digest.clone()));
        let destination = Place::new(self.production.clone(), repository, Reference::from(tag));
        Ok(CopyOrder::new(source, destination).expecting(digest).overwrite(Overwrite::ours(replaces?)))
    }
}

impl ImageCopier for RegistryCopier {
    fn copy<'a>(&'a self, request: CopyRequest) -> BoxFuture<'a, Result<(), ImageTrouble>> {
        Box::pin(async move {
            let copying = self.copier.copy(self.order(&request)?);
            let mut watch = copying.watch();
            let tell = |progress: paas_registry::Progress| {
                request.progress.tell(CopyProgress::new(
                    (progress.blobs_done, progress.blobs),
                    (progress.bytes_done, progress.bytes),
                    progress.bytes_sent,
                ));
                if progress.is_held_up() {
                    request.progress.tell_held_up();
                }
            };
            tell(watch.now());
            let mut copying = pin!(copying);
            loop {
                tokio::select! {
                    ended = &mut copying => {
                        tell(watch.now());
                        return ended.map(drop).map_err(|error| trouble(&error));
                    }
                    Some(progress) = watch.changed() => tell(progress),
                }
            }
        })
    }
}

fn trouble(error: &CopyError) -> ImageTrouble {
    let kind = match error.kind() {
        CopyErrorKind::Unreachable => FailureKind::Unreachable,
        CopyErrorKind::Unavailable => FailureKind::Unavailable,
        CopyErrorKind::StorageFull => FailureKind::StorageFull,
        CopyErrorKind::ContentDamaged => FailureKind::ContentDamaged,
        CopyErrorKind::Cancelled => FailureKind::Interrupted,
        CopyErrorKind::NamespaceMissing => FailureKind::NamespaceMissing,
        CopyErrorKind::SourceMissing | CopyErrorKind::SourceChanged | CopyErrorKind::SourceBroken => {
            FailureKind::SourceMissing
        }
        CopyErrorKind::Denied => FailureKind::Denied,
        CopyErrorKind::QuotaExceeded => FailureKind::QuotaExceeded,
        CopyErrorKind::TagImmutable => FailureKind::TagImmutable,
        CopyErrorKind::TagConflict => FailureKind::TagConflict,
        CopyErrorKind::NotEqual => FailureKind::NotEqual,
        CopyErrorKind::Refused => FailureKind::Refused,
        _ => FailureKind::Unexpected,
    };
    ImageTrouble::new(kind, error.to_string())
}

#[cfg(test)]
mod tests {
    use super::RegistryCopier;
    use crate::images::{CopyRequest, ImageCopier, Progress};
    use paas_client::{
        BoxFuture, RegistryClient,
        transport::{Request, Response, Transport, TransportError},
    };
    use paas_core::images::promotion::CopyId;
    use paas_registry::{Copier, CopyLimits};
    use std::{collections::BTreeSet, time::Duration};

    /// Never answers.
    #[derive(Debug)]
    struct Silent;

    impl Transport for Silent {
        fn send(&self, _: Request) -> BoxFuture<'_, Result<Response, TransportError>> {
            Box::pin(std::future::pending())
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_copy_behind_the_limit_of_the_copier_says_that_it_waits() {
        let client = |url: &str| RegistryClient::builder().url(url).transport(Silent).build().unwrap();
        let limits = CopyLimits { images: 1, ..CopyLimits::default() };
        let engine = Copier::builder().limits(limits).build().unwrap();
        let (test, production) = (client("https://test.bank.test"), client("https://images.bank.test"));
        let copier = RegistryCopier::with(engine, test, production);
        let begin = |number: u64| {
            let digest = format!("sha256:{}", "01".repeat(32)).parse().unwrap();
            let image = format!("retail-shop/web:{number}").parse().unwrap();
            let (request, heard) =
                CopyRequest::new(CopyId::drawn([number, 1]), image, digest, BTreeSet::new());
            let (progress, copier): (Progress, _) = (request.progress.clone(), copier.clone());
            (tokio::spawn(async move { copier.copy(request).await }), progress, heard)
        };
        let ((first, at_work, _), (second, waits, _)) = (begin(1), begin(2));
        tokio::time::sleep(Duration::from_secs(1)).await;
        assert!(!at_work.is_held_up() && waits.is_held_up());
        first.abort();
        tokio::time::sleep(Duration::from_secs(1)).await;
        assert!(!waits.is_held_up());
        second.abort();
    }
}
