//! Randomness, given from outside: with a seed a run can be repeated.

use std::{
    fmt,
    hash::{BuildHasher, RandomState},
    sync::atomic::{AtomicU64, Ordering},
};

/// Where the jitter of retries comes from.
pub trait Randomness: fmt::Debug + Send + Sync {
    /// The next number, any of them equally likely.
    fn next(&self) -> u64;
}

/// Numbers from a seed (SplitMix64): the same seed, the same numbers. Not for keys.
///
/// ```
/// use paas_client::{Randomness, Seeded};
/// let (one, other) = (Seeded::new(7), Seeded::new(7));
/// assert_eq!(one.next(), other.next());
/// assert_ne!(one.next(), Seeded::new(8).next());
/// ```
pub struct Seeded(AtomicU64);

impl Seeded {
    const STEP: u64 = 0x9E37_79B9_7F4A_7C15;

    /// Numbers from this seed.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self(AtomicU64::new(seed))
    }
}

/// A seed that differs from process to process.
impl Default for Seeded {
    fn default() -> Self {
        Self::new(RandomState::new().hash_one("jitter"))
    }
}

impl Randomness for Seeded {
    fn next(&self) -> u64 {
        let mut z = self.0.fetch_add(Self::STEP, Ordering::Relaxed).wrapping_add(Self::STEP);
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }
}

impl fmt::Debug for Seeded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Seeded")
    }
}
