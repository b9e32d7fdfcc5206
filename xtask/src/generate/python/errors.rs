//! The exceptions: one class for each kind of failure.

use super::{head, text::docstring};
use crate::generate::interface::{Interface, pascal};
use std::{collections::BTreeSet, fmt::Write as _};

/// The module `errors`.
pub(super) fn module(interface: &Interface) -> String {
    let mut module = head("The exceptions: one class for each kind of failure.");
    module.push_str("from __future__ import annotations\n\nfrom ._error import PaasError\n\n__all__ = [\n");
    for name in names(interface) {
        _ = writeln!(module, "    \"{name}\",");
    }
    module.push_str("]\n");
    for (kind, help) in &interface.kinds {
        let about = format!("Kind `{kind}`. What to do: {help}.");
        _ = write!(module, "\n\nclass {}(PaasError):\n{}", class(kind), docstring(&[about], 4));
    }
    module.push_str("\n\nBY_KIND: dict[str, type[PaasError]] = {\n");
    for (kind, _) in &interface.kinds {
        _ = writeln!(module, "    \"{kind}\": {},", class(kind));
    }
    module.push_str(
        "}\n\"\"\"The class for each kind. A kind that is not in it is a plain `PaasError`.\"\"\"\n",
    );
    module
}

/// What the module offers, in alphabetical order.
pub(super) fn names(interface: &Interface) -> BTreeSet<String> {
    let classes = interface.kinds.iter().map(|(kind, _)| class(kind));
    classes.chain(["PaasError".to_owned()]).collect()
}

/// `application_busy` becomes `ApplicationBusyError`.
pub(super) fn class(kind: &str) -> String {
    format!("{}Error", pascal(kind))
}

/// "Fails with kind `application_busy`." becomes "Fails with `ApplicationBusyError`."
pub(super) fn with_classes(text: &str, kinds: &[(String, String)]) -> String {
    let mut sentences = Vec::new();
    for sentence in text.split_inclusive(". ") {
        let mut sentence = sentence.to_owned();
        if sentence.starts_with("Fails with") {
            for (kind, _) in kinds {
                sentence = sentence.replace(&format!("`{kind}`"), &format!("`{}`", class(kind)));
            }
            sentence = sentence.replace("with kind `", "with `");
        }
        sentences.push(sentence);
    }
    sentences.concat()
}

#[cfg(test)]
mod tests {
    use super::{super::sample, module, with_classes};

    #[test]
    fn each_kind_has_a_class() {
        let module = module(&sample::interface());
        assert!(
            module.contains("class ApplicationBusyError(PaasError):\n    \"\"\"Kind `application_busy`.")
        );
        assert!(module.contains("    \"application_busy\": ApplicationBusyError,\n"));
    }

    #[test]
    fn descriptions_name_the_classes() {
        let kinds = sample::interface().kinds;
        let text = "Reads `files`. Fails with kind `files` or `application_busy`. Then `files`.";
        assert_eq!(
            with_classes(text, &kinds),
            "Reads `files`. Fails with `FilesError` or `ApplicationBusyError`. Then `files`."
        );
    }
}
