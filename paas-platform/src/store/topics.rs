//! The topics of the platform's own messages.

use super::Topic;

/// Who did what.
pub const AUDIT: Topic = Topic::new("audit");

/// All of the above.
pub const ALL: &[Topic] = &[AUDIT];
