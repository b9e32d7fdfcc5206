use super::{
    keys::{self, Typed},
    node::Node,
};
use serde_json::{Map, Value, json};

/// A service with each key in the type that the executor gives it; what is empty is left out, as it leaves it out.
pub(super) fn service(node: &Node) -> Result<Map<String, Value>, String> {
    let mut done = Map::new();
    for (key, value) in node.entries() {
        let Some((_, typed)) = keys::key(&key.text) else { continue };
        let value = convert(typed, value)?;
        if !is_zero(&value) {
            done.insert(key.text.clone(), value);
        }
    }
    if done.get("restart").is_some_and(|restart| restart == "false") {
        done.insert("restart".to_owned(), "no".into());
    }
    for unread in ["env_file", "extends"] {
        if done.contains_key(unread) {
            return Err(format!("Can not use {unread}: no mechanism provided to load files"));
        }
    }
    Ok(done)
}

pub(super) fn volume(node: &Node) -> Result<Map<String, Value>, String> {
    let mut done = Map::new();
    for (key, value) in node.entries() {
        let value = match key.text.as_str() {
            "driver" => convert(Typed::Text, value)?,
            "driver_opts" => driver_options(value)?,
            "per_container" => convert(Typed::Flag, value)?,
            "external" => match value {
                Node::Flag(flag) => json!(if *flag { json!({"external": true}) } else { Value::Null }),
                Node::Map(_) => {
                    let name = value.get("name").and_then(Node::scalar);
                    json!({"external": true, "name": name})
                }
                Node::Null => Value::Null,
                other => return Err(wrong(other, "struct { Name string }")),
            },
            _ => continue,
        };
        if !is_zero(&value) {
            done.insert(key.text.clone(), value);
        }
    }
    Ok(done)
}

fn driver_options(node: &Node) -> Result<Value, String> {
    match node {
        Node::Map(entries) => {
            let text = |value: &Node| value.scalar().unwrap_or_default();
            Ok(entries
                .iter()
                .map(|(key, value)| (key.text.clone(), text(value).into()))
                .collect::<Map<_, _>>()
                .into())
        }
        Node::Null => Ok(Value::Null),
        _ => Err("yaml: unmarshal errors:\n  cannot unmarshal !!seq into map[string]string".to_owned()),
    }
}

fn convert(typed: Typed, node: &Node) -> Result<Value, String> {
    if matches!(node, Node::Null) {
        return Ok(Value::Null);
    }
    match typed {
        Typed::Nothing => Ok(Value::Null),
        Typed::Text => node.scalar().map(Value::String).ok_or_else(|| wrong(node, "string")),
        Typed::Whole => whole(node).map(Value::from),
        Typed::Bytes => bytes(node).map(Value::from),
        Typed::Seconds => seconds(node).map(Value::from),
        Typed::Flag => match node {
            Node::Flag(flag) => Ok((*flag).into()),
            other => Err(wrong(other, "bool")),
        },
        Typed::Texts => match node {
            Node::List(items) => Ok(items.iter().filter_map(Node::scalar).collect()),
            Node::Map(_) => Err("yaml: unmarshal errors:\n  cannot unmarshal !!map into []string".to_owned()),
            scalar => Ok(scalar.scalar().into_iter().collect()),
        },
        Typed::Words => match node {
            Node::Text(text) => words(text).map(|words| words.into_iter().collect()),
            list => convert(Typed::Texts, list),
        },
        Typed::Pairs => Ok(pairs(node)),
        Typed::Labels => Ok(labels(node)),
        Typed::Json => Ok(json_of(node)),
        Typed::Object(fields) => object(fields, node),
        Typed::Objects(fields) => {
            let items = node.items().iter().map(|item| object(fields, item));
            Ok(Value::Array(items.collect::<Result<_, _>>()?))
        }
        Typed::Build => Ok(match node {
            Node::Text(context) => json!({ "context": context }),
            other => json_of(other),
        }),
        Typed::Secrets => Ok(node.items().iter().map(secret).collect()),
    }
}

fn object(fields: &[(&str, Typed)], node: &Node) -> Result<Value, String> {
    let mut done = Map::new();
    for (key, value) in node.entries() {
        let Some((_, typed)) = fields.iter().find(|(name, _)| *name == key.text) else { continue };
        let value = convert(*typed, value)?;
        if !is_zero(&value) {
            done.insert(key.text.clone(), value);
        }
    }
    Ok(Value::Object(done))
}

fn secret(node: &Node) -> Value {
    match node {
        Node::Map(entries) => {
            let field = |(key, value): &(super::node::Key, Node)| {
                let text = value.scalar()?;
                // A mode is a number in octal, also when it is quoted.
                let text = if key.text == "mode" { text.trim_start_matches('0').to_owned() } else { text };
                Some((key.text.clone(), text.into()))
            };
            Value::Object(entries.iter().filter_map(field).collect())
        }
        scalar => {
            let name = scalar.scalar().unwrap_or_default();
            json!({"source": name, "target": name})
        }
    }
}

/// `K=V` items, sorted: the executor keeps no order for a map.
fn pairs(node: &Node) -> Value {
    let pair = |key: &str, value: &Node| match value.scalar() {
        Some(value) => format!("{key}={value}"),
        None => key.to_owned(),
    };
    match node {
        Node::Map(entries) => {
            let mut all: Vec<String> = entries.iter().map(|(key, value)| pair(&key.text, value)).collect();
            all.sort_unstable();
            all.into()
        }
        list => list.items().iter().filter_map(Node::scalar).collect(),
    }
}

fn labels(node: &Node) -> Value {
    let entries: Map<String, Value> = match node {
        Node::Map(entries) => entries
            .iter()
            .map(|(key, value)| (key.text.clone(), value.scalar().unwrap_or_default().into()))
            .collect(),
        list => {
            let split = |item: String| {
                let item = item.trim();
                let (key, value) = item.split_once('=').unwrap_or((item, ""));
                (key.to_owned(), value.into())
            };
            list.items().iter().filter_map(Node::scalar).map(split).collect()
        }
    };
    Value::Object(entries)
}

fn json_of(node: &Node) -> Value {
    match node {
        Node::Null => Value::Null,
        Node::Flag(flag) => (*flag).into(),
        Node::Whole(number) => (*number).into(),
        Node::Float(number) => (*number).into(),
        Node::Text(text) => text.as_str().into(),
        Node::List(items) => items.iter().map(json_of).collect(),
        Node::Map(entries) => {
            Value::Object(entries.iter().map(|(key, value)| (key.text.clone(), json_of(value))).collect())
        }
    }
}

#[expect(clippy::cast_possible_truncation, reason = "the executor cuts a fraction too")]
fn whole(node: &Node) -> Result<i64, String> {
    match node {
        Node::Whole(number) => Ok(*number),
        Node::Float(number) => Ok(*number as i64),
        Node::Text(text) => {
            text.parse().map_err(|_| format!("strconv.ParseInt: parsing \"{text}\": invalid syntax"))
        }
        other => Err(wrong(other, "int64")),
    }
}

#[expect(clippy::cast_possible_truncation, reason = "the executor cuts a fraction too")]
fn bytes(node: &Node) -> Result<i64, String> {
    let Node::Text(text) = node else { return whole(node) };
    let wrong = || format!("invalid size: '{text}'");
    let lower = text.to_ascii_lowercase();
    let number = lower.trim_end_matches(|c: char| c.is_ascii_alphabetic()).trim_end_matches(' ');
    let unit = lower.get(number.len()..).unwrap_or_default().trim_start().trim_end_matches('b');
    let factor = match unit {
        "" => 1.0,
        "k" => 1024.0,
        "m" => 1024.0 * 1024.0,
        "g" => 1024.0 * 1024.0 * 1024.0,
        "t" => 1024.0 * 1024.0 * 1024.0 * 1024.0,
        "p" => 1024.0 * 1024.0 * 1024.0 * 1024.0 * 1024.0,
        _ => return Err(wrong()),
    };
    if !number.starts_with(|c: char| c.is_ascii_digit()) {
        return Err(wrong());
    }
    let size = number.parse::<f64>().map_err(|_| wrong())? * factor;
    // What is too large for Go's conversion comes out as the smallest number.
    Ok(if size >= 9_223_372_036_854_775_807.0 { i64::MIN } else { size as i64 })
}

/// Whole seconds, from a number or a Go duration.
#[expect(clippy::cast_possible_truncation, reason = "the executor cuts a fraction too")]
fn seconds(node: &Node) -> Result<i64, String> {
    let Node::Text(text) = node else { return whole(node) };
    let invalid = || format!("time: invalid duration \"{text}\"");
    let (sign, mut rest) = text.strip_prefix('-').map_or((1.0, text.as_str()), |rest| (-1.0, rest));
    if rest == "0" {
        return Ok(0);
    }
    let mut total = 0.0;
    while !rest.is_empty() {
        let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
        let (number, after) = rest.split_at(end);
        let number: f64 = number.parse().map_err(|_| invalid())?;
        let end = after.find(|c: char| c.is_ascii_digit() || c == '.').unwrap_or(after.len());
        let (unit, after) = after.split_at(end);
        total += number
            * match unit {
                "ns" => 1e-9,
                "us" | "µs" => 1e-6,
                "ms" => 1e-3,
                "s" => 1.0,
                "m" => 60.0,
                "h" => 3600.0,
                "" => return Err(format!("time: missing unit in duration \"{text}\"")),
                unit => return Err(format!("time: unknown unit \"{unit}\" in duration \"{text}\"")),
            };
        rest = after;
    }
    if text.is_empty() { Err(invalid()) } else { Ok((sign * total) as i64) }
}

/// The words of a command, split as a shell does.
fn words(text: &str) -> Result<Vec<String>, String> {
    let mut all = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match (quote, c) {
            (Some('\''), '\'') | (Some('"'), '"') => quote = None,
            (None | Some('"'), '\\') => word.get_or_insert_default().extend(chars.next()),
            (None, '\'' | '"') => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            (None, c) if c.is_whitespace() => all.extend(word.take()),
            (_, c) => word.get_or_insert_default().push(c),
        }
    }
    all.extend(word);
    if quote.is_some() { Err(format!("EOF found when expecting closing quote in `{text}`")) } else { Ok(all) }
}

fn wrong(node: &Node, into: &str) -> String {
    let shown = node.scalar().unwrap_or_else(|| "a nested value".to_owned());
    format!("yaml: unmarshal errors:\n  cannot unmarshal !!str `{shown}` into {into}")
}

fn is_zero(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Bool(flag) => !flag,
        Value::Number(number) => number.as_i64() == Some(0) || number.as_f64() == Some(0.0),
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(entries) => entries.is_empty(),
    }
}
