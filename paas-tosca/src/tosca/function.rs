//! Functions in values (TOSCA 1.3, chapter 4): `get_input`, `get_property`, `concat`; others are diagnosed.

use super::{
    convert::{Reader, text_of},
    inputs::{InputValue, Inputs},
    library::{Library, PropertyDef},
    report::Report,
    requirement,
    schema::Schema,
    topology::Declared,
    value::{Data, Value},
};
use crate::yaml::{self, NodeRef, scalar_integer as integer};
use paas_core::{
    application::Segment,
    diagnostic::{Code, Diagnostic},
};
use rustc_hash::FxHashMap;
use std::cell::RefCell;

/// `get_property` after `get_property`: no real template goes so far, and the stack is finite.
const LONGEST_CHAIN: usize = 12;
/// A `concat` of `concat`s doubles with each step; this ends it.
const LONGEST_TEXT: usize = 256 << 10;

/// All functions that TOSCA 1.x has.
const FUNCTIONS: [&str; 9] = [
    "get_input",
    "get_property",
    "concat",
    "get_attribute",
    "get_operation_output",
    "get_nodes_of_type",
    "get_artifact",
    "token",
    "join",
];

/// Where a function stands: what `SELF`, `SOURCE` and `TARGET` mean there.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Scope {
    pub(super) this: Option<usize>,
    pub(super) source: Option<usize>,
    pub(super) target: Option<usize>,
}

/// What functions can ask.
pub(crate) struct Evaluation<'c, 't> {
    pub(super) library: &'c Library<'t>,
    pub(super) report: &'c Report,
    pub(super) inputs: &'c Inputs<'t>,
    pub(super) nodes: &'c [Declared<'t>],
    pub(super) index: &'c FxHashMap<&'t str, usize>,
    known: RefCell<FxHashMap<Key<'t>, Value<'t>>>,
    asking: RefCell<Vec<(Key<'t>, NodeRef<'t>)>>,
}

/// A property of a node, or of a capability of it.
type Key<'t> = (usize, Option<&'t str>, &'t str);

impl<'c, 't> Evaluation<'c, 't> {
    pub(super) fn new(
        library: &'c Library<'t>,
        report: &'c Report,
        inputs: &'c Inputs<'t>,
        nodes: &'c [Declared<'t>],
        index: &'c FxHashMap<&'t str, usize>,
    ) -> Self {
        Self { library, report, inputs, nodes, index, known: RefCell::default(), asking: RefCell::default() }
    }
}

/// The function that a map of one entry is, if it is one.
pub(super) fn detect(node: NodeRef<'_>) -> Option<(NodeRef<'_>, NodeRef<'_>)> {
    if node.kind() != yaml::Kind::Mapping {
        return None;
    }
    let (key, argument) = node.only_entry()?;
    FUNCTIONS.contains(&key.text()?).then_some((key, argument))
}

/// The value of a function; its place is where the function stands.
pub(super) fn evaluate<'t>(
    evaluation: &Evaluation<'_, 't>,
    reader: &Reader<'_, 't>,
    function: NodeRef<'t>,
    argument: NodeRef<'t>,
    at: NodeRef<'t>,
) -> Value<'t> {
    let data = match function.text() {
        Some("get_input") => get_input(evaluation, argument),
        Some("get_property") => get_property(evaluation, reader.scope, argument),
        Some("concat") => concat(evaluation, reader, argument),
        name => {
            let name = name.unwrap_or_default();
            let message = format!("the function `{name}` is not supported yet");
            evaluation.report.at(Code::NotSupported, function, message);
            None
        }
    };
    Value::new(at, data.unwrap_or(Data::Invalid))
}

fn get_input<'t>(evaluation: &Evaluation<'_, 't>, argument: NodeRef<'t>) -> Option<Data<'t>> {
    let (name, path) = match argument.kind() {
        yaml::Kind::Scalar => (argument, None),
        yaml::Kind::Sequence => (argument.items().next()?, Some(argument.items().skip(1))),
        yaml::Kind::Mapping => {
            arguments(evaluation, argument, "get_input", "the name of an input");
            return None;
        }
    };
    let text = name.text().unwrap_or_default();
    let Some(input) = evaluation.inputs.find(text) else {
        let help = evaluation.report.suggest(text, evaluation.inputs.names());
        evaluation.report.help(Code::UnknownInput, name, format!("`{text}` is not an input"), help);
        return None;
    };
    let value = match &input.value {
        InputValue::Secret => {
            evaluation.inputs.use_secret(text);
            return Some(Data::Secret(vec![Segment::Secret { secret: text.to_owned() }]));
        }
        InputValue::Missing => {
            evaluation.inputs.use_missing();
            return Some(Data::Unknown);
        }
        InputValue::Absent(severity) => {
            evaluation.inputs.use_missing();
            let message = format!("the input `{text}` has no value");
            let diagnostic = Diagnostic::new(Code::InputMissing, message).at(name.place());
            evaluation.report.push(
                diagnostic
                    .help(format!("give it with `--input {text}=…`, or give it a `default`"))
                    .severity(*severity),
            );
            return Some(Data::Unknown);
        }
        InputValue::Given(value) => value,
    };
    match path {
        Some(path) => follow(evaluation, value, path),
        None => copy(evaluation, argument, &value.data),
    }
}

/// A value that is used again: texts and lists are paid for, since they can be asked for very often.
fn copy<'t>(evaluation: &Evaluation<'_, 't>, at: NodeRef<'t>, data: &Data<'t>) -> Option<Data<'t>> {
    // A value that is there twice costs memory too, which is scarcer than time.
    const COST: usize = 8;
    evaluation.report.spend(at, COST * data.size()).then(|| data.clone())
}

fn concat<'t>(
    evaluation: &Evaluation<'_, 't>,
    reader: &Reader<'_, 't>,
    argument: NodeRef<'t>,
) -> Option<Data<'t>> {
    if argument.kind() != yaml::Kind::Sequence {
        arguments(evaluation, argument, "concat", "a list of values");
        return None;
    }
    let mut segments: Vec<Segment> = Vec::new();
    let (mut settled, mut length) = (None, 0);
    for item in argument.items() {
        let value = reader.read("concat", item, &Schema::ANY);
        match value.data {
            Data::Unknown => settled = settled.or(Some(Data::Unknown)),
            Data::Invalid => settled = Some(Data::Invalid),
            Data::Secret(secret) => {
                length += secret.iter().map(length_of).sum::<usize>();
                segments.extend(secret);
            }
            data => match text_of(&data) {
                Some(text) => {
                    length += text.len();
                    segments.push(Segment::Literal(text));
                }
                None => {
                    arguments(evaluation, item, "concat", "single values");
                    settled = Some(Data::Invalid);
                }
            },
        }
        if length > LONGEST_TEXT {
            let message = format!("the text that `concat` makes is longer than {LONGEST_TEXT} bytes");
            evaluation.report.at(Code::FunctionArguments, argument, message);
            return None;
        }
    }
    if let Some(settled) = settled {
        return Some(settled);
    }
    if segments.iter().any(|segment| matches!(segment, Segment::Secret { .. })) {
        return Some(Data::Secret(segments));
    }
    let mut text = String::with_capacity(length);
    for segment in segments {
        if let Segment::Literal(literal) = segment {
            text.push_str(&literal);
        }
    }
    Some(Data::String(text.into()))
}

fn length_of(segment: &Segment) -> usize {
    match segment {
        Segment::Literal(text) => text.len(),
        Segment::Secret { secret } => secret.len(),
    }
}

fn get_property<'t>(
    evaluation: &Evaluation<'_, 't>,
    scope: Scope,
    argument: NodeRef<'t>,
) -> Option<Data<'t>> {
    const SHAPE: &str = "a list: the node, maybe a capability or requirement, the property";
    let mut path = argument.items();
    let (Some(entity), Some(first)) = (path.next(), path.next()) else {
        arguments(evaluation, argument, "get_property", SHAPE);
        return None;
    };
    let (Some(entity_name), Some(first_name)) = (entity.text(), first.text()) else {
        arguments(evaluation, argument, "get_property", SHAPE);
        return None;
    };
    let node = entity_node(evaluation, scope, entity, entity_name)?;
    let declared = evaluation.nodes.get(node)?;
    let ty = evaluation.library.ty(declared.ty?)?;
    if let Some(property) = ty.properties.iter().find(|property| property.name == first_name) {
        let value = property_value(evaluation, (node, None, property.name), property, first)?;
        return follow(evaluation, &value, path);
    }
    if let Some(second) = path.next() {
        let second_name = second.text().unwrap_or_default();
        if let Some(capability) = ty.capabilities.iter().find(|capability| capability.name == first_name) {
            let inherited = capability.ty.and_then(|ty| evaluation.library.ty(ty));
            let all = capability.refined.iter().chain(inherited.into_iter().flat_map(|ty| &ty.properties));
            let Some(property) = all.clone().find(|property| property.name == second_name) else {
                let names = all.map(|property| property.name);
                unknown(evaluation, second, second_name, &format!("the capability `{first_name}`"), names);
                return None;
            };
            let key = (node, Some(capability.name), property.name);
            let value = property_value(evaluation, key, property, second)?;
            return follow(evaluation, &value, path);
        }
        if ty.requirements.iter().any(|requirement| requirement.name == first_name) {
            let target = requirement::target_of(evaluation, declared, first_name)?;
            let other = evaluation.nodes.get(target)?;
            let ty = evaluation.library.ty(other.ty?)?;
            let Some(property) = ty.properties.iter().find(|property| property.name == second_name) else {
                let names = ty.properties.iter().map(|property| property.name);
                unknown(evaluation, second, second_name, &format!("`{}`", other.name_text()), names);
                return None;
            };
            let value = property_value(evaluation, (target, None, property.name), property, second)?;
            return follow(evaluation, &value, path);
        }
    }
    let names = ty.properties.iter().map(|property| property.name);
    unknown(evaluation, first, first_name, &format!("`{}`", declared.name_text()), names);
    None
}

fn unknown<'a>(
    evaluation: &Evaluation<'_, '_>,
    at: NodeRef<'_>,
    name: &str,
    owner: &str,
    names: impl Iterator<Item = &'a str>,
) {
    let help = evaluation.report.suggest(name, names);
    evaluation.report.help(Code::UnknownProperty, at, format!("`{name}` is not a property of {owner}"), help);
}

/// The node that the first argument means.
fn entity_node(
    evaluation: &Evaluation<'_, '_>,
    scope: Scope,
    entity: NodeRef<'_>,
    name: &str,
) -> Option<usize> {
    let scoped = match name {
        "SELF" => scope.this,
        "SOURCE" => scope.source,
        "TARGET" => scope.target,
        "HOST" => {
            let message = "the keyword `HOST` is not supported yet";
            evaluation.report.at(Code::NotSupported, entity, message);
            return None;
        }
        _ => {
            let found = evaluation.index.get(name).copied();
            if found.is_none() {
                let help = evaluation.report.suggest(name, evaluation.index.keys().copied());
                let message = format!("`{name}` is not a node template");
                evaluation.report.help(Code::UnknownNode, entity, message, help);
            }
            return found;
        }
    };
    if scoped.is_none() {
        let message = format!("`{name}` means nothing here");
        evaluation.report.at(Code::FunctionArguments, entity, message);
    }
    scoped
}

/// The value of a property of another node, read once.
fn property_value<'t>(
    evaluation: &Evaluation<'_, 't>,
    key: Key<'t>,
    property: &PropertyDef<'t>,
    at: NodeRef<'t>,
) -> Option<Value<'t>> {
    if let Some(known) = evaluation.known.borrow().get(&key) {
        return copy(evaluation, at, &known.data).map(|data| Value::new(known.at, data));
    }
    if is_circle(evaluation, key) {
        return None;
    }
    let declared = evaluation.nodes.get(key.0)?;
    let given = match key.1 {
        None => declared.node.get("properties"),
        Some(capability) => declared
            .node
            .get("capabilities")
            .and_then(|all| all.get(capability))
            .and_then(|capability| capability.get("properties")),
    };
    let Some(node) = given.and_then(|given| given.get(key.2)).or(property.default) else {
        if property.required {
            // The node itself is diagnosed for it.
            return None;
        }
        let message = format!("`{}` of `{}` is not given", key.2, declared.name_text());
        evaluation.report.at(Code::MissingProperty, at, message);
        return None;
    };
    evaluation.asking.borrow_mut().push((key, node));
    let scope = Scope { this: Some(key.0), ..Scope::default() };
    let value = Reader::evaluating(evaluation, scope).read(property.name, node, &property.schema);
    evaluation.asking.borrow_mut().pop();
    evaluation.known.borrow_mut().insert(key, value.clone());
    Some(value)
}

/// Whether the property is being asked for already; the circle is diagnosed once, at its first place.
fn is_circle<'t>(evaluation: &Evaluation<'_, 't>, key: Key<'t>) -> bool {
    let asking = evaluation.asking.borrow();
    if asking.len() >= LONGEST_CHAIN {
        if let Some((_, node)) = asking.first() {
            let message = format!("more than {LONGEST_CHAIN} properties refer to each other");
            evaluation.report.at(Code::PropertyCycle, *node, message);
        }
        return true;
    }
    let Some(from) = asking.iter().position(|(other, _)| *other == key) else { return false };
    let circle = asking.get(from..).unwrap_or_default();
    // Whoever runs into the circle finds another first member; all say the same words, and repeats are dropped.
    let first = circle.iter().enumerate().min_by_key(|(_, (key, _))| *key).map_or(0, |(index, _)| index);
    let members: Vec<_> = circle.iter().cycle().skip(first).take(circle.len()).collect();
    let name = |(node, _, property): &Key<'t>| {
        let owner = evaluation.nodes.get(*node).map(Declared::name_text).unwrap_or_default();
        format!("`{owner}.{property}`")
    };
    let mut names: Vec<_> = members.iter().map(|(key, _)| name(key)).collect();
    names.extend(names.first().cloned());
    let mut diagnostic =
        Diagnostic::new(Code::PropertyCycle, format!("a property refers to itself: {}", names.join(" → ")));
    for (_, node) in members {
        diagnostic = diagnostic.at(node.place());
    }
    evaluation.report.push(diagnostic);
    true
}

/// Goes on into a value by keys of maps and indices of lists.
fn follow<'t>(
    evaluation: &Evaluation<'_, 't>,
    value: &Value<'t>,
    path: impl Iterator<Item = NodeRef<'t>>,
) -> Option<Data<'t>> {
    let mut value = value;
    for step in path {
        if value.is_settled() {
            break;
        }
        let text = step.text().unwrap_or_default();
        let next = match &value.data {
            Data::Map(_) => value.get(text),
            Data::List(items) => {
                integer(text).and_then(|index| usize::try_from(index).ok()).and_then(|index| items.get(index))
            }
            _ => None,
        };
        let Some(next) = next else {
            let message = format!("there is no `{text}` in this value");
            let keys = value.entries().iter().filter_map(|(key, _)| key.text());
            let help = evaluation.report.suggest(text, keys);
            evaluation.report.help(Code::UnknownProperty, step, message, help);
            return None;
        };
        value = next;
    }
    copy(evaluation, value.at, &value.data)
}

fn arguments(evaluation: &Evaluation<'_, '_>, at: NodeRef<'_>, function: &str, takes: &str) {
    evaluation.report.at(Code::FunctionArguments, at, format!("`{function}` takes {takes}"));
}
