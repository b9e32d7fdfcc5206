//! What a fuzzer found, and all templates of the project, once each: what was mended stays mended.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::{
    fs, panic,
    path::{Path, PathBuf},
};

/// All files below a folder of the project.
fn files(folder: &str) -> Vec<PathBuf> {
    let mut open = vec![Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().join(folder)];
    let mut found = Vec::new();
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()));
        } else {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// Holds a rule for all files of some folders, of which there are at least so many.
fn hold(least: usize, rule: fn(&[u8]), folders: &[&str]) {
    let mut broken = Vec::new();
    let mut count = 0;
    for path in folders.iter().flat_map(|folder| files(folder)) {
        let bytes = fs::read(&path).unwrap();
        count += 1;
        if panic::catch_unwind(|| rule(&bytes)).is_err() {
            broken.push(path);
        }
    }
    assert!(count >= least, "only {count} files");
    assert!(broken.is_empty(), "{broken:#?}");
}

#[test]
fn any_bytes_as_yaml() {
    hold(
        100,
        paas_fuzz::yaml,
        &["testdata/fuzz/yaml", "testdata/fuzz/check", "testdata/translate", "paas-core/codes"],
    );
}

#[test]
fn any_bytes_as_a_template() {
    hold(
        100,
        paas_fuzz::check,
        &["testdata/fuzz/yaml", "testdata/fuzz/check", "testdata/translate", "paas-core/codes"],
    );
}

#[test]
fn any_bytes_as_an_archive() {
    hold(8, paas_fuzz::csar, &["testdata/fuzz/csar"]);
}

#[test]
fn any_bytes_as_what_a_registry_says() {
    hold(8, paas_fuzz::registry, &["testdata/fuzz/registry"]);
}

#[test]
fn any_bytes_as_a_stack() {
    hold(8, paas_fuzz::compose, &["testdata/fuzz/compose"]);
}
