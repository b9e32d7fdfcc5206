//! What the platform takes from outside: time and chance.
//!
//! Nothing in this crate asks the system for the time or for a random number, except [`SystemClock`] and
//! [`SystemRandom`]. A program hands these in; a test hands in [`VirtualClock`] and [`SeededRandom`] and sees the same
//! run each time. (Storage is such a seam too: [`Store`](crate::store::Store).)
//!
//! ```
//! use paas_platform::seam::{Clock, Random, SeededRandom, Timestamp, VirtualClock};
//! use std::time::Duration;
//!
//! let clock = VirtualClock::at(Timestamp::from_millis(0));
//! clock.advance(Duration::from_secs(90));
//! assert_eq!(clock.now().to_string(), "1970-01-01T00:01:30.000Z");
//!
//! let (one, other) = (SeededRandom::new(7), SeededRandom::new(7));
//! assert_eq!(one.id("op"), other.id("op"));
//! ```

mod clock;
mod random;
mod timestamp;

pub use clock::{Clock, SystemClock, TokioClock, VirtualClock};
pub use random::{Random, SeededRandom, SystemRandom};
pub use timestamp::Timestamp;
