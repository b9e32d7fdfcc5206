//! Repositories: where files are that are not beside the template.

use super::{keywords, report::Report};
use crate::{
    resolve::{self, Danger},
    yaml::{self, NodeRef},
};
use paas_core::diagnostic::Code;
use url::Url;

/// A repository that a file defines.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Repository<'t> {
    pub(crate) name: &'t str,
    /// The URL as it was written.
    pub(crate) url: &'t str,
}

/// The repositories that a file defines, those without a URL left out.
pub(crate) fn of<'t>(root: NodeRef<'t>) -> impl Iterator<Item = Repository<'t>> {
    root.get("repositories").into_iter().flat_map(NodeRef::entries).filter_map(|(at, node)| {
        let url = if node.kind() == yaml::Kind::Mapping { node.get("url")? } else { node };
        let url = url.text().filter(|url| !url.is_empty())?;
        Some(Repository { name: at.text()?, url })
    })
}

/// Checks the repositories that a file defines.
pub(super) fn check(root: NodeRef<'_>, report: &Report) {
    let Some(list) = root.get("repositories") else { return };
    if !report.expect(list, yaml::Kind::Mapping, "`repositories`") {
        return;
    }
    for (key, node) in list.entries() {
        let name = key.text().unwrap_or_default();
        let url = match node.kind() {
            yaml::Kind::Scalar => Some(node),
            yaml::Kind::Mapping => {
                keywords::check(node, keywords::REPOSITORY, "a repository", report);
                credential(node, report);
                node.get("url")
            }
            yaml::Kind::Sequence => {
                let message = format!("the repository `{name}` is a URL, or a map with a `url`");
                report.at(Code::WrongShape, node, message);
                continue;
            }
        };
        match url.filter(|url| !url.is_null()) {
            Some(url) => danger(url, report),
            None if keywords::is_misspelt(node, "url", report) => {}
            None => report.help(
                Code::MissingKeyword,
                key,
                format!("the repository `{name}` has no `url`"),
                format!("write `{name}: {{ url: https://… }}`"),
            ),
        }
    }
}

/// The data type `tosca.datatypes.Credential`.
fn credential(node: NodeRef<'_>, report: &Report) {
    let Some((key, credential)) = node.entry("credential") else { return };
    if report.expect(credential, yaml::Kind::Mapping, "`credential`") {
        keywords::check(credential, keywords::CREDENTIAL, "a credential", report);
        if credential.get("token").is_none() && !keywords::is_misspelt(credential, "token", report) {
            report.at(Code::MissingKeyword, key, "a credential has a `token`");
        }
    }
}

/// What comes from link-local addresses are the secrets of machines, never images or types.
fn danger(node: NodeRef<'_>, report: &Report) {
    let Some(text) = node.text() else {
        report.at(Code::WrongShape, node, "`url` is a single value");
        return;
    };
    if Url::parse(text).is_ok_and(|url| url.password().is_some()) {
        let message = "the address of the repository holds a password, which is not used";
        let help = "remove it: what fetches files and images has credentials of its own".to_owned();
        report.help(Code::SecretDefault, node, message, help);
    }
    let Some(danger) = address_danger(text).filter(|danger| *danger == Danger::LinkLocal) else { return };
    let message = format!("the address of the repository {}", danger.words());
    report.at(Code::ImportRefused, node, message);
}

/// Refuses an address that is written in full and leads to what only this machine sees.
pub(super) fn check_address(node: NodeRef<'_>, what: &str, report: &Report) {
    let address = node.text().filter(|text| text.contains("://"));
    if let Some(danger) = address.and_then(address_danger).filter(|danger| *danger == Danger::LinkLocal) {
        report.at(Code::ImportRefused, node, format!("the address of {what} {}", danger.words()));
    }
}

/// What is dangerous about an address with or without a scheme.
pub(crate) fn address_danger(text: &str) -> Option<Danger> {
    let url = if text.contains("://") { Url::parse(text) } else { Url::parse(&format!("http://{text}")) };
    url.ok().and_then(|url| resolve::danger(&url))
}

/// The repository that an import names; `None`: there is none, which is diagnosed.
pub(super) fn find<'t>(
    root: NodeRef<'t>,
    node: NodeRef<'t>,
    report: &Report,
) -> Option<resolve::Repository<'t>> {
    let Some(text) = node.text() else {
        report.at(Code::WrongShape, node, "`repository` is the name of a repository");
        return None;
    };
    if let Some(found) = of(root).find(|repository| repository.name == text) {
        return Some(resolve::Repository::new(found.name, found.url));
    }
    // One without a URL is diagnosed where it is defined.
    let defined = root.get("repositories");
    if defined.is_none_or(|defined| defined.get(text).is_none()) {
        let names = defined.into_iter().flat_map(NodeRef::entries).filter_map(|(name, _)| name.text());
        let help = report.suggest(text, names);
        report.help(Code::UnknownRepository, node, format!("`{text}` is not a repository"), help);
    }
    None
}
