//! Every template of the project, written again: it says the same.

use crate::templates::{project, read, whole};
use paas_core::{
    application::Application,
    policy::TemplatePolicy,
    release::{Release, Target},
};
use paas_tosca::{
    Options, Source, check,
    export::{self, Extras},
    rancher,
    resolve::InMemory,
    translate,
};
use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

fn options(path: &str) -> Options {
    let mut options = Options::default();
    options.policy = TemplatePolicy::allowing_everything();
    let mut files = Vec::new();
    texts_below(&project(path).parent().map(PathBuf::from).unwrap(), "", &mut files);
    options.resolver = Arc::new(InMemory::from_iter(files));
    options
}

/// The templates in a folder and below it, by their paths.
fn texts_below(folder: &Path, prefix: &str, files: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = format!("{prefix}{}", path.file_name().unwrap().to_string_lossy());
        if path.is_dir() {
            texts_below(&path, &format!("{name}/"), files);
        } else if name.ends_with(".yaml") {
            files.push((name, fs::read_to_string(path).unwrap()));
        }
    }
}

/// The template, under the name that it has in its own folder.
fn source(path: &str) -> Source {
    let name = path.rsplit('/').next().unwrap().to_owned();
    Source::new(name, read(path).text())
}

/// All templates that can be translated as they are.
fn templates() -> Vec<String> {
    let cases = fs::read_dir(project("testdata/translate")).unwrap();
    let mut paths: Vec<String> = cases
        .map(|case| format!("testdata/translate/{}/input.yaml", case.unwrap().file_name().to_string_lossy()))
        .collect();
    paths.extend(["bank", "imports", "nested"].map(|name| format!("examples/{name}/template.yaml")));
    paths.sort();
    paths
}

fn application(path: &str) -> Option<Application> {
    check(&source(path), &options(path)).application
}

#[test]
fn templates_say_the_same_again() {
    let mut known = 0;
    for path in templates() {
        let Some(application) = application(&path) else { continue };
        known += 1;
        let text = export::template(&application, &Extras::default());
        assert_eq!(text, export::template(&application, &Extras::default()), "the same text each time");
        if let Ok(f) = std::env::var("DUMP") {
            fs::write(format!("{f}/{}.yaml", path.replace('/', "_")), &text).unwrap();
        }
        let written = Source::new("again.yaml", text.as_str());
        let options = options(&path);
        let checked = check(&written, &options);
        assert!(!checked.diagnostics.has_errors(), "{path}\n{}\n{text}", whole(&checked.diagnostics));
        assert_eq!(checked.application.as_ref(), Some(&application), "{path}\n{text}");
        let translated = |source: &Source| translate(source, &options, &Target::default()).release.unwrap();
        let (one, again) = (translated(&source(&path)), translated(&written));
        assert_eq!(rancher::render(&one), rancher::render(&again), "{path}");
        assert_release_says_the_same(&one, &options, &path);
    }
    assert!(known >= 14, "{known}");
}

/// A release alone is enough for a template from which the same files come.
fn assert_release_says_the_same(release: &Release, options: &Options, path: &str) {
    let application = release.application();
    let planned = Release::plan(application.clone(), &Target::default());
    assert_eq!(planned.release.as_ref(), Some(release), "{path}\n{}", whole(&planned.diagnostics));
    let text = export::template(&application, &Extras::default());
    let again = translate(&Source::new("again.yaml", text.as_str()), options, &Target::default());
    let again = again.release.unwrap_or_else(|| panic!("{path}\n{}\n{text}", whole(&again.diagnostics)));
    assert_eq!(rancher::render(release), rancher::render(&again), "{path}\n{text}");
}

#[test]
fn the_bank_is_readable() {
    let bank = application("examples/bank/template.yaml").unwrap();
    insta::assert_snapshot!(export::template(&bank, &Extras::default()));
}
