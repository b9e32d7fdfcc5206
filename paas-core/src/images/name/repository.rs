//! Names of repositories.

use super::{InvalidName, text};
use serde::Serialize;
use std::str::FromStr;

/// Where the images of one program are in a registry, such as `retail-shop/web`: without the registry, without a tag.
///
/// Folders are separated by `/`. Each is of lower-case letters and digits, in parts with `.`, `_`, `__` or any number of
/// `-` between them: the grammar of the distribution specification.
///
/// ```
/// use paas_core::images::RepositoryName;
///
/// let web: RepositoryName = "retail-shop/front/web".parse()?;
/// assert_eq!(web.namespace(), Some("retail-shop"));
/// assert_eq!("nginx".parse::<RepositoryName>()?.namespace(), None);
///
/// for wrong in ["Web", "shop//web", "shop/web-", "shop/web:1.4", "registry.bank.test:5000/web", ""] {
///     assert!(wrong.parse::<RepositoryName>().is_err(), "{wrong}");
/// }
/// # Ok::<(), paas_core::images::InvalidName>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(extend(
        "maxLength" = 255,
        "pattern" = "^[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*(/[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*)*$"
    ))
)]
#[serde(transparent)]
pub struct RepositoryName(String);

text!(RepositoryName);

impl RepositoryName {
    /// The longest, in characters: what registries and their clients keep to.
    pub const MAX: usize = 255;

    /// What is before the first `/`: the image namespace, which belongs to a tenant. A repository without a folder is in
    /// none.
    pub fn namespace(&self) -> Option<&str> {
        self.0.split_once('/').map(|(namespace, _)| namespace)
    }
}

impl FromStr for RepositoryName {
    type Err = InvalidName;

    fn from_str(text: &str) -> Result<Self, InvalidName> {
        if text.len() <= Self::MAX && text.split('/').all(is_folder) {
            return Ok(Self(text.to_owned()));
        }
        Err(InvalidName::new(
            text,
            "repository",
            "write lower-case letters and digits, with `.`, `_`, `__` or `-` between them, and `/` between folders",
        ))
    }
}

/// The longest name of an image namespace, in characters.
const LONGEST_NAMESPACE: usize = 63;

/// Whether a text can name an image namespace: one folder of a repository, of at most 63 characters.
///
/// ```
/// use paas_core::images::is_namespace;
///
/// assert!(is_namespace("retail-shop") && is_namespace("a__b.c--d"));
/// assert!(!is_namespace("retail/shop") && !is_namespace("-shop") && !is_namespace("a___b"));
/// ```
pub fn is_namespace(text: &str) -> bool {
    text.len() <= LONGEST_NAMESPACE && is_folder(text)
}

/// `[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*`
fn is_folder(folder: &str) -> bool {
    let is_word = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
    let mut between = folder.split(is_word).filter(|between| !between.is_empty());
    folder.starts_with(is_word)
        && folder.ends_with(is_word)
        && between
            .all(|between| matches!(between, "." | "_" | "__") || between.bytes().all(|byte| byte == b'-'))
}
