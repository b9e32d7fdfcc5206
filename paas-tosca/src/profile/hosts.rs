//! On which hosts containers run, and when they are started again.

use super::read::Read;
use crate::tosca::{Node, Value};
use paas_core::{
    application::{Affinity, AffinityRule, AffinityTo, Container},
    diagnostic::{Code, Diagnostic},
};

pub(super) fn affinities(node: &Node<'_>, read: &Read<'_>) -> Vec<Affinity> {
    let items = node.property("affinities").map_or(&[][..], Value::items);
    items.iter().filter_map(|item| affinity(item, read)).collect()
}

fn affinity(item: &Value<'_>, read: &Read<'_>) -> Option<Affinity> {
    let rule = match item.get("rule").and_then(Value::as_str)? {
        "must" => AffinityRule::Must,
        "should" => AffinityRule::Should,
        "must_not" => AffinityRule::MustNot,
        "should_not" => AffinityRule::ShouldNot,
        _ => return None,
    };
    let to = item.get("to").and_then(Value::as_str)?;
    let at = item.get("name")?;
    let name = read.string(Some(at))?;
    let to = if to == "service" {
        if let Some(value) = item.get("value").filter(|value| !value.is_settled()) {
            let message = "a service has no `value`: its name says all";
            read.report.at(Code::Affinity, value.at, message);
        }
        AffinityTo::Service(name)
    } else {
        let Some(given) = item.get("value") else {
            let message = format!("the affinity to the label `{}` has no `value`", name.escape_debug());
            read.report.at(Code::Affinity, item.at, message);
            return None;
        };
        let value = read.string(Some(given))?;
        for (text, at) in [(&name, at), (&value, given)] {
            if text.is_empty() || text.contains([',', '=']) || text.chars().any(char::is_control) {
                let message = format!("`{}` cannot be a part of an affinity", text.escape_debug());
                let help = "names and values of labels are not empty and hold no `,` and no `=`".to_owned();
                read.report.help(Code::Affinity, at.at, message, help);
            }
        }
        if to == "host" {
            AffinityTo::Host { label: name, value }
        } else {
            AffinityTo::Container { label: name, value }
        }
    };
    let mut affinity = Affinity::new(rule, to);
    affinity.origin = item.at.place().into();
    Some(affinity)
}

/// Sets when the container is started again.
pub(super) fn restart(node: &Node<'_>, container: &mut Container, read: &Read<'_>) {
    let once = node.property("run_once").filter(|once| once.as_boolean() == Some(true));
    container.run_once = once.is_some();
    let Some(restart) = node.property("restart") else { return };
    match restart.as_str() {
        Some("always") => {
            if let Some(once) = once {
                let message = "a service that runs once is not started again always";
                let diagnostic = Diagnostic::new(Code::Restart, message).at(restart.at.place());
                read.report
                    .push(diagnostic.label(once.at.place(), "runs once by this").help("remove one of them"));
            }
        }
        Some(word) => {
            container.run_once = true;
            container.restart_on_failure = word == "on_failure";
        }
        None => {}
    }
}
