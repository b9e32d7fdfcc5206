use crate::{http::Answer, shared::data};
use serde_json::{Value, json};
use std::{fs, sync::OnceLock};

/// Harbor's published API.
pub struct Swagger(Value);

impl Swagger {
    /// The API, or nothing where the data are not there.
    pub fn shared() -> Option<&'static Self> {
        static API: OnceLock<Option<Swagger>> = OnceLock::new();
        API.get_or_init(|| {
            let text = fs::read_to_string(data("harbor/swagger.yaml")?).unwrap();
            let mut api: Value = yaml_serde::from_str(&text).unwrap();
            for (_, definition) in api["definitions"].as_object_mut().unwrap() {
                if definition.get("properties").is_some() {
                    definition["additionalProperties"] = json!(false);
                }
            }
            Some(Self(api))
        })
        .as_ref()
    }

    /// Holds an answer against the API: good ones are documented, and bodies satisfy their schema.
    pub fn check(&self, method: &str, path: &str, answer: &Answer) {
        let (path, _) = path.split_once('?').unwrap_or((path, ""));
        let operation = self.operation(method, path);
        let operation = operation.unwrap_or_else(|| panic!("{method} {path} is none of the API"));
        let documented = &operation["responses"][answer.status.to_string()];
        let documented = match documented["$ref"].as_str() {
            Some(reference) => self.0.pointer(reference.trim_start_matches('#')).unwrap(),
            None => documented,
        };
        assert!(!documented.is_null() || answer.status >= 400, "{method} {path}: {}", answer.status);
        let errors = json!({"$ref": "#/definitions/Errors"});
        let schema = match documented.get("schema") {
            _ if method == "HEAD" => None,
            None if documented.is_null() => Some(&errors),
            schema => schema,
        };
        let Some(schema) = schema else {
            assert!(answer.bytes.is_empty(), "{method} {path}: {}", answer.body);
            return;
        };
        if path == "/ping" {
            return;
        }
        let whole = json!({"definitions": self.0["definitions"], "allOf": [schema]});
        let validator = jsonschema::draft4::new(&whole).unwrap();
        let faults: Vec<String> =
            validator.iter_errors(&answer.body).map(|fault| fault.to_string()).collect();
        assert!(faults.is_empty(), "{method} {path}: {faults:?}: {}", answer.body);
        for name in documented["headers"].as_object().into_iter().flatten().map(|(name, _)| name) {
            let is_there = super::header(answer, name).is_some();
            // A tag alone cannot be read, so that nothing says where it is.
            let is_left_out = name == "Link" || name == "Location" && path.ends_with("/tags");
            assert!(is_there || is_left_out, "{method} {path}: `{name}` is missing in {}", answer.head);
        }
    }

    fn operation(&self, method: &str, path: &str) -> Option<&Value> {
        let segments: Vec<&str> = path.split('/').collect();
        let mut found = Vec::new();
        for (template, methods) in self.0["paths"].as_object().unwrap() {
            let parts: Vec<&str> = template.split('/').collect();
            let fits = parts.len() == segments.len()
                && parts
                    .iter()
                    .zip(&segments)
                    .all(|(part, segment)| part.starts_with('{') || part == segment);
            let open = parts.iter().filter(|part| part.starts_with('{')).count();
            if let Some(operation) = methods.get(method.to_lowercase()).filter(|_| fits) {
                found.push((open, operation));
            }
        }
        found.into_iter().min_by_key(|(open, _)| *open).map(|(_, operation)| operation)
    }
}
