//! The keys of each map of the file.

/// A key that a map can have.
pub(super) struct Key {
    pub(super) name: &'static str,
    /// What to write, for a key that must be given.
    pub(super) needed: Option<&'static str>,
}

const fn needed(name: &'static str, example: &'static str) -> Key {
    Key { name, needed: Some(example) }
}

const fn optional(name: &'static str) -> Key {
    Key { name, needed: None }
}

const BOUNDS_EXAMPLE: &str = "bounds: { min: 1, max: 4 }";

/// Keys of a plan.
pub(super) const PLAN: &[Key] = &[
    needed("service", "service: web"),
    optional("enabled"),
    needed("time_zone", "time_zone: Asia/Shanghai"),
    needed("bounds", BOUNDS_EXAMPLE),
    needed("windows", "windows: [ … ]"),
];

/// Keys of a window.
pub(super) const WINDOW: &[Key] = &[
    needed("name", "name: day"),
    optional("enabled"),
    optional("cycle"),
    needed("from", "from: '08:00'"),
    needed("to", "to: '20:00'"),
    needed("rule", "rule: { kind: fixed, count: max }"),
    optional("retrigger_ms"),
    optional("grace_ms"),
];

/// Keys of a cycle that is not daily.
pub(super) const CYCLE: &[Key] = &[optional("weekly"), optional("monthly")];

/// Keys of a rule that follows a metric.
pub(super) const METRIC: &[Key] = &[
    needed("kind", "kind: metric"),
    needed("metric", "metric: cpu"),
    optional("upper"),
    optional("lower"),
    optional("sustained_for_ms"),
    optional("step"),
    needed("bounds", BOUNDS_EXAMPLE),
];

/// Keys of a rule that fixes the count.
pub(super) const FIXED: &[Key] = &[needed("kind", "kind: fixed"), needed("count", "count: max")];

/// Keys of a threshold.
pub(super) const THRESHOLD: &[Key] =
    &[needed("value", "value: 0.7"), optional("sustained_for_ms"), optional("step")];

/// Keys of bounds.
pub(super) const BOUNDS: &[Key] = &[needed("min", "min: 1"), needed("max", "max: 4")];

/// The key of an exact count.
pub(super) const COUNT: &[Key] = &[needed("count", "count: 3")];
