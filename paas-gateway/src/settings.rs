//! What can be set.

use std::time::Duration;

/// How long validated tokens are kept, and how many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct CacheSettings {
    /// How long a valid token is kept at most, and never past its end: five minutes, as keystonemiddleware does. So long
    /// a revoked token or a role that was taken may still count, but for what authorises, assigns or deletes.
    pub valid_for: Duration,
    /// How long a token that is not valid is kept: ten seconds.
    pub invalid_for: Duration,
    /// How many valid tokens are kept: 10,000. One with very many roles or access rules counts as several.
    pub valid: usize,
    /// How many tokens that are not valid are kept, apart from the others: 50,000, at some 100 bytes each.
    pub invalid: usize,
}

impl Default for CacheSettings {
    fn default() -> Self {
        Self {
            valid_for: Duration::from_secs(300),
            invalid_for: Duration::from_secs(10),
            valid: 10_000,
            invalid: 50_000,
        }
    }
}

/// How much is asked of Keystone at a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct KeystoneSettings {
    /// How long a request waits for a validation, with its turn: five seconds. Then 503.
    pub timeout: Duration,
    /// How many validations are under way at a time: 32. Keystone does some 130 a second on a core.
    pub at_a_time: usize,
    /// How many tokens wait or are under way: 1,024. What comes on top of that gets 503 at once.
    pub waiting: usize,
}

impl Default for KeystoneSettings {
    fn default() -> Self {
        Self { timeout: Duration::from_secs(5), at_a_time: 32, waiting: 1_024 }
    }
}
