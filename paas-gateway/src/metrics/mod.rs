//! What is counted.

mod histogram;
mod text;

pub(crate) use histogram::Histogram;
pub use histogram::HistogramSnapshot;

use std::sync::atomic::{AtomicU64, Ordering};

#[derive(Debug, Default)]
pub(crate) struct Counter(AtomicU64);

impl Counter {
    pub(crate) fn add(&self) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }

    fn value(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

/// Makes the counters, their snapshot and their rows in the text from one table.
macro_rules! counters {
    ($($(#[doc = $doc:literal])+ $field:ident = $name:literal, $label:literal, $value:literal;)*) => {
        #[derive(Debug, Default)]
        pub(crate) struct Metrics {
            $(pub(crate) $field: Counter,)*
            pub(crate) decision_seconds: Histogram,
            pub(crate) keystone_seconds: Histogram,
        }

        /// What was counted up to a moment. It holds no token, no path and no name.
        #[derive(Debug, Clone, PartialEq)]
        #[non_exhaustive]
        pub struct Snapshot {
            $($(#[doc = $doc])+ pub $field: u64,)*
            /// How long it took until a request was decided on, with the validation.
            pub decision_seconds: HistogramSnapshot,
            /// How long Keystone took for a validation.
            pub keystone_seconds: HistogramSnapshot,
            /// How many valid tokens are kept now.
            pub kept_valid: usize,
            /// How many tokens that are not valid are kept now.
            pub kept_invalid: usize,
            /// About how many tokens Keystone is asked now, or soon.
            pub in_flight: usize,
        }

        impl Metrics {
            pub(crate) fn snapshot(&self, (kept_valid, kept_invalid, in_flight): (usize, usize, usize)) -> Snapshot {
                Snapshot {
                    $($field: self.$field.value(),)*
                    decision_seconds: self.decision_seconds.snapshot(),
                    keystone_seconds: self.keystone_seconds.snapshot(),
                    kept_valid,
                    kept_invalid,
                    in_flight,
                }
            }
        }

        impl Snapshot {
            /// Name of the family, label, its value, count.
            fn counts(&self) -> Vec<(&'static str, &'static str, &'static str, u64)> {
                vec![$(($name, $label, $value, self.$field),)*]
            }
        }
    };
}

counters! {
    /// Requests that were let through with a right.
    allowed = "paas_gateway_requests_total", "outcome", "allowed";
    /// Requests that were let through on a public route.
    public = "paas_gateway_requests_total", "outcome", "public";
    /// Requests that lacked the right.
    denied = "paas_gateway_requests_total", "outcome", "denied";
    /// Requests without a valid token.
    unauthenticated = "paas_gateway_requests_total", "outcome", "unauthenticated";
    /// Requests with a path or a token that cannot be read in one way only.
    malformed = "paas_gateway_requests_total", "outcome", "malformed";
    /// Requests that no route is for.
    unrouted = "paas_gateway_requests_total", "outcome", "unrouted";
    /// Requests that nobody could decide on, since Keystone gave no answer.
    unavailable = "paas_gateway_requests_total", "outcome", "unavailable";
    /// Tokens that were known.
    cache_hits = "paas_gateway_token_lookups_total", "result", "hit";
    /// Tokens that were known not to be valid.
    cache_negatives = "paas_gateway_token_lookups_total", "result", "negative";
    /// Tokens that nothing was known of.
    cache_misses = "paas_gateway_token_lookups_total", "result", "miss";
    /// Tokens that were being asked about already.
    cache_joined = "paas_gateway_token_lookups_total", "result", "joined";
    /// Tokens that were asked about although something was known: to authorise, assign or delete.
    cache_fresh = "paas_gateway_token_lookups_total", "result", "fresh";
    /// Tokens that were not asked about: too many were waiting.
    cache_refused = "paas_gateway_token_lookups_total", "result", "refused";
    /// Answers of Keystone that a token is valid.
    keystone_valid = "paas_gateway_validations_total", "result", "valid";
    /// Answers of Keystone that a token is not valid.
    keystone_invalid = "paas_gateway_validations_total", "result", "invalid";
    /// Validations without an answer, or with none that can be understood.
    keystone_unavailable = "paas_gateway_validations_total", "result", "unavailable";
}
