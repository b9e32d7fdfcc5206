//! The words that may stand in each place: one table for each.

use super::report::Report;
use crate::yaml::NodeRef;
use paas_core::diagnostic::Code;

/// Sections of a template file. The last three are TOSCA 1.0's.
pub(super) const TEMPLATE: &[&str] = &[
    "tosca_definitions_version",
    "namespace",
    "metadata",
    "description",
    "dsl_definitions",
    "repositories",
    "imports",
    "artifact_types",
    "data_types",
    "capability_types",
    "interface_types",
    "relationship_types",
    "node_types",
    "group_types",
    "policy_types",
    "topology_template",
    "template_name",
    "template_author",
    "template_version",
];

pub(super) const TOPOLOGY: &[&str] = &[
    "description",
    "inputs",
    "node_templates",
    "relationship_templates",
    "groups",
    "policies",
    "outputs",
    "substitution_mappings",
    "workflows",
];

pub(super) const PROPERTY: &[&str] = &[
    "type",
    "description",
    "required",
    "default",
    "status",
    "constraints",
    "entry_schema",
    "key_schema",
    "external_schema",
    "external-schema",
    "metadata",
];

/// An input is a parameter definition, which may carry a value, and metadata that marks a secret.
pub(super) const INPUT: &[&str] = &[
    "type",
    "description",
    "required",
    "default",
    "status",
    "constraints",
    "entry_schema",
    "key_schema",
    "external_schema",
    "external-schema",
    "metadata",
    "value",
];

pub(super) const ENTRY_SCHEMA: &[&str] =
    &["type", "description", "constraints", "entry_schema", "key_schema", "required", "default", "status"];

pub(super) const OUTPUT: &[&str] = &[
    "description",
    "value",
    "type",
    "required",
    "default",
    "status",
    "constraints",
    "entry_schema",
    "metadata",
];

pub(super) const NODE: &[&str] = &[
    "type",
    "description",
    "metadata",
    "directives",
    "properties",
    "attributes",
    "requirements",
    "capabilities",
    "interfaces",
    "artifacts",
    "node_filter",
    "copy",
];

pub(super) const CAPABILITY: &[&str] = &["properties", "attributes", "occurrences"];

pub(super) const REQUIREMENT: &[&str] = &["node", "capability", "relationship", "node_filter", "occurrences"];

pub(super) const INLINE_RELATIONSHIP: &[&str] = &["type", "properties", "interfaces"];

pub(super) const RELATIONSHIP: &[&str] =
    &["type", "description", "metadata", "properties", "attributes", "interfaces", "copy"];

pub(super) const GROUP: &[&str] =
    &["type", "description", "metadata", "properties", "attributes", "members", "interfaces"];

pub(super) const POLICY: &[&str] = &["type", "description", "metadata", "properties", "targets", "triggers"];

pub(super) const REQUIREMENT_DEFINITION: &[&str] =
    &["capability", "node", "relationship", "occurrences", "description", "metadata"];

pub(super) const CAPABILITY_DEFINITION: &[&str] =
    &["type", "description", "properties", "attributes", "valid_source_types", "occurrences", "metadata"];

/// What every type definition may say.
pub(super) const TYPE: &[&str] = &[
    "derived_from",
    "version",
    "metadata",
    "description",
    "properties",
    "attributes",
    "capabilities",
    "requirements",
    "interfaces",
    "artifacts",
    "constraints",
    "key_schema",
    "entry_schema",
    "valid_target_types",
    "valid_source_types",
    "mime_type",
    "file_ext",
    "inputs",
    "operations",
    "notifications",
    "members",
    "targets",
    "triggers",
];

/// Diagnoses every key of a map that is not among the words.
pub(super) fn check(node: NodeRef<'_>, allowed: &'static [&'static str], what: &str, report: &Report) {
    for (key, _) in node.entries() {
        let word = key.text().unwrap_or_default();
        if !allowed.contains(&word) {
            let help = report
                .suggest(word, allowed.iter().copied())
                .or_else(|| (allowed.len() <= 12).then(|| format!("the words here are {}", list(allowed))));
            report.help(Code::UnknownKeyword, key, format!("`{word}` is not a keyword of {what}"), help);
        }
    }
}

fn list(words: &[&str]) -> String {
    let quoted: Vec<_> = words.iter().map(|word| format!("`{word}`")).collect();
    quoted.join(", ")
}
