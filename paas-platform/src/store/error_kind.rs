//! The kinds of failures of a store.

use crate::table::codes;

codes! {
    /// What kind of failure of a store it is; [`StoreError`](super::StoreError) has its details.
    ///
    /// ```
    /// use paas_platform::store::{StoreError, StoreErrorKind};
    /// assert_eq!(StoreError::Closed.kind(), StoreErrorKind::Closed);
    /// assert_eq!(StoreErrorKind::Conflict.code(), "store.conflict");
    /// ```
    StoreErrorKind
    Conflict "store.conflict" "Someone else wrote a record meanwhile." "read it again and decide anew";
    OutOfTurn "store.out_of_turn" "An entry has not the next number of its stream: another writer was faster, or it was written before." "read the stream again";
    Fenced "store.fenced" "The lease that allows to write has run out, was given back, or was taken by another process." "stop, take it again, and look at what was done meanwhile";
    LeaseHeld "store.lease_held" "Another process has the lease." "wait until it gives the lease back, or until the lease runs out";
    Invalid "store.invalid" "What was asked for has no meaning." "mend the call as the message says";
    TooLarge "store.too_large" "A record, an entry or a batch is larger than the limits of the store allow." "make it smaller, or split it";
    NotEmpty "store.not_empty" "The store to be filled already holds something." "import into a new one";
    BadExport "store.bad_export" "An export cannot be read." "see the line that the message names; else make the export again";
    NewerFormat "store.newer_format" "A later version of this software wrote it." "use the newer version that wrote it";
    Corrupt "store.corrupt" "What is stored is damaged." "keep a copy of it, and restore a backup or an export";
    NotAStore "store.not_a_store" "The file is not a store of the platform; nothing in it was changed." "give the path of a store, or of a file that is not there yet";
    Locked "store.locked" "Another process has the file open, or this one has it open already." "stop that one, or take another file";
    Busy "store.busy" "Another program, such as a backup, held the database for too long." "end that program, then try again";
    Full "store.full" "There is no room left; what was stored is still there." "free some, or raise the quota";
    ReadOnly "store.read_only" "The file, its folder or its disk cannot be written." "let the user of this process write the file and its folder";
    Io "store.io" "Reading or writing failed; whether a batch was written is not known before it is read again." "look at the disk, then open the store again";
    Closed "store.closed" "The store was closed; whether a batch was written is not known before it is read again." "open it again";
}

impl StoreErrorKind {
    /// Whether the very same call can succeed later without anybody doing something about it.
    #[must_use]
    pub const fn is_retryable(self) -> bool {
        matches!(self, Self::LeaseHeld | Self::Locked | Self::Busy)
    }
}
