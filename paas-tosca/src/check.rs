//! The way from text to application and release.

use crate::{
    Limits, Source, Sources, profile,
    resolve::{self, Resolver},
    tosca::{self, Document, Files, Mode, Report},
    yaml::{self, Tree},
};
use paas_core::{
    application::Application,
    diagnostic::{Code, Diagnostic, Diagnostics},
    policy::TemplatePolicy,
    release::{Release, Target},
    scaling::LINTS,
};
use std::{collections::BTreeMap, sync::Arc};

/// What the caller says to a template.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Options {
    /// Values of inputs. For an input of type `string` the text is the value; for others it is read as YAML (`3`,
    /// `true`, `[a, b]`). Values of secret inputs are refused unseen: they belong to the stack call alone.
    pub inputs: BTreeMap<String, String>,
    /// What a template may cost at most.
    pub limits: Limits,
    /// The application's name where the template gives none (`metadata.template_name`); `None`: the file's name.
    pub name: Option<String>,
    /// Where imported files come from. The built-in profile is always there.
    pub resolver: Arc<dyn Resolver>,
    /// What the platform lets applications do, whatever their templates ask for.
    pub policy: TemplatePolicy,
}

impl Default for Options {
    /// No inputs, the default limits, the policy of a bank, and nothing can be imported but the built-in profile.
    fn default() -> Self {
        Self {
            inputs: BTreeMap::new(),
            limits: Limits::default(),
            name: None,
            resolver: Arc::new(resolve::Nothing),
            policy: TemplatePolicy::default(),
        }
    }
}

/// What [`check`] gives.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Checked {
    /// The application, unless there were errors or inputs without a value.
    pub application: Option<Application>,
    /// All problems, sorted by place.
    pub diagnostics: Diagnostics,
    /// The texts that were read, for showing the places of problems.
    pub sources: Sources,
}

/// What [`translate`] gives.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Translation {
    /// The release, unless there were errors.
    pub release: Option<Release>,
    /// All problems, sorted by place.
    pub diagnostics: Diagnostics,
    /// The texts that were read, for showing the places of problems.
    pub sources: Sources,
}

/// Checks a template: all problems in one pass. An input without a value is a warning here.
///
/// What depends on the place that the application goes to is held against [`Target::default`].
///
/// ```
/// use paas_tosca::{Options, Source, check};
///
/// let source = Source::new(
///     "hello.yaml",
///     "
/// tosca_definitions_version: tosca_simple_yaml_1_3
/// topology_template:
///   node_templates:
///     dmz: { type: paas.nodes.Network }
///     web:
///       type: paas.nodes.Service
///       properties: { imge: 'nginx:1.27' }
///       requirements: [ { network: dmzz } ]
/// ",
/// );
/// let checked = check(&source, &Options::default());
/// let shown: Vec<_> = checked.diagnostics.iter().map(ToString::to_string).collect();
/// assert_eq!(
///     shown,
///     [
///         "hello.yaml:8:21: error[tosca.unknown_property]: `imge` is not a property of `paas.nodes.Service`",
///         "hello.yaml:9:34: error[tosca.unknown_node]: `dmzz` is not a node template",
///     ]
/// );
/// ```
pub fn check(source: &Source, options: &Options) -> Checked {
    let Examined { application, is_complete, diagnostics, sources } = examine(source, options, |_, _, _| ());
    let application = application.filter(|_| is_complete && !diagnostics.has_errors());
    Checked { application, diagnostics, sources }
}

/// A template that was checked.
pub(crate) struct Examined {
    /// The application, as far as it could be understood.
    pub(crate) application: Option<Application>,
    /// Whether it depends on no input without a value.
    pub(crate) is_complete: bool,
    pub(crate) diagnostics: Diagnostics,
    pub(crate) sources: Sources,
}

/// Checks a template; before it is forgotten how it was written, somebody else may look at it.
pub(crate) fn examine(
    source: &Source,
    options: &Options,
    look: impl FnOnce(&Document<'_>, &Files, &Application),
) -> Examined {
    let (built, mut diagnostics, sources) = read(source, options, Mode::Check, look);
    let Some(Read { application, is_partial, is_complete }) = built else {
        return Examined { application: None, is_complete: false, diagnostics, sources };
    };
    if !application.services.is_empty() {
        let planned = Release::plan(application.clone(), &Target::default()).diagnostics;
        let is_sure = is_complete && !diagnostics.has_errors();
        diagnostics.extend(relevant(planned, is_partial, is_sure));
        diagnostics.sort();
    }
    Examined { application: Some(application), is_complete, diagnostics, sources }
}

/// Checks a template and plans its release. An input without a value is an error here.
///
/// ```
/// use paas_core::release::Target;
/// use paas_tosca::{Options, Source, translate};
///
/// let source = Source::new(
///     "hello.yaml",
///     "
/// tosca_definitions_version: tosca_simple_yaml_1_3
/// topology_template:
///   node_templates:
///     dmz: { type: paas.nodes.Network }
///     web:
///       type: paas.nodes.Service
///       properties: { image: 'nginx:1.27' }
///       requirements: [ { network: dmz } ]
/// ",
/// );
/// let translation = translate(&source, &Options::default(), &Target::default());
/// let release = translation.release.unwrap();
/// assert_eq!(release.stack, "hello");
/// assert_eq!(release.stages.len(), 1);
/// ```
pub fn translate(source: &Source, options: &Options, target: &Target) -> Translation {
    let (built, mut diagnostics, sources) = read(source, options, Mode::Translate, |_, _, _| ());
    let mut release = None;
    if let Some(Read { application, is_partial, is_complete }) = built {
        if application.services.is_empty() {
            if !diagnostics.has_errors() {
                let place = paas_core::diagnostic::Place::start_of(source.name().clone());
                let message = "the template has no services, so there is nothing to deploy";
                diagnostics.push(Diagnostic::new(Code::NoServices, message).at(place));
            }
        } else {
            diagnostics.extend(options.policy.check_target(&application, target));
            let planned = Release::plan(application, target);
            let is_sure = is_complete && !diagnostics.has_errors();
            diagnostics.extend(relevant(planned.diagnostics, is_partial, is_sure));
            diagnostics.sort();
            release = planned.release.filter(|_| !diagnostics.has_errors());
        }
    }
    Translation { release, diagnostics, sources }
}

/// The application of a template and what reading said, without planning it.
#[cfg(test)]
pub(crate) fn application_of(source: &Source, options: &Options) -> (Option<Application>, Diagnostics) {
    let (read, diagnostics, _) = read(source, options, Mode::Translate, |_, _, _| ());
    (read.map(|read| read.application), diagnostics)
}

/// What the plan says that does not follow from what was diagnosed already, or from inputs without a value.
fn relevant(planned: Diagnostics, is_partial: bool, is_sure: bool) -> impl Iterator<Item = Diagnostic> {
    planned.into_iter().filter(move |diagnostic| match diagnostic.code {
        Code::UnknownNetwork => !is_partial,
        Code::FlowPort => is_sure,
        // A window that could not be read may be the one that is missed.
        code if LINTS.contains(&code) => is_sure,
        _ => true,
    })
}

/// What was read, as far as it could be.
struct Read {
    application: Application,
    is_partial: bool,
    is_complete: bool,
}

fn read(
    source: &Source,
    options: &Options,
    mode: Mode,
    look: impl FnOnce(&Document<'_>, &Files, &Application),
) -> (Option<Read>, Diagnostics, Sources) {
    let loaded = yaml::load(source, &options.limits);
    let mut diagnostics = loaded.diagnostics;
    let Some(mut tree) = loaded.tree else { return (None, diagnostics, source.clone().into()) };
    tosca::expand(&mut tree);
    let values: Vec<(&str, &str, Option<Tree>)> = options
        .inputs
        .iter()
        .map(|(name, text)| {
            let source = Source::new(format!("value of input `{name}`"), text.as_str());
            (name.as_str(), text.as_str(), yaml::load(&source, &options.limits).tree)
        })
        .collect();
    let given = values.iter().map(|(name, text, tree)| (*name, (*text, tree.as_ref()))).collect();
    let report = Report::new();
    let files = tosca::load(source, tree, &*options.resolver, &options.limits, &report);
    let names = tosca::Names::default();
    let document = files.as_ref().and_then(|files| tosca::read(files, &names, given, mode, &report));
    let read = document.zip(files.as_ref()).map(|(document, files)| {
        let name = document
            .name
            .clone()
            .or_else(|| options.name.clone())
            .unwrap_or_else(|| file_stem(source.name()));
        let built = profile::build(&document, name, mode, &report);
        look(&document, files, &built.application);
        Read {
            application: built.application,
            is_partial: built.is_partial,
            is_complete: !document.topology.incomplete,
        }
    });
    diagnostics.extend(report.into_diagnostics());
    if let Some(read) = &read {
        diagnostics.extend(options.policy.check(&read.application));
    }
    diagnostics.sort();
    let sources = files.map_or_else(|| source.clone().into(), |files| Sources(files.sources));
    (read, diagnostics, sources)
}

/// The file's name without folders and ending.
fn file_stem(name: &str) -> String {
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
    file.rsplit_once('.').map_or(file, |(stem, _)| stem).to_owned()
}
