//! The native half of the Python package `paas_sdk`: one class for all handles of [`paas_ffi`], which calls its
//! functions by their names, a JSON text in, a Python value or an exception out.
//!
//! The Python half has the classes, functions and types that people use. It is made from the interface of [`paas_ffi`].

mod answer;
mod awaitable;
mod failure;
mod gate;
mod handle;
mod runtime;

/// The native half of `paas_sdk`.
#[pyo3::pymodule]
mod _native {
    #[pymodule_export]
    use crate::handle::{Handle, library};
    use pyo3::prelude::*;

    #[pymodule_init]
    fn set_up(module: &Bound<'_, PyModule>) -> PyResult<()> {
        crate::gate::set_up(module)
    }
}
