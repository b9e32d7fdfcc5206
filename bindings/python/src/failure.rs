//! From failures to Python's exceptions, whose classes are written in Python.

use paas_ffi::ErrorEnvelope;
use pyo3::{prelude::*, sync::PyOnceLock};
use std::any::Any;

/// The exception for a failed call.
pub(crate) fn raised(py: Python<'_>, envelope: &ErrorEnvelope) -> PyErr {
    static MAKE: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    made(py, &MAKE, "from_envelope", &envelope.to_json())
}

/// The exception for a handle of another process.
pub(crate) fn forked(py: Python<'_>, kind: &str) -> PyErr {
    static MAKE: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    made(py, &MAKE, "forked", kind)
}

/// The exception for a fault of the library.
pub(crate) fn internal(py: Python<'_>, message: &str) -> PyErr {
    static MAKE: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    made(py, &MAKE, "internal", message)
}

/// The exception for a call that ended in a panic. What the panic says is on standard error already, and could be
/// anything.
pub(crate) fn panicked(py: Python<'_>, panic: &(dyn Any + Send)) -> PyErr {
    let reason = panic.downcast_ref::<&'static str>().copied().unwrap_or("see standard error");
    internal(py, &format!("the call broke off: {reason}"))
}

fn made(py: Python<'_>, make: &PyOnceLock<Py<PyAny>>, function: &str, argument: &str) -> PyErr {
    let exception = make.import(py, "paas_sdk._failures", function).and_then(|make| make.call1((argument,)));
    match exception {
        Ok(exception) => PyErr::from_value(exception),
        Err(error) => error,
    }
}
