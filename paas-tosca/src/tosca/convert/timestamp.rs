//! Timestamps, as instants that can be compared.

use regex::Regex;
use std::{cmp::Ordering, sync::OnceLock};

/// `2001-12-14`, or with a time such as `2001-12-14t21:59:43.10-05:00` (YAML 1.1, `tag:yaml.org,2002:timestamp`).
pub(in crate::tosca) const TIMESTAMP: &str = concat!(
    r"^[0-9]{4}-(0?[1-9]|1[0-2])-(0?[1-9]|[12][0-9]|3[01])",
    r"(([Tt]|[ \t]+)([01]?[0-9]|2[0-3]):[0-5][0-9]:([0-5][0-9]|60)(\.[0-9]*)?",
    r"([ \t]*(Z|[-+][0-9]{1,2}(:[0-5][0-9])?))?)?$"
);

/// Whether it is a timestamp, of a day that there is.
pub(super) fn is_timestamp(text: &str) -> bool {
    static COMPILED: OnceLock<Option<Regex>> = OnceLock::new();
    let timestamp = COMPILED.get_or_init(|| Regex::new(TIMESTAMP).ok());
    timestamp.as_ref().is_some_and(|timestamp| timestamp.is_match(text)) && instant(text).is_some()
}

/// Which of two is earlier; without a zone they are of UTC.
pub(in crate::tosca) fn compare(one: &str, other: &str) -> Option<Ordering> {
    Some(instant(one)?.cmp(&instant(other)?))
}

/// Seconds since 1970, and the digits of the fraction.
fn instant(text: &str) -> Option<(i64, &str)> {
    let (date, time) = match text.find(['T', 't', ' ', '\t']) {
        Some(at) => (text.get(..at)?, text.get(at + 1..)?.trim_start()),
        None => (text, ""),
    };
    let mut parts = date.splitn(3, '-').map(|part| part.parse::<i64>().ok());
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    if day > days_of(year, month) {
        return None;
    }
    let midnight = days_before(year, month, day) * 86_400;
    if time.is_empty() {
        return Some((midnight, ""));
    }
    let (clock, zone) = match time.find(['Z', '+', '-']) {
        Some(at) => (time.get(..at)?.trim_end(), time.get(at..)?),
        None => (time, "Z"),
    };
    let (clock, fraction) = clock.split_once('.').unwrap_or((clock, ""));
    let seconds = clock.split(':').try_fold(0, |sum, part| Some(sum * 60 + part.parse::<i64>().ok()?))?;
    let ahead = match zone.strip_prefix(['+', '-']) {
        Some(ahead) => {
            let (hours, minutes) = ahead.split_once(':').unwrap_or((ahead, "0"));
            let ahead = hours.parse::<i64>().ok()? * 3600 + minutes.parse::<i64>().ok()? * 60;
            if zone.starts_with('-') { -ahead } else { ahead }
        }
        None => 0,
    };
    Some((midnight + seconds - ahead, fraction.trim_end_matches('0')))
}

fn days_of(year: i64, month: i64) -> i64 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days from 1970 to a day of the Gregorian calendar: years begin in March, so that the odd day is the last.
fn days_before(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let in_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    365 * year + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400) + in_year - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants_are_compared_and_not_texts() {
        for (one, order, other) in [
            ("1970-01-01", Ordering::Equal, "1970-01-01T00:00:00Z"),
            ("2019-12-31T23:30:00Z", Ordering::Greater, "2020-01-01T00:00:00+02:00"),
            ("2020-01-01T00:30:00Z", Ordering::Less, "2020-01-01T00:00:00-02:00"),
            ("2001-12-14t21:59:43.10-05:00", Ordering::Equal, "2001-12-15T02:59:43.1Z"),
            ("2001-12-14 21:59:43.10 -5", Ordering::Equal, "2001-12-15 2:59:43.1"),
            ("2001-1-9", Ordering::Less, "2001-01-10"),
            ("2024-02-29", Ordering::Less, "2024-03-01"),
            ("1969-12-31T23:59:59.5Z", Ordering::Less, "1970-01-01"),
        ] {
            assert_eq!(compare(one, other), Some(order), "{one} {other}");
        }
    }

    #[test]
    fn only_days_that_there_are() {
        for text in ["2024-02-29", "2000-02-29", "2026-12-31T23:59:60Z", "0001-01-01"] {
            assert!(is_timestamp(text), "{text}");
        }
        for text in ["2026-02-29", "1900-02-29", "2026-04-31", "2026-13-01", "2026-01-01T24:00:00Z", "x", ""]
        {
            assert!(!is_timestamp(text), "{text}");
        }
    }
}
