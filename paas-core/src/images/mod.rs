//! Images: what they are called, how they come to production and to other zones, and who sees them.
//!
//! | module | what |
//! | --- | --- |
//! | here | names: [`ImageName`], [`RepositoryName`], [`Tag`], [`Digest`] |
//! | [`promotion`] | [`Image`](promotion::Image): how far an image is on its way from test to production |
//! | [`distribution`] | [`distribute`](distribution::distribute): which zones lack an image, and what is copied to them |
//! | [`sources`] | [`ImageSources`](sources::ImageSources): which images a template may name, and where they are taken from |
//! | [`mall`] | [`Visibility`](mall::Visibility): whom an image is shown to; [`Publication`](mall::Publication) |
//!
//! ```
//! use paas_core::images::{Digest, ImageName};
//!
//! let image: ImageName = "retail-shop/web:1.4".parse()?;
//! assert_eq!(image.repository.namespace(), Some("retail-shop"));
//! assert_eq!(image.tag.as_str(), "1.4");
//! assert!("retail-shop/Web:1.4".parse::<ImageName>().is_err());
//!
//! let digest: Digest = format!("sha256:{}", "0f".repeat(32)).parse()?;
//! assert_eq!(digest.algorithm(), "sha256");
//! # Ok::<(), paas_core::images::InvalidName>(())
//! ```

mod backoff;
pub mod distribution;
pub mod mall;
mod name;
pub mod promotion;
pub mod sources;

pub use name::{Digest, ImageName, InvalidName, RepositoryName, Tag, is_namespace};
