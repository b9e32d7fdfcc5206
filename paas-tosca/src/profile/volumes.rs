//! Volumes, and where services mount them.

use super::{
    Context, names,
    read::Read,
    types::{NodeKind, Relation},
};
use crate::tosca::{Document, Node, Quantity, Requirement, Value, find};
use paas_core::{
    application::{Access, Mount, Volume},
    diagnostic::{Code, Diagnostic},
};
use rustc_hash::FxHashMap;

/// The volume that a node is.
pub(super) fn volume(node: &Node<'_>, read: &Read<'_>) -> Volume {
    let given = node.property("name");
    let name = read.string(given).unwrap_or_else(|| node.name.to_owned());
    if !names::is_volume_name(&name) && !given.is_some_and(Value::is_settled) {
        read.report.help(
            Code::VolumeName,
            given.map_or(node.at, |given| given.at),
            format!("`{}` cannot be the name of a volume", name.escape_debug()),
            "use 1 to 63 letters, digits, dots, dashes and underscores".to_owned(),
        );
    }
    let mut volume = Volume::new(name);
    volume.server = read.string(node.property("server"));
    volume.tier = read.string(node.property("tier"));
    volume.size_bytes = node.property("size").and_then(Value::as_quantity).map(Quantity::rounded);
    volume.access = node.property("access").and_then(Value::as_str).and_then(|access| match access {
        "one_writer" => Some(Access::OneWriter),
        "many_readers" => Some(Access::ManyReaders),
        "many_writers" => Some(Access::ManyWriters),
        _ => None,
    });
    volume.existing = node.property("existing").and_then(Value::as_boolean).unwrap_or(false);
    volume.origin = node.at.place().into();
    volume
}

/// What the volume of a node is called, where that was read, and so diagnosed, elsewhere.
fn name<'n>(node: &'n Node<'_>) -> &'n str {
    node.property("name").and_then(Value::as_str).unwrap_or(node.name)
}

/// Says which volumes have the name of another: by a property, or because those of a template that stands for a node
/// begin with its name.
pub(super) fn check_names(document: &Document<'_>, kinds: &[Option<NodeKind>], read: &Read<'_>) {
    let nodes = &document.topology.nodes;
    let volumes = || nodes.iter().zip(kinds).filter(|(_, kind)| **kind == Some(NodeKind::Volume));
    if volumes().all(|(node, _)| node.within.is_empty() && !node.gives("name")) {
        return;
    }
    let mut known: FxHashMap<&str, &Node<'_>> = FxHashMap::default();
    for (node, _) in volumes() {
        let name = name(node);
        if let Some(other) = known.insert(name, node) {
            let message = format!("two volumes are called `{name}`");
            let (code, help) = match node.within {
                "" => (Code::VolumeName, "rename one of them".to_owned()),
                within => (
                    Code::Substitution,
                    format!("this one is the `{}` of `{within}`: rename one of them", node.own_name()),
                ),
            };
            let diagnostic = Diagnostic::new(code, message).at(node.at.place());
            read.report.push(diagnostic.label(other.at.place(), "the other one").help(help));
        }
    }
}

impl<'t> Context<'_, 't> {
    /// How many volumes it asks for.
    pub(super) fn count_of_mounts(&self, node: &Node<'t>) -> usize {
        let is_mount = |link: &&Requirement<'t>| self.relation(link.relationship) == Some(Relation::Mounts);
        node.requirements.iter().filter(is_mount).count()
    }

    pub(super) fn mounts(&self, node: &Node<'t>) -> Vec<Mount> {
        let is_mount = |relationship| {
            matches!(self.relation(relationship), Some(Relation::Mounts | Relation::AttachesTo))
        };
        let requirements = node.requirements.iter().filter(|link| link.whole && is_mount(link.relationship));
        let mount = |requirement: &Requirement<'t>| {
            if self.kind(requirement.target) != Some(NodeKind::Volume) {
                return None;
            }
            let target = self.document.topology.nodes.get(requirement.target)?;
            let location = find(&requirement.properties, "location")?;
            let path = self.read.string(Some(location))?;
            if !names::is_absolute_path(&path) || path.contains(':') {
                self.read.report.help(
                    Code::MountPath,
                    location.at,
                    format!("`{path}` cannot be a mount path"),
                    "write an absolute path without `:`, `.` and `..`".to_owned(),
                );
                return None;
            }
            let mut mount = Mount::new(name(target), path);
            mount.read_only =
                find(&requirement.properties, "read_only").and_then(Value::as_boolean).unwrap_or(false);
            mount.origin = requirement.at.place().into();
            Some(mount)
        };
        let mut mounts = Vec::with_capacity(requirements.clone().count());
        mounts.extend(requirements.filter_map(mount));
        mounts
    }
}
