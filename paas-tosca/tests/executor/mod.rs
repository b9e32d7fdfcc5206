//! What Rancher's own executor understood of the files that come of templates: `testdata/peers/executor/ours/CASE/FOLDER.json`.
//!
//! The executor's parser read the files once; what it said is stored with the files' digests. Here the files are made
//! again and must be those that it read, and what it understood must be what the release says. Both are turned into the
//! same plain values: [`meant`] from the release, [`understood`] from the readings. Neither knows the renderer.

mod meant;
mod understood;

use crate::templates;
use paas_core::release::{Release, Target};
use paas_tosca::{Source, rancher, translate};
use serde::Deserialize;
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
};

const STORED: &str = "testdata/peers/executor/ours";

/// What the executor understood of the two files of one part.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Reading {
    docker_compose_sha256: String,
    rancher_compose_sha256: String,
    /// What it was told to put in for secrets.
    answers: BTreeMap<String, String>,
    services: Map<String, Value>,
    volumes: Map<String, Value>,
}

/// A case of `testdata/translate`, or the bank.
fn source(case: &str) -> Source {
    match case {
        "bank" => templates::read("examples/bank/template.yaml"),
        _ => templates::read(&format!("testdata/translate/{case}/input.yaml")),
    }
}

fn release(case: &str) -> Option<Release> {
    let mut options = templates::options();
    options.name = Some(case.to_owned());
    translate(&source(case), &options, &Target::default()).release
}

fn names_in(folder: &str) -> BTreeSet<String> {
    let entries = fs::read_dir(templates::project(folder)).unwrap();
    entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

fn reading(case: &str, folder: &str) -> Reading {
    let path = format!("{STORED}/{case}/{folder}.json");
    let text = fs::read_to_string(templates::project(&path));
    let text = text.unwrap_or_else(|error| {
        panic!("{path}: {error}: let the executor read it, see testdata/peers/executor/README.md")
    });
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn sha256(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// All readings of a case by environment; the files must be those that were read.
fn readings(case: &str, release: &Release) -> BTreeMap<String, Reading> {
    let mut readings = BTreeMap::new();
    for files in rancher::render(release) {
        let reading = reading(case, &files.folder);
        for (file, text, read) in [
            ("docker-compose.yml", &files.docker_compose, &reading.docker_compose_sha256),
            ("rancher-compose.yml", &files.rancher_compose, &reading.rancher_compose_sha256),
        ] {
            assert_eq!(
                sha256(text),
                *read,
                "{case}/{}/{file}: the file has changed since the executor read it; read it again, see \
                 testdata/peers/executor/README.md",
                files.folder
            );
        }
        readings.insert(files.environment, reading);
    }
    readings
}

#[test]
fn the_executor_understands_what_releases_say() {
    let mut cases = names_in("testdata/translate");
    cases.insert("bank".to_owned());
    let mut translated = BTreeSet::new();
    for case in cases {
        let Some(release) = release(&case) else { continue };
        let readings = readings(&case, &release);
        for part in &release.parts {
            let reading = &readings[&part.environment];
            let names: BTreeSet<_> = part.services.iter().map(|service| &service.name).collect();
            assert_eq!(reading.services.keys().collect::<BTreeSet<_>>(), names, "{case}");
            assert_eq!(understood::volumes(reading), meant::volumes(part), "{case}");
            for service in &part.services {
                let here = understood::Here { environment: &part.environment, stack: &release.stack };
                assert_eq!(
                    understood::service(&readings, &here, &service.name),
                    meant::service(&release, service, &reading.answers),
                    "{case}: `{}`",
                    service.name
                );
            }
        }
        let folders = rancher::render(&release).into_iter().map(|files| format!("{}.json", files.folder));
        assert_eq!(names_in(&format!("{STORED}/{case}")), folders.collect(), "{case}");
        translated.insert(case);
    }
    assert_eq!(names_in(STORED), translated, "readings of cases that are no more");
}

#[test]
fn answers_never_stand_in_files() {
    for case in names_in(STORED) {
        let release = release(&case).unwrap();
        let files = rancher::render(&release);
        for (environment, reading) in readings(&case, &release) {
            let files = files.iter().find(|files| files.environment == environment).unwrap();
            for (name, value) in &reading.answers {
                let both = format!("{}{}", files.docker_compose, files.rancher_compose);
                assert!(both.contains(&format!("${{{name}}}")), "{case}: `{name}`");
                assert!(!both.contains(value.as_str()), "{case}: `{name}`");
            }
        }
    }
}
