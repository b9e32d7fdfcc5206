//! Files with scaling plans.

use paas_core::{
    policy::TemplatePolicy,
    scaling::{self, Bounds, Cycle, FixedCount, Rule, ScalingPolicy, Threshold, TimeOfDay, Weekday, Window},
};
use paas_tosca::{Options, Source, check, scaling_file};
use proptest::{collection::btree_set, option, prelude::*, sample::select};

const WEB: &str = "
service: web
time_zone: Asia/Shanghai
bounds: { min: 1, max: 8 }
windows:
  - name: office
    enabled: false
    cycle: { weekly: [ mon, fri ] }
    from: '08:00'
    to: '20:00'
    rule:
      kind: metric
      metric: queue
      upper: { value: 70, step: 2 }
      lower: 25.5
      sustained_for_ms: 90000
      bounds: { min: 2, max: 8 }
    retrigger_ms: 600000
    grace_ms: 30000
  - { name: night, from: '20:00', to: '08:00', rule: { kind: fixed, count: { count: 3 } } }
";

fn web() -> ScalingPolicy {
    let time = |text: &str| text.parse::<TimeOfDay>().unwrap();
    let rule = Rule::Metric {
        metric: "queue".to_owned(),
        upper: Some(Threshold::new(70.0).by(2)),
        lower: Some(Threshold::new(25.5).for_ms(90_000)),
        bounds: Bounds { min: 2, max: 8 },
    };
    let mut office = Window::daily("office", time("08:00"), time("20:00"), rule);
    office.enabled = false;
    office.cycle = Cycle::Weekly([Weekday::Mon, Weekday::Fri].into());
    (office.retrigger_ms, office.grace_ms) = (600_000, 30_000);
    let rule = Rule::Fixed { count: FixedCount::Count(3) };
    let mut plan = ScalingPolicy::new("web", "Asia/Shanghai", Bounds { min: 1, max: 8 });
    plan.windows = vec![office, Window::daily("night", time("20:00"), time("08:00"), rule)];
    plan
}

#[test]
fn the_page_shows_a_template_and_a_file_that_are_right() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/scaling-policies.md");
    let page = std::fs::read_to_string(path).unwrap();
    let mut texts = page.split("```yaml\n").skip(1).map(|rest| rest.split("```").next().unwrap());
    let policies = texts.next().unwrap();
    let template = format!(
        "tosca_definitions_version: tosca_simple_yaml_1_3\ntopology_template:\n  node_templates:\n    dmz: {{ type: \
         paas.nodes.Network }}\n    web: {{ type: paas.nodes.Service, properties: {{ image: x }}, requirements: [ {{ network: \
         dmz }} ] }}\n{policies}"
    );
    let mut options = Options::default();
    options.policy = TemplatePolicy::allowing_everything();
    let checked = check(&Source::new("shop.yaml", template), &options);
    assert!(checked.diagnostics.is_empty(), "{:?}", checked.diagnostics);
    let file = scaling_file::read(&Source::new("web.yaml", texts.next().unwrap()));
    assert!(file.diagnostics.is_empty(), "{:?}", file.diagnostics);
    assert_eq!(file.policies.len(), 1);
    assert!(scaling::check(&file.policies[0]).is_empty());
    for code in scaling::LINTS {
        assert!(page.contains(&format!("| `{code}` |")), "{code}");
    }
}

fn told(text: &str) -> String {
    let file = scaling_file::read(&Source::new("web.yaml", text));
    let lines = file.diagnostics.iter().map(|problem| {
        let help = problem.help.as_deref().map(|help| format!("\n  help: {help}")).unwrap_or_default();
        format!("{problem}{help}")
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn plans_know_their_places() {
    let file = scaling_file::read(&Source::new("web.yaml", WEB));
    assert!(file.diagnostics.is_empty(), "{:?}", file.diagnostics);
    assert_eq!(file.policies, [web()]);
    let [plan] = file.policies.as_slice() else { panic!("one") };
    assert_eq!(plan.origin.place().unwrap().to_string(), "web.yaml:2:10");
    assert_eq!(plan.windows[1].origin.place().unwrap().to_string(), "web.yaml:20:13");
}

#[test]
fn a_list_holds_several() {
    let other = WEB.replace("service: web", "service: api");
    let item = |text: &str| format!("- {}", text.trim().replace('\n', "\n  "));
    let file = scaling_file::read(&Source::new("web.yaml", format!("{}\n{}\n", item(WEB), item(&other))));
    let services: Vec<_> = file.policies.iter().map(|plan| plan.service.as_str()).collect();
    assert_eq!(services, ["web", "api"]);
    assert_eq!(scaling_file::read(&Source::new("none.yaml", "[]")).policies, []);
    // What is wrong with one leaves the others.
    let wrong = other.replace("min: 1, max: 8", "min: 1");
    let file = scaling_file::read(&Source::new("web.yaml", format!("{}\n{}\n", item(WEB), item(&wrong))));
    assert_eq!((file.policies.len(), file.diagnostics.len()), (1, 1));
}

#[test]
fn a_template_is_told_from_a_plan() {
    let is_one = |text: &str| scaling_file::is_one(&Source::new("any", text));
    assert!(is_one(WEB) && is_one("[]") && is_one("windows: []") && is_one("{\"service\": \"web\"}"));
    for template in
        ["tosca_definitions_version: tosca_simple_yaml_1_3", "", "node_templates: {}", "{", "text"]
    {
        assert!(!is_one(template), "{template}");
    }
}

#[test]
fn all_problems_are_told_at_once() {
    let text = "
servce: web
enabled: 'yes'
time_zone: 8
bounds: { min: -1, max: 8, mid: 4 }
windows:
  - name: yes
    cycle: { weekly: [ mon, frii, 5 ] }
    from: 22:30
    to: '24:00'
    rule:
      kind: metric
      upper: high
      lower: { valu: 0.2, step: '2' }
      step: 1.5
      bounds: 3
    retrigger_ms: 5 m
    grace_ms: -1
  - night
  - name: a
    cycle: weekly
    from: '08:00'
    to: '09:00'
    rule: { kind: fixd, count: 3 }
  - name: b
    cycle: { monthly: [ 1, 300, x ] }
    from: '08:00'
    to: '09:00'
    rule: { kind: fixed, count: 3 }
  - { name: c, cycle: {}, from: '08:00', to: '09:00', rule: { count: 3 } }
  - { name: d, cycle: { weekly: mon }, from: '08:00', to: '09:00', rule: max }
  - { name: e, from: [ 8 ], to: '09:00', rule: { kind: fixed, count: [ 3 ] } }
";
    insta::assert_snapshot!(told(text), @r"
    web.yaml:2:1: error[scaling_file.unknown_key]: `servce` is not a key of a scaling plan
      help: did you mean `service`?
    web.yaml:3:10: error[scaling_file.wrong_value]: `enabled` cannot be `yes`: it is `true` or `false`, without quotes
    web.yaml:4:12: error[scaling_file.wrong_value]: `time_zone` is a text, but `8` without quotes is an integer
      help: put it in quotes
    web.yaml:5:16: error[scaling_file.wrong_value]: `min` cannot be `-1`: a count is a whole number from 0 to 4294967295
    web.yaml:5:28: error[scaling_file.unknown_key]: `mid` is not a key of `bounds`
      help: did you mean `min`?
    web.yaml:7:11: error[scaling_file.wrong_value]: `name` is a text, but `yes` without quotes is a boolean
      help: put it in quotes
    web.yaml:8:29: error[scaling_file.wrong_value]: `frii` is not a day of the week
      help: did you mean `fri`?
    web.yaml:8:35: error[scaling_file.wrong_value]: `weekly` is a text, but `5` without quotes is an integer
      help: put it in quotes
    web.yaml:9:11: error[scaling_file.wrong_value]: `from` is a text, but `22:30` without quotes is a number to the base of 60
      help: put it in quotes
    web.yaml:10:9: error[scaling_file.wrong_value]: `to` cannot be `24:00`: a time of day is written `HH:MM`, from `00:00` to `23:59`
    web.yaml:12:7: error[scaling_file.missing_key]: a rule of a metric has no `metric`
      help: write `metric: cpu`
    web.yaml:13:14: error[scaling_file.wrong_value]: `upper` cannot be `high`: it is a number, without quotes
    web.yaml:14:16: error[scaling_file.unknown_key]: `valu` is not a key of `lower`
      help: did you mean `value`?
    web.yaml:14:33: error[scaling_file.wrong_value]: `step` cannot be `2`: it is a whole number, without quotes
    web.yaml:15:13: error[scaling_file.wrong_value]: `step` cannot be `1.5`: it is a whole number, without quotes
    web.yaml:16:15: error[scaling_file.wrong_shape]: `bounds` is a map, but here is a single value
      help: its keys are `min`, `max`
    web.yaml:17:19: error[scaling_file.wrong_value]: `retrigger_ms` cannot be `5 m`: it is a whole number, without quotes
    web.yaml:18:15: error[scaling_file.wrong_value]: `grace_ms` cannot be `-1`: a time is not negative
    web.yaml:19:5: error[scaling_file.wrong_shape]: a window is a map, but here is a single value
      help: its keys are `name`, `enabled`, `cycle`, `from`, `to`, `rule`, `retrigger_ms`, `grace_ms`
    web.yaml:21:12: error[scaling_file.wrong_value]: `cycle` cannot be `weekly`: it is `daily`, `{ weekly: [ mon, … ] }` or `{ monthly: [ 1, … ] }`
    web.yaml:24:19: error[scaling_file.wrong_value]: `kind` cannot be `fixd`: it is `metric` or `fixed`
    web.yaml:26:28: error[scaling_file.wrong_value]: `monthly` cannot be `300`: days of the month are whole numbers from 1 to 31
    web.yaml:26:33: error[scaling_file.wrong_value]: `monthly` cannot be `x`: days of the month are whole numbers from 1 to 31
    web.yaml:29:33: error[scaling_file.wrong_value]: `count` cannot be `3`: it is `min`, `max` or such as `{ count: 3 }`
    web.yaml:30:23: error[scaling_file.wrong_shape]: `cycle` has neither `weekly` nor `monthly`, or both
      help: it is `daily`, `{ weekly: [ mon, … ] }` or `{ monthly: [ 1, … ] }`
    web.yaml:30:61: error[scaling_file.missing_key]: a rule has no `kind`
      help: write `kind: metric` or `kind: fixed`
    web.yaml:31:33: error[scaling_file.wrong_shape]: `weekly` is a list, but here is a single value
      help: write `[ … ]`
    web.yaml:31:74: error[scaling_file.wrong_shape]: `rule` is a map, but here is a single value
      help: write such as `rule: { kind: fixed, count: max }`
    web.yaml:32:22: error[scaling_file.wrong_shape]: `from` is a single value, but here is a list
    web.yaml:32:70: error[scaling_file.wrong_shape]: `count` is a single value or a map, but here is a list
      help: write `min`, `max` or `{ count: 3 }`
    ");
    insta::assert_snapshot!(told("web"), @r"
    web.yaml:1:1: error[scaling_file.wrong_shape]: a scaling plan is a map, but here is a single value
      help: its keys are `service`, `enabled`, `time_zone`, `bounds`, `windows`
    ");
    insta::assert_snapshot!(told("[ 1 ]\n"), @r"
    web.yaml:1:3: error[scaling_file.wrong_shape]: a scaling plan is a map, but here is a single value
      help: its keys are `service`, `enabled`, `time_zone`, `bounds`, `windows`
    ");
}

fn text() -> &'static str {
    "[ -~à-ɏ中\n\t\u{1}\"\\\\]{1,9}"
}

fn threshold() -> impl Strategy<Value = Threshold> {
    (any::<f64>().prop_filter("JSON has no others", |value| value.is_finite()), any::<u32>(), any::<u32>())
        .prop_map(|(value, ms, step)| Threshold::new(value).for_ms(ms.into()).by(step))
}

fn rule() -> impl Strategy<Value = Rule> {
    let bounds = (any::<u32>(), any::<u32>()).prop_map(|(min, max)| Bounds { min, max });
    let metric = (text(), option::of(threshold()), option::of(threshold()), bounds)
        .prop_map(|(metric, upper, lower, bounds)| Rule::Metric { metric, upper, lower, bounds });
    let count =
        prop_oneof![Just(FixedCount::Min), Just(FixedCount::Max), any::<u32>().prop_map(FixedCount::Count)];
    prop_oneof![metric, count.prop_map(|count| Rule::Fixed { count })]
}

fn window() -> impl Strategy<Value = Window> {
    let minute = || (0..1440_u16).prop_map(|minute| TimeOfDay::from_minutes(minute).unwrap());
    let cycle = prop_oneof![
        Just(Cycle::Daily),
        btree_set(select(Weekday::ALL.to_vec()), 0..4).prop_map(Cycle::Weekly),
        btree_set(any::<u8>(), 0..4).prop_map(Cycle::Monthly),
    ];
    (text(), any::<bool>(), cycle, minute(), minute(), rule(), any::<u32>(), any::<u32>()).prop_map(
        |(name, enabled, cycle, from, to, rule, retrigger, grace)| {
            let mut window = Window::daily(name, from, to, rule);
            (window.enabled, window.cycle) = (enabled, cycle);
            (window.retrigger_ms, window.grace_ms) = (retrigger.into(), grace.into());
            window
        },
    )
}

fn plan() -> impl Strategy<Value = ScalingPolicy> {
    let bounds = (any::<u32>(), any::<u32>()).prop_map(|(min, max)| Bounds { min, max });
    (text(), any::<bool>(), text(), bounds, prop::collection::vec(window(), 0..4)).prop_map(
        |(service, enabled, time_zone, bounds, windows)| {
            let mut plan = ScalingPolicy::new(service, time_zone, bounds);
            (plan.enabled, plan.windows) = (enabled, windows);
            plan
        },
    )
}

proptest! {
    /// What a release stores is such a file.
    #[test]
    fn what_is_stored_is_read(plan in plan()) {
        let json = serde_json::to_string_pretty(&plan).unwrap();
        let again: ScalingPolicy = serde_json::from_str(&json).unwrap();
        prop_assert_eq!(&again, &plan);
        let file = scaling_file::read(&Source::new("web.json", json.as_str()));
        prop_assert!(file.diagnostics.is_empty(), "{:?}\n{json}", file.diagnostics);
        prop_assert_eq!(file.policies, [plan]);
    }

    /// Any damage is told of, or does none.
    #[test]
    fn damaged_files_are_told_of(at in 0..WEB.len(), with in "[-:{}\\[\\]'\",.a0 \n]{0,3}", long in 0..4_usize) {
        let end = (at + long).min(WEB.len());
        let text = format!("{}{with}{}", &WEB[..at], &WEB[end..]);
        let file = scaling_file::read(&Source::new("web.yaml", text));
        prop_assert!(!file.diagnostics.is_empty() || file.policies.len() == 1);
    }
}
