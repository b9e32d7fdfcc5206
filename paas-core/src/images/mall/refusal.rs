//! Why a command about a publication was refused.

use crate::images::ImageName;
use std::{error::Error, fmt};

/// Why a command about a publication was refused. Nothing has changed.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum PublicationRefusal {
    /// A publication that is so far cannot be commanded so.
    WrongState {
        /// The image.
        image: ImageName,
        /// What was to be done, after "cannot be".
        command: &'static str,
        /// How far the publication is.
        state: &'static str,
    },
    /// Whoever asked for a publication does not judge it.
    OwnRequest {
        /// The image.
        image: ImageName,
    },
    /// A no without a reason.
    NoReason,
    /// The right is one to something else, or to publications of another tenant.
    WrongRight {
        /// The image.
        image: ImageName,
    },
}

impl PublicationRefusal {
    /// A word for programs, which stays the same.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::WrongState { .. } => "images.publication_state",
            Self::OwnRequest { .. } => "images.own_request",
            Self::NoReason => "images.no_reason",
            Self::WrongRight { .. } => "images.wrong_right",
        }
    }

    /// What to do.
    pub const fn help(&self) -> &'static str {
        match self {
            Self::WrongState { .. } => "ask for a new publication if it is to be shown",
            Self::OwnRequest { .. } => "have another auditor look at it",
            Self::NoReason => "say why, so that whoever asked knows what to change",
            Self::WrongRight { .. } => "ask for the right to this command in the tenant of this image",
        }
    }
}

impl fmt::Display for PublicationRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::WrongState { image, command, state } => {
                write!(f, "the publication of `{image}` cannot be {command}: it is {state}")
            }
            Self::OwnRequest { image } => {
                write!(f, "the publication of `{image}` cannot be judged by whoever asked for it")
            }
            Self::NoReason => f.write_str("a publication is not rejected without a reason"),
            Self::WrongRight { image } => {
                write!(f, "the right that was given is not one to this publication of `{image}`")
            }
        }
    }
}

impl Error for PublicationRefusal {}
