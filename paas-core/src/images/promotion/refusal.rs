//! Why a command was refused.

use super::{CommandName, StateName};
use crate::images::{Digest, ImageName};
use std::{error::Error, fmt};

/// Why a command was refused. Nothing has changed.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Refusal {
    /// An image in that state cannot be commanded so.
    WrongState {
        /// The image.
        image: ImageName,
        /// The command.
        command: CommandName,
        /// How far the image is.
        state: StateName,
    },
    /// Something else is under the name by now than what was to be released.
    OtherDigest {
        /// The image.
        image: ImageName,
        /// What was to be released.
        asked: Digest,
        /// What is there.
        found: Digest,
    },
    /// The namespace has no rule, so nothing of it is copied.
    NoRule {
        /// The image.
        image: ImageName,
    },
    /// The right is one to something else, or to images of another namespace.
    WrongRight {
        /// The image.
        image: ImageName,
        /// The command.
        command: CommandName,
    },
}

impl Refusal {
    /// A word for programs, which stays the same.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::WrongState { .. } => "images.wrong_state",
            Self::OtherDigest { .. } => "images.other_digest",
            Self::NoRule { .. } => "images.no_rule",
            Self::WrongRight { .. } => "images.wrong_right",
        }
    }

    /// What to do.
    pub const fn help(&self) -> &'static str {
        match self {
            Self::WrongState { command, state, .. } => match (command, state) {
                (_, StateName::Syncing | StateName::Superseded) => "wait until the copy has ended",
                (_, StateName::Gone) => "push it again",
                (CommandName::SyncNow, StateName::InDevelopment) => "release it first",
                (CommandName::Withdraw, StateName::InDevelopment) => "leave it as it is: it was not released",
                (CommandName::Withdraw, StateName::Synced) => {
                    "release an older version under this tag, or delete it in production"
                }
                (CommandName::Release, StateName::PendingSync) => "wait for the copy, or say `sync now`",
                _ => "leave it as it is: production holds what was released",
            },
            Self::OtherDigest { .. } => "look at what is there now, and release that",
            Self::NoRule { .. } => "give the namespace a rule: `manual` or `automatic`",
            Self::WrongRight { .. } => "ask for the right to this command in the namespace of this image",
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::WrongState { image, command, state } => {
                write!(f, "`{image}` cannot be {}: it is {state}", command.done())
            }
            Self::OtherDigest { image, asked, found } => write!(
                f,
                "`{image}` was to be released as `{}`, and is `{}` by now",
                asked.short(),
                found.short()
            ),
            Self::NoRule { image } => {
                write!(f, "`{image}` cannot be synced: its namespace has no rule")
            }
            Self::WrongRight { image, command } => {
                write!(f, "the right that was given is not one to {command} `{image}`")
            }
        }
    }
}

impl Error for Refusal {}
