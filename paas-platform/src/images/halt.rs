//! How what goes on for ever is told to end.

use std::future::pending;
use tokio::sync::watch;

/// Says when something is to end: when somebody says so, or nobody is left who could.
#[derive(Debug, Clone)]
pub(super) struct Halt(Option<watch::Receiver<bool>>);

impl Halt {
    /// Nobody ends it.
    pub(super) const fn never() -> Self {
        Self(None)
    }

    pub(super) const fn by(stopped: watch::Receiver<bool>) -> Self {
        Self(Some(stopped))
    }

    /// Whether it is to end.
    pub(super) fn is_on(&self) -> bool {
        self.0.as_ref().is_some_and(|stopped| *stopped.borrow() || stopped.has_changed().is_err())
    }

    /// Waits until it is to end.
    pub(super) async fn comes(&self) {
        match &self.0 {
            None => pending().await,
            // It fails when nobody is left who could say so.
            Some(stopped) => drop(stopped.clone().wait_for(|stop| *stop).await.map(drop)),
        }
    }
}
