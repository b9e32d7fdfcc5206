//! Sources of chance.

use std::{
    fmt::Debug,
    hash::{BuildHasher, RandomState},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

/// Without `i`, `l`, `o` and `u`, so that ids can be read out and are no words.
const ID_LETTERS: [char; 32] = [
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'j', 'k', 'm',
    'n', 'p', 'q', 'r', 's', 't', 'v', 'w', 'x', 'y', 'z',
];

/// How many letters an id has after its prefix: 120 bits.
const ID_LENGTH: usize = 24;

/// Gives numbers that nobody foresees.
///
/// They are for ids and for spreading things out, not for keys or passwords.
pub trait Random: Debug + Send + Sync {
    /// Any number, each as likely as the others.
    fn next_u64(&self) -> u64;

    /// A number below `bound`; 0 if there is none.
    fn below(&self, bound: u64) -> u64 {
        // The upper half of the product: as even as `bound` is small against 2^64.
        let product = u128::from(self.next_u64()) * u128::from(bound);
        u64::try_from(product >> 64).unwrap_or_default()
    }

    /// A new id: the prefix, `-`, and 24 letters and digits, too many for two ever to be the same by chance.
    fn id(&self, prefix: &str) -> String {
        let mut id = String::with_capacity(prefix.len() + 1 + ID_LENGTH);
        id.push_str(prefix);
        id.push('-');
        for _ in 0..2 {
            let mut bits = self.next_u64();
            for _ in 0..ID_LENGTH / 2 {
                id.extend(ID_LETTERS.get(usize::try_from(bits % 32).unwrap_or_default()));
                bits /= 32;
            }
        }
        id
    }
}

impl<R: Random + ?Sized> Random for Arc<R> {
    fn next_u64(&self) -> u64 {
        (**self).next_u64()
    }
}

/// Chance from the operating system, by way of the keys that the standard library draws for its hash maps.
///
/// ```
/// use paas_platform::seam::{Random, SystemRandom};
///
/// let random = SystemRandom::new();
/// assert_ne!(random.id("op"), random.id("op"));
/// ```
#[derive(Debug, Clone, Copy, Default)]
#[non_exhaustive]
pub struct SystemRandom;

impl SystemRandom {
    /// The one that there is.
    pub const fn new() -> Self {
        Self
    }
}

impl Random for SystemRandom {
    fn next_u64(&self) -> u64 {
        // Each state has keys of its own; what is hashed under them does not matter.
        RandomState::new().hash_one(0_u64)
    }
}

/// The same numbers for the same seed (SplitMix64). Clones share one sequence.
///
/// ```
/// use paas_platform::seam::{Random, SeededRandom};
///
/// let random = SeededRandom::new(42);
/// assert!(random.below(6) < 6);
/// assert_eq!(random.below(0), 0);
/// ```
#[derive(Debug, Clone)]
pub struct SeededRandom(Arc<AtomicU64>);

impl SeededRandom {
    /// The sequence of this seed, from its start.
    pub fn new(seed: u64) -> Self {
        Self(Arc::new(AtomicU64::new(seed)))
    }
}

impl Random for SeededRandom {
    fn next_u64(&self) -> u64 {
        const STEP: u64 = 0x9e37_79b9_7f4a_7c15;
        let state = self.0.fetch_add(STEP, Ordering::SeqCst).wrapping_add(STEP);
        let mixed = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }
}

#[cfg(test)]
mod tests {
    use super::{Random, SeededRandom, SystemRandom};
    use std::collections::BTreeSet;

    #[test]
    fn the_sequence_is_the_published_one() {
        // The first numbers of SplitMix64 from seed 1234567.
        let random = SeededRandom::new(1_234_567);
        let first: Vec<u64> = (0..3).map(|_| random.next_u64()).collect();
        assert_eq!(first, [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423]);
    }

    #[test]
    fn ids_differ_also_between_threads() {
        let ids: BTreeSet<String> = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..4)
                .map(|_| scope.spawn(|| (0..1000).map(|_| SystemRandom::new().id("x")).collect::<Vec<_>>()))
                .collect();
            threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
        });
        assert_eq!(ids.len(), 4000);
        assert!(ids.iter().all(|id| id.len() == 2 + 24 && id.starts_with("x-")));
    }

    #[test]
    fn numbers_below_a_bound_reach_all_of_it() {
        let random = SeededRandom::new(1);
        let seen: BTreeSet<u64> = (0..1000).map(|_| random.below(10)).collect();
        assert_eq!(seen, (0..10).collect());
    }
}
