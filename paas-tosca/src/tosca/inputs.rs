//! Inputs: definitions, values from the caller, secrets.

use super::{
    convert::Reader,
    definition, keywords,
    library::{Library, PropertyDef},
    report::Report,
    schema::Type,
    value::{Data, Value},
};
use crate::yaml::{self, NodeRef, Tree, scalar_boolean};
use paas_core::diagnostic::{Code, Diagnostic, Place, Severity};
use rustc_hash::{FxHashMap, FxHashSet};
use std::{
    cell::{Cell, RefCell},
    collections::BTreeMap,
};

/// All inputs of a topology.
#[derive(Debug)]
pub(crate) struct Inputs<'t> {
    inputs: Vec<Input<'t>>,
    index: FxHashMap<&'t str, usize>,
    /// Whether what there is could be read at all.
    readable: bool,
    used_secrets: RefCell<FxHashSet<String>>,
    missing: Cell<bool>,
    is_nested: bool,
}

/// An input.
#[derive(Debug)]
pub(super) struct Input<'t> {
    name: &'t str,
    pub(super) ty: Type<'t>,
    pub(super) value: InputValue<'t>,
}

/// What an input stands for.
#[derive(Debug)]
pub(super) enum InputValue<'t> {
    Given(Value<'t>),
    /// Known to the stack call only.
    Secret,
    /// The caller gave none, and there is no default; this was said where the input is defined.
    Missing,
    /// As [`InputValue::Missing`], but the input is optional: it matters only where it is used.
    Absent(Severity),
}

/// Values that the caller gave, by name: the text, and the tree of it.
pub(crate) type Given<'t> = BTreeMap<&'t str, (&'t str, Option<&'t Tree>)>;

/// Where the parts of inputs are found.
pub(super) struct Parts<'t> {
    pub(super) definitions: Option<NodeRef<'t>>,
    pub(super) secrets: Option<NodeRef<'t>>,
    pub(super) supply: Supply<'t>,
    pub(super) file: Place,
}

/// Who gives the values.
pub(super) enum Supply<'t> {
    /// Whoever reads the template. If it is to be complete, an input without a value is an error.
    Caller { given: Given<'t>, complete: bool },
    /// The node that the template stands for, by its properties.
    Node { values: FxHashMap<&'t str, Value<'t>>, name: NodeRef<'t> },
    /// Nobody: it is only checked.
    Nobody,
}

impl<'t> Supply<'t> {
    fn names(&self) -> impl Iterator<Item = &'t str> {
        let given = match self {
            Self::Caller { given, .. } => Some(given),
            // What no input takes, another part of the template may.
            Self::Node { .. } | Self::Nobody => None,
        };
        given.into_iter().flat_map(|given| given.keys().copied())
    }
}

impl<'t> Inputs<'t> {
    pub(super) fn read(parts: &Parts<'t>, library: &Library<'t>, report: &Report) -> Self {
        let mut all = Self {
            inputs: Vec::new(),
            index: FxHashMap::default(),
            readable: true,
            used_secrets: RefCell::default(),
            missing: Cell::new(false),
            is_nested: matches!(parts.supply, Supply::Node { .. }),
        };
        let secrets = secret_names(parts.secrets, report);
        let marked: FxHashSet<&str> = secrets.iter().map(|(_, name)| *name).collect();
        if let Some(node) = parts.definitions.filter(|node| !node.is_null()) {
            all.readable = report.expect(node, yaml::Kind::Mapping, "`inputs`");
            for (name, node) in node.entries() {
                let Some(definition) = definition::property(name, node, keywords::INPUT, library, report)
                else {
                    let value = InputValue::Given(Value::invalid(name));
                    all.add(name.text().unwrap_or_default(), Type::Any, value);
                    continue;
                };
                let own = is_marked_secret(node, report);
                let secret = own || marked.contains(definition.name);
                let value = Self::value(parts, &definition, secret, node, library, report);
                all.add(definition.name, definition.schema.ty, value);
            }
        }
        for (at, name) in secrets {
            if all.readable && !all.index.contains_key(name) {
                let help = report.suggest(name, all.names());
                report.help(Code::UnknownInput, at, format!("`{name}` is not an input"), help);
            }
        }
        for name in parts.supply.names() {
            if all.readable && !all.index.contains_key(name) {
                let help = report.suggest(name, all.names());
                let at = parts.definitions.map_or_else(|| parts.file.clone(), NodeRef::place);
                report.push(
                    Diagnostic::new(Code::UnknownInput, format!("`{name}` is given, but is not an input"))
                        .label(at, "the inputs are defined here")
                        .maybe_help(help),
                );
            }
        }
        all
    }

    fn add(&mut self, name: &'t str, ty: Type<'t>, value: InputValue<'t>) {
        self.index.insert(name, self.inputs.len());
        self.inputs.push(Input { name, ty, value });
    }

    /// Whether an input that is not found does not exist.
    pub(super) fn are_readable(&self) -> bool {
        self.readable
    }

    fn value(
        parts: &Parts<'t>,
        definition: &PropertyDef<'t>,
        secret: bool,
        node: NodeRef<'t>,
        library: &Library<'t>,
        report: &Report,
    ) -> InputValue<'t> {
        let name = definition.name;
        if secret {
            if parts.supply.names().any(|given| given == name) {
                let message = format!("the secret input `{name}` was given a value");
                let help =
                    "its value belongs to the call that creates the stack, and nowhere else".to_owned();
                report.help(Code::SecretPlace, definition.at, message, help);
            }
            if let Some(default) = definition.default {
                report.help(
                    Code::SecretDefault,
                    default,
                    format!("the secret input `{name}` has a default in clear text"),
                    "remove it: the value is given when the stack is created".to_owned(),
                );
            }
            if !matches!(definition.schema.ty, Type::String | Type::Any) {
                let at = node.get("type").unwrap_or(node);
                report.at(Code::SecretPlace, at, format!("the secret input `{name}` must be a string"));
            }
            if !matches!(parts.supply, Supply::Node { .. }) {
                return InputValue::Secret;
            }
        }
        let reader = Reader::new(library, report);
        if let Supply::Node { values, .. } = &parts.supply
            && let Some(value) = values.get(name)
        {
            if secret && !value.is_settled() && !matches!(value.data, Data::Secret(_)) {
                let message = format!("the secret input `{name}` is given a value in clear text");
                let help = "give it a secret input of your own: `{ get_input: … }`".to_owned();
                let diagnostic = Diagnostic::new(Code::SecretDefault, message).at(value.at.place());
                report.push(diagnostic.severity(Severity::Error).help(help));
                return InputValue::Given(Value::invalid(value.at));
            }
            return InputValue::Given(reader.conform(name, value.clone(), &definition.schema));
        }
        if let Supply::Caller { given, .. } = &parts.supply
            && let Some((text, tree)) = given.get(name)
        {
            let root = tree.map(Tree::root);
            let value = match (&definition.schema.ty, root) {
                // Strings are taken as they are: nobody quotes twice on a command line.
                (Type::String, _) | (_, None) => {
                    let value = Value::new(definition.at, Data::String((*text).into()));
                    reader.conform(name, value, &definition.schema)
                }
                (_, Some(root)) => reader.read(name, root, &definition.schema),
            };
            return InputValue::Given(value);
        }
        if let Some(node) = node.get("value").or(definition.default).filter(|_| !secret) {
            return InputValue::Given(reader.read(name, node, &definition.schema));
        }
        let (complete, node) = match &parts.supply {
            Supply::Caller { complete, .. } => (*complete, None),
            Supply::Node { name, .. } => (true, Some(*name)),
            Supply::Nobody => return InputValue::Missing,
        };
        let severity = if complete { Severity::Error } else { Severity::Warning };
        if definition.required {
            let help = how_to_give(name, node.is_some());
            let message = if complete {
                format!("the input `{name}` has no value")
            } else {
                format!("the input `{name}` has no value, so what depends on it was not checked")
            };
            let mut diagnostic = Diagnostic::new(Code::InputMissing, message).at(definition.at.place());
            if let Some(node) = node {
                diagnostic = diagnostic.label(node.place(), "the template stands for this node");
            }
            report.push(diagnostic.help(help).severity(severity));
            return InputValue::Missing;
        }
        InputValue::Absent(severity)
    }

    /// How an input gets a value.
    pub(super) fn how_to_give(&self, name: &str) -> String {
        how_to_give(name, self.is_nested)
    }

    pub(super) fn find(&self, name: &str) -> Option<&Input<'t>> {
        self.index.get(name).and_then(|&index| self.inputs.get(index))
    }

    pub(super) fn names(&self) -> impl Iterator<Item = &'t str> {
        self.inputs.iter().map(|input| input.name)
    }

    /// Notes that something depends on an input without a value.
    pub(super) fn use_missing(&self) {
        self.missing.set(true);
    }

    /// Whether something depends on an input without a value.
    pub(super) fn is_incomplete(&self) -> bool {
        self.missing.get()
    }

    pub(super) fn use_secret(&self, name: &str) {
        let mut used = self.used_secrets.borrow_mut();
        if !used.contains(name) {
            used.insert(name.to_owned());
        }
    }

    /// The secrets that were asked for, in the order of the inputs.
    pub(super) fn used_secrets(&self) -> Vec<String> {
        let used = self.used_secrets.borrow();
        let names = self.inputs.iter().map(|input| input.name);
        names.filter(|name| used.contains(*name)).map(str::to_owned).collect()
    }
}

fn how_to_give(name: &str, is_nested: bool) -> String {
    if is_nested {
        let map = "map a property to it in `substitution_mappings`";
        return format!("{map}: `properties: {{ …: [ {name} ] }}`, or give it a `default`");
    }
    format!("give it with `--input {name}=…`, or give it a `default`")
}

/// Whether an input's own metadata say `secret: true`. What is neither true nor false is taken for secret.
fn is_marked_secret(input: NodeRef<'_>, report: &Report) -> bool {
    let mark = input.get("metadata").and_then(|metadata| metadata.get("secret"));
    let Some((mark, text)) = mark.and_then(|mark| Some((mark, mark.text()?))) else { return false };
    scalar_boolean(text).unwrap_or_else(|| {
        report.at(Code::WrongType, mark, "`secret` is `true` or `false`");
        true
    })
}

/// The names in `metadata: { secret_inputs: "a, b" }`, and where they stand.
fn secret_names<'t>(node: Option<NodeRef<'t>>, report: &Report) -> Vec<(NodeRef<'t>, &'t str)> {
    let Some(node) = node else { return Vec::new() };
    if node.kind() != yaml::Kind::Scalar {
        let help = "write the names in one string: `'a, b'`".to_owned();
        report.help(Code::WrongShape, node, "`secret_inputs` is a single value", help);
        return Vec::new();
    }
    let names = node.text().unwrap_or_default().split(',').map(str::trim);
    names.filter(|name| !name.is_empty()).map(|name| (node, name)).collect()
}
