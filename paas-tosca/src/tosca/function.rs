//! Functions in values (TOSCA 1.3, chapter 4): `get_input`, `get_property`, `concat`; others are diagnosed.

use super::{
    convert::{Reader, text_of},
    inputs::{InputValue, Inputs},
    library::{CapabilityDef, Library, PropertyDef, RequirementDef},
    report::Report,
    requirement,
    topology::Declared,
    value::{Data, Value},
};
use crate::yaml::{self, NodeRef, scalar_integer as integer};
use paas_core::{
    application::Segment,
    diagnostic::{Code, Diagnostic, Severity},
};
use rustc_hash::FxHashMap;
use std::cell::RefCell;

/// `get_property` after `get_property`: no real template goes so far, and the stack is finite.
const LONGEST_CHAIN: usize = 12;
/// A `concat` of `concat`s doubles with each step; this ends it.
const LONGEST_TEXT: usize = 256 << 10;

/// All functions that TOSCA 1.x has.
pub(super) const FUNCTIONS: [&str; 9] = [
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
    /// Whether it is a relationship between nodes that are not known.
    pub(super) loose: bool,
    /// Whether it is an output, which shows what is there.
    pub(super) output: bool,
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

/// Whether what the function takes is always a list.
pub(super) fn takes_list(function: &str) -> bool {
    matches!(function, "concat" | "token" | "join")
}

/// Whether a value is a function or holds one.
pub(super) fn is_within(node: NodeRef<'_>) -> bool {
    detect(node).is_some() || node.items().any(is_within) || node.entries().any(|(_, value)| is_within(value))
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
        yaml::Kind::Scalar => (Some(argument), argument.items()),
        _ => {
            let mut path = argument.items();
            (path.next(), path)
        }
    };
    let name = name.filter(|name| !name.is_null());
    let Some((name, text)) = name.and_then(|name| Some((name, name.text()?))) else {
        arguments(evaluation, argument, "get_input", "the name of an input, or a list that begins with it");
        return None;
    };
    let Some(input) = evaluation.inputs.find(text) else {
        if !evaluation.inputs.are_readable() {
            return None;
        }
        let help = evaluation.report.suggest(text, evaluation.inputs.names());
        evaluation.report.help(Code::UnknownInput, name, format!("`{text}` is not an input"), help);
        return None;
    };
    let value = match &input.value {
        InputValue::Secret => {
            evaluation.inputs.use_secret(text);
            let secret = Data::Secret(vec![Segment::Secret { secret: text.to_owned() }]);
            return follow(evaluation, &Value::new(name, secret), path);
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
    follow(evaluation, value, path)
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
    if argument.items().len() == 0 {
        arguments(evaluation, argument, "concat", "a list of values");
        return None;
    }
    let mut segments: Vec<Segment> = Vec::new();
    let (mut settled, mut length) = (None, 0);
    for item in argument.items() {
        let value = reader.read_piece(item);
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
    if scope.loose && matches!(entity_name, "SOURCE" | "TARGET") {
        return Some(Data::Unknown);
    }
    let node = entity_node(evaluation, scope, entity, entity_name)?;
    let declared = evaluation.nodes.get(node)?;
    let ty = evaluation.library.ty(declared.ty?)?;
    if let Some(property) = ty.properties.iter().find(|property| property.name == first_name) {
        let value = property_value(evaluation, scope, (node, None, property.name), property, first)?;
        return follow(evaluation, &value, path);
    }
    if let Some(second) = path.next() {
        if let Some(capability) = ty.capabilities.iter().find(|capability| capability.name == first_name) {
            let Some(property) = of_capability(evaluation, capability, second) else {
                let names = properties_of(evaluation, capability).map(|property| property.name);
                unknown(evaluation, second, &format!("the capability `{first_name}`"), names);
                return None;
            };
            let key = (node, Some(capability.name), property.name);
            let value = property_value(evaluation, scope, key, property, second)?;
            return follow(evaluation, &value, path);
        }
        if let Some(definition) = ty.requirements.iter().find(|definition| definition.name == first_name) {
            let value = of_requirement(evaluation, scope, declared, definition, (first, second))?;
            return follow(evaluation, &value, path);
        }
    }
    let names = ty.properties.iter().map(|property| property.name);
    unknown(evaluation, first, &format!("`{}`", declared.name_text()), names);
    None
}

/// A property of what a requirement leads to: of the capability that meets it, or else of the node.
fn of_requirement<'t>(
    evaluation: &Evaluation<'_, 't>,
    scope: Scope,
    declared: &Declared<'t>,
    definition: &RequirementDef<'t>,
    (name, wanted): (NodeRef<'t>, NodeRef<'t>),
) -> Option<Value<'t>> {
    let Some(given) = requirement::first(declared, definition.name) else {
        let message = format!("`{}` gives no requirement `{}`", declared.name_text(), definition.name);
        evaluation.report.at(Code::MissingRequirement, name, message);
        return None;
    };
    // A target that does not exist is diagnosed at the requirement.
    let target = *evaluation.index.get(requirement::target_name(given)?.text()?)?;
    let other = evaluation.nodes.get(target)?;
    let ty = evaluation.library.ty(other.ty?)?;
    let named = given.get("capability").and_then(NodeRef::text);
    let meets = |capability: &&CapabilityDef<'t>| match named {
        Some(named) => capability.name == named,
        None => {
            capability.name == definition.name
                || capability
                    .ty
                    .zip(definition.capability)
                    .is_some_and(|(offered, asked)| evaluation.library.derives(offered, asked))
        }
    };
    for capability in ty.capabilities.iter().filter(meets) {
        if let Some(property) = of_capability(evaluation, capability, wanted) {
            let key = (target, Some(capability.name), property.name);
            return property_value(evaluation, scope, key, property, wanted);
        }
    }
    let Some(property) = ty.properties.iter().find(|property| wanted.text() == Some(property.name)) else {
        let names = ty.properties.iter().map(|property| property.name);
        unknown(evaluation, wanted, &format!("`{}`", other.name_text()), names);
        return None;
    };
    property_value(evaluation, scope, (target, None, property.name), property, wanted)
}

/// The properties of a capability: those that the node type refines first.
fn properties_of<'e, 't>(
    evaluation: &'e Evaluation<'_, 't>,
    capability: &'e CapabilityDef<'t>,
) -> impl Iterator<Item = &'e PropertyDef<'t>> {
    let inherited = capability.ty.and_then(|ty| evaluation.library.ty(ty));
    capability.refined.iter().chain(inherited.into_iter().flat_map(|ty| &ty.properties))
}

fn of_capability<'e, 't>(
    evaluation: &'e Evaluation<'_, 't>,
    capability: &'e CapabilityDef<'t>,
    wanted: NodeRef<'t>,
) -> Option<&'e PropertyDef<'t>> {
    properties_of(evaluation, capability).find(|property| wanted.text() == Some(property.name))
}

fn unknown<'a>(
    evaluation: &Evaluation<'_, '_>,
    at: NodeRef<'_>,
    owner: &str,
    names: impl Iterator<Item = &'a str>,
) {
    let name = at.text().unwrap_or_default();
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
    if scoped.is_none() && name == "SELF" && (scope.source.is_some() || scope.loose) {
        let message = "the keyword `SELF` of a relationship is not supported yet";
        evaluation.report.at(Code::NotSupported, entity, message);
    } else if scoped.is_none() {
        let message = format!("`{name}` means nothing here");
        evaluation.report.at(Code::FunctionArguments, entity, message);
    }
    scoped
}

/// The value of a property of another node, read once.
fn property_value<'t>(
    evaluation: &Evaluation<'_, 't>,
    scope: Scope,
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
    let owner = match key.1 {
        None => Some(declared.node),
        Some(capability) => declared.node.get("capabilities").and_then(|all| all.get(capability)),
    };
    let given = owner.and_then(|owner| owner.get("properties")).filter(|given| !given.is_null());
    if given.is_some_and(|given| given.kind() != yaml::Kind::Mapping) {
        return None;
    }
    let given = given.and_then(|given| given.get(key.2));
    let Some(node) = given.or(property.default) else {
        if property.required && owner.is_some() {
            // The owner itself is diagnosed for it.
            return None;
        }
        let message = format!("`{}` of `{}` is not given", key.2, key.1.unwrap_or(declared.name_text()));
        let diagnostic = Diagnostic::new(Code::MissingProperty, message).at(at.place());
        if scope.output {
            evaluation.report.push(diagnostic.severity(Severity::Warning));
            return Some(Value::new(at, Data::Null));
        }
        evaluation.report.push(diagnostic);
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
