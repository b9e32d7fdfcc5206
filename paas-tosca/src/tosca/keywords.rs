//! The words that may stand in each place, and what may stand behind them: one table for each place.

use super::{library::Kind, report::Report};
use crate::yaml::{self, NodeRef};
use paas_core::diagnostic::Code;

/// A word, and what stands behind it.
pub(super) struct Word {
    pub(super) name: &'static str,
    pub(super) shape: Shape,
}

/// What stands behind a word.
pub(super) enum Shape {
    /// That is looked at where the word is used.
    Used,
    /// A single value.
    Text,
    Map,
    /// A map of single values.
    Texts,
    List,
}

const fn used(name: &'static str) -> Word {
    Word { name, shape: Shape::Used }
}

const fn text(name: &'static str) -> Word {
    Word { name, shape: Shape::Text }
}

const fn map(name: &'static str) -> Word {
    Word { name, shape: Shape::Map }
}

const fn texts(name: &'static str) -> Word {
    Word { name, shape: Shape::Texts }
}

const fn list(name: &'static str) -> Word {
    Word { name, shape: Shape::List }
}

/// Sections of a template file. The last three are TOSCA 1.0's.
pub(super) const TEMPLATE: &[Word] = &[
    used("tosca_definitions_version"),
    text("namespace"),
    map("metadata"),
    text("description"),
    map("dsl_definitions"),
    used("repositories"),
    used("imports"),
    used("artifact_types"),
    used("data_types"),
    used("capability_types"),
    used("interface_types"),
    used("relationship_types"),
    used("node_types"),
    used("group_types"),
    used("policy_types"),
    used("topology_template"),
    text("template_name"),
    text("template_author"),
    text("template_version"),
];

pub(super) const TOPOLOGY: &[Word] = &[
    text("description"),
    used("inputs"),
    used("node_templates"),
    used("relationship_templates"),
    used("groups"),
    used("policies"),
    used("outputs"),
    map("substitution_mappings"),
    map("workflows"),
];

pub(super) const IMPORT: &[Word] =
    &[used("file"), used("repository"), used("namespace_prefix"), text("namespace_uri")];

pub(super) const REPOSITORY: &[Word] = &[text("description"), used("url"), used("credential")];

pub(super) const CREDENTIAL: &[Word] =
    &[text("protocol"), text("token_type"), used("token"), used("keys"), text("user")];

pub(super) const PROPERTY: &[Word] = &[
    used("type"),
    text("description"),
    used("required"),
    used("default"),
    text("status"),
    used("constraints"),
    used("entry_schema"),
    used("key_schema"),
    text("external_schema"),
    text("external-schema"),
    texts("metadata"),
];

/// An input is a parameter definition, which may carry a value, and metadata that marks a secret.
pub(super) const INPUT: &[Word] = &[
    used("type"),
    text("description"),
    used("required"),
    used("default"),
    text("status"),
    used("constraints"),
    used("entry_schema"),
    used("key_schema"),
    text("external_schema"),
    text("external-schema"),
    texts("metadata"),
    used("value"),
];

pub(super) const ENTRY_SCHEMA: &[Word] = &[
    used("type"),
    text("description"),
    used("constraints"),
    used("entry_schema"),
    used("key_schema"),
    text("required"),
    used("default"),
    text("status"),
];

pub(super) const OUTPUT: &[Word] = &[
    text("description"),
    used("value"),
    used("type"),
    text("required"),
    used("default"),
    text("status"),
    used("constraints"),
    used("entry_schema"),
    used("key_schema"),
    texts("metadata"),
];

pub(super) const NODE: &[Word] = &[
    used("type"),
    text("description"),
    texts("metadata"),
    list("directives"),
    used("properties"),
    map("attributes"),
    used("requirements"),
    used("capabilities"),
    map("interfaces"),
    map("artifacts"),
    used("node_filter"),
    text("copy"),
];

pub(super) const CAPABILITY: &[Word] = &[used("properties"), map("attributes"), used("occurrences")];

pub(super) const REQUIREMENT: &[Word] =
    &[used("node"), used("capability"), used("relationship"), used("node_filter"), used("occurrences")];

pub(super) const INLINE_RELATIONSHIP: &[Word] = &[used("type"), used("properties"), map("interfaces")];

pub(super) const RELATIONSHIP: &[Word] = &[
    used("type"),
    text("description"),
    texts("metadata"),
    used("properties"),
    map("attributes"),
    map("interfaces"),
    text("copy"),
];

pub(super) const GROUP: &[Word] = &[
    used("type"),
    text("description"),
    texts("metadata"),
    used("properties"),
    map("attributes"),
    used("members"),
    map("interfaces"),
];

pub(super) const POLICY: &[Word] = &[
    used("type"),
    text("description"),
    texts("metadata"),
    used("properties"),
    used("targets"),
    used("triggers"),
];

pub(super) const REQUIREMENT_DEFINITION: &[Word] = &[
    used("capability"),
    used("node"),
    used("relationship"),
    used("occurrences"),
    text("description"),
    texts("metadata"),
];

pub(super) const CAPABILITY_DEFINITION: &[Word] = &[
    used("type"),
    text("description"),
    used("properties"),
    used("attributes"),
    list("valid_source_types"),
    used("occurrences"),
    texts("metadata"),
];

/// What a type definition of a kind may say; `None`: whatever it likes, as interfaces name their operations.
pub(super) const fn of_type(kind: Kind) -> Option<&'static [Word]> {
    Some(match kind {
        Kind::Interface => return None,
        Kind::Artifact => ARTIFACT_TYPE,
        Kind::Data => DATA_TYPE,
        Kind::Capability => CAPABILITY_TYPE,
        Kind::Relationship => RELATIONSHIP_TYPE,
        Kind::Node => NODE_TYPE,
        Kind::Group => GROUP_TYPE,
        Kind::Policy => POLICY_TYPE,
    })
}

const ARTIFACT_TYPE: &[Word] = &[
    used("derived_from"),
    text("version"),
    map("metadata"),
    text("description"),
    used("properties"),
    text("mime_type"),
    list("file_ext"),
];

const DATA_TYPE: &[Word] = &[
    used("derived_from"),
    text("version"),
    map("metadata"),
    text("description"),
    used("properties"),
    used("constraints"),
    used("entry_schema"),
    used("key_schema"),
];

const CAPABILITY_TYPE: &[Word] = &[
    used("derived_from"),
    text("version"),
    map("metadata"),
    text("description"),
    used("properties"),
    used("attributes"),
    list("valid_source_types"),
];

const RELATIONSHIP_TYPE: &[Word] = &[
    used("derived_from"),
    text("version"),
    map("metadata"),
    text("description"),
    used("properties"),
    used("attributes"),
    map("interfaces"),
    list("valid_target_types"),
];

const NODE_TYPE: &[Word] = &[
    used("derived_from"),
    text("version"),
    map("metadata"),
    text("description"),
    used("properties"),
    used("attributes"),
    used("capabilities"),
    used("requirements"),
    map("interfaces"),
    map("artifacts"),
];

const GROUP_TYPE: &[Word] = &[
    used("derived_from"),
    text("version"),
    map("metadata"),
    text("description"),
    used("properties"),
    used("attributes"),
    used("members"),
    map("interfaces"),
];

const POLICY_TYPE: &[Word] = &[
    used("derived_from"),
    text("version"),
    map("metadata"),
    text("description"),
    used("properties"),
    used("targets"),
    used("triggers"),
];

/// Diagnoses every key of a map that is not among the words, and every value of the wrong shape.
pub(super) fn check(node: NodeRef<'_>, allowed: &'static [Word], what: &str, report: &Report) {
    for (key, value) in node.entries() {
        let name = key.text().unwrap_or_default();
        match allowed.iter().find(|word| word.name == name) {
            Some(word) => word.check(value, report),
            None => unknown(key, name, allowed, what, report),
        }
    }
}

/// Whether a map has not the word, but one that was meant for it.
pub(super) fn is_misspelt(node: NodeRef<'_>, word: &str, report: &Report) -> bool {
    node.get(word).is_none() && is_meant(node.entries().map(|(key, _)| key), word, report)
}

/// Whether one of some keys, which are diagnosed themselves, was meant for the word.
pub(super) fn is_meant<'t>(mut keys: impl Iterator<Item = NodeRef<'t>>, word: &str, report: &Report) -> bool {
    keys.any(|key| key.text().is_some_and(|key| report.suggest(key, [word]).is_some()))
}

fn unknown(key: NodeRef<'_>, name: &str, allowed: &'static [Word], what: &str, report: &Report) {
    const FEW: usize = 12;
    let names = || allowed.iter().map(|word| word.name);
    let help = report.suggest(name, names()).or_else(|| {
        let quoted: Vec<_> = names().map(|name| format!("`{name}`")).collect();
        (quoted.len() <= FEW).then(|| format!("the words here are {}", quoted.join(", ")))
    });
    report.help(Code::UnknownKeyword, key, format!("`{name}` is not a keyword of {what}"), help);
}

impl Word {
    /// What is left out says nothing and is of no shape.
    fn check(&self, value: NodeRef<'_>, report: &Report) {
        let kind = match self.shape {
            Shape::Used => return,
            Shape::Text => yaml::Kind::Scalar,
            Shape::Map | Shape::Texts => yaml::Kind::Mapping,
            Shape::List => yaml::Kind::Sequence,
        };
        if value.is_null() {
            return;
        }
        if value.kind() != kind {
            report.expect(value, kind, &format!("`{}`", self.name));
        } else if matches!(self.shape, Shape::Texts) {
            for (key, value) in value.entries().filter(|(_, value)| value.kind() != yaml::Kind::Scalar) {
                let name = key.text().unwrap_or_default();
                report.expect(value, yaml::Kind::Scalar, &format!("`{name}` of `{}`", self.name));
            }
        }
    }
}
