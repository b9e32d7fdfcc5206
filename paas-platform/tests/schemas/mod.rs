//! The schemas of the documents tell the truth: what is written fits them, with no field that they do not know.

mod shape;
mod truth;

use paas_core::schema::settings;
use schemars::{JsonSchema, generate::Contract};
use serde::Serialize;
use serde_json::{Map, Value};

/// The schema of a type as it is given away: of what is written.
fn schema_of<T: JsonSchema>() -> Value {
    settings(Contract::Serialize).into_generator().into_root_schema_for::<T>().to_value()
}

/// Holds documents of a type against its schema, where no object may have a field that is not named.
struct Strict(jsonschema::Validator);

impl Strict {
    fn of<T: JsonSchema>() -> Self {
        let mut schema = schema_of::<T>();
        close(&mut schema);
        Self(jsonschema::draft202012::new(&schema).unwrap())
    }

    fn faults(&self, document: &Value) -> Vec<String> {
        self.0.iter_errors(document).map(|error| format!("{}: {error}", error.instance_path())).collect()
    }

    fn assert(&self, document: &impl Serialize) {
        let document = serde_json::to_value(document).unwrap();
        assert_eq!(self.faults(&document), [] as [String; 0], "{document:#}");
    }
}

/// Lets objects have only the fields that are named.
fn close(schema: &mut Value) {
    visit(schema, &mut |schema| {
        if schema.contains_key("properties") && !schema.contains_key("additionalProperties") {
            schema.insert("additionalProperties".to_owned(), false.into());
        }
    });
}

/// Every schema within a schema, itself too.
fn visit(schema: &mut Value, with: &mut impl FnMut(&mut Map<String, Value>)) {
    let Some(schema) = schema.as_object_mut() else { return };
    with(schema);
    for key in ["properties", "$defs"] {
        for inner in schema.get_mut(key).and_then(Value::as_object_mut).into_iter().flat_map(Map::values_mut)
        {
            visit(inner, with);
        }
    }
    for key in ["oneOf", "anyOf", "allOf"] {
        for inner in schema.get_mut(key).and_then(Value::as_array_mut).into_iter().flatten() {
            visit(inner, with);
        }
    }
    for key in ["items", "additionalProperties"] {
        if let Some(inner) = schema.get_mut(key) {
            visit(inner, with);
        }
    }
}
