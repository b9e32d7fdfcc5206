//! From nodes to values, by their schemas.

use super::{
    constraint::show,
    function::{self, Evaluation, Scope},
    index::Index,
    keywords,
    library::{Library, PropertyDef, TypeDef},
    report::Report,
    schema::{Schema, Type},
    unit::{self, Wrong},
    value::{Data, Value},
};
use crate::yaml::{
    self, NodeRef, Plain, scalar_boolean as boolean, scalar_float as float, scalar_integer as integer,
};
use paas_core::diagnostic::{Code, Diagnostic};
use regex::Regex;
use rustc_hash::FxHashSet;
use std::{borrow::Cow, cell::Cell, sync::OnceLock};

/// Values inside values, defaults included: more means that defaults of types go round in a circle.
const DEEPEST: usize = 100;
/// From so many values on their names are put into a set, to see which are there.
const MANY: usize = 32;

/// Reads values.
pub(crate) struct Reader<'c, 't> {
    pub(super) library: &'c Library<'t>,
    pub(super) report: &'c Report,
    /// For functions; `None` where none can be used (inputs' defaults, constraints).
    pub(super) evaluation: Option<&'c Evaluation<'c, 't>>,
    pub(super) scope: Scope,
    pub(super) depth: Cell<usize>,
}

impl<'c, 't> Reader<'c, 't> {
    pub(super) fn new(library: &'c Library<'t>, report: &'c Report) -> Self {
        Self { library, report, evaluation: None, scope: Scope::default(), depth: Cell::new(0) }
    }

    pub(super) fn evaluating(evaluation: &'c Evaluation<'c, 't>, scope: Scope) -> Self {
        Self {
            library: evaluation.library,
            report: evaluation.report,
            evaluation: Some(evaluation),
            scope,
            depth: Cell::new(0),
        }
    }

    /// Reads a node that was given for `name`.
    pub(super) fn read(&self, name: &str, node: NodeRef<'t>, schema: &Schema<'t>) -> Value<'t> {
        if !self.report.spend(node, 1) {
            return Value::invalid(node);
        }
        let inside = self.report.inside(node, || self.read_inside(name, node, schema));
        inside.unwrap_or_else(|| Value::invalid(node))
    }

    fn read_inside(&self, name: &str, node: NodeRef<'t>, schema: &Schema<'t>) -> Value<'t> {
        if let Some((function, argument)) = function::detect(node)
            // `token: abc` in a map of strings, or of a credential, is an entry: the function takes a list.
            && !(matches!(schema.ty, Type::Map(_) | Type::Data(_))
                && function.text().is_some_and(function::takes_list)
                && argument.text().is_some())
        {
            return match self.evaluation {
                Some(evaluation) => {
                    let value = function::evaluate(evaluation, self, function, argument, node);
                    self.conform(name, value, schema)
                }
                None => {
                    let word = function.text().unwrap_or_default();
                    self.report.at(Code::NotSupported, function, format!("`{word}` cannot be used here"));
                    Value::invalid(node)
                }
            };
        }
        let Some(data) = self.data(name, node, &schema.ty) else { return Value::invalid(node) };
        self.constrained(name, Value::new(node, data), schema)
    }

    /// Reads a piece of a text: a string, or a number that all readers write alike.
    pub(super) fn read_piece(&self, node: NodeRef<'t>) -> Value<'t> {
        match (node.text(), node.plain()) {
            (Some(text), Some(Plain::Integer | Plain::Float)) if is_number(text) => {
                Value::new(node, Data::String(text.into()))
            }
            (Some(_), _) => self.read("concat", node, &Schema::of(Type::String)),
            (None, _) => self.read("concat", node, &Schema::ANY),
        }
    }

    /// Holds a value against its constraints; one that breaks them is of no further use.
    fn constrained(&self, name: &str, value: Value<'t>, schema: &Schema<'t>) -> Value<'t> {
        // All of them are looked at, so that all breaches are told.
        let broken = schema.constraints.iter().filter(|rule| !rule.check(name, &value, self.report)).count();
        if broken == 0 { value } else { Value::invalid(value.at) }
    }

    fn data(&self, name: &str, node: NodeRef<'t>, ty: &Type<'t>) -> Option<Data<'t>> {
        match ty {
            Type::List(entry) => self.list(name, node, entry),
            Type::Map(entry) => self.map(name, node, entry),
            Type::Data(id) => self.complex(name, node, *id),
            Type::Range => self.range(name, node),
            Type::Any => Some(self.anything(name, node)),
            _ => {
                let Some(text) = node.text() else {
                    let message = format!("`{name}` must be {}, but is {}", ty.describe(), node.kind());
                    let help = node.only_entry().and_then(|(key, _)| self.function_meant(key));
                    self.report.help(Code::WrongType, node, message, help);
                    return None;
                };
                self.simple(name, node, text, ty)
            }
        }
    }

    /// The function that the key of a map of one entry may stand for.
    fn function_meant(&self, key: NodeRef<'_>) -> Option<String> {
        let word = key.text()?;
        // TOSCA 2.0 writes `$get_input`.
        self.report.suggest(word.strip_prefix('$').unwrap_or(word), function::FUNCTIONS)
    }

    fn simple(&self, name: &str, node: NodeRef<'t>, text: &'t str, ty: &Type<'t>) -> Option<Data<'t>> {
        match simple(node, text, ty) {
            Ok(data) => Some(data),
            Err(Mismatch::Sexagesimal) => {
                let message = format!(
                    "`{name}` is written `{text}` without quotes, which other YAML readers take for a number"
                );
                self.report.help(Code::UnquotedTime, node, message, format!("write `'{text}'`"));
                None
            }
            Err(Mismatch::Unquoted(plain)) => {
                let message =
                    format!("`{name}` must be a string, but `{text}` without quotes is {}", plain.describe());
                self.report.help(Code::WrongType, node, message, format!("write `'{text}'`"));
                None
            }
            Err(Mismatch::Unit(wrong)) => {
                let units: Vec<_> = unit::units(ty).iter().map(|(unit, _)| *unit).collect();
                let message = match wrong {
                    Wrong::Number => format!("`{name}` must be {}: a number and a unit", ty.describe()),
                    Wrong::NoUnit => format!("`{name}` must be {}, but `{text}` has no unit", ty.describe()),
                    Wrong::Unit => {
                        format!("`{name}` must be {}, but `{text}` has an unknown unit", ty.describe())
                    }
                    Wrong::TooLarge => {
                        format!("`{name}` must be less than 8192 TiB, but is `{}`", shorten(text))
                    }
                };
                self.report.help(
                    Code::WrongType,
                    node,
                    message,
                    format!("the units are {}", units.join(", ")),
                );
                None
            }
            Err(Mismatch::Quoted) => {
                let message = format!("`{name}` must be {}, but `'{text}'` is a string", ty.describe());
                self.report.help(Code::WrongType, node, message, "remove the quotes".to_owned());
                None
            }
            Err(Mismatch::Octal) => {
                let message = format!("`{name}` is `{text}`, which readers take for different numbers");
                self.report.help(Code::WrongType, node, message, "write it without the leading 0".to_owned());
                None
            }
            Err(Mismatch::TooLarge) => {
                let message = format!("`{name}` must be an integer of 64 bits, but is `{}`", shorten(text));
                self.report.at(Code::WrongType, node, message);
                None
            }
            Err(Mismatch::Other) => {
                self.wrong(name, node, ty, &found(node));
                None
            }
        }
    }

    fn wrong(&self, name: &str, node: NodeRef<'_>, ty: &Type<'_>, found: &str) {
        let message = format!("`{name}` must be {}, but is {found}", ty.describe());
        self.report.at(Code::WrongType, node, message);
    }

    fn list(&self, name: &str, node: NodeRef<'t>, entry: &Schema<'t>) -> Option<Data<'t>> {
        if node.kind() != yaml::Kind::Sequence {
            self.wrong(name, node, &Type::List(Box::new(Schema::ANY)), &found(node));
            return None;
        }
        Some(Data::List(node.items().map(|item| self.read(name, item, entry)).collect()))
    }

    fn map(&self, name: &str, node: NodeRef<'t>, entry: &Schema<'t>) -> Option<Data<'t>> {
        if node.kind() != yaml::Kind::Mapping {
            self.wrong(name, node, &Type::Map(Box::new(Schema::ANY)), &found(node));
            return None;
        }
        let read = |(key, value): (NodeRef<'t>, NodeRef<'t>)| {
            self.check_key(key);
            (key, self.read(key.text().unwrap_or_default(), value, entry))
        };
        Some(Data::Map(node.entries().map(read).collect()))
    }

    /// Keys are strings, and what others read as something else is in quotes.
    fn check_key(&self, key: NodeRef<'t>) {
        let (Some(text), Some(plain)) = (key.text(), key.plain()) else { return };
        if plain != Plain::String {
            let message =
                format!("a key must be a string, but `{text}` without quotes is {}", plain.describe());
            self.report.help(Code::WrongType, key, message, format!("write `'{text}'`"));
        }
    }

    fn complex(&self, name: &str, node: NodeRef<'t>, id: super::TypeId) -> Option<Data<'t>> {
        let ty = self.library.ty(id)?;
        if let Some(base) = &ty.base {
            let data = self.data(name, node, &base.ty)?;
            let value = self.constrained(name, Value::new(node, data), base);
            return (!matches!(value.data, Data::Invalid)).then_some(value.data);
        }
        if node.kind() != yaml::Kind::Mapping {
            let message = format!(
                "`{name}` must be a map with the properties of `{}`, but is {}",
                ty.name,
                found(node)
            );
            self.report.at(Code::WrongType, node, message);
            return None;
        }
        let read = |value: NodeRef<'t>, property: &PropertyDef<'t>| {
            self.read(property.name, value, &property.schema)
        };
        Some(Data::Map(self.fill(node, ty, &ty.properties, node.entries(), read)))
    }

    /// Values for properties: those that are given, then defaults; what is unknown or missing is diagnosed.
    pub(super) fn fill<V: Copy>(
        &self,
        at: NodeRef<'t>,
        ty: &TypeDef<'t>,
        properties: &[PropertyDef<'t>],
        given: impl Iterator<Item = (NodeRef<'t>, V)>,
        read: impl Fn(V, &PropertyDef<'t>) -> Value<'t>,
    ) -> Vec<(NodeRef<'t>, Value<'t>)> {
        let mut values: Vec<(NodeRef<'t>, Value<'t>)> = Vec::with_capacity(properties.len());
        let index = Index::of(properties, |property| property.name);
        let mut unknown = Vec::new();
        for (key, value) in given {
            let name = key.text().unwrap_or_default();
            match index.find(name) {
                Some(property) => values.push((key, read(value, property))),
                None => {
                    self.unknown_property(key, ty, properties);
                    // It may have been meant for another, so that nothing follows from what is missing.
                    values.push((key, Value::invalid(key)));
                    unknown.push(key);
                }
            }
        }
        let count = values.len();
        let given: Option<FxHashSet<&str>> =
            (count > MANY).then(|| values.iter().filter_map(|(key, _)| key.text()).collect());
        for property in properties {
            let is_given = match &given {
                Some(given) => given.contains(property.name),
                None => values.iter().take(count).any(|(key, _)| key.text() == Some(property.name)),
            };
            if is_given {
                continue;
            }
            if let Some(default) = property.default {
                if !self.report.count_default(property.at) {
                    continue;
                }
                if self.depth.get() >= DEEPEST {
                    let message = format!("the default of `{}` needs itself", property.name);
                    self.report.at(Code::TypeCycle, property.at, message);
                    continue;
                }
                self.depth.set(self.depth.get() + 1);
                values.push((property.at, self.read(property.name, default, &property.schema)));
                self.depth.set(self.depth.get() - 1);
            } else if property.required
                && !keywords::is_meant(unknown.iter().copied(), property.name, self.report)
            {
                self.missing_property(at, ty.name, property);
            }
        }
        values
    }

    fn unknown_property(&self, key: NodeRef<'t>, ty: &TypeDef<'t>, properties: &[PropertyDef<'t>]) {
        let name = key.text().unwrap_or_default();
        let help = self.report.suggest(name, properties.iter().map(|property| property.name));
        let message = format!("`{name}` is not a property of `{}`", ty.name);
        self.report.push(
            Diagnostic::new(Code::UnknownProperty, message)
                .at(key.place())
                .label(ty.at.place(), "the type is defined here")
                .maybe_help(help),
        );
    }

    fn missing_property(&self, at: NodeRef<'t>, type_name: &str, property: &PropertyDef<'t>) {
        let name = property.name;
        self.report.push(
            Diagnostic::new(Code::MissingProperty, format!("`{name}` is missing: `{type_name}` requires it"))
                .at(at.place())
                .label(property.at.place(), "required here"),
        );
    }

    fn range(&self, name: &str, node: NodeRef<'t>) -> Option<Data<'t>> {
        let range = range(node);
        if range.is_none() {
            let message =
                format!("`{name}` must be a range: a list of two integers, the first not above the second");
            self.report.at(Code::WrongType, node, message);
        }
        range
    }

    /// A value without a schema: what it looks like.
    fn anything(&self, name: &str, node: NodeRef<'t>) -> Data<'t> {
        match (node.kind(), node.text(), node.plain()) {
            (yaml::Kind::Sequence, ..) => {
                Data::List(node.items().map(|item| self.read(name, item, &Schema::ANY)).collect())
            }
            (yaml::Kind::Mapping, ..) => {
                let read = |(key, value)| (key, self.read(name, value, &Schema::ANY));
                Data::Map(node.entries().map(read).collect())
            }
            (_, Some(text), Some(Plain::Sexagesimal)) => {
                self.simple(name, node, text, &Type::String).unwrap_or(Data::Invalid)
            }
            (_, Some(text), Some(plain)) => guess(text, plain),
            _ => Data::Null,
        }
    }

    /// Holds the result of a function against a schema.
    pub(super) fn conform(&self, name: &str, value: Value<'t>, schema: &Schema<'t>) -> Value<'t> {
        if value.is_settled() {
            return value;
        }
        let at = value.at;
        if matches!(value.data, Data::Secret(_)) && !matches!(schema.ty, Type::String | Type::Any) {
            let message = format!("`{name}` must be {}, and a secret is a string", schema.ty.describe());
            self.report.at(Code::SecretPlace, at, message);
            return Value::invalid(at);
        }
        match self.conformed(name, value, &schema.ty) {
            Some(data) => self.constrained(name, Value::new(at, data), schema),
            None => Value::invalid(at),
        }
    }

    fn conformed(&self, name: &str, value: Value<'t>, ty: &Type<'t>) -> Option<Data<'t>> {
        let at = value.at;
        let shown = show(&value);
        let wrong = || {
            self.wrong(name, at, ty, &shown);
            None
        };
        match (ty, value.data) {
            (Type::Any, data) => Some(data),
            (Type::String | Type::Timestamp | Type::Version, data @ (Data::String(_) | Data::Secret(_))) => {
                Some(data)
            }
            (Type::String | Type::Version, data) => match text_of(&data) {
                Some(text) => Some(Data::String(text.into())),
                None => wrong(),
            },
            (Type::Integer, data @ Data::Integer(_)) | (Type::Boolean, data @ Data::Boolean(_)) => Some(data),
            (Type::Integer, Data::String(text)) => integer(&text).map(Data::Integer).or_else(wrong),
            (Type::Boolean, Data::String(text)) => boolean(&text).map(Data::Boolean).or_else(wrong),
            (Type::Float, data @ Data::Integer(_)) => Some(data),
            (Type::Float, Data::Float(_, text) | Data::String(text)) => match float(&text) {
                Some(value) if value.is_finite() => Some(Data::Float(value, text)),
                _ => wrong(),
            },
            (Type::Range, data @ Data::Range(..)) => Some(data),
            (
                Type::Size | Type::Time | Type::Frequency | Type::Bitrate,
                Data::String(text) | Data::Quantity(_, text),
            ) => match unit::parse(&text, ty) {
                Ok(quantity) => Some(Data::Quantity(quantity, text)),
                Err(_) => wrong(),
            },
            (Type::List(entry), Data::List(items)) => {
                Some(Data::List(items.into_iter().map(|item| self.conform(name, item, entry)).collect()))
            }
            (Type::Map(entry), Data::Map(entries)) => {
                let conform = |(key, value)| (key, self.conform(name, value, entry));
                Some(Data::Map(entries.into_iter().map(conform).collect()))
            }
            (Type::Data(id), data) => {
                let ty = self.library.ty(*id)?;
                match (&ty.base, data) {
                    (Some(base), data) => {
                        let value = self.conform(name, Value::new(at, data), base);
                        (!matches!(value.data, Data::Invalid)).then_some(value.data)
                    }
                    (None, Data::Map(entries)) => {
                        let given = entries.iter().map(|(key, value)| (*key, value));
                        let read = |value: &Value<'t>, property: &PropertyDef<'t>| {
                            self.conform(property.name, value.clone(), &property.schema)
                        };
                        Some(Data::Map(self.fill(at, ty, &ty.properties, given, read)))
                    }
                    (None, _) => wrong(),
                }
            }
            _ => wrong(),
        }
    }
}

/// Why a scalar is not of a simple type.
enum Mismatch {
    Sexagesimal,
    Unquoted(Plain),
    /// It would be of the type without its quotes.
    Quoted,
    /// YAML 1.1 reads `010` as 8, YAML 1.2 as 10.
    Octal,
    TooLarge,
    Unit(Wrong),
    Other,
}

fn simple<'t>(node: NodeRef<'t>, text: &'t str, ty: &Type<'t>) -> Result<Data<'t>, Mismatch> {
    let quantity = || match unit::parse(text, ty) {
        Ok(quantity) => Ok(Data::Quantity(quantity, text.into())),
        Err(wrong) => Err(Mismatch::Unit(wrong)),
    };
    match ty {
        Type::String => match node.plain() {
            Some(Plain::String) => Ok(Data::String(text.into())),
            Some(Plain::Sexagesimal) => Err(Mismatch::Sexagesimal),
            Some(Plain::Null) | None => Err(Mismatch::Other),
            Some(plain) => Err(Mismatch::Unquoted(plain)),
        },
        Type::Integer | Type::Float | Type::Boolean => unquoted(node, text, ty),
        Type::Size | Type::Time | Type::Frequency | Type::Bitrate => quantity(),
        Type::Timestamp if is_timestamp(text) => Ok(Data::String(text.into())),
        Type::Version if is_version(text) => Ok(Data::String(text.into())),
        _ => Err(Mismatch::Other),
    }
}

/// Numbers and booleans, which are written without quotes.
fn unquoted<'t>(node: NodeRef<'t>, text: &'t str, ty: &Type<'t>) -> Result<Data<'t>, Mismatch> {
    let data = match ty {
        Type::Integer => integer(text).map(Data::Integer),
        Type::Float => {
            float(text).filter(|value| value.is_finite()).map(|value| Data::Float(value, text.into()))
        }
        _ => boolean(text).map(Data::Boolean),
    };
    let is_octal = || {
        let digits = text.trim_start_matches(['-', '+']);
        digits.len() > 1
            && digits.starts_with('0')
            && digits.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'_'))
    };
    match (data, node.plain()) {
        (Some(_), Some(Plain::String)) => Err(Mismatch::Quoted),
        (Some(_), Some(Plain::Integer)) if is_octal() => Err(Mismatch::Octal),
        (Some(data), _) => Ok(data),
        (None, Some(Plain::Integer)) if matches!(ty, Type::Integer) => Err(Mismatch::TooLarge),
        (None, _) => Err(Mismatch::Other),
    }
}

/// `[ 1, 5 ]` or `[ 1, UNBOUNDED ]`.
fn range<'t>(node: NodeRef<'t>) -> Option<Data<'t>> {
    let number =
        |node: NodeRef<'t>| node.text().filter(|_| node.plain() == Some(Plain::Integer)).and_then(integer);
    let mut bounds = node.items();
    let (low, high, None) = (bounds.next()?, bounds.next()?, bounds.next()) else { return None };
    let low = number(low)?;
    if high.text() == Some("UNBOUNDED") {
        return Some(Data::Range(low, None));
    }
    number(high).filter(|&high| low <= high).map(|high| Data::Range(low, Some(high)))
}

/// The operand of a constraint on values of a type.
pub(super) fn operand<'t>(node: NodeRef<'t>, ty: &Type<'t>, report: &Report) -> Option<Data<'t>> {
    let operands = |nodes: yaml::Items<'t>, ty| -> Option<Vec<Value<'t>>> {
        nodes.map(|node| Some(Value::new(node, operand(node, ty, report)?))).collect()
    };
    let wrong = |found: String| {
        let message = format!("the constraint needs {}, but here is {found}", ty.describe());
        report.at(Code::BadConstraint, node, message);
        None
    };
    match (ty, node.kind(), node.text().zip(node.plain())) {
        (Type::Any | Type::Data(_) | Type::Range, _, Some((text, plain))) => Some(guess(text, plain)),
        (Type::Range, ..) => range(node).or_else(|| wrong(node.kind().to_string())),
        (Type::List(entry), yaml::Kind::Sequence, _) => Some(Data::List(operands(node.items(), &entry.ty)?)),
        (Type::Any | Type::Data(_), yaml::Kind::Sequence, _) => {
            Some(Data::List(operands(node.items(), &Type::Any)?))
        }
        (Type::Map(_) | Type::Any | Type::Data(_), yaml::Kind::Mapping, _) => {
            let entry = if let Type::Map(entry) = ty { &entry.ty } else { &Type::Any };
            let read = |(key, value)| Some((key, Value::new(value, operand(value, entry, report)?)));
            Some(Data::Map(node.entries().map(read).collect::<Option<_>>()?))
        }
        (_, _, Some((text, _))) => match simple(node, text, ty) {
            Ok(data) => Some(data),
            Err(Mismatch::Unquoted(plain)) => {
                wrong(format!("`{}`, which without quotes is {}", shorten(text), plain.describe()))
            }
            Err(Mismatch::Quoted) => wrong(format!("`'{}'`, which is a string", shorten(text))),
            Err(_) => wrong(found(node)),
        },
        _ => wrong(node.kind().to_string()),
    }
}

/// What a scalar looks like.
fn guess<'t>(text: &'t str, plain: Plain) -> Data<'t> {
    let string = Data::String(Cow::Borrowed(text));
    match plain {
        Plain::Null => Data::Null,
        Plain::Boolean => boolean(text).map_or(string, Data::Boolean),
        Plain::Integer => integer(text).map_or(string, Data::Integer),
        Plain::Float => float(text).map_or(string, |value| Data::Float(value, text.into())),
        Plain::String | Plain::Sexagesimal | Plain::Date => string,
    }
}

/// Whether the text is a number as it is written in the end: `5`, `-1.5`, but not `1.10`, `010`, `1e3`.
fn is_number(text: &str) -> bool {
    integer(text).is_some_and(|value| value.to_string() == text)
        || float(text).is_some_and(|value| value.is_finite() && value.to_string() == text)
}

/// The text of a single value, as `concat` and string properties take it.
pub(super) fn text_of(data: &Data<'_>) -> Option<String> {
    match data {
        Data::String(text) | Data::Quantity(_, text) | Data::Float(_, text) => {
            Some(text.clone().into_owned())
        }
        Data::Integer(value) => Some(value.to_string()),
        Data::Boolean(value) => Some(value.to_string()),
        _ => None,
    }
}

fn found(node: NodeRef<'_>) -> String {
    match node.text() {
        Some(text) if text.is_empty() || node.is_null() => "nothing".to_owned(),
        Some(text) => format!("`{}`", shorten(text)),
        None => node.kind().to_string(),
    }
}

pub(super) fn shorten(text: &str) -> String {
    const LONGEST: usize = 60;
    let mut short: String = text.chars().take(LONGEST).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}

/// `major.minor[.fix[.qualifier[-build]]]`; a single number passes, as in the wild.
pub(super) fn is_version(text: &str) -> bool {
    let (numbers, build) =
        text.rsplit_once('-').map_or((text, None), |(numbers, build)| (numbers, Some(build)));
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let word = |part: &str| {
        !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
    };
    let parts: Vec<_> = numbers.splitn(4, '.').collect();
    build.is_none_or(digits)
        && parts.iter().take(3).all(|part| digits(part))
        && parts.get(3).is_none_or(|qualifier| word(qualifier))
}

/// `2001-12-14`, or with a time such as `2001-12-14t21:59:43.10-05:00` (YAML 1.1, `tag:yaml.org,2002:timestamp`).
pub(super) const TIMESTAMP: &str = concat!(
    r"^[0-9]{4}-(0?[1-9]|1[0-2])-(0?[1-9]|[12][0-9]|3[01])",
    r"(([Tt]|[ \t]+)([01]?[0-9]|2[0-3]):[0-5][0-9]:([0-5][0-9]|60)(\.[0-9]*)?",
    r"([ \t]*(Z|[-+][0-9]{1,2}(:[0-5][0-9])?))?)?$"
);

fn is_timestamp(text: &str) -> bool {
    static COMPILED: OnceLock<Option<Regex>> = OnceLock::new();
    let timestamp = COMPILED.get_or_init(|| Regex::new(TIMESTAMP).ok());
    timestamp.as_ref().is_some_and(|timestamp| timestamp.is_match(text))
}
