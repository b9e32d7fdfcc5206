//! Imports: what each form means, what each file sees, and what is refused.

mod forms;
mod limits;
mod paths;
mod refused;
mod scopes;

use paas_tosca::{
    Checked, Options, Source, check,
    resolve::{InMemory, Resolver},
};
use std::sync::Arc;

const VERSION: &str = "tosca_definitions_version: tosca_simple_yaml_1_3\n";

/// Checks the first of some files; all lie in one folder.
fn checked(files: &[(&str, &str)]) -> Checked {
    let whole = |text: &str| format!("{VERSION}{text}");
    let all: InMemory = files.iter().map(|(path, text)| (*path, whole(text))).collect();
    let (name, text) = files[0];
    checked_with(&Source::new(name, whole(text)), Arc::new(all))
}

fn checked_with(source: &Source, resolver: Arc<dyn Resolver>) -> Checked {
    let mut options = Options::default();
    options.resolver = resolver;
    check(source, &options)
}

/// What is said of the first of some files: `file:line:column code`, and `< file:line` for each further place.
fn told(files: &[(&str, &str)]) -> Vec<String> {
    shown(&checked(files))
}

fn shown(checked: &Checked) -> Vec<String> {
    let one = |diagnostic: &paas_core::diagnostic::Diagnostic| {
        let mut places = diagnostic.labels.iter().map(|label| &label.place);
        let first = places.next().expect("a place");
        let more: String = places.map(|place| format!(" < {}:{}", place.file, place.start.line)).collect();
        format!("{first} {}{more}", diagnostic.code)
    };
    checked.diagnostics.iter().map(one).collect()
}

/// The messages about the first of some files.
fn messages(files: &[(&str, &str)]) -> Vec<String> {
    checked(files).diagnostics.iter().map(|found| found.message.clone()).collect()
}

/// A topology with one node of a type.
fn node(ty: &str) -> String {
    format!("topology_template: {{ node_templates: {{ n: {{ type: '{ty}' }} }} }}\n")
}

/// A file that defines one node type.
fn defines(ty: &str) -> String {
    format!("node_types: {{ {ty}: {{ derived_from: Root }} }}\n")
}
