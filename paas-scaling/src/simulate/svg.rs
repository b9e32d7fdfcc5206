//! A time-line as a picture: windows as bands, the count as steps, the load as a line, decisions as marks. What differs in
//! colour differs in shape or in pattern too, for print without colour.

use super::{
    local,
    table::clock,
    timeline::{Band, Step, Timeline},
};
use crate::Act;
use jiff::tz::TimeZone;
use paas_core::{
    drawing::{Font, INK, MUTED, Pen, fitted},
    scaling::Timestamp,
};
use std::fmt::Write as _;

const WIDTH: i32 = 1_040;
const LEFT: i32 = 56;
const RIGHT: i32 = WIDTH - 56;
/// Where the chart begins.
const TOP: i32 = 92;
const HEIGHT: i32 = 300;
const BOTTOM: i32 = TOP + HEIGHT;
/// Between the axis of time and the first band.
const BANDS: i32 = BOTTOM + 40;
const BAND: i32 = 22;
const BAND_GAP: i32 = 6;
const MARGIN: i32 = 20;
/// So many rows of bands are drawn; the others are counted.
const MOST_ROWS: usize = 12;
/// With more decisions than this marks would lie upon each other.
const MOST_MARKS: usize = 120;

/// Hours begin with quarters of an hour of the world's time: no zone has other offsets today. In seconds.
const QUARTER: u32 = 900;

const TITLE: Font = Font::new(20, true, INK);
const SUBTITLE: Font = Font::new(12, false, MUTED);
const AXIS: Font = Font::new(11, false, MUTED);
const LABEL: Font = Font::new(11, true, INK);

const COUNT: &str = "#1d4ed8";
const LOAD: &str = "#b45309";
const FIXED: (&str, &str) = ("#dbeafe", "#1d4ed8");
const METRIC: (&str, &str) = ("#f1f5f9", "#475569");
const OUT: &str = "#15803d";
const IN: &str = "#b91c1c";
const DRAIN: &str = "#6d28d9";

impl Timeline {
    /// The time-line as SVG: one drawing that needs nothing else.
    pub fn to_svg(&self) -> String {
        let chart = Chart::new(self);
        let mut pen = Pen::new();
        let rows = chart.bands(&mut pen);
        let legend = BANDS + rows * (BAND + BAND_GAP) + 26;
        chart.shade(&mut pen);
        chart.axes(&mut pen);
        chart.draining(&mut pen);
        chart.load(&mut pen);
        chart.count(&mut pen);
        chart.marks(&mut pen);
        chart.head(&mut pen);
        let height = chart.legend(&mut pen, legend) + MARGIN;
        let mut page = Pen::new();
        page.raw(format_args!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH}\" height=\"{height}\" \
             viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" font-family=\"system-ui, -apple-system, 'Segoe UI', Roboto, \
             'Helvetica Neue', 'Noto Sans', Arial, sans-serif\">"
        ));
        page.element("title", &self.service);
        page.element("desc", &chart.description());
        page.raw(format_args!(
            "<defs><pattern id=\"fixed\" width=\"7\" height=\"7\" patternUnits=\"userSpaceOnUse\" \
             patternTransform=\"rotate(45)\"><path d=\"M0 0V7\" stroke=\"{}\" stroke-width=\"1.5\" \
             stroke-opacity=\"0.35\"/></pattern></defs>",
            FIXED.1
        ));
        page.raw(format_args!("<rect width=\"{WIDTH}\" height=\"{height}\" fill=\"#ffffff\"/>"));
        let mut out = page.finish();
        out.push_str(&pen.finish());
        out.push_str("</svg>\n");
        out
    }
}

/// What the line of the load shows.
#[derive(Clone, Copy, PartialEq)]
enum Line {
    /// Containers that it keeps busy: on the axis of the count.
    Demand,
    /// A metric, from 0 on, on an axis of its own.
    Metric(usize),
    Nothing,
}

struct Chart<'a> {
    timeline: &'a Timeline,
    zone: TimeZone,
    /// The highest count of the axis.
    most: u32,
    line: Line,
    /// The highest value of the metric's axis.
    most_of_metric: f64,
}

impl<'a> Chart<'a> {
    fn new(timeline: &'a Timeline) -> Self {
        let minutes = &timeline.minutes;
        let line = if minutes.iter().any(|minute| minute.demand.is_some()) {
            Line::Demand
        } else {
            let has = |index: usize| {
                minutes.iter().any(|minute| minute.metrics.get(index).is_some_and(Option::is_some))
            };
            (0..timeline.summary.metrics.len()).find(|index| has(*index)).map_or(Line::Nothing, Line::Metric)
        };
        let demands = minutes.iter().filter_map(|minute| minute.demand);
        let demand = demands.fold(0.0_f64, f64::max).ceil();
        let fixed = timeline.windows.iter().filter_map(|band| band.count).max().unwrap_or(0);
        let counts = timeline.counts.iter().map(|step| step.count).max().unwrap_or(0).max(fixed);
        let demand = if demand < f64::from(u32::MAX) { demand as u32 } else { u32::MAX };
        let mut chart = Self {
            timeline,
            zone: local::zone(&timeline.time_zone),
            most: counts.max(demand).saturating_add(1).max(4),
            line,
            most_of_metric: 1.0,
        };
        let values = minutes.iter().filter_map(|minute| chart.value(minute));
        chart.most_of_metric = values.fold(1.0, f64::max);
        chart
    }

    fn value(&self, minute: &super::timeline::Minute) -> Option<f64> {
        match self.line {
            Line::Demand => minute.demand,
            Line::Metric(index) => minute.metrics.get(index).copied().flatten(),
            Line::Nothing => None,
        }
    }

    fn x(&self, at: Timestamp) -> f64 {
        let (from, until) = (self.timeline.from.seconds(), self.timeline.until.seconds());
        let at = at.seconds().clamp(from, until);
        let share = f64::from(at - from) / f64::from((until - from).max(1));
        tenths(f64::from(LEFT) + share * f64::from(RIGHT - LEFT))
    }

    fn y(&self, count: f64) -> f64 {
        tenths(f64::from(BOTTOM) - (count / f64::from(self.most)).clamp(0.0, 1.0) * f64::from(HEIGHT))
    }

    fn y_of_line(&self, value: f64) -> f64 {
        match self.line {
            Line::Metric(_) => self.y(value / self.most_of_metric * f64::from(self.most)),
            _ => self.y(value),
        }
    }

    fn head(&self, pen: &mut Pen) {
        let Timeline { service, time_zone, from, until, summary, .. } = self.timeline;
        pen.fitted(MARGIN, 38, TITLE, WIDTH - 2 * MARGIN, service);
        let (from, until) = (local::civil(&self.zone, *from).date(), local::civil(&self.zone, *until).date());
        let days = match until.yesterday() {
            Ok(last) if last > from => format!("{from} to {last}"),
            _ => from.to_string(),
        };
        let mut words = format!(
            "{days}, {time_zone} · {:.1} container hours · {} times out, {} times in",
            summary.container_hours, summary.scaled_out, summary.scaled_in
        );
        let above: u32 = summary.above.iter().map(|passed| passed.seconds).sum();
        let _ = write!(words, " · {} min above a threshold", above.div_ceil(60));
        if let Some(lost) = summary.lost {
            let _ = write!(words, " · {:.2} % of the load lost", lost.share * 100.0);
        }
        pen.fitted(MARGIN, 58, SUBTITLE, WIDTH - 2 * MARGIN, &words);
    }

    fn description(&self) -> String {
        let mut text = String::new();
        for decision in &self.timeline.decisions {
            if let Act::Scale { from, to, .. } = &decision.act {
                let at = clock(&self.zone, decision.at, self.timeline.has_days());
                let _ = write!(text, "{at}: {from} to {to}. ");
            }
        }
        if text.is_empty() { "The count does not change.".to_owned() } else { text }
    }

    fn axes(&self, pen: &mut Pen) {
        for count in ticks(self.most) {
            let y = self.y(f64::from(count));
            pen.raw(format_args!("<path d=\"M{LEFT} {y}H{RIGHT}\" stroke=\"#e2e8f0\"/>"));
            pen.raw(format_args!(
                "<text x=\"{}\" y=\"{}\" font-size=\"11\" fill=\"{MUTED}\" text-anchor=\"end\">{count}</text>",
                LEFT - 8,
                y + 4.0
            ));
        }
        pen.text(MARGIN, TOP - 10, AXIS, "containers");
        if let Line::Metric(index) = self.line {
            for quarter in 0..=4 {
                let share = f64::from(quarter) / 4.0;
                let (y, value) = (self.y(share * f64::from(self.most)), share * self.most_of_metric);
                let value = (value * 100.0).round() / 100.0;
                pen.raw(format_args!(
                    "<text x=\"{}\" y=\"{}\" font-size=\"11\" fill=\"{LOAD}\">{value}</text>",
                    RIGHT + 8,
                    y + 4.0
                ));
            }
            let name = self.timeline.summary.metrics.get(index).map_or("", String::as_str);
            let name = fitted(name, AXIS, 120);
            pen.text(WIDTH - MARGIN - AXIS.width(&name), TOP - 10, AXIS, &name);
        }
        for (at, words, is_day) in self.hours() {
            let x = self.x(at);
            let stroke = if is_day { "#94a3b8" } else { "#e2e8f0" };
            pen.raw(format_args!(
                "<path d=\"M{x} {TOP}V{BOTTOM}\" stroke=\"{stroke}\" stroke-dasharray=\"2 3\"/>"
            ));
            pen.raw(format_args!(
                "<text x=\"{x}\" y=\"{}\" font-size=\"11\" fill=\"{MUTED}\" text-anchor=\"middle\">{words}</text>",
                BOTTOM + 17
            ));
        }
        pen.raw(format_args!("<path d=\"M{LEFT} {BOTTOM}H{RIGHT}\" stroke=\"{INK}\" stroke-width=\"1.5\"/>"));
    }

    /// The ticks of the axis of time: full hours by the wall clock, or days.
    fn hours(&self) -> Vec<(Timestamp, String, bool)> {
        let Timeline { from, until, .. } = self.timeline;
        let span = until.seconds() - from.seconds();
        let every = [1, 2, 3, 6, 12, 24, 48, 96, 168]
            .into_iter()
            .find(|hours| span / (hours * 3_600) <= 16)
            .unwrap_or(336);
        let mut ticks = Vec::new();
        let mut next = from.seconds().checked_next_multiple_of(QUARTER);
        let mut last: Option<(jiff::civil::Date, i8)> = None;
        while let Some(at) = next.filter(|at| *at <= until.seconds()) {
            let instant = Timestamp::from_seconds(at);
            let civil = local::civil(&self.zone, instant);
            let (date, time) = (civil.date(), civil.time());
            let is_hour = time.minute() == 0 && time.second() == 0;
            let days = date.since(jiff::civil::date(1970, 1, 1)).map_or(0, |span| span.get_days());
            let is_tick = if every < 24 {
                u32::from(time.hour().unsigned_abs()) % every == 0
            } else {
                time.hour() == 0 && days.unsigned_abs() % (every / 24) == 0
            };
            // An hour that the clocks go through twice has one tick.
            if is_hour && is_tick && last != Some((date, time.hour())) {
                let words = if every < 24 {
                    format!("{:02}:00", time.hour())
                } else {
                    format!("{:02}-{:02}", date.month(), date.day())
                };
                ticks.push((instant, words, time.hour() == 0));
                last = Some((date, time.hour()));
            }
            next = at.checked_add(QUARTER);
        }
        ticks
    }

    /// Where a fixed window holds the count, the chart has a ground.
    fn shade(&self, pen: &mut Pen) {
        for band in self.timeline.windows.iter().filter(|band| band.count.is_some()) {
            let (x, end) = (self.x(band.from), self.x(band.until));
            let width = tenths(end - x);
            pen.raw(format_args!(
                "<rect x=\"{x}\" y=\"{TOP}\" width=\"{width}\" height=\"{HEIGHT}\" fill=\"{}\" fill-opacity=\"0.4\"/>",
                FIXED.0
            ));
        }
    }

    /// One row for each window; tells how many rows there are.
    fn bands(&self, pen: &mut Pen) -> i32 {
        let mut rows: Vec<&str> = Vec::new();
        for band in &self.timeline.windows {
            if !rows.contains(&band.window.as_str()) {
                rows.push(&band.window);
            }
        }
        let all = rows.len();
        rows.truncate(MOST_ROWS);
        let height = |row: usize| i32::try_from(row).unwrap_or(0) * (BAND + BAND_GAP);
        for band in &self.timeline.windows {
            let Some(row) = rows.iter().position(|name| *name == band.window) else { continue };
            self.band(pen, band, BANDS + height(row));
        }
        if all > rows.len() {
            let words = format!("and {} more windows", all - rows.len());
            pen.text(LEFT, BANDS + height(rows.len()) + 15, AXIS, &words);
            return i32::try_from(rows.len() + 1).unwrap_or(0);
        }
        i32::try_from(rows.len()).unwrap_or(0)
    }

    fn band(&self, pen: &mut Pen, band: &Band, y: i32) {
        let (x, end) = (self.x(band.from), self.x(band.until));
        let width = tenths((end - x).max(2.0));
        let (ground, edge) = if band.count.is_some() { FIXED } else { METRIC };
        let rule = match (band.count, band.bounds) {
            (Some(count), _) => format!("fixed at {count}"),
            (None, Some(bounds)) => format!("{} to {}", bounds.min, bounds.max),
            (None, None) => String::new(),
        };
        let words = format!("{}: {rule}", band.window);
        pen.raw(format_args!("<g>"));
        let days = self.timeline.has_days();
        let (from, until) = (clock(&self.zone, band.from, days), clock(&self.zone, band.until, days));
        pen.element("title", &format!("{words}, {from} to {until}"));
        let size = format!("x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{BAND}\" rx=\"4\"");
        pen.raw(format_args!("<rect {size} fill=\"{ground}\" stroke=\"{edge}\"/>"));
        if band.count.is_some() {
            pen.raw(format_args!("<rect {size} fill=\"url(#fixed)\"/>"));
        }
        // Bold letters of some fonts are wider than is reckoned with.
        let room = (width * 0.9) as i32 - 12;
        if room > 24 {
            pen.outlined(x as i32 + 7, y + 15, LABEL, &fitted(&words, LABEL, room));
        }
        pen.raw(format_args!("</g>"));
    }

    /// The count from each step to the next.
    fn spans(&self) -> impl Iterator<Item = (&Step, Timestamp)> {
        let ends = self.timeline.counts.iter().skip(1).map(|step| step.at);
        self.timeline.counts.iter().zip(ends.chain([self.timeline.until]))
    }

    fn count(&self, pen: &mut Pen) {
        let mut path = String::new();
        for (index, (step, until)) in self.spans().enumerate() {
            let (x, y, end) = (self.x(step.at), self.y(f64::from(step.count)), self.x(until));
            let _ = if index == 0 { write!(path, "M{x} {y}H{end}") } else { write!(path, "V{y}H{end}") };
        }
        pen.raw(format_args!(
            "<path d=\"{path}\" fill=\"none\" stroke=\"{COUNT}\" stroke-width=\"2.5\" stroke-linejoin=\"round\"/>"
        ));
    }

    /// Containers that drain, below the line of the count.
    fn draining(&self, pen: &mut Pen) {
        for (step, until) in self.spans().filter(|(step, _)| step.draining > 0) {
            let (x, end) = (self.x(step.at), self.x(until));
            let y = self.y(f64::from(step.count));
            let height = tenths(self.y(f64::from(step.count.saturating_sub(step.draining))) - y);
            let width = tenths((end - x).max(1.5));
            pen.raw(format_args!(
                "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" fill=\"{DRAIN}\" fill-opacity=\"0.35\"/>"
            ));
        }
    }

    fn load(&self, pen: &mut Pen) {
        let mut path = String::new();
        let mut is_down = false;
        for minute in &self.timeline.minutes {
            let Some(value) = self.value(minute) else {
                is_down = false;
                continue;
            };
            let (x, y) = (self.x(minute.at), self.y_of_line(value));
            let _ = write!(path, "{}{x} {y}", if is_down { "L" } else { "M" });
            is_down = true;
        }
        if !path.is_empty() {
            pen.raw(format_args!(
                "<path d=\"{path}\" fill=\"none\" stroke=\"{LOAD}\" stroke-width=\"1.5\" stroke-dasharray=\"6 3\"/>"
            ));
        }
    }

    fn marks(&self, pen: &mut Pen) {
        if self.timeline.decisions.len() > MOST_MARKS {
            return;
        }
        for decision in &self.timeline.decisions {
            let at = clock(&self.zone, decision.at, self.timeline.has_days());
            let (words, count) = match &decision.act {
                Act::Scale { from, to, .. } => (format!("{at}  {from} to {to}: {}", decision.reason), *to),
                Act::Drain { from, to, .. } => {
                    (format!("{at}  {from} to {to} drain: {}", decision.reason), *from)
                }
                _ => continue,
            };
            let (x, y) = (self.x(decision.at), self.y(f64::from(count)));
            pen.raw(format_args!("<g>"));
            pen.element("title", &words);
            match &decision.act {
                Act::Scale { from, to, .. } if to > from => up(pen, x, y),
                Act::Scale { .. } => down(pen, x, y),
                _ => pen.raw(format_args!(
                    "<circle cx=\"{x}\" cy=\"{y}\" r=\"4\" fill=\"#ffffff\" stroke=\"{DRAIN}\" stroke-width=\"2\"/>"
                )),
            }
            pen.raw(format_args!("</g>"));
        }
    }

    /// Tells where it ends.
    fn legend(&self, pen: &mut Pen, y: i32) -> i32 {
        let mut x = LEFT;
        let mut y = y;
        let mut entry = |pen: &mut Pen, words: &str, draw: &dyn Fn(&mut Pen, i32, i32)| {
            let width = 34 + AXIS.width(words) + 18;
            if x + width > RIGHT {
                (x, y) = (LEFT, y + 20);
            }
            draw(pen, x, y);
            pen.text(x + 34, y + 4, AXIS, words);
            x += width;
        };
        entry(pen, "count", &|pen, x, y| {
            pen.raw(format_args!(
                "<path d=\"M{x} {}h13v-7h13\" fill=\"none\" stroke=\"{COUNT}\" stroke-width=\"2.5\"/>",
                y + 4
            ));
        });
        let load = match self.line {
            Line::Demand => "load, in containers that it keeps busy",
            Line::Metric(_) => "load",
            Line::Nothing => "",
        };
        if !load.is_empty() {
            entry(pen, load, &|pen, x, y| {
                pen.raw(format_args!(
                    "<path d=\"M{x} {y}h26\" stroke=\"{LOAD}\" stroke-width=\"1.5\" stroke-dasharray=\"6 3\"/>"
                ));
            });
        }
        let band = |pen: &mut Pen, x: i32, y: i32, (ground, edge): (&str, &str), is_fixed: bool| {
            let size = format!("x=\"{x}\" y=\"{}\" width=\"26\" height=\"12\" rx=\"3\"", y - 6);
            pen.raw(format_args!("<rect {size} fill=\"{ground}\" stroke=\"{edge}\"/>"));
            if is_fixed {
                pen.raw(format_args!("<rect {size} fill=\"url(#fixed)\"/>"));
            }
        };
        let windows = &self.timeline.windows;
        if windows.iter().any(|band| band.count.is_some()) {
            entry(pen, "fixed window", &|pen, x, y| band(pen, x, y, FIXED, true));
        }
        if windows.iter().any(|band| band.count.is_none()) {
            entry(pen, "metric window", &|pen, x, y| band(pen, x, y, METRIC, false));
        }
        let has = |is_so: &dyn Fn(&Act) -> bool| self.timeline.decisions.iter().any(|one| is_so(&one.act));
        if has(&|act| matches!(act, Act::Scale { from, to, .. } if to > from)) {
            entry(pen, "scaled out", &|pen, x, y| up(pen, f64::from(x + 13), f64::from(y - 1)));
        }
        if has(&|act| matches!(act, Act::Scale { from, to, .. } if to < from)) {
            entry(pen, "scaled in", &|pen, x, y| down(pen, f64::from(x + 13), f64::from(y + 1)));
        }
        if has(&|act| matches!(act, Act::Drain { .. })) {
            entry(pen, "begins to drain", &|pen, x, y| {
                pen.raw(format_args!(
                    "<circle cx=\"{}\" cy=\"{y}\" r=\"4\" fill=\"#ffffff\" stroke=\"{DRAIN}\" stroke-width=\"2\"/>",
                    x + 13
                ));
            });
        }
        y + 8
    }
}

/// A mark that points up, with its tip at a point.
fn up(pen: &mut Pen, x: f64, y: f64) {
    let y = y - 3.0;
    pen.raw(format_args!("<path d=\"M{x} {y}l5.5 9h-11z\" fill=\"{OUT}\" stroke=\"#ffffff\"/>"));
}

/// A mark that points down, with its tip at a point.
fn down(pen: &mut Pen, x: f64, y: f64) {
    let y = y + 3.0;
    pen.raw(format_args!("<path d=\"M{x} {y}l5.5 -9h-11z\" fill=\"{IN}\" stroke=\"#ffffff\"/>"));
}

/// Counts for the axis: at most eight, at round steps.
fn ticks(most: u32) -> impl Iterator<Item = u32> {
    let steps = [1, 2, 5]
        .into_iter()
        .flat_map(|step| (0..10).map(move |power| 10_u32.pow(power).saturating_mul(step)));
    let step = steps.filter(|step| most / step <= 8).min().unwrap_or(u32::MAX);
    (0..=most / step).map(move |index| index * step)
}

/// To a tenth of a pixel: nobody sees more.
fn tenths(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}
