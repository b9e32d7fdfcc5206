//! A template taken to another tenant: the same text, with other networks, tiers, file servers, registries and inputs.
//!
//! Only the values change that a [`Mapping`] names: comments, order, functions and all else stay as they are. The clone
//! is read again, and given out only if it is the old application with the mapped names, and nothing else.
//!
//! | what | where it is changed |
//! | --- | --- |
//! | a network | its `network_name`; a node without one is given one. Also the `network` of routes with a selector |
//! | a tier, a file server | `tier` and `server` of volumes |
//! | a registry | the beginning of `image`; of artifacts, that of `file`, or the `url` of the repository |
//! | an input | its `default` |
//! | the name | `template_name` of the metadata |
//!
//! A value is changed where it is written: in the default of an input or of a type, behind an alias, at the beginning of
//! `concat` and `join`, in an imported file. What shows a property that is changed, by `get_property`, changes with it.

mod artifact;
mod differ;
mod edit;
mod file;
mod follow;
mod inputs;
mod insert;
mod left;
mod name;
mod overlay;
mod plan;
mod said;
mod scalar;
mod trace;
mod verify;

pub use file::{MappingFile, read_mapping};
pub use paas_core::mapping::Mapping;

use crate::{
    Options, Source, Sources,
    check::{Examined, examine},
};
use overlay::Overlay;
use paas_core::{
    application::Application,
    diagnostic::{Code, Diagnostic, Diagnostics, Place},
    policy::TemplatePolicy,
};
use plan::Plan;
use std::sync::Arc;

/// What [`clone_template`] gives.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Cloned {
    /// The template of the clone, under the name of the old one, then the imported files that had to be changed, under
    /// theirs; nothing if there are errors.
    pub files: Vec<Source>,
    /// The application that the clone describes, unless there are errors or inputs without a value.
    pub application: Option<Application>,
    /// All problems: of the template or the mapping, or else what checking the clone tells.
    pub diagnostics: Diagnostics,
    /// The texts that were read, for showing the places of problems: if there are errors, the old ones, without that of
    /// the mapping; else those of the clone.
    pub sources: Sources,
}

impl Cloned {
    fn refused(diagnostics: impl IntoIterator<Item = Diagnostic>, sources: Sources) -> Self {
        let mut diagnostics = Diagnostics::from_iter(diagnostics);
        diagnostics.sort();
        Self { files: Vec::new(), application: None, diagnostics, sources }
    }
}

/// Takes a template to another tenant. The policy of the options is that of the other tenant: the clone must obey it.
///
/// ```
/// use paas_tosca::{Options, Source, clone::{self, clone_template}};
///
/// let template = "
/// tosca_definitions_version: tosca_simple_yaml_1_3
/// topology_template:
///   node_templates:
///     dmz: { type: paas.nodes.Network }   # where users come in
///     web:
///       type: paas.nodes.Service
///       properties:
///         image: registry.bank-a.test/web:1.4
///         resources: { cpu_limit: 0.5, memory_limit: 64 MiB }
///       requirements: [ { network: dmz } ]
/// ";
/// let mapping = Source::new("map.yaml", "
/// networks: { dmz: dmz-b }
/// registries: { registry.bank-a.test: registry.bank-b.test }
/// ");
/// let mapping = clone::read_mapping(&mapping).mapping.unwrap();
/// let cloned = clone_template(&Source::new("shop.yaml", template), &mapping, &Options::default());
/// assert_eq!(
///     cloned.files[0].text(),
///     template
///         .replace("{ type: paas.nodes.Network }", "{ type: paas.nodes.Network, properties: { network_name: dmz-b } }")
///         .replace("bank-a", "bank-b")
/// );
/// assert_eq!(cloned.application.unwrap().services[0].network, "dmz-b");
/// ```
///
/// What would be another application is none:
///
/// ```
/// # use paas_tosca::{Options, Source, clone::{Mapping, clone_template}};
/// let template = "
/// tosca_definitions_version: tosca_simple_yaml_1_3
/// topology_template:
///   node_templates:
///     dmz: { type: paas.nodes.Network }
///     core: { type: paas.nodes.Network }
/// ";
/// let mut mapping = Mapping::default();
/// mapping.networks.insert("dmz".into(), "core".into());
/// let cloned = clone_template(&Source::new("shop.yaml", template), &mapping, &Options::default());
/// assert!(cloned.files.is_empty());
/// let problem = cloned.diagnostics.iter().next().unwrap();
/// assert_eq!(problem.message, "the networks `core` and `dmz` would both be `core`");
/// ```
pub fn clone_template(source: &Source, mapping: &Mapping, options: &Options) -> Cloned {
    let mut problems = Diagnostics::default();
    said::check_values(mapping, &mut problems);
    if problems.has_errors() {
        return Cloned::refused(problems, source.clone().into());
    }

    // What the old tenant's policy says is not asked: the clone has another.
    let mut before = options.clone();
    before.policy = TemplatePolicy::allowing_everything();
    if !mapping.inputs.is_empty() {
        let old = examine(source, &before, |_, files, _| inputs::check(mapping, files, &mut problems));
        if old.diagnostics.has_errors() || problems.has_errors() {
            let errors = old.diagnostics.into_iter().filter(Diagnostic::is_error);
            return Cloned::refused(errors.chain(problems), old.sources);
        }
        before.inputs.extend(mapping.inputs.iter().map(|(name, text)| (name.clone(), text.clone())));
    }

    let mut planned = Plan::default();
    let old = examine(source, &before, |document, files, application| {
        said::check_matches(mapping, application, document.topology.incomplete, &mut problems);
        said::check_joined(mapping, application, &mut problems);
        planned = plan::plan(mapping, &before.inputs, document, files);
    });
    let Examined { application: Some(application), diagnostics, sources, .. } = old else {
        return Cloned::refused(old.diagnostics.into_iter().chain(problems), old.sources);
    };
    if diagnostics.has_errors() || problems.has_errors() || planned.diagnostics.has_errors() {
        let errors = verify::with_places_of(mapping, diagnostics).filter(Diagnostic::is_error);
        return Cloned::refused(errors.chain(problems).chain(planned.diagnostics), sources);
    }

    let Some(files) = changed(&sources, &planned) else {
        let message = "the changes overlap, so that they cannot be made";
        let problem = Diagnostic::new(Code::CloneFixed, message).at(Place::start_of(source.name().clone()));
        return Cloned::refused([problem], sources);
    };
    let mut after = options.clone();
    after.inputs.retain(|name, _| !mapping.inputs.contains_key(name));
    after.resolver = Arc::new(Overlay::new(after.resolver, files.iter().skip(1).cloned()));
    let mut warnings = Diagnostics::default();
    let clone = match files.first() {
        Some(template) => examine(template, &after, |_, files, _| left::check(mapping, files, &mut warnings)),
        None => return Cloned::refused([], sources),
    };
    let wanted = mapping.apply(&application);
    let faults = verify::faults(&clone, &wanted, &planned, source);
    if faults.has_errors() {
        return Cloned::refused(faults, sources);
    }
    let application = clone.application.filter(|_| clone.is_complete);
    let mut diagnostics = clone.diagnostics;
    diagnostics.extend(warnings);
    diagnostics.sort();
    Cloned { files, application, diagnostics, sources: clone.sources }
}

/// The template as it is to be, and all other files that change.
fn changed(sources: &Sources, plan: &Plan) -> Option<Vec<Source>> {
    let mut files = Vec::new();
    for (index, source) in sources.iter().enumerate() {
        let edits = plan.edits.get(source.name()).map_or(&[][..], Vec::as_slice);
        if index > 0 && edits.is_empty() {
            continue;
        }
        files.push(Source::new(source.name().clone(), edit::apply(source.text(), edits)?));
    }
    Some(files)
}
