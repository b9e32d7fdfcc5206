//! The executor's own JSON schema.

use jsonschema::Validator;
use paas_sdk::rancher::PartFiles;
use serde_json::{Map, Value, json};
use std::{fs, path::Path};

pub(super) struct Schemas {
    services: Validator,
    volumes: Validator,
}

pub(super) fn schemas() -> Schemas {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../shared/data/rancher/compose-schema/config_schema_v2.0.json");
    let services: Value = serde_json::from_str(&fs::read_to_string(path).expect("the schema")).expect("JSON");
    let volumes = json!({
        "$schema": services["$schema"],
        "definitions": services["definitions"],
        "type": "object",
        "additionalProperties": { "$ref": "#/definitions/volume" },
    });
    let compiled = |schema: &Value| jsonschema::draft4::new(schema).expect("a schema");
    Schemas { services: compiled(&services), volumes: compiled(&volumes) }
}

pub(super) fn assert_take(schemas: &Schemas, name: &str, files: &[PartFiles]) {
    for part in files {
        for text in [&part.docker_compose, &part.rancher_compose] {
            let file: Map<String, Value> = yaml_serde::from_str(text).expect("a map");
            for (section, validator) in [("services", &schemas.services), ("volumes", &schemas.volumes)] {
                let Some(value) = file.get(section) else { continue };
                if let Err(error) = validator.validate(value) {
                    panic!("{name}: {section}: {error}\n{text}");
                }
            }
        }
    }
}
