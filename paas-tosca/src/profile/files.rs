//! Files that the platform puts into containers.

use super::{names, read::Read};
use crate::tosca::{Node, Value};
use paas_core::{
    application::{ConfigurationFile, FileContent, SecretFile},
    diagnostic::Code,
};

pub(super) fn secret_files(node: &Node<'_>, read: &Read<'_>) -> Vec<SecretFile> {
    let items = node.property("secrets").map_or(&[][..], Value::items);
    items.iter().filter_map(|item| secret_file(item, read)).collect()
}

fn secret_file(item: &Value<'_>, read: &Read<'_>) -> Option<SecretFile> {
    let name = item.get("name")?;
    let mut secret = SecretFile::new(secret_name(name, read)?);
    if let Some(at) = item.get("file") {
        secret.file = read.string(Some(at))?;
        if !names::is_volume_name(&secret.file) {
            let message = format!("`{}` cannot be the name of a secret's file", secret.file.escape_debug());
            read.report.help(Code::SecretFile, at.at, message, WORDS.to_owned());
        }
    }
    secret.user = read.count("user", item.get("user"));
    secret.group = read.count("group", item.get("group"));
    if let Some(at) = item.get("mode") {
        let mode = read.string(Some(at))?;
        let digits = mode.strip_prefix('0').filter(|rest| rest.len() == 3).unwrap_or(&mode);
        if digits.len() != 3 || !digits.bytes().all(|digit| matches!(digit, b'0'..=b'7')) {
            let message = format!("`{}` does not say who may do what with a file", mode.escape_debug());
            let help = "write three octal digits in quotes, such as `'0440'`".to_owned();
            read.report.help(Code::SecretFile, at.at, message, help);
        }
        secret.mode = Some(mode);
    }
    secret.origin = item.at.place().into();
    Some(secret)
}

const WORDS: &str = "use 1 to 63 letters, digits, dots, dashes and underscores, a letter or digit first";

/// The name of a secret of the platform.
fn secret_name(value: &Value<'_>, read: &Read<'_>) -> Option<String> {
    let name = read.string(Some(value))?;
    if !names::is_volume_name(&name) {
        let message = format!("`{}` cannot be the name of a secret", name.escape_debug());
        read.report.help(Code::SecretFile, value.at, message, WORDS.to_owned());
    }
    Some(name)
}

pub(super) fn configuration_files(node: &Node<'_>, read: &Read<'_>) -> Vec<ConfigurationFile> {
    let items = node.property("configuration_files").map_or(&[][..], Value::items);
    items.iter().filter_map(|item| configuration_file(item, read)).collect()
}

fn configuration_file(item: &Value<'_>, read: &Read<'_>) -> Option<ConfigurationFile> {
    let at = item.get("path")?;
    let path = read.string(Some(at))?;
    let is_path = names::is_absolute_path(&path) && !path.ends_with('/');
    if !is_path {
        let message = format!("`{}` is not the absolute path of a file", path.escape_debug());
        let help = "write a path such as `/run/secrets/web.conf`".to_owned();
        read.report.help(Code::ConfigurationFile, at.at, message, help);
    }
    let content = match (item.get("content"), item.get("secret")) {
        (Some(content), None) => FileContent::Inline(read.text(content)?),
        (None, Some(secret)) => FileContent::Secret(secret_name(secret, read)?),
        (Some(_), Some(secret)) => {
            let message = "`content` and `secret` are both given, and only one can be in the file";
            read.report.at(Code::ConfigurationFile, secret.at, message);
            return None;
        }
        (None, None) => {
            // One may have been meant by what nobody knows.
            if item.entries().iter().all(|(_, value)| !value.is_invalid()) {
                let help = "give `content` or the name of a `secret`".to_owned();
                let message = "a configuration file needs something that is in it";
                read.report.help(Code::ConfigurationFile, item.at, message, help);
            }
            return None;
        }
    };
    let mut file = ConfigurationFile::new(path, content);
    file.origin = item.at.place().into();
    // Of a path that was diagnosed nobody can say whether it can be delivered.
    is_path.then_some(file)
}
