//! The words that may stand in each place, and what may stand behind them: one table for each place.

mod types;

use super::{
    report::Report,
    versions::{self, Version},
};
use crate::yaml::{self, NodeRef};
use paas_core::diagnostic::{Code, Diagnostic, Severity};

pub(super) use types::{CAPABILITY_DEFINITION, REQUIREMENT_DEFINITION, of_type};

/// A word, and what stands behind it.
pub(super) struct Word {
    pub(super) name: &'static str,
    pub(super) shape: Shape,
    /// The version that it came with.
    since: Version,
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
    Word { name, shape: Shape::Used, since: Version::V1_0 }
}

const fn text(name: &'static str) -> Word {
    Word { name, shape: Shape::Text, since: Version::V1_0 }
}

const fn map(name: &'static str) -> Word {
    Word { name, shape: Shape::Map, since: Version::V1_0 }
}

const fn texts(name: &'static str) -> Word {
    Word { name, shape: Shape::Texts, since: Version::V1_0 }
}

const fn list(name: &'static str) -> Word {
    Word { name, shape: Shape::List, since: Version::V1_0 }
}

impl Word {
    const fn since(self, since: Version) -> Self {
        Self { since, ..self }
    }
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
    map("workflows").since(Version::V1_1),
];

pub(super) const SUBSTITUTION: &[Word] = &[
    used("node_type"),
    used("substitution_filter").since(Version::V1_3),
    used("properties").since(Version::V1_2),
    used("attributes").since(Version::V1_3),
    used("capabilities"),
    used("requirements"),
    used("interfaces").since(Version::V1_2),
];

pub(super) const SUBSTITUTION_FILTER: &[Word] = &[used("node_filter")];

/// A capability or requirement that another stands for.
pub(super) const MAPPED: &[Word] = &[used("mapping"), map("properties"), map("attributes")];

pub(super) const WORKFLOW: &[Word] = &[
    text("description"),
    texts("metadata"),
    used("inputs"),
    used("preconditions"),
    used("steps"),
    used("implementation"),
    map("outputs"),
];

pub(super) const PRECONDITION: &[Word] = &[used("target"), text("target_relationship"), list("condition")];

pub(super) const STEP: &[Word] = &[
    used("target"),
    text("target_relationship"),
    text("operation_host"),
    list("filter"),
    used("activities"),
    used("on_success"),
    used("on_failure"),
];

pub(super) const CALL_OPERATION: &[Word] = &[used("operation"), map("inputs")];

/// Activities that run another workflow.
pub(super) const CALL_WORKFLOW: &[Word] = &[used("workflow"), map("inputs")];

/// A trigger; the words from `event_type` on are those of older versions and readers.
pub(super) const TRIGGER: &[Word] = &[
    text("description"),
    used("event"),
    used("schedule"),
    used("target_filter"),
    used("condition"),
    used("constraint"),
    text("period"),
    text("evaluations"),
    text("method"),
    used("action"),
    used("event_type"),
    text("metric"),
    text("meter_name"),
    used("metadata"),
];

pub(super) const SCHEDULE: &[Word] = &[text("start_time"), text("end_time")];

pub(super) const TARGET_FILTER: &[Word] = &[used("node"), text("requirement"), text("capability")];

pub(super) const NODE_FILTER: &[Word] = &[used("properties"), used("capabilities")];

pub(super) const CAPABILITY_FILTER: &[Word] = &[used("properties")];

pub(super) const ARTIFACT: &[Word] = &[
    used("type"),
    used("file"),
    used("repository"),
    text("description"),
    text("deploy_path"),
    text("version").since(Version::V1_3),
    text("artifact_version").since(Version::V1_3),
    text("checksum").since(Version::V1_3),
    text("checksum_algorithm").since(Version::V1_3),
    used("properties").since(Version::V1_3),
];

pub(super) const OPERATION: &[Word] =
    &[text("description"), used("implementation"), used("inputs"), map("outputs").since(Version::V1_3)];

pub(super) const IMPLEMENTATION: &[Word] = &[
    used("primary"),
    used("dependencies"),
    text("timeout").since(Version::V1_3),
    text("operation_host").since(Version::V1_3),
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
    used("key_schema").since(Version::V1_3),
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
    used("key_schema").since(Version::V1_3),
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

pub(super) const CAPABILITY: &[Word] =
    &[used("properties"), map("attributes"), used("occurrences").since(Version::V1_3)];

pub(super) const REQUIREMENT: &[Word] = &[
    used("node"),
    used("capability"),
    used("relationship"),
    used("node_filter"),
    used("occurrences").since(Version::V1_3),
];

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
    used("triggers").since(Version::V1_1),
];

/// Diagnoses every key of a map that is not among the words, and every value of the wrong shape.
pub(super) fn check(node: NodeRef<'_>, allowed: &'static [Word], what: &str, report: &Report) {
    for (key, value) in node.entries() {
        let name = key.text().unwrap_or_default();
        match allowed.iter().find(|word| word.name == name) {
            Some(word) => {
                versions::check(key, word.since, report);
                word.check(value, report);
            }
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
    if name.starts_with('_') {
        let message = format!("`{name}` is a word of another reader, and is not read");
        let diagnostic = Diagnostic::new(Code::UnknownKeyword, message).at(key.place());
        report.push(diagnostic.severity(Severity::Warning));
        return;
    }
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
