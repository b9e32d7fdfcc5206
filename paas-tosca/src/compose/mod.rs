//! Stacks of Rancher in: `docker-compose.yml` of version 1 or 2 with `rancher-compose.yml`, as an [`Application`].
//!
//! The files are read as Rancher's executor reads them: Go templates (the little of them that stacks use), YAML 1.1,
//! answers in `${NAME}`, the executor's schema, the second file over the first. What it refuses is a problem here, with
//! its place. What an application has no words for, or other ones, is told as a [`Loss`]: nothing is dropped in silence.
//!
//! The questions of a catalogue entry become inputs: [`Imported::template`] writes the application as a TOSCA template in
//! which values still come from them.
//!
//! ```
//! use paas_tosca::{Source, compose::{self, Kept}};
//!
//! let mut stack = compose::Stack::new(Source::new(
//!     "docker-compose.yml",
//!     "
//! web:
//!   image: nginx:${VERSION}
//!   ports: [ '8080:80' ]
//!   links: [ 'api:backend' ]
//!   mac_address: 02:42:ac:11:65:43
//! api: { image: 'shop/api:1', restart: always }
//! ",
//! ));
//! stack.rancher_compose = Some(Source::new(
//!     "rancher-compose.yml",
//!     "
//! .catalog:
//!   name: Shop
//!   questions:
//!     - { variable: VERSION, type: enum, options: [ '1.26', '1.27' ], default: '1.27' }
//! web: { scale: 2 }
//! ",
//! ));
//! let imported = compose::import(&stack, &compose::Options::new("dmz"));
//! assert!(imported.diagnostics.is_empty());
//!
//! let application = imported.application.as_ref().unwrap();
//! let web = application.services[0].container().unwrap();
//! assert_eq!((web.image.as_str(), web.scale), ("nginx:1.27", 2));
//! assert_eq!(application.services[0].links[0].name(), "backend");
//!
//! let losses: Vec<_> = imported.losses.iter().map(|it| (it.kept, it.key.as_str())).collect();
//! assert_eq!(losses, [(Kept::Partial, "mac_address"), (Kept::Full, "restart")]);
//!
//! let template = imported.template().unwrap();
//! assert!(template.contains("image: { concat: [ 'nginx:', { get_input: VERSION } ] }"), "{template}");
//! ```

mod answers;
mod balancer;
mod characters;
mod constraints;
mod container;
mod convert;
mod filled;
mod findings;
mod health;
mod inputs;
mod interpolate;
mod keys;
mod labels;
mod links;
mod merge;
mod network;
mod node;
mod numbers;
mod origins;
mod passed;
mod ports;
mod published;
mod read;
mod resources;
mod secret_files;
mod shapes;
mod sizes;
mod template;
mod volumes;
mod words;
mod yaml11;

pub use paas_core::loss::{Kept, Loss};

use crate::{
    Limits, Source, Sources,
    export::{self, Extras},
    yaml,
};
use findings::Findings;
use paas_core::{
    application::{Application, Container, Text},
    diagnostic::{Code, Diagnostic, Diagnostics, Severity, did_you_mean, shown},
    policy::TemplatePolicy,
    release::{Release, Target},
};
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};
use template::Names;

/// By this image the executor knows something outside.
const EXTERNAL_IMAGE: &str = "rancher/external-service";
/// By this image the executor knows another name of services.
const ALIAS_IMAGE: &str = "rancher/dns-service";
/// By this image the executor knows a load balancer of Rancher before 1.2.
const BALANCER_IMAGE: &str = "rancher/load-balancer-service";

/// The files of a stack.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Stack {
    /// `docker-compose.yml`.
    pub docker_compose: Source,
    /// `rancher-compose.yml`, if there is one.
    pub rancher_compose: Option<Source>,
}

impl Stack {
    /// A stack of one file.
    pub fn new(docker_compose: Source) -> Self {
        Self { docker_compose, rancher_compose: None }
    }
}

/// What is said to an import. Answers are never shown: there may be passwords among them.
#[derive(Clone)]
#[non_exhaustive]
pub struct Options {
    /// Answers to the questions of the stack, and to whatever else its files ask for. Without one the default of the
    /// question counts; without a question an answer is empty, as Rancher has it.
    pub answers: BTreeMap<String, String>,
    /// The network that all services are placed in: an environment of Rancher is one network.
    pub network: String,
    /// The application's name; `None`: the name in the catalogue.
    pub name: Option<String>,
    /// The application's name if nothing says one, such as that of the folder; `None`: `stack`.
    pub fallback_name: Option<String>,
    /// The name of the environment, for files that ask for it; `None`: the network's.
    pub environment: Option<String>,
    /// What the files may cost at most.
    pub limits: Limits,
}

impl Options {
    /// No answers, into this network.
    pub fn new(network: impl Into<String>) -> Self {
        Self {
            answers: BTreeMap::new(),
            network: network.into(),
            name: None,
            fallback_name: None,
            environment: None,
            limits: Limits { bytes: 4 << 20, nodes: 200_000, expanded_nodes: 200_000, ..Limits::default() },
        }
    }
}

impl fmt::Debug for Options {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { answers, network, name, fallback_name, environment, limits } = self;
        f.debug_struct("Options")
            .field("answers", &answers.keys())
            .field("network", network)
            .field("name", name)
            .field("fallback_name", fallback_name)
            .field("environment", environment)
            .field("limits", limits)
            .finish()
    }
}

/// What [`import`] gives.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Imported {
    /// The application, unless there were errors.
    pub application: Option<Application>,
    /// What a template of it says besides: inputs, where values come from them, and remarks on what was lost.
    pub extras: Extras,
    /// What is not the same, in the order of the files.
    pub losses: Vec<Loss>,
    /// All problems, sorted by place.
    pub diagnostics: Diagnostics,
    /// The texts that were read, for showing the places of problems.
    pub sources: Sources,
}

impl Imported {
    /// The application as a TOSCA template, in which values come from inputs where they came from answers.
    pub fn template(&self) -> Option<String> {
        Some(export::template(self.application.as_ref()?, &self.extras))
    }

    /// Whether anything could not be kept at all.
    pub fn has_lost(&self) -> bool {
        self.losses.iter().any(|loss| loss.kept == Kept::None)
    }
}

/// Reads a stack. All problems are found at once; with an error among them there is no application.
pub fn import(stack: &Stack, options: &Options) -> Imported {
    let mut findings = Findings::default();
    let rancher = stack.rancher_compose.as_ref();
    let catalog = answers::catalog(rancher.unwrap_or(&stack.docker_compose), &options.limits);
    let answers = answers::Answers::new(&catalog, &options.answers);
    let secrets = inputs::secrets(&catalog);
    findings.secrets.clone_from(&secrets);
    for question in &catalog.questions {
        for (rule, place) in &question.others {
            let why = format!("nobody holds {} against answers", shown(rule));
            findings.partly(None, &question.variable, place, why);
        }
    }
    let name =
        options.name.clone().or_else(|| catalog.name.clone()).or_else(|| options.fallback_name.clone());
    let name = name.unwrap_or_else(|| "stack".to_owned());
    let environment = options.environment.as_deref().unwrap_or(&options.network);
    let names = Names { stack: &name, environment };
    let mut read = |source: &Source| read::file(source, &answers, &names, &options.limits, &mut findings);
    let first = read(&stack.docker_compose);
    let second = rancher.map(&mut read).unwrap_or_default();
    let file = merge::files(first, second);
    check_answers(&answers, &catalog, options, &mut findings);

    let mut application = Application::new(name);
    application.description = catalog.description.clone().filter(|text| !text.trim().is_empty());
    convert::services(&file, &secrets, options, &mut application, &mut findings);
    application.secrets = secrets.iter().filter(|name| is_used(name, &application)).cloned().collect();
    if !findings.diagnostics.has_errors() {
        let planned = Release::plan(application.clone(), &Target::default()).diagnostics;
        findings.extend(planned);
    }
    let asked = inputs::inputs(&catalog, &answers, &application, &mut findings);
    let extras = inputs::extras(asked, &findings);
    if !findings.diagnostics.has_errors() {
        check_template(&file, &application, &extras, &mut findings);
    }
    hide(&answers, &secrets, &mut findings);
    let Findings { mut diagnostics, mut losses, sources, .. } = findings;
    diagnostics.sort();
    let order: Vec<_> = sources.iter().map(|source| source.name().clone()).collect();
    losses.sort_by_key(|loss| {
        let file = order.iter().position(|name| *name == loss.place.file);
        (file, loss.place.start, loss.place.end)
    });
    let application = (!diagnostics.has_errors()).then_some(application);
    Imported { application, extras, losses, diagnostics, sources: Sources(sources) }
}

/// What somebody who installs the stack is asked: the questions of its catalogue entry, as inputs.
///
/// ```
/// use paas_tosca::{Source, compose};
///
/// let text = "
/// .catalog:
///   questions:
///     - { variable: PORT, type: int, label: Port, required: true, min: 1024 }
/// ";
/// let mut stack = compose::Stack::new(Source::new("docker-compose.yml", ""));
/// stack.rancher_compose = Some(Source::new("rancher-compose.yml", text));
/// let questions = compose::questions(&stack, &compose::Options::new("dmz"));
/// assert_eq!((questions[0].name.as_str(), questions[0].required), ("PORT", true));
/// ```
pub fn questions(stack: &Stack, options: &Options) -> Vec<export::Input> {
    let catalog =
        answers::catalog(stack.rancher_compose.as_ref().unwrap_or(&stack.docker_compose), &options.limits);
    catalog.questions.iter().map(inputs::asked).collect()
}

/// Holds the application against all that holds for templates: what could not be said in one is no application.
fn check_template(file: &read::File, application: &Application, extras: &Extras, findings: &mut Findings) {
    let text = export::template(application, extras);
    let options =
        crate::Options { policy: TemplatePolicy::allowing_everything(), ..crate::Options::default() };
    let checked = crate::check(&Source::new("template.yaml", text.as_str()), &options).diagnostics;
    let lines: Vec<&str> = text.lines().collect();
    for mut problem in checked.into_iter().filter(Diagnostic::is_error) {
        // The service is that of the last node before the problem.
        let line = problem.place().map_or(0, |place| place.start.line as usize);
        let before = lines.get(..line.min(lines.len())).unwrap_or_default();
        let node = before.iter().rev().find_map(|line| {
            let name = line.strip_prefix("    ").filter(|rest| !rest.starts_with([' ', '#']))?;
            Some(name.split(':').next()?.trim_matches(['\'', '"']))
        });
        let service = file.services.iter().find(|service| Some(service.name.text.as_str()) == node);
        let place = service.map(|service| service.name.place.clone());
        problem.labels.clear();
        findings.push(problem.at(place));
    }
}

/// Takes the values of passwords out of all that is told.
fn hide(answers: &answers::Answers, secrets: &BTreeSet<String>, findings: &mut Findings) {
    let values: Vec<&str> =
        secrets.iter().filter_map(|name| answers.get(name)).filter(|value| value.len() >= 4).collect();
    if values.is_empty() {
        return;
    }
    let hide = |text: &mut String| {
        for value in values.iter().filter(|value| text.contains(**value)).collect::<Vec<_>>() {
            *text = text.replace(*value, "***");
        }
    };
    let told = std::mem::take(&mut findings.diagnostics);
    findings.diagnostics = told
        .into_iter()
        .map(|mut problem| {
            hide(&mut problem.message);
            problem.help.iter_mut().for_each(hide);
            problem
        })
        .collect();
    for loss in &mut findings.losses {
        hide(&mut loss.key);
        hide(&mut loss.why);
    }
}

/// The answers of a file: a map of names and single values, as YAML or JSON.
///
/// ```
/// use paas_tosca::{Source, compose};
///
/// let file = compose::answers(&Source::new("answers.json", r#"{"PORT": 80, "NAME": "shop"}"#));
/// assert_eq!(file.unwrap()["PORT"], "80");
/// assert!(compose::answers(&Source::new("answers.yaml", "PORT: [ 80 ]")).is_err());
/// ```
///
/// # Errors
/// All problems of the file.
pub fn answers(source: &Source) -> Result<BTreeMap<String, String>, Diagnostics> {
    let loaded = yaml::load(source, &Limits { bytes: 1 << 20, nodes: 50_000, ..Limits::default() });
    let mut problems = loaded.diagnostics;
    let root = loaded.tree.as_ref().map(|tree| yaml11::read(tree.root()));
    let given = root.as_ref().map(answers::given).transpose();
    if let Err(place) = &given {
        let message = "a file of answers is a map of names and single values";
        problems
            .push(Diagnostic::new(Code::ComposeAnswer, message).severity(Severity::Error).at(place.clone()));
    }
    match given {
        Ok(given) if !problems.has_errors() => Ok(given.unwrap_or_default()),
        _ => Err(problems),
    }
}

/// Who has more wrong names than this has the wrong file.
const MOST_SUGGESTIONS: usize = 20;

/// Answers that nobody asks for are told, and so are questions without an answer.
fn check_answers(
    answers: &answers::Answers,
    catalog: &answers::Catalog,
    options: &Options,
    findings: &mut Findings,
) {
    let found = std::mem::take(&mut findings.answers);
    for place in &found.malformed {
        let message = "a `$` stands neither before a name nor before another `$`";
        let help =
            "write `$$` for a `$`, and `${NAME}` for an answer: names have letters, digits and underscores";
        findings.push(Diagnostic::new(Code::ComposeInterpolation, message).at(place.clone()).help(help));
    }
    let mut questions = BTreeMap::new();
    for question in &catalog.questions {
        questions.entry(question.variable.as_str()).or_insert(question);
    }
    for (name, place) in &found.unanswered {
        let question = questions.get(name.as_str());
        // Whoever deploys gives the passwords.
        if findings.secrets.contains(name) {
            continue;
        }
        let message = format!("nobody answers {}, so nothing stands in its place", shown(name));
        findings.push(
            Diagnostic::new(Code::ComposeUnanswered, message)
                .at(place.clone())
                .label(question.map(|question| question.place.clone()), "asked here")
                .help("give it among the answers"),
        );
    }
    let is_asked = |name: &str| found.asked.contains_key(name) || questions.contains_key(name);
    let unasked = options.answers.keys().filter(|name| !findings.fixed.contains(*name) && !is_asked(name));
    let unasked: Vec<&String> = unasked.collect();
    for (index, name) in unasked.into_iter().enumerate() {
        let message = format!("nobody asks for the answer {}", shown(name));
        let known = found.asked.keys().map(String::as_str).chain(questions.keys().copied());
        let help = (index < MOST_SUGGESTIONS).then(|| did_you_mean(name, known)).flatten();
        findings.push(Diagnostic::new(Code::ComposeAnswer, message).maybe_help(help));
    }
    for question in &catalog.questions {
        let Some(answer) = answers.get(&question.variable) else { continue };
        if let Some(fault) = inputs::fault(question, answer) {
            let message = format!("the answer of {} {fault}", shown(&question.variable));
            findings.push(Diagnostic::new(Code::ComposeAnswer, message).at(question.place.clone()));
        }
    }
    findings.answers = found;
}

fn is_used(secret: &str, application: &Application) -> bool {
    let containers = application.services.iter().filter_map(|service| service.container());
    containers.flat_map(Container::texts).flat_map(Text::secrets).any(|name| name == secret)
}
