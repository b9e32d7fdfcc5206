//! The versions of TOSCA 1.x, and what came with which.
//!
//! | since | what |
//! |---|---|
//! | 1.1 | `workflows`; `triggers` of policies |
//! | 1.2 | `join`; `properties` and `interfaces` of `substitution_mappings` |
//! | 1.3 | `attributes` and `substitution_filter` of `substitution_mappings`; `occurrences` of requirements and capabilities of templates; `operations`, `notifications`, and `outputs` of operations; `key_schema`; `version`, `checksum` and `properties` of artifacts; `timeout` and `operation_host` of implementations; rules for refinement |
//!
//! Tables of words ([`keywords`](super::keywords)) say the same beside each word. Older forms are read in all versions:
//! operations that stand in the interface itself, triggers with `event_type`, actions by name, types of storage
//! without `Storage`, and names of the template beside `metadata`.

use super::report::Report;
use crate::yaml::NodeRef;
use paas_core::diagnostic::{Code, Diagnostic, Severity};
use std::fmt;

/// A version of TOSCA that is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Version {
    V1_0,
    V1_1,
    V1_2,
    V1_3,
}

/// What templates call the versions.
pub(super) const VERSIONS: [(&str, Version); 8] = [
    ("tosca_simple_yaml_1_3", Version::V1_3),
    ("tosca_simple_yaml_1_2", Version::V1_2),
    ("tosca_simple_yaml_1_1", Version::V1_1),
    ("tosca_simple_yaml_1_0", Version::V1_0),
    ("http://docs.oasis-open.org/tosca/ns/simple/yaml/1.3", Version::V1_3),
    ("http://docs.oasis-open.org/tosca/ns/simple/yaml/1.2", Version::V1_2),
    ("http://docs.oasis-open.org/tosca/ns/simple/yaml/1.1", Version::V1_1),
    ("http://docs.oasis-open.org/tosca/ns/simple/yaml/1.0", Version::V1_0),
];

/// What a template is best written in.
const LATEST: (&str, Version) = ("tosca_simple_yaml_1_3", Version::V1_3);

/// The version that functions came with, where it is not the first.
pub(super) fn of_function(name: &str) -> Version {
    if name == "join" { Version::V1_2 } else { Version::V1_0 }
}

/// Says that a word is newer than the template's version, if it is.
pub(super) fn check(word: NodeRef<'_>, since: Version, report: &Report) {
    let version = report.version();
    if since <= version {
        return;
    }
    let name = word.text().unwrap_or_default();
    let message = format!("`{name}` came with TOSCA {since}, but the template is of TOSCA {version}");
    let (newer, _) = VERSIONS.iter().find(|(_, version)| *version == since).unwrap_or(&LATEST);
    report.push(
        Diagnostic::new(Code::VersionOlder, message)
            .at(word.place())
            .severity(Severity::Warning)
            .help(format!("not all readers take it: write `tosca_definitions_version: {newer}`")),
    );
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::V1_0 => "1.0",
            Self::V1_1 => "1.1",
            Self::V1_2 => "1.2",
            Self::V1_3 => "1.3",
        })
    }
}
