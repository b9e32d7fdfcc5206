//! From answers to Python's values.

use crate::{failure, handle::Handle};
use paas_ffi::Answer;
use pyo3::{
    IntoPyObjectExt,
    prelude::*,
    sync::PyOnceLock,
    types::{PyBytes, PyDict, PyList, PyString},
};

/// `None`, a text, a dictionary of texts, bytes, a document as Python reads JSON, a handle, or a list of handles.
pub(crate) fn to_python(py: Python<'_>, answer: Answer) -> PyResult<Bound<'_, PyAny>> {
    match answer {
        Answer::Nothing => Ok(py.None().into_bound(py)),
        Answer::Text(text) => Ok(PyString::new(py, &text).into_any()),
        Answer::Texts(texts) => {
            let dictionary = PyDict::new(py);
            for (name, text) in texts {
                dictionary.set_item(name, text)?;
            }
            Ok(dictionary.into_any())
        }
        Answer::Bytes(bytes) => Ok(PyBytes::new(py, &bytes).into_any()),
        Answer::Document(text) => read(py, &text),
        Answer::Handle(handle) => Handle::new(handle).into_bound_py_any(py),
        Answer::Handles(handles) => {
            let list = PyList::empty(py);
            for handle in handles {
                list.append(Handle::new(handle).into_bound_py_any(py)?)?;
            }
            Ok(list.into_any())
        }
        other => Err(failure::internal(py, &format!("an answer of an unknown shape: {other:?}"))),
    }
}

fn read<'py>(py: Python<'py>, text: &str) -> PyResult<Bound<'py, PyAny>> {
    static LOADS: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    LOADS.import(py, "json", "loads")?.call1((text,))
}
