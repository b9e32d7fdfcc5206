//! Whose failure it is: the kinds that a system knows, and its own words for them.

use super::ErrorKind;

/// The system that a client speaks to.
///
/// ```
/// use paas_client::{ErrorKind, System};
/// assert!(System::Rancher.kinds().contains(&ErrorKind::ActionNotAvailable));
/// assert!(System::Keystone.kinds().iter().all(|kind| kind.code(System::Keystone).starts_with("client.keystone.")));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum System {
    /// Rancher 1.6.
    Rancher,
    /// Keystone, API v3.
    Keystone,
    /// Harbor, API v2.0.
    Harbor,
    /// A registry of container images, OCI distribution API v2.
    Registry,
}

impl System {
    /// All systems that there are clients of.
    pub const ALL: &[Self] = &[Self::Rancher, Self::Keystone, Self::Harbor, Self::Registry];

    /// Its name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Rancher => "Rancher",
            Self::Keystone => "Keystone",
            Self::Harbor => "Harbor",
            Self::Registry => "the registry",
        }
    }

    /// The kinds of failures that calls of it can end with.
    #[must_use]
    pub fn kinds(self) -> Vec<ErrorKind> {
        let is_known = |kind: &&ErrorKind| match self {
            Self::Rancher => !matches!(
                kind,
                ErrorKind::TokenInvalid
                    | ErrorKind::Exists
                    | ErrorKind::Precondition
                    | ErrorKind::Quota
                    | ErrorKind::WrongDigest
            ),
            Self::Keystone => !matches!(
                kind,
                ErrorKind::MethodNotAllowed
                    | ErrorKind::Exists
                    | ErrorKind::Precondition
                    | ErrorKind::Quota
                    | ErrorKind::WrongDigest
                    | ErrorKind::ActionNotAvailable
                    | ErrorKind::Unsupported
                    | ErrorKind::Deadline
                    | ErrorKind::Failed
            ),
            Self::Harbor => !matches!(
                kind,
                ErrorKind::TokenInvalid
                    | ErrorKind::MethodNotAllowed
                    | ErrorKind::Conflict
                    | ErrorKind::Quota
                    | ErrorKind::WrongDigest
                    | ErrorKind::ActionNotAvailable
                    | ErrorKind::Unsupported
                    | ErrorKind::Deadline
                    | ErrorKind::Failed
            ),
            Self::Registry => !matches!(
                kind,
                ErrorKind::TokenInvalid
                    | ErrorKind::MethodNotAllowed
                    | ErrorKind::Exists
                    | ErrorKind::ActionNotAvailable
                    | ErrorKind::Deadline
                    | ErrorKind::Failed
            ),
        };
        ErrorKind::ALL.iter().filter(is_known).copied().collect()
    }

    /// What a kind means for this system, and what to do about it, where that differs from the table of the kinds.
    pub(super) const fn own_words(self, kind: ErrorKind) -> Option<(&'static str, &'static str)> {
        match (self, kind) {
            (Self::Keystone, ErrorKind::NotFound) => Some((
                "There is no such user, group, project, domain, role or assignment.",
                "see whether it was removed, and whether the id is right",
            )),
            (Self::Keystone, ErrorKind::Unauthorized) => Some((
                "Keystone does not accept the login, or there is no role in the scope that it asks for: it answers the \
                 same to both. Or our own token died, and a new one did not help.",
                "see to user, password, their domains and the scope",
            )),
            (Self::Keystone, ErrorKind::Forbidden) => Some((
                "Keystone's policy does not let this token do this.",
                "take a user whose roles may do this",
            )),
            (Self::Keystone, ErrorKind::Server) => Some((
                "Keystone, or something in front of it, failed.",
                "see whether Keystone is well; its log has the id of the request",
            )),
            (Self::Keystone, ErrorKind::Protocol) => Some((
                "What answered does not speak Keystone's API v3.",
                "see what answers under the address: it should be Keystone, API v3",
            )),
            (Self::Harbor, ErrorKind::NotFound) => Some((
                "There is no such project, member, quota, image, tag, label, rule, registry, policy or execution.",
                "see whether it was removed, and whether the id or name is right",
            )),
            (Self::Harbor, ErrorKind::Unauthorized) => Some((
                "Harbor does not accept the user or robot and its secret.",
                "see to the name and the secret; a user of OpenID Connect needs the secret for command lines",
            )),
            (Self::Harbor, ErrorKind::Forbidden) => Some((
                "This user or robot may not do this; or there is no such project: to who may not see it, Harbor answers \
                 the same.",
                "take a user who administers the project, or Harbor",
            )),
            (Self::Harbor, ErrorKind::Precondition) => Some((
                "The resource is in no state for this: a project with repositories cannot be deleted, an immutable tag not \
                 moved, a disabled policy not carried out.",
                "see what Harbor says is in the way; asking again does not help",
            )),
            (Self::Harbor, ErrorKind::Invalid) => Some((
                "Harbor refuses the content: a name with capitals, a user who is not there, a role that it does not have, \
                 another registry that it does not reach.",
                "see what Harbor says, and mend what is sent",
            )),
            (Self::Harbor, ErrorKind::Server) => Some((
                "Harbor, or something in front of it, failed.",
                "see whether Harbor is well; its log has the id of the request",
            )),
            (Self::Harbor, ErrorKind::Protocol) => Some((
                "What answered does not speak Harbor's API v2.0.",
                "see what answers under the address: it should be Harbor, API v2.0",
            )),
            (Self::Registry, ErrorKind::NotFound) => Some((
                "There is no such repository, manifest, blob or upload.",
                "see whether it was removed, and whether the name is right",
            )),
            (Self::Registry, ErrorKind::Unauthorized) => Some((
                "The registry, or the endpoint that it sends to for tokens, does not accept the login, or wants one.",
                "see to the name and the secret of the login",
            )),
            (Self::Registry, ErrorKind::Forbidden) => Some((
                "This login may not do this in this repository; or there is no such repository: to who may not see it, \
                 some registries answer the same.",
                "take a login that may do this in this repository",
            )),
            (Self::Registry, ErrorKind::Precondition) => Some((
                "The registry keeps what is there: the tag is immutable.",
                "take another tag, or have the rule changed; asking again does not help",
            )),
            (Self::Registry, ErrorKind::Conflict) => Some((
                "The upload is not where it was thought to be.",
                "ask how far the upload is, then go on from there",
            )),
            (Self::Registry, ErrorKind::Invalid) => Some((
                "The registry refuses the content: a manifest that names blobs which are not there, a wrong name or size.",
                "see what the registry says, and mend what is sent",
            )),
            (Self::Registry, ErrorKind::Unsupported) => Some((
                "The registry does not offer this, deletion for instance; or the image has the format of before 2016 \
                 (schema 1), which is not copied.",
                "have it switched on in the registry, or push the image anew with a current client",
            )),
            (Self::Registry, ErrorKind::Server) => Some((
                "The registry, its storage, or something in front of it, failed.",
                "see whether the registry is well, and whether its disk has room",
            )),
            (Self::Registry, ErrorKind::Redirect) => Some((
                "The registry sends us elsewhere, where requests do not follow: from `https:` to `http:`, or too often.",
                "see to the address that the registry believes itself to have, as proxies in front of it tell it",
            )),
            (Self::Registry, ErrorKind::Protocol) => Some((
                "What answered does not speak the API of registries.",
                "see what answers under the address: it should be a registry, API v2",
            )),
            _ => None,
        }
    }
}
