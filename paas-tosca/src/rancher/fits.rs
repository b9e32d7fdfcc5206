//! Holds values against what Rancher's executor takes: rather less than its schema, since some of what that takes fails
//! or crashes further down (`docs/rancher-compose.md`).

use super::shape::{Fault, Shape};
use paas_core::{
    application::{Text, Value},
    policy::is_label_never_allowed,
};
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Display,
};

/// The way through a value.
pub(super) struct Check {
    pub(super) faults: Vec<Fault>,
    pointer: String,
    /// Bytes that faults may still take: names can be long, and stand in each of them.
    left: usize,
}

impl Check {
    pub(super) fn new(key: &str) -> Self {
        Self { faults: Vec::new(), pointer: format!("/{}", escape(key)), left: LONGEST }
    }

    fn fault(&mut self, message: impl Display, help: Option<&str>) {
        if self.left == 0 {
            return;
        }
        let name = match self.pointer.rsplit_once('/') {
            Some(("", key)) => key,
            _ => &self.pointer,
        };
        let message = format!("`{}` {message}", name.escape_debug());
        self.left = self.left.saturating_sub(message.len() + self.pointer.len());
        self.faults.push(Fault { pointer: self.pointer.clone(), message, help: help.map(str::to_owned) });
    }

    fn wrong(&mut self, expected: &str, value: &Value) {
        self.fault(format!("must be {expected}, but is {}", describe(value)), None);
    }

    fn inside(&mut self, step: impl Display, check: impl FnOnce(&mut Self)) {
        let length = self.pointer.len();
        self.pointer.push('/');
        self.pointer.push_str(&escape(&step.to_string()));
        check(self);
        self.pointer.truncate(length);
    }

    pub(super) fn shape(&mut self, shape: Shape, value: &Value) {
        match (shape, value) {
            (
                Shape::Text
                | Shape::TextOrTexts
                | Shape::Whole(..)
                | Shape::Bytes
                | Shape::NetworkMode
                | Shape::Restart,
                Value::Text(text),
            ) => self.text(shape, text),
            (Shape::Flag, Value::Boolean(_)) => {}
            (Shape::Integer(least, most) | Shape::Whole(least, most), Value::Integer(number)) => {
                self.within(*number, least, most);
            }
            (Shape::Bytes, Value::Integer(number)) => self.within(*number, -1, i64::MAX),
            (
                Shape::Texts
                | Shape::TextOrTexts
                | Shape::TextsOrNumbers
                | Shape::TextsByName
                | Shape::Rates
                | Shape::Weights,
                Value::List(items),
            ) => self.list(shape, items),
            (Shape::Maps, Value::List(items)) => {
                for (position, item) in items.iter().enumerate() {
                    self.inside(position, |check| check.shape(Shape::MapWithNumbers, item));
                }
            }
            (Shape::Map | Shape::MapWithNumbers, Value::Map(_)) => {
                self.anything(value, shape == Shape::MapWithNumbers);
            }
            (Shape::TextsByName, Value::Map(entries)) => {
                self.entries(entries, |check, _, value| check.shape(Shape::Text, value));
            }
            (Shape::Rates, Value::Map(entries)) => self.entries(entries, Self::rate),
            (Shape::Labels, Value::Map(entries)) => self.entries(entries, Self::label),
            (Shape::Logging, Value::Map(entries)) => self.logging(entries),
            (Shape::Limits, Value::Map(entries)) => self.entries(entries, Self::limit),
            (Shape::ScalePolicy, Value::Map(entries)) => self.scale_policy(entries),
            (Shape::TargetRules, Value::Map(entries)) => self.target_rules(entries),
            _ => self.wrong(shape.describe(), value),
        }
    }

    fn within(&mut self, number: i64, least: i64, most: i64) {
        if !(least..=most).contains(&number) {
            self.fault(format!("must be from {least} to {most}, but is {number}"), None);
        }
    }

    /// Of a text with references nobody knows what it will be.
    fn text(&mut self, shape: Shape, text: &Text) {
        let Some(plain) = text.as_plain() else { return };
        match shape {
            Shape::Whole(least, most) => match plain.parse() {
                Ok(number) => self.within(number, least, most),
                Err(_) => self.wrong(shape.describe(), &Value::Text(text.clone())),
            },
            Shape::Bytes if !is_size(plain) => self.wrong(shape.describe(), &Value::Text(text.clone())),
            Shape::NetworkMode => self.network_mode(plain),
            Shape::Restart => self.restart(plain),
            _ => {}
        }
    }

    fn network_mode(&mut self, mode: &str) {
        let name = mode.strip_prefix("container:").unwrap_or(mode);
        let is_name = |byte: u8| byte.is_ascii_alphanumeric() || b"._-".contains(&byte);
        match mode {
            "host" => {
                self.fault(
                    "cannot be `host`, which has a word",
                    Some("say it as `host_network` in `security`"),
                );
            }
            "managed" => self.fault("need not be `managed`", Some("leave it out: it is so anyway")),
            _ if name.is_empty() || !name.bytes().all(is_name) => {
                let help = "write the name of a network, `none`, `bridge`, or `container:` and a service";
                self.fault(format!("cannot be `{}`", mode.escape_debug()), Some(help));
            }
            _ => {}
        }
    }

    fn restart(&mut self, policy: &str) {
        let count = policy.strip_prefix("on-failure:").map(|count| count.parse::<u32>().is_ok());
        match (policy, count) {
            ("on-failure", _) => self
                .fault("cannot be `on-failure`, which has a word", Some("say it as `restart: on_failure`")),
            ("no" | "always" | "unless-stopped", _) | (_, Some(true)) => {}
            _ => {
                let help = "write `no`, `always`, `unless-stopped`, or `on-failure:` and a count";
                self.fault(format!("cannot be `{}`", policy.escape_debug()), Some(help));
            }
        }
    }

    /// The executor refuses lists that repeat themselves.
    fn list(&mut self, shape: Shape, items: &[Value]) {
        let mut seen = BTreeSet::new();
        for (position, item) in items.iter().enumerate() {
            self.inside(position, |check| {
                let key = match (shape, item) {
                    (Shape::TextsOrNumbers, Value::Integer(number)) => number.to_string(),
                    (_, Value::Text(text)) => {
                        check.item(shape, text);
                        // Of texts with references nobody knows whether they differ.
                        text.as_plain().map_or_else(|| format!("{text:?}"), |plain| format!("\"{plain}"))
                    }
                    _ => return check.wrong(item_of(shape), item),
                };
                if !seen.insert(key) {
                    check.fault("is there already", Some("leave it out"));
                }
            });
        }
    }

    fn item(&mut self, shape: Shape, text: &Text) {
        let Some(plain) = text.as_plain() else { return };
        let is_pair = |largest: u64| {
            let pair = plain.split_once(':');
            pair.is_some_and(|(device, number)| {
                !device.is_empty() && number.parse::<u64>().is_ok_and(|number| number <= largest)
            })
        };
        let is_sound = match shape {
            Shape::Rates => is_pair(u64::MAX),
            Shape::Weights => is_pair(u16::MAX.into()),
            Shape::TextsByName => plain.split_once('=').is_some_and(|(name, _)| !name.is_empty()),
            _ => true,
        };
        if !is_sound {
            let message = format!("must be {}, but is `{}`", item_of(shape), plain.escape_debug());
            self.fault(message, None);
        }
    }

    fn entries(&mut self, entries: &BTreeMap<String, Value>, check: impl Fn(&mut Self, &str, &Value)) {
        for (name, value) in entries {
            self.name(name);
            self.inside(name, |inside| check(inside, name, value));
        }
    }

    /// `<<` is a merge key to the executor, even in quotes; and what is empty is refused.
    fn name(&mut self, name: &str) {
        if name.is_empty() || name == "<<" || name.chars().any(char::is_control) {
            let message = format!("has the key `{}`, which Rancher cannot read", name.escape_debug());
            self.fault(message, Some("rename it"));
        } else if matches!(name, "with_references" | "with_secrets") {
            // A stored release would take it for a text.
            self.fault(format!("has the key `{name}`, which means something else here"), Some("rename it"));
        }
    }

    /// Anything at all, but for what no file can say.
    fn anything(&mut self, value: &Value, makes_numbers: bool) {
        match value {
            Value::Map(entries) => {
                self.entries(entries, |check, _, value| check.anything(value, makes_numbers));
            }
            Value::List(items) => {
                for (position, item) in items.iter().enumerate() {
                    self.inside(position, |check| check.anything(item, makes_numbers));
                }
            }
            Value::Text(text) if makes_numbers => self.number_in_text(text),
            _ => {}
        }
    }

    /// The executor makes a number of such a text, and another text of the number.
    fn number_in_text(&mut self, text: &Text) {
        let Some(plain) = text.as_plain() else { return };
        if plain.parse::<i64>().is_ok_and(|number| number.to_string() != plain) {
            let message = format!("is `{plain}`, which Rancher takes for a number and writes differently");
            self.fault(message, Some("write it in its shortest form, or with other characters"));
        }
    }

    fn rate(&mut self, device: &str, value: &Value) {
        if device.contains(':') {
            self.fault("is no device: Rancher ends its name at the `:`", None);
        }
        self.shape(Shape::Whole(0, i64::MAX), value);
    }

    fn limit(&mut self, name: &str, value: &Value) {
        if !name.bytes().all(|byte| byte.is_ascii_lowercase()) {
            self.fault("is no limit: their names are small letters", None);
        }
        match value {
            Value::Integer(_) => {}
            Value::Map(entries) => {
                for side in ["soft", "hard"] {
                    match entries.get(side) {
                        Some(value) => self.inside(side, |check| {
                            check.shape(Shape::Integer(i64::MIN, i64::MAX), value);
                        }),
                        None => self.fault(format!("has no `{side}`"), None),
                    }
                }
                self.others(entries, &["soft", "hard"]);
            }
            _ => self.wrong("a whole number, or a map of `soft` and `hard`", value),
        }
    }

    fn logging(&mut self, entries: &BTreeMap<String, Value>) {
        self.others(entries, &["driver", "options"]);
        if let Some(driver) = entries.get("driver") {
            self.inside("driver", |check| check.shape(Shape::Text, driver));
        }
        match entries.get("options") {
            None => {}
            Some(Value::Map(options)) => self.inside("options", |check| {
                check.entries(options, |check, _, value| {
                    if matches!(value, Value::Map(_) | Value::List(_) | Value::Null) {
                        check.wrong("a text, a number, true or false", value);
                    }
                });
            }),
            Some(value) => self.inside("options", |check| check.wrong("a map", value)),
        }
    }

    fn scale_policy(&mut self, entries: &BTreeMap<String, Value>) {
        self.others(entries, &["min", "max", "increment"]);
        if !entries.contains_key("min") {
            self.fault("has no `min`", None);
        }
        for (name, value) in entries.iter().filter(|(name, _)| is_one_of(name, &["min", "max", "increment"]))
        {
            self.inside(name, |check| check.shape(Shape::Whole(0, i64::from(u32::MAX)), value));
        }
    }

    /// What says for a target which requests load balancers pass on to it. A rule with a port of its own would make a
    /// load balancer of the container.
    fn target_rules(&mut self, entries: &BTreeMap<String, Value>) {
        const RULE: &[&str] = &["backend_name", "hostname", "path", "target_port"];
        self.others(entries, &["port_rules"]);
        let Some(rules) = entries.get("port_rules") else { return };
        let Value::List(rules) = rules else {
            return self.inside("port_rules", |check| check.wrong("a list of maps", rules));
        };
        self.inside("port_rules", |check| {
            for (position, rule) in rules.iter().enumerate() {
                check.inside(position, |check| match rule {
                    Value::Map(entries) => {
                        if entries.contains_key("source_port") {
                            let help = "use a `paas.nodes.LoadBalancer`";
                            check.fault("has a `source_port`, as only load balancers do", Some(help));
                        }
                        let known = [RULE, &["source_port"]].concat();
                        check.others(entries, &known);
                        for (name, value) in entries.iter().filter(|(name, _)| is_one_of(name, RULE)) {
                            check.inside(name, |check| match (name.as_str(), value) {
                                ("target_port", _) => check.shape(Shape::Whole(1, 65_535), value),
                                (_, Value::Text(text)) => check.number_in_text(text),
                                _ => check.wrong("a text", value),
                            });
                        }
                    }
                    _ => check.wrong("a map", rule),
                });
            }
        });
    }

    fn label(&mut self, name: &str, value: &Value) {
        let instead = match name.to_ascii_lowercase().as_str() {
            "io.rancher.sidekicks" => Some("say it as a requirement `sidekick_of`"),
            "io.rancher.scheduler.global" => Some("say it as `everywhere`"),
            "io.rancher.container.start_once" => Some("say it as `run_once`"),
            lower if lower.starts_with("io.paas.") => Some("leave it out: the platform writes it"),
            _ if !is_label_never_allowed(name) => Some("say it in `labels`, without `rancher`"),
            _ => None,
        };
        match (instead, value) {
            (Some(help), _) => self.fault("is not passed on", Some(help)),
            (None, Value::Text(text)) if text.secrets().next().is_some() => {
                self.fault("holds a secret, which would be seen here", None);
            }
            (None, _) => self.shape(Shape::Text, value),
        }
    }

    /// Keys that mean nothing here.
    fn others(&mut self, entries: &BTreeMap<String, Value>, known: &[&str]) {
        for name in entries.keys().filter(|name| !is_one_of(name, known)) {
            let keys: Vec<_> = known.iter().map(|key| format!("`{key}`")).collect();
            let help = format!("the keys here are {}", keys.join(", "));
            self.fault(format!("has no key `{}`", name.escape_debug()), Some(&help));
        }
    }
}

/// More words about one value help nobody.
const LONGEST: usize = 1 << 16;

fn is_one_of(name: &str, names: &[&str]) -> bool {
    names.contains(&name)
}

const fn item_of(shape: Shape) -> &'static str {
    match shape {
        Shape::TextsOrNumbers => "a text or a whole number",
        Shape::TextsByName => "`name=text`",
        Shape::Rates => "`device:rate`",
        Shape::Weights => "`device:weight`",
        _ => "a text",
    }
}

fn describe(value: &Value) -> String {
    match value {
        Value::Null => "nothing".to_owned(),
        Value::Boolean(value) => value.to_string(),
        Value::Integer(number) => number.to_string(),
        Value::Float(number) => number.to_string(),
        Value::Text(text) => match text.as_plain() {
            Some(plain) if plain.len() <= 40 => format!("the text `{}`", plain.escape_debug()),
            _ => "a text".to_owned(),
        },
        Value::List(_) => "a list".to_owned(),
        Value::Map(_) => "a map".to_owned(),
    }
}

/// As Docker reads sizes: digits, maybe with a fraction, a letter for a power of 1024, and `b`.
fn is_size(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    let lower = lower.strip_suffix('b').unwrap_or(&lower);
    let number = lower.strip_suffix(['k', 'm', 'g', 't', 'p']).unwrap_or(lower);
    let number = number.strip_suffix(' ').unwrap_or(number);
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let (whole, fraction) = number.split_once('.').unwrap_or((number, "0"));
    digits(whole) && digits(fraction)
}

/// A step of a JSON pointer (RFC 6901).
fn escape(step: &str) -> String {
    step.replace('~', "~0").replace('/', "~1")
}
