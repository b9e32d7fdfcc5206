//! What must hold for any bytes. Each function panics where it does not: under a fuzzer, and in the tests over the corpus
//! that a fuzzer found (`testdata/fuzz`).

#![expect(clippy::panic, reason = "a rule that does not hold is told by a panic")]

mod places;
mod registries;
mod stacks;

pub use registries::registry;
pub use stacks::compose;

use paas_core::{
    diagnostic::Diagnostics,
    release::{Release, Target},
};
use paas_tosca::{
    Limits, Options, Source, check as check_template, csar::Csar, rancher, resolve::InMemory, translate,
    yaml as reader,
};
use places::Places;
use std::sync::Arc;

/// As much as a fuzzer gives: more would only make it slow.
const MOST_BYTES: usize = 64 << 10;

/// The name of the text in places.
const NAME: &str = "fuzz.yaml";

/// The reader of YAML: every value has its place, and what it says stands there; no text without a tree or an error; what
/// is written is read again as it was.
pub fn yaml(bytes: &[u8]) {
    let Some(source) = source(bytes) else { return };
    let loaded = reader::load(&source, &Limits::default());
    let places = Places::of(std::slice::from_ref(&source));
    places.hold(&loaded.diagnostics);
    match loaded.tree {
        Some(tree) => places.walk(tree.root(), &mut 0),
        None => assert!(loaded.diagnostics.has_errors(), "no tree, and no error"),
    }
    written_and_read_again(source.text());
}

/// The reader of templates: each problem has a place; what checks also translates, and the files can be read; the same
/// text gives the same problems. What follows a line `#file: NAME` is a file that can be imported.
pub fn check(bytes: &[u8]) {
    let Some(whole) = source(bytes) else { return };
    let sources = files(&whole);
    let Some(source) = sources.first() else { return };
    let mut options = Options::default();
    let imported = sources.iter().skip(1);
    options.resolver = Arc::new(
        imported.map(|file| (file.name().to_string(), file.text().to_owned())).collect::<InMemory>(),
    );
    let checked = check_template(source, &options);
    // Of two files of one name only one was read.
    let places = Places::of(checked.sources.as_ref());
    places.hold(&checked.diagnostics);
    let again = check_template(source, &options);
    assert_eq!(told(&checked.diagnostics), told(&again.diagnostics), "the same text, other problems");

    let translated = translate(source, &options, &Target::default());
    places.hold(&translated.diagnostics);
    assert_eq!(
        translated.release.is_some(),
        !translated.diagnostics.has_errors(),
        "a release with errors, or none without"
    );
    match (&checked.application, &translated.release) {
        (None, Some(_)) => panic!("it was translated, but not checked"),
        (Some(application), None) if !application.services.is_empty() => {
            panic!("it was checked, but not translated: {:?}", told(&translated.diagnostics))
        }
        _ => {}
    }
    if let Some(release) = &translated.release {
        rendered(release);
    }
}

/// The reader of archives: what it takes lies below one folder, by the names that the files have there, and has a template;
/// what it refuses it names.
pub fn csar(bytes: &[u8]) {
    if bytes.len() > MOST_BYTES {
        return;
    }
    let csar = match Csar::read("fuzz.csar", bytes, &Limits::default()) {
        Ok(csar) => csar,
        Err(refused) => return assert!(refused.has_errors(), "refused without an error"),
    };
    let mut paths: Vec<String> = csar.paths().map(str::to_lowercase).collect();
    let count = paths.len();
    for path in &paths {
        let is_below = path.split('/').all(|part| !matches!(part, "" | "." | ".."));
        assert!(is_below && !path.contains(['\\', '\0']), "{path:?}");
    }
    paths.sort();
    paths.dedup();
    assert_eq!(paths.len(), count, "two files of one name");
    assert!(csar.paths().all(|path| csar.file(path).is_some()), "a path without a file");
    let mut options = Options::default();
    let entry = csar.entry().clone();
    options.resolver = Arc::new(csar);
    let first = told(&check_template(&entry, &options).diagnostics);
    assert_eq!(
        first,
        told(&check_template(&entry, &options).diagnostics),
        "the same archive, other problems"
    );
}

fn source(bytes: &[u8]) -> Option<Source> {
    if bytes.len() > MOST_BYTES {
        return None;
    }
    match Source::from_bytes(NAME, bytes) {
        Ok(source) => Some(source),
        Err(refused) => {
            assert!(refused.place().is_some(), "bytes that are no text, and no place");
            None
        }
    }
}

/// The text up to the first line that names a file, and the files by their names.
fn files(whole: &Source) -> Vec<Source> {
    let mut parts = whole.text().split("\n#file: ");
    let first = parts.next().map(|text| Source::new(NAME, text));
    let named = parts.filter_map(|part| part.split_once('\n')).map(|(name, text)| Source::new(name, text));
    first.into_iter().chain(named).collect()
}

fn told(diagnostics: &Diagnostics) -> Vec<String> {
    diagnostics.iter().map(ToString::to_string).collect()
}

/// All files of a release are YAML without a fault.
fn rendered(release: &Release) {
    let files = rancher::render(release);
    assert_eq!(files.len(), release.parts.len(), "not one folder for each part");
    for file in files {
        for text in [file.docker_compose, file.rancher_compose] {
            let loaded = reader::load(&Source::new("rendered.yml", text), &Limits::default());
            assert!(loaded.diagnostics.is_empty(), "{:?}", told(&loaded.diagnostics));
        }
    }
}

fn written_and_read_again(text: &str) {
    // NUL stands in no YAML text.
    if text.contains('\0') {
        return;
    }
    let written = reader::Emitter::new().map(|root| root.entry(text).string(text));
    let limits = Limits::default();
    let loaded = reader::load(&Source::new("written.yaml", written), &limits);
    assert!(loaded.diagnostics.is_empty(), "{:?}", told(&loaded.diagnostics));
    let read = loaded.tree.as_ref().and_then(|tree| tree.root().only_entry());
    assert_eq!(read.and_then(|(key, _)| key.text()), Some(text), "a key");
    assert_eq!(read.and_then(|(_, value)| value.text()), Some(text), "a value");
}
