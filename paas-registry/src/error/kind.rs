//! The kinds of failures of copies.

/// Writes the kinds from a table: code, whether it may pass by itself, what it means, and what to do about it.
macro_rules! kinds {
    ($($(#[$more:meta])* $kind:ident $code:literal $retryable:ident $words:literal $meaning:literal $help:literal;)+) => {
        /// What kind of failure it is; code decides by it.
        ///
        /// ```
        /// use paas_registry::CopyErrorKind;
        ///
        /// assert_eq!(CopyErrorKind::TagConflict.code(), "copy.tag_conflict");
        /// assert!(CopyErrorKind::StorageFull.is_retryable() && !CopyErrorKind::QuotaExceeded.is_retryable());
        /// ```
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum CopyErrorKind {
            $(#[doc = $meaning] $(#[$more])* $kind,)+
        }

        impl CopyErrorKind {
            /// All kinds, in the order of the table.
            pub const ALL: &[Self] = &[$(Self::$kind),+];

            /// The code, which stays the same over versions.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self {
                    $(Self::$kind => $code,)+
                }
            }

            /// Whether it may pass by itself, so that the same order may succeed later. If not, somebody has to do
            /// something first.
            #[must_use]
            pub const fn is_retryable(self) -> bool {
                match self {
                    $(Self::$kind => passes::$retryable,)+
                }
            }

            /// The kind in a few words.
            #[must_use]
            pub const fn words(self) -> &'static str {
                match self {
                    $(Self::$kind => $words,)+
                }
            }

            /// What it means.
            #[must_use]
            pub const fn meaning(self) -> &'static str {
                match self {
                    $(Self::$kind => $meaning,)+
                }
            }

            /// What to do about it.
            #[must_use]
            pub const fn help(self) -> &'static str {
                match self {
                    $(Self::$kind => $help,)+
                }
            }
        }
    };
}

/// The words of the table.
#[expect(non_upper_case_globals, reason = "so they stand in the table")]
mod passes {
    pub(super) const transient: bool = true;
    pub(super) const terminal: bool = false;
}

kinds! {
    Unreachable "copy.unreachable" transient "a registry could not be reached" "A registry could not be reached, was silent, or broke off." "see whether the registry is up, then copy again: what has arrived is not sent again";
    Unavailable "copy.unavailable" transient "a registry cannot do it now" "A registry answered that it cannot do it now." "see whether the registry is well, then copy again: what has arrived is not sent again";
    StorageFull "copy.storage_full" transient "a registry has no room left" "A registry has no room left on its storage." "make room on the storage of the registry; then copy again";
    ContentDamaged "copy.content_damaged" transient "what arrived is not what its digest says" "What arrived was not what its digest says, and not when it was fetched again, either." "compare with the original: it is spoilt on its way, or where it is kept";
    Unexpected "copy.unexpected" transient "a registry answered something unexpected" "What answered does not speak the registry's language: a proxy before it, for instance." "see what answers under the address of the registry";
    Cancelled "copy.cancelled" transient "the copy was cancelled" "The copy was cancelled; the tag was not put." "copy again when it is wanted: what has arrived is not sent again";
    NamespaceMissing "copy.namespace_missing" terminal "the destination has no such namespace" "The destination has no namespace for the repository." "have the namespace made at the destination; then copy again";
    SourceMissing "copy.source_missing" terminal "the source does not have the image" "The source does not have the image, or not any more." "see whether it was removed, and whether the login may see it";
    ///
    /// [`CopyError::found`](crate::CopyError::found) tells which.
    SourceChanged "copy.source_changed" terminal "the source has another image by now" "The source has another image under the tag than was ordered." "look at what is there now, and order that if it is right";
    SourceBroken "copy.source_broken" terminal "the image is not whole at the source" "The source lacks a part of the image, or the part is not what its manifest says." "push the image to the source anew";
    Denied "copy.denied" terminal "a registry does not allow it" "A registry did not accept the login, or did not allow it to do this." "give the login the right to read at the source, and to write at the destination";
    QuotaExceeded "copy.quota_exceeded" terminal "the destination may not hold more" "The namespace at the destination may not hold more." "have the quota raised, or remove images that nobody needs";
    TagImmutable "copy.tag_immutable" terminal "the destination does not let the tag be moved" "The destination does not let the tag be moved." "copy under another tag, or have the rule changed";
    ///
    /// [`CopyError::found`](crate::CopyError::found) tells which.
    TagConflict "copy.tag_conflict" terminal "the destination has another image under the tag" "Under the tag the destination has another image, which may not be replaced." "look at what is there; allow it to be replaced if that is right";
    ///
    /// [`CopyError::found`](crate::CopyError::found) tells which.
    NotEqual "copy.not_equal" terminal "after the copy the destination has another image" "After the tag was put, the destination had another digest under it, or none: somebody else writes there." "see who writes to the destination besides";
    Refused "copy.refused" terminal "the image cannot be copied there" "The destination does not take such an image, or it is of a kind that cannot be copied." "see what the registry says of it";
    Configuration "copy.configuration" terminal "a registry cannot be asked like this" "A registry cannot be asked like this: an address, a certificate." "see to the address of the registry and to the certificates on both sides";
}
