//! Plans tried out.

use crate::desk::{fixed, metric, policy, window};
use paas_core::scaling::{Bounds, Rule, ScalingPolicy, Threshold, Window};
use paas_scaling::{
    Act, Plan,
    simulate::{Comparison, InvalidDate, Load, Simulation, Timeline},
};

/// The channel of the bank example: by load during the day, two by night.
fn channel() -> ScalingPolicy {
    let mut day = window(
        "channel_day",
        "07:00-22:00",
        Rule::Metric {
            metric: "cpu".to_owned(),
            upper: Some(Threshold::new(0.7).for_ms(120_000).by(2)),
            lower: Some(Threshold::new(0.25).for_ms(120_000).by(2)),
            bounds: Bounds { min: 2, max: 12 },
        },
    );
    day.grace_ms = 30_000;
    let mut policy = policy(2, 12, [day, fixed("channel_night", "22:00-07:00", 2)]);
    policy.service = "customer-channel".to_owned();
    policy.time_zone = "Asia/Shanghai".to_owned();
    policy
}

fn run(policy: &ScalingPolicy, count: u32, load: Load) -> Timeline {
    Simulation::day(&Plan::new(policy).unwrap(), "2026-11-23", count, load).unwrap().run()
}

#[test]
fn the_channel_of_the_bank_follows_its_day() {
    let timeline = run(&channel(), 2, Load::office_day(6.0));
    insta::assert_snapshot!(timeline.to_string());
    insta::assert_snapshot!(timeline.to_svg());
    // What is decided moves the count from where it was.
    let mut count = 2;
    for decision in &timeline.decisions {
        match decision.act {
            Act::Scale { from, to, .. } => {
                assert_eq!(from, count);
                count = to;
            }
            Act::Drain { from, .. } => assert_eq!(from, count),
            _ => {}
        }
    }
    assert_eq!(timeline.counts.last().unwrap().count, count);
}

#[test]
fn container_hours_are_those_of_the_steps() {
    let timeline = run(&channel(), 2, Load::office_day(6.0));
    let ends = timeline.counts.iter().skip(1).map(|step| step.at).chain([timeline.until]);
    let steps = timeline.counts.iter().zip(ends);
    let hours: f64 = steps
        .map(|(step, end)| f64::from(step.count) * f64::from(end.seconds() - step.at.seconds()) / 3_600.0)
        .sum();
    assert!((hours - timeline.summary.container_hours).abs() < 0.001);
}

#[test]
fn the_same_is_simulated_again_to_the_letter() {
    let json = || serde_json::to_string(&run(&channel(), 2, Load::office_day(9.0))).unwrap();
    assert_eq!(json(), json());
}

#[test]
fn more_load_takes_more_containers_and_too_few_lose_some() {
    let (low, high) = (run(&channel(), 2, Load::office_day(2.0)), run(&channel(), 2, Load::office_day(8.0)));
    assert!(high.summary.container_hours > low.summary.container_hours);
    let mut stiff = channel();
    stiff.windows.truncate(1);
    if let Rule::Metric { upper, .. } = &mut stiff.windows[0].rule {
        *upper = None;
    }
    let stiff = run(&stiff, 2, Load::office_day(8.0));
    assert!(stiff.summary.lost.unwrap().share > 0.2, "{:?}", stiff.summary.lost);
    assert!(high.summary.lost.unwrap().share < 0.05, "{:?}", high.summary.lost);
    let comparison = Comparison::new(&stiff, &high).to_string();
    insta::assert_snapshot!(comparison);
}

#[test]
fn a_trace_of_metrics_with_counts_is_spread_over_those_of_the_simulation() {
    // Four containers at 60 %: with two the upper threshold is passed, with four it is not.
    let load = Load::from_csv("time,cpu,count\n00:00,0.6,4\n").unwrap();
    let timeline = run(&channel(), 2, load);
    assert_eq!(timeline.summary.most, 4);
    let last = timeline.minutes.iter().rfind(|minute| minute.count == 4).unwrap();
    assert!((last.metrics[0].unwrap() - 0.6).abs() < 1e-9, "{last:?}");
}

#[test]
fn a_trace_of_metrics_without_counts_is_as_it_is() {
    let load = Load::from_csv("time,cpu\n00:00,0.9\n").unwrap();
    let timeline = run(&channel(), 2, load);
    assert_eq!(timeline.summary.most, 12, "whatever is added, the metric stays");
    assert_eq!(timeline.summary.lost, None);
}

#[test]
fn metrics_that_are_missing_are_unknown_never_zero() {
    let load = Load::from_csv("time,disk\n00:00,0.1\n").unwrap();
    let timeline = run(&channel(), 8, load);
    let by_alarms = timeline.decisions.iter().filter(|one| one.reason.contains("metric"));
    assert_eq!(by_alarms.count(), 0);
    assert!(timeline.held.iter().any(|held| held.reason.contains("a metric is missing")));
}

#[test]
fn memory_follows_how_busy_containers_are_where_a_trace_tells_nothing_of_it() {
    let mut memory = metric("memory", "00:00-00:00", (1, 9), 1, 0);
    if let Rule::Metric { metric, upper, .. } = &mut memory.rule {
        *metric = "memory".to_owned();
        *upper = Some(Threshold::new(0.6).for_ms(0));
    }
    let plan = Plan::new(&policy(1, 9, [memory])).unwrap();
    let timeline = Simulation::day(&plan, "2026-11-23", 1, Load::constant(0.95)).unwrap().run();
    assert_eq!(timeline.summary.most, 2);
}

#[test]
fn days_are_those_of_the_zone_even_when_clocks_change() {
    let mut berlin = policy(1, 9, [fixed("day", "08:00-20:00", 5)]);
    berlin.time_zone = "Europe/Berlin".to_owned();
    let plan = Plan::new(&berlin).unwrap();
    let day = |date: &str| Simulation::day(&plan, date, 2, Load::constant(1.0)).unwrap().run();
    let hours = |date: &str| {
        let timeline = day(date);
        (timeline.until.seconds() - timeline.from.seconds()) / 3_600
    };
    assert_eq!([hours("2026-03-28"), hours("2026-03-29"), hours("2026-10-25")], [24, 23, 25]);
    assert_eq!(day("2026-10-25").minutes.len(), 25 * 60);
    assert_eq!(day("2026-10-25").to_svg().matches(">02:00</text>").count(), 1);
}

#[test]
fn what_is_no_day_is_refused() {
    let plan = Plan::new(&channel()).unwrap();
    let error = |date| Simulation::day(&plan, date, 2, Load::constant(1.0)).unwrap_err();
    for text in ["tomorrow", "2026-02-30", "1960-01-01", "2200-01-01", ""] {
        assert_eq!(error(text), InvalidDate::NotADay(text.to_owned()));
    }
    let at = crate::desk::at;
    let span =
        |from, until| Simulation::span(&plan, at(from), at(until), 2, Load::constant(1.0)).unwrap_err();
    assert_eq!(span("08:00", "08:00"), InvalidDate::Span);
    assert_eq!(span("08:00", "+57 08:00"), InvalidDate::Span);
}

#[test]
fn names_do_no_harm_in_the_picture() {
    let name = "a<b>&\"'\u{1}";
    let mut policy = policy(1, 9, [fixed(name, "08:00-20:00", 5)]);
    policy.service = name.to_owned();
    let svg = run(&policy, 2, Load::constant(1.0)).to_svg();
    let document = roxmltree::Document::parse(&svg).unwrap();
    assert!(document.descendants().any(|node| node.text().is_some_and(|text| text.contains("a<b>&"))));
}

#[test]
fn eight_weeks_and_many_windows_still_make_a_picture() {
    let windows: Vec<Window> = (0..20)
        .map(|hour| fixed(&format!("hour {hour}"), &format!("{hour:02}:00-{:02}:00", hour + 1), hour % 9 + 1))
        .collect();
    let plan = Plan::new(&policy(1, 9, windows)).unwrap();
    let at = crate::desk::at;
    let simulation = Simulation::span(&plan, at("00:00"), at("+56 00:00"), 2, Load::office_day(4.0)).unwrap();
    let timeline = simulation.run();
    let svg = timeline.to_svg();
    roxmltree::Document::parse(&svg).unwrap();
    assert!(svg.contains("and 8 more windows"));
}

#[test]
fn time_ends_without_a_panic() {
    use paas_core::scaling::Timestamp;
    let plan = Plan::new(&channel()).unwrap();
    for (from, until) in [(0, 90_000), (u32::MAX - 90_000, u32::MAX), (u32::MAX - 1, u32::MAX)] {
        let (from, until) = (Timestamp::from_seconds(from), Timestamp::from_seconds(until));
        let timeline = Simulation::span(&plan, from, until, 2, Load::office_day(6.0)).unwrap().run();
        roxmltree::Document::parse(&timeline.to_svg()).unwrap();
        assert!(!timeline.to_string().is_empty());
    }
}

#[test]
fn absurd_numbers_do_no_harm() {
    let at = crate::desk::at;
    let mut wide = policy(0, u32::MAX, [fixed("day", "08:00-20:00", u32::MAX)]);
    wide.windows.push(metric("all", "20:00-08:00", (0, u32::MAX), u32::MAX, u32::MAX));
    let plan = Plan::new(&wide).unwrap();
    for demand in [0.0, 1e300, f64::MAX, 1e-300] {
        let load = Load::constant(demand);
        let mut simulation = Simulation::span(&plan, at("19:00"), at("21:00"), u32::MAX, load).unwrap();
        simulation.model.sample_seconds = 0;
        simulation.model.start_seconds = u32::MAX;
        simulation.settings.alarm_ttl_ms = 0;
        let timeline = simulation.run();
        roxmltree::Document::parse(&timeline.to_svg()).unwrap();
        assert!(!timeline.to_string().is_empty());
    }
}

#[test]
fn rows_are_records_with_the_same_columns_each() {
    let timeline = run(&channel(), 2, Load::office_day(6.0));
    let rows = timeline.rows();
    assert_eq!(rows.len(), timeline.minutes.len());
    let columns = ["at", "local", "window", "count", "draining", "serving", "demand", "cpu"];
    for (row, minute) in rows.iter().zip(&timeline.minutes) {
        let record = serde_json::to_value(row).unwrap();
        let record = record.as_object().unwrap();
        assert!(record.len() == columns.len() && columns.iter().all(|column| record.contains_key(*column)));
        assert_eq!((row.at, row.count, row.serving), (minute.at, minute.count, minute.serving));
        assert!(row.draining <= row.count);
    }
    let at = |local: &str| rows.iter().find(|row| row.local == local).unwrap();
    assert_eq!(at("2026-11-23 03:00").window.as_deref(), Some("channel_night"));
    assert_eq!(at("2026-11-23 07:00").window.as_deref(), Some("channel_day"));
    // Half a minute of draining lies between two minutes, or over the beginning of one.
    let drains = timeline.counts.iter().filter(|step| step.draining > 0).count();
    assert!(drains > 0 && rows.iter().filter(|row| row.draining > 0).count() <= drains);
}

#[test]
fn a_metric_that_is_called_like_a_column_has_one_of_its_own() {
    let mut policy = channel();
    if let Rule::Metric { metric, .. } = &mut policy.windows[0].rule {
        *metric = "serving".to_owned();
    }
    let load = Load::from_csv("time,serving\n00:00,0.5\n").unwrap();
    let row = serde_json::to_value(&run(&policy, 2, load).rows()[0]).unwrap();
    assert_eq!((&row["serving"], &row["metric_serving"]), (&2.into(), &0.5.into()));
}

#[test]
fn what_a_timeline_came_to_can_be_kept_and_compared() {
    let (first, second) =
        (run(&channel(), 2, Load::office_day(6.0)), run(&channel(), 2, Load::office_day(8.0)));
    let kept = serde_json::to_string(&first.summary).unwrap();
    let read = serde_json::from_str(&kept).unwrap();
    assert_eq!(Comparison::of(&read, &second.summary), Comparison::new(&first, &second));
}

/// What holds an alarm up may be a window too: not that of its rule.
#[test]
fn a_held_alarm_names_its_window_and_the_one_that_holds() {
    let mut policy = channel();
    policy.windows[1].from = "12:00".parse().unwrap();
    policy.windows[1].to = "13:00".parse().unwrap();
    policy.windows[1].rule = Rule::Fixed { count: paas_core::scaling::FixedCount::Count(6) };
    let timeline = run(&policy, 2, Load::constant(11.0));
    let mut held = timeline.held.iter().map(|held| serde_json::to_value(held).unwrap());
    let by_window = held.find(|held| held["hold"]["because"] == "fixed_window").unwrap();
    assert_eq!(by_window["window"], "channel_day");
    assert_eq!(by_window["hold"]["window"], "channel_night");
}
