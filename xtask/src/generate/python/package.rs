//! The package itself, which offers what its modules do.

use super::{errors, functions, head};
use crate::generate::interface::Interface;
use std::{collections::BTreeSet, fmt::Write as _};

const ABOUT: &str = r#"Platform logic of a container PaaS, for portals and automation: TOSCA templates in, running
applications out.

    import paas_sdk as paas

    with open("bank.yaml") as file:
        release = paas.translate(file.read(), file="bank.yaml")
    release.write("out")

Documents are plain dictionaries, typed in `paas_sdk.types`. A failed call raises a `PaasError`, or
its subclass for the kind of failure. `paas_sdk.aio` has the same for `asyncio`."#;

/// The module `paas_sdk`.
pub(super) fn module(interface: &Interface) -> String {
    let (functions, errors) = (functions::names(interface), errors::names(interface));
    let mut module = head(ABOUT);
    module.push_str("from __future__ import annotations\n\nfrom . import aio, errors, types\n");
    for (from, names) in [("_sync", &functions), ("errors", &errors)] {
        _ = writeln!(module, "from .{from} import (\n    {},\n)", in_lines(names, ""));
    }
    let mut all: BTreeSet<String> = functions.union(&errors).cloned().collect();
    all.extend(["__version__", "aio", "errors", "types"].map(ToOwned::to_owned));
    _ = write!(module, "\n__all__ = [\n    {},\n]\n\n__version__ = version()\n", in_lines(&all, "\""));
    module
}

fn in_lines(names: &BTreeSet<String>, quote: &str) -> String {
    names.iter().map(|name| format!("{quote}{name}{quote}")).collect::<Vec<_>>().join(",\n    ")
}

#[cfg(test)]
mod tests {
    use super::{super::sample, module};

    #[test]
    fn the_package_offers_what_its_modules_do() {
        let module = module(&sample::interface());
        let expected = "from ._sync import (\n    Store,\n    StoreItems,\n    connect,\n)\n\
                        from .errors import (\n    ApplicationBusyError,\n    FilesError,\n    PaasError,\n)\n";
        assert!(module.contains(expected), "no\n{expected}\nin\n{module}");
        assert!(module.contains("    \"StoreItems\",\n    \"__version__\",\n    \"aio\",\n"), "{module}");
    }
}
