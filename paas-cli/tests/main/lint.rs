//! `paas policy lint`.

use crate::scratch::{SHOP, Scratch};

const PLAN: &str = "\
service: web
time_zone: Asia/Shanghai
bounds: { min: 1, max: 8 }
windows:
  - name: busy
    from: '08:00'
    to: '20:00'
    rule: { kind: metric, metric: cpu, upper: 0.7, lower: 0.5, bounds: { min: 1, max: 8 } }
";

fn shop_with(policy: &str) -> String {
    format!("{SHOP}  policies:\n    - busy: {policy}\n")
}

fn cpu(properties: &str) -> String {
    format!(
        "{{ type: paas.policies.Scaling.Cpu, targets: [ web ], properties: {{ {properties}, min_instances: 2, max_instances: 8 }} }}"
    )
}

#[test]
fn plans_are_looked_through() {
    let scratch = Scratch::new();
    scratch.put("web.yaml", PLAN.replace("0.5", "0.3"));
    let ran = scratch.run(&["policy", "lint", "web.yaml"]).ended(0);
    assert_eq!((ran.out.as_str(), ran.err.as_str()), ("web.yaml: no problems\n", ""));

    scratch.put("web.yaml", PLAN);
    let ran = scratch.run(&["policy", "lint", "web.yaml"]).ended(0);
    for part in ["warning[scaling.flapping]", "[web.yaml:5:11]", "2 of them use 0.35", "at most 0.35"] {
        assert!(ran.out.contains(part), "`{part}` is missing in\n{}", ran.out);
    }

    scratch.put("web.yaml", PLAN.replace("max: 8 } }", "max: 9 } }").replace("time_zone", "timezone"));
    let ran = scratch.run(&["policy", "lint", "web.yaml", "--format", "short"]).ended(1);
    assert_eq!(
        ran.out,
        "web.yaml:2:1: error[scaling_file.unknown_key]: `timezone` is not a key of a scaling plan\n"
    );
    scratch.put("web.yaml", PLAN.replace("max: 8 } }", "max: 9 } }"));
    let ran = scratch.run(&["policy", "lint", "web.yaml", "--format", "short"]).ended(1);
    assert_eq!(
        ran.out,
        "web.yaml:5:11: error[scaling.bounds]: `busy` scales from 1 to 9, but `web` only from 1 to 8\n"
    );
}

#[test]
fn policies_of_templates_are_looked_through() {
    let scratch = Scratch::with(&shop_with(&cpu("upper: 0.7, lower: 0.1, step: 9")));
    let ran = scratch.run(&["policy", "lint", "shop.yaml", "--format", "short"]).ended(0);
    assert!(ran.out.contains("warning[scaling.step]: `busy` adds or removes 9 instances"), "{}", ran.out);
    assert_eq!(ran.out.lines().count(), 1, "nothing else is said: {}", ran.out);
    // The same as a check of the whole template says, beside other things.
    let checked = scratch.run(&["check", "shop.yaml", "--format", "short"]).ended(0);
    assert!(checked.out.contains(ran.out.trim()), "{}", checked.out);

    let wrong = Scratch::with(&shop_with(&cpu("upper: 0.3, lower: 0.7")).replace("image", "imge"));
    let ran = wrong.run(&["policy", "lint", "shop.yaml", "--format", "short"]).ended(1);
    assert!(
        ran.out.contains("scaling.thresholds") && ran.out.contains("tosca.unknown_property"),
        "{}",
        ran.out
    );
}

#[test]
fn several_files_have_a_line_each_in_json() {
    let scratch = Scratch::with(&shop_with(&cpu("upper: 0.7")));
    scratch.put(
        "plans.json",
        r#"[ { "service": "web", "time_zone": "Mars", "bounds": { "min": 1, "max": 2 }, "windows": [] } ]"#,
    );
    let ran =
        scratch.run(&["policy", "lint", "shop.yaml", "plans.json", "none.yaml", "--format", "json"]).ended(1);
    let lines: Vec<serde_json::Value> =
        ran.out.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let told: Vec<_> = lines
        .iter()
        .map(|line| (line["file"].as_str(), line["errors"].as_u64(), line["diagnostics"][0]["code"].as_str()))
        .collect();
    assert_eq!(
        told,
        [
            (Some("shop.yaml"), Some(0), Some("scaling.one_way")),
            (Some("plans.json"), Some(1), Some("scaling.time_zone")),
            (Some("none.yaml"), Some(1), Some("file.unreadable")),
        ]
    );
    assert_eq!(ran.err, "");
    scratch.run(&["policy", "lint"]).ended(2);
}
