//! Definitions of properties: types, entry schemas, defaults, constraints (TOSCA 1.3, section 3.6.10).

use super::{
    constraint, keywords,
    library::{Kind, Library, PropertyDef},
    report::Report,
    schema::{Schema, Type},
};
use crate::yaml::{self, NodeRef, scalar_boolean};
use paas_core::diagnostic::Code;

/// Reads a map of property (or attribute, or input) definitions.
pub(super) fn properties<'t>(
    node: Option<NodeRef<'t>>,
    allowed: &'static [&'static str],
    library: &Library<'t>,
    report: &Report,
) -> Vec<PropertyDef<'t>> {
    let Some(node) = node else { return Vec::new() };
    if !report.expect(node, yaml::Kind::Mapping, "a map of definitions") {
        return Vec::new();
    }
    node.entries().filter_map(|(name, node)| property(name, node, allowed, library, report)).collect()
}

/// Reads one definition.
pub(super) fn property<'t>(
    name: NodeRef<'t>,
    node: NodeRef<'t>,
    allowed: &'static [&'static str],
    library: &Library<'t>,
    report: &Report,
) -> Option<PropertyDef<'t>> {
    let text = name.text()?;
    if node.kind() != yaml::Kind::Mapping {
        report.help(
            Code::WrongShape,
            if node.is_null() { name } else { node },
            format!("the definition of `{text}` is a map"),
            format!("write `{text}: {{ type: string }}`"),
        );
        return None;
    }
    keywords::check(node, allowed, &format!("the definition of `{text}`"), report);
    let required = node.get("required").is_none_or(|required| {
        let value = required.text().and_then(scalar_boolean);
        if value.is_none() {
            report.at(Code::WrongType, required, "`required` is `true` or `false`");
        }
        value.unwrap_or(true)
    });
    let default = node.get("default").filter(|default| !default.is_null());
    Some(PropertyDef { name: text, at: name, schema: schema(name, node, library, report), required, default })
}

/// Reads the type and the constraints of a definition or an entry schema.
fn schema<'t>(name: NodeRef<'t>, node: NodeRef<'t>, library: &Library<'t>, report: &Report) -> Schema<'t> {
    let Some(ty) = node.get("type") else {
        // TOSCA 1.3 lets inputs and outputs go without a type.
        return Schema::ANY;
    };
    let ty = match ty.text() {
        Some(text @ ("list" | "map")) => {
            let entry = node.get("entry_schema").or_else(|| node.get("entry_schemas"));
            let entry =
                Box::new(entry.map_or(Schema::ANY, |entry| entry_schema(name, entry, library, report)));
            if text == "list" { Type::List(entry) } else { Type::Map(entry) }
        }
        _ => named(ty, library, report),
    };
    let constraints =
        node.get("constraints").map_or_else(Vec::new, |node| constraint::read(node, &ty, report));
    Schema { ty, constraints }
}

/// `entry_schema: string` or `entry_schema: { type: string, … }`.
fn entry_schema<'t>(
    name: NodeRef<'t>,
    node: NodeRef<'t>,
    library: &Library<'t>,
    report: &Report,
) -> Schema<'t> {
    match node.kind() {
        yaml::Kind::Scalar => Schema::of(named(node, library, report)),
        yaml::Kind::Mapping => {
            keywords::check(node, keywords::ENTRY_SCHEMA, "an entry schema", report);
            schema(name, node, library, report)
        }
        yaml::Kind::Sequence => {
            report.at(Code::WrongShape, node, "an entry schema is a type or a map");
            Schema::ANY
        }
    }
}

/// The type of a name: simple, or a data type.
pub(super) fn named<'t>(node: NodeRef<'t>, library: &Library<'t>, report: &Report) -> Type<'t> {
    let Some(text) = node.text() else {
        report.at(Code::WrongShape, node, "a type is a name");
        return Type::Any;
    };
    if let Some(simple) = Type::simple(text) {
        return simple;
    }
    match text {
        "list" => return Type::List(Box::new(Schema::ANY)),
        "map" => return Type::Map(Box::new(Schema::ANY)),
        // Types that are strings by another name.
        "json" | "xml" => return Type::String,
        _ => {}
    }
    if let Some(id) = library.find(Kind::Data, text) {
        return Type::Data(id);
    }
    let help = report.suggest(text, Type::SIMPLE.into_iter().chain(library.names(Kind::Data)));
    report.help(Code::UnknownType, node, format!("`{text}` is not a data type"), help);
    Type::Any
}
