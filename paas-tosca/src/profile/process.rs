//! What a container calls itself, how its program begins, and which volumes it has without a `paas.nodes.Volume`.

use super::{Context, addresses, names, rancher, read::Read};
use crate::tosca::{Node, Value};
use paas_core::{application::Container, diagnostic::Code};
use std::collections::BTreeSet;

impl<'t> Context<'_, 't> {
    /// Reads the properties that few containers have, in one pass.
    pub(super) fn read_process(&self, container: &mut Container, node: &Node<'t>) {
        let read = self.read;
        let (mut keys, mut texts) = (None, None);
        for (key, value) in &node.properties {
            match key.text() {
                Some("hostname") => container.hostname = host_name(value, read),
                Some("working_dir") => container.working_dir = working_dir(value, read),
                Some("tty") => container.tty = value.as_boolean().unwrap_or(false),
                Some("stdin_open") => container.stdin_open = value.as_boolean().unwrap_or(false),
                Some("volumes_from") => self.volumes_from(container, value, node),
                Some("anonymous_volumes") => container.anonymous_volumes = anonymous_volumes(value, read),
                Some("rancher") => keys = Some(value),
                Some("rancher_texts") => texts = Some(value),
                _ => {}
            }
        }
        if keys.is_some() || texts.is_some() {
            rancher::read_into(container, keys, texts, read);
            self.rename_address(node, container);
        }
    }

    fn volumes_from(&self, container: &mut Container, value: &Value<'t>, node: &Node<'t>) {
        for item in value.items() {
            let Some(mut name) = self.read.string(Some(item)) else {
                // Volumes of whoever it is may be those that keep the data.
                container.origins.note_unread("volumes");
                continue;
            };
            self.rename_service(node, &mut name);
            container.origins.note_entry("volumes_from", name.as_str(), item.at.place());
            if !container.volumes_from.contains(&name) {
                container.volumes_from.push(name);
            }
        }
    }
}

fn host_name(value: &Value<'_>, read: &Read<'_>) -> Option<String> {
    let name = read.string(Some(value))?;
    // Linux has no longer ones.
    const LONGEST: usize = 63;
    if !addresses::is_host_name(&name) || name.len() > LONGEST {
        let message = format!("`{}` cannot be what a container calls itself", name.escape_debug());
        let help = format!("write at most {LONGEST} letters, digits, dashes and dots");
        read.report.help(Code::Process, value.at, message, help);
        return None;
    }
    Some(name)
}

fn working_dir(value: &Value<'_>, read: &Read<'_>) -> Option<String> {
    let path = read.string(Some(value))?;
    if path != "/" && !names::is_absolute_path(&path) {
        let message = format!("`{}` is not an absolute path", path.escape_debug());
        read.report.help(
            Code::Process,
            value.at,
            message,
            "write one that begins with `/`, without `.` and `..`".to_owned(),
        );
        return None;
    }
    Some(path)
}

fn anonymous_volumes(value: &Value<'_>, read: &Read<'_>) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let mut paths = Vec::new();
    for item in value.items() {
        let Some(path) = read.string(Some(item)) else { continue };
        if !names::is_absolute_path(&path) || path.contains(':') {
            let message = format!("`{}` cannot be a mount path", path.escape_debug());
            let help = "write an absolute path without `:`, `.` and `..`".to_owned();
            read.report.help(Code::MountPath, item.at, message, help);
        } else if seen.insert(path.clone()) {
            paths.push(path);
        }
    }
    paths
}
