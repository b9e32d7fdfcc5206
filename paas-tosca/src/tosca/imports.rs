//! Imports: the built-in profile; everything else is diagnosed.

use super::{builtin::PROFILE, keywords, report::Report};
use crate::yaml::{self, NodeRef};
use paas_core::diagnostic::Code;

/// Checks the imports of a template. The profile's types are there with or without an import.
pub(super) fn check(node: NodeRef<'_>, report: &Report) {
    if !report.expect(node, yaml::Kind::Sequence, "`imports`") {
        return;
    }
    for item in node.items() {
        // `- file`, `- { file: … }`, and `- name: file` or `- name: { file: … }` of TOSCA 1.0.
        let import = match item.only_entry() {
            Some((key, value)) if key.text() != Some("file") => value,
            _ => item,
        };
        let file = if import.kind() == yaml::Kind::Scalar { Some(import) } else { import.get("file") };
        let text = file.filter(|file| !file.is_null()).and_then(NodeRef::text);
        let (Some(file), Some(text)) = (file, text) else {
            report.at(Code::WrongShape, item, "an import is the name of a file, or a map with a `file`");
            continue;
        };
        keywords::check(import, keywords::IMPORT, "an import", report);
        for word in ["namespace_prefix", "namespace_uri", "repository"] {
            if let Some((key, _)) = import.entry(word) {
                report.at(Code::NotSupported, key, format!("`{word}` of an import is not supported yet"));
            }
        }
        if text.strip_prefix("./").unwrap_or(text) == PROFILE {
            continue;
        }
        let looks_like_profile =
            text.rsplit(['/', '\\']).next().is_some_and(|name| name.starts_with("paas-profile-"));
        let help = if looks_like_profile {
            format!("the profile that is built in is `{PROFILE}`")
        } else {
            format!("for now only `{PROFILE}` can be imported: put the definitions into the template")
        };
        report.help(Code::NotSupported, file, format!("importing `{text}` is not supported yet"), help);
    }
}
