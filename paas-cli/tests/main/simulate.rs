//! `paas simulate`.

use crate::scratch::{SHOP, Scratch};

const PLAN: &str = "\
service: web
time_zone: Asia/Shanghai
bounds: { min: 2, max: 12 }
windows:
  - name: day
    from: '07:00'
    to: '22:00'
    rule: { kind: metric, metric: cpu, upper: 0.7, lower: 0.25, bounds: { min: 2, max: 12 } }
  - { name: night, from: '22:00', to: '07:00', rule: { kind: fixed, count: min } }
";

#[test]
fn a_day_is_told_drawn_and_written() {
    let scratch = Scratch::new();
    scratch.put("web.yaml", PLAN);
    let args = ["simulate", "web.yaml", "--date", "2026-11-23"];
    let ran = scratch.run(&args).ended(0);
    for part in ["`web` from 2026-11-23 00:00", "fixed at 2", "above its upper threshold", "container hours"]
    {
        assert!(ran.out.contains(part), "`{part}` is missing in\n{}", ran.out);
    }
    let with = |more: &[&'static str]| [args.as_slice(), more].concat();
    scratch.run(&with(&["--format", "json", "--out", "day.json"])).ended(0);
    let timeline: serde_json::Value = serde_json::from_str(&scratch.read("day.json")).unwrap();
    assert_eq!(timeline["minutes"].as_array().unwrap().len(), 1440);
    assert_eq!(timeline["decisions"][0]["kind"], "scale");
    let ran = scratch.run(&with(&["--format", "svg", "--out", "day.svg"])).ended(0);
    assert_eq!(ran.out, "");
    assert!(scratch.read("day.svg").starts_with("<svg"));
    let ran = scratch.run(&with(&["--out", "web.yaml"])).ended(1);
    assert!(ran.err.contains("cannot be written"), "{}", ran.err);
    assert_eq!(scratch.read("web.yaml"), PLAN);
}

#[test]
fn a_load_moves_the_count_and_says_when() {
    let scratch = Scratch::new();
    scratch.put("web.yaml", PLAN);
    scratch.put(
        "load.csv",
        "time,demand\n2026-11-23T00:00:00Z,1\n2026-11-23T04:00:00Z,6\n2026-11-23T06:00:00Z,1\n",
    );
    let ran = scratch.run(&["simulate", "web.yaml", "--load", "load.csv"]).ended(0);
    assert!(ran.out.starts_with("`web` from 2026-11-23 08:00 to 2026-11-23 14:00"), "{}", ran.out);
    scratch.put("load.csv", "time,demand\n08:00,many\n");
    let ran = scratch.run(&["simulate", "web.yaml", "--load", "load.csv"]).ended(2);
    assert_eq!(ran.err, "error: `load.csv`, line 2: the `demand` is `many`, which is not a number\n");
}

#[test]
fn two_plans_are_compared() {
    let scratch = Scratch::new();
    scratch.put("web.yaml", PLAN);
    scratch.put("other.yaml", PLAN.replace("upper: 0.7", "upper: 0.5"));
    let args = ["simulate", "web.yaml", "--against", "other.yaml", "--date", "2026-11-23"];
    let ran = scratch.run(&args).ended(0);
    assert!(ran.out.contains("container hours") && ran.out.contains("second"), "{}", ran.out);
    let json = scratch.run(&[&args[..], &["--format", "json"]].concat()).ended(0).out;
    let comparison: serde_json::Value = serde_json::from_str(&json).unwrap();
    let hours = |which: &str| comparison[which]["container_hours"].as_f64().unwrap();
    assert!(hours("second") > hours("first"), "{comparison}");
}

#[test]
fn what_cannot_be_simulated_is_told() {
    let scratch = Scratch::with(SHOP);
    let ran = scratch.run(&["simulate", "shop.yaml"]).ended(2);
    assert_eq!(ran.err, "error: `shop.yaml` has no scaling policies\n");
    scratch.put("web.yaml", PLAN);
    let ran = scratch.run(&["simulate", "web.yaml", "--service", "wbe"]).ended(2);
    assert!(ran.err.contains("those that have some are `web`"), "{}", ran.err);
    let ran = scratch.run(&["simulate", "web.yaml", "--date", "yesterday"]).ended(2);
    assert!(ran.err.contains("`yesterday` is not a day"), "{}", ran.err);
    let ran = scratch.run(&["simulate", "web.yaml", "--against", "web.yaml", "--format", "svg"]).ended(2);
    assert!(ran.err.contains("--format table"), "{}", ran.err);
    scratch.put("web.yaml", PLAN.replace("min: 2, max: 12 }\nw", "min: 5, max: 1 }\nw"));
    let ran = scratch.run(&["simulate", "web.yaml"]).ended(1);
    assert!(ran.err.contains("at least 5 instances and at most 1"), "{}", ran.err);
}

#[test]
fn the_plan_of_the_guide_is_one() {
    let guide = include_str!("../../../docs/scaling.md");
    let plan = guide.split("```yaml\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    let scratch = Scratch::new();
    scratch.put("plan.yaml", plan);
    let ran = scratch.run(&["policy", "lint", "plan.yaml"]).ended(0);
    assert_eq!(ran.out, "plan.yaml: no problems\n");
    scratch.run(&["simulate", "plan.yaml", "--date", "2026-11-23"]).ended(0);
}
