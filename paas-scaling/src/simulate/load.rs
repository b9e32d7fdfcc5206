//! Loads: what a service has to do, over time.

use paas_core::scaling::{InvalidTimestamp, TimeOfDay, Timestamp};
use std::{error::Error, fmt};

/// The load of a service over time: a trace, or a made-up day.
///
/// A trace is CSV with a heading. The first column is `time`: times of a day, `08:00` or `08:00:30`, for every day
/// alike; or instants as RFC 3339 has them. Other columns, at least one:
///
/// | column | meaning |
/// | --- | --- |
/// | `demand` | what there is to do, in containers that it keeps busy: 2.5 are two and a half |
/// | `count` | how many containers there were when the metrics of the line were measured |
/// | any other, such as `cpu`, `memory` | the metric of that name, for each container; `cpu` and `memory` from 0 to 1 |
///
/// With `count`, what the metrics say is taken for all containers together, and spread over those of the simulation;
/// without it metrics are as they are, whatever the count. Between two lines values go straight from one to the other.
/// An empty field is no measurement.
///
/// ```
/// use paas_scaling::simulate::Load;
///
/// let load = Load::from_csv("time,demand\n00:00,0.5\n10:00,4\n20:00,0.5\n").unwrap();
/// assert_eq!(load.columns(), ["demand"]);
///
/// let problems = Load::from_csv("time,demand\n25:00,1\n08:00,many\n").unwrap_err();
/// assert_eq!(problems[0].to_string(), "line 2: `25:00` is neither a time of day nor an instant");
/// assert_eq!(problems[1].to_string(), "line 3: the `demand` is `many`, which is not a number");
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Load {
    /// What the columns are called, without `time`.
    columns: Vec<String>,
    points: Vec<Point>,
    /// The times are those of each day.
    is_daily: bool,
}

#[derive(Debug, Clone, PartialEq)]
struct Point {
    /// Seconds: of the day, or of all time.
    at: u32,
    /// One for each column.
    values: Vec<Option<f64>>,
}

/// Something in a trace that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct LoadProblem {
    /// The line of the file, from 1 on.
    pub line: u64,
    /// What is wrong.
    pub message: String,
}

impl fmt::Display for LoadProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.message)
    }
}

impl Error for LoadProblem {}

const SECONDS_PER_DAY: u32 = 86_400;
/// So many problems of one trace are told of: whoever has more has given the wrong file.
const MOST_PROBLEMS: usize = 20;

/// A working day: hours, and how much of the most there is to do then.
const OFFICE_DAY: [(u32, f64); 10] = [
    (0, 0.12),
    (6, 0.12),
    (8, 0.45),
    (10, 1.0),
    (12, 0.7),
    (13, 0.65),
    (15, 0.95),
    (17, 0.7),
    (20, 0.3),
    (22, 0.15),
];

impl Load {
    /// A working day that keeps at most so many containers busy: high in the morning and in the afternoon, low at night.
    pub fn office_day(most: f64) -> Self {
        Self::demand(OFFICE_DAY.into_iter().map(|(hour, share)| (hour * 3_600, share * most)))
    }

    /// The same all the time.
    pub fn constant(demand: f64) -> Self {
        Self::demand([(0, demand)])
    }

    /// Demands at seconds of the day.
    pub fn demand(points: impl IntoIterator<Item = (u32, f64)>) -> Self {
        let mut points: Vec<Point> =
            points.into_iter().map(|(at, demand)| Point { at, values: vec![Some(demand)] }).collect();
        points.sort_by_key(|point| point.at);
        Self { columns: vec!["demand".to_owned()], points, is_daily: true }
    }

    /// Reads a trace.
    ///
    /// # Errors
    ///
    /// All that cannot be read, line by line; twenty at most.
    pub fn from_csv(text: &str) -> Result<Self, Vec<LoadProblem>> {
        let mut problems = Vec::new();
        let mut problem = |line: u64, message: String| problems.push(LoadProblem { line, message });
        let mut reader =
            csv::ReaderBuilder::new().trim(csv::Trim::All).comment(Some(b'#')).from_reader(text.as_bytes());
        let columns = match reader.headers() {
            Ok(headers) if headers.get(0) == Some("time") && headers.len() > 1 => {
                headers.iter().skip(1).map(str::to_owned).collect::<Vec<_>>()
            }
            Ok(_) => {
                let help = "the first line names the columns: `time`, and `demand` or metrics such as `cpu`";
                return Err(vec![LoadProblem { line: 1, message: help.to_owned() }]);
            }
            Err(error) => return Err(vec![unread(&error)]),
        };
        for (index, column) in columns.iter().enumerate() {
            if column.is_empty() {
                problem(1, "a column has no name".to_owned());
            } else if columns.iter().take(index).any(|other| other == column) {
                problem(1, format!("there are two columns `{column}`"));
            }
        }
        let metrics = columns.iter().filter(|column| !matches!(column.as_str(), "demand" | "count")).count();
        let has = |name: &str| columns.iter().any(|column| column == name);
        if metrics == 0 && !has("demand") {
            problem(1, "`count` alone is no load: give `demand`, or metrics such as `cpu`".to_owned());
        }
        if has("demand") && has("cpu") {
            problem(1, "`demand` and `cpu` say the same: leave one of them out".to_owned());
        }
        let mut points: Vec<Point> = Vec::new();
        let mut is_daily = None;
        for record in reader.records() {
            if problems.len() >= MOST_PROBLEMS {
                break;
            }
            let mut problem = |line: u64, message: String| problems.push(LoadProblem { line, message });
            let record = match record {
                Ok(record) => record,
                Err(error) => {
                    problems.push(unread(&error));
                    continue;
                }
            };
            let line = record.position().map_or(0, csv::Position::line);
            let written = record.get(0).unwrap_or_default();
            let Some((at, of_day)) = time(written) else {
                problem(line, format!("`{written}` is neither a time of day nor an instant"));
                continue;
            };
            if *is_daily.get_or_insert(of_day) != of_day {
                problem(line, "times of day and instants are mixed".to_owned());
            }
            if points.last().is_some_and(|last| last.at >= at) {
                problem(line, format!("`{written}` is not after the time of the line before"));
            }
            let values = columns.iter().zip(record.iter().skip(1)).map(|(column, value)| {
                if value.is_empty() {
                    return None;
                }
                let number = value.parse::<f64>().ok().filter(|number| number.is_finite() && *number >= 0.0);
                if number.is_none() {
                    let what = if value.parse::<f64>().is_ok() { "not a load" } else { "not a number" };
                    problem(line, format!("the `{column}` is `{value}`, which is {what}"));
                } else if column == "count" && number == Some(0.0) {
                    problem(line, "a `count` of 0 has no metrics: leave the fields empty".to_owned());
                }
                number
            });
            points.push(Point { at, values: values.collect() });
        }
        if points.is_empty() && problems.is_empty() {
            problems.push(LoadProblem { line: 1, message: "there are no lines but the heading".to_owned() });
        }
        if problems.is_empty() {
            Ok(Self { columns, points, is_daily: is_daily.unwrap_or(true) })
        } else {
            problems.truncate(MOST_PROBLEMS);
            Err(problems)
        }
    }

    /// What its columns are called, without `time`.
    pub fn columns(&self) -> Vec<&str> {
        self.columns.iter().map(String::as_str).collect()
    }

    /// The first and the last instant of a trace with instants.
    pub fn span(&self) -> Option<(Timestamp, Timestamp)> {
        let (first, last) = (self.points.first()?, self.points.last()?);
        (!self.is_daily).then_some((Timestamp::from_seconds(first.at), Timestamp::from_seconds(last.at)))
    }

    /// What it is at an instant that is so many seconds after midnight.
    pub(super) fn at(&self, now: u32, second_of_day: u32) -> Now<'_> {
        Now { load: self, now: if self.is_daily { second_of_day } else { now } }
    }
}

/// A load at an instant.
pub(super) struct Now<'a> {
    load: &'a Load,
    now: u32,
}

impl Now<'_> {
    /// The value of a column, if there is such a column and a value.
    pub(super) fn value(&self, column: &str) -> Option<f64> {
        let Load { columns, points, is_daily } = self.load;
        let column = columns.iter().position(|other| other == column)?;
        let next = points.partition_point(|point| point.at <= self.now);
        let value = |point: &Point| point.values.get(column).copied().flatten();
        let before = next.checked_sub(1).and_then(|index| points.get(index));
        let after = points.get(next);
        let (before, after, now) = match (before, after) {
            (Some(before), Some(after)) => ((before.at, value(before)), (after.at, value(after)), self.now),
            // After the last of a day comes the first of the next.
            (Some(before), None) if *is_daily => {
                let first = points.first()?;
                ((before.at, value(before)), (first.at + SECONDS_PER_DAY, value(first)), self.now)
            }
            (None, Some(after)) if *is_daily => {
                let last = points.last()?;
                let later = |at: u32| at + SECONDS_PER_DAY;
                ((last.at, value(last)), (later(after.at), value(after)), later(self.now))
            }
            (Some(last), None) if last.at == self.now => return value(last),
            _ => return None,
        };
        let (from, to) = (before.1?, after.1.or(before.1)?);
        let share = f64::from(now - before.0) / f64::from((after.0 - before.0).max(1));
        Some(from + (to - from) * share)
    }
}

fn unread(error: &csv::Error) -> LoadProblem {
    let line = error.position().map_or(1, csv::Position::line);
    let message = match error.kind() {
        csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
            format!("there are {len} fields, and {expected_len} columns")
        }
        csv::ErrorKind::Utf8 { .. } => "this is not UTF-8".to_owned(),
        _ => "this is not CSV".to_owned(),
    };
    LoadProblem { line, message }
}

/// Seconds, and whether they are those of a day.
fn time(text: &str) -> Option<(u32, bool)> {
    let of_day = |text: &str| text.parse::<TimeOfDay>().ok().map(|time| u32::from(time.minutes()) * 60);
    if let Some(seconds) = of_day(text) {
        return Some((seconds, true));
    }
    if let Some((time, seconds)) = text.rsplit_once(':').filter(|(time, _)| time.len() == 5) {
        let seconds =
            seconds.parse::<u32>().ok().filter(|_| seconds.len() == 2).filter(|seconds| *seconds < 60);
        if let Some((minutes, seconds)) = of_day(time).zip(seconds) {
            return Some((minutes + seconds, true));
        }
    }
    let instant: Result<Timestamp, InvalidTimestamp> = text.parse();
    instant.ok().map(|instant| (instant.seconds(), false))
}

#[cfg(test)]
mod tests {
    use super::Load;

    fn value(load: &Load, second: u32) -> Option<f64> {
        load.at(0, second).value("demand")
    }

    #[test]
    fn values_go_straight_from_line_to_line_and_over_midnight() {
        let load = Load::demand([(6 * 3_600, 1.0), (18 * 3_600, 3.0)]);
        assert_eq!(value(&load, 6 * 3_600), Some(1.0));
        assert_eq!(value(&load, 12 * 3_600), Some(2.0));
        assert_eq!(value(&load, 0), Some(2.0));
        assert_eq!(value(&load, 86_400 - 1).map(f64::round), Some(2.0));
        assert_eq!(value(&Load::constant(4.0), 77), Some(4.0));
    }

    #[test]
    fn an_empty_field_is_no_measurement() {
        let load = Load::from_csv("time,demand\n00:00,1\n08:00,\n10:00,3\n").unwrap();
        assert_eq!(value(&load, 4 * 3_600), Some(1.0));
        assert_eq!(value(&load, 9 * 3_600), None);
        assert_eq!(value(&load, 10 * 3_600), Some(3.0));
    }

    #[test]
    fn instants_have_no_values_outside() {
        let load = Load::from_csv("time,cpu\n1970-01-01T00:01:00Z,0.5\n1970-01-01T00:03:00Z,0.7\n").unwrap();
        let cpu = |now| load.at(now, 0).value("cpu");
        assert_eq!(
            [cpu(59), cpu(60), cpu(120), cpu(180), cpu(181)],
            [None, Some(0.5), Some(0.6), Some(0.7), None]
        );
    }

    #[test]
    fn all_that_is_wrong_is_told() {
        let told = |text: &str| {
            let problems = Load::from_csv(text).unwrap_err();
            problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
        };
        insta::assert_snapshot!(told("when,demand\n"), @"line 1: the first line names the columns: `time`, and `demand` or metrics such as `cpu`");
        insta::assert_snapshot!(told(""), @"line 1: the first line names the columns: `time`, and `demand` or metrics such as `cpu`");
        insta::assert_snapshot!(told("time,demand\n"), @"line 1: there are no lines but the heading");
        insta::assert_snapshot!(told("time,count\n08:00,1\n"), @"line 1: `count` alone is no load: give `demand`, or metrics such as `cpu`");
        insta::assert_snapshot!(told("time,cpu,cpu,demand\n08:00,-1,NaN,2\n08:00,1\n07:00,1,1,1\n2026-11-23T08:00:00Z,1,1,1\n"), @"
        line 1: there are two columns `cpu`
        line 1: `demand` and `cpu` say the same: leave one of them out
        line 2: the `cpu` is `-1`, which is not a load
        line 2: the `cpu` is `NaN`, which is not a load
        line 3: there are 2 fields, and 4 columns
        line 4: `07:00` is not after the time of the line before
        line 5: times of day and instants are mixed
        ");
        assert_eq!(Load::from_csv(&format!("time,demand\n{}", "x,y\n".repeat(99))).unwrap_err().len(), 20);
    }
}
