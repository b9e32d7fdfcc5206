//! Harbor's published API, read from beside the checkout: which requests are good, and what answers look like.

use paas_client::transport::Request;
use serde_json::{Map, Value, json};
use std::{collections::BTreeSet, fs, path::Path};

/// Headers that belong to HTTP, not to the API.
const OF_HTTP: [&str; 3] = ["accept", "content-type", "user-agent"];

/// What the API says in words only of texts: definition, property, and such a text.
const IN_WORDS: &[(&str, &str, &str)] = &[
    ("Repository", "name", "retail/team/web"),
    ("Artifact", "repository_name", "retail/team/web"),
    ("Artifact", "digest", DIGEST),
    ("Reference", "child_digest", DIGEST),
    ("Accessory", "digest", DIGEST),
    ("Accessory", "subject_artifact_digest", DIGEST),
];

const DIGEST: &str = "sha256:0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a";

pub(super) struct Swagger(Value);

/// An operation that a request is of.
pub(super) struct Operation<'a> {
    api: &'a Swagger,
    details: &'a Value,
    /// The values of the parameters in the path.
    path: Vec<(String, String)>,
}

impl Swagger {
    /// The API, or nothing where the data are not there.
    pub(super) fn load() -> Option<Self> {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data/harbor/swagger.yaml");
        let Ok(text) = fs::read_to_string(file) else {
            eprintln!("skipped: there is no ../shared/data/harbor beside the checkout");
            return None;
        };
        let mut api: Value = yaml_serde::from_str(&text).unwrap();
        // What the API does not name it would drop in silence.
        for (_, definition) in api["definitions"].as_object_mut().unwrap() {
            if definition.get("properties").is_some() {
                definition["additionalProperties"] = json!(false);
            }
        }
        Some(Self(api))
    }

    /// What a reference stands for.
    fn resolved<'a>(&'a self, value: &'a Value) -> &'a Value {
        match value.get("$ref").and_then(Value::as_str) {
            Some(reference) => self.0.pointer(reference.trim_start_matches('#')).unwrap(),
            None => value,
        }
    }

    /// The operation that a request is of.
    pub(super) fn operation(&self, method: &str, path: &str) -> Option<Operation<'_>> {
        let path = path.strip_prefix(self.0["basePath"].as_str().unwrap())?;
        let segments: Vec<&str> = path.split('/').collect();
        let mut found: Vec<(usize, Operation<'_>)> = Vec::new();
        for (template, methods) in self.0["paths"].as_object().unwrap() {
            let parts: Vec<&str> = template.split('/').collect();
            let fits = parts.len() == segments.len()
                && parts
                    .iter()
                    .zip(&segments)
                    .all(|(part, segment)| part.starts_with('{') || part == segment);
            let Some(details) = methods.get(method.to_lowercase()).filter(|_| fits) else { continue };
            let open: Vec<_> =
                parts.iter().zip(&segments).filter(|(part, _)| part.starts_with('{')).collect();
            let path = open
                .iter()
                .map(|(part, segment)| (part.trim_matches(['{', '}']).to_owned(), decoded(segment)))
                .collect();
            found.push((open.len(), Operation { api: self, details, path }));
        }
        // `/users/current` is not the user `current`.
        found.sort_by_key(|(open, _)| *open);
        found.into_iter().next().map(|(_, operation)| operation)
    }

    /// Something that satisfies a schema, with all that may be in it.
    fn sample(&self, schema: &Value) -> Value {
        let name = schema.get("$ref").and_then(Value::as_str).and_then(|path| path.rsplit('/').next());
        let schema = self.resolved(schema);
        if let Some(properties) = schema.get("properties").and_then(Value::as_object) {
            return properties
                .iter()
                .map(|(property, schema)| {
                    let said = IN_WORDS.iter().find(|(of, other, _)| Some(*of) == name && other == property);
                    let sample = said.map_or_else(|| self.sample(schema), |(_, _, sample)| json!(sample));
                    (property.clone(), sample)
                })
                .collect::<Map<_, _>>()
                .into();
        }
        if let Some(others) = schema.get("additionalProperties").filter(|others| others.is_object()) {
            let sample = self.sample(others);
            return json!({"storage": sample, "repository": sample});
        }
        match schema["type"].as_str() {
            Some("integer" | "number") => json!(1),
            Some("boolean") => json!(true),
            Some("array") => json!([self.sample(&schema["items"])]),
            Some("object") | None => json!({"storage": 1}),
            Some(_) => json!("x"),
        }
    }

    fn faults(&self, schema: &Value, body: &Value) -> Vec<String> {
        let whole = json!({"definitions": self.0["definitions"], "allOf": [schema]});
        let validator = jsonschema::draft4::new(&whole).unwrap();
        validator.iter_errors(body).map(|error| format!("{error} at {}", error.instance_path())).collect()
    }
}

impl Operation<'_> {
    pub(super) fn id(&self) -> &str {
        self.details["operationId"].as_str().unwrap()
    }

    /// What is wrong with a request of this operation.
    pub(super) fn faults(&self, request: &Request) -> Vec<String> {
        let mut faults = Vec::new();
        let query: Vec<(String, String)> =
            url::form_urlencoded::parse(request.query().as_bytes()).into_owned().collect();
        let headers: Vec<(String, String)> = request
            .headers
            .iter()
            .filter(|(name, _)| !OF_HTTP.contains(name))
            .map(|(name, value)| ((*name).to_owned(), value.clone()))
            .collect();
        for (place, given) in [("path", &self.path), ("query", &query), ("header", &headers)] {
            self.hold(place, given, &mut faults);
        }
        let schema = self.parameters("body").into_iter().next().map(|body| &body["schema"]);
        match (schema, &request.body) {
            (Some(schema), Some(body)) => match serde_json::from_slice(body) {
                Ok(body) => faults.extend(self.api.faults(schema, &body)),
                Err(error) => faults.push(format!("the body is no JSON: {error}")),
            },
            (None, None) => {}
            (Some(_), None) => faults.push("the body is missing".to_owned()),
            (None, Some(_)) => faults.push("there is a body".to_owned()),
        }
        let types = |key: &str| self.details.get(key).unwrap_or(&self.api.0[key]).to_string();
        for (name, key) in [("accept", "produces"), ("content-type", "consumes")] {
            let given: Vec<_> = request.headers.iter().filter(|(other, _)| *other == name).collect();
            if let [(_, value)] = given[..] {
                if !types(key).contains(&format!("{value:?}")) {
                    faults.push(format!("`{name}: {value}` is none of {}", types(key)));
                }
            } else if name == "accept" || request.body.is_some() {
                faults.push(format!("`{name}` is there {} times", given.len()));
            }
        }
        faults
    }

    /// Holds the parameters of one place against those that are known there.
    fn hold(&self, place: &str, given: &[(String, String)], faults: &mut Vec<String>) {
        let known = self.parameters(place);
        let mut seen = BTreeSet::new();
        for (name, value) in given {
            let name = if place == "header" { name.to_lowercase() } else { name.clone() };
            let Some(parameter) = known.iter().find(|known| {
                known["name"].as_str().is_some_and(|other| {
                    if place == "header" { other.eq_ignore_ascii_case(&name) } else { other == name }
                })
            }) else {
                faults.push(format!("{place}: `{name}` is not known"));
                continue;
            };
            if !seen.insert(name.clone()) {
                faults.push(format!("{place}: `{name}` is there twice"));
            }
            let is_good = match parameter["type"].as_str() {
                Some("integer") => value
                    .parse::<i64>()
                    .is_ok_and(|value| parameter["maximum"].as_i64().is_none_or(|most| value <= most)),
                Some("boolean") => matches!(value.as_str(), "true" | "false"),
                Some("string") => true,
                _ => false,
            };
            if !is_good {
                faults.push(format!("{place}: `{name}` cannot be `{value}`"));
            }
        }
        for parameter in known.iter().filter(|known| known["required"] == true) {
            let name = parameter["name"].as_str().unwrap();
            if !seen.contains(name) && !seen.contains(&name.to_lowercase()) {
                faults.push(format!("{place}: `{name}` is missing"));
            }
        }
    }

    fn parameters(&self, place: &str) -> Vec<&Value> {
        let all = self.details["parameters"].as_array().into_iter().flatten();
        all.map(|parameter| self.api.resolved(parameter))
            .filter(|parameter| parameter["in"] == place)
            .collect()
    }

    /// A good answer, with all that may be in it.
    pub(super) fn answer(&self) -> (u16, String) {
        let responses = self.details["responses"].as_object().unwrap();
        let (status, response) = responses.iter().find(|(status, _)| status.starts_with('2')).unwrap();
        let body = match self.api.resolved(response).get("schema") {
            Some(schema) => self.api.sample(schema).to_string(),
            None => String::new(),
        };
        (status.parse().unwrap(), body)
    }
}

fn decoded(segment: &str) -> String {
    // As a form, but a plus stands for itself.
    let query = format!("x={}", segment.replace('+', "%2B"));
    url::form_urlencoded::parse(query.as_bytes()).next().unwrap().1.into_owned()
}
