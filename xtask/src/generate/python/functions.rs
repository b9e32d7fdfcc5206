//! The functions and the classes of handles, in both flavours: calls that return when they are done, and coroutines.

mod call;
mod class;

use super::{forms::WITH_EXTRAS, head, hints::Hints};
use crate::generate::interface::{Handle, Interface};
use std::{collections::BTreeSet, fmt::Write as _};

/// Who waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Flavour {
    /// The thread that calls.
    Plain,
    /// The coroutine that calls.
    Asyncio,
}

const ABOUT_ASYNCIO: &str = r#"The same as `paas_sdk`, for `asyncio`: what computes or waits is a coroutine.

    from paas_sdk import aio

    async def deploy(template: str) -> None:
        platform = await aio.connect("anna@bank.test", "paas.db", rancher={})
        operation = await platform.applications.deploy("meridian", template)
        async for event in await operation.events():
            print(event["percent"], event["message"])
        await operation.wait()

A cancelled call is given up, and nothing else breaks: an operation goes on, and no event is lost."#;

/// What the writing of a function needs to know of everything else.
struct Context<'a> {
    interface: &'a Interface,
    hints: Hints<'a>,
    flavour: Flavour,
}

/// The module of a flavour.
pub(super) fn module(interface: &Interface, flavour: Flavour) -> String {
    let context = Context { interface, hints: Hints::new(interface), flavour };
    let (library, handles): (Vec<&Handle>, Vec<&Handle>) =
        interface.handles.iter().partition(|handle| handle.name == "Library");
    let mut body = String::new();
    for function in library.iter().flat_map(|handle| &handle.functions) {
        _ = write!(body, "\n\n{}", call::function(&context, function));
    }
    for handle in &handles {
        for group in class::groups(handle) {
            _ = write!(body, "\n\n{}", class::of_group(&context, handle, group));
        }
        _ = write!(body, "\n\n{}", class::of_handle(&context, handle));
    }
    let mut module = head(match flavour {
        Flavour::Plain => "The functions and classes whose calls return when they are done.",
        Flavour::Asyncio => ABOUT_ASYNCIO,
    });
    module.push_str("from __future__ import annotations\n\n");
    module.push_str(&imports(&body, flavour));
    module.push_str("\n__all__ = [\n");
    for name in names(interface) {
        _ = writeln!(module, "    \"{name}\",");
    }
    module.push_str("]\n\n_library = Handle(_native.library())\n");
    module.push_str(&body);
    module
}

fn imports(body: &str, flavour: Flavour) -> String {
    let words: BTreeSet<&str> = body.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').collect();
    let used = |names: &[&str]| -> String {
        names.iter().filter(|name| words.contains(*name)).copied().collect::<Vec<_>>().join(", ")
    };
    let mut imports = String::new();
    if words.contains("builtins") {
        imports.push_str("import builtins\n");
    }
    for (module, names) in [
        ("collections.abc", used(&["Mapping", "Sequence"])),
        ("datetime", used(&["datetime"])),
        ("typing", used(&["Any", "Literal"])),
    ] {
        if !names.is_empty() {
            _ = writeln!(imports, "from {module} import {names}");
        }
    }
    imports.push_str("\nfrom . import _native, types\n");
    let module = if flavour == Flavour::Plain { "_extras" } else { "_aio_extras" };
    let mut extras: Vec<String> = WITH_EXTRAS
        .iter()
        .map(|name| format!("{name}Extras"))
        .filter(|name| words.contains(name.as_str()))
        .collect();
    extras.sort();
    if !extras.is_empty() {
        _ = writeln!(imports, "from .{module} import (\n    {},\n)", extras.join(",\n    "));
    }
    imports.push_str("from ._handle import Handle\n");
    imports
}

/// What the module offers, in alphabetical order.
pub(super) fn names(interface: &Interface) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for handle in &interface.handles {
        if handle.name == "Library" {
            names.extend(handle.functions.iter().map(|function| function.name.clone()));
        } else {
            names.insert(handle.name.clone());
            names.extend(class::groups(handle).into_iter().map(|group| class::group_name(handle, group)));
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::{super::sample, Flavour, module};

    fn assert_in(module: &str, expected: &[&str]) {
        for expected in expected {
            assert!(module.contains(expected), "no\n{expected}\nin\n{module}");
        }
        let width = super::super::text::WIDTH;
        assert!(module.lines().all(|line| line.chars().count() <= width), "{module}");
    }

    #[test]
    fn functions_of_the_library_are_functions_of_the_module() {
        let expected = [
            "_library = Handle(_native.library())\n",
            "def connect(actor: str, *, rancher: types.Options | types.Access | None = None) -> Store:\n    \
             \"\"\"Connects. Fails with `FilesError`.\n\n    Args:\n        actor: Who acts.\n    \"\"\"\n    \
             request = {\"actor\": actor, \"rancher\": rancher}\n    \
             return Store(_library._wait(\"connect\", request))\n",
        ];
        assert_in(&module(&sample::interface(), Flavour::Plain), &expected);
    }

    #[test]
    fn what_waits_is_a_coroutine_of_asyncio() {
        let expected = [
            "async def connect(actor: str, *, rancher: types.Options | types.Access | None = None) -> Store:\n",
            "    return Store(await _library._start(\"connect\", request))\n",
            "    def name(self) -> str:\n        \"\"\"Its name.\"\"\"\n        \
             answer: str = self._call(\"name\")\n        return answer\n",
        ];
        assert_in(&module(&sample::interface(), Flavour::Asyncio), &expected);
    }

    #[test]
    fn groups_have_classes_of_their_own() {
        let expected = [
            "class StoreItems(Handle):\n    \"\"\"Items of the store.\"\"\"\n",
            // A method called `list` hides the type within its class.
            "    def list(self) -> builtins.list[types.Flow]:\n",
            "    @property\n    def items(self) -> StoreItems:\n        \"\"\"Items of the store.\"\"\"\n        \
             return StoreItems(self._native)\n",
            "        self._call(\"clear\")\n",
        ];
        assert_in(&module(&sample::interface(), Flavour::Plain), &expected);
    }
}
