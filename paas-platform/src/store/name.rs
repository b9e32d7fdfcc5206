//! Names: which there are and how they must look.

use super::{Result, StoreError, limits};
use serde::{Deserialize, Serialize};
use std::{borrow::Cow, fmt};

macro_rules! name {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Cow<'static, str>);

        impl $name {
            /// Of this name: lower-case letters, digits, `_`, `-` and `.`, a letter first. A store checks that.
            pub const fn new(name: &'static str) -> Self {
                Self(Cow::Borrowed(name))
            }

            /// The name.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl From<String> for $name {
            fn from(name: String) -> Self {
                Self(Cow::Owned(name))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

name! {
    /// What a record is about. The platform's own are in [`kinds`](super::kinds).
    Kind
}

name! {
    /// Where messages go. The platform's own are in [`topics`](super::topics).
    Topic
}

impl Kind {
    pub(super) fn check(&self) -> Result<()> {
        check_word("kind", &self.0)
    }
}

impl Topic {
    pub(super) fn check(&self) -> Result<()> {
        check_word("topic", &self.0)
    }
}

/// Keys, streams, leases and holders: any text in one line.
pub(super) fn check_text(what: &'static str, text: &str) -> Result<()> {
    check_length(what, text, limits::MAX_KEY)?;
    if text.chars().any(char::is_control) {
        return Err(StoreError::invalid(format!("the {what} {text:?} holds a control character")));
    }
    Ok(())
}

fn check_word(what: &'static str, word: &str) -> Result<()> {
    check_length(what, word, limits::MAX_KIND)?;
    let letters = word.starts_with(|c: char| c.is_ascii_lowercase())
        && word.chars().all(|c| matches!(c, 'a'..='z' | '0'..='9' | '_' | '-' | '.'));
    if !letters {
        return Err(StoreError::invalid(format!(
            "the {what} {word:?} is not made of lower-case letters, digits, `_`, `-` and `.`, a letter first"
        )));
    }
    Ok(())
}

fn check_length(what: &'static str, text: &str, limit: usize) -> Result<()> {
    if text.is_empty() {
        return Err(StoreError::invalid(format!("a {what} is empty")));
    }
    if text.len() > limit {
        return Err(StoreError::TooLarge { what: format!("a {what}"), size: text.len(), limit });
    }
    Ok(())
}
