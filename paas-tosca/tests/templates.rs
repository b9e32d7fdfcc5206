//! Whole templates as snapshot folders: `testdata/translate/CASE/input.yaml`, and beside it every file that comes of it,
//! or the diagnostics if nothing does.

use paas_core::{diagnostic::Diagnostics, policy::TemplatePolicy, release::Target};
use paas_tosca::{Options, Source, check, rancher, translate};
use std::{
    fs,
    path::{Path, PathBuf},
};

pub(crate) fn project(path: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..").join(path)
}

pub(crate) fn read(path: &str) -> Source {
    let text = fs::read_to_string(project(path)).unwrap_or_else(|error| panic!("{path}: {error}"));
    Source::new(path, text)
}

/// All that a diagnostic says: code, message, every place with its end, help.
pub(crate) fn whole(diagnostics: &Diagnostics) -> String {
    let mut text = String::new();
    for diagnostic in diagnostics {
        text.push_str(&format!("{}[{}]: {}\n", diagnostic.severity, diagnostic.code, diagnostic.message));
        for label in &diagnostic.labels {
            let (place, said) = (&label.place, label.text.as_deref().unwrap_or(""));
            let (start, end) = (place.start, place.end);
            let ends = format!("{}:{}-{}:{}", start.line, start.column, end.line, end.column);
            text.push_str(format!("  at {} {ends} {said}", place.file).trim_end());
            text.push('\n');
        }
        if let Some(help) = &diagnostic.help {
            text.push_str(&format!("  help: {help}\n"));
        }
    }
    text
}

/// What a platform lets templates do is tried elsewhere.
pub(crate) fn options() -> Options {
    let mut options = Options::default();
    options.policy = TemplatePolicy::allowing_everything();
    options
}

fn snapshot(folder: &Path, name: &str, content: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(folder);
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, content));
}

#[test]
fn templates_are_translated_as_their_snapshots_say() {
    let mut cases: Vec<_> = fs::read_dir(project("testdata/translate"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    cases.sort();
    assert!(cases.len() >= 6, "{cases:?}");
    for case in cases {
        let folder = fs::canonicalize(project(&format!("testdata/translate/{case}"))).unwrap();
        let source = read(&format!("testdata/translate/{case}/input.yaml"));
        let mut options = options();
        options.name = Some(case.clone());
        let translation = translate(&source, &options, &Target::default());
        // What was checked must not differ from what is translated.
        let checked = check(&source, &options);
        assert_eq!(checked.diagnostics.has_errors(), translation.release.is_none(), "{case}");
        if !translation.diagnostics.is_empty() {
            snapshot(&folder, "diagnostics", &whole(&translation.diagnostics));
        }
        let Some(release) = translation.release else { continue };
        snapshot(&folder, "release.json", &serde_json::to_string_pretty(&release).unwrap());
        let files = rancher::render(&release);
        assert_eq!(files, rancher::render(&release), "same release, same bytes");
        for part in files {
            snapshot(&folder, &format!("{}.docker-compose.yml", part.folder), &part.docker_compose);
            snapshot(&folder, &format!("{}.rancher-compose.yml", part.folder), &part.rancher_compose);
        }
        // What is stored can be read again, and says the same.
        let stored = serde_json::to_string(&release).unwrap();
        let again: paas_core::release::Release = serde_json::from_str(&stored).unwrap();
        assert_eq!(again, release, "{case}");
    }
}

#[test]
fn every_fault_is_found_in_one_run() {
    let source = read("testdata/faults/input.yaml");
    let checked = check(&source, &options());
    let faults = source.text().matches("# fault ").count();
    assert_eq!(checked.diagnostics.counts(), (faults, 0));
    // Each is told in the line that its comment marks, or in the line below, or in the lines of a pair.
    let lines: Vec<_> = source.text().lines().collect();
    let marked = checked.diagnostics.iter().filter(|diagnostic| {
        let place = diagnostic.labels.iter().map(|label| label.place.start.line as usize - 1);
        place.into_iter().any(|line| lines.get(line).is_some_and(|line| line.contains("# fault ")))
    });
    assert_eq!(marked.count(), faults);
    snapshot(
        &fs::canonicalize(project("testdata/faults")).unwrap(),
        "diagnostics",
        &whole(&checked.diagnostics),
    );
}

#[test]
fn the_bank_is_without_fault() {
    let source = read("examples/bank/template.yaml");
    let translation = translate(&source, &Options::default(), &Target::default());
    assert!(translation.diagnostics.is_empty(), "{}", whole(&translation.diagnostics));
    let release = translation.release.unwrap();
    assert_eq!(release.parts.len(), 3);
    assert!(release.stages.len() > 1);
}

#[test]
fn the_broken_bank_has_five_mistakes() {
    let checked = check(&read("examples/bank/broken.yaml"), &options());
    assert_eq!(checked.diagnostics.counts(), (5, 0), "{}", whole(&checked.diagnostics));
}

#[test]
fn the_profiles_lie_beside_the_examples_byte_by_byte() {
    let built_in = paas_tosca::builtin_text("paas-profile-1.0.yaml").unwrap();
    assert_eq!(read("examples/bank/paas-profile-1.0.yaml").text(), built_in);
}
