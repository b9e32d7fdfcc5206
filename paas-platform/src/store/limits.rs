//! The sizes that a store takes. The same for all stores, so that what one took, another takes.

use std::time::Duration;

/// Bytes of the name of a kind or a topic.
pub const MAX_KIND: usize = 64;

/// Bytes of a key, a stream, a lease's name or its holder: a path of several names fits.
pub const MAX_KEY: usize = 512;

/// Bytes of a record: a release of a thousand services fits several times.
pub const MAX_RECORD: usize = 8 * 1024 * 1024;

/// Bytes of an entry of the journal or a message: they tell of one step.
pub const MAX_ENTRY: usize = 1024 * 1024;

/// Changes of one batch.
pub const MAX_CHANGES: usize = 10_000;

/// Bytes of all changes of one batch: what is written at once is held in memory at once.
pub const MAX_BATCH: usize = 32 * 1024 * 1024;

/// Items of one page.
pub const MAX_PAGE: usize = 1000;

/// Bytes after which a page ends, even if it could hold more items.
pub const MAX_PAGE_BYTES: usize = 16 * 1024 * 1024;

/// The longest time that a lease can be taken for: whoever dies holding it holds up others that long.
pub const MAX_LEASE: Duration = Duration::from_secs(60 * 60);
