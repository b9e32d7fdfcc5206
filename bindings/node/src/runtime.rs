//! The threads that calls wait on.

use napi::{Error, Result};
use std::sync::OnceLock;
use tokio::runtime::{Builder, Runtime};

/// The runtime of this process. It never ends: operations go on until the process does, whichever thread of JavaScript
/// began them, and it keeps no process from ending.
pub(crate) fn runtime() -> Result<&'static Runtime> {
    static RUNTIME: OnceLock<std::io::Result<Runtime>> = OnceLock::new();
    RUNTIME
        .get_or_init(|| Builder::new_multi_thread().enable_all().thread_name("paas-sdk").build())
        .as_ref()
        .map_err(|error| Error::from_reason(format!("no threads can be started: {error}")))
}
