//! Many timers in little memory: a hierarchical timing wheel of contiguous buckets.
//!
//! After Varghese and Lauck, with three changes. Slots hold plain lists of ids instead of linked nodes, since following
//! links through memory is what costs. A timer that is cancelled or scheduled anew leaves its entry behind, and the table of
//! deadlines tells later that it is dead. And empty slots are jumped over by bitmaps, so that ticks without timers cost
//! nothing.
//!
//! | | |
//! | --- | --- |
//! | `deadlines` | what each timer waits for: the truth, which entries are held against |
//! | `place` | in which slot of which level a deadline waits |
//! | `bucket` | the ids in a slot, and how dead entries are bounded |
//! | `levels` | all buckets, and which are not empty |
//! | `id_set` | the timers that are due, in the order of their ids |

mod bucket;
mod deadlines;
mod id_set;
mod levels;
mod place;

use deadlines::Deadlines;
use id_set::IdSet;
use levels::Levels;
use place::Place;
use std::fmt;

/// So many deadlines are looked up before the first is used.
const AT_ONCE: usize = 32;

/// Timers that fire in the order of their deadlines, and those of one deadline in the order of their ids.
///
/// A timer is a number that the caller chooses. Numbers index tables, so they should be dense: memory follows the
/// largest, five bytes for each up to it, and about six more for each that is pending. Each has at most one deadline,
/// in ticks; what a tick is, the caller knows, such as a second since 1970. Nothing fires by itself: the wheel has no
/// clock, and what [`pop`](Self::pop) gives depends on what is pending and not on how that came about.
///
/// Scheduling, cancelling and popping cost the same however many timers there are.
///
/// ```
/// use paas_scaling::wheel::TimingWheel;
///
/// let mut wheel = TimingWheel::new(1_000);
/// wheel.schedule(7, 1_060);
/// wheel.schedule(3, 1_060);
/// wheel.schedule(5, 1_020);
/// wheel.schedule(5, 1_090); // instead of 1,020
/// assert_eq!(wheel.next_deadline(), Some(1_060));
/// assert_eq!(wheel.pop(1_059), None);
/// assert_eq!(wheel.pop(1_100), Some((1_060, 3)));
/// assert!(wheel.cancel(7));
/// wheel.schedule(3, 1_080); // this instant has come too
/// assert_eq!(wheel.pop(1_100), Some((1_080, 3)));
/// assert_eq!(wheel.pop(1_100), Some((1_090, 5)));
/// assert_eq!(wheel.pop(1_100), None);
/// assert_eq!(wheel.now(), 1_100);
/// ```
#[derive(Clone)]
pub struct TimingWheel {
    /// Nothing pending is before it, and what is due is due now.
    now: u32,
    pending: usize,
    deadlines: Deadlines,
    due: IdSet,
    levels: Levels,
}

impl TimingWheel {
    /// A wheel without timers, at this tick.
    ///
    /// ```
    /// let wheel = paas_scaling::wheel::TimingWheel::new(1_000);
    /// assert!(wheel.is_empty() && wheel.now() == 1_000);
    /// ```
    pub fn new(now: u32) -> Self {
        Self::with_capacity(now, 0)
    }

    /// The same, with room in its tables for timers below this number.
    ///
    /// ```
    /// let mut wheel = paas_scaling::wheel::TimingWheel::with_capacity(0, 100);
    /// wheel.schedule(200, 1); // and for others when they come
    /// assert_eq!(wheel.pop(1), Some((1, 200)));
    /// ```
    pub fn with_capacity(now: u32, timers: usize) -> Self {
        Self {
            now,
            pending: 0,
            deadlines: Deadlines::with_capacity(timers),
            due: IdSet::with_room(timers),
            levels: Levels::new(),
        }
    }

    /// The wheel's time: the deadline that fired last, or where the last [`pop`](Self::pop) found nothing more.
    ///
    /// ```
    /// let mut wheel = paas_scaling::wheel::TimingWheel::new(1_000);
    /// wheel.schedule(0, 1_010);
    /// assert_eq!((wheel.pop(1_100), wheel.now()), (Some((1_010, 0)), 1_010));
    /// assert_eq!((wheel.pop(1_100), wheel.now()), (None, 1_100));
    /// ```
    pub const fn now(&self) -> u32 {
        self.now
    }

    /// How many timers are pending.
    ///
    /// ```
    /// let mut wheel = paas_scaling::wheel::TimingWheel::new(0);
    /// wheel.schedule(4, 10);
    /// wheel.schedule(4, 20);
    /// assert_eq!(wheel.len(), 1);
    /// ```
    pub const fn len(&self) -> usize {
        self.pending
    }

    /// Whether no timer is pending.
    ///
    /// ```
    /// assert!(paas_scaling::wheel::TimingWheel::new(0).is_empty());
    /// ```
    pub const fn is_empty(&self) -> bool {
        self.pending == 0
    }

    /// What a timer waits for, if it is pending.
    ///
    /// ```
    /// let mut wheel = paas_scaling::wheel::TimingWheel::new(1_000);
    /// wheel.schedule(1, 2_000);
    /// wheel.schedule(2, 500); // has come already
    /// assert_eq!([1, 2, 3].map(|id| wheel.deadline(id)), [Some(2_000), Some(1_000), None]);
    /// ```
    pub fn deadline(&self, id: u32) -> Option<u32> {
        let at = self.deadlines.of(id);
        (at > self.now || self.due.contains(id)).then_some(at)
    }

    /// Lets a timer fire at this tick, and no more at the one that it waited for.
    ///
    /// A tick before the wheel's time counts as that time: the timer is due.
    ///
    /// ```
    /// let mut wheel = paas_scaling::wheel::TimingWheel::new(1_000);
    /// wheel.schedule(1, 2_000);
    /// wheel.schedule(1, 500);
    /// assert_eq!(wheel.pop(1_000), Some((1_000, 1)));
    /// assert_eq!(wheel.pop(9_000), None);
    /// ```
    pub fn schedule(&mut self, id: u32, at: u32) {
        let at = at.max(self.now);
        let former = self.deadline(id);
        if former == Some(at) {
            return;
        }
        let ids = id as usize + 1;
        if ids > self.deadlines.len() {
            self.deadlines.grow(ids);
            self.due.grow(ids);
        }
        self.deadlines.set(id, at);
        let place = Place::of(at, self.now);
        match former {
            None => self.pending += 1,
            Some(from) => match Place::of(from, self.now) {
                None => self.due.remove(id),
                // It stays where it is.
                Some(here) if place == Some(here) => return self.levels.shift(here, from, at),
                Some(there) => self.levels.remove(there, from, self.now, &mut self.deadlines),
            },
        }
        self.put(place, id, at);
    }

    /// Lets a timer wait for nothing; tells whether it was pending.
    ///
    /// ```
    /// let mut wheel = paas_scaling::wheel::TimingWheel::new(0);
    /// wheel.schedule(1, 10);
    /// assert!(wheel.cancel(1) && !wheel.cancel(1));
    /// assert_eq!(wheel.pop(10), None);
    /// ```
    pub fn cancel(&mut self, id: u32) -> bool {
        let Some(at) = self.deadline(id) else { return false };
        // Not after the wheel's time, and not due: it waits for nothing.
        self.deadlines.set(id, self.now);
        match Place::of(at, self.now) {
            None => self.due.remove(id),
            Some(place) => self.levels.remove(place, at, self.now, &mut self.deadlines),
        }
        self.pending -= 1;
        true
    }

    /// The earliest deadline of all.
    ///
    /// It is known but for one case, in which the timers of one slot are looked through: when all of the earliest deadline
    /// were cancelled or scheduled later.
    ///
    /// ```
    /// let mut wheel = paas_scaling::wheel::TimingWheel::new(0);
    /// wheel.schedule(1, 86_400);
    /// wheel.schedule(2, 3_600);
    /// assert_eq!(wheel.next_deadline(), Some(3_600));
    /// wheel.cancel(2);
    /// assert_eq!(wheel.next_deadline(), Some(86_400));
    /// ```
    pub fn next_deadline(&mut self) -> Option<u32> {
        if !self.due.is_empty() {
            return Some(self.now);
        }
        let place = self.levels.first()?;
        self.levels.earliest(place, self.now, &mut self.deadlines)
    }

    /// The first timer whose deadline is not after this tick, with its deadline: it is pending no more.
    ///
    /// Between two calls timers may be scheduled and cancelled; what they are given for instants that have come comes in
    /// its order. The wheel's time is then the deadline, and if there is no such timer it is `now`. It never goes back.
    ///
    /// ```
    /// let mut wheel = paas_scaling::wheel::TimingWheel::new(0);
    /// (0..1_000).for_each(|id| wheel.schedule(id, 28_800));
    /// let budget = 300;
    /// let fired = std::iter::from_fn(|| wheel.pop(28_800)).take(budget).count();
    /// assert_eq!((fired, wheel.len()), (300, 700));
    /// assert_eq!(wheel.pop(28_801), Some((28_800, 300)));
    /// ```
    pub fn pop(&mut self, now: u32) -> Option<(u32, u32)> {
        loop {
            if let Some(id) = self.due.pop_first() {
                self.pending -= 1;
                return Some((self.now, id));
            }
            let next = self.levels.first().map(|place| (place, place.span(self.now).start()));
            let Some((place, start)) = next.filter(|(_, start)| *start <= now) else {
                self.now = self.now.max(now);
                return None;
            };
            self.open(place, start);
        }
    }

    /// Bytes on the heap: what the wheel takes beside itself.
    ///
    /// ```
    /// let mut wheel = paas_scaling::wheel::TimingWheel::new(0);
    /// (0..100_000).for_each(|id| wheel.schedule(id, 1 + id));
    /// assert!(wheel.heap_bytes() < 20 * 100_000);
    /// ```
    pub fn heap_bytes(&self) -> usize {
        self.deadlines.heap_bytes() + self.due.heap_bytes() + self.levels.heap_bytes()
    }

    /// Goes to the beginning of the first slot, and puts its timers where they belong from there.
    fn open(&mut self, place: Place, start: u32) {
        let ids = self.levels.take(place, self.now, &mut self.deadlines);
        self.now = start;
        if place.is_one_tick() {
            ids.iter().for_each(|id| self.due.insert(*id));
        } else {
            // Many deadlines are looked up at once, so that memory is waited for only once.
            for ids in ids.chunks(AT_ONCE) {
                let mut deadlines = [0; AT_ONCE];
                for (at, id) in deadlines.iter_mut().zip(ids) {
                    *at = self.deadlines.of(*id);
                }
                for (at, id) in deadlines.iter().zip(ids) {
                    self.put(Place::of(*at, start), *id, *at);
                }
            }
        }
        self.levels.keep(place, ids);
    }

    /// Gives a timer an entry where it belongs.
    fn put(&mut self, place: Option<Place>, id: u32, at: u32) {
        match place {
            None => self.due.insert(id),
            Some(place) => self.levels.add(place, id, at),
        }
    }
}

impl fmt::Debug for TimingWheel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TimingWheel")
            .field("now", &self.now)
            .field("pending", &self.pending)
            .finish_non_exhaustive()
    }
}
