//! From the type sections of a file to a library.

use super::{
    constraint,
    convert::Reader,
    definition, function,
    index::{self, Index},
    keywords,
    library::{CapabilityDef, Kind, Library, RequirementDef, TypeDef, TypeId},
    report::Report,
    schema::{Schema, Type},
};
use crate::yaml::{self, NodeRef};
use paas_core::diagnostic::{Code, Diagnostic, Severity};
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
        properties: Vec::new(),
        attributes: Vec::new(),
        capabilities: Vec::new(),
        requirements: Vec::new(),
        targets: Vec::new(),
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
    if !library.is_built_in() {
        not_yet(raw, library, report);
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
        properties: parent.map_or_else(Vec::new, |parent| parent.properties.clone()),
        attributes: parent.map_or_else(Vec::new, |parent| parent.attributes.clone()),
        capabilities: parent.map_or_else(Vec::new, |parent| parent.capabilities.clone()),
        requirements: parent.map_or_else(Vec::new, |parent| parent.requirements.clone()),
        targets: parent.map_or_else(Vec::new, |parent| parent.targets.clone()),
    };
    if let Some(parent) = parent {
        ty.ancestors.extend(&parent.ancestors);
        ty.base = ty.base.or_else(|| parent.base.clone());
    }
    if let (Some(base), Some(node)) = (&mut ty.base, raw.node.get("constraints")) {
        let own = constraint::read(node, &base.ty, report);
        base.constraints.extend(own);
    }
    if let (Some(_), Some((key, _))) = (&ty.base, raw.node.entry("properties")) {
        let message = format!("`{name}` is no map, so it cannot have `properties`");
        report.at(Code::WrongShape, key, message);
    }
    let own = |word| definition::properties(word, raw.node, keywords::PROPERTY, library, report);
    index::merge(&mut ty.properties, own("properties"), |property| property.name);
    index::merge(&mut ty.attributes, own("attributes"), |property| property.name);
    if raw.kind == Kind::Node {
        read_capabilities(raw.node, &mut ty.capabilities, library, report);
        read_requirements(raw.node, &mut ty.requirements, library, report);
    }
    for (key, of, kinds) in
        [("targets", Kind::Policy, &[Kind::Node, Kind::Group][..]), ("members", Kind::Group, &[Kind::Node])]
    {
        let Some(list) = raw.node.get(key).filter(|_| raw.kind == of) else { continue };
        if report.expect(list, yaml::Kind::Sequence, &format!("`{key}`")) {
            ty.targets = list.items().filter_map(|node| reference(node, kinds, library, report)).collect();
        }
    }
    ty
}

/// Says what is read and does nothing yet.
fn not_yet<'t>(raw: &Raw<'t>, library: &Library<'t>, report: &Report) {
    let warn = |code, key: NodeRef<'t>, message: String| {
        report.push(Diagnostic::new(code, message).at(key.place()).severity(Severity::Warning));
    };
    for word in ["interfaces", "artifacts"] {
        if let Some((key, value)) = raw.node.entry(word)
            && value.entries().len() > 0
        {
            let message = format!("`{word}` of {} are read, but have no effect", raw.kind.with_article());
            warn(Code::NotExecuted, key, message);
        }
    }
    let ends = match raw.kind {
        Kind::Capability => ("valid_source_types", &[Kind::Node][..]),
        Kind::Relationship => ("valid_target_types", &[Kind::Capability, Kind::Node][..]),
        _ => ("", &[][..]),
    };
    if let Some((key, value)) = raw.node.entry(ends.0)
        && value.items().len() > 0
    {
        value.items().for_each(|node| _ = reference(node, ends.1, library, report));
        warn(Code::NotSupported, key, format!("`{}` are not checked yet", ends.0));
    }
    if let (Kind::Policy, Some((key, _))) = (raw.kind, raw.node.entry("triggers")) {
        report.at(Code::NotSupported, key, "`triggers` of a policy type are not supported yet");
    }
    if raw.kind == Kind::Data
        && raw.base.is_none()
        && let Some((key, _)) = raw.node.entry("constraints")
    {
        let parent = raw.parent.and_then(|parent| library.ty(parent));
        if parent.is_none_or(|parent| parent.base.is_none()) {
            let message = "`constraints` of a data type with properties are not supported yet";
            report.at(Code::NotSupported, key, message);
        }
    }
}

/// The type that a node names, which is one of some kinds.
fn reference<'t>(
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
    all: &mut Vec<CapabilityDef<'t>>,
    library: &Library<'t>,
    report: &Report,
) {
    let Some(node) = node.get("capabilities") else { return };
    if !report.expect(node, yaml::Kind::Mapping, "`capabilities`") {
        return;
    }
    let mut own = Vec::new();
    for (key, node) in node.entries() {
        let Some(name) = key.text() else { continue };
        let (ty, refined) = match node.kind() {
            yaml::Kind::Scalar => (reference(node, &[Kind::Capability], library, report), Vec::new()),
            _ => {
                let what = format!("the definition of the capability `{name}`");
                if !report.expect(node, yaml::Kind::Mapping, &what) {
                    continue;
                }
                keywords::check(node, keywords::CAPABILITY_DEFINITION, &what, report);
                for word in ["valid_source_types", "occurrences"] {
                    if let (false, Some((key, value))) = (library.is_built_in(), node.entry(word))
                        && value.kind() == yaml::Kind::Sequence
                    {
                        let message = format!("`{word}` of a capability are not checked yet");
                        let diagnostic = Diagnostic::new(Code::NotSupported, message).at(key.place());
                        report.push(diagnostic.severity(Severity::Warning));
                    }
                }
                let ty = match node.get("type") {
                    Some(ty) => reference(ty, &[Kind::Capability], library, report),
                    None => {
                        report.at(Code::MissingKeyword, key, format!("{what} has no `type`"));
                        None
                    }
                };
                (ty, definition::properties("properties", node, keywords::PROPERTY, library, report))
            }
        };
        own.push(CapabilityDef { name, ty, refined });
    }
    index::merge(all, own, |capability| capability.name);
}

fn read_requirements<'t>(
    node: NodeRef<'t>,
    all: &mut Vec<RequirementDef<'t>>,
    library: &Library<'t>,
    report: &Report,
) {
    let Some(node) = node.get("requirements") else { return };
    if !report.expect(node, yaml::Kind::Sequence, "`requirements`") {
        return;
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
        };
        if node.kind() == yaml::Kind::Scalar {
            definition.capability = reference(node, &[Kind::Capability], library, report);
        } else if report.expect(node, yaml::Kind::Mapping, "the definition of a requirement") {
            let what = format!("the definition of the requirement `{name}`");
            keywords::check(node, keywords::REQUIREMENT_DEFINITION, &what, report);
            let named = |key, kind| node.get(key).and_then(|node| reference(node, &[kind], library, report));
            definition.capability = named("capability", Kind::Capability);
            definition.node = named("node", Kind::Node);
            definition.relationship = node.get("relationship").and_then(|relationship| {
                let ty = relationship.get("type").unwrap_or(relationship);
                reference(ty, &[Kind::Relationship], library, report)
            });
            if let Some(occurrences) = node.get("occurrences") {
                match super::requirement::occurrences(occurrences) {
                    Some((least, most)) => (definition.least, definition.most) = (least, most),
                    None => report.at(
                        Code::WrongShape,
                        occurrences,
                        "`occurrences` is a list of two counts, the second may be `UNBOUNDED`",
                    ),
                }
            }
        }
        own.push(definition);
    }
    index::merge(all, own, |requirement| requirement.name);
}
