//! A template written again.

use super::{Extras, template};
use crate::{Options, Source, Sources, check, translate};
use paas_core::{diagnostic::Diagnostics, release::Target};

/// What [`rewrite`] gives.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Rewritten {
    /// The text, unless there were errors.
    pub template: Option<String>,
    /// All problems of the template that was read, sorted by place.
    pub diagnostics: Diagnostics,
    /// The texts that were read, for showing the places of problems.
    pub sources: Sources,
}

/// Checks a template and writes what it says in the profile: one file, with all imports and functions resolved. An input
/// without a value is an error here, as nobody could say what depends on it.
///
/// ```
/// use paas_tosca::{Options, Source, export};
///
/// let source = Source::new(
///     "shop.yaml",
///     "
/// tosca_definitions_version: tosca_simple_yaml_1_3
/// topology_template:
///   inputs: { tag: { type: string, default: '1.4' } }
///   node_templates:
///     dmz: { type: paas.nodes.Network }
///     web:
///       type: paas.nodes.Service
///       properties:
///         image: { concat: [ 'registry.bank.test/web:', { get_input: tag } ] }
///         resources: { cpu_limit: 0.5, memory_limit: 64 MiB }
///       requirements: [ { network: dmz } ]
/// ",
/// );
/// let text = export::rewrite(&source, &Options::default()).template.unwrap();
/// assert!(text.contains("        image: registry.bank.test/web:1.4\n"));
/// ```
pub fn rewrite(source: &Source, options: &Options) -> Rewritten {
    let checked = check(source, options);
    let (mut diagnostics, sources) = (checked.diagnostics, checked.sources);
    let application = checked.application.filter(|_| !diagnostics.has_errors());
    if application.is_none() && !diagnostics.has_errors() {
        // Something depends on an input without a value, and who translates says on which.
        diagnostics = translate(source, options, &Target::default()).diagnostics;
    }
    let template = application.map(|application| template(&application, &Extras::default()));
    Rewritten { template, diagnostics, sources }
}
