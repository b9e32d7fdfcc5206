//! Which codes editors see, and which they cannot, by the wrong example of each.

use super::{as_json, marks};
use crate::templates::project;
use paas_core::diagnostic::Code;
use serde_json::json;
use std::{collections::BTreeSet, fs};

/// The codes that an editor cannot see in their examples, by what keeps it from it. `docs/editors.md` has the table.
const UNSEEN: &[(&str, &[Code])] = &[
    (
        "the text, not the value: the editor's own reader of YAML tells of it, or takes it",
        &[
            Code::YamlSyntax,
            Code::NotUtf8,
            Code::TooLarge,
            Code::TooDeep,
            Code::TooManyNodes,
            Code::AliasExpansion,
            Code::RecursiveAlias,
            Code::DuplicateKey,
            Code::SeveralDocuments,
            Code::MergeKey,
            Code::KeyNotScalar,
            Code::UnknownTag,
            Code::UnquotedTime,
        ],
    ),
    (
        "names that are defined elsewhere in the template",
        &[
            Code::UnknownType,
            Code::TypeCycle,
            Code::UnknownInput,
            Code::PropertyCycle,
            Code::UnknownNode,
            Code::RequirementTarget,
            Code::UnknownRelationship,
            Code::WrongRelationship,
            Code::UnknownMember,
            Code::WrongTarget,
            Code::RouteTarget,
            Code::FlowPort,
            Code::DependencyLoop,
            Code::VolumeWriters,
            Code::SecretPlace,
            Code::SecretDefault,
            Code::ScalingTarget,
            Code::NetworkTwice,
            Code::NoServices,
            Code::Sidekick,
            Code::Placement,
            Code::Affinity,
            Code::NoNetwork,
            Code::UnknownArtifact,
            Code::UnknownInterface,
            Code::UnknownOperation,
            Code::UnknownRepository,
            Code::Unfulfilled,
            Code::AbstractNode,
            Code::Copy,
            Code::Refinement,
            Code::Trigger,
            Code::Workflow,
            Code::Substitution,
            Code::NotKnownYet,
            Code::HostName,
            Code::VolumesFrom,
        ],
    ),
    (
        "several values together",
        &[
            Code::TooManyRequirements,
            Code::CapabilityUses,
            Code::PortConflict,
            Code::RouteCertificate,
            Code::Route,
            Code::ExternalAddress,
            Code::ScaleConflict,
            Code::WindowDays,
            Code::WindowOverlap,
            Code::BoundsDisjoint,
            Code::Bounds,
            Code::Thresholds,
            Code::FixedCount,
            Code::TimeZonesDiffer,
            Code::Restart,
        ],
    ),
    (
        "what names and paths may be, and what the platform takes",
        &[
            Code::ServiceName,
            Code::ImageReference,
            Code::ControlCharacter,
            Code::EnvironmentName,
            Code::LabelName,
            Code::MountPath,
            Code::VolumeName,
            Code::HealthCheck,
            Code::Resources,
            Code::LogPath,
            Code::SecretFile,
            Code::ConfigurationFile,
            Code::Stickiness,
            Code::TargetFile,
            Code::NotSupported,
            Code::Security,
            Code::HostNetworkPorts,
            Code::Process,
            Code::RancherKeys,
        ],
    ),
    (
        "what is said beside the template: inputs, the stack, the platform",
        &[
            Code::InputMissing,
            Code::StackName,
            Code::EnvironmentNames,
            Code::LinksNeedRegion,
            Code::ScaleZero,
            Code::UnknownNetwork,
            Code::LinkAddress,
        ],
    ),
    (
        "what is imported",
        &[
            Code::ImportRefused,
            Code::ImportUnreadable,
            Code::ImportCycle,
            Code::ImportLimit,
            Code::ImportConflict,
        ],
    ),
    (
        "no error: the template is taken, with a warning",
        &[
            Code::VersionOlder,
            Code::NotExecuted,
            Code::WindowNeverActs,
            Code::ThresholdOutOfReach,
            Code::StepTooLarge,
            Code::RetriggerShort,
            Code::GraceLong,
            Code::Flapping,
            Code::FixedOutsideBounds,
            Code::FromZero,
            Code::OneWay,
        ],
    ),
];

#[test]
fn editors_see_each_code_or_what_keeps_them_from_it_is_known() {
    for code in codes() {
        let document = as_json(code.example().wrong);
        let marks = document.map(|document| marks(&document)).unwrap_or_default();
        assert_eq!(is_unseen(code), marks.is_empty(), "{code}: {marks:?}");
    }
}

#[test]
fn the_page_has_the_table() {
    let page = fs::read_to_string(project("docs/editors.md")).unwrap();
    let mut found = BTreeSet::new();
    for (why, codes) in UNSEEN {
        let names: Vec<String> = codes.iter().map(|code| format!("`{code}`")).collect();
        let row = format!("| {why} | {} |", names.join(", "));
        assert!(page.contains(&row), "docs/editors.md lacks this row:\n{row}");
        found.extend(names);
    }
    assert_eq!(
        found.len(),
        UNSEEN.iter().map(|(_, codes)| codes.len()).sum::<usize>(),
        "a code is there twice"
    );
    assert!(found.len() < codes().count());
}

#[test]
fn an_unquoted_time_is_seen_by_editors_that_read_yaml_1_1() {
    let mut document = as_json(Code::UnquotedTime.example().wrong).unwrap();
    let end = document.pointer_mut("/topology_template/policies/0/evening/properties/window_end").unwrap();
    assert_eq!(*end, json!("22:30"), "text in YAML 1.2");
    *end = json!(22 * 60 + 30);
    assert!(!marks(&document).is_empty());
}

/// Whether the table says that editors cannot see a code.
pub(super) fn is_unseen(code: Code) -> bool {
    UNSEEN.iter().any(|(_, codes)| codes.contains(&code))
}

/// The codes of templates.
pub(super) fn codes() -> impl Iterator<Item = Code> {
    let elsewhere =
        ["clone", "compose", "csar", "file", "tenant", "resource", "policy", "policy_file", "scaling_file"];
    Code::ALL
        .iter()
        .copied()
        .filter(move |code| code.as_str().split('.').next().is_some_and(|area| !elsewhere.contains(&area)))
}
