//! The Python that is made from the interface: types, exceptions, and the functions of both flavours.

mod errors;
mod forms;
mod functions;
mod hints;
mod package;
mod text;
mod types;

#[cfg(test)]
mod sample;

use super::{Generated, interface::Interface};
use crate::Result;
use functions::Flavour;

/// Where the package is.
const PACKAGE: &str = "bindings/python/python/paas_sdk";

/// All files of the Python package that are made from the interface.
///
/// # Errors
/// If a table here names what the interface does not have.
pub(crate) fn files(interface: &Interface) -> Result<Vec<Generated>> {
    forms::check(interface)?;
    let file = |name: &str, text: String| Generated::new(format!("{PACKAGE}/{name}"), text);
    Ok(vec![
        file("types.py", types::module(interface)),
        file("errors.py", errors::module(interface)),
        file("_sync.py", functions::module(interface, Flavour::Plain)),
        file("aio.py", functions::module(interface, Flavour::Asyncio)),
        file("__init__.py", package::module(interface)),
    ])
}

/// The first lines of a module.
fn head(about: &str) -> String {
    format!("\"\"\"{about}\n\nMade by `cargo xtask generate` from the interface of the library.\n\"\"\"\n\n")
}
