//! Plans and their windows.

use super::{
    Report, keys,
    map::{Map, scalar, text, wrong},
    rule,
};
use crate::yaml::{Kind, NodeRef, scalar_integer};
use paas_core::{
    diagnostic::{Code, did_you_mean, shown},
    scaling::{Bounds, Cycle, ScalingPolicy, TimeOfDay, Weekday, Window},
};
use std::collections::BTreeSet;

/// A plan, if all of it could be read.
pub(super) fn read(node: NodeRef<'_>, report: &mut Report) -> Option<ScalingPolicy> {
    let map = Map::read(node, "a scaling plan", keys::PLAN, report)?;
    let service = map.text("service", report);
    let enabled = map.boolean_or("enabled", true, report);
    let time_zone = map.text("time_zone", report);
    let bounds = bounds(map, report);
    let windows = windows(map, report);
    let mut plan = ScalingPolicy::new(service?, time_zone?, bounds?);
    plan.enabled = enabled?;
    plan.windows = windows?;
    plan.origin = map.get("service").map_or_else(|| node.place(), NodeRef::place).into();
    map.is_whole.then_some(plan)
}

/// The bounds of a plan or a rule; that there are none has been told.
pub(super) fn bounds(map: Map<'_>, report: &mut Report) -> Option<Bounds> {
    let bounds = Map::read(map.get("bounds")?, "`bounds`", keys::BOUNDS, report)?;
    let (min, max) = (bounds.count("min", report), bounds.count("max", report));
    Some(Bounds { min: min?, max: max? }).filter(|_| bounds.is_whole)
}

fn windows(map: Map<'_>, report: &mut Report) -> Option<Vec<Window>> {
    let list = map.get("windows")?;
    if list.kind() != Kind::Sequence {
        let message = format!("`windows` is a list, but here is {}", list.kind());
        report.help(Code::ScalingFileWrongShape, list, message, "begin each window with `- name: …`");
        return None;
    }
    // All are looked at, so that all that is wrong is told.
    let windows: Vec<_> = list.items().map(|node| window(node, report)).collect();
    windows.into_iter().collect()
}

fn window(node: NodeRef<'_>, report: &mut Report) -> Option<Window> {
    let map = Map::read(node, "a window", keys::WINDOW, report)?;
    let name = map.text("name", report);
    let enabled = map.boolean_or("enabled", true, report);
    let cycle = map.get("cycle").map_or(Some(Cycle::Daily), |node| cycle(node, report));
    let (from, to) = (time(map, "from", report), time(map, "to", report));
    let rule = map.get("rule").and_then(|node| rule::read(node, report));
    let retrigger = map.milliseconds_or("retrigger_ms", Window::DEFAULT_RETRIGGER_MS, report);
    let grace = map.milliseconds_or("grace_ms", 0, report);
    let mut window = Window::daily(name?, from?, to?, rule?);
    (window.enabled, window.cycle) = (enabled?, cycle?);
    (window.retrigger_ms, window.grace_ms) = (retrigger?, grace?);
    window.origin = map.get("name").unwrap_or(map.node()).place().into();
    map.is_whole.then_some(window)
}

fn time(map: Map<'_>, key: &str, report: &mut Report) -> Option<TimeOfDay> {
    let text = map.text(key, report)?;
    let time = text.parse::<TimeOfDay>();
    if let (Err(error), Some(node)) = (&time, map.get(key)) {
        wrong(node, key, &error.to_string(), report);
    }
    time.ok()
}

fn cycle(node: NodeRef<'_>, report: &mut Report) -> Option<Cycle> {
    const FORMS: &str = "it is `daily`, `{ weekly: [ mon, … ] }` or `{ monthly: [ 1, … ] }`";
    if node.kind() == Kind::Scalar {
        let is_daily = node.says("daily");
        if !is_daily {
            wrong(node, "cycle", FORMS, report);
        }
        return is_daily.then_some(Cycle::Daily);
    }
    let map = Map::read(node, "`cycle`", keys::CYCLE, report)?;
    let cycle = match (map.get("weekly"), map.get("monthly")) {
        (Some(days), None) => Cycle::Weekly(self::days(days, "weekly", weekday, report)?),
        (None, Some(days)) => Cycle::Monthly(self::days(days, "monthly", date, report)?),
        _ if !map.is_whole => return None,
        _ => {
            let message = "`cycle` has neither `weekly` nor `monthly`, or both".to_owned();
            report.help(Code::ScalingFileWrongShape, node, message, FORMS);
            return None;
        }
    };
    map.is_whole.then_some(cycle)
}

fn days<T: Ord>(
    list: NodeRef<'_>,
    what: &str,
    day: fn(NodeRef<'_>, &mut Report) -> Option<T>,
    report: &mut Report,
) -> Option<BTreeSet<T>> {
    if list.kind() != Kind::Sequence {
        let message = format!("`{what}` is a list, but here is {}", list.kind());
        report.help(Code::ScalingFileWrongShape, list, message, "write `[ … ]`");
        return None;
    }
    let days: Vec<_> = list.items().map(|node| day(node, report)).collect();
    days.into_iter().collect()
}

fn weekday(node: NodeRef<'_>, report: &mut Report) -> Option<Weekday> {
    let word = text(node, "weekly", report)?;
    let day = Weekday::from_word(word);
    if day.is_none() {
        let words = Weekday::ALL.map(Weekday::as_str);
        let help = did_you_mean(word, words).unwrap_or_else(|| format!("days are `{}`", words.join("`, `")));
        report.help(
            Code::ScalingFileWrongValue,
            node,
            format!("{} is not a day of the week", shown(word)),
            help,
        );
    }
    day
}

fn date(node: NodeRef<'_>, report: &mut Report) -> Option<u8> {
    let text = scalar(node, "monthly", report)?;
    let date = scalar_integer(text).and_then(|date| u8::try_from(date).ok());
    if date.is_none() {
        wrong(node, "monthly", "days of the month are whole numbers from 1 to 31", report);
    }
    date
}
