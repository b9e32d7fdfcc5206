//! How long a server wants us to wait.

use crate::transport::Response;
use std::time::Duration;

/// The header `Retry-After`: seconds, or a date that is held against the server's own `Date`, so that no clock of ours
/// can be wrong about it.
pub(crate) fn retry_after(answer: &Response) -> Option<Duration> {
    let value = answer.first("retry-after")?.trim();
    if let Ok(seconds) = value.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let until = httpdate::parse_http_date(value).ok()?;
    let now = httpdate::parse_http_date(answer.first("date")?).ok()?;
    Some(until.duration_since(now).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::retry_after;
    use crate::transport::Response;
    use std::time::Duration;

    #[test]
    fn seconds_and_dates_are_read_and_nonsense_is_not() {
        let date = "Wed, 21 Oct 2026 07:28:00 GMT";
        for (value, seconds) in [
            ("7", Some(7)),
            (" 0 ", Some(0)),
            ("Wed, 21 Oct 2026 07:28:30 GMT", Some(30)),
            ("Wed, 21 Oct 2026 07:27:00 GMT", Some(0)),
            ("-1", None),
            ("soon", None),
            ("99999999999999999999", None),
        ] {
            let answer = Response::new(503, "").header("Date", date).header("Retry-After", value);
            assert_eq!(retry_after(&answer), seconds.map(Duration::from_secs), "{value}");
        }
        assert_eq!(retry_after(&Response::new(503, "").header("Retry-After", date)), None);
        assert_eq!(retry_after(&Response::new(503, "")), None);
    }
}
