//! What the profile says of its types beyond their definitions, as far as a list of words can say it.

use super::types::{PolicyKind, Types};
use crate::tosca::{TypeId, builtin};
use paas_core::scaling::{Weekday, time_zones};

/// Whether a policy type is only a parent of others.
pub(crate) fn is_abstract(policy: TypeId) -> bool {
    Types::of_profile().policy(builtin(), policy) == Some(PolicyKind::Abstract)
}

/// The only words that a property of a policy, or an entry of it, may be.
pub(crate) fn words(policy: TypeId, property: &str) -> Option<Vec<String>> {
    Types::of_profile().policy(builtin(), policy)?;
    match property {
        "time_zone" => {
            let mut zones: Vec<_> = time_zones().map(str::to_owned).collect();
            zones.sort_unstable();
            Some(zones)
        }
        "days" => {
            let week = Weekday::ALL.into_iter().map(|day| day.as_str().to_owned());
            Some(week.chain(DAYS_OF_MONTH.map(|day| day.to_string())).collect())
        }
        _ => None,
    }
}

/// Days of a month, as windows count them.
pub(super) const DAYS_OF_MONTH: std::ops::RangeInclusive<u8> = 1..=31;
