//! Constraints on values (TOSCA 1.3, section 3.6.3).

use super::{
    convert,
    report::Report,
    schema::Type,
    value::{Data, Value},
};
use crate::yaml::{Kind, NodeRef};
use paas_core::diagnostic::{Code, Diagnostic, Severity};
use regex::{Regex, RegexBuilder};
use std::{cmp::Ordering, sync::Arc};

/// A constraint and where it is written.
#[derive(Debug, Clone)]
pub(crate) struct Constraint<'t> {
    at: NodeRef<'t>,
    rule: Rule<'t>,
    order: Order,
}

/// What texts are compared as.
#[derive(Debug, Clone, Copy)]
enum Order {
    Texts,
    Versions,
    Timestamps,
}

impl Order {
    fn of(ty: &Type<'_>) -> Self {
        match ty {
            Type::Version => Self::Versions,
            Type::Timestamp => Self::Timestamps,
            _ => Self::Texts,
        }
    }

    fn compare(self, one: &Data<'_>, other: &Data<'_>) -> Option<Ordering> {
        match (self, one, other) {
            (Self::Versions, Data::String(one), Data::String(other)) => {
                Some(version(one).cmp(&version(other)))
            }
            (Self::Timestamps, Data::String(one), Data::String(other)) => {
                convert::compare_timestamps(one, other)
            }
            _ => one.compare(other),
        }
    }

    fn same(self, one: &Data<'_>, other: &Data<'_>) -> bool {
        match self {
            Self::Texts => one.same(other),
            _ => self.compare(one, other) == Some(Ordering::Equal),
        }
    }
}

#[derive(Debug, Clone)]
pub(super) enum Rule<'t> {
    Equal(Data<'t>),
    GreaterThan(Data<'t>),
    GreaterOrEqual(Data<'t>),
    LessThan(Data<'t>),
    LessOrEqual(Data<'t>),
    /// No bound: `UNBOUNDED`.
    InRange(Option<Data<'t>>, Option<Data<'t>>),
    ValidValues(Vec<Data<'t>>),
    Length(u64),
    MinLength(u64),
    MaxLength(u64),
    Pattern(Arc<Regex>, &'t str),
}

pub(super) const OPERATORS: [&str; 11] = [
    "equal",
    "greater_than",
    "greater_or_equal",
    "less_than",
    "less_or_equal",
    "in_range",
    "valid_values",
    "length",
    "min_length",
    "max_length",
    "pattern",
];

/// Memory that one compiled pattern may take.
const PATTERN_BYTES: usize = 1 << 20;
/// Most patterns need less than this: so much is tried first, that what a pattern takes is known roughly.
const SMALL_PATTERN_BYTES: usize = 1 << 14;
/// Length of a pattern's text: compiling takes time that grows with it.
const PATTERN_LENGTH: usize = 1_000;

/// Reads a list of constraints on values of a type.
pub(super) fn read<'t>(node: NodeRef<'t>, ty: &Type<'t>, report: &Report) -> Vec<Constraint<'t>> {
    if !report.expect(node, Kind::Sequence, "`constraints`") {
        return Vec::new();
    }
    node.items().filter_map(|item| one(item, ty, report)).collect()
}

fn one<'t>(node: NodeRef<'t>, ty: &Type<'t>, report: &Report) -> Option<Constraint<'t>> {
    let Some((operator, operand)) = node.only_entry() else {
        report.at(Code::BadConstraint, node, "a constraint is a map of one operator");
        return None;
    };
    clause(node, operator, operand, ty, report)
}

/// What a value must be equal to.
pub(super) fn equal<'t>(node: NodeRef<'t>, ty: &Type<'t>, report: &Report) -> Option<Constraint<'t>> {
    let rule = Rule::Equal(convert::operand(node, ty, report)?);
    Some(Constraint { at: node, rule, order: Order::of(ty) })
}

/// One operator and its operand, which stand at a node.
pub(super) fn clause<'t>(
    node: NodeRef<'t>,
    operator: NodeRef<'t>,
    operand: NodeRef<'t>,
    ty: &Type<'t>,
    report: &Report,
) -> Option<Constraint<'t>> {
    let name = operator.text().unwrap_or_default();
    if !fits(name, ty) {
        let message = format!("`{name}` has no meaning for {}", ty.describe());
        report.at(Code::BadConstraint, operator, message);
        return None;
    }
    let value = |node| convert::operand(node, ty, report);
    let rule = match name {
        "equal" => Rule::Equal(value(operand)?),
        "greater_than" => Rule::GreaterThan(value(operand)?),
        "greater_or_equal" => Rule::GreaterOrEqual(value(operand)?),
        "less_than" => Rule::LessThan(value(operand)?),
        "less_or_equal" => Rule::LessOrEqual(value(operand)?),
        "in_range" => {
            let mut bounds = operand.items();
            let (Some(low), Some(high), None) = (bounds.next(), bounds.next(), bounds.next()) else {
                report.at(Code::BadConstraint, operand, "`in_range` takes a list of two bounds");
                return None;
            };
            let bound = |node: NodeRef<'t>| match node.text() {
                Some("UNBOUNDED") => Some(None),
                _ => value(node).map(Some),
            };
            let (low, high) = (bound(low)?, bound(high)?);
            if low.as_ref().zip(high.as_ref()).and_then(|(low, high)| Order::of(ty).compare(low, high))
                == Some(Ordering::Greater)
            {
                report.at(Code::BadConstraint, operand, "the first bound is above the second");
                return None;
            }
            Rule::InRange(low, high)
        }
        "valid_values" => {
            if operand.items().len() == 0 {
                report.at(Code::BadConstraint, operand, "`valid_values` takes a list of values");
                return None;
            }
            // All of them are looked at, so that all that is wrong is told.
            let values: Vec<_> = operand.items().map(value).collect();
            Rule::ValidValues(values.into_iter().collect::<Option<_>>()?)
        }
        "length" => Rule::Length(length(operand, report)?),
        "min_length" => Rule::MinLength(length(operand, report)?),
        "max_length" => Rule::MaxLength(length(operand, report)?),
        "pattern" => pattern(operand, report)?,
        "schema" => {
            let message = "values are not held against the `schema` of a constraint";
            let diagnostic = Diagnostic::new(Code::NotExecuted, message).at(operator.place());
            report.push(diagnostic.severity(Severity::Warning));
            return None;
        }
        _ => {
            let help = report.suggest(name, OPERATORS);
            report.help(Code::BadConstraint, operator, format!("`{name}` is not a constraint"), help);
            return None;
        }
    };
    Some(Constraint { at: node, rule, order: Order::of(ty) })
}

/// Whether an operator can say something of values of a type.
fn fits(operator: &str, ty: &Type<'_>) -> bool {
    match operator {
        _ if matches!(ty, Type::Null) => false,
        "greater_than" | "greater_or_equal" | "less_than" | "less_or_equal" | "in_range" => {
            !matches!(ty, Type::Boolean | Type::List(_) | Type::Map(..))
        }
        "length" | "min_length" | "max_length" => {
            matches!(ty, Type::String | Type::List(_) | Type::Map(..) | Type::Data(_) | Type::Any)
        }
        "pattern" => {
            matches!(ty, Type::String | Type::Version | Type::Timestamp | Type::Data(_) | Type::Any)
        }
        _ => true,
    }
}

fn length(node: NodeRef<'_>, report: &Report) -> Option<u64> {
    let value = node.text().and_then(|text| text.parse().ok());
    if value.is_none() {
        report.at(Code::BadConstraint, node, "a length is a whole number, not negative");
    }
    value
}

fn pattern<'t>(node: NodeRef<'t>, report: &Report) -> Option<Rule<'t>> {
    let text = node.text().unwrap_or_default();
    let refuse = |why: &str| {
        report.help(
            Code::BadConstraint,
            node,
            format!("the pattern cannot be used: {why}"),
            "patterns are regular expressions without look-around and back-references".to_owned(),
        );
        None
    };
    if node.kind() != Kind::Scalar || text.len() > PATTERN_LENGTH {
        return refuse("it is no text, or too long");
    }
    // The whole value must match (TOSCA's readers agree on that), whatever alternatives the pattern has.
    let whole = format!("^(?:{text})$");
    for bytes in [SMALL_PATTERN_BYTES, PATTERN_BYTES] {
        if !report.count_pattern(bytes) {
            return refuse("all patterns together are too large");
        }
        match RegexBuilder::new(&whole).size_limit(bytes).build() {
            Ok(regex) => return Some(Rule::Pattern(Arc::new(regex), text)),
            Err(regex::Error::CompiledTooBig(_)) => {}
            Err(_) => return refuse("it is not a regular expression"),
        }
    }
    refuse("it is too large")
}

impl<'t> Constraint<'t> {
    /// Where it is written.
    pub(super) fn at(&self) -> NodeRef<'t> {
        self.at
    }

    pub(super) fn rule(&self) -> &Rule<'t> {
        &self.rule
    }

    /// Whether the value obeys; otherwise it is diagnosed at its place.
    pub(super) fn check(&self, name: &str, value: &Value<'t>, report: &Report) -> bool {
        if value.is_settled() || matches!(value.data, Data::Secret(_) | Data::Deferred(_)) {
            return true;
        }
        if !report.spend(value.at, self.cost(&value.data)) {
            return false;
        }
        if self.holds(&value.data) {
            return true;
        }
        if report.is_full() {
            // Nothing more is told, so nothing need be worded.
            return false;
        }
        let shown = show(value);
        let message = match &self.rule {
            Rule::Pattern(..) => format!("`{name}` does not match the pattern {}: {shown}", self.describe()),
            Rule::Length(_) | Rule::MinLength(_) | Rule::MaxLength(_) => {
                format!("`{name}` must have {}", self.describe())
            }
            _ => format!("`{name}` must be {}, but is {shown}", self.describe()),
        };
        let mut diagnostic = Diagnostic::new(Code::Constraint, message)
            .at(value.at.place())
            .label(self.at.place(), "the constraint");
        if let (Rule::ValidValues(valid), Data::String(text)) = (&self.rule, &value.data) {
            let words = valid.iter().filter_map(|word| match word {
                Data::String(word) => Some(word.as_ref()),
                _ => None,
            });
            diagnostic = diagnostic.maybe_help(report.suggest(text, words));
        }
        report.push(diagnostic);
        false
    }

    /// What it costs to check a value.
    fn cost(&self, data: &Data<'t>) -> usize {
        let length = match data {
            Data::String(text) => text.len(),
            _ => 0,
        };
        let compared = match &self.rule {
            Rule::ValidValues(valid) => valid.len(),
            Rule::Equal(_) => 1,
            _ => 0,
        };
        1 + length / 16 + compared.saturating_mul(1 + pairs(data)) / 8
    }

    /// Whether a value obeys.
    pub(super) fn holds(&self, data: &Data<'t>) -> bool {
        // A range obeys if both of its ends do; no end obeys no upper bound.
        if let (Data::Range(low, high), false) =
            (data, matches!(self.rule, Rule::Equal(_) | Rule::ValidValues(_)))
        {
            return self.holds(&Data::Integer(*low))
                && match (high, &self.rule) {
                    (Some(high), _) => self.holds(&Data::Integer(*high)),
                    (None, Rule::LessThan(_) | Rule::LessOrEqual(_) | Rule::InRange(_, Some(_))) => false,
                    (None, _) => true,
                };
        }
        let ordered = |bound: &Data<'t>, wanted: &[Ordering]| {
            self.order.compare(data, bound).is_some_and(|order| wanted.contains(&order))
        };
        let not_below = |bound: &Data<'t>| ordered(bound, &[Ordering::Greater, Ordering::Equal]);
        let not_above = |bound: &Data<'t>| ordered(bound, &[Ordering::Less, Ordering::Equal]);
        match &self.rule {
            Rule::Equal(wanted) => self.order.same(data, wanted),
            Rule::GreaterThan(bound) => ordered(bound, &[Ordering::Greater]),
            Rule::GreaterOrEqual(bound) => not_below(bound),
            Rule::LessThan(bound) => ordered(bound, &[Ordering::Less]),
            Rule::LessOrEqual(bound) => not_above(bound),
            Rule::InRange(low, high) => {
                low.as_ref().is_none_or(not_below) && high.as_ref().is_none_or(not_above)
            }
            Rule::ValidValues(valid) => valid.iter().any(|wanted| self.order.same(data, wanted)),
            Rule::Length(length) => data.length() == Some(*length),
            Rule::MinLength(length) => data.length().is_some_and(|found| found >= *length),
            Rule::MaxLength(length) => data.length().is_some_and(|found| found <= *length),
            Rule::Pattern(regex, _) => matches!(data, Data::String(text) if regex.is_match(text)),
        }
    }

    fn describe(&self) -> String {
        match &self.rule {
            Rule::Equal(wanted) => plain(wanted),
            Rule::GreaterThan(bound) => format!("greater than {}", plain(bound)),
            Rule::GreaterOrEqual(bound) => format!("{} or greater", plain(bound)),
            Rule::LessThan(bound) => format!("less than {}", plain(bound)),
            Rule::LessOrEqual(bound) => format!("{} or less", plain(bound)),
            Rule::InRange(Some(low), Some(high)) => format!("from {} to {}", plain(low), plain(high)),
            Rule::InRange(Some(low), None) => format!("{} or greater", plain(low)),
            Rule::InRange(None, Some(high)) => format!("{} or less", plain(high)),
            Rule::InRange(None, None) => "anything".to_owned(),
            Rule::ValidValues(valid) => {
                const MOST: usize = 50;
                let words: Vec<_> = valid.iter().take(MOST).map(plain).collect();
                match valid.len().checked_sub(MOST) {
                    None | Some(0) => format!("one of {}", words.join(", ")),
                    Some(more) => format!("one of {} or {more} others", words.join(", ")),
                }
            }
            Rule::Length(length) => format!("the length {length}"),
            Rule::MinLength(length) => format!("a length of {length} or more"),
            Rule::MaxLength(length) => format!("a length of {length} or less"),
            Rule::Pattern(_, text) => format!("`{text}`"),
        }
    }
}

/// How many keys are compared to see whether a value is another: each of a map with each.
fn pairs(data: &Data<'_>) -> usize {
    match data {
        Data::List(items) => {
            items.iter().fold(items.len(), |sum, item| sum.saturating_add(pairs(&item.data)))
        }
        Data::Map(entries) => {
            let own = entries.len().saturating_mul(entries.len());
            entries.iter().fold(own, |sum, (_, value)| sum.saturating_add(pairs(&value.data)))
        }
        _ => 0,
    }
}

/// What versions are ordered by: numbers, then a qualifier, which comes before none, then the build.
fn version(text: &str) -> (Vec<u64>, bool, &str, u64) {
    let number = |text: &str| text.parse().unwrap_or(0);
    let (text, build) = text.rsplit_once('-').map_or((text, 0), |(text, build)| (text, number(build)));
    let mut parts = text.splitn(4, '.');
    let mut numbers: Vec<u64> = parts.by_ref().take(3).map(number).collect();
    numbers.resize(3, 0);
    let qualifier = parts.next();
    (numbers, qualifier.is_none(), qualifier.unwrap_or_default(), build)
}

/// The value for a message, not longer than a line.
pub(super) fn show(value: &Value<'_>) -> String {
    plain(&value.data)
}

fn plain(data: &Data<'_>) -> String {
    match data {
        Data::Boolean(value) => value.to_string(),
        Data::Integer(value) => value.to_string(),
        Data::Float(_, text) => text.to_string(),
        Data::String(text) | Data::Quantity(_, text) => format!("`{}`", convert::shorten(text)),
        Data::Secret(_) => "`***`".to_owned(),
        Data::Range(low, high) => {
            format!("[{low}, {}]", high.map_or("UNBOUNDED".to_owned(), |high| high.to_string()))
        }
        Data::List(items) => format!("a list of {}", items.len()),
        Data::Map(entries) => format!("a map of {}", entries.len()),
        Data::Null => "nothing".to_owned(),
        Data::Deferred(deferred) => deferred.to_string(),
        Data::Unknown | Data::Invalid => "unknown".to_owned(),
    }
}
