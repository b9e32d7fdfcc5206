//! From the type sections of a file to a library.

use super::{
    artifacts, constraint,
    convert::Reader,
    definition, function,
    index::{self, Index},
    interfaces, keywords,
    library::{CapabilityDef, Kind, Library, RequirementDef, TypeDef, TypeId},
    refinement::Refinement,
    report::Report,
    requirement::read_occurrences,
    schema::{Schema, Type},
    triggers,
};
use crate::yaml::{self, NodeRef};
use paas_core::diagnostic::{Code, Diagnostic};
use rustc_hash::FxHashMap;

/// So many types may derive from each other in one line.
const DEEPEST: usize = 64;

/// A type that is named but not yet read.
struct Raw<'t> {
    kind: Kind,
    id: TypeId,
    name: NodeRef<'t>,
    node: NodeRef<'t>,
    parent: Option<TypeId>,
    /// The simple type that a data type derives from.
    base: Option<Type<'t>>,
}

/// Words for the types that another type is for, in the kinds of types that say so.
const ENDS: [(&str, Kind, &[Kind]); 4] = [
    ("targets", Kind::Policy, &[Kind::Node, Kind::Group]),
    ("members", Kind::Group, &[Kind::Node]),
    ("valid_source_types", Kind::Capability, &[Kind::Node]),
    ("valid_target_types", Kind::Relationship, &[Kind::Capability, Kind::Node]),
];

/// Puts all types of some files into a library.
pub(super) fn define<'t>(
    library: &mut Library<'t>,
    roots: impl Iterator<Item = NodeRef<'t>>,
    report: &Report,
) {
    let mut raws = collect(library, roots, report);
    if raws.is_empty() {
        return;
    }
    for raw in &mut raws {
        find_parent(raw, library, report);
    }
    let order = parents_first(&mut raws, report);
    // Names must be known before definitions are read, since types name each other freely.
    library.fill(raws.iter().map(|raw| TypeDef {
        name: raw.name.text().unwrap_or_default(),
        at: raw.name,
        description: None,
        ancestors: vec![raw.id],
        base: None,
        constraints: Vec::new(),
        properties: Vec::new(),
        attributes: Vec::new(),
        capabilities: Vec::new(),
        requirements: Vec::new(),
        targets: Vec::new(),
        interfaces: Vec::new(),
        artifacts: Vec::new(),
        operations: Vec::new(),
        whole: true,
    }));
    for index in order {
        if let Some(raw) = raws.get(index) {
            let ty = read(raw, library, report);
            library.replace(raw.id, ty);
        }
    }
    for raw in &raws {
        check_defaults(raw, library, report);
    }
}

/// Holds defaults against their own definitions, whether or not anything uses them. Functions have no value yet.
fn check_defaults<'t>(raw: &Raw<'t>, library: &Library<'t>, report: &Report) {
    let (Some(ty), Some(own)) = (library.ty(raw.id), raw.node.get("properties")) else { return };
    let reader = Reader::new(library, report);
    let index = Index::of(&ty.properties, |property| property.name);
    for property in own.entries().filter_map(|(name, _)| index.find(name.text()?)) {
        if let Some(default) = property.default.filter(|default| !function::is_within(*default)) {
            reader.read(property.name, default, &property.schema);
        }
    }
}

/// Names all types and gives them ids.
fn collect<'t>(
    library: &mut Library<'t>,
    roots: impl Iterator<Item = NodeRef<'t>>,
    report: &Report,
) -> Vec<Raw<'t>> {
    let mut found = Vec::new();
    for root in roots {
        for kind in Kind::ALL {
            let Some(section) = root.get(kind.section()) else { continue };
            if !report.expect(section, yaml::Kind::Mapping, &format!("`{}`", kind.section())) {
                continue;
            }
            for (name, node) in section.entries() {
                let Some(text) = name.text() else { continue };
                if library.base_reserves(kind, text) {
                    report.help(
                        Code::TypeRedefined,
                        name,
                        format!("`{text}` is a built-in {kind}"),
                        "derive a type with a name of your own".to_owned(),
                    );
                } else if !node.is_null() && node.kind() != yaml::Kind::Mapping {
                    report.at(Code::WrongShape, node, format!("the definition of `{text}` is a map"));
                } else {
                    found.push((kind, name, node));
                }
            }
        }
    }
    let ids = library.reserve(found.len());
    let raws: Vec<_> = found
        .into_iter()
        .zip(ids)
        .map(|((kind, name, node), id)| Raw { kind, id, name, node, parent: None, base: None })
        .collect();
    for raw in &raws {
        library.name_type(raw.name.file(), raw.kind, raw.name.text().unwrap_or_default(), raw.id);
    }
    // Short names, unless a type has just that name.
    for raw in &raws {
        let name = raw.name.text().unwrap_or_default();
        let Some(short) = name.strip_prefix(raw.kind.prefix()) else { continue };
        for short in [short, short.strip_prefix("network.").unwrap_or(short)] {
            if !library.has_own(raw.name.file(), raw.kind, short) {
                library.name_type(raw.name.file(), raw.kind, short, raw.id);
            }
        }
    }
    raws
}

fn find_parent<'t>(raw: &mut Raw<'t>, library: &Library<'t>, report: &Report) {
    let Some(node) = raw.node.get("derived_from") else { return };
    let Some(text) = node.text().filter(|_| !node.is_null()) else {
        report.at(Code::WrongShape, node, "`derived_from` is the name of a type");
        return;
    };
    if raw.kind == Kind::Data && (Type::simple(text).is_some() || text == "list" || text == "map") {
        raw.base = Some(definition::simple(node, raw.node, library, report));
        return;
    }
    raw.parent = library.named(raw.kind, node);
    if raw.parent.is_none() && !library.may_lack(node) {
        let help = library.suggest(&[raw.kind], node, report);
        report.help(Code::UnknownType, node, format!("`{text}` is not {}", raw.kind.with_article()), help);
    }
}

/// The order in which each type comes after its parent; types that derive from themselves lose their parent.
fn parents_first(raws: &mut [Raw<'_>], report: &Report) -> Vec<usize> {
    let index_of: FxHashMap<TypeId, usize> =
        raws.iter().enumerate().map(|(index, raw)| (raw.id, index)).collect();
    let parent = |raws: &[Raw<'_>], index: usize| -> Option<usize> {
        raws.get(index)?.parent.and_then(|parent| index_of.get(&parent).copied())
    };
    let mut order = Vec::with_capacity(raws.len());
    let mut done = vec![false; raws.len()];
    for start in 0..raws.len() {
        let mut line = Vec::new();
        let mut next = Some(start);
        while let Some(index) = next.filter(|&index| done.get(index) == Some(&false)) {
            if line.contains(&index) || line.len() >= DEEPEST {
                cut(raws, &line, index, report);
                break;
            }
            line.push(index);
            next = parent(raws, index);
        }
        for index in line.into_iter().rev() {
            if let Some(done) = done.get_mut(index) {
                *done = true;
            }
            order.push(index);
        }
    }
    order
}

/// Ends a line of types that comes back to `again`, or is too long.
fn cut(raws: &mut [Raw<'_>], line: &[usize], again: usize, report: &Report) {
    let name = |index: usize| raws.get(index).and_then(|raw| raw.name.text()).unwrap_or_default();
    let Some(last) = line.last().and_then(|&last| raws.get(last)) else { return };
    let message = if line.contains(&again) {
        let from = line.iter().position(|&index| index == again).unwrap_or(0);
        let names: Vec<_> = line.iter().skip(from).map(|&index| format!("`{}`", name(index))).collect();
        format!("{} derives from itself: {} → `{}`", last.kind, names.join(" → "), name(again))
    } else {
        format!("more than {DEEPEST} types derive from each other")
    };
    let at = last.node.get("derived_from").unwrap_or(last.name);
    report.push(Diagnostic::new(Code::TypeCycle, message).at(at.place()));
    if let Some(raw) = line.last().and_then(|&last| raws.get_mut(last)) {
        raw.parent = None;
    }
}

/// Reads a type over its parent, which is in the library already.
fn read<'t>(raw: &Raw<'t>, library: &Library<'t>, report: &Report) -> TypeDef<'t> {
    let name = raw.name.text().unwrap_or_default();
    if let Some(words) = keywords::of_type(raw.kind) {
        keywords::check(raw.node, words, &raw.kind.with_article(), report);
    }
    let parent = raw.parent.and_then(|parent| library.ty(parent)).filter(|parent| {
        let refined: usize = parent.capabilities.iter().map(|capability| 1 + capability.refined.len()).sum();
        let count = parent.properties.len()
            + parent.attributes.len()
            + refined
            + parent.requirements.len()
            + parent.targets.len();
        let within = report.count_inherited(count);
        if !within {
            report.at(
                Code::TooManyNodes,
                raw.name,
                "the types of this template inherit too much from each other",
            );
        }
        within
    });
    let mut ty = TypeDef {
        name,
        at: raw.name,
        description: raw.node.get("description").and_then(NodeRef::text),
        ancestors: vec![raw.id],
        base: raw.base.clone().map(Schema::of),
        constraints: parent.map_or_else(Vec::new, |parent| parent.constraints.clone()),
        properties: parent.map_or_else(Vec::new, |parent| parent.properties.clone()),
        attributes: parent.map_or_else(Vec::new, |parent| parent.attributes.clone()),
        capabilities: parent.map_or_else(Vec::new, |parent| parent.capabilities.clone()),
        requirements: parent.map_or_else(Vec::new, |parent| parent.requirements.clone()),
        targets: parent.map_or_else(Vec::new, |parent| parent.targets.clone()),
        interfaces: parent.map_or_else(Vec::new, |parent| parent.interfaces.clone()),
        artifacts: parent.map_or_else(Vec::new, |parent| parent.artifacts.clone()),
        operations: parent.map_or_else(Vec::new, |parent| parent.operations.clone()),
        whole: is_whole(raw, library),
    };
    if let Some(parent) = parent {
        ty.ancestors.extend(&parent.ancestors);
        ty.base = ty.base.or_else(|| parent.base.clone());
    }
    if let Some(node) = raw.node.get("constraints").filter(|_| raw.kind == Kind::Data) {
        match &mut ty.base {
            Some(base) => base.constraints.extend(constraint::read(node, &base.ty, report)),
            None => {
                let map = Type::Map(Box::new(Schema::ANY), None);
                ty.constraints.extend(constraint::read(node, &map, report));
            }
        }
    }
    if let (Some(_), Some((key, _))) = (&ty.base, raw.node.entry("properties")) {
        let message = format!("`{name}` is no map, so it cannot have `properties`");
        report.at(Code::WrongShape, key, message);
    }
    let own = |word| definition::properties(word, raw.node, keywords::PROPERTY, library, report);
    let refinement = Refinement { parent, library, report };
    let (mut properties, mut attributes) = (own("properties"), own("attributes"));
    refinement.properties(&mut properties, false);
    refinement.properties(&mut attributes, true);
    index::merge(&mut ty.properties, properties, |property| property.name);
    index::merge(&mut ty.attributes, attributes, |property| property.name);
    if raw.kind == Kind::Node {
        let mut own = read_capabilities(raw.node, library, report);
        refinement.capabilities(&mut own);
        index::merge(&mut ty.capabilities, own, |capability| capability.name);
        let mut own = read_requirements(raw.node, library, report);
        refinement.requirements(&mut own);
        index::merge(&mut ty.requirements, own, |requirement| requirement.name);
    }
    match raw.kind {
        Kind::Interface => {
            let own = definition::properties("inputs", raw.node, keywords::INPUT, library, report);
            index::merge(&mut ty.properties, own, |input| input.name);
            let own = interfaces::operations(raw.node, library, report);
            index::merge(&mut ty.operations, own, |operation| operation.name);
        }
        Kind::Node | Kind::Relationship | Kind::Group => {
            let of = raw.kind.with_article();
            interfaces::define(raw.node, &mut ty.interfaces, &of, library, report);
        }
        Kind::Policy => triggers::check_of_type(raw.node, library, report),
        _ => {}
    }
    if raw.kind == Kind::Node {
        index::merge(&mut ty.artifacts, artifacts::define(raw.node, library, report), |it| it.name);
    }
    for (key, of, kinds) in ENDS {
        let Some(list) = raw.node.get(key).filter(|_| raw.kind == of) else { continue };
        if report.expect(list, yaml::Kind::Sequence, &format!("`{key}`")) {
            ty.targets = list.items().filter_map(|node| reference(node, kinds, library, report)).collect();
            refinement.targets(list, &ty.targets);
        }
    }
    ty
}

/// Whether all that a type derives from is known. Its parent is in the library already.
fn is_whole<'t>(raw: &Raw<'t>, library: &Library<'t>) -> bool {
    match raw.parent.and_then(|parent| library.ty(parent)) {
        Some(parent) => parent.whole,
        None => raw.base.is_some() || raw.node.get("derived_from").is_none(),
    }
}

/// The type that a node names, which is one of some kinds.
pub(super) fn reference<'t>(
    node: NodeRef<'t>,
    kinds: &[Kind],
    library: &Library<'t>,
    report: &Report,
) -> Option<TypeId> {
    let Some(text) = node.text().filter(|_| !node.is_null()) else {
        report.at(Code::WrongShape, node, "the name of a type is expected here");
        return None;
    };
    let found = kinds.iter().find_map(|&kind| library.named(kind, node));
    if found.is_none() && !library.may_lack(node) {
        let words: Vec<_> = kinds.iter().map(|kind| kind.with_article()).collect();
        let help = library.suggest(kinds, node, report);
        report.help(Code::UnknownType, node, format!("`{text}` is not {}", words.join(" or ")), help);
    }
    found
}

fn read_capabilities<'t>(
    node: NodeRef<'t>,
    library: &Library<'t>,
    report: &Report,
) -> Vec<CapabilityDef<'t>> {
    let Some(node) = node.get("capabilities") else { return Vec::new() };
    if !report.expect(node, yaml::Kind::Mapping, "`capabilities`") {
        return Vec::new();
    }
    let mut own = Vec::new();
    for (key, node) in node.entries() {
        let Some(name) = key.text() else { continue };
        let mut definition = CapabilityDef {
            name,
            at: key,
            ty: None,
            refined: Vec::new(),
            attributes: Vec::new(),
            sources: Vec::new(),
            most: None,
        };
        match node.kind() {
            yaml::Kind::Scalar => definition.ty = reference(node, &[Kind::Capability], library, report),
            _ => {
                let what = format!("the definition of the capability `{name}`");
                if !report.expect(node, yaml::Kind::Mapping, &what) {
                    continue;
                }
                keywords::check(node, keywords::CAPABILITY_DEFINITION, &what, report);
                definition.ty = match node.get("type") {
                    Some(ty) => reference(ty, &[Kind::Capability], library, report),
                    None => {
                        report.at(Code::MissingKeyword, key, format!("{what} has no `type`"));
                        None
                    }
                };
                let own = |word| definition::properties(word, node, keywords::PROPERTY, library, report);
                (definition.refined, definition.attributes) = (own("properties"), own("attributes"));
                let sources = node.get("valid_source_types").into_iter().flat_map(NodeRef::items);
                definition.sources =
                    sources.filter_map(|node| reference(node, &[Kind::Node], library, report)).collect();
                let occurrences = node.get("occurrences");
                definition.most = occurrences.and_then(|it| read_occurrences(it, report)).and_then(|it| it.1);
            }
        }
        own.push(definition);
    }
    own
}

fn read_requirements<'t>(
    node: NodeRef<'t>,
    library: &Library<'t>,
    report: &Report,
) -> Vec<RequirementDef<'t>> {
    let Some(node) = node.get("requirements") else { return Vec::new() };
    if !report.expect(node, yaml::Kind::Sequence, "`requirements`") {
        return Vec::new();
    }
    let mut own = Vec::new();
    for item in node.items() {
        let Some((key, node)) = item.only_entry() else {
            report.at(Code::WrongShape, item, "a requirement is a map of one name");
            continue;
        };
        let Some(name) = key.text() else { continue };
        let mut definition = RequirementDef {
            name,
            at: key,
            capability: None,
            node: None,
            relationship: None,
            least: 1,
            most: Some(1),
            filter: None,
        };
        if node.kind() == yaml::Kind::Scalar {
            definition.capability = reference(node, &[Kind::Capability], library, report);
        } else if report.expect(node, yaml::Kind::Mapping, "the definition of a requirement") {
            let what = format!("the definition of the requirement `{name}`");
            keywords::check(node, keywords::REQUIREMENT_DEFINITION, &what, report);
            let named = |key, kind| node.get(key).and_then(|node| reference(node, &[kind], library, report));
            definition.capability = named("capability", Kind::Capability);
            definition.node = named("node", Kind::Node);
            definition.filter = node.get("node_filter").filter(|filter| !filter.is_null());
            definition.relationship = node.get("relationship").and_then(|relationship| {
                let ty = relationship.get("type").unwrap_or(relationship);
                reference(ty, &[Kind::Relationship], library, report)
            });
            if let Some(counts) = node.get("occurrences").and_then(|it| read_occurrences(it, report)) {
                (definition.least, definition.most) = counts;
            }
        }
        own.push(definition);
    }
    own
}
