//! Definitions of properties: types, entry schemas, defaults, constraints (TOSCA 1.3, section 3.6.10).

use super::{
    constraint,
    keywords::{self, Word},
    library::{Kind, Library, PropertyDef},
    report::Report,
    schema::{Schema, Type},
};
use crate::yaml::{self, NodeRef, scalar_boolean};
use paas_core::diagnostic::Code;
use std::sync::Arc;

/// Reads the map of property (or attribute) definitions behind a word.
pub(super) fn properties<'t>(
    word: &str,
    of: NodeRef<'t>,
    allowed: &'static [Word],
    library: &Library<'t>,
    report: &Report,
) -> Vec<PropertyDef<'t>> {
    let Some(node) = of.get(word) else { return Vec::new() };
    if !report.expect(node, yaml::Kind::Mapping, &format!("`{word}`")) {
        return Vec::new();
    }
    node.entries().filter_map(|(name, node)| property(name, node, allowed, library, report)).collect()
}

/// Reads one definition.
pub(super) fn property<'t>(
    name: NodeRef<'t>,
    node: NodeRef<'t>,
    allowed: &'static [Word],
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
    let description = node.get("description").and_then(NodeRef::text);
    let schema = schema(node, library, report);
    Some(PropertyDef { name: text, at: name, description, schema, required, default })
}

/// Reads the type and the constraints of a definition or an entry schema.
pub(super) fn schema<'t>(node: NodeRef<'t>, library: &Library<'t>, report: &Report) -> Schema<'t> {
    // TOSCA 1.3 lets inputs and outputs go without a type.
    let ty = node.get("type").map(|name| simple(name, node, library, report));
    // What a type that is not known could mean for constraints is not known either.
    let constraints = node.get("constraints").filter(|_| !matches!(ty, Some(Type::Any)));
    let ty = ty.unwrap_or(Type::Any);
    let constraints = constraints.map_or_else(Vec::new, |node| constraint::read(node, &ty, report));
    Schema { ty, constraints }
}

/// The type of a name; what the entries of a list or map are is said beside it, in `node`.
pub(super) fn simple<'t>(
    name: NodeRef<'t>,
    node: NodeRef<'t>,
    library: &Library<'t>,
    report: &Report,
) -> Type<'t> {
    let mut ty = named(name, library, report);
    for word in ["entry_schema", "key_schema"] {
        let Some((key, value)) = node.entry(word) else { continue };
        match (&mut ty, word) {
            (Type::List(entry) | Type::Map(entry, _), "entry_schema") => {
                **entry = entry_schema(value, library, report);
            }
            (Type::Map(_, keys), _) => {
                let schema = entry_schema(value, library, report);
                match &schema.ty {
                    Type::String | Type::Any if schema.constraints.is_empty() => {}
                    Type::List(_) | Type::Map(..) | Type::Range | Type::Null => {
                        let message = format!("a key is a single value, not {}", schema.ty.describe());
                        report.at(Code::WrongType, value, message);
                    }
                    _ => *keys = Some(Arc::new(schema)),
                }
            }
            (Type::Any, _) => {}
            _ => {
                let message = format!("`{word}` has no meaning for {}", ty.describe());
                report.at(Code::UnknownKeyword, key, message);
            }
        }
    }
    ty
}

/// `entry_schema: string` or `entry_schema: { type: string, … }`.
fn entry_schema<'t>(node: NodeRef<'t>, library: &Library<'t>, report: &Report) -> Schema<'t> {
    match node.kind() {
        yaml::Kind::Scalar => Schema::of(named(node, library, report)),
        yaml::Kind::Mapping => {
            keywords::check(node, keywords::ENTRY_SCHEMA, "an entry schema", report);
            schema(node, library, report)
        }
        yaml::Kind::Sequence => {
            report.at(Code::WrongShape, node, "an entry schema is a type or a map");
            Schema::ANY
        }
    }
}

/// The type of a name: simple, or a data type.
fn named<'t>(node: NodeRef<'t>, library: &Library<'t>, report: &Report) -> Type<'t> {
    let Some(text) = node.text().filter(|_| !node.is_null()) else {
        report.at(Code::WrongShape, node, "a type is a name");
        return Type::Any;
    };
    if let Some(simple) = Type::simple(text) {
        return simple;
    }
    match text {
        "list" => return Type::List(Box::new(Schema::ANY)),
        "map" => return Type::Map(Box::new(Schema::ANY), None),
        // Types that are strings by another name.
        "json" | "xml" => return Type::String,
        _ => {}
    }
    if let Some(id) = library.named(Kind::Data, node) {
        return Type::Data(id);
    }
    if library.may_lack(node) {
        return Type::Any;
    }
    let help = report.suggest(text, Type::SIMPLE).or_else(|| library.suggest(&[Kind::Data], node, report));
    report.help(Code::UnknownType, node, format!("`{text}` is not a data type"), help);
    Type::Any
}
