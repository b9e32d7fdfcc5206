//! What users of the library meet.
#![allow(clippy::expect_used, reason = "what only tests call may end a test")]

mod catalogue;
#[cfg(feature = "platform")]
mod codes;
mod corpus;
mod difference;
#[cfg(all(feature = "platform", feature = "tls-ring"))]
mod operation;
mod report;
