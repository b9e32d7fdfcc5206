//! What clients may not say.

use http::{HeaderMap, HeaderName};

/// Headers that keystonemiddleware sets or reads, those that others take for an identity, and those that make a request
/// another one than the one that was decided on.
const DROPPED: &[&str] = &[
    "x-auth-token",
    "x-storage-token",
    "x-identity-status",
    "x-user-id",
    "x-user-name",
    "x-user-domain-id",
    "x-user-domain-name",
    "x-project-id",
    "x-project-name",
    "x-project-domain-id",
    "x-project-domain-name",
    "x-domain-id",
    "x-domain-name",
    "x-roles",
    "x-is-admin-project",
    "openstack-system-scope",
    // Deprecated names of the same.
    "x-role",
    "x-user",
    "x-tenant",
    "x-tenant-id",
    "x-tenant-name",
    // Of other ways to sign in.
    "remote-user",
    "x-remote-user",
    "x-remote-group",
    "x-forwarded-user",
    "x-forwarded-email",
    "x-forwarded-groups",
    "x-forwarded-preferred-username",
    // Some frameworks take method or path from here.
    "x-http-method",
    "x-http-method-override",
    "x-method-override",
    "x-original-url",
    "x-original-uri",
    "x-rewrite-url",
];

/// And all that begin like this.
const DROPPED_PREFIXES: &[&str] = &["x-service-", "x-paas-"];

/// Drops what clients may not say. Gateways that hand headers on as variables make `_` of `-`: names with either are the
/// same here.
pub(crate) fn drop_identity(headers: &mut HeaderMap) {
    let dropped: Vec<HeaderName> = headers.keys().filter(|name| is_dropped(name.as_str())).cloned().collect();
    for name in dropped {
        headers.remove(name);
    }
}

pub(super) fn is_dropped(name: &str) -> bool {
    let first = name.as_bytes().first();
    // Most headers begin otherwise.
    if !matches!(first, Some(b'x' | b'o' | b'r')) {
        return false;
    }
    let same = |known: &str, name: &str| {
        known.len() == name.len()
            && known.bytes().zip(name.bytes()).all(|(k, n)| k == n || (k == b'-' && n == b'_'))
    };
    DROPPED.iter().any(|known| same(known, name))
        || DROPPED_PREFIXES
            .iter()
            .any(|known| name.get(..known.len()).is_some_and(|begin| same(known, begin)))
}

#[cfg(test)]
mod tests {
    use super::is_dropped;

    #[test]
    fn names_are_the_same_with_either_line() {
        for name in [
            "x-user-id",
            "x_user_id",
            "x-user_id",
            "x-service-roles",
            "x_service_anything",
            "x_paas-role",
            "openstack_system_scope",
            "x-tenant",
            "remote_user",
        ] {
            assert!(is_dropped(name), "{name}");
        }
        for name in [
            "x-user-agent",
            "x-subject-token",
            "x-request-id",
            "origin",
            "x-services",
            "accept",
            "range",
            "x",
        ] {
            assert!(!is_dropped(name), "{name}");
        }
    }
}
