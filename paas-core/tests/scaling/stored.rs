//! Plans as they are stored, and as people write them.

use super::*;
use serde_json::{from_value, json};

fn rule(written: serde_json::Value) -> Rule {
    from_value(written).unwrap()
}

/// As every release before thresholds had times and steps of their own.
#[test]
fn bare_thresholds_share_a_time_and_a_step() {
    let bounds = json!({ "min": 2, "max": 9 });
    let old = rule(json!({
        "kind": "metric", "metric": "cpu", "upper": 0.7, "lower": 0.25, "sustained_for_ms": 120_000, "step": 2,
        "bounds": bounds,
    }));
    let threshold = |value| Some(Threshold::new(value).for_ms(120_000).by(2));
    let new = Rule::Metric {
        metric: "cpu".to_owned(),
        upper: threshold(0.7),
        lower: threshold(0.25),
        bounds: Bounds { min: 2, max: 9 },
    };
    assert_eq!(old, new);
    assert_eq!(rule(serde_json::to_value(&new).unwrap()), new);

    // One side alone; a whole number; the defaults.
    let one = rule(json!({ "kind": "metric", "metric": "queue", "upper": 70, "bounds": bounds }));
    let Rule::Metric { upper, lower, .. } = one else { panic!("{one:?}") };
    assert_eq!((upper, lower), (Some(Threshold::new(70.0)), None));
}

#[test]
fn what_is_usual_can_be_left_out() {
    let plan: ScalingPolicy = from_value(json!({
        "service": "web", "time_zone": "UTC", "bounds": { "min": 1, "max": 9 },
        "windows": [
            {
                "name": "busy", "from": "08:00", "to": "20:00",
                "rule": {
                    "kind": "metric", "metric": "cpu", "upper": { "value": 0.75 }, "lower": 0.25,
                    "bounds": { "min": 2, "max": 9 },
                },
            },
            { "name": "night", "from": "20:00", "to": "08:00", "rule": { "kind": "fixed", "count": { "count": 1 } } },
        ],
    }))
    .unwrap();
    let night =
        Window::daily("night", time("20:00"), time("08:00"), Rule::Fixed { count: FixedCount::Count(1) });
    assert_eq!(plan, super::plan([metric("busy", "08:00", "20:00", 2, 9), night]).moved_to("UTC"));
}

/// A plan of a stored release, byte for byte as it was written.
#[test]
fn a_plan_of_an_old_release_is_read() {
    let text = r#"{
        "service": "orders", "time_zone": "Europe/Berlin", "bounds": { "min": 1, "max": 6 },
        "windows": [
            {
                "name": "orders_day", "enabled": true, "cycle": { "weekly": ["mon", "fri"] }, "from": "08:00", "to": "18:00",
                "rule": {
                    "kind": "metric", "metric": "cpu", "upper": 0.75, "lower": 0.25, "sustained_for_ms": 60000, "step": 1,
                    "bounds": { "min": 2, "max": 6 }
                },
                "retrigger_ms": 300000, "grace_ms": 0
            },
            {
                "name": "orders_night", "enabled": true, "cycle": "daily", "from": "18:00", "to": "08:00",
                "rule": { "kind": "fixed", "count": { "count": 1 } }, "retrigger_ms": 300000, "grace_ms": 0
            }
        ]
    }"#;
    let plan: ScalingPolicy = serde_json::from_str(text).unwrap();
    assert_eq!(problems(&plan), "");
    let day = weekly(metric("orders_day", "08:00", "18:00", 2, 6), &[Weekday::Mon, Weekday::Fri]);
    assert_eq!(plan.windows[0], day);
}

trait Moved {
    fn moved_to(self, time_zone: &str) -> Self;
}

impl Moved for ScalingPolicy {
    fn moved_to(mut self, time_zone: &str) -> Self {
        time_zone.clone_into(&mut self.time_zone);
        self
    }
}
