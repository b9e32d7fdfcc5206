//! Images kept on their way, and in step between zones, by this process.

use crate::{
    envelope::{ErrorEnvelope, Result},
    function::functions,
};
use paas_sdk::platform::{Error, ImageZones, Images, ImagesSettings, SweepReport, ZoneScan, ZonesSettings};
use serde::Deserialize;
use std::{
    fmt,
    sync::{Arc, Mutex, PoisonError},
};
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
pub struct KeepingImages(Keeping<paas_sdk::platform::KeepingImages, SweepReport>);

/// Images are kept in step between zones by this process, until this is stopped, the platform is closed, or the process ends.
#[derive(Debug, Clone)]
pub struct KeepingZones(Keeping<paas_sdk::platform::KeepingZones, ZoneScan>);

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

/// What the next scan found; waits for it. Nothing after the end. Fails with what keeps it from going on, which it tries again
/// by itself. Of more than 16 reports that nobody asked for, the oldest are forgotten.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct NextScanRequest {}

/// Ends it, and waits until what is being looked at has ended. Copies that are under way go on. Again: nothing happens.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct StopKeepingZonesRequest {}

functions!(KeepingImages {
    waits "next_report" next_report(NextReportRequest) -> document (Option<SweepReport>);
    waits "stop" stop(StopKeepingRequest) -> nothing;
});

functions!(KeepingZones {
    waits "next_report" next_report(NextScanRequest) -> document (Option<ZoneScan>);
    waits "stop" stop(StopKeepingZonesRequest) -> nothing;
});

impl KeepingImages {
    /// Begins, in a tokio runtime.
    pub(crate) fn begin(images: &Images, settings: ImagesSettings) -> Self {
        Self(Keeping::begin(|tell| images.keep(settings, tell)))
    }

    /// What [`NextReportRequest`] tells.
    ///
    /// # Errors
    ///
    /// What keeps it from going on.
    pub async fn next_report(&self, _: NextReportRequest) -> Result<Option<SweepReport>> {
        self.0.next_report().await
    }

    /// What [`StopKeepingRequest`] tells.
    ///
    /// # Errors
    ///
    /// None but those of the request.
    pub async fn stop(&self, _: StopKeepingRequest) -> Result<()> {
        if let Some(keeping) = self.0.work.take() {
            keeping.stop().await;
        }
        self.0.ended().await
    }
}

impl KeepingZones {
    /// Begins, in a tokio runtime.
    pub(crate) fn begin(zones: &ImageZones, settings: ZonesSettings) -> Self {
        Self(Keeping::begin(|tell| zones.keep(settings, tell)))
    }

    /// What [`NextScanRequest`] tells.
    ///
    /// # Errors
    ///
    /// What keeps it from going on.
    pub async fn next_report(&self, _: NextScanRequest) -> Result<Option<ZoneScan>> {
        self.0.next_report().await
    }

    /// What [`StopKeepingZonesRequest`] tells.
    ///
    /// # Errors
    ///
    /// None but those of the request.
    pub async fn stop(&self, _: StopKeepingZonesRequest) -> Result<()> {
        if let Some(keeping) = self.0.work.take() {
            keeping.stop().await;
        }
        self.0.ended().await
    }
}

/// What is kept by `K`, with reports of kind `R` on it.
struct Keeping<K, R> {
    work: Arc<Work<K>>,
    reports: Arc<tokio::sync::Mutex<broadcast::Receiver<Result<R>>>>,
    ended: watch::Receiver<()>,
}

/// Dropped, it ends.
struct Work<K>(Mutex<Option<K>>);

impl<K> Work<K> {
    fn take(&self) -> Option<K> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

impl<K: Send + 'static, R: Clone + Send + 'static> Keeping<K, R> {
    /// Begins, in a tokio runtime. `keep` is given what reports are to be told to.
    fn begin(keep: impl FnOnce(Tell<R>) -> K) -> Self {
        let (tell, reports) = broadcast::channel(KEPT_REPORTS);
        let mut watched = tell.subscribe();
        let keeping = keep(Box::new(move |report: std::result::Result<R, Error>| {
            let report: Result<R> = report.map_err(Box::<ErrorEnvelope>::from);
            drop(tell.send(report));
        }));
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

    async fn next_report(&self) -> Result<Option<R>> {
        let mut reports = self.reports.lock().await;
        loop {
            match reports.recv().await {
                Ok(report) => return report.map(Some),
                Err(RecvError::Lagged(_)) => {}
                Err(RecvError::Closed) => return Ok(None),
            }
        }
    }

    /// Waits until it has ended: somebody else may have stopped it a moment ago.
    async fn ended(&self) -> Result<()> {
        // It fails when the sender is gone, which is what is waited for.
        let _ = self.ended.clone().changed().await;
        Ok(())
    }
}

/// Takes reports.
type Tell<R> = Box<dyn FnMut(std::result::Result<R, Error>) + Send>;

impl<K, R> Clone for Keeping<K, R> {
    fn clone(&self) -> Self {
        let (work, reports) = (Arc::clone(&self.work), Arc::clone(&self.reports));
        Self { work, reports, ended: self.ended.clone() }
    }
}

impl<K, R> fmt::Debug for Keeping<K, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Keeping").finish_non_exhaustive()
    }
}
