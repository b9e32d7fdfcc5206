//! Copies container images between registries.

mod blob;
mod copied;
mod copier;
mod destination;
mod error;
mod limits;
mod order;
mod pace;
mod place;
mod progress;
mod records;
mod run;
mod tries;

pub use copied::{Copied, Requests};
pub use copier::{Canceller, Copier, CopierBuilder, CopyAll, Copying, Ended};
pub use error::{CopyError, CopyErrorKind, Result, Side};
pub use limits::CopyLimits;
pub use order::{Attachments, CopyOrder, Overwrite};
pub use place::Place;
pub use progress::{Phase, Progress, Watch};
pub use records::{UploadRecord, UploadRecords};
