//! What templates name of the zones' registries.

use super::{ZoneName, Zones};
use crate::{images::RepositoryName, policy};
use serde::Serialize;
use std::fmt;

/// An image that a template names, and that whoever deploys it does not see.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "HiddenImage"))]
#[non_exhaustive]
pub struct Hidden {
    /// The image, as it is written.
    pub image: String,
    /// The zone whose registry it is in.
    pub zone: ZoneName,
    /// The image namespace that it is in; `None`: in none, and so nobody's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub namespace: Option<String>,
}

/// That it is not seen, in a sentence.
impl fmt::Display for Hidden {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown: String = self.image.chars().filter(|c| !c.is_control()).take(120).collect();
        match &self.namespace {
            Some(namespace) => {
                write!(f, "the image `{shown}` is in the namespace `{namespace}`, which is not visible here")
            }
            None => write!(f, "the image `{shown}` is in no namespace"),
        }
    }
}

impl Zones {
    /// Those of some images that are in a zone's registry and that are not seen. `sees` is told the namespace and the path
    /// of the repository below the registry: whether whoever deploys sees it.
    ///
    /// [`Release::images`](crate::release::Release::images) has all images of an application, those of nested templates and
    /// of what runs beside services too. Images from elsewhere are not looked at: where images may come from, is the
    /// [policy](crate::policy)'s to say.
    ///
    /// ```
    /// use paas_core::images::distribution::{Zone, Zones};
    ///
    /// let zones = Zones::new([Zone::new("north".parse()?, "registry.north.bank.test")])?;
    /// let images = ["registry.north.bank.test/retail/web:1", "registry.north.bank.test/treasury/web:1", "nginx:1.27"];
    /// let hidden = zones.hidden(images, |namespace, _| namespace == "retail");
    /// assert_eq!(hidden.len(), 1);
    /// assert_eq!(
    ///     hidden[0].to_string(),
    ///     "the image `registry.north.bank.test/treasury/web:1` is in the namespace `treasury`, which is not visible here",
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn hidden<'i>(
        &self,
        images: impl IntoIterator<Item = &'i str>,
        mut sees: impl FnMut(&str, &str) -> bool,
    ) -> Vec<Hidden> {
        let mut hidden = Vec::new();
        for image in images {
            let found = self.iter().find_map(|zone| Some((zone, policy::below(image, &zone.registry)?)));
            let Some((zone, path)) = found else { continue };
            // What is no repository is in no namespace, whatever it looks like.
            let repository = path.parse::<RepositoryName>().ok();
            let namespace = repository.as_ref().and_then(RepositoryName::namespace);
            if !namespace.is_some_and(|namespace| sees(namespace, &path)) {
                let (image, namespace) = (image.to_owned(), namespace.map(str::to_owned));
                hidden.push(Hidden { image, zone: zone.name.clone(), namespace });
            }
        }
        hidden
    }
}
