//! The threads on which calls wait.

use crate::failure;
use pyo3::prelude::*;
use std::{
    process,
    sync::{Mutex, PoisonError},
    thread,
};
use tokio::runtime::{Builder, Runtime};

/// More threads would have nothing to do: what computes for long has threads of its own.
const MOST_THREADS: usize = 4;

/// The runtime, and the process whose threads it has. It is locked by who is attached to Python only, and Python lets
/// nobody else fork meanwhile; so a forked process never finds it locked by a thread that stayed behind.
static RUNTIME: Mutex<Option<(u32, &'static Runtime)>> = Mutex::new(None);

/// The runtime of this process; made when it is first needed, and again after a fork.
pub(crate) fn of_this_process(py: Python<'_>) -> PyResult<&'static Runtime> {
    let here = process::id();
    let mut slot = RUNTIME.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((process, runtime)) = *slot
        && process == here
    {
        return Ok(runtime);
    }
    let threads = thread::available_parallelism().map_or(1, usize::from).min(MOST_THREADS);
    let runtime =
        Builder::new_multi_thread().worker_threads(threads).thread_name("paas-sdk").enable_all().build();
    // It is never dropped: that would wait for its threads, and after a fork there are none.
    let runtime = &*Box::leak(Box::new(runtime.map_err(|error| {
        let message = format!("no threads can be made to wait on: {error}");
        failure::internal(py, &message)
    })?));
    *slot = Some((here, runtime));
    Ok(runtime)
}
