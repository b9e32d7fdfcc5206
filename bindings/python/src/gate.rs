//! The gate through which threads go back to Python, and which is closed when Python ends.
//!
//! Until Python 3.14, a thread that asks for its turn while Python ends is ended in the midst of its work, and with Rust
//! on its stack that aborts the process. So each thread passes the gate before it asks, and is inside until it is done
//! with Python or back in Python's own code; and before Python ends, it closes the gate and waits for those inside.

use pyo3::prelude::*;
use std::{
    cell::Cell,
    sync::{
        Once,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    thread,
    time::Duration,
};

static INSIDE: AtomicUsize = AtomicUsize::new(0);
static IS_CLOSED: AtomicBool = AtomicBool::new(false);

thread_local! {
    /// The thread that ends Python still calls what is to be called at the end.
    static ENDS_PYTHON: Cell<bool> = const { Cell::new(false) };
}

/// Keeps the gate's closer waiting.
pub(crate) struct Inside(());

impl Drop for Inside {
    fn drop(&mut self) {
        INSIDE.fetch_sub(1, Ordering::SeqCst);
    }
}

/// Passes the gate, unless it is closed.
pub(crate) fn pass() -> Option<Inside> {
    INSIDE.fetch_add(1, Ordering::SeqCst);
    let inside = Inside(());
    (!IS_CLOSED.load(Ordering::SeqCst) || ENDS_PYTHON.get()).then_some(inside)
}

/// Passes the gate, or stays outside until the process is gone.
pub(crate) fn pass_or_stay() -> Inside {
    loop {
        match pass() {
            Some(inside) => return inside,
            None => thread::park(),
        }
    }
}

/// Has Python close the gate before it ends, and open it in a process that was forked.
pub(crate) fn set_up(module: &Bound<'_, PyModule>) -> PyResult<()> {
    let py = module.py();
    let close = wrap_pyfunction!(close, module)?;
    py.import("atexit")?.call_method1("register", (close,))?;
    let os = py.import("os")?;
    if os.hasattr("register_at_fork")? {
        let kwargs = [
            ("before", wrap_pyfunction!(warm_up, module)?),
            ("after_in_child", wrap_pyfunction!(open, module)?),
        ];
        os.call_method("register_at_fork", (), Some(&pyo3::types::IntoPyDict::into_py_dict(kwargs, py)?))?;
    }
    Ok(())
}

#[pyfunction]
fn close(py: Python<'_>) {
    ENDS_PYTHON.set(true);
    IS_CLOSED.store(true, Ordering::SeqCst);
    py.detach(|| {
        while INSIDE.load(Ordering::SeqCst) > 0 {
            thread::sleep(Duration::from_millis(1));
        }
    });
}

/// Before a process is forked: what the library makes at its first use is made, or else a thread that is in the midst of it
/// would leave it half made, and locked, to the process that is forked.
#[pyfunction]
fn warm_up(py: Python<'_>) {
    static ONCE: Once = Once::new();
    py.detach(|| {
        ONCE.call_once(|| {
            // What it tells does not matter.
            let _ = paas_ffi::Handle::library().call("translate", WARM_UP);
        });
    });
}

/// A template that makes the library look at all that it has built in.
const WARM_UP: &str = "{\"template\": \"{ \
    tosca_definitions_version: tosca_simple_yaml_1_3, topology_template: { \
    inputs: { size: { type: scalar-unit.size, default: 1 GB }, at: { type: timestamp, default: 2026-01-01 } }, \
    node_templates: { net: { type: paas.nodes.Network }, web: { type: paas.nodes.Service, \
    properties: { image: 'warm.up/web:1', memory: 1 GB }, requirements: [ { network: net } ] } }, \
    policies: [ { busy: { type: paas.policies.Scaling.Cpu, targets: [ web ], \
    properties: { upper: 0.7, lower: 0.3, min_instances: 1, max_instances: 2 } } } ] } }\"}";

/// Those who were inside stayed behind in the process that was forked.
#[pyfunction]
fn open() {
    INSIDE.store(0, Ordering::SeqCst);
    IS_CLOSED.store(false, Ordering::SeqCst);
}
