//! The topology: nodes, relationships, groups, policies, outputs, all read and checked.

use super::{
    container,
    convert::Reader,
    definition,
    function::{Evaluation, Scope},
    inputs::Inputs,
    keywords,
    library::{Kind, Library, PropertyDef, TypeDef, TypeId},
    report::Report,
    requirement,
    value::Value,
};
use crate::yaml::{self, NodeRef};
use paas_core::diagnostic::{Code, Diagnostic, Severity};
use rustc_hash::FxHashMap;
use std::cell::Cell;

/// A node template by name, type and tree: what others can refer to.
#[derive(Debug)]
pub(super) struct Declared<'t> {
    pub(super) name: NodeRef<'t>,
    pub(super) node: NodeRef<'t>,
    pub(super) ty: Option<TypeId>,
}

impl<'t> Declared<'t> {
    pub(super) fn name_text(&self) -> &'t str {
        self.name.text().unwrap_or_default()
    }
}

/// A topology that was read.
#[derive(Debug, Default)]
pub(crate) struct Topology<'t> {
    pub(crate) nodes: Vec<Node<'t>>,
    pub(crate) policies: Vec<Policy<'t>>,
    pub(crate) outputs: Vec<OutputValue<'t>>,
    /// The secret inputs that something asked for.
    pub(crate) secrets: Vec<String>,
    /// Whether something depends on an input without a value.
    pub(crate) incomplete: bool,
}

/// A node template.
#[derive(Debug)]
pub(crate) struct Node<'t> {
    pub(crate) name: &'t str,
    /// The name where it stands.
    pub(crate) at: NodeRef<'t>,
    node: NodeRef<'t>,
    pub(crate) ty: Option<TypeId>,
    pub(crate) properties: Vec<(NodeRef<'t>, Value<'t>)>,
    /// Capabilities that the template gives properties to.
    pub(crate) capabilities: Vec<(&'t str, Vec<(NodeRef<'t>, Value<'t>)>)>,
    pub(crate) requirements: Vec<Requirement<'t>>,
    images: Vec<Artifact<'t>>,
    /// Inputs of `create` and `configure`, if it has an image.
    pub(crate) create_inputs: Vec<(NodeRef<'t>, Value<'t>)>,
}

impl<'t> Node<'t> {
    /// The image that it runs: the one that creates it, or else the first.
    pub(crate) fn image(&self) -> Option<&Artifact<'t>> {
        let named = container::implementation(self.node);
        let created = self.images.iter().find(|image| named.is_some() && image.name.text() == named);
        created.or_else(|| self.images.first())
    }

    /// Whether the template itself gives a property of a capability.
    pub(crate) fn gives_capability(&self, capability: &str, name: &NodeRef<'t>) -> bool {
        name.text().is_some_and(|name| self.given_capability(capability, name).is_some())
    }

    /// Whether requirements were left out because something is wrong with them.
    pub(crate) fn lacks_requirements(&self) -> bool {
        let given = self.node.get("requirements").filter(|list| !list.is_null());
        given.is_some_and(|list| {
            list.kind() != yaml::Kind::Sequence || self.requirements.len() < list.items().len()
        }) || self.requirements.iter().any(|requirement| !requirement.whole)
    }

    /// Whether properties are of the wrong shape, or unknown, or wrong.
    pub(crate) fn lacks_properties(&self, report: &Report) -> bool {
        let given = self.node.get("properties").filter(|given| !given.is_null());
        given.is_some_and(|given| given.kind() != yaml::Kind::Mapping)
            || keywords::is_misspelt(self.node, "properties", report)
            || self.properties.iter().any(|(_, value)| value.is_invalid())
    }

    /// The value of a property, given or by default.
    pub(crate) fn property(&self, name: &str) -> Option<&Value<'t>> {
        find(&self.properties, name)
    }

    /// Whether the template itself gives the property.
    pub(crate) fn gives(&self, name: &str) -> bool {
        self.node.get("properties").is_some_and(|given| given.get(name).is_some())
    }

    /// The value of a capability's property, if the template itself gives it.
    pub(crate) fn given_capability(&self, capability: &str, name: &str) -> Option<&Value<'t>> {
        let given = self.node.get("capabilities")?.get(capability)?.get("properties")?;
        given.get(name)?;
        let (_, properties) = self.capabilities.iter().find(|(found, _)| *found == capability)?;
        find(properties, name)
    }
}

pub(crate) fn find<'v, 't>(values: &'v [(NodeRef<'t>, Value<'t>)], name: &str) -> Option<&'v Value<'t>> {
    values.iter().find(|(key, _)| key.text() == Some(name)).map(|(_, value)| value)
}

/// An artifact of a node that is a container image.
#[derive(Debug)]
pub(crate) struct Artifact<'t> {
    pub(crate) name: NodeRef<'t>,
    pub(crate) file: Option<NodeRef<'t>>,
    /// The address of its repository.
    pub(crate) repository: Option<&'t str>,
}

/// A requirement that points at the right kind of node.
#[derive(Debug)]
pub(crate) struct Requirement<'t> {
    pub(crate) name: &'t str,
    /// The target's name where it stands.
    pub(crate) at: NodeRef<'t>,
    /// The index of the target.
    pub(crate) target: usize,
    pub(crate) relationship: Option<TypeId>,
    pub(crate) properties: Vec<(NodeRef<'t>, Value<'t>)>,
    /// Whether the relationship could be understood.
    pub(crate) whole: bool,
}

/// A policy.
#[derive(Debug)]
pub(crate) struct Policy<'t> {
    pub(crate) name: &'t str,
    pub(crate) at: NodeRef<'t>,
    pub(crate) ty: Option<TypeId>,
    pub(crate) properties: Vec<(NodeRef<'t>, Value<'t>)>,
    /// Indices of nodes, groups replaced by their members, each once.
    pub(crate) targets: Vec<usize>,
    /// Whether all targets could be understood.
    pub(crate) whole: bool,
}

/// An output.
#[derive(Debug)]
pub(crate) struct OutputValue<'t> {
    pub(crate) name: &'t str,
    pub(crate) description: Option<&'t str>,
    pub(crate) value: Value<'t>,
}

/// Relationship templates by name.
#[derive(Debug, Default)]
pub(super) struct Relationships<'t> {
    all: FxHashMap<&'t str, RelationshipTemplate<'t>>,
    /// Whether they are of a shape in which they cannot be found.
    lost: bool,
}

#[derive(Debug)]
pub(super) struct RelationshipTemplate<'t> {
    name: NodeRef<'t>,
    node: NodeRef<'t>,
    pub(super) ty: Option<TypeId>,
    used: Cell<bool>,
}

impl<'t> Relationships<'t> {
    pub(super) fn find(&self, name: &str) -> Option<&RelationshipTemplate<'t>> {
        self.all.get(name)
    }

    pub(super) fn names(&self) -> impl Iterator<Item = &'t str> {
        self.all.keys().copied()
    }

    /// Whether one that is not found does not exist.
    pub(super) fn are_readable(&self) -> bool {
        !self.lost
    }
}

impl<'t> RelationshipTemplate<'t> {
    /// Its properties, for one use of it.
    pub(super) fn read(
        &self,
        evaluation: &Evaluation<'_, 't>,
        scope: Scope,
    ) -> Vec<(NodeRef<'t>, Value<'t>)> {
        self.used.set(true);
        let Some(ty) = self.ty.and_then(|ty| evaluation.library.ty(ty)) else { return Vec::new() };
        read_properties(evaluation, scope, self.name, self.node.get("properties"), ty)
    }
}

/// Reads a topology; none at all is an empty one.
pub(super) fn read<'t>(
    node: Option<NodeRef<'t>>,
    inputs: &Inputs<'t>,
    library: &Library<'t>,
    report: &Report,
) -> Topology<'t> {
    let Some(node) = node else { return Topology::default() };
    keywords::check(node, keywords::TOPOLOGY, "`topology_template`", report);
    if let Some((key, _)) = node.entry("substitution_mappings") {
        report.at(Code::NotSupported, key, "`substitution_mappings` are not supported yet");
    }
    if let Some((key, _)) = node.entry("workflows") {
        report.at(Code::NotExecuted, key, "workflows are read, but not executed");
    }
    if let Some(nodes) = node.get("node_templates")
        && !nodes.is_null()
        && !report.expect(nodes, yaml::Kind::Mapping, "`node_templates`")
    {
        // All else would ask for nodes that cannot be found.
        return Topology::default();
    }
    let (declared, index) = declare(node, library, report);
    let evaluation = Evaluation::new(library, report, inputs, &declared, &index);
    let relationships = relationship_templates(node, &evaluation);
    let nodes: Vec<_> =
        (0..declared.len()).filter_map(|at| read_node(&evaluation, &relationships, at)).collect();
    // A template that no requirement uses is checked all the same, except what depends on its ends.
    for template in relationships.all.values().filter(|template| !template.used.get()) {
        template.read(&evaluation, Scope { loose: true, ..Scope::default() });
    }
    let groups = groups(node, &evaluation);
    let policies = policies(node, &evaluation, &groups);
    let outputs = outputs(node, &evaluation);
    let (secrets, incomplete) = (inputs.used_secrets(), inputs.is_incomplete());
    Topology { nodes, policies, outputs, secrets, incomplete }
}

/// Names all node templates and finds their types.
fn declare<'t>(
    node: NodeRef<'t>,
    library: &Library<'t>,
    report: &Report,
) -> (Vec<Declared<'t>>, FxHashMap<&'t str, usize>) {
    let Some(templates) = node.get("node_templates") else { return Default::default() };
    let count = templates.entries().len();
    let (mut declared, mut index) = (Vec::with_capacity(count), FxHashMap::default());
    index.reserve(count);
    for (name, node) in templates.entries() {
        let text = name.text().unwrap_or_default();
        index.insert(text, declared.len());
        let ty = if node.entry("copy").is_some() {
            // It has the type of what it copies.
            None
        } else if node.kind() == yaml::Kind::Mapping {
            find_type(node, name, "node template", Kind::Node, library, report)
        } else {
            report.at(Code::WrongShape, name, format!("the node template `{text}` is a map"));
            None
        };
        declared.push(Declared { name, node, ty });
    }
    (declared, index)
}

/// The type that `type:` names.
fn find_type<'t>(
    node: NodeRef<'t>,
    name: NodeRef<'t>,
    what: &str,
    kind: Kind,
    library: &Library<'t>,
    report: &Report,
) -> Option<TypeId> {
    let Some(ty) = node.get("type").filter(|ty| !ty.is_null()) else {
        if keywords::is_misspelt(node, "type", report) {
            return None;
        }
        let text = name.text().unwrap_or_default();
        report.at(Code::MissingKeyword, name, format!("the {what} `{text}` has no `type`"));
        return None;
    };
    let Some(text) = ty.text() else {
        report.at(Code::WrongShape, ty, "`type` is the name of a type");
        return None;
    };
    let found = library.named(kind, ty);
    if found.is_none() && !library.may_lack(ty) {
        let help = library.suggest(&[kind], ty, report);
        report.help(Code::UnknownType, ty, format!("`{text}` is not {}", kind.with_article()), help);
    }
    found
}

/// Whether a node is a map, and not left out either.
fn is_map(node: NodeRef<'_>, what: &str, report: &Report) -> bool {
    node.is_null() || report.expect(node, yaml::Kind::Mapping, what)
}

fn read_node<'t>(
    evaluation: &Evaluation<'_, 't>,
    relationships: &Relationships<'t>,
    index: usize,
) -> Option<Node<'t>> {
    let report = evaluation.report;
    let declared = evaluation.nodes.get(index)?;
    let (node, at) = (declared.node, declared.name);
    keywords::check(node, keywords::NODE, "a node template", report);
    let images = container::images(node, evaluation.library);
    if images.is_empty() {
        without_effect(node, "node template", report);
    }
    for word in ["copy", "node_filter", "directives"] {
        if let Some((key, value)) = node.entry(word)
            && (word != "directives" || value.items().len() > 0)
        {
            report.at(Code::NotSupported, key, format!("`{word}` is not supported yet"));
        }
    }
    let mut read = Node {
        name: declared.name_text(),
        at,
        node,
        ty: declared.ty,
        properties: Vec::new(),
        capabilities: Vec::new(),
        requirements: Vec::new(),
        images,
        create_inputs: Vec::new(),
    };
    let Some(ty) = declared.ty.and_then(|ty| evaluation.library.ty(ty)) else {
        return Some(read);
    };
    let scope = Scope { this: Some(index), ..Scope::default() };
    if !keywords::is_misspelt(node, "properties", report) {
        read.properties = read_properties(evaluation, scope, at, node.get("properties"), ty);
    }
    read.capabilities = read_capabilities(evaluation, scope, node, ty);
    read.requirements = requirement::read(evaluation, relationships, index, ty);
    if !read.images.is_empty() {
        read.create_inputs = container::create_inputs(evaluation, scope, node);
    }
    Some(read)
}

/// Says what is read and does nothing.
fn without_effect(node: NodeRef<'_>, what: &str, report: &Report) {
    for word in ["interfaces", "artifacts", "attributes"] {
        if let Some((key, value)) = node.entry(word)
            && value.entries().len() > 0
        {
            let message = format!("`{word}` of a {what} are read, but have no effect");
            report.push(
                Diagnostic::new(Code::NotExecuted, message).at(key.place()).severity(Severity::Warning),
            );
        }
    }
}

/// Properties of anything that has a type.
fn read_properties<'t>(
    evaluation: &Evaluation<'_, 't>,
    scope: Scope,
    at: NodeRef<'t>,
    given: Option<NodeRef<'t>>,
    ty: &TypeDef<'t>,
) -> Vec<(NodeRef<'t>, Value<'t>)> {
    fill(evaluation, scope, at, given, ty, &ty.properties)
}

/// The values of properties; of the wrong shape they say nothing, not even what is missing.
pub(super) fn fill<'t>(
    evaluation: &Evaluation<'_, 't>,
    scope: Scope,
    at: NodeRef<'t>,
    given: Option<NodeRef<'t>>,
    ty: &TypeDef<'t>,
    properties: &[PropertyDef<'t>],
) -> Vec<(NodeRef<'t>, Value<'t>)> {
    let given = given.filter(|given| !given.is_null());
    if given.is_some_and(|given| !evaluation.report.expect(given, yaml::Kind::Mapping, "`properties`")) {
        return Vec::new();
    }
    let reader = Reader::evaluating(evaluation, scope);
    let entries = given.map(NodeRef::entries).into_iter().flatten();
    reader.fill(at, ty, properties, entries, |value, property| {
        reader.read(property.name, value, &property.schema)
    })
}

type Capabilities<'t> = Vec<(&'t str, Vec<(NodeRef<'t>, Value<'t>)>)>;

fn read_capabilities<'t>(
    evaluation: &Evaluation<'_, 't>,
    scope: Scope,
    node: NodeRef<'t>,
    ty: &TypeDef<'t>,
) -> Capabilities<'t> {
    let (library, report) = (evaluation.library, evaluation.report);
    let Some(node) = node.get("capabilities") else { return Vec::new() };
    if !report.expect(node, yaml::Kind::Mapping, "`capabilities`") {
        return Vec::new();
    }
    let mut all = Vec::new();
    for (key, node) in node.entries() {
        let name = key.text().unwrap_or_default();
        let Some(definition) = ty.capabilities.iter().find(|capability| capability.name == name) else {
            let help = report.suggest(name, ty.capabilities.iter().map(|capability| capability.name));
            let message = format!("`{}` has no capability `{name}`", ty.name);
            report.help(Code::UnknownCapability, key, message, help);
            continue;
        };
        if !report.expect(node, yaml::Kind::Mapping, &format!("the capability `{name}`")) {
            continue;
        }
        keywords::check(node, keywords::CAPABILITY, "a capability", report);
        without_effect(node, "capability", report);
        if let Some((key, _)) = node.entry("occurrences") {
            report.at(Code::NotSupported, key, "`occurrences` of a capability are not supported yet");
        }
        let Some(ty) = definition.ty.and_then(|ty| library.ty(ty)) else { continue };
        let mut properties = definition.refined.clone();
        let inherited = ty.properties.iter();
        properties
            .extend(inherited.filter(|p| !definition.refined.iter().any(|own| own.name == p.name)).cloned());
        all.push((name, fill(evaluation, scope, key, node.get("properties"), ty, &properties)));
    }
    all
}

fn relationship_templates<'t>(node: NodeRef<'t>, evaluation: &Evaluation<'_, 't>) -> Relationships<'t> {
    let report = evaluation.report;
    let Some(templates) = node.get("relationship_templates") else { return Relationships::default() };
    if !report.expect(templates, yaml::Kind::Mapping, "`relationship_templates`") {
        return Relationships { lost: !templates.is_null(), ..Relationships::default() };
    }
    let mut all = FxHashMap::default();
    for (name, node) in templates.entries() {
        let text = name.text().unwrap_or_default();
        if !is_map(node, &format!("the relationship template `{text}`"), report) {
            all.insert(text, RelationshipTemplate { name, node, ty: None, used: Cell::new(false) });
            continue;
        }
        keywords::check(node, keywords::RELATIONSHIP, "a relationship template", report);
        without_effect(node, "relationship template", report);
        if let Some((key, _)) = node.entry("copy") {
            report.at(Code::NotSupported, key, "`copy` is not supported yet");
        }
        let kind = Kind::Relationship;
        let ty = find_type(node, name, "relationship template", kind, evaluation.library, report);
        all.insert(text, RelationshipTemplate { name, node, ty, used: Cell::new(false) });
    }
    Relationships { all, lost: false }
}

type Groups<'t> = FxHashMap<&'t str, Group>;

/// A group that policies can target.
#[derive(Debug, Default)]
struct Group {
    ty: Option<TypeId>,
    /// Indices of nodes.
    members: Vec<usize>,
    /// Whether all members could be understood.
    whole: bool,
}

fn groups<'t>(node: NodeRef<'t>, evaluation: &Evaluation<'_, 't>) -> Groups<'t> {
    let report = evaluation.report;
    let mut all = FxHashMap::default();
    let Some(groups) = node.get("groups") else { return all };
    if !report.expect(groups, yaml::Kind::Mapping, "`groups`") {
        return all;
    }
    for (name, node) in groups.entries() {
        let text = name.text().unwrap_or_default();
        if !is_map(node, &format!("the group `{text}`"), report) {
            all.insert(text, Group::default());
            continue;
        }
        keywords::check(node, keywords::GROUP, "a group", report);
        without_effect(node, "group", report);
        let ty = find_type(node, name, "group", Kind::Group, evaluation.library, report);
        let definition = ty.and_then(|ty| evaluation.library.ty(ty));
        if let Some(ty) = definition {
            read_properties(evaluation, Scope::default(), name, node.get("properties"), ty);
        }
        let wanted = definition.map_or(&[][..], |ty| &ty.targets);
        let (named, mut whole) = named_nodes(node.get("members"), "`members`", evaluation, None);
        let mut members = Vec::with_capacity(named.len());
        for (member, index) in named {
            match index {
                Some(index) if is_wanted(evaluation, wanted, index, member, "member of this group") => {
                    members.push(index);
                }
                _ => whole = false,
            }
        }
        all.insert(text, Group { ty, members, whole });
    }
    all
}

/// The nodes (or groups: `None`) that a list names, and whether these are all; what is neither is diagnosed.
fn named_nodes<'t>(
    list: Option<NodeRef<'t>>,
    what: &str,
    evaluation: &Evaluation<'_, 't>,
    groups: Option<&Groups<'t>>,
) -> (Vec<(NodeRef<'t>, Option<usize>)>, bool) {
    let report = evaluation.report;
    let Some(list) = list.filter(|list| !list.is_null()) else { return (Vec::new(), true) };
    if !report.expect(list, yaml::Kind::Sequence, what) {
        return (Vec::new(), false);
    }
    let mut found = Vec::with_capacity(list.items().len());
    for item in list.items() {
        let Some(text) = item.text().filter(|_| !item.is_null()) else {
            report.at(Code::WrongShape, item, format!("{what} are names"));
            continue;
        };
        if let Some(&index) = evaluation.index.get(text) {
            found.push((item, Some(index)));
        } else if groups.is_some_and(|groups| groups.contains_key(text)) {
            found.push((item, None));
        } else {
            let names = evaluation.index.keys().copied();
            let names = names.chain(groups.into_iter().flat_map(|groups| groups.keys().copied()));
            let help = report.suggest(text, names);
            let kinds = if groups.is_some() { "a node template or group" } else { "a node template" };
            report.help(Code::UnknownMember, item, format!("`{text}` is not {kinds}"), help);
        }
    }
    let all = found.len() == list.items().len();
    (found, all)
}

fn is_wanted(
    evaluation: &Evaluation<'_, '_>,
    wanted: &[TypeId],
    index: usize,
    at: NodeRef<'_>,
    what: &str,
) -> bool {
    let library = evaluation.library;
    let Some(declared) = evaluation.nodes.get(index) else { return false };
    let Some(id) = declared.ty else { return false };
    if !evaluation.report.spend(at, wanted.len()) {
        return false;
    }
    if wanted.is_empty() || wanted.iter().any(|&wanted| library.derives(id, wanted)) {
        return true;
    }
    if evaluation.report.is_full() {
        // Nothing more is told, so nothing need be worded.
        return false;
    }
    const MOST: usize = 10;
    let mut names: Vec<_> =
        wanted.iter().take(MOST).map(|&wanted| format!("`{}`", library.name(wanted))).collect();
    if wanted.len() > MOST {
        names.push(format!("another of {} types", wanted.len()));
    }
    let message = format!(
        "`{}` cannot be a {what}: it is a `{}`, not a {}",
        declared.name_text(),
        library.name(id),
        names.join(" or ")
    );
    evaluation.report.at(Code::WrongTarget, at, message);
    false
}

fn policies<'t>(node: NodeRef<'t>, evaluation: &Evaluation<'_, 't>, groups: &Groups<'t>) -> Vec<Policy<'t>> {
    let report = evaluation.report;
    let Some(policies) = node.get("policies") else { return Vec::new() };
    let entries: Vec<_> = if policies.kind() == yaml::Kind::Mapping {
        let message = "`policies` is a list of maps of one name; not all readers take a map";
        let diagnostic = Diagnostic::new(Code::WrongShape, message).at(policies.place());
        report.push(diagnostic.severity(Severity::Warning).help("put `- ` before the name of each policy"));
        policies.entries().collect()
    } else {
        if !report.expect(policies, yaml::Kind::Sequence, "`policies`") {
            return Vec::new();
        }
        let entry = |item: NodeRef<'t>| {
            let entry = item.only_entry();
            if entry.is_none() {
                report.at(Code::WrongShape, item, "a policy is a map of one name");
            }
            entry
        };
        policies.items().filter_map(entry).collect()
    };
    let mut all = Vec::with_capacity(entries.len());
    let mut names: FxHashMap<&str, NodeRef<'t>> = FxHashMap::default();
    for (at, node) in entries {
        let name = at.text().unwrap_or_default();
        if let Some(earlier) = names.insert(name, at) {
            let message = format!("two policies are named `{name}`");
            let diagnostic = Diagnostic::new(Code::DuplicateKey, message).label(at.place(), "again here");
            report.push(diagnostic.label(earlier.place(), "first here"));
        }
        if !is_map(node, &format!("the policy `{name}`"), report) {
            continue;
        }
        keywords::check(node, keywords::POLICY, "a policy", report);
        if let Some((key, _)) = node.entry("triggers") {
            report.at(Code::NotSupported, key, "`triggers` of a policy are not supported yet");
        }
        let ty = find_type(node, at, "policy", Kind::Policy, evaluation.library, report);
        let Some(definition) = ty.and_then(|ty| evaluation.library.ty(ty)) else { continue };
        if keywords::is_misspelt(node, "properties", report) {
            continue;
        }
        let properties =
            read_properties(evaluation, Scope::default(), at, node.get("properties"), definition);
        let (targets, whole) = targets(node, evaluation, groups, definition);
        all.push(Policy { name, at, ty, properties, targets, whole });
    }
    all
}

/// The nodes that a policy targets, each once, and whether all targets could be understood.
fn targets<'t>(
    node: NodeRef<'t>,
    evaluation: &Evaluation<'_, 't>,
    groups: &Groups<'t>,
    definition: &TypeDef<'t>,
) -> (Vec<usize>, bool) {
    let (named, mut whole) = named_nodes(node.get("targets"), "`targets`", evaluation, Some(groups));
    let wanted = &definition.targets;
    let mut targets = Vec::with_capacity(named.len());
    let mut seen = rustc_hash::FxHashSet::default();
    for (target, index) in named {
        let group = groups.get(target.text().unwrap_or_default()).filter(|_| index.is_none());
        whole &= group.is_none_or(|group| group.whole);
        // If the policy is for groups of this type, its members may be whatever the group allows.
        let is_for_group = group
            .and_then(|group| group.ty)
            .is_some_and(|ty| wanted.iter().any(|&wanted| evaluation.library.derives(ty, wanted)));
        let members = group.map_or(index.as_slice(), |group| &group.members);
        for &member in members {
            if !evaluation.report.count_target(target) {
                whole = false;
                break;
            }
            if !seen.insert(member) {
                continue;
            }
            let wanted = if is_for_group { &[][..] } else { wanted };
            if is_wanted(evaluation, wanted, member, target, "target of this policy") {
                targets.push(member);
            } else {
                whole = false;
            }
        }
    }
    (targets, whole)
}

fn outputs<'t>(node: NodeRef<'t>, evaluation: &Evaluation<'_, 't>) -> Vec<OutputValue<'t>> {
    let report = evaluation.report;
    let Some(outputs) = node.get("outputs") else { return Vec::new() };
    if !report.expect(outputs, yaml::Kind::Mapping, "`outputs`") {
        return Vec::new();
    }
    let mut all = Vec::new();
    for (key, node) in outputs.entries() {
        let name = key.text().unwrap_or_default();
        if !is_map(node, &format!("the output `{name}`"), report) {
            continue;
        }
        keywords::check(node, keywords::OUTPUT, "an output", report);
        let Some(value) = node.get("value") else {
            report.at(Code::MissingKeyword, key, format!("the output `{name}` has no `value`"));
            continue;
        };
        let scope = Scope { output: true, ..Scope::default() };
        let schema = definition::schema(node, evaluation.library, report);
        let value = Reader::evaluating(evaluation, scope).read(name, value, &schema);
        all.push(OutputValue { name, description: node.get("description").and_then(NodeRef::text), value });
    }
    all
}
