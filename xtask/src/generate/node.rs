//! What the npm package is generated from the interface: the types of documents, the functions, their declarations.
//!
//! Functions that the package offers in a way of its own, such as iterators and getters, are not generated: they are
//! written by hand in `bindings/node/lib/bases.cjs`, and [`BY_HAND`] names them.

mod declarations;
mod functions;
mod module;
mod text;
mod types;

use super::{
    Generated,
    interface::{Function, Handle, Interface, Work},
};

/// The functions that are written by hand: handle and name.
const BY_HAND: [(&str, &str); 16] = [
    ("Events", "next"),
    ("ImageCopy", "id"),
    ("ImageCopy", "image"),
    ("Operation", "events"),
    ("Operation", "id"),
    ("Operation", "wait"),
    ("Platform", "actor"),
    ("Release", "diagnostics"),
    ("Release", "files"),
    ("Sandbox", "stop"),
    ("Timeline", "compare"),
    ("Timeline", "decisions"),
    ("ZoneCopy", "destination"),
    ("ZoneCopy", "image"),
    ("ZoneCopy", "source"),
    ("Timeline", "summary"),
];

/// The handle whose functions are those of the module.
const LIBRARY: &str = "Library";

const HEADER: &str =
    "// Written by `cargo xtask generate` from schema/interface.json: change the library, not this file.\n";

/// The generated files of the package.
pub(super) fn files(interface: &Interface) -> Vec<Generated> {
    let file = |name: &str, text: String| Generated::new(format!("bindings/node/{name}"), text);
    vec![
        file("lib/types.d.cts", types::types(interface)),
        file("lib/generated.cjs", functions::functions(interface)),
        file("lib/generated.d.cts", declarations::declarations(interface)),
        file("index.mjs", module::module(interface)),
    ]
}

/// The functions of a handle that are generated.
fn generated(handle: &Handle) -> impl Iterator<Item = &Function> {
    handle
        .functions
        .iter()
        .filter(|function| !BY_HAND.contains(&(handle.name.as_str(), function.name.as_str())))
}

/// The names of a handle's groups, in the order in which they come.
fn groups(handle: &Handle) -> Vec<&str> {
    let mut groups = Vec::new();
    for group in generated(handle).filter_map(Function::group) {
        if !groups.contains(&group) {
            groups.push(group);
        }
    }
    groups
}

/// How a function is called: under which names, and whether it is answered at once.
fn variants(function: &Function) -> Vec<Variant> {
    match function.work {
        Work::Instant => vec![Variant { suffix: "", is_promise: false }],
        Work::Waits => vec![Variant { suffix: "", is_promise: true }],
        Work::Computes => {
            vec![Variant { suffix: "", is_promise: true }, Variant { suffix: "Sync", is_promise: false }]
        }
    }
}

struct Variant {
    suffix: &'static str,
    is_promise: bool,
}

/// The other handles, which are classes; `Events` has no function that is generated, and is no class of the generated code.
fn classes(interface: &Interface) -> impl Iterator<Item = &Handle> {
    interface.handles.iter().filter(|handle| handle.name != LIBRARY && generated(handle).next().is_some())
}

/// The functions of the module.
fn library(interface: &Interface) -> impl Iterator<Item = &Function> {
    interface.handles.iter().filter(|handle| handle.name == LIBRARY).flat_map(generated)
}

#[cfg(test)]
mod tests;
