//! Files with secrets.

use super::{
    convert::Maker,
    node::{Data, Node},
};
use paas_core::{
    application::{Container, SecretFile},
    diagnostic::shown,
};

/// Reads `secrets`.
pub(super) fn read(maker: &mut Maker<'_>, service: &str, node: &Node, container: &mut Container) {
    if container.sidekick.is_some() {
        let why = "Rancher gives a sidekick the secrets of its service instead";
        return maker.findings.partly(Some(service), "secrets", &node.place, why);
    }
    for item in node.items() {
        let field = |maker: &mut Maker<'_>, key: &str| {
            let value = item.get(key).map(|value| maker.fixed(service, "secrets", value));
            value.filter(|value| !value.is_empty())
        };
        let source = match item.data {
            Data::Map(_) => field(maker, "source"),
            _ => Some(maker.fixed(service, "secrets", item)).filter(|name| !name.is_empty()),
        };
        let Some(source) = source else {
            maker.findings.lost(Some(service), "secrets", &item.place, "the secret has no name");
            continue;
        };
        let declared = maker.declared.get(source.as_str()).copied();
        if declared.is_some_and(|node| node.get("file").is_some_and(|file| !file.is_empty())) {
            let why = "no other files are at hand when a stack is made: make it a secret of the environment";
            maker.findings.lost(Some(service), "secrets", &item.place, why);
            continue;
        }
        let external = declared.and_then(|node| node.get("external")).and_then(Node::scalar);
        let external =
            external.map(|name| name.value()).filter(|name| !matches!(name.as_str(), "" | "true" | "false"));
        let mut file = SecretFile::new(external.unwrap_or_else(|| source.clone()));
        file.file = field(maker, "target").unwrap_or(source);
        for (key, into) in [("uid", &mut file.user), ("gid", &mut file.group)] {
            let Some(text) = field(maker, key) else { continue };
            *into = text.parse().ok();
            if into.is_none() {
                let why = format!("{} takes the number of a user or group", shown(key));
                maker.findings.lost(Some(service), "secrets", &item.place, why);
            }
        }
        // The executor prints a number in octal digits.
        file.mode = match item.get("mode").map(|mode| &mode.data) {
            Some(Data::Integer(mode)) => Some(format!("{mode:04o}")),
            _ => field(maker, "mode"),
        };
        if container.secret_files.iter().any(|other| other.file == file.file) {
            let why = format!("there is another secret at {} already", shown(&file.file));
            maker.findings.lost(Some(service), "secrets", &item.place, why);
            continue;
        }
        file.origin = item.place.clone().into();
        container.secret_files.push(file);
    }
}
