//! What is to be copied, and how.

use crate::Place;
use paas_client::registry::Digest;
use std::collections::BTreeSet;

/// What is to be copied, from where to where, and how.
///
/// ```
/// use paas_client::{RegistryClient, registry::Digest};
/// use paas_registry::{CopyOrder, Overwrite, Place};
///
/// let client = |url: &str| RegistryClient::builder().url(url).build();
/// let source = Place::new(client("https://test.bank.test")?, "team-a/web".parse()?, "1.4".parse()?);
/// let destination = Place::new(client("https://production.bank.test")?, "team-a/web".parse()?, "1.4".parse()?);
///
/// let order = CopyOrder::new(source, destination)
///     .expecting(Digest::of("the manifest that was released"))
///     .overwrite(Overwrite::ours([Digest::of("the one before")]));
/// assert!(matches!(order.overwrite, Overwrite::Ours(_)));
/// # Ok::<(), paas_client::Error>(())
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
#[must_use = "nothing is copied until a copier has it"]
pub struct CopyOrder {
    /// Where the image is.
    pub source: Place,
    /// Where it is to be.
    pub destination: Place,
    /// The digest that it must have; if the source has another one by now, nothing is copied.
    pub expected: Option<Digest>,
    /// What may be replaced at the destination.
    pub overwrite: Overwrite,
    /// What becomes of signatures, bills of materials and what else is about the image.
    pub attachments: Attachments,
    /// Whether layers are copied, too, that a licence forbids to distribute, and that lie elsewhere: `false` if not said.
    pub foreign_layers: bool,
    /// Whether the destination is believed only what it says of each single part of the image: `false` if not said. A
    /// manifest that is there counts as whole then no more. It mends destinations that have lost content, and costs a
    /// request for each part.
    pub thorough: bool,
}

impl CopyOrder {
    /// Nothing is replaced, attachments go with the image, foreign layers stay away.
    pub fn new(source: Place, destination: Place) -> Self {
        Self {
            source,
            destination,
            expected: None,
            overwrite: Overwrite::default(),
            attachments: Attachments::default(),
            foreign_layers: false,
            thorough: false,
        }
    }

    /// Copies this very image, or nothing.
    pub fn expecting(mut self, digest: Digest) -> Self {
        self.expected = Some(digest);
        self
    }

    /// Says what may be replaced.
    pub fn overwrite(mut self, overwrite: Overwrite) -> Self {
        self.overwrite = overwrite;
        self
    }

    /// Says what becomes of attachments.
    pub fn attachments(mut self, attachments: Attachments) -> Self {
        self.attachments = attachments;
        self
    }

    /// Copies foreign layers, too.
    pub fn with_foreign_layers(mut self) -> Self {
        self.foreign_layers = true;
        self
    }

    /// Looks at each part at the destination.
    pub fn thorough(mut self) -> Self {
        self.thorough = true;
        self
    }
}

/// What may be replaced if the destination has another image under the tag. That it has the same is never in the way.
///
/// No registry can compare and write in one: somebody who puts the tag in the very moment between is not noticed until the
/// destination is read afterwards.
///
/// ```
/// use paas_client::registry::Digest;
/// use paas_registry::Overwrite;
///
/// let (ours, other) = (Digest::of("ours"), Digest::of("other"));
/// assert!(Overwrite::ours([ours.clone()]).allows(&ours));
/// assert!(!Overwrite::ours([ours]).allows(&other) && !Overwrite::Never.allows(&other));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Overwrite {
    /// Nothing.
    #[default]
    Never,
    /// Only these: what earlier copies have put there. Where nothing is under the tag, nothing is replaced.
    Ours(BTreeSet<Digest>),
    /// Whatever is there.
    Always,
}

impl Overwrite {
    /// Only these.
    pub fn ours(digests: impl IntoIterator<Item = Digest>) -> Self {
        Self::Ours(digests.into_iter().collect())
    }

    /// Whether this may be replaced.
    #[must_use]
    pub fn allows(&self, there: &Digest) -> bool {
        match self {
            Self::Never => false,
            Self::Ours(ours) => ours.contains(there),
            Self::Always => true,
        }
    }
}

/// What becomes of what is about the image, and about those that an index holds: signatures, bills of materials,
/// attestations. They are found by the registry's list of referrers, by the tag that stands for that list in registries
/// without it (`sha256-…`), and by the tags of cosign (`sha256-….sig`, `.att`, `.sbom`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Attachments {
    /// They are left out.
    LeaveOut,
    /// They are copied before the tag is put, so that whoever sees the image can verify it. If the destination has the image
    /// already, nobody looks for them: it stays at one request for each side.
    #[default]
    WithImage,
    /// They are copied also if the destination has the image already: they may have come later than it.
    Always,
}
