//! The words of type definitions.

use super::{Word, list, map, text, texts, used};
use crate::tosca::{library::Kind, versions::Version};

/// What a type definition of a kind may say; `None`: whatever it likes, as interfaces name their operations.
pub(in crate::tosca) const fn of_type(kind: Kind) -> Option<&'static [Word]> {
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
    used("triggers").since(Version::V1_1),
];

pub(in crate::tosca) const REQUIREMENT_DEFINITION: &[Word] = &[
    used("capability"),
    used("node"),
    used("relationship"),
    used("occurrences"),
    used("node_filter"),
    text("description"),
    texts("metadata"),
];

pub(in crate::tosca) const CAPABILITY_DEFINITION: &[Word] = &[
    used("type"),
    text("description"),
    used("properties"),
    used("attributes"),
    list("valid_source_types"),
    used("occurrences"),
    texts("metadata"),
];
