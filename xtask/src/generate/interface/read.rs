//! From the description to the interface.

use super::{Answer, Field, Function, Handle, Interface, Of, Shape, Type, Work, pascal, plain_text};
use crate::Result;
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};

/// Reads the description that the library prints.
///
/// # Errors
/// If a schema is none of the plain kind: it is named.
pub(crate) fn read(description: &Value) -> Result<Interface> {
    let mut reader = Reader { definitions: object(description, "$defs")?, types: BTreeMap::new() };
    let requests: BTreeSet<&str> = all_functions(description)?
        .iter()
        .filter_map(|function| reference(function.get("request")?))
        .collect();
    for (name, schema) in reader.definitions {
        // A request is the parameters of its function, and no document of its own.
        if !requests.contains(name.as_str()) {
            reader.add(name, schema)?;
        }
    }
    let mut handles = Vec::new();
    for handle in array(description, "handles")? {
        let name = text(handle, "name")?;
        let mut functions = Vec::new();
        for function in array(handle, "functions")? {
            functions.push(reader.function(&name, function)?);
        }
        handles.push(Handle { description: text(handle, "description")?, name, functions });
    }
    let mut kinds = Vec::new();
    for kind in array(description, "kinds")? {
        kinds.push((text(kind, "name")?, text(kind, "help")?));
    }
    let error = description.get("error").and_then(reference).ok_or("the description has no `error`")?;
    Ok(Interface { handles, kinds, error: error.to_owned(), types: reader.types.into_values().collect() })
}

/// What Node's functions call the last argument, which has all that may be left out.
const OPTIONS: &str = "options";

struct Reader<'a> {
    definitions: &'a Map<String, Value>,
    types: BTreeMap<String, Type>,
}

impl Reader<'_> {
    fn function(&mut self, handle: &str, function: &Value) -> Result<Function> {
        let name = text(function, "name")?;
        let request = function.get("request").and_then(reference).ok_or_else(|| no("request", &name))?;
        let schema = self.definitions.get(request).ok_or_else(|| no(request, &name))?;
        let stem = format!("{handle}{}", pascal(&name));
        let mut parameters = self.fields(&stem, schema)?;
        let order = required(schema);
        parameters.sort_by_key(|field| {
            let place = order.iter().position(|name| *name == field.name);
            (place.unwrap_or(usize::MAX), field.name.clone())
        });
        if parameters.iter().any(|field| field.name == OPTIONS) {
            return Err(
                format!("`{name}` has an argument `{OPTIONS}`: Node calls what may be left out so").into()
            );
        }
        let work = match text(function, "work")?.as_str() {
            "instant" => Work::Instant,
            "computes" => Work::Computes,
            "waits" => Work::Waits,
            other => return Err(format!("`{name}` works in a way that is not known: `{other}`").into()),
        };
        let answer = function.get("answer").ok_or_else(|| no("answer", &name))?;
        let answer = match text(answer, "shape")?.as_str() {
            "nothing" => Answer::Nothing,
            "text" => Answer::Text,
            "texts" => Answer::Texts,
            "bytes" => Answer::Bytes,
            "handle" => Answer::Handle(text(answer, "handle")?),
            "handles" => Answer::Handles(text(answer, "handle")?),
            "document" => {
                let schema = answer.get("schema").ok_or_else(|| no("schema", &name))?;
                Answer::Document(self.of(&format!("{stem}Answer"), schema)?)
            }
            other => return Err(format!("`{name}` gives what is not known: `{other}`").into()),
        };
        Ok(Function { description: description(schema), name, work, parameters, answer })
    }

    /// Adds a named type.
    fn add(&mut self, name: &str, schema: &Value) -> Result<()> {
        let shape = if let Some(words) = words(schema) {
            Shape::Words(words)
        } else if schema.get("properties").is_some() || is_empty_object(schema) {
            Shape::Object(self.fields(name, schema)?)
        } else {
            Shape::Alias(self.of(name, schema)?)
        };
        let added = Type { name: name.to_owned(), description: description(schema), shape };
        if let Some(other) = self.types.insert(name.to_owned(), added.clone())
            && other != added
        {
            return Err(format!("two different types are called `{name}`").into());
        }
        Ok(())
    }

    fn fields(&mut self, name: &str, schema: &Value) -> Result<Vec<Field>> {
        let Some(properties) = schema.get("properties") else { return Ok(Vec::new()) };
        let properties = properties.as_object().ok_or_else(|| no("properties", name))?;
        let required = required(schema);
        let mut fields = Vec::new();
        for (field, schema) in properties {
            let is_required = required.contains(&field.as_str());
            let of = self.of(&format!("{name}{}", pascal(field)), schema)?;
            // What is left out is not null as well.
            let of = if is_required { of } else { without_null(of) };
            fields.push(Field { name: field.clone(), description: description(schema), is_required, of });
        }
        Ok(fields)
    }

    /// A type where it is used; `name` is what it is called if it must have a name of its own.
    fn of(&mut self, name: &str, schema: &Value) -> Result<Of> {
        if schema == &Value::Bool(true)
            || schema.as_object().is_some_and(|keys| keys.keys().all(|key| is_remark(key)))
        {
            return Ok(Of::Any);
        }
        if let Some(target) = reference(schema) {
            return match self.definitions.get(target) {
                Some(definition) if schema.get("properties").is_some() => {
                    self.add(name, &with_fields(definition, schema))?;
                    Ok(Of::Named(name.to_owned()))
                }
                _ => Ok(Of::Named(target.to_owned())),
            };
        }
        if let Some(word) = schema.get("const") {
            let word = word.as_str().ok_or_else(|| no("word as `const`", name))?;
            return Ok(Of::Word(word.to_owned()));
        }
        if let Some(words) = words(schema) {
            return Ok(Of::Union(words.into_iter().map(|(word, _)| Of::Word(word)).collect()));
        }
        for key in ["oneOf", "anyOf"] {
            let Some(arms) = schema.get(key).and_then(Value::as_array) else { continue };
            let mut union = Vec::new();
            for arm in arms {
                let arm_name = format!("{name}{}", pascal(&arm_word(arm).unwrap_or_default()));
                union.push(self.of(&arm_name, arm)?);
            }
            return Ok(Of::Union(union));
        }
        match schema.get("type") {
            Some(Value::String(one)) => self.of_type(name, one, schema),
            Some(Value::Array(several)) => {
                let mut union = Vec::new();
                for one in several.iter().filter_map(Value::as_str) {
                    union.push(self.of_type(name, one, schema)?);
                }
                Ok(Of::Union(union))
            }
            _ => Err(format!("the schema of `{name}` is none of the plain kind: {schema}").into()),
        }
    }

    fn of_type(&mut self, name: &str, one: &str, schema: &Value) -> Result<Of> {
        Ok(match one {
            "null" => Of::Null,
            "boolean" => Of::Boolean,
            "integer" => Of::Integer,
            "number" => Of::Number,
            "string" if schema.get("format").is_some_and(|format| format == "date-time") => Of::Instant,
            "string" if schema.get("contentEncoding").is_some_and(|coding| coding == "base64") => Of::Bytes,
            "string" => Of::String,
            "array" => match schema.get("items") {
                Some(items) => Of::List(Box::new(self.of(&format!("{name}Item"), items)?)),
                None => Of::List(Box::new(Of::Any)),
            },
            "object" => match (schema.get("properties"), schema.get("additionalProperties")) {
                (None, Some(Value::Bool(true))) => Of::Map(Box::new(Of::Any)),
                (None, Some(values @ Value::Object(_))) => {
                    Of::Map(Box::new(self.of(&format!("{name}Value"), values)?))
                }
                _ => {
                    self.add(name, schema)?;
                    Of::Named(name.to_owned())
                }
            },
            other => return Err(format!("the schema of `{name}` has the type `{other}`").into()),
        })
    }
}

/// A definition with the fields of a schema that refers to it and has more: what a tag tells apart.
fn with_fields(definition: &Value, schema: &Value) -> Value {
    let mut whole = definition.clone();
    let Some(keys) = whole.as_object_mut() else { return schema.clone() };
    if let Some(description) = schema.get("description") {
        keys.insert("description".to_owned(), description.clone());
    }
    let fields =
        |schema: &Value| schema.get("properties").and_then(Value::as_object).cloned().unwrap_or_default();
    let mut properties = fields(definition);
    properties.extend(fields(schema));
    keys.insert("properties".to_owned(), properties.into());
    let names: BTreeSet<&str> = required(schema).into_iter().chain(required(definition)).collect();
    keys.insert("required".to_owned(), names.into_iter().collect());
    whole
}

fn without_null(of: Of) -> Of {
    let Of::Union(mut arms) = of else { return of };
    arms.retain(|arm| *arm != Of::Null);
    if arms.len() == 1 { arms.remove(0) } else { Of::Union(arms) }
}

/// What says nothing about what fits.
fn is_remark(key: &str) -> bool {
    matches!(key, "description" | "title" | "default" | "examples" | "deprecated")
}

fn is_empty_object(schema: &Value) -> bool {
    schema.get("type").is_some_and(|one| one == "object")
        && schema.get("additionalProperties").is_none_or(|more| more == &Value::Bool(false))
}

/// The words of an enumeration, each with what it means; `None` if it is none.
fn words(schema: &Value) -> Option<Vec<(String, String)>> {
    if let Some(words) = schema.get("enum").and_then(Value::as_array) {
        return words.iter().map(|word| Some((word.as_str()?.to_owned(), String::new()))).collect();
    }
    let mut all = Vec::new();
    for arm in ["oneOf", "anyOf"].iter().find_map(|key| schema.get(key)?.as_array())? {
        match arm.get("const").and_then(Value::as_str) {
            Some(word) => all.push((word.to_owned(), description(arm))),
            // Words without descriptions stand together.
            None if arm.get("enum").is_some() => all.extend(words(arm)?),
            None => return None,
        }
    }
    Some(all)
}

/// The word by which an arm of a union is known: its title, its tag, its only field, its type.
fn arm_word(arm: &Value) -> Option<String> {
    if let Some(title) = arm.get("title").and_then(Value::as_str) {
        return Some(title.to_owned());
    }
    let properties = arm.get("properties").and_then(Value::as_object);
    if let Some(properties) = properties {
        let tag = properties.values().find_map(|field| field.get("const").and_then(Value::as_str));
        if let Some(tag) = tag {
            return Some(tag.to_owned());
        }
        if properties.len() == 1 {
            return properties.keys().next().cloned();
        }
    }
    arm.get("type").and_then(Value::as_str).map(ToOwned::to_owned)
}

fn reference(schema: &Value) -> Option<&str> {
    schema.get("$ref").and_then(Value::as_str).and_then(|target| target.strip_prefix("#/$defs/"))
}

fn required(schema: &Value) -> Vec<&str> {
    let names = schema.get("required").and_then(Value::as_array);
    names.into_iter().flatten().filter_map(Value::as_str).collect()
}

fn description(schema: &Value) -> String {
    plain_text(schema.get("description").and_then(Value::as_str).unwrap_or_default())
}

fn all_functions(description: &Value) -> Result<Vec<&Value>> {
    let mut functions = Vec::new();
    for handle in array(description, "handles")? {
        functions.extend(array(handle, "functions")?);
    }
    Ok(functions)
}

fn object<'a>(value: &'a Value, name: &str) -> Result<&'a Map<String, Value>> {
    Ok(value.get(name).and_then(Value::as_object).ok_or_else(|| no(name, "the description"))?)
}

fn array<'a>(value: &'a Value, name: &str) -> Result<&'a Vec<Value>> {
    Ok(value.get(name).and_then(Value::as_array).ok_or_else(|| no(name, "the description"))?)
}

fn text(value: &Value, name: &str) -> Result<String> {
    Ok(value.get(name).and_then(Value::as_str).ok_or_else(|| no(name, "the description"))?.to_owned())
}

fn no(what: &str, of: &str) -> String {
    format!("`{of}` has no `{what}`")
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::generate::interface::{Answer, Of, Shape, Work};
    use serde_json::{Value, json};

    #[test]
    fn no_argument_is_called_like_the_options_of_node() {
        let named = |argument: &str| {
            read(&json!({
                "handles": [{ "name": "Library", "description": "All.", "functions": [{
                    "name": "put", "work": "instant", "request": { "$ref": "#/$defs/PutRequest" },
                    "answer": { "shape": "nothing" },
                }] }],
                "$defs": {
                    "PutRequest": {
                        "type": "object", "description": "Puts.", "required": [argument],
                        "properties": { argument: { "type": "string" } },
                    },
                    "Failure": { "type": "object", "properties": {} },
                },
                "kinds": [],
                "error": { "$ref": "#/$defs/Failure" },
            }))
        };
        assert!(named("settings").is_ok());
        let refused = named("options").map(|_| ()).unwrap_err().to_string();
        assert_eq!(refused, "`put` has an argument `options`: Node calls what may be left out so");
    }

    #[test]
    fn some_texts_are_instants_or_bytes() {
        let field = |schema: &Value| {
            let interface = read(&json!({
                "handles": [{ "name": "Library", "description": "All.", "functions": [{
                    "name": "put", "work": "instant", "request": { "$ref": "#/$defs/PutRequest" },
                    "answer": { "shape": "bytes" },
                }] }],
                "$defs": {
                    "PutRequest": { "type": "object", "description": "Puts.", "properties": { "it": schema } },
                    "Failure": { "type": "object", "properties": {} },
                },
                "kinds": [],
                "error": { "$ref": "#/$defs/Failure" },
            }));
            let function = interface.unwrap().handles.remove(0).functions.remove(0);
            assert_eq!(function.answer, Answer::Bytes);
            function.parameters[0].of.clone()
        };
        let nothing = json!({ "type": "null" });
        let instant = json!({ "type": "string", "format": "date-time" });
        assert_eq!(field(&instant), Of::Instant);
        assert_eq!(field(&json!({ "anyOf": [instant, nothing] })), Of::Instant);
        assert_eq!(field(&json!({ "type": ["string", "null"], "format": "date-time" })), Of::Instant);
        assert_eq!(field(&json!({ "type": "string", "contentEncoding": "base64" })), Of::Bytes);
        assert_eq!(field(&json!({ "type": "string", "pattern": "^a$" })), Of::String);
    }

    #[test]
    fn an_arm_that_refers_to_an_object_has_its_fields_and_the_tag() {
        let tagged = |word: &str| {
            json!({
                "$ref": "#/$defs/Waiting", "required": ["kind"], "description": word,
                "properties": { "kind": { "type": "string", "const": word } },
            })
        };
        let interface = read(&json!({
            "handles": [],
            "$defs": {
                "State": { "oneOf": [tagged("pending"), tagged("gone")] },
                "Waiting": {
                    "type": "object", "description": "Waits.", "required": ["since"],
                    "properties": { "since": { "type": "string" }, "note": { "type": "string" } },
                },
                "Failure": { "type": "object", "properties": {} },
            },
            "kinds": [],
            "error": { "$ref": "#/$defs/Failure" },
        }));
        let types = interface.unwrap().types;
        let found = |name: &str| types.iter().find(|one| one.name == name).unwrap();
        let arms = ["StatePending", "StateGone"].map(|name| Of::Named(name.to_owned()));
        assert_eq!(found("State").shape, Shape::Alias(Of::Union(arms.into())));
        let gone = found("StateGone");
        assert_eq!(gone.description, "gone");
        let Shape::Object(fields) = &gone.shape else { panic!("{gone:?}") };
        let fields: Vec<_> =
            fields.iter().map(|field| (field.name.as_str(), field.is_required, &field.of)).collect();
        let tag = Of::Word("gone".to_owned());
        assert_eq!(
            fields,
            [("kind", true, &tag), ("note", false, &Of::String), ("since", true, &Of::String)]
        );
    }

    #[test]
    fn objects_and_unions_get_names() {
        let interface = read(&json!({
            "handles": [{ "name": "Library", "description": "All.", "functions": [{
                "name": "things.put", "work": "waits", "request": { "$ref": "#/$defs/PutRequest" },
                "answer": { "shape": "document", "schema": { "type": "array", "items": { "$ref": "#/$defs/Thing" } } },
            }] }],
            "$defs": {
                "PutRequest": {
                    "type": "object", "description": "Puts a [`Thing`].", "required": ["zone", "at"],
                    "properties": {
                        "at": { "type": "integer" }, "zone": { "$ref": "#/$defs/Zone" },
                        "more": { "type": ["string", "null"] },
                        "inner": { "type": "object", "properties": { "x": { "type": "number" } } },
                    },
                },
                "Thing": { "oneOf": [
                    { "type": "object", "properties": { "kind": { "const": "big" } }, "required": ["kind"] },
                    { "type": "object", "properties": { "kind": { "const": "small_one" } }, "required": ["kind"] },
                ] },
                "Zone": { "oneOf": [{ "const": "dmz", "description": "Outside." }, { "enum": ["core"] }] },
                "Failure": { "type": "object", "properties": { "code": { "type": "string" } }, "required": ["code"] },
            },
            "kinds": [{ "name": "busy", "help": "wait" }],
            "error": { "$ref": "#/$defs/Failure" },
        }))
        .unwrap();

        let function = &interface.handles[0].functions[0];
        assert_eq!((function.group(), function.short(), function.work), (Some("things"), "put", Work::Waits));
        assert_eq!(function.description, "Puts a `Thing`.");
        let names: Vec<&str> = function.parameters.iter().map(|field| field.name.as_str()).collect();
        assert_eq!(names, ["zone", "at", "inner", "more"]);
        assert_eq!(function.parameters[3].of, Of::String);
        assert_eq!(function.parameters[2].of, Of::Named("LibraryThingsPutInner".to_owned()));
        assert_eq!(function.answer, Answer::Document(Of::List(Box::new(Of::Named("Thing".to_owned())))));

        let types: Vec<&str> = interface.types.iter().map(|named| named.name.as_str()).collect();
        assert_eq!(types, ["Failure", "LibraryThingsPutInner", "Thing", "ThingBig", "ThingSmallOne", "Zone"]);
        let arms = ["ThingBig", "ThingSmallOne"].map(|name| Of::Named(name.to_owned()));
        assert_eq!(interface.types[2].shape, Shape::Alias(Of::Union(arms.to_vec())));
        let words =
            [("dmz", "Outside."), ("core", "")].map(|(word, text)| (word.to_owned(), text.to_owned()));
        assert_eq!(interface.types[5].shape, Shape::Words(words.to_vec()));
    }
}
