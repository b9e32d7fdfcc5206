//! Every code is given by its own example, and by nothing that is right: what `paas explain` prints is so.
//!
//! What an example needs beside its text stands in its first line: a command (`# paas translate shop.yaml --stack
//! web_shop`), if need be with the policy file in the second (`# policy.yaml: { … }`), or limits (`# Limits { bytes: 100
//! }`). Examples of imports have a file `types.yaml` beside them. Codes of files are given by
//! `paas-cli/tests/main/explain.rs`, which has files; those of archives by `csar/codes.rs`,
//! those of clones by `clone/codes.rs`. Examples of the areas `tenant`
//! and `resource` are tenant files: `paas-platform/tests/tenants.rs` reads those of `tenant`; those of `policy_file` are
//! policy files, those of `scaling_file` scaling plans, those of `compose` compose files. Examples of other areas leave out what a policy asks for besides, such as limits, and are tried with a
//! policy that allows everything; what `resource` is about is tried where there is a Rancher to deploy to.

use paas_core::{
    application::ExternalService,
    diagnostic::{Code, Diagnostics},
    policy::TemplatePolicy,
    release::Target,
    scaling,
};
use paas_tosca::{
    Options, Source, check, compose, policy_file,
    resolve::{Either, InMemory, Repositories, Resolver},
    scaling_file, translate,
};
use std::sync::Arc;

/// The character that stands for a byte which is no UTF-8.
const NO_CHARACTER: char = '\u{FFFD}';

#[test]
fn wrong_examples_give_their_code_and_no_other() {
    for code in codes() {
        let wrong = Example::read(code, code.example().wrong);
        let diagnostics = if wrong.is_translated { wrong.translate() } else { wrong.check() };
        let diagnostics = without_what_goes_along(code, diagnostics);
        let found: Vec<_> = diagnostics.iter().map(|diagnostic| diagnostic.code).collect();
        assert!(!found.is_empty() && found.iter().all(|found| *found == code), "{code}: {found:?}");
        let shown = crate::templates::whole(&diagnostics);
        let severity = diagnostics.iter().next().expect("one").severity;
        assert_eq!(severity, code.severity(), "{code}: {shown}");
    }
}

#[test]
fn right_examples_give_nothing() {
    for code in codes() {
        let right = Example::read(code, code.example().right);
        for diagnostics in [right.check(), right.translate()] {
            let diagnostics = without_what_goes_along(code, diagnostics);
            assert!(diagnostics.is_empty(), "{code}: {}", crate::templates::whole(&diagnostics));
        }
    }
}

#[test]
fn stacks_give_their_codes() {
    let codes = Code::ALL.iter().filter(|code| code.as_str().starts_with("compose."));
    for code in codes {
        let read = |text| {
            let stack = compose::Stack::new(Source::new("docker-compose.yml", text));
            compose::import(&stack, &compose::Options::new("dmz")).diagnostics
        };
        let found: Vec<_> = read(code.example().wrong).iter().map(|found| found.code).collect();
        assert_eq!(found, [*code]);
        assert!(read(code.example().right).is_empty(), "{code}");
    }
}

#[test]
fn policy_files_give_their_codes() {
    let codes = Code::ALL.iter().filter(|code| code.as_str().starts_with("policy_file."));
    for code in codes {
        let read = |text| policy_file::read(&Source::new("policy.yaml", text)).diagnostics;
        let found: Vec<_> = read(code.example().wrong).iter().map(|found| found.code).collect();
        assert_eq!(found, [*code]);
        assert!(read(code.example().right).is_empty(), "{code}");
    }
}

#[test]
fn files_with_scaling_plans_give_their_codes() {
    let codes = Code::ALL.iter().filter(|code| code.as_str().starts_with("scaling_file."));
    for code in codes {
        let read = |text| scaling_file::read(&Source::new("web.yaml", text));
        let found: Vec<_> = read(code.example().wrong).diagnostics.iter().map(|found| found.code).collect();
        assert_eq!(found, [*code]);
        let right = read(code.example().right);
        assert!(right.diagnostics.is_empty(), "{code}");
        assert!(right.policies.iter().all(|plan| scaling::check(plan).is_empty()), "{code}");
    }
}

/// What is said beside the warning that what the code is about is not executed.
fn without_what_goes_along(code: Code, diagnostics: Diagnostics) -> Diagnostics {
    const NOT_EXECUTED: [Code; 7] = [
        Code::UnknownArtifact,
        Code::UnknownInterface,
        Code::UnknownOperation,
        Code::UnknownRepository,
        Code::Trigger,
        Code::Workflow,
        Code::Substitution,
    ];
    if !NOT_EXECUTED.contains(&code) {
        return diagnostics;
    }
    let is_beside = |diagnostic: &paas_core::diagnostic::Diagnostic| diagnostic.code != Code::NotExecuted;
    diagnostics.into_iter().filter(is_beside).collect()
}

fn codes() -> impl Iterator<Item = Code> {
    let elsewhere = ["clone", "compose", "csar", "file", "tenant", "resource", "policy_file", "scaling_file"];
    let is_here =
        move |code: &Code| code.as_str().split('.').next().is_some_and(|area| !elsewhere.contains(&area));
    Code::ALL.iter().copied().filter(is_here)
}

/// An example with what is said to it.
struct Example {
    bytes: Vec<u8>,
    is_translated: bool,
    options: Options,
    target: Target,
}

/// What examples of imports import: the file that lies beside them, from a repository too, or the example itself.
pub(crate) fn beside(example: &str) -> Arc<dyn Resolver> {
    let files = InMemory::from_iter([("types.yaml", TYPES), ("shop.yaml", example)]);
    let mut repositories = Repositories::new();
    repositories.allow("https://git.bank.test/types/").expect("a URL");
    repositories.insert("https://git.bank.test/types/web.yaml", TYPES).expect("a URL");
    Arc::new(Either::new(Arc::new(files), Arc::new(repositories)))
}

const TYPES: &str = "
tosca_definitions_version: tosca_simple_yaml_1_3
node_types:
  shop.nodes.Web: { derived_from: paas.nodes.Service }
";

impl Example {
    fn read(code: Code, text: &str) -> Self {
        let mut bytes = Vec::with_capacity(text.len());
        for character in text.chars() {
            match character {
                NO_CHARACTER => bytes.push(0xFC),
                _ => bytes.extend(character.to_string().as_bytes()),
            }
        }
        let mut example =
            Self { bytes, is_translated: false, options: Options::default(), target: Target::default() };
        example.options.resolver = beside(text);
        if !code.as_str().starts_with("policy.") {
            example.options.policy = TemplatePolicy::allowing_everything();
        }
        let mut lines = text.lines();
        let first = lines.next().unwrap_or_default();
        if let Some(policy) = lines.next().and_then(|second| second.strip_prefix("# policy.yaml: ")) {
            let file = policy_file::read(&Source::new("policy.yaml", policy));
            example.options.policy = file.policy.expect("a policy");
        }
        if let Some(command) = first.strip_prefix("# paas ") {
            example.command(command);
        }
        if let Some(limits) = first.strip_prefix("# Limits { ").and_then(|rest| rest.strip_suffix(" }")) {
            example.limits(limits);
        }
        example
    }

    fn command(&mut self, command: &str) {
        let mut words = command.split(' ');
        self.is_translated = match words.next() {
            Some("check") => false,
            Some("translate") => true,
            other => panic!("`{other:?}` is not tried here"),
        };
        assert_eq!(words.next(), Some("shop.yaml"));
        while let (Some(option), Some(value)) = (words.next(), words.next()) {
            let pair = || {
                let (name, value) = value.split_once('=').expect("name=value");
                (name.to_owned(), value.to_owned())
            };
            match option {
                "--out" | "--policy" => {}
                "--input" => self.options.inputs.extend([pair()]),
                "--environment" => self.target.environments.extend([pair()]),
                "--links" => {
                    self.target.link_strategy =
                        Some(serde_json::from_value(value.into()).expect("a strategy"));
                }
                "--address" => {
                    let (network, host) = pair();
                    self.target.addresses.insert(network, ExternalService::Host(host));
                }
                "--stack" => self.target.stack = Some(value.to_owned()),
                "--target" => {
                    let version = value.strip_prefix("rancher-").expect("rancher");
                    self.target.rancher = version.parse().expect("a version");
                }
                _ => panic!("`{option}` is not tried here"),
            }
        }
    }

    fn limits(&mut self, limits: &str) {
        for limit in limits.split(", ") {
            let (name, value) = limit.split_once(": ").expect("name: value");
            let value = value.parse().expect("a number");
            match name {
                "bytes" => self.options.limits.bytes = value,
                "nodes" => self.options.limits.nodes = value,
                "files" => self.options.limits.files = value,
                _ => panic!("`{name}` is not tried here"),
            }
        }
    }

    fn check(&self) -> Diagnostics {
        match Source::from_bytes("shop.yaml", &self.bytes) {
            Ok(source) => check(&source, &self.options).diagnostics,
            Err(problem) => Diagnostics::from_iter([*problem]),
        }
    }

    fn translate(&self) -> Diagnostics {
        match Source::from_bytes("shop.yaml", &self.bytes) {
            Ok(source) => translate(&source, &self.options, &self.target).diagnostics,
            Err(problem) => Diagnostics::from_iter([*problem]),
        }
    }
}
