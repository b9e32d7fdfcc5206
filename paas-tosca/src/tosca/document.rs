//! A whole template: version, imports, types, topology.

use super::{
    builtin, conflicts,
    imports::Files,
    inputs::{Given, Inputs, Parts, Supply},
    keywords,
    library::Library,
    reading::{Names, Reading, Role},
    report::Report,
    substitution,
    topology::{self, Topology},
    typedefs,
    versions::VERSIONS,
};
use crate::yaml::{self, FileId, NodeRef};
use paas_core::diagnostic::{Code, Diagnostic, Severity};

/// What the template is read for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    /// To tell what is wrong: inputs may be open.
    Check,
    /// To be deployed: everything must be known.
    Translate,
}

/// A template that was read.
pub(crate) struct Document<'t> {
    pub(crate) name: Option<String>,
    pub(crate) description: Option<&'t str>,
    pub(crate) library: Library<'t>,
    pub(crate) topology: Topology<'t>,
}

/// Beginnings of `tosca_definitions_version` in other languages, and what those are.
const DIALECTS: [(&str, &str); 10] = [
    ("tosca_2_", "TOSCA 2.0"),
    ("alien_dsl_", "alien4cloud's dialect"),
    ("cloudify_dsl_", "Cloudify's dialect"),
    ("aria_", "ARIA's dialect"),
    ("yorc_", "Yorc's dialect"),
    ("tosca_simple_unfurl_", "Unfurl's dialect"),
    ("tosca_simple_profile_for_nfv", "the NFV profile"),
    ("tosca_simple_profile_for_mec", "the MEC profile"),
    ("http://docs.oasis-open.org/tosca/ns/nfv", "the NFV profile"),
    ("heat_template_version", "Heat's language"),
];

/// Checks the beginning of a file, the template itself or one that is imported. `None`: it is no template, or written
/// in another language, and nothing more can be said.
pub(super) fn head(root: NodeRef<'_>, report: &Report) -> Option<()> {
    if !report.expect(root, yaml::Kind::Mapping, "a template") {
        if root.is_null() {
            report.at(Code::Empty, root, "the file holds nothing to read");
        }
        return None;
    }
    version(root, report)?;
    keywords::check(root, keywords::TEMPLATE, "a template", report);
    Some(())
}

/// Reads a template with what it imports.
pub(crate) fn read<'t>(
    files: &'t Files,
    names: &'t Names,
    given: Given<'t>,
    mode: Mode,
    report: &Report,
) -> Option<Document<'t>> {
    let root = files.roots().next()?;
    let mut library = Library::over(builtin(), files.scopes());
    typedefs::define(&mut library, files.roots(), report);
    if library.scopes().are_several() {
        conflicts::check(files, &library, report);
    }
    let metadata = root.get("metadata");
    let topology = match root.get("topology_template") {
        Some(node) if report.expect(node, yaml::Kind::Mapping, "`topology_template`") => Some(node),
        _ => None,
    };
    let parts = Parts {
        definitions: topology.and_then(|topology| topology.get("inputs")),
        // Of a topology of the wrong shape nobody knows the inputs.
        secrets: metadata
            .and_then(|metadata| metadata.get("secret_inputs"))
            .filter(|_| topology.is_some() || root.get("topology_template").is_none_or(NodeRef::is_null)),
        supply: Supply::Caller { given, complete: mode == Mode::Translate },
        file: root.place(),
    };
    let inputs = Inputs::read(&parts, &library, report);
    let text = |node: Option<NodeRef<'t>>| node.and_then(NodeRef::text);
    let others = metadata.into_iter().flat_map(NodeRef::entries);
    for (key, value) in
        others.filter(|(key, value)| key.text() != Some("secret_inputs") && value.text().is_none())
    {
        let key = key.text().unwrap_or_default();
        report.expect(value, yaml::Kind::Scalar, &format!("`{key}` of `metadata`"));
    }
    let named = metadata.and_then(|metadata| metadata.get("template_name"));
    let name = text(named).or_else(|| text(root.get("template_name"))).filter(|name| !name.is_empty());
    let reading = Reading::new(files, &library, report, names);
    let topology = topology::read(&reading, root, topology, &inputs, Role::Template(mode));
    substitution::check_unread(&reading);
    Some(Document {
        name: name.map(str::to_owned),
        description: text(root.get("description")),
        library,
        topology,
    })
}

/// Whether the template is in a language that is read here.
fn version(root: NodeRef<'_>, report: &Report) -> Option<()> {
    let Some(node) = root.get("tosca_definitions_version").filter(|node| !node.is_null()) else {
        let dialect = DIALECTS.iter().find(|(start, _)| root.get(start).is_some());
        if let Some((_, dialect)) = dialect {
            report.at(Code::Dialect, root, format!("the template is written in {dialect}"));
            return None;
        }
        let first = root.entries().next().map_or(root, |(key, _)| key);
        let is_template = root.file() == FileId::TEMPLATE;
        let what = if is_template { "template" } else { "file" };
        let message = format!("the {what} does not say its language");
        let diagnostic = Diagnostic::new(Code::VersionMissing, message).at(first.place());
        // Files of types often leave it out, and what imports them has said it.
        let severity = if is_template { Severity::Error } else { Severity::Warning };
        report.push(
            diagnostic
                .severity(severity)
                .help("begin with `tosca_definitions_version: tosca_simple_yaml_1_3`"),
        );
        return Some(());
    };
    let Some(text) = node.text() else {
        report.at(Code::WrongShape, node, "`tosca_definitions_version` is a single value");
        return Some(());
    };
    if let Some((_, version)) = VERSIONS.iter().find(|(name, _)| *name == text.trim_end_matches('/')) {
        report.set_version(*version);
        return Some(());
    }
    if let Some((_, dialect)) = DIALECTS.iter().find(|(start, _)| text.starts_with(start)) {
        report.help(
            Code::Dialect,
            node,
            format!("the template is written in {dialect}"),
            "write it in `tosca_simple_yaml_1_3`".to_owned(),
        );
        return None;
    }
    let help = report
        .suggest(text, VERSIONS.iter().map(|(version, _)| *version))
        .unwrap_or_else(|| "write `tosca_simple_yaml_1_3`".to_owned());
    report.help(Code::VersionUnknown, node, format!("`{text}` is not a known version of TOSCA"), help);
    Some(())
}
