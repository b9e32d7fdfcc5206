//! Windows that can be open at once.
//!
//! Edges are local times, and the step from local times to instants keeps their order: windows that share no local time
//! share no instant, whatever the time zone does to its clocks.

use super::{TimeOfDay, Window, days::Days};
use rustc_hash::FxHashSet;
use std::fmt;

/// So many pairs are found at most: nobody reads more, and the search ends soon however many there are.
const MOST: usize = 100;

/// Two windows and a span in which both are open.
pub(super) struct Meeting<'a> {
    /// The one that comes first in the plan.
    pub(super) first: &'a Window,
    /// The other.
    pub(super) second: &'a Window,
    days: Days,
    from: TimeOfDay,
    until: TimeOfDay,
    overnight: bool,
}

/// Pairs of windows that can be open at once and clash, in the order of the plan, 100 at most.
///
/// Windows are cut at midnight into what is open on the day that they begin and what on the day after. A sweep over the
/// minutes of the day compares each piece with those that are open when it begins.
pub(super) fn clashes<'a>(
    windows: impl Iterator<Item = &'a Window>,
    clash: impl Fn(&Window, &Window) -> bool,
) -> Vec<Meeting<'a>> {
    let mut pieces: Vec<Piece> =
        windows.enumerate().flat_map(|(index, window)| pieces(index, window)).collect();
    pieces.sort_by_key(|piece| (piece.from, piece.index, piece.is_day_after));
    let mut open: Vec<Piece> = Vec::new();
    let mut known = FxHashSet::default();
    let mut meetings = Vec::new();
    for piece in pieces {
        open.retain(|other| other.to > piece.from);
        for other in &open {
            let (first, second) = if other.index < piece.index { (other, &piece) } else { (&piece, other) };
            if first.index == second.index || !clash(first.window, second.window) {
                continue;
            }
            if let Some(meeting) = first.meets(second)
                && known.insert((first.index, second.index))
            {
                meetings.push((first.index, second.index, meeting));
            }
        }
        if meetings.len() >= MOST {
            break;
        }
        open.push(piece);
    }
    meetings.sort_by_key(|(first, second, _)| (*second, *first));
    meetings.truncate(MOST);
    meetings.into_iter().map(|(.., meeting)| meeting).collect()
}

/// What of a window is in one day.
#[derive(Clone, Copy)]
struct Piece<'a> {
    index: usize,
    window: &'a Window,
    /// The days on which it is open.
    days: Days,
    is_day_after: bool,
    from: u16,
    to: u16,
}

fn pieces(index: usize, window: &Window) -> impl Iterator<Item = Piece<'_>> {
    let (from, to) = (window.from.minutes(), window.to.minutes());
    let days = Days::of(&window.cycle);
    let whole = Piece { index, window, days, is_day_after: false, from, to };
    let cut = if from < to {
        [Some(whole), None]
    } else {
        let rest = Piece { days: days.after(), is_day_after: true, from: 0, to, ..whole };
        [Some(Piece { to: TimeOfDay::MINUTES_PER_DAY, ..whole }), (to > 0).then_some(rest)]
    };
    cut.into_iter().flatten().filter(move |_| !days.is_empty())
}

impl<'a> Piece<'a> {
    /// When both are open; they are known to share minutes of the day.
    fn meets(&self, other: &Self) -> Option<Meeting<'a>> {
        // Windows that share a night have met on the evening before. And what follows two days of the month need not
        // be the same day, though both can be the first.
        if self.is_day_after && other.is_day_after {
            return None;
        }
        let days = self.days.and(other.days);
        if days.is_empty() {
            return None;
        }
        let overnight = self.crosses_midnight() && other.crosses_midnight();
        let until = if overnight { self.window.to.min(other.window.to) } else { time(self.to.min(other.to)) };
        let from = time(self.from.max(other.from));
        Some(Meeting { first: self.window, second: other.window, days, from, until, overnight })
    }

    /// Whether it goes on into the day after.
    fn crosses_midnight(&self) -> bool {
        self.to == TimeOfDay::MINUTES_PER_DAY && self.window.to > TimeOfDay::MIDNIGHT
    }
}

/// The time of day; the end of the day is the beginning of the next.
fn time(minutes: u16) -> TimeOfDay {
    TimeOfDay::from_minutes(minutes).unwrap_or(TimeOfDay::MIDNIGHT)
}

/// When: such as "every day from 21:00 to 22:00".
impl fmt::Display for Meeting<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.days)?;
        span(f, self.from, self.until, self.overnight)
    }
}

/// When a window is open, in words.
pub(super) struct Opening<'a>(pub(super) &'a Window);

impl fmt::Display for Opening<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Window { from, to, cycle, .. } = self.0;
        write!(f, "{}", Days::of(cycle))?;
        span(f, *from, *to, to <= from && *to > TimeOfDay::MIDNIGHT)
    }
}

fn span(f: &mut fmt::Formatter<'_>, from: TimeOfDay, to: TimeOfDay, overnight: bool) -> fmt::Result {
    match (from, to) {
        (TimeOfDay::MIDNIGHT, TimeOfDay::MIDNIGHT) => f.write_str(", all day"),
        _ if overnight => write!(f, " from {from} to {to} of the next day"),
        _ => write!(f, " from {from} to {to}"),
    }
}
