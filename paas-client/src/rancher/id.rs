//! Ids: opaque texts, one type for each kind of thing, so that none is taken for another.

use crate::{Error, ErrorKind, Result};
use serde::{Deserialize, Deserializer, Serialize, de};
use std::{fmt, str::FromStr};

/// The most that an id can be long; real ones have five characters.
const LONGEST: usize = 255;

macro_rules! ids {
    ($($(#[$doc:meta])+ $id:ident $example:literal;)+) => {$(
        $(#[$doc])+
        ///
        /// An opaque text: letters, digits and `-_.:!` only, so that it is safe within a path.
        ///
        /// ```
        #[doc = concat!("use paas_client::rancher::", stringify!($id), ";")]
        #[doc = concat!("let id: ", stringify!($id), " = \"", $example, "\".parse().unwrap();")]
        #[doc = concat!("assert_eq!(id.as_str(), \"", $example, "\");")]
        #[doc = concat!("assert!(\"../", $example, "\".parse::<", stringify!($id), ">().is_err());")]
        /// ```
        #[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
        #[serde(transparent)]
        pub struct $id(String);

        impl $id {
            /// The id as a text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $id {
            type Err = Error;

            fn from_str(text: &str) -> Result<Self> {
                checked(text).map(Self)
            }
        }

        impl fmt::Display for $id {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl fmt::Debug for $id {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl<'de> Deserialize<'de> for $id {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = IdText::deserialize(deserializer)?.0;
                checked(&text).map(Self).map_err(de::Error::custom)
            }
        }
    )+};
}

ids! {
    /// The id of an environment: `project` in the API.
    EnvironmentId "1a5";
    /// The id of a stack.
    StackId "1st7";
    /// The id of a service of any type.
    ServiceId "1s7";
    /// The id of a volume.
    VolumeId "1v3";
    /// The id of a region.
    RegionId "1rg1";
    /// The id of a link between environments.
    AccountLinkId "1al1";
    /// The id of a container.
    ContainerId "1i9";
    /// The id of a host.
    HostId "1h1";
    /// The id of a template for environments.
    ProjectTemplateId "1pt1";
    /// The id of a setting: its name, or `1as!` and its name.
    SettingId "1as!rancher.server.version";
}

fn checked(text: &str) -> Result<String> {
    let fits = |c: char| c.is_ascii_alphanumeric() || "-_.:!".contains(c);
    if text.is_empty() || text.len() > LONGEST || !text.chars().all(fits) || text.chars().all(|c| c == '.') {
        return Err(Error::new(
            ErrorKind::Invalid,
            "an id has one to 255 letters, digits, `-`, `_`, `.`, `:` and `!`, and not only dots",
        ));
    }
    Ok(text.to_owned())
}

/// An id as servers send it: a text, or a number.
struct IdText(String);

impl<'de> Deserialize<'de> for IdText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl de::Visitor<'_> for Visitor {
            type Value = IdText;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an id")
            }
            fn visit_str<E>(self, text: &str) -> Result<IdText, E> {
                Ok(IdText(text.to_owned()))
            }
            fn visit_u64<E>(self, number: u64) -> Result<IdText, E> {
                Ok(IdText(number.to_string()))
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}
