//! All that an engine knows, as bytes, and back.

use super::{
    Engine, Settings,
    action::{Action, Trigger},
    alarms::{Slot, State},
    service::{Drain, Fixed, Flags, Service},
    turn::Turn,
};
use crate::{
    calendar::{self, Zones},
    plan::Plan,
    wheel::TimingWheel,
};
use paas_core::scaling::{ScalingPolicy, Timestamp};
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use std::{error::Error, fmt};

/// With these bytes a snapshot begins.
const MAGIC: &[u8; 8] = b"paas-scl";
/// What this version writes.
const FORMAT: u32 = 1;
/// Of the check sum at the end.
const CHECK: usize = 4;

/// Why bytes are not taken for an engine.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum InvalidSnapshot {
    /// They are something else.
    NotASnapshot,
    /// A newer version wrote them.
    Newer {
        /// The format that it wrote.
        format: u32,
    },
    /// Some of them are not those that were written.
    Damaged,
    /// A policy in it is not right any more.
    Policy {
        /// A service that has it.
        service: String,
        /// What is wrong with it.
        problem: String,
    },
}

impl fmt::Display for InvalidSnapshot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotASnapshot => f.write_str("this is not a snapshot of a scaling engine"),
            Self::Newer { format } => write!(
                f,
                "the snapshot has format {format}, and this version reads up to {FORMAT}: use the version that wrote it"
            ),
            Self::Damaged => {
                f.write_str("the snapshot is damaged: take an older one, or put the services in anew")
            }
            Self::Policy { service, problem } => {
                write!(f, "the policy of `{service}` in the snapshot is not right: {problem}")
            }
        }
    }
}

impl Error for InvalidSnapshot {}

/// An engine that goes on after a time without one.
#[derive(Debug)]
#[non_exhaustive]
pub struct TakenOver {
    /// The engine.
    pub engine: Engine,
    /// What is to be done to get to what holds now.
    pub actions: Vec<Action>,
}

#[derive(Serialize, Deserialize)]
struct Head {
    zones: String,
    alarm_ttl_ms: u64,
    now: u32,
    /// Before this nothing is due.
    turns_from: u32,
    sequence: u64,
    plans: Vec<(u32, String)>,
    free: Vec<u32>,
}

/// A place of a service, whether taken or not.
#[derive(Serialize, Deserialize)]
struct Place<'a> {
    generation: u32,
    #[serde(borrow)]
    service: Option<Stored<'a>>,
}

#[derive(Serialize, Deserialize)]
struct Stored<'a> {
    name: &'a str,
    plan: u32,
    count: u32,
    running: u32,
    baseline: u32,
    quiet_until: u32,
    no_scale_in_until: u32,
    edge: u32,
    /// 0: none, 1: one of a former plan, from 2 on: one of this plan.
    fixed: u32,
    flags: u8,
    armed: u64,
    /// When it must have its next turn.
    deadline: Option<u32>,
    alarms: Vec<(u16, u8, bool, u32, f64)>,
    drain: Option<(u32, u32, u32, u32)>,
}

struct Places<'a>(&'a Engine);

impl Serialize for Places<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let places = (0_u32..).zip(&self.0.services).map(|(index, service)| Place {
            generation: service.generation,
            service: service
                .flags
                .has(Flags::TAKEN)
                .then(|| Stored::new(service, self.0.names.name(index), self.0.wheel.deadline(index))),
        });
        serializer.collect_seq(places)
    }
}

impl<'a> Stored<'a> {
    fn new(service: &Service, name: &'a str, deadline: Option<u32>) -> Self {
        let alarm = |slot: &Slot| {
            let state = match slot.state {
                State::Firing => 0,
                State::Resolved => 1,
                State::NoData => 2,
                State::Stale => 3,
            };
            (slot.rule, state, slot.never_resolves, slot.at, slot.value)
        };
        Self {
            name,
            plan: service.plan,
            count: service.count,
            running: service.running,
            baseline: service.baseline,
            quiet_until: service.quiet_until,
            no_scale_in_until: service.no_scale_in_until,
            edge: service.edge,
            fixed: match service.fixed {
                Fixed::None => 0,
                Fixed::Former => 1,
                Fixed::Window(window) => u32::from(window) + 2,
            },
            flags: service.flags.0,
            armed: service.armed,
            deadline,
            alarms: service.alarms.iter().map(alarm).collect(),
            drain: service
                .drain
                .as_ref()
                .map(|drain| (drain.to, drain.until, drain.started, drain.retrigger)),
        }
    }

    fn service(&self, generation: u32) -> Option<Service> {
        let alarm = |&(rule, state, never_resolves, at, value): &(u16, u8, bool, u32, f64)| {
            let state = match state {
                0 => State::Firing,
                1 => State::Resolved,
                2 => State::NoData,
                3 => State::Stale,
                _ => return None,
            };
            Some(Slot { rule, state, never_resolves, at, value })
        };
        Some(Service {
            plan: self.plan,
            generation,
            count: self.count,
            running: self.running,
            baseline: self.baseline,
            quiet_until: self.quiet_until,
            no_scale_in_until: self.no_scale_in_until,
            edge: self.edge,
            fixed: match self.fixed {
                0 => Fixed::None,
                1 => Fixed::Former,
                window => Fixed::Window(u16::try_from(window - 2).ok()?),
            },
            flags: Flags(self.flags),
            armed: self.armed,
            alarms: self.alarms.iter().map(alarm).collect::<Option<_>>()?,
            drain: self
                .drain
                .map(|(to, until, started, retrigger)| Box::new(Drain { to, until, started, retrigger })),
        })
    }
}

impl Engine {
    /// All that it knows, as bytes. They are checked when they are read; a newer version reads them too.
    pub fn snapshot(&self) -> Vec<u8> {
        let head = Head {
            zones: calendar::VERSION.to_owned(),
            alarm_ttl_ms: self.settings.alarm_ttl_ms,
            now: self.now,
            turns_from: self.wheel.now(),
            sequence: self.sequence,
            plans: self.plans.iter().map(|(place, plan)| (place, plan.text().to_string())).collect(),
            free: self.free.clone(),
        };
        let mut bytes = MAGIC.to_vec();
        bytes.extend(FORMAT.to_le_bytes());
        // To write to memory does not fail.
        let bytes = postcard::to_extend(&(head, Places(self)), bytes).unwrap_or_default();
        let check = crc32fast::hash(&bytes).to_le_bytes();
        let mut bytes = bytes;
        bytes.extend(check);
        bytes
    }

    /// The engine as it was: what is told to both from then on leads to the same actions in both. It is what a replica
    /// begins with. After a time without engine use [`restore`](Self::restore).
    ///
    /// # Errors
    ///
    /// If the bytes are not those of a snapshot, or of a newer version's.
    pub fn load(snapshot: &[u8]) -> Result<Self, InvalidSnapshot> {
        let rest = snapshot.strip_prefix(MAGIC).ok_or(InvalidSnapshot::NotASnapshot)?;
        let (format, rest) = rest.split_first_chunk().ok_or(InvalidSnapshot::Damaged)?;
        let format = u32::from_le_bytes(*format);
        if format > FORMAT {
            return Err(InvalidSnapshot::Newer { format });
        }
        let (body, check) = rest.split_last_chunk::<CHECK>().ok_or(InvalidSnapshot::Damaged)?;
        let checked = snapshot.get(..snapshot.len() - CHECK).unwrap_or_default();
        if crc32fast::hash(checked) != u32::from_le_bytes(*check) {
            return Err(InvalidSnapshot::Damaged);
        }
        let damaged = |_| InvalidSnapshot::Damaged;
        let (head, places): (Head, Vec<Place<'_>>) = postcard::from_bytes(body).map_err(damaged)?;
        let mut engine = Self::with_capacity(Settings { alarm_ttl_ms: head.alarm_ttl_ms }, places.len());
        engine.wheel = TimingWheel::with_capacity(head.turns_from, places.len());
        (engine.now, engine.sequence) = (head.now, head.sequence);
        let services = || places.iter().filter_map(|place| place.service.as_ref());
        engine.names.reserve_text(services().map(|service| service.name.len()).sum(), places.len());
        let plans = plans(&head, &places)?;
        let zones_changed = head.zones != calendar::VERSION;
        for (index, place) in (0_u32..).zip(&places) {
            let Some(stored) = &place.service else {
                engine.services.push(Service { generation: place.generation, ..Service::default() });
                continue;
            };
            let plan = plans.get(&stored.plan).ok_or(InvalidSnapshot::Damaged)?;
            let mut service = stored.service(place.generation).ok_or(InvalidSnapshot::Damaged)?;
            let is_sound = service.flags.has(Flags::TAKEN)
                && engine.names.insert(index, stored.name)
                && service.alarms.is_sorted_by_key(|slot| slot.rule)
                && service.alarms.iter().all(|slot| plan.rule(slot.rule).is_some());
            if !is_sound {
                return Err(InvalidSnapshot::Damaged);
            }
            let mut deadline = stored.deadline;
            if zones_changed && service.is_active() {
                // Other edges than were known: all of them are looked at anew.
                service.edge = head.now;
                deadline = Some(head.now);
            }
            if let Some(deadline) = deadline {
                engine.wheel.schedule(index, deadline);
            }
            service.plan = engine.plans.take(plan);
            engine.services.push(service);
        }
        let mut empty = head.free.clone();
        empty.sort_unstable();
        let is_empty =
            |(index, service): (u32, &Service)| (!service.flags.has(Flags::TAKEN)).then_some(index);
        if !(0..).zip(&engine.services).filter_map(is_empty).eq(empty) {
            return Err(InvalidSnapshot::Damaged);
        }
        engine.free = head.free;
        engine.zones_were = zones_changed.then_some(head.zones);
        Ok(engine)
    }

    /// The engine after a time without one (rule 15): it goes to what the plans ask for now, once, and does not make up
    /// for edges that were missed; for one retrigger time no alarm scales in.
    ///
    /// `persons` are counts that were set by people meanwhile.
    ///
    /// # Errors
    ///
    /// As [`load`](Self::load).
    pub fn restore(
        snapshot: &[u8],
        persons: &[(&str, u32)],
        now: Timestamp,
    ) -> Result<TakenOver, InvalidSnapshot> {
        let mut engine = Self::load(snapshot)?;
        let actions = engine.take_over(persons, now);
        Ok(TakenOver { engine, actions })
    }

    /// Begins to decide, after a time in which nobody did: as [`restore`](Self::restore), for a replica.
    pub fn take_over(&mut self, persons: &[(&str, u32)], now: Timestamp) -> Vec<Action> {
        let mut actions = Vec::new();
        for (name, count) in persons {
            let Some(index) = self.names.place(name) else { continue };
            if let Some(service) = self.services.get_mut(index as usize) {
                service.intended_meanwhile(*count);
            }
        }
        self.tick(now);
        for index in 0..u32::try_from(self.services.len()).unwrap_or(u32::MAX) {
            self.turn(index, now, &mut actions, |turn| {
                turn.catch_up();
            });
        }
        actions
    }

    /// The version of the time zone database that a snapshot was made with, if it was another than
    /// [`calendar::VERSION`]: edges may be others than before.
    pub fn zones_were(&self) -> Option<&str> {
        self.zones_were.as_deref()
    }
}

/// The plans of a snapshot, by their places in it.
fn plans(head: &Head, places: &[Place<'_>]) -> Result<FxHashMap<u32, Plan>, InvalidSnapshot> {
    let services = || places.iter().filter_map(|place| place.service.as_ref());
    let mut zones = Zones::default();
    let plan = |(place, text): &(u32, String)| {
        let policy: ScalingPolicy = serde_json::from_str(text).map_err(|_| InvalidSnapshot::Damaged)?;
        let plan = Plan::with_zones(&policy, &mut zones).map_err(|problems| InvalidSnapshot::Policy {
            service: services()
                .find(|service| service.plan == *place)
                .map(|service| service.name.to_owned())
                .unwrap_or_default(),
            problem: problems.iter().next().map(|problem| problem.message.clone()).unwrap_or_default(),
        })?;
        Ok((*place, plan))
    };
    head.plans.iter().map(plan).collect()
}

impl Service {
    /// A person set the count while nobody decided.
    fn intended_meanwhile(&mut self, count: u32) {
        self.count = count;
        self.drain = None;
        if self.fixed != Fixed::None {
            self.baseline = count;
            self.flags.set(Flags::BY_PERSON, true);
            self.flags.set(Flags::PERSON_MEANWHILE, true);
        }
    }
}

impl Turn<'_> {
    /// Goes to what holds now, after a time in which nobody decided.
    fn catch_up(&mut self) {
        if !self.service.is_active() {
            return;
        }
        let until = self.now.saturating_add(self.view.longest_retrigger);
        self.service.no_scale_in_until = self.service.no_scale_in_until.max(until);
        let (edge, now) = (self.service.edge, self.now);
        if self.service.drain.as_ref().is_some_and(|drain| drain.until <= now && drain.until < edge) {
            self.finish_drain();
        }
        if edge <= now && edge != u32::MAX {
            self.windows(Trigger::CaughtUp, None);
        }
        self.settle();
        self.service.flags.set(Flags::PERSON_MEANWHILE, false);
        self.judge();
    }
}
