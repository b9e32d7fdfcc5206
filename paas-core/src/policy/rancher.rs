//! Keys that only Rancher gets.

use super::{Row, findings::Findings};
use crate::{
    application::{Container, Service},
    diagnostic::shown,
};

pub(super) fn inspect(service: &Service, container: &Container, findings: &mut Findings<'_>) {
    if container.rancher.is_empty() || !findings.watches(Row::RancherKeys) {
        return;
    }
    let policy = findings.policy;
    for key in container.rancher.keys() {
        if !policy.list(Row::RancherKeys).any(|allowed| allowed == key) {
            let message = format!("{} passes the key {} on to Rancher", shown(&service.name), shown(key));
            let at = container.origins.of_entry("rancher", key).or_else(|| service.origin.place());
            findings.tell(Row::RancherKeys, message, at, "leave it out, or list it as `allowed`");
        }
    }
}
