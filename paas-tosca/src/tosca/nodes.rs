//! Node templates: properties, capabilities, requirements.

use super::{
    artifacts, attributes, container,
    convert::Reader,
    copies, directives,
    function::{Evaluation, Scope},
    index::Index,
    interfaces, keywords,
    library::{Kind, Library, PropertyDef, TypeDef, TypeId},
    report::Report,
    requirement,
    topology::{Declared, Node},
    value::Value,
};
use crate::yaml::{self, NodeRef};
use paas_core::diagnostic::Code;
use rustc_hash::FxHashMap;

/// Names all node templates and finds their types.
pub(super) fn declare<'t>(
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
        let ty = if node.entry("copy").is_some() && node.get("type").is_none() {
            // It has the type of what it copies; what cannot be copied is diagnosed there.
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
pub(super) fn find_type<'t>(
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
    // Of a type whose parents are not known, which is diagnosed there, nobody knows what it has.
    found.filter(|&id| library.ty(id).is_none_or(|ty| ty.whole))
}

/// Whether a node is a map, and not left out either.
pub(super) fn is_map(node: NodeRef<'_>, what: &str, report: &Report) -> bool {
    node.is_null() || report.expect(node, yaml::Kind::Mapping, what)
}

/// Reads a node template.
pub(super) fn read<'t>(evaluation: &Evaluation<'_, 't>, index: usize) -> Option<Node<'t>> {
    let report = evaluation.report;
    let declared = evaluation.nodes.get(index)?;
    let (node, at) = (declared.node, declared.name);
    keywords::check(node, keywords::NODE, "a node template", report);
    let find = |name: &str| {
        let index = evaluation.index.get(name)?;
        evaluation.nodes.get(*index).map(|declared| declared.node)
    };
    copies::check(node, at, "node template", evaluation.index.keys().copied(), find, report);
    directives::check(evaluation, declared);
    let mut read = Node {
        name: declared.name_text(),
        at,
        within: "",
        is_replaced: false,
        node,
        ty: declared.ty,
        properties: Vec::new(),
        capabilities: Vec::new(),
        requirements: Vec::new(),
        handed: 0,
        images: container::images(node, evaluation),
        create_inputs: Vec::new(),
    };
    let Some(ty) = declared.ty.and_then(|ty| evaluation.library.ty(ty)) else {
        return Some(read);
    };
    let scope = Scope::of_node(index);
    if !keywords::is_misspelt(node, "properties", report) {
        read.properties = read_properties(evaluation, scope, at, node.get("properties"), ty);
    }
    read.capabilities = read_capabilities(evaluation, scope, node, ty);
    read.requirements = requirement::read(evaluation, index, ty);
    attributes::check(evaluation, scope, node, &ty.attributes, ty);
    let is_container = !read.images.is_empty();
    artifacts::check(evaluation, scope, node, ty, is_container);
    interfaces::check(evaluation, scope, node, ty, "node template", is_container);
    if is_container {
        read.create_inputs = container::create_inputs(evaluation, scope, node);
    }
    Some(read)
}

/// Properties of anything that has a type.
pub(super) fn read_properties<'t>(
    evaluation: &Evaluation<'_, 't>,
    scope: Scope<'t>,
    at: NodeRef<'t>,
    given: Option<NodeRef<'t>>,
    ty: &TypeDef<'t>,
) -> Vec<(NodeRef<'t>, Value<'t>)> {
    fill(evaluation, scope, at, given, ty, &ty.properties)
}

/// The values of properties; of the wrong shape they say nothing, not even what is missing.
pub(super) fn fill<'t>(
    evaluation: &Evaluation<'_, 't>,
    scope: Scope<'t>,
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
    let entries = given.map_or_else(|| at.no_entries(), NodeRef::entries);
    reader.fill(at, ty, properties, entries, |value, property| {
        reader.read(property.name, value, &property.schema)
    })
}

type Capabilities<'t> = Vec<(&'t str, Vec<(NodeRef<'t>, Value<'t>)>)>;

fn read_capabilities<'t>(
    evaluation: &Evaluation<'_, 't>,
    scope: Scope<'t>,
    node: NodeRef<'t>,
    ty: &TypeDef<'t>,
) -> Capabilities<'t> {
    let (library, report) = (evaluation.library, evaluation.report);
    let Some(node) = node.get("capabilities") else { return Vec::new() };
    if !report.expect(node, yaml::Kind::Mapping, "`capabilities`") {
        return Vec::new();
    }
    let mut all = Vec::new();
    let definitions = Index::of(&ty.capabilities, |capability| capability.name);
    for (key, node) in node.entries() {
        let name = key.text().unwrap_or_default();
        let Some(definition) = definitions.find(name) else {
            let help = report.suggest(name, ty.capabilities.iter().map(|capability| capability.name));
            let message = format!("`{}` has no capability `{name}`", ty.name);
            report.help(Code::UnknownCapability, key, message, help);
            continue;
        };
        if !report.expect(node, yaml::Kind::Mapping, &format!("the capability `{name}`")) {
            continue;
        }
        keywords::check(node, keywords::CAPABILITY, "a capability", report);
        if let Some(value) = node.get("occurrences") {
            requirement::read_occurrences(value, report);
        }
        let Some(ty) = definition.ty.and_then(|ty| library.ty(ty)) else { continue };
        let mut attributes = definition.attributes.clone();
        attributes.extend(ty.attributes.iter().cloned());
        attributes::check(evaluation, scope, node, &attributes, ty);
        let mut properties = definition.refined.clone();
        let inherited = ty.properties.iter();
        properties
            .extend(inherited.filter(|p| !definition.refined.iter().any(|own| own.name == p.name)).cloned());
        all.push((name, fill(evaluation, scope, key, node.get("properties"), ty, &properties)));
    }
    all
}
