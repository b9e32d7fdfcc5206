//! A registry that does not answer is not asked for everything.

use super::ImageTrouble;
use paas_core::images::promotion::FailureKind;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Counts how often a registry did not answer in a row.
#[derive(Debug, Default)]
pub(super) struct Breaker(AtomicUsize);

impl Breaker {
    /// So many failures in a row, and a registry is asked no more until the next time.
    pub(super) const ENOUGH: usize = 3;

    /// It answered, whatever it said.
    pub(super) fn answered(&self) {
        if !self.is_open() {
            self.0.store(0, Ordering::SeqCst);
        }
    }

    /// It said why it did nothing; or it said nothing.
    pub(super) fn failed(&self, trouble: &ImageTrouble) {
        match trouble.kind {
            FailureKind::Unreachable | FailureKind::Unavailable => {
                self.0.fetch_add(1, Ordering::SeqCst);
            }
            _ => self.answered(),
        }
    }

    /// Whether it is to be asked no more.
    pub(super) fn is_open(&self) -> bool {
        self.0.load(Ordering::SeqCst) >= Self::ENOUGH
    }
}
