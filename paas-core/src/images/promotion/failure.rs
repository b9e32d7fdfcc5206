//! How copies fail.

use crate::scaling::Timestamp;
use serde::{Deserialize, Serialize};
use std::fmt;

/// How a copy failed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "CopyFailure"))]
#[non_exhaustive]
pub struct Failure {
    /// What went wrong, as a word.
    pub kind: FailureKind,
    /// What went wrong, in a sentence: without secrets, in one line.
    pub message: String,
    /// When that was known.
    pub at: Timestamp,
}

/// So much of what went wrong is kept, in characters.
const LONGEST_MESSAGE: usize = 500;

impl Failure {
    /// What went wrong. Of the message one line is kept, of at most 500 characters.
    pub fn new(kind: FailureKind, message: &str, at: Timestamp) -> Self {
        Self { kind, message: one_line(message), at }
    }
}

/// So much of what somebody says is kept: one line.
pub(super) fn one_line(message: &str) -> String {
    message.chars().map(|c| if c.is_control() { ' ' } else { c }).take(LONGEST_MESSAGE).collect()
}

/// What follows from a failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum FailureClass {
    /// It may pass by itself: with an automatic rule the copy is tried again.
    Transient,
    /// It stays until somebody does something: a person is waited for, whatever the rule.
    Terminal,
    /// Production has no namespace of that name: it is asked again each period.
    NamespaceMissing,
}

impl FailureClass {
    /// What follows, for a table.
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::Transient => "tried again",
            Self::Terminal => "waits for a person",
            Self::NamespaceMissing => "asked again each period",
        }
    }
}

/// Makes the enum and its look-ups from the table below.
macro_rules! kinds {
    ($($variant:ident, $name:literal, $class:ident, $meaning:literal;)*) => {
        /// What went wrong with a copy. Its class says what follows from it.
        ///
        /// ```
        /// use paas_core::images::promotion::{FailureClass, FailureKind};
        ///
        /// assert_eq!(FailureKind::Unreachable.class(), FailureClass::Transient);
        /// assert_eq!(FailureKind::TagImmutable.class(), FailureClass::Terminal);
        /// assert_eq!(FailureKind::TagImmutable.name(), "tag_immutable");
        /// ```
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "CopyFailureKind"))]
        #[serde(rename_all = "snake_case")]
        #[non_exhaustive]
        pub enum FailureKind {
            $(#[doc = $meaning] $variant,)*
        }

        impl FailureKind {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// Its name in documents.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// What it means.
            pub const fn meaning(self) -> &'static str {
                match self { $(Self::$variant => $meaning,)* }
            }

            /// What follows from it.
            pub const fn class(self) -> FailureClass {
                match self { $(Self::$variant => FailureClass::$class,)* }
            }
        }
    };
}

kinds! {
    Unreachable, "unreachable", Transient, "A registry could not be reached, or broke off.";
    Unavailable, "unavailable", Transient, "A registry answered that it cannot do it now.";
    StorageFull, "storage_full", Transient, "A registry has no room left on its disk.";
    ContentDamaged, "content_damaged", Transient, "What arrived was not what the digest says.";
    Interrupted, "interrupted", Transient, "The copier was stopped.";
    LeaseLost, "lease_lost", Transient, "Nothing was heard of the copy until its lease had ended.";
    Unexpected, "unexpected", Transient, "Something happened that has no word here.";
    NamespaceMissing, "namespace_missing", NamespaceMissing, "Production has no namespace of that name.";
    SourceMissing, "source_missing", Terminal, "What was released is no longer in the test registry.";
    TagImmutable, "tag_immutable", Terminal, "Production does not let the tag be moved.";
    TagConflict, "tag_conflict", Terminal, "Under the tag, production holds what did not come there by a release.";
    Denied, "denied", Terminal, "A registry did not allow it.";
    QuotaExceeded, "quota_exceeded", Terminal, "The namespace in production may not hold more.";
    Refused, "refused", Terminal, "Production does not take such an image.";
    NotEqual, "not_equal", Terminal, "After the copy, production held another digest.";
}

/// Its name.
impl fmt::Display for FailureKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
