//! The directions of dependencies between the crates of the workspace, as ARCHITECTURE.md draws them.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use cargo_metadata::{DependencyKind, Metadata, MetadataCommand, Package, PackageId};
use std::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    path::Path,
};

/// What each crate may depend on among ours. Crates that come later are here already.
///
/// `paas-client` stands alone, so that no decision can leak into it; `paas-sandbox` knows no translator and no client,
/// so that it cannot agree with us by construction: it uses none of ours at all.
const MAY_DEPEND_ON: &[(&str, &[&str])] = &[
    ("paas-core", &[]),
    ("paas-tosca", &["paas-core"]),
    ("paas-scaling", &["paas-core"]),
    ("paas-observe", &["paas-core"]),
    ("paas-client", &[]),
    ("paas-registry", &["paas-core", "paas-client"]),
    ("paas-gateway", &["paas-core", "paas-client"]),
    (
        "paas-platform",
        &["paas-core", "paas-tosca", "paas-scaling", "paas-observe", "paas-registry", "paas-client"],
    ),
    (
        "paas-sdk",
        &[
            "paas-core",
            "paas-tosca",
            "paas-scaling",
            "paas-observe",
            "paas-client",
            "paas-registry",
            "paas-gateway",
            "paas-platform",
        ],
    ),
    ("paas-sandbox", &[]),
    ("paas-cli", &["paas-sdk", "paas-sandbox"]),
    ("paas-ffi", &["paas-sdk", "paas-sandbox"]),
    ("paas-python", &["paas-ffi"]),
    ("paas-node", &["paas-ffi"]),
    ("paas-examples", &["paas-sdk", "paas-sandbox"]),
    // What the benches measure, they must reach directly.
    (
        "paas-benches",
        &[
            "paas-core",
            "paas-tosca",
            "paas-scaling",
            "paas-observe",
            "paas-client",
            "paas-registry",
            "paas-gateway",
            "paas-sdk",
        ],
    ),
    ("paas-fuzz", &["paas-client", "paas-core", "paas-tosca"]),
    ("xtask", &[]),
];

/// These crates do no I/O and know no clock or runtime.
const PURE: &[&str] = &["paas-core", "paas-tosca", "paas-scaling", "paas-observe"];

/// Crates that a pure crate must not pull in, not even through others.
const IMPURE: &[&str] = &[
    "async-std",
    "axum",
    "chrono",
    "curl",
    "futures-executor",
    "hyper",
    "hyper-util",
    "mio",
    "redb",
    "reqwest",
    "rusqlite",
    "smol",
    "socket2",
    "sqlx",
    "tokio",
    "tower",
    "ureq",
];

#[test]
fn every_edge_between_our_crates_is_allowed() {
    let metadata = metadata();
    let members: BTreeSet<&str> =
        metadata.workspace_packages().iter().map(|package| package.name.as_str()).collect();
    let mut faults = Vec::new();
    for package in metadata.workspace_packages() {
        let Some(allowed) = allowed(&package.name) else {
            faults.push(format!(
                "`{}` is not in the table of {}: add it with what it may depend on",
                package.name,
                file!()
            ));
            continue;
        };
        for ours in
            normal_dependencies(package).filter(|name| members.contains(name) && !allowed.contains(name))
        {
            faults.push(format!("`{}` must not depend on `{ours}`; it may on {allowed:?}", package.name));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn tests_of_a_crate_reach_no_further_up_than_its_users() {
    // A test may use a crate of ours that the crate itself may not, but never one that depends on it: two copies of
    // the crate would meet.
    let metadata = metadata();
    for package in metadata.workspace_packages() {
        let tests = package.dependencies.iter().filter(|d| d.kind == DependencyKind::Development);
        for dependency in tests.filter(|d| d.path.is_some()) {
            assert!(
                !reaches(&dependency.name, &package.name),
                "tests of `{}` use `{}`, which depends on it",
                package.name,
                dependency.name
            );
        }
    }
}

#[test]
fn pure_crates_pull_in_nothing_that_does_io() {
    let metadata = metadata();
    let mut seen_one = false;
    for package in metadata.workspace_packages().into_iter().filter(|p| PURE.contains(&p.name.as_str())) {
        seen_one = true;
        for (name, way) in all_below(&metadata, &package.id) {
            assert!(
                !IMPURE.contains(&name.as_str()),
                "`{}` must stay pure, but pulls in `{name}`: {}",
                package.name,
                way.join(" → ")
            );
        }
    }
    assert!(seen_one, "none of {PURE:?} is in the workspace");
}

#[test]
fn the_table_has_no_circle_and_names_only_its_own_crates() {
    for (name, allowed) in MAY_DEPEND_ON {
        assert!(!reaches(name, name), "`{name}` may depend on itself");
        for other in *allowed {
            assert!(self::allowed(other).is_some(), "`{other}` has no line of its own");
        }
    }
}

fn metadata() -> Metadata {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    MetadataCommand::new().current_dir(root).other_options(["--all-features".to_owned()]).exec().unwrap()
}

fn allowed(name: &str) -> Option<&'static [&'static str]> {
    MAY_DEPEND_ON.iter().find(|(crate_name, _)| *crate_name == name).map(|(_, allowed)| *allowed)
}

fn normal_dependencies(package: &Package) -> impl Iterator<Item = &str> {
    package.dependencies.iter().filter(|d| d.kind == DependencyKind::Normal).map(|d| d.name.as_str())
}

/// Whether the table leads from one crate to another in one step or more.
fn reaches(from: &str, to: &str) -> bool {
    let mut waiting: VecDeque<&str> = VecDeque::from_iter(allowed(from).unwrap_or_default().iter().copied());
    let mut seen = BTreeSet::new();
    while let Some(name) = waiting.pop_front() {
        if name == to {
            return true;
        }
        if seen.insert(name) {
            waiting.extend(allowed(name).unwrap_or_default());
        }
    }
    false
}

/// The names of all normal dependencies of a package, direct or not, each with the way to it.
fn all_below(metadata: &Metadata, root: &PackageId) -> BTreeMap<String, Vec<String>> {
    let nodes = &metadata.resolve.as_ref().unwrap().nodes;
    let mut found = BTreeMap::new();
    let mut waiting = VecDeque::from([(root, Vec::new())]);
    while let Some((id, way)) = waiting.pop_front() {
        let node = nodes.iter().find(|node| node.id == *id).unwrap();
        for edge in &node.deps {
            let name = metadata[&edge.pkg].name.to_string();
            let is_normal = edge.dep_kinds.iter().any(|kind| kind.kind == DependencyKind::Normal);
            if is_normal && !found.contains_key(&name) {
                let way: Vec<String> = way.iter().cloned().chain([name.clone()]).collect();
                found.insert(name, way.clone());
                waiting.push_back((&edge.pkg, way));
            }
        }
    }
    found
}
