use std::{fmt, time::SystemTime};

/// What a container registry says has happened. Of manifests and blobs alike, most of it pulls: see
/// [`change`](Self::change).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Notification {
    /// The id of the event, the same each time that it is sent.
    pub id: Option<String>,
    /// When it happened, by the clock of the registry.
    pub at: Option<SystemTime>,
    /// What was done.
    pub action: Action,
    /// In which repository, by its whole name: `retail/team/web`.
    pub repository: String,
    /// Under which tag, if by one. A manifest that is pushed under two tags has two events.
    pub tag: Option<String>,
    /// The digest of the manifest or blob. The removal of a tag alone has none.
    pub digest: Option<String>,
    /// The media type of the manifest; `application/octet-stream` of a blob. Removals have none.
    pub media_type: Option<String>,
    /// How many bytes the manifest or blob has.
    pub size: Option<u64>,
    /// From which repository a blob was mounted.
    pub from_repository: Option<String>,
    /// The user, if the registry knows users.
    pub actor: Option<String>,
    /// What the client of the registry says that it is, in one line. Anybody can say anything here.
    pub user_agent: Option<String>,
    /// Which instance of the registry tells it.
    pub instance: Option<String>,
}

/// What was done. Words of later versions are kept.
///
/// ```
/// use paas_client::notification::Action;
/// assert_eq!(Action::from("push"), Action::Push);
/// assert_eq!(Action::from("bless").to_string(), "bless");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Action {
    /// Something was pushed.
    Push,
    /// Something was fetched, or asked for by `HEAD`.
    Pull,
    /// A blob of another repository was taken over.
    Mount,
    /// Something was removed.
    Delete,
    /// Something else, in one word of the registry.
    Other(String),
}

/// What has changed of the images of a repository.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Change<'a> {
    /// A tag was set to a digest: to a new one, or to the one that it had.
    Tagged {
        /// The tag.
        tag: &'a str,
        /// The digest.
        digest: &'a str,
    },
    /// A manifest came without a tag, such as one of an index.
    Added {
        /// Its digest.
        digest: &'a str,
    },
    /// A tag was removed: alone, or with its manifest, of which another event tells.
    Untagged {
        /// The tag.
        tag: &'a str,
    },
    /// A manifest was removed, with all tags that were set to it, of which other events tell; or a blob: the registry does
    /// not say which.
    Removed {
        /// Its digest.
        digest: &'a str,
    },
}

impl Notification {
    /// What has changed of the images of the repository; nothing if it is about a blob, or only about reading.
    #[must_use]
    pub fn change(&self) -> Option<Change<'_>> {
        let (tag, digest) = (self.tag.as_deref(), self.digest.as_deref());
        match (&self.action, tag, digest) {
            (Action::Push, Some(tag), Some(digest)) if self.is_of_manifest() => {
                Some(Change::Tagged { tag, digest })
            }
            (Action::Push, None, Some(digest)) if self.is_of_manifest() => Some(Change::Added { digest }),
            (Action::Delete, _, Some(digest)) => Some(Change::Removed { digest }),
            (Action::Delete, Some(tag), None) => Some(Change::Untagged { tag }),
            _ => None,
        }
    }

    /// Whether it is about a manifest or an index, by its media type. That of a removal is not known.
    #[must_use]
    pub fn is_of_manifest(&self) -> bool {
        // Parameters may stand behind it.
        let media_type = self.media_type.as_deref().unwrap_or_default();
        let media_type = media_type.split(';').next().unwrap_or_default().trim();
        MANIFESTS.contains(&media_type)
    }
}

/// The media types of manifests and indexes.
const MANIFESTS: [&str; 6] = [
    "application/vnd.oci.image.manifest.v1+json",
    "application/vnd.oci.image.index.v1+json",
    "application/vnd.docker.distribution.manifest.v2+json",
    "application/vnd.docker.distribution.manifest.list.v2+json",
    "application/vnd.docker.distribution.manifest.v1+json",
    "application/vnd.docker.distribution.manifest.v1+prettyjws",
];

impl From<&str> for Action {
    fn from(word: &str) -> Self {
        match word {
            "push" => Self::Push,
            "pull" => Self::Pull,
            "mount" => Self::Mount,
            "delete" => Self::Delete,
            _ => Self::Other(word.to_owned()),
        }
    }
}

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Push => "push",
            Self::Pull => "pull",
            Self::Mount => "mount",
            Self::Delete => "delete",
            Self::Other(word) => word,
        })
    }
}
