//! What containers may do to their hosts, and what they give up.

use super::interpolate;
use crate::yaml::emit::Map;
use paas_core::application::Security;
use rustc_hash::FxHashSet;

pub(super) fn write(map: &mut Map<'_>, security: &Security) {
    if security.is_empty() {
        return;
    }
    let flags = [("privileged", security.privileged), ("read_only", security.read_only_root)];
    for (key, _) in flags.into_iter().filter(|(_, is_set)| *is_set) {
        map.entry(key).boolean(true);
    }
    let of_host =
        [("network_mode", security.host_network), ("pid", security.host_pid), ("ipc", security.host_ipc)];
    for (key, _) in of_host.into_iter().filter(|(_, is_set)| *is_set) {
        map.entry(key).string("host");
    }
    let lists = [
        ("devices", &security.devices),
        ("cap_add", &security.add_capabilities),
        ("cap_drop", &security.drop_capabilities),
        ("security_opt", &security.security_opt),
    ];
    for (key, items) in lists {
        map.entry(key).list_unless_empty(|list| {
            // The executor refuses lists that repeat themselves.
            let mut seen = FxHashSet::default();
            for item in items.iter().filter(|item| seen.insert(item.as_str())) {
                interpolate::literal(list.item(), item);
            }
        });
    }
    if let Some(user) = &security.user {
        interpolate::literal(map.entry("user"), user);
    }
}
