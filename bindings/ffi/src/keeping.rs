//! Images kept on their way by this process.

use crate::{
    envelope::{ErrorEnvelope, Result},
    function::functions,
};
use paas_sdk::platform::{Images, ImagesSettings, SweepReport};
use serde::Deserialize;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::{
    broadcast::{self, error::RecvError},
    watch,
};

/// So many reports are kept for somebody who does not ask for them.
const KEPT_REPORTS: usize = 16;

/// What everything fails with after the platform was closed.
const CLOSED: &str = "store.closed";

/// Images are kept on their way by this process, until this is stopped, the platform is closed, or the process ends.
#[derive(Debug, Clone)]
pub struct KeepingImages {
    work: Arc<Work>,
    reports: Arc<tokio::sync::Mutex<broadcast::Receiver<Result<SweepReport>>>>,
    ended: watch::Receiver<()>,
}

/// Dropped, it ends.
#[derive(Debug)]
struct Work(Mutex<Option<paas_sdk::platform::KeepingImages>>);

impl Work {
    fn take(&self) -> Option<paas_sdk::platform::KeepingImages> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

/// What the next sweep found; waits for it. Nothing after the end. Fails with what keeps it from going on, which it tries
/// again by itself. Of more than 16 reports that nobody asked for, the oldest are forgotten.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct NextReportRequest {}

/// Ends it, and waits until what is being looked at has ended. Copies that are under way go on. Again: nothing happens.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct StopKeepingRequest {}

functions!(KeepingImages {
    waits "next_report" next_report(NextReportRequest) -> document (Option<SweepReport>);
    waits "stop" stop(StopKeepingRequest) -> nothing;
});

impl KeepingImages {
    /// Begins, in a tokio runtime.
    pub(crate) fn begin(images: &Images, settings: ImagesSettings) -> Self {
        let (tell, reports) = broadcast::channel(KEPT_REPORTS);
        let mut watched = tell.subscribe();
        let keeping = images.keep(settings, move |report| {
            let report: Result<SweepReport> = report.map_err(Box::<ErrorEnvelope>::from);
            drop(tell.send(report));
        });
        let work = Arc::new(Work(Mutex::new(Some(keeping))));
        let (over, ended) = watch::channel(());
        let held = Arc::clone(&work);
        // It holds the work until its end, so that nobody else need to.
        tokio::spawn(async move {
            loop {
                match watched.recv().await {
                    Ok(Err(error)) if error.code == CLOSED => drop(held.take()),
                    Ok(_) | Err(RecvError::Lagged(_)) => {}
                    Err(RecvError::Closed) => break,
                }
            }
            drop(over);
        });
        Self { work, reports: Arc::new(tokio::sync::Mutex::new(reports)), ended }
    }

    /// What [`NextReportRequest`] tells.
    ///
    /// # Errors
    ///
    /// What keeps it from going on.
    pub async fn next_report(&self, _: NextReportRequest) -> Result<Option<SweepReport>> {
        let mut reports = self.reports.lock().await;
        loop {
            match reports.recv().await {
                Ok(report) => return report.map(Some),
                Err(RecvError::Lagged(_)) => {}
                Err(RecvError::Closed) => return Ok(None),
            }
        }
    }

    /// What [`StopKeepingRequest`] tells.
    ///
    /// # Errors
    ///
    /// None but those of the request.
    pub async fn stop(&self, _: StopKeepingRequest) -> Result<()> {
        if let Some(keeping) = self.work.take() {
            keeping.stop().await;
        }
        // Somebody else may have stopped it a moment ago. It fails when the sender is gone, which is what is waited for.
        let _ = self.ended.clone().changed().await;
        Ok(())
    }
}
