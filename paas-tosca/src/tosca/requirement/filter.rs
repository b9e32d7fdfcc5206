//! `node_filter`: what the properties of a node, or of its capabilities, must be (TOSCA 1.3, section 3.6.5).

use crate::{
    tosca::{
        constraint::{self, Constraint},
        function::{Evaluation, property_of, value_in},
        keywords,
        library::{CapabilityDef, Kind, PropertyDef, TypeDef, TypeId},
        report::Report,
        schema::Type,
        value::Data,
    },
    yaml::{self, NodeRef},
};
use paas_core::diagnostic::Code;

/// Says what is wrong with a filter on nodes of a type, which may not be known.
pub(crate) fn check<'t>(evaluation: &Evaluation<'_, 't>, filter: NodeRef<'t>, ty: Option<TypeId>) {
    let report = evaluation.report;
    if filter.is_null() || !report.expect(filter, yaml::Kind::Mapping, "`node_filter`") {
        return;
    }
    keywords::check(filter, keywords::NODE_FILTER, "a node filter", report);
    let ty = ty.and_then(|ty| evaluation.library.ty(ty));
    for (key, clauses) in clauses(filter.get("properties"), "`properties` of a node filter", Some(report)) {
        let name = key.text().unwrap_or_default();
        let property = ty.map(|ty| ty.properties.iter().find(|property| property.name == name));
        if let (Some(None), Some(ty)) = (property, ty) {
            let help = report.suggest(name, ty.properties.iter().map(|property| property.name));
            let message = format!("`{name}` is not a property of `{}`", ty.name);
            report.help(Code::UnknownProperty, key, message, help);
        } else {
            check_clauses(clauses, property.flatten(), report);
        }
    }
    for (key, capability) in
        clauses(filter.get("capabilities"), "`capabilities` of a node filter", Some(report))
    {
        let name = key.text().unwrap_or_default();
        if !report.expect(capability, yaml::Kind::Mapping, &format!("the filter of `{name}`")) {
            continue;
        }
        keywords::check(capability, keywords::CAPABILITY_FILTER, "a filter of a capability", report);
        let mut offered = ty.into_iter().flat_map(|ty| named(evaluation, ty, key));
        let offered = offered.next();
        let of_type = evaluation.library.named(Kind::Capability, key);
        if let (None, None, Some(ty)) = (offered, of_type, ty) {
            let help = report.suggest(name, ty.capabilities.iter().map(|capability| capability.name));
            let message = format!("`{}` has no capability `{name}`", ty.name);
            report.help(Code::UnknownCapability, key, message, help);
            continue;
        }
        let inside = clauses(capability.get("properties"), "`properties` of a filter", Some(report));
        for (key, clauses) in inside {
            let property = offered.and_then(|offered| property_of(evaluation, offered, key));
            if property.is_none() && offered.is_some() {
                let name = key.text().unwrap_or_default();
                let owner = offered.map_or("", |offered| offered.name);
                let message = format!("`{name}` is not a property of the capability `{owner}`");
                report.at(Code::UnknownProperty, key, message);
            } else {
                check_clauses(clauses, property, report);
            }
        }
    }
}

/// Whether a node is what a filter asks for; what is not known yet may be.
pub(crate) fn matches<'t>(
    evaluation: &Evaluation<'_, 't>,
    filter: NodeRef<'t>,
    node: usize,
    ty: &TypeDef<'t>,
) -> bool {
    // What is wrong with the filter was told by `check`.
    let quiet = Report::new();
    let holds = |capability: Option<&'t str>, property: Option<&PropertyDef<'t>>, wanted: NodeRef<'t>| {
        let Some(property) = property else { return false };
        // Compiling a pattern takes long.
        if !evaluation.report.spend(filter, 200) {
            return false;
        }
        let Some(value) = value_in(evaluation, node, capability, property) else { return false };
        value.is_settled()
            || matches!(value.data, Data::Deferred(_) | Data::Secret(_))
            || constraints(wanted, &property.schema.ty, &quiet).iter().all(|rule| rule.holds(&value.data))
    };
    let own = clauses(filter.get("properties"), "", None).all(|(key, wanted)| {
        let property = ty.properties.iter().find(|property| key.text() == Some(property.name));
        holds(None, property, wanted)
    });
    own && clauses(filter.get("capabilities"), "", None).all(|(key, capability)| {
        named(evaluation, ty, key).any(|offered| {
            clauses(capability.get("properties"), "", None)
                .all(|(key, wanted)| holds(Some(offered.name), property_of(evaluation, offered, key), wanted))
        })
    })
}

/// The capabilities of a type that have a name, or are of a type of that name.
fn named<'e, 't>(
    evaluation: &'e Evaluation<'_, 't>,
    ty: &'e TypeDef<'t>,
    name: NodeRef<'t>,
) -> impl Iterator<Item = &'e CapabilityDef<'t>> {
    let wanted = evaluation.library.named(Kind::Capability, name);
    ty.capabilities.iter().filter(move |offered| {
        let derives = |wanted| offered.ty.is_some_and(|ty| evaluation.library.derives(ty, wanted));
        name.text() == Some(offered.name) || wanted.is_some_and(derives)
    })
}

/// Names and what is asked of them, from a list of maps of one name, or a map.
fn clauses<'t>(
    list: Option<NodeRef<'t>>,
    what: &str,
    report: Option<&Report>,
) -> impl Iterator<Item = (NodeRef<'t>, NodeRef<'t>)> {
    let list = list.filter(|list| !list.is_null());
    let map = list.into_iter().flat_map(NodeRef::entries);
    let items = list.into_iter().flat_map(NodeRef::items);
    let items: Vec<_> = items
        .filter_map(|item| {
            let entry = item.only_entry();
            if let (None, Some(report)) = (entry, report) {
                report.at(Code::WrongShape, item, format!("{what} are maps of one name"));
            }
            entry
        })
        .collect();
    if let (Some(list), Some(report)) = (list.filter(|list| list.kind() == yaml::Kind::Scalar), report) {
        report.expect(list, yaml::Kind::Sequence, what);
    }
    map.chain(items)
}

fn check_clauses<'t>(node: NodeRef<'t>, property: Option<&PropertyDef<'t>>, report: &Report) {
    match property {
        Some(property) => _ = constraints(node, &property.schema.ty, report),
        None => _ = constraints(node, &Type::Any, report),
    }
}

/// What a property must obey; a value in the place of a constraint is what it must be equal to.
fn constraints<'t>(node: NodeRef<'t>, ty: &Type<'t>, report: &Report) -> Vec<Constraint<'t>> {
    match node.kind() {
        yaml::Kind::Scalar => constraint::equal(node, ty, report).into_iter().collect(),
        yaml::Kind::Sequence => constraint::read(node, ty, report),
        yaml::Kind::Mapping => node
            .entries()
            .filter_map(|(operator, operand)| constraint::clause(node, operator, operand, ty, report))
            .collect(),
    }
}
