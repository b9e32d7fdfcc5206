//! Copies container images from registry to registry: whole, by their digests, sending only what is missing.
//!
//! A copy that has succeeded was read at the destination and has the digest of the source; one that has not left no tag
//! behind that stands for missing content.
//!
//! ```
//! use paas_client::RegistryClient;
//! use paas_registry::{Copier, CopyErrorKind, CopyOrder, Place};
//! # use paas_client::{registry::{Digest, media_type}, transport::{Canned, Method, Request, Response}};
//! # use std::{collections::BTreeMap, sync::{Arc, Mutex}};
//! # let layer = "a layer";
//! # let manifest = format!(
//! #     r#"{{"schemaVersion":2,"mediaType":"{kind}","config":{{"mediaType":"c","digest":"{digest}","size":7}},"layers":[]}}"#,
//! #     kind = media_type::OCI_MANIFEST, digest = Digest::of(layer),
//! # );
//! # let released = Digest::of(&manifest);
//! # let registry = |content: &[(String, &str)]| {
//! #     let all: BTreeMap<String, String> =
//! #         content.iter().map(|(path, content)| (path.clone(), (*content).to_owned())).collect();
//! #     let all = Arc::new(Mutex::new(all));
//! #     Canned::new(move |request: &Request| {
//! #         let mut all = all.lock().unwrap();
//! #         let path = request.path().to_owned();
//! #         let told = |answer: Response| answer.header("docker-distribution-api-version", "registry/2.0");
//! #         Ok(told(match request.method {
//! #             Method::Post => Response::new(202, "").header("location", "/v2/team-a/web/blobs/uploads/1"),
//! #             Method::Put => {
//! #                 let body = String::from_utf8(request.body.clone().unwrap_or_default()).unwrap();
//! #                 let blob = request.query().split_once("digest=").map(|(_, digest)| digest.replace("%3A", ":"));
//! #                 all.insert(blob.map_or(path, |digest| format!("/v2/team-a/web/blobs/{digest}")), body);
//! #                 Response::new(201, "")
//! #             }
//! #             _ if path == "/v2/" => Response::new(200, "{}"),
//! #             _ => match all.get(&path) {
//! #                 None => Response::new(404, r#"{"errors":[{"code":"NAME_UNKNOWN"}]}"#),
//! #                 Some(content) => {
//! #                     let body = if request.method == Method::Head { "" } else { content };
//! #                     Response::new(200, body)
//! #                         .header("content-type", media_type::OCI_MANIFEST)
//! #                         .header("content-length", &content.len().to_string())
//! #                         .header("docker-content-digest", &Digest::of(content).to_string())
//! #                 }
//! #             },
//! #         }))
//! #     })
//! # };
//! # let canned_test = registry(&[
//! #     ("/v2/team-a/web/manifests/1.4".to_owned(), manifest.as_str()),
//! #     (format!("/v2/team-a/web/manifests/{released}"), &manifest),
//! #     (format!("/v2/team-a/web/blobs/{}", Digest::of(layer)), layer),
//! # ]);
//! # let canned_production = registry(&[]);
//! # tokio::runtime::Builder::new_current_thread().enable_time().build()?.block_on(async {
//!
//! let test = RegistryClient::builder().url("https://test.bank.test");
//! let production = RegistryClient::builder().url("https://production.bank.test");
//! # let (test, production) = (test.transport(canned_test), production.transport(canned_production));
//! let source = Place::new(test.build()?, "team-a/web".parse()?, "1.4".parse()?);
//! let destination = Place::new(production.build()?, "team-a/web".parse()?, "1.4".parse()?);
//! let copier = Copier::builder().build()?;
//!
//! let order = CopyOrder::new(source, destination);
//! let copied = copier.copy(order.clone().expecting(released.clone())).await?;
//! assert_eq!((copied.digest, copied.blobs_sent), (released, 1));
//!
//! let again = copier.copy(order.clone()).await?;
//! assert!(again.unchanged && again.requests.destination == 1);
//!
//! let error = copier.copy(order.expecting(Digest::of("another"))).await.unwrap_err();
//! assert_eq!((error.kind(), error.is_retryable()), (CopyErrorKind::SourceChanged, false));
//! # Ok::<(), Box<dyn std::error::Error>>(()) })?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! | item | what |
//! | --- | --- |
//! | [`Copier`] | copies; all copies of one share its limits and what it knows of destinations |
//! | [`CopyOrder`], [`Place`] | what is copied, from where to where, and how: what may be replaced ([`Overwrite`]), whether signatures go along ([`Attachments`]) |
//! | [`Copying`], [`Watch`], [`Canceller`] | a copy under way: its future, how far it is, its end from elsewhere |
//! | [`CopyAll`] | many copies, bounded |
//! | [`Copied`], [`CopyError`] | what came of it |
//! | [`UploadRecords`] | uploads of large blobs that survive a crash in the middle |
//!
//! # What holds for all copies
//!
//! - **Raw bytes.** Manifests are put as they were read, so that digests stay. An image goes with all its platforms: fewer
//!   would be another image.
//! - **Order.** Blobs, then the manifests that point at them, then what is about the image, then its tag; then the destination
//!   is read. That decides whether it is done.
//! - **Nothing twice.** What a repository of the destination has stays; what another one has is mounted; what none has is read
//!   once, however many copies want it at the same time: the others wait, and mount it.
//! - **Nothing whole in memory** but manifests, whose size has a bound.
//! - **Breaks.** A blob goes on from what the destination has kept of it, its digest computed on. What arrived before a crash
//!   is not sent again.
//! - **Failures** tell whether they may pass by themselves, and which side they are of. Another image under the tag is a
//!   failure, never a success.
//!
//! # Signatures
//!
//! What is about an image, and about each image of an index, is found by the list of referrers or the tag that stands for it,
//! and by the tags of cosign. It is there before the tag is. A list of referrers under a tag is added to; a tag of cosign is
//! replaced only if nothing is lost, or anything may be replaced.

mod blob;
mod copied;
mod copier;
mod destination;
mod error;
mod limits;
mod order;
mod pace;
mod place;
mod progress;
mod records;
mod run;
mod tries;

pub use copied::{Copied, Requests};
pub use copier::{Canceller, Copier, CopierBuilder, CopyAll, Copying, Ended};
pub use error::{CopyError, CopyErrorKind, Result, Side};
pub use limits::CopyLimits;
pub use order::{Attachments, CopyOrder, Overwrite};
pub use place::Place;
pub use progress::{Phase, Progress, Watch};
pub use records::{UploadRecord, UploadRecords};
