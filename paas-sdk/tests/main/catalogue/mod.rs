//! Stacks of Rancher's own catalogues, `../shared/data/rancher/catalog` beside the clone: what Rancher's executor takes is
//! imported, loses nothing that is not told, and comes back the same from the template that is made of it.
//!
//! What two files mean is read by the sandbox, which knows none of our code; its readings of all these stacks were held
//! against those of the executor itself, but for unquoted words of YAML 1.1.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test that cannot go on fails, and one that is skipped says so"
)]

mod meaning;
mod schema;

use paas_sdk::{
    Code, Options, Release, Source, Target, TemplatePolicy, check,
    core::loss::Kept,
    files,
    rancher::{self, PartFiles},
    tosca::{
        compose::{self, Imported, Stack},
        export::{Constraint, Input, InputKind},
    },
    translate,
};
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    sync::LazyLock,
};

/// Stacks that the executor refuses, by the ends of their paths. All of them say `%{{service_name}}` in the default of a
/// question: Go's templates know no function of this name.
const REFUSED: usize = 17;

/// Stacks of which something is lost altogether, with what it is.
const LOST: &[(&str, &str)] = &[
    // Keys to Rancher's API for a load balancer, which only an agent of the platform has.
    ("templates/iron-functions/0", "labels.io.rancher.container.agent.role"),
    ("templates/iron-functions/0", "labels.io.rancher.container.create_agent"),
    // `rancher-compose.yml` names a service that `docker-compose.yml` does not have.
    ("templates/drupal/0", "image"),
    // Each container has a volume of its own.
    ("templates/coredns/0", "volumes.coredns_data.per_container"),
];

struct Entry {
    name: String,
    stack: Stack,
    answers: BTreeMap<String, String>,
    imported: Option<Imported>,
}

impl Entry {
    fn options(&self) -> compose::Options {
        let mut options = compose::Options::new("default");
        options.answers.clone_from(&self.answers);
        options
    }

    fn imported(&self) -> &Imported {
        self.imported.as_ref().expect("it was imported")
    }

    fn rancher_text(&self) -> &str {
        self.stack.rancher_compose.as_ref().map_or("", |source| source.text())
    }
}

/// All plain pairs, with answers to what must be answered; `None` if they are not there.
fn entries() -> Option<&'static [Entry]> {
    static ENTRIES: LazyLock<Option<Vec<Entry>>> = LazyLock::new(read);
    ENTRIES.as_deref()
}

fn read() -> Option<Vec<Entry>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data/rancher/catalog");
    if !folder.is_dir() {
        println!("skipped: ../shared/data/rancher/catalog is not there");
        return None;
    }
    let mut folders = Vec::new();
    find(&folder, &mut folders);
    folders.sort();
    let entry = |path: PathBuf| -> Entry {
        let name = path.strip_prefix(&folder).expect("below").to_string_lossy().replace('\\', "/");
        let options = compose::Options::new("default");
        let stack = files::read_stack(&path, &options.limits).expect("files");
        let questions = compose::questions(&stack, &options);
        let open = questions.iter().filter(|question| question.required);
        let answers = open.map(|question| (question.name.clone(), answer(question))).collect();
        let mut entry = Entry { name, stack, answers, imported: None };
        entry.imported = Some(compose::import(&entry.stack, &entry.options()));
        entry
    };
    Some(folders.into_iter().map(entry).collect())
}

fn find(folder: &Path, found: &mut Vec<PathBuf>) {
    if folder.join("docker-compose.yml").is_file() {
        found.push(folder.to_owned());
    }
    let below = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    below.filter(|path| path.is_dir()).for_each(|path| find(&path, found));
}

/// What somebody would answer.
fn answer(question: &Input) -> String {
    let said = question.constraints.iter().find_map(|constraint| match constraint {
        Constraint::ValidValues(values) => values.first().cloned(),
        Constraint::GreaterOrEqual(least) => Some(least.to_string()),
        _ => None,
    });
    let name = question.name.to_lowercase();
    said.unwrap_or_else(|| match question.kind {
        InputKind::Integer => "8080".to_owned(),
        InputKind::Boolean => "true".to_owned(),
        _ if name.contains("port") => "8080".to_owned(),
        _ if ["path", "dir", "folder", "volume_name"].iter().any(|word| name.contains(word)) => {
            "/srv/answer".to_owned()
        }
        _ => "answer".to_owned(),
    })
}

/// What the executor takes is imported; of 95 in 100 stacks nothing is lost.
#[test]
fn stacks_are_imported() {
    let Some(entries) = entries() else { return };
    let (mut refused, mut imported, mut lost) = (0, 0, Vec::new());
    for entry in entries {
        let done = entry.imported();
        let errors: Vec<_> = done.diagnostics.iter().filter(|problem| problem.is_error()).collect();
        match &done.application {
            Some(_) => imported += 1,
            None => {
                let by_template = errors.iter().all(|problem| problem.code == Code::ComposeTemplate);
                let name = &entry.name;
                assert!(
                    by_template && entry.rancher_text().contains("{{service_name}}"),
                    "{name}: {errors:#?}"
                );
                refused += 1;
            }
        }
        for loss in done.losses.iter().filter(|loss| loss.kept == Kept::None) {
            lost.push((entry.name.clone(), loss.key.clone()));
        }
    }
    println!("{imported} of {} are imported; {refused} are refused by the executor too", entries.len());
    assert_eq!((refused, imported), (REFUSED, entries.len() - REFUSED));
    for (name, key) in &lost {
        assert!(LOST.iter().any(|(stack, lost)| name.ends_with(stack) && key == lost), "{name} loses {key}");
    }
    assert_eq!(lost.len(), LOST.len(), "a stack loses nothing any more: {lost:?}");
    let stacks: std::collections::BTreeSet<_> = lost.iter().map(|(name, _)| name).collect();
    assert!(stacks.len() * 20 <= imported, "{} of {imported} lose something", stacks.len());
}

/// What is rendered satisfies the schema and means the same, key by key, but for what is told.
#[test]
fn stacks_come_back_with_the_same_meaning() {
    let Some(entries) = entries() else { return };
    let schemas = schema::schemas();
    let mut compared = 0;
    for entry in entries {
        let done = entry.imported();
        let Some(files) = rendered(done) else { continue };
        schema::assert_take(&schemas, &entry.name, &files);
        let unlike = meaning::differences(&entry.stack, &files, &entry.answers, &done.losses);
        assert!(unlike.is_empty(), "{}: {unlike:#?}", entry.name);
        compared += 1;
    }
    assert_eq!(compared, entries.len() - REFUSED);
}

/// The template checks clean, and gives the same files.
#[test]
fn templates_of_stacks_give_the_same_files() {
    let Some(entries) = entries() else { return };
    for entry in entries {
        let done = entry.imported();
        let (Some(files), Some(template)) = (rendered(done), done.template()) else { continue };
        let source = Source::new("template.yaml", template.as_str());
        let mut options = Options::default();
        options.policy = TemplatePolicy::allowing_everything();
        let checked = check(&source, &options).diagnostics;
        assert!(checked.is_empty(), "{}: {:#?}\n{template}", entry.name, checked);
        assert_eq!(translated(&source, &options), files, "{}\n{template}", entry.name);
    }
}

/// Inputs are the answers: a template with other inputs gives what the stack with other answers gives.
#[test]
fn inputs_stand_where_answers_stood() {
    let Some(entries) = entries() else { return };
    let mut compared = 0;
    for entry in entries {
        let done = entry.imported();
        let Some(template) = done.template() else { continue };
        let fixed = fixed(done);
        let others: BTreeMap<String, String> = done
            .extras
            .inputs
            .iter()
            .filter(|input| !input.secret && !fixed.contains(&input.name))
            .filter_map(|input| Some((input.name.clone(), other(input)?)))
            .collect();
        let mut options = entry.options();
        options.answers.extend(others.clone());
        let expected = compose::import(&entry.stack, &options);
        let Some(files) = rendered(&expected) else { continue };
        let mut options = Options::default();
        options.policy = TemplatePolicy::allowing_everything();
        options.inputs = others;
        let source = Source::new("template.yaml", template.as_str());
        assert_eq!(translated(&source, &options), files, "{}\n{template}", entry.name);
        compared += usize::from(!options.inputs.is_empty());
    }
    println!("{compared} stacks with other answers");
    assert!(compared > 100, "{compared}");
}

/// Answers whose values are fixed at some place: with others, the stack would be another one.
fn fixed(done: &Imported) -> Vec<String> {
    let is_fixed = |why: &str| why.contains("is fixed");
    let losses = done.losses.iter().filter(|loss| is_fixed(&loss.why));
    let named = |why: &str| why.split('`').nth(1).map(str::to_owned);
    losses.flat_map(|loss| named(&loss.why).into_iter().chain([loss.key.clone()])).collect()
}

/// Another value that an input can have.
fn other(input: &Input) -> Option<String> {
    let default = input.default.as_deref().filter(|default| !default.is_empty())?;
    let values = input.constraints.iter().find_map(|constraint| match constraint {
        Constraint::ValidValues(values) => Some(values),
        _ => None,
    });
    match (values, input.kind) {
        (Some(values), _) => values.last().cloned(),
        (None, InputKind::Integer) => default.parse::<i64>().ok().map(|number| (number + 1).to_string()),
        (None, InputKind::Boolean) => Some((default != "true").to_string()),
        (None, _) => Some(format!("{default}1")),
    }
}

fn rendered(done: &Imported) -> Option<Vec<PartFiles>> {
    let application = done.application.clone()?;
    Some(rancher::render(&Release::plan(application, &Target::default()).release.expect("it was planned")))
}

fn translated(source: &Source, options: &Options) -> Vec<PartFiles> {
    let translation = translate(source, options, &Target::default());
    let release =
        translation.release.unwrap_or_else(|| panic!("{:#?}\n{}", translation.diagnostics, source.text()));
    rancher::render(&release)
}
