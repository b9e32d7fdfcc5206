//! What promotion needs of registries.

use crate::{
    BoxFuture,
    error::{Error, ErrorKind, Result},
    platform::Inner,
};
use paas_core::images::{
    Digest, ImageName, RepositoryName, Tag,
    promotion::{CopyId, FailureClass, FailureKind},
};
use std::{
    collections::BTreeSet,
    fmt,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};
use tokio::sync::watch;

/// What a registry holds. [`RegistryClient`](paas_client::RegistryClient) is one.
pub trait ImageRegistry: fmt::Debug + Send + Sync {
    /// What is under a name; nothing if there is nothing.
    fn digest<'a>(&'a self, image: &'a ImageName) -> BoxFuture<'a, Result<Option<Digest>, ImageTrouble>>;

    /// The tags of a repository; none if there is no such repository.
    fn tags<'a>(&'a self, repository: &'a RepositoryName) -> BoxFuture<'a, Result<Vec<Tag>, ImageTrouble>>;

    /// The repositories of an image namespace.
    fn repositories<'a>(
        &'a self,
        namespace: &'a str,
    ) -> BoxFuture<'a, Result<Vec<RepositoryName>, ImageTrouble>>;

    /// All repositories, of a registry that can list them only all at once: a sweep asks for them once. Nothing, of one
    /// that lists them by namespace, as all do that say nothing of it here.
    fn catalogue(&self) -> BoxFuture<'_, Result<Option<Vec<RepositoryName>>, ImageTrouble>> {
        Box::pin(async { Ok(None) })
    }
}

/// Copies images from the test registry to production.
pub trait ImageCopier: fmt::Debug + Send + Sync {
    /// Copies one image, and ends when production has it. Dropped: what has arrived stays, and nothing is visible that is
    /// not whole.
    fn copy<'a>(&'a self, request: CopyRequest) -> BoxFuture<'a, Result<(), ImageTrouble>>;

    /// For how long a copy may tell of no [progress](CopyRequest::progress) before it counts as one that hangs, and is
    /// ended: it is in the way of others. A quarter of an hour, unless a copier says something else, since it hears of
    /// progress more seldom. While it [waits for others](Progress::tell_held_up), that does not count.
    fn patience(&self) -> Duration {
        Duration::from_secs(900)
    }
}

/// What is to be copied.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct CopyRequest {
    /// Which copy it is.
    pub copy: CopyId,
    /// What it is called, on both sides.
    pub image: ImageName,
    /// What is copied, whatever the name means in test by now.
    pub digest: Digest,
    /// What production may hold under the name, besides nothing and the digest. Anything else is
    /// [`FailureKind::TagConflict`].
    pub replaces: BTreeSet<Digest>,
    /// Where to tell how far it is.
    pub progress: Progress,
}

impl CopyRequest {
    pub(crate) fn new(
        copy: CopyId,
        image: ImageName,
        digest: Digest,
        replaces: BTreeSet<Digest>,
    ) -> (Self, watch::Receiver<super::CopyProgress>) {
        let (told, heard) = watch::channel(super::CopyProgress::default());
        let progress = Progress { told: Arc::new(Mutex::new(told)), is_held_up: Arc::default() };
        (Self { copy, image, digest, replaces, progress }, heard)
    }
}

/// Where a copier tells how far it is.
#[derive(Clone)]
pub struct Progress {
    told: Arc<Mutex<watch::Sender<super::CopyProgress>>>,
    is_held_up: Arc<AtomicBool>,
}

impl Progress {
    /// Tells it. It costs little, so it can be told with each piece.
    pub fn tell(&self, progress: super::CopyProgress) {
        self.is_held_up.store(false, Ordering::SeqCst);
        let told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        told.send_if_modified(|last| {
            let is_new = *last != progress;
            *last = progress;
            is_new
        });
    }

    /// Tells that the copy waits for others of the same copier, until something is [told](Self::tell) again: that it gets
    /// no further is no sign that it [hangs](ImageCopier::patience).
    pub fn tell_held_up(&self) {
        self.is_held_up.store(true, Ordering::SeqCst);
    }

    /// Whether it waits for others.
    pub(super) fn is_held_up(&self) -> bool {
        self.is_held_up.load(Ordering::SeqCst)
    }

    /// Where it is heard.
    pub(super) fn heard(&self) -> watch::Receiver<super::CopyProgress> {
        self.told.lock().unwrap_or_else(PoisonError::into_inner).subscribe()
    }
}

impl fmt::Debug for Progress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Progress")
    }
}

/// Why a registry did not do what it was asked for.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct ImageTrouble {
    /// What went wrong, as a word; what follows from it is said by its class.
    pub kind: FailureKind,
    /// What went wrong, in a sentence without secrets.
    pub message: String,
    /// What the client said, with status and endpoint, if it was one of ours that asked.
    client: Option<paas_client::Error>,
}

impl ImageTrouble {
    /// A failure with a message, which must hold no secret.
    #[must_use]
    pub fn new(kind: FailureKind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into(), client: None }
    }

    /// The same, as a client said it.
    pub(super) fn of_client(kind: FailureKind, error: paas_client::Error) -> Self {
        Self { kind, message: error.to_string(), client: Some(error) }
    }
}

impl fmt::Display for ImageTrouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for ImageTrouble {}

impl From<ImageTrouble> for Error {
    fn from(trouble: ImageTrouble) -> Self {
        let may_pass = trouble.kind.class() == FailureClass::Transient;
        let error = Self::new(ErrorKind::Registry, trouble.message).that_may_pass(may_pass);
        trouble.client.into_iter().fold(error, Self::with_client)
    }
}

/// The registries of a platform.
#[derive(Debug, Clone)]
pub(crate) struct Registries {
    pub(crate) test: Arc<dyn ImageRegistry>,
    pub(crate) production: Arc<dyn ImageRegistry>,
    pub(crate) copier: Arc<dyn ImageCopier>,
}

impl Inner {
    pub(super) fn registries(&self) -> Result<&Registries> {
        self.registries.as_ref().ok_or_else(|| {
            let message = "the platform was built without the registries of test and production";
            Error::new(ErrorKind::Configuration, message)
        })
    }
}
