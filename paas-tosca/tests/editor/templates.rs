//! What the reader takes, editors do not mark.

use super::{as_json, marks};
use crate::templates::{project, read};
use paas_core::diagnostic::Code;
use paas_tosca::{Source, check};
use std::{
    fs,
    path::{Path, PathBuf},
};

#[test]
fn the_projects_templates_are_not_marked() {
    let mut paths = vec!["examples/bank/template.yaml".to_owned()];
    for case in fs::read_dir(project("testdata/translate")).unwrap() {
        paths.push(format!("testdata/translate/{}/input.yaml", case.unwrap().file_name().to_str().unwrap()));
    }
    let mut taken = 0;
    for path in paths {
        taken += usize::from(is_taken_and_not_marked(&path, &read(&path)));
    }
    assert!(taken >= 7, "{taken}");
}

#[test]
fn right_examples_of_codes_are_not_marked() {
    let elsewhere =
        ["clone", "compose", "csar", "file", "tenant", "resource", "policy", "policy_file", "scaling_file"];
    for code in Code::ALL {
        let area = code.as_str().split('.').next().unwrap();
        if !elsewhere.contains(&area) {
            assert!(
                is_taken_and_not_marked(code.as_str(), &Source::new("right.yaml", code.example().right)),
                "{code}"
            );
        }
    }
}

#[test]
fn templates_of_others_that_are_taken_are_not_marked() {
    let folder = project("../shared/data");
    if !folder.is_dir() {
        eprintln!("skipped: ../shared/data is not there");
        return;
    }
    let (mut taken, mut all) = (0, Vec::new());
    for part in ["profile", "bench", "tosca"] {
        find(&folder.join(part), &mut all);
    }
    for path in &all {
        let Ok(text) = fs::read_to_string(path) else { continue };
        taken += usize::from(is_taken_and_not_marked(
            &path.display().to_string(),
            &Source::new("template.yaml", text),
        ));
    }
    eprintln!("{taken} of {} are taken, and none of these is marked", all.len());
    assert!(taken > 50, "{taken} of {}", all.len());
}

fn find(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            find(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "yaml" || ending == "yml") {
            found.push(path);
        }
    }
}

/// Whether the reader takes a template; one that it takes and that is marked fails.
fn is_taken_and_not_marked(name: &str, source: &Source) -> bool {
    let mut options = crate::templates::options();
    options.resolver = crate::codes::beside(source.text());
    if check(source, &options).diagnostics.has_errors() {
        return false;
    }
    let Some(document) = as_json(source.text()) else { panic!("{name}: no YAML to editors") };
    let marks = marks(&document);
    assert!(marks.is_empty(), "{name}: {}", marks.join("\n"));
    true
}
