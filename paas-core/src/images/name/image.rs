//! Names of images.

use super::{InvalidName, RepositoryName, Tag};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use std::{fmt, str::FromStr};

/// An image of a registry: a repository and a tag, `retail-shop/web:1.4`. The registry is not part of it: an image has the
/// same name in test, in production and in every zone.
///
/// ```
/// use paas_core::images::ImageName;
///
/// let web: ImageName = "retail-shop/web:1.4".parse()?;
/// assert_eq!(web.to_string(), "retail-shop/web:1.4");
/// assert_eq!(web.with_tag("1.5".parse()?).to_string(), "retail-shop/web:1.5");
///
/// let error = "retail-shop/web".parse::<ImageName>().unwrap_err();
/// assert_eq!(error.to_string(), "`retail-shop/web` is no image: write `repository:tag`, without a registry");
/// # Ok::<(), paas_core::images::InvalidName>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ImageName {
    /// Where it is.
    pub repository: RepositoryName,
    /// What it is called there.
    pub tag: Tag,
}

impl ImageName {
    /// An image by the parts of its name.
    pub const fn new(repository: RepositoryName, tag: Tag) -> Self {
        Self { repository, tag }
    }

    /// Another image of the same repository.
    #[must_use]
    pub fn with_tag(&self, tag: Tag) -> Self {
        Self { repository: self.repository.clone(), tag }
    }

    /// The image namespace that it is in, if its repository is in one.
    pub fn namespace(&self) -> Option<&str> {
        self.repository.namespace()
    }
}

impl FromStr for ImageName {
    type Err = InvalidName;

    fn from_str(text: &str) -> Result<Self, InvalidName> {
        match text.rsplit_once(':') {
            Some((repository, tag)) if !tag.contains('/') => {
                Ok(Self { repository: repository.parse()?, tag: tag.parse()? })
            }
            _ => Err(InvalidName::new(text, "image", "write `repository:tag`, without a registry")),
        }
    }
}

impl fmt::Display for ImageName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.repository, self.tag)
    }
}

impl Serialize for ImageName {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for ImageName {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for ImageName {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "ImageName".into()
    }

    fn schema_id() -> std::borrow::Cow<'static, str> {
        concat!(module_path!(), "::ImageName").into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "description": "An image of a registry, without the registry: `repository:tag`.",
            "type": "string",
        })
    }
}
