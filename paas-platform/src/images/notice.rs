//! Who is told of what happens to images; and names that registries have told of.

use paas_core::images::{ImageName, promotion::Change};
use std::{
    collections::BTreeSet,
    sync::{Mutex, PoisonError},
};

/// What is told of images.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum ImageNotice {
    /// Something happened to an image; or somebody who may not release it, or have it copied, asks those who may.
    Changed {
        /// The tenant whose it is.
        tenant: String,
        /// What happened.
        change: Change,
    },
}

/// Is told of what happens to images: it may send a mail, or open a task where people decide.
///
/// It is told after it was written, by the process that wrote it, once at most: what must not be lost is in the journal and
/// in the audit. What is to be done has begun by then. It must not block.
pub trait ImageHook: Send + Sync {
    /// Takes one notice.
    fn told(&self, notice: &ImageNotice);
}

/// Tells it. If it panics, that is its own affair: the image goes on.
pub(super) fn tell(hook: &dyn ImageHook, notice: &ImageNotice) {
    let told = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| hook.told(notice)));
    if told.is_err() {
        tracing::error!("the hook for images panicked");
    }
}

impl<F: Fn(&ImageNotice) + Send + Sync> ImageHook for F {
    fn told(&self, notice: &ImageNotice) {
        self(notice);
    }
}

/// Names of images that are to be looked at, each once however often it was told. Kept in memory: what a process forgets
/// when it ends, the next sweep finds.
#[derive(Debug, Default)]
pub(crate) struct Notices(Mutex<Told>);

#[derive(Debug, Default)]
struct Told {
    names: BTreeSet<ImageName>,
    /// Whether there were more than are kept.
    too_many: bool,
}

/// So many names are kept: those of a registry that was filled anew. More than that is a sweep.
const MOST: usize = 50_000;

impl Notices {
    pub(super) fn add(&self, name: ImageName) {
        let mut told = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if told.names.len() < MOST {
            told.names.insert(name);
        } else if !told.names.contains(&name) {
            told.too_many = true;
        }
    }

    /// All of them, which are forgotten; and whether there were more.
    pub(super) fn take(&self) -> (BTreeSet<ImageName>, bool) {
        let mut told = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let told = std::mem::take(&mut *told);
        (told.names, told.too_many)
    }
}
