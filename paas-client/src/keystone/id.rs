//! Ids: opaque texts, one type for each kind of thing, so that none is taken for another.

use super::configuration;
use crate::{
    Error, Result,
    segment::{WRONG, fits},
};
use serde::{Deserialize, Deserializer, Serialize, de};
use std::{fmt, str::FromStr};

macro_rules! ids {
    ($($(#[$doc:meta])+ $id:ident $example:literal;)+) => {$(
        $(#[$doc])+
        ///
        /// An opaque text. In a path it is escaped.
        ///
        /// ```
        #[doc = concat!("use paas_client::keystone::", stringify!($id), ";")]
        #[doc = concat!("let id: ", stringify!($id), " = \"", $example, "\".parse().unwrap();")]
        #[doc = concat!("assert_eq!(id.as_str(), \"", $example, "\");")]
        #[doc = concat!("assert!(\"\".parse::<", stringify!($id), ">().is_err() && \"..\".parse::<", stringify!($id), ">().is_err());")]
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
                checked(&String::deserialize(deserializer)?).map(Self).map_err(de::Error::custom)
            }
        }
    )+};
}

ids! {
    /// The id of a user.
    UserId "424b8ca9b62b4ff797b4a821c8e83719";
    /// The id of a group.
    GroupId "e1f9b49e63c344549b3a79342f38cba9";
    /// The id of a project.
    ProjectId "e3712aa6ee1f4ed899033e6103559adf";
    /// The id of a domain.
    DomainId "default";
    /// The id of a role.
    RoleId "c206e44b0ca143ac96b5dad503a8f850";
}

fn checked(text: &str) -> Result<String> {
    if fits(text) { Ok(text.to_owned()) } else { Err(configuration(format!("an id {WRONG}"))) }
}

#[cfg(test)]
mod tests {
    use super::UserId;

    #[test]
    fn nonsense_is_no_id() {
        for id in ["", ".", "..", "a\nb", &"x".repeat(256)] {
            assert!(id.parse::<UserId>().is_err(), "{id}");
        }
    }
}
