//! Who is told of what happens to images.

use paas_core::{
    actor::Actor,
    images::promotion::{Change, Image},
};

/// What is told of images.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum ImageNotice {
    /// Something happened to an image.
    Changed {
        /// The tenant whose it is.
        tenant: String,
        /// What happened.
        change: Change,
    },
    /// Somebody who may not have it copied asks those who may.
    SyncWanted {
        /// The tenant whose it is.
        tenant: String,
        /// The image.
        image: Box<Image>,
        /// Who asks.
        by: Actor,
        /// What is said with it: one line, of at most 500 characters.
        note: String,
    },
}

/// The longest note, in characters.
const LONGEST_NOTE: usize = 500;

impl ImageNotice {
    pub(super) fn sync_wanted(tenant: String, image: Image, by: &Actor, note: &str) -> Self {
        let note = note.chars().map(|c| if c.is_control() { ' ' } else { c }).take(LONGEST_NOTE).collect();
        Self::SyncWanted { tenant, image: Box::new(image), by: by.clone(), note }
    }
}

/// Is told of what happens to images: it may send a mail, or open a task where people decide.
///
/// It is told after it was written, by the process that wrote it, once at most: what must not be lost is in the journal and
/// in the audit. It must not block.
pub trait ImageHook: Send + Sync {
    /// Takes one notice.
    fn told(&self, notice: &ImageNotice);
}

impl<F: Fn(&ImageNotice) + Send + Sync> ImageHook for F {
    fn told(&self, notice: &ImageNotice) {
        self(notice);
    }
}
