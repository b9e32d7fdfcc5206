//! From nodes to values, by their schemas.

mod conform;
mod fill;
mod operand;
pub(super) mod scalar;
mod timestamp;

use super::{
    function::{self, Evaluation, Scope},
    library::{Library, PropertyDef, TypeDef},
    report::Report,
    schema::{Schema, Type},
    unit::{self, Wrong},
    value::{Data, Value},
};
use crate::yaml::{self, NodeRef, Plain};
use paas_core::diagnostic::Code;
use scalar::{Mismatch, guess, is_number, range, simple};
use std::cell::Cell;

pub(super) use operand::operand;
pub(super) use scalar::text_of;
pub(super) use timestamp::{TIMESTAMP, compare as compare_timestamps};

/// Reads values.
pub(crate) struct Reader<'c, 't> {
    pub(super) library: &'c Library<'t>,
    pub(super) report: &'c Report,
    /// For functions; `None` where none can be used (inputs' defaults, constraints).
    pub(super) evaluation: Option<&'c Evaluation<'c, 't>>,
    pub(super) scope: Scope<'t>,
    pub(super) depth: Cell<usize>,
}

impl<'c, 't> Reader<'c, 't> {
    pub(super) fn new(library: &'c Library<'t>, report: &'c Report) -> Self {
        Self { library, report, evaluation: None, scope: Scope::default(), depth: Cell::new(0) }
    }

    pub(super) fn evaluating(evaluation: &'c Evaluation<'c, 't>, scope: Scope<'t>) -> Self {
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
            && !(matches!(schema.ty, Type::Map(..) | Type::Data(_))
                && function.text().is_some_and(function::takes_list)
                && argument.text().is_some())
        {
            return match self.evaluation {
                Some(evaluation) => {
                    let value = function::evaluate(evaluation, self, function, argument, node);
                    let word = function.text().unwrap_or_default();
                    if function::makes_text(word) && !function::holds_text(self.library, &schema.ty) {
                        // Whatever text it is.
                        if !value.is_invalid() {
                            let message = format!(
                                "`{name}` must be {}, but `{word}` makes a text",
                                schema.ty.describe()
                            );
                            self.report.at(Code::WrongType, node, message);
                        }
                        return Value::invalid(node);
                    }
                    self.conform(name, value, schema)
                }
                None => {
                    let word = function.text().unwrap_or_default();
                    self.report.at(Code::FunctionPlace, function, format!("`{word}` cannot be used here"));
                    Value::invalid(node)
                }
            };
        }
        let Some(data) = self.data(name, node, &schema.ty) else { return Value::invalid(node) };
        self.constrained(name, Value::new(node, data), schema)
    }

    /// Reads a piece of a text: a string, or a number that all readers write alike.
    pub(super) fn read_piece(&self, name: &str, node: NodeRef<'t>) -> Value<'t> {
        match (node.text(), node.plain()) {
            (Some(text), Some(Plain::Integer | Plain::Float)) if is_number(text) => {
                Value::new(node, Data::String(text.into()))
            }
            (Some(_), _) => self.read(name, node, &Schema::of(Type::String)),
            (None, _) => self.read(name, node, &Schema::ANY),
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
            Type::Map(entry, keys) => self.map(name, node, entry, keys.as_deref()),
            Type::Data(id) => self.complex(name, node, *id),
            Type::Range => self.range(name, node),
            Type::Any => Some(self.anything(name, node)),
            Type::Null if node.is_null() => Some(Data::Null),
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
        Some(Data::List(exactly(node.items().map(|item| self.read(name, item, entry)))))
    }

    fn map(
        &self,
        name: &str,
        node: NodeRef<'t>,
        entry: &Schema<'t>,
        keys: Option<&Schema<'t>>,
    ) -> Option<Data<'t>> {
        if node.kind() != yaml::Kind::Mapping {
            self.wrong(name, node, &Type::Map(Box::new(Schema::ANY), None), &found(node));
            return None;
        }
        let read = |(key, value): (NodeRef<'t>, NodeRef<'t>)| {
            match keys {
                // What a key looks like is what it is.
                Some(keys) => _ = self.read(name, key, keys),
                None => self.check_key(key),
            }
            (key, self.read(key.text().unwrap_or_default(), value, entry))
        };
        Some(Data::Map(exactly(node.entries().map(read))))
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
        let data = Data::Map(self.fill(node, ty, &ty.properties, node.entries(), read));
        self.obeys(name, node, ty, data)
    }

    /// Holds a map against the constraints of its data type.
    fn obeys(&self, name: &str, at: NodeRef<'t>, ty: &TypeDef<'t>, data: Data<'t>) -> Option<Data<'t>> {
        if ty.constraints.is_empty() {
            return Some(data);
        }
        let value = Value::new(at, data);
        let broken = ty.constraints.iter().filter(|rule| !rule.check(name, &value, self.report)).count();
        (broken == 0).then_some(value.data)
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
                Data::List(exactly(node.items().map(|item| self.read(name, item, &Schema::ANY))))
            }
            (yaml::Kind::Mapping, ..) => {
                let read = |(key, value)| (key, self.read(name, value, &Schema::ANY));
                Data::Map(exactly(node.entries().map(read)))
            }
            (_, Some(text), Some(Plain::Sexagesimal)) => {
                self.simple(name, node, text, &Type::String).unwrap_or(Data::Invalid)
            }
            (_, Some(text), Some(plain)) => guess(text, plain),
            _ => Data::Null,
        }
    }
}

/// All of them, with room for no more: collecting would leave room for four, and nearly all lists are shorter.
fn exactly<T>(items: impl ExactSizeIterator<Item = T>) -> Vec<T> {
    let mut all = Vec::with_capacity(items.len());
    all.extend(items);
    all
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
