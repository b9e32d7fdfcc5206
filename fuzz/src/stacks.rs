//! Stacks of Rancher.

use crate::{files, places::Places, source, told};
use paas_core::{
    policy::TemplatePolicy,
    release::{Release, Target},
};
use paas_tosca::{
    Options, Source, check as check_template,
    compose::{self, Stack},
    rancher, translate,
};

/// An answer to questions for passwords, which no text has by chance.
const PASSWORD: &str = "Xq7_fuzzed_password_Zk";

/// The reader of stacks: each problem and each loss has a place; an application or an error; what is imported is a template
/// that checks clean and gives the same files; a password is nowhere. What follows a line `#file: rancher-compose.yml` is the
/// second file, and what follows `#file: answers.yml` are answers.
pub fn compose(bytes: &[u8]) {
    let Some(whole) = source(bytes) else { return };
    let mut parts = files(&whole).into_iter();
    let Some(first) = parts.next() else { return };
    let mut stack = Stack::new(Source::new("docker-compose.yml", first.text()));
    let mut options = compose::Options::new("dmz");
    options.name = Some("fuzz".to_owned());
    for part in parts {
        match &**part.name() {
            "rancher-compose.yml" => stack.rancher_compose = Some(part),
            _ => {
                if let Ok(answers) = compose::answers(&part) {
                    options.answers.extend(answers);
                }
            }
        }
    }
    let questions = compose::questions(&stack, &options);
    let passwords = questions.iter().filter(|question| question.secret);
    options.answers.extend(passwords.map(|question| (question.name.clone(), PASSWORD.to_owned())));

    let imported = compose::import(&stack, &options);
    let places = Places::of(imported.sources.as_ref());
    places.hold_stack(&imported.diagnostics);
    imported.losses.iter().for_each(|loss| places.hold_loss(loss));
    assert_eq!(
        imported.application.is_some(),
        !imported.diagnostics.has_errors(),
        "an application with errors, or none without: {:?}",
        told(&imported.diagnostics)
    );
    if !whole.text().contains(PASSWORD) {
        let shown = format!("{:?} {:?} {:?}", imported.diagnostics, imported.losses, imported.extras);
        assert!(!shown.contains(PASSWORD), "a password is told");
    }
    let (Some(application), Some(template)) = (&imported.application, imported.template()) else { return };
    assert!(whole.text().contains(PASSWORD) || !template.contains(PASSWORD), "a password is in the template");

    let template = Source::new("template.yaml", template);
    let mut options = Options::default();
    options.policy = TemplatePolicy::allowing_everything();
    let checked = check_template(&template, &options).diagnostics;
    assert!(!checked.has_errors(), "{:?}\n{}", told(&checked), template.text());
    let planned = Release::plan(application.clone(), &Target::default()).release;
    // A stack without services is an application, but nothing to deploy; and what nobody answered is asked for.
    let is_open = imported.extras.inputs.iter().any(|input| input.default.is_none());
    if application.services.is_empty() || is_open {
        return;
    }
    let translated = translate(&template, &options, &Target::default()).release;
    let files = |release: Option<Release>| {
        let files = release.iter().flat_map(rancher::render);
        files.map(|file| (file.docker_compose, file.rancher_compose)).collect::<Vec<_>>()
    };
    assert_eq!(files(planned), files(translated), "{}", template.text());
}
