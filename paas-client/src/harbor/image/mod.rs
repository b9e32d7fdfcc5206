//! Repositories, artifacts, their tags and labels, and the rules that keep tags as they are.

mod artifact;
mod artifacts;
mod immutable;
mod label;
mod name;
mod query;
mod repository;
mod tags;

pub use artifact::{Accessory, Artifact, ArtifactChild, ArtifactPlatform, ArtifactTag};
pub use immutable::{ImmutableRule, NewImmutableRule, Selection};
pub use label::{Label, LabelScope, NewLabel};
pub use name::{Digest, Reference, RepositoryKey, RepositoryName, TagName};
pub use query::{ArtifactParts, ArtifactQuery};
pub use repository::{Repository, RepositoryQuery};
