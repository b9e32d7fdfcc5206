//! Registries of container images: the OCI distribution API, as Docker's, Harbor's and others speak it.
//!
//! | where | what |
//! | --- | --- |
//! | [`RegistryClient`] | manifests, blobs, uploads, mounts, tags, repositories, referrers |
//! | [`RegistryLogin`] | as whom it asks; tokens are got, kept and renewed by themselves |
//! | [`RepositoryName`], [`Tag`], [`Digest`], [`Reference`] | what things are called by |
//! | [`Manifest`], [`Content`], [`Descriptor`] | manifests by their raw bytes, and what they point at |
//! | [`BlobStream`], [`UploadBody`], [`Upload`] | blobs on their way, never whole in memory |

mod answer;
mod auth;
mod blob_stream;
mod blobs;
mod builder;
mod client;
mod content;
mod descriptor;
mod digest;
mod link;
mod lists;
mod login;
mod manifest;
mod manifests;
pub mod media_type;
mod name;
mod open;
mod part;
mod referrers;
mod refusal;
mod upload;
mod upload_body;
mod uploads;
mod watch;
mod way;

pub use blob_stream::BlobStream;
pub use builder::RegistryBuilder;
pub use client::RegistryClient;
pub use content::Content;
pub use descriptor::{Descriptor, Platform};
pub use digest::{Algorithm, Digest, Digester};
pub use login::RegistryLogin;
pub use manifest::Manifest;
pub use name::{Reference, RepositoryName, Tag};
pub use upload::{Mount, Pushed, Upload};
pub use upload_body::UploadBody;

use crate::{Error, ErrorKind, System};

fn registry_error(kind: ErrorKind, message: impl Into<String>) -> Error {
    Error::new(kind, message).with(|details| details.system = System::Registry)
}

fn configuration(message: impl Into<String>) -> Error {
    registry_error(ErrorKind::Configuration, message)
}
