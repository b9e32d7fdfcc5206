//! The class of all handles.

use crate::{answer, awaitable, failure, gate, runtime};
use pyo3::{
    exceptions::{PyTimeoutError, PyValueError},
    prelude::*,
};
use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    process,
    time::{Duration, Instant},
};

/// So long a call that waits does not look whether somebody pressed Ctrl-C.
const TICK: Duration = Duration::from_millis(50);

/// Kinds of handles that hold nothing but data, so that a forked process can use those of its parent.
const ONLY_DATA: [&str; 3] = ["Library", "Release", "Timeline"];

/// The first handle, whose functions need no other.
#[pyfunction]
pub(crate) const fn library() -> Handle {
    Handle { inner: Some(paas_ffi::Handle::library()), process: None }
}

/// What stays between calls. `paas_sdk` has a class for each kind, which calls the functions of this one.
#[pyclass(frozen, module = "paas_sdk._native")]
pub(crate) struct Handle {
    /// There until it is dropped.
    inner: Option<paas_ffi::Handle>,
    /// The process that it belongs to, if it is more than data.
    process: Option<u32>,
}

#[pymethods]
impl Handle {
    /// What kind of handle it is, such as `Release`.
    #[getter]
    fn kind(&self) -> &'static str {
        self.inner.as_ref().map_or("", paas_ffi::Handle::kind)
    }

    /// Calls a function that waits for nobody, while other threads of Python go on.
    #[pyo3(signature = (function, request, /))]
    fn call<'py>(&self, py: Python<'py>, function: &str, request: &str) -> PyResult<Bound<'py, PyAny>> {
        let handle = self.usable(py)?;
        let (outcome, _inside) = py.detach(|| {
            let outcome = catch_unwind(AssertUnwindSafe(|| handle.call(function, request)));
            (outcome, gate::pass_or_stay())
        });
        let outcome = outcome.map_err(|panic| failure::panicked(py, &*panic))?;
        answer::to_python(py, outcome.map_err(|envelope| failure::raised(py, &envelope))?)
    }

    /// Calls any function and waits for its end, while other threads of Python go on. Ctrl-C gives the call up, and so
    /// does the end of so many seconds, with a `TimeoutError`.
    #[pyo3(signature = (function, request, /, timeout=None))]
    fn wait<'py>(
        &self,
        py: Python<'py>,
        function: &str,
        request: &str,
        timeout: Option<f64>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let end = timeout.map(|seconds| end_of(seconds, function)).transpose()?;
        let handle = self.usable(py)?;
        let runtime = runtime::of_this_process(py)?;
        let mut call = handle.start(function, request.to_owned());
        // What the call holds may need the runtime when it is given up.
        let _entered = runtime.enter();
        loop {
            let tick = end.map_or(TICK, |end| TICK.min(end.saturating_duration_since(Instant::now())));
            let for_a_tick = AssertUnwindSafe(|| {
                runtime.block_on(async { tokio::time::timeout(tick, call.as_mut()).await })
            });
            let (outcome, _inside) = py.detach(|| (catch_unwind(for_a_tick), gate::pass_or_stay()));
            match outcome {
                Ok(Ok(Ok(answer))) => return answer::to_python(py, answer),
                Ok(Ok(Err(envelope))) => return Err(failure::raised(py, &envelope)),
                Ok(Err(_elapsed)) => {
                    py.check_signals()?;
                    if end.is_some_and(|end| Instant::now() >= end) {
                        return Err(PyTimeoutError::new_err(format!("`{function}` did not end in time")));
                    }
                }
                Err(panic) => return Err(failure::panicked(py, &*panic)),
            }
        }
    }

    /// Begins to call any function and gives a future of no event loop. The call goes on whoever stops waiting for it.
    #[pyo3(signature = (function, request, /))]
    fn submit<'py>(&self, py: Python<'py>, function: &str, request: &str) -> PyResult<Bound<'py, PyAny>> {
        let handle = self.usable(py)?;
        let runtime = runtime::of_this_process(py)?;
        awaitable::submit(py, runtime, handle.start(function, request.to_owned()))
    }

    /// Begins to call any function and gives a future of the running event loop. Cancelled: the call is given up.
    #[pyo3(signature = (function, request, /))]
    fn start<'py>(&self, py: Python<'py>, function: &str, request: &str) -> PyResult<Bound<'py, PyAny>> {
        let handle = self.usable(py)?;
        let runtime = runtime::of_this_process(py)?;
        awaitable::begin(py, runtime, handle.start(function, request.to_owned()))
    }
}

/// When so many seconds are over.
fn end_of(seconds: f64, function: &str) -> PyResult<Instant> {
    // Half of what fits: the time of day is added to it.
    let longest = Duration::from_secs(u64::MAX >> 32);
    let wrong =
        || PyValueError::new_err(format!("the timeout of `{function}` is no number of seconds from 0 on"));
    let seconds = if seconds >= longest.as_secs_f64() { longest.as_secs_f64() } else { seconds };
    let timeout = Duration::try_from_secs_f64(seconds).map_err(|_| wrong())?;
    Instant::now().checked_add(timeout).ok_or_else(wrong)
}

impl Handle {
    pub(crate) fn new(inner: paas_ffi::Handle) -> Self {
        let process = (!ONLY_DATA.contains(&inner.kind())).then(process::id);
        Self { inner: Some(inner), process }
    }

    /// The handle, unless its threads and connections stayed behind in another process.
    fn usable(&self, py: Python<'_>) -> PyResult<&paas_ffi::Handle> {
        match &self.inner {
            Some(handle) if self.is_at_home() => Ok(handle),
            _ => Err(failure::forked(py, self.kind())),
        }
    }

    fn is_at_home(&self) -> bool {
        self.process.is_none_or(|process| process == process::id())
    }
}

impl Drop for Handle {
    fn drop(&mut self) {
        if self.is_at_home() {
            return;
        }
        // Its threads stayed behind in the process that was forked: to close it here would wait for them for ever.
        std::mem::forget(self.inner.take());
    }
}
