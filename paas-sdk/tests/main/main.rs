//! What users of the library meet.
#![allow(clippy::expect_used, reason = "helpers of tests may end a test")]

mod report;
