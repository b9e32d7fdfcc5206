//! From Rust's futures to those of `asyncio`.

use crate::{answer, failure, gate};
use paas_ffi::{Answer, BoxFuture, Result};
use pyo3::{prelude::*, sync::PyOnceLock};
use tokio::{
    runtime::Runtime,
    task::{AbortHandle, JoinError},
};

/// Begins a call, and gives a future of the running event loop for its outcome.
pub(crate) fn begin<'py>(
    py: Python<'py>,
    runtime: &'static Runtime,
    call: BoxFuture<Result<Answer>>,
) -> PyResult<Bound<'py, PyAny>> {
    static RUNNING_LOOP: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    let event_loop = RUNNING_LOOP.import(py, "asyncio", "get_running_loop")?.call0()?;
    let future = event_loop.call_method0("create_future")?;
    let call = runtime.spawn(call);
    future.call_method1("add_done_callback", (GiveUp(call.abort_handle()),))?;
    let (event_loop, awaited) = (event_loop.unbind(), future.clone().unbind());
    runtime.spawn(async move {
        let outcome = call.await;
        // On a thread that may wait for its turn in Python, so that other calls go on.
        tokio::task::spawn_blocking(move || {
            // When Python ends, nobody waits for the outcome any more.
            if let Some(_inside) = gate::pass() {
                Python::try_attach(|py| settle(py, event_loop.bind(py), awaited.bind(py), outcome));
            }
        });
    });
    Ok(future)
}

/// Begins a call, and gives a future of no event loop for its outcome (`concurrent.futures.Future`). The call goes on
/// whoever gives up waiting for it, so that its outcome is not lost.
pub(crate) fn submit<'py>(
    py: Python<'py>,
    runtime: &'static Runtime,
    call: BoxFuture<Result<Answer>>,
) -> PyResult<Bound<'py, PyAny>> {
    static FUTURE: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    let future = FUTURE.import(py, "concurrent.futures", "Future")?.call0()?;
    // It is under way: nobody can cancel it any more.
    future.call_method0("set_running_or_notify_cancel")?;
    let submitted = future.clone().unbind();
    let call = runtime.spawn(call);
    runtime.spawn(async move {
        let outcome = call.await;
        tokio::task::spawn_blocking(move || {
            if let Some(_inside) = gate::pass() {
                Python::try_attach(|py| {
                    let future = submitted.bind(py);
                    let told = match to_python(py, outcome) {
                        Some(Ok(answer)) => future.call_method1("set_result", (answer,)),
                        Some(Err(error)) => future.call_method1("set_exception", (error.into_value(py),)),
                        None => return,
                    };
                    drop(told);
                });
            }
        });
    });
    Ok(future)
}

/// What Python gets of an outcome; `None` if the call was given up.
fn to_python(
    py: Python<'_>,
    outcome: std::result::Result<Result<Answer>, JoinError>,
) -> Option<PyResult<Bound<'_, PyAny>>> {
    Some(match outcome {
        Ok(Ok(answer)) => answer::to_python(py, answer),
        Ok(Err(envelope)) => Err(failure::raised(py, &envelope)),
        Err(error) if error.is_cancelled() => return None,
        Err(error) => Err(failure::panicked(py, &*error.into_panic())),
    })
}

/// Gives a call up when its future is cancelled. If it has ended, nothing happens.
#[pyclass(frozen)]
struct GiveUp(AbortHandle);

#[pymethods]
impl GiveUp {
    fn __call__(&self, _future: &Bound<'_, PyAny>) {
        self.0.abort();
    }
}

/// Tells the outcome to the event loop, on whose thread it becomes the future's.
fn settle(
    py: Python<'_>,
    event_loop: &Bound<'_, PyAny>,
    future: &Bound<'_, PyAny>,
    outcome: std::result::Result<Result<Answer>, JoinError>,
) {
    let Some(outcome) = to_python(py, outcome) else { return };
    let (answer, error) = match outcome {
        Ok(answer) => (Some(answer), None),
        Err(error) => (None, Some(error.into_value(py))),
    };
    static SETTLE: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    let told = SETTLE
        .import(py, "paas_sdk._failures", "settle")
        .and_then(|settle| event_loop.call_method1("call_soon_threadsafe", (settle, future, answer, error)));
    // If the event loop is closed, nobody waits for the outcome any more.
    drop(told);
}
