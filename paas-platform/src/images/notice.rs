//! Who is told of what happens to images.

use crate::mall::PublicationStatus;
use paas_core::images::promotion::Change;

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
    /// Somebody asks for an image to be shown to all, or something was said about that.
    Publication(PublicationStatus),
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
pub(crate) fn tell(hook: &dyn ImageHook, notice: &ImageNotice) {
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
