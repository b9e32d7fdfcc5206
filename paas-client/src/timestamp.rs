//! Times as servers write them: `2026-11-21T21:50:08.000000Z`.

use serde::{Deserialize, Deserializer, de};
use std::time::{Duration, SystemTime};

/// Reads a time. Without a zone it is UTC, as Keystone means it. Other zones than UTC are not read.
pub(crate) fn parse(text: &str) -> Option<SystemTime> {
    let (date, time) = text.trim().split_once(['T', ' '])?;
    let time = time.strip_suffix('Z').or_else(|| time.strip_suffix("+00:00")).unwrap_or(time);
    let (time, fraction) = time.split_once('.').unwrap_or((time, ""));
    let [year, month, day] = numbers(date, '-', [4, 2, 2])?;
    let [hour, minute, second] = numbers(time, ':', [2, 2, 2])?;
    if !(1970..=9999).contains(&year) || !(1..=12).contains(&month) || day == 0 || day > days(year, month) {
        return None;
    }
    if hour > 23 || minute > 59 || second > 60 {
        return None;
    }
    let seconds = day_number(year, month, day) * 86_400 + hour * 3_600 + minute * 60 + second;
    SystemTime::UNIX_EPOCH.checked_add(Duration::new(seconds, nanos(fraction)?))
}

/// For a field that must be there.
pub(crate) fn required<'de, D: Deserializer<'de>>(deserializer: D) -> Result<SystemTime, D::Error> {
    parse(&String::deserialize(deserializer)?).ok_or_else(|| de::Error::custom("not a time"))
}

/// For a field that may be missing or `null`.
pub(crate) fn optional<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<SystemTime>, D::Error> {
    let Some(text) = Option::<String>::deserialize(deserializer)? else { return Ok(None) };
    parse(&text).map(Some).ok_or_else(|| de::Error::custom("not a time"))
}

/// As Keystone reads a time in a query.
pub(crate) fn written(time: SystemTime) -> String {
    let seconds = time.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_secs();
    let (mut year, mut day) = (1970, seconds / 86_400);
    while day >= year_days(year) {
        day -= year_days(year);
        year += 1;
    }
    let mut month = 1;
    while day >= days(year, month) {
        day -= days(year, month);
        month += 1;
    }
    let (hour, minute, second) = (seconds / 3_600 % 24, seconds / 60 % 60, seconds % 60);
    format!("{year:04}-{month:02}-{:02}T{hour:02}:{minute:02}:{second:02}.000000Z", day + 1)
}

/// Three numbers of so many digits.
fn numbers(text: &str, separator: char, lengths: [usize; 3]) -> Option<[u64; 3]> {
    let mut parts = text.split(separator);
    let mut numbers = [0; 3];
    for (number, length) in numbers.iter_mut().zip(lengths) {
        let part = parts.next().filter(|part| part.len() == length && is_digits(part))?;
        *number = part.parse().ok()?;
    }
    parts.next().is_none().then_some(numbers)
}

fn nanos(fraction: &str) -> Option<u32> {
    if fraction.len() > 9 || !is_digits(fraction) {
        return None;
    }
    format!("{fraction:0<9}").parse().ok()
}

fn is_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Days since the first of 1970.
fn day_number(year: u64, month: u64, day: u64) -> u64 {
    (1970..year).map(year_days).sum::<u64>() + (1..month).map(|month| days(year, month)).sum::<u64>() + day
        - 1
}

fn year_days(year: u64) -> u64 {
    if is_leap(year) { 366 } else { 365 }
}

fn days(year: u64, month: u64) -> u64 {
    match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

fn is_leap(year: u64) -> bool {
    year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
}

#[cfg(test)]
mod tests {
    use super::{parse, written};
    use std::time::{Duration, SystemTime};

    #[test]
    fn times_are_read_and_nonsense_is_not() {
        for (text, seconds) in [
            ("1970-01-01T00:00:00.000000Z", Some(0)),
            ("2000-03-01T00:00:00Z", Some(951_868_800)),
            ("2026-11-21T21:50:08.000000Z", Some(1_795_297_808)),
            ("2026-11-21T21:50:08", Some(1_795_297_808)),
            ("2026-11-21 21:50:08+00:00", Some(1_795_297_808)),
            ("2028-02-29T00:00:00Z", Some(1_835_395_200)),
            ("2026-02-29T00:00:00Z", None),
            ("2026-13-01T00:00:00Z", None),
            ("2026-11-00T00:00:00Z", None),
            ("2026-11-21T24:00:00Z", None),
            ("2026-11-21T21:50:08+02:00", None),
            ("2026-11-21", None),
            ("+026-11-21T21:50:08Z", None),
            ("1969-11-21T21:50:08Z", None),
            ("", None),
        ] {
            let expected = seconds.map(|seconds| SystemTime::UNIX_EPOCH + Duration::from_secs(seconds));
            assert_eq!(parse(text), expected, "{text}");
        }
        let half = parse("1970-01-01T00:00:00.5Z").unwrap();
        assert_eq!(half.duration_since(SystemTime::UNIX_EPOCH).unwrap(), Duration::from_millis(500));
    }

    #[test]
    fn what_is_written_is_read_again() {
        for days in (0..40_000).step_by(7) {
            let time = SystemTime::UNIX_EPOCH + Duration::from_secs(days * 86_400 + 12_345);
            assert_eq!(parse(&written(time)), Some(time));
        }
        assert_eq!(
            written(SystemTime::UNIX_EPOCH + Duration::from_secs(1_795_297_808)),
            "2026-11-21T21:50:08.000000Z"
        );
    }
}
