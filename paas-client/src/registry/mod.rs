//! Registries of container images: the OCI distribution API, as Docker's, Harbor's and others speak it.
//!
//! | where | what |
//! | --- | --- |
//! | [`RegistryClient`] | manifests, blobs, uploads, mounts, tags, repositories, referrers |
//! | [`RegistryLogin`] | as whom it asks; tokens are got, kept and renewed by themselves |
//! | [`RepositoryName`], [`Tag`], [`Digest`], [`Reference`] | what things are called by |
//! | [`Manifest`], [`Content`], [`Descriptor`] | manifests by their raw bytes, and what they point at |
//! | [`BlobStream`], [`UploadBody`], [`Upload`] | blobs on their way, never whole in memory |
//!
//! Content is held against its digest in both directions: whoever has all pieces of a blob, or a manifest, has the right one.
//!
//! ```
//! use paas_client::registry::{Content, Mount, RegistryClient, RegistryLogin, RepositoryName, UploadBody};
//! # use paas_client::{registry::{Digest, media_type}, transport::{Canned, Response}};
//! # #[tokio::main(flavor = "current_thread")] async fn main() -> Result<(), paas_client::Error> {
//! # let layer = Digest::of("a layer");
//! # let image = format!(r#"{{"schemaVersion":2,"config":{{"mediaType":"c","digest":"{layer}","size":7}},"layers":[]}}"#);
//! # let test = Canned::new(move |request| Ok(match request.path() {
//! #     "/v2/" => Response::new(200, "{}"),
//! #     path if path.contains("/blobs/") => Response::new(200, "a layer").header("Content-Length", "7"),
//! #     _ => Response::new(200, image.as_str()).header("Content-Type", media_type::OCI_MANIFEST),
//! # }));
//! # let production = Canned::new(|request| Ok(match (request.method.as_str(), request.path()) {
//! #     ("HEAD", _) => Response::new(404, "").header("Docker-Distribution-Api-Version", "registry/2.0"),
//! #     ("POST", _) => Response::new(202, "").header("Location", "/v2/team-a/shop/blobs/uploads/1"),
//! #     ("PUT", _) => Response::new(201, ""),
//! #     _ => Response::new(200, "{}"),
//! # }));
//! let login = RegistryLogin::user("promotion", "hidden");
//! let test = RegistryClient::builder().url("https://test.bank.test").login(login.clone()).transport(test).build()?;
//! let production = RegistryClient::builder().url("https://bank.test").login(login).transport(production).build()?;
//! let (shop, base, tag): (RepositoryName, RepositoryName, _) =
//!     ("team-a/shop".parse()?, "base/linux".parse()?, "1.0".parse()?);
//!
//! let image = test.manifest(&shop, &tag).await?.expect("the image is there");
//! let Content::Image { config, .. } = image.content()? else { panic!("it is an index") };
//! if production.blob_size(&shop, &config.digest).await?.is_none() {
//!     // Another repository may have it; else it goes straight from one registry to the other.
//!     if let Mount::Upload(mut upload) = production.mount_blob(&shop, &config.digest, &base).await? {
//!         let blob = test.blob(&shop, &config.digest, 0).await?;
//!         let body = UploadBody::stream(config.size, blob);
//!         production.finish_upload(&mut upload, &config.digest, Some(body)).await?;
//!     }
//! }
//! let pushed = production.put_manifest(&shop, &tag, &image).await?;
//! assert_eq!(pushed.digest, *image.digest());
//! # Ok(()) }
//! ```

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
