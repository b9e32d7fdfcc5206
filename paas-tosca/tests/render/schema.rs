//! The executor's own JSON schema takes the files.

use super::{arbitrary, reading::read, releases::everything};
use jsonschema::Validator;
use paas_core::release::Release;
use paas_tosca::rancher::render;
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Value, json};
use std::{fs, path::Path};

struct Schemas {
    services: Validator,
    volumes: Validator,
}

/// `None` if the shared data are not there.
fn schemas() -> Option<Schemas> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../shared/data/rancher/compose-schema/config_schema_v2.0.json");
    let Ok(text) = fs::read_to_string(path) else {
        eprintln!("skipped: the schema is not beside the repository");
        return None;
    };
    let services: Value = serde_json::from_str(&text).unwrap();
    let volumes = json!({
        "$schema": services["$schema"],
        "definitions": services["definitions"],
        "type": "object",
        "additionalProperties": { "$ref": "#/definitions/volume" },
    });
    let [services, volumes] = [services, volumes].map(|schema| jsonschema::draft4::new(&schema).unwrap());
    Some(Schemas { services, volumes })
}

impl Schemas {
    #[track_caller]
    fn assert_take(&self, release: &Release) {
        for part in render(release) {
            for text in [&part.docker_compose, &part.rancher_compose] {
                let file = read(text);
                for (key, value) in file.as_object().unwrap() {
                    let schema = match key.as_str() {
                        "version" => continue,
                        "services" => &self.services,
                        "volumes" => &self.volumes,
                        // The schema knows nothing of them; the executor's type of `external` is a text.
                        "secrets" => {
                            let mut secrets = value.as_object().unwrap().values();
                            assert!(secrets.all(|secret| *secret == json!({ "external": "true" })));
                            continue;
                        }
                        _ => panic!("{key} in\n{text}"),
                    };
                    let errors: Vec<_> =
                        schema.iter_errors(value).map(|e| format!("{}: {e}", e.instance_path())).collect();
                    assert!(errors.is_empty(), "{errors:#?} in\n{text}");
                }
            }
        }
    }
}

#[test]
fn the_schema_refuses_what_it_should() {
    let Some(schemas) = schemas() else { return };
    for (good, bad) in [
        (json!({ "web": { "image": "x" } }), json!({ "web": { "deploy": {} } })),
        (json!({ "a.b": {} }), json!({ "a b": {} })),
        (json!({ "web": { "ports": ["1"] } }), json!({ "web": { "ports": ["1", "1"] } })),
        (json!({ "web": { "labels": { "a": "b" } } }), json!({ "web": { "labels": { "": "b" } } })),
    ] {
        assert!(schemas.services.is_valid(&good) && !schemas.services.is_valid(&bad), "{bad}");
    }
    assert!(schemas.volumes.is_valid(&json!({ "data": { "external": true } })));
    assert!(!schemas.volumes.is_valid(&json!({ "data": { "size": 1 } })));
}

#[test]
fn the_schema_takes_a_release_with_everything() {
    let Some(schemas) = schemas() else { return };
    schemas.assert_take(&everything());
}

#[test]
fn the_schema_takes_arbitrary_releases_with_proper_names() {
    let Some(schemas) = schemas() else { return };
    let mut runner = TestRunner::new(Config {
        failure_persistence: None,
        cases: Config::default().cases / 4,
        ..Config::default()
    });
    let outcome = runner.run(&arbitrary::release(arbitrary::proper_name), |release| {
        schemas.assert_take(&release);
        Ok(())
    });
    outcome.unwrap_or_else(|e| panic!("{e}"));
}
