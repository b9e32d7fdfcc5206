//! What is to be copied.

use super::{Distributed, DistributionRule, Placed, Standing, ZoneName};
use crate::{
    images::{Digest, ImageName},
    scaling::Timestamp,
};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What a zone holds under a name.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Sight {
    /// This.
    Holds(Digest),
    /// Nothing.
    Nothing,
    /// Its registry was asked, and did not answer.
    Unknown,
}

/// What is known of an image in all zones.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sights {
    zones: BTreeMap<ZoneName, Sight>,
    pushed_in: Option<ZoneName>,
    running: BTreeMap<ZoneName, Digest>,
}

impl Sights {
    /// Nothing is known: no zone has answered.
    pub fn new() -> Self {
        Self::default()
    }

    /// It is known by a notification that it was pushed in this zone. That counts only if nobody knows whose the tag is.
    #[must_use]
    pub fn pushed_in(mut self, zone: ZoneName) -> Self {
        self.pushed_in = Some(zone);
        self
    }

    /// A zone was asked.
    pub fn see(&mut self, zone: ZoneName, sight: Sight) {
        self.zones.insert(zone, sight);
    }

    /// A copy of that to a zone is running.
    pub fn copying(&mut self, zone: ZoneName, digest: Digest) {
        self.running.insert(zone, digest);
    }

    fn of(&self, zone: &ZoneName) -> &Sight {
        self.zones.get(zone).unwrap_or(&Sight::Unknown)
    }

    fn digest(&self, zone: &ZoneName) -> Option<&Digest> {
        match self.of(zone) {
            Sight::Holds(digest) => Some(digest),
            Sight::Nothing | Sight::Unknown => None,
        }
    }
}

/// What is to be done for an image, and how it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
#[must_use]
pub struct Distribution {
    /// What is kept of it; `None`: nothing, or nothing any more.
    pub record: Option<Distributed>,
    /// Whether that is something else than before. It is written before the orders are carried out.
    pub writes: bool,
    /// What is to be copied.
    pub orders: Vec<DistributionOrder>,
    /// How it stands in each zone of the rule.
    pub standings: BTreeMap<ZoneName, Standing>,
    /// What people, journals and audits are told.
    pub news: Vec<News>,
    /// When a copy that failed is to be tried again.
    pub next: Option<Timestamp>,
}

/// A copy from one zone to another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct DistributionOrder {
    /// The image, as it is called in both.
    pub image: ImageName,
    /// What is to be copied.
    pub digest: Digest,
    /// From where.
    pub from: ZoneName,
    /// Where to. There is no other copy of the image to that zone, as long as [`Sights::copying`] tells of those that run.
    pub to: ZoneName,
    /// What may be under the tag there, besides nothing and the digest itself.
    pub replaces: BTreeSet<Digest>,
    /// The how-manieth try it is.
    pub attempt: u32,
}

/// Something that people are told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "DistributionNews"))]
#[serde(tag = "kind", rename_all = "snake_case")]
#[non_exhaustive]
pub enum News {
    /// The tag belongs to this zone from now on.
    Belongs {
        /// The zone.
        zone: ZoneName,
    },
    /// A zone holds under the tag what nobody put there.
    Conflict {
        /// The zone.
        zone: ZoneName,
        /// What it holds.
        there: Digest,
    },
}

/// What is to be copied of an image, by the rule of its namespace, what is kept of it, and what the zones hold now.
pub fn distribute(
    image: &ImageName,
    rule: &DistributionRule,
    record: Option<&Distributed>,
    sights: &Sights,
    now: Timestamp,
) -> Distribution {
    let mut out = Distribution {
        record: record.cloned(),
        writes: false,
        orders: Vec::new(),
        standings: BTreeMap::new(),
        news: Vec::new(),
        next: None,
    };
    if !rule.has(&image.tag) {
        let is_nowhere = rule.zones().iter().all(|zone| *sights.of(zone) == Sight::Nothing);
        if is_nowhere && sights.running.is_empty() {
            out.record = None;
        } else {
            out.standings = rule.zones().iter().map(|zone| (zone.clone(), Standing::NotWanted)).collect();
        }
        out.writes = out.record.as_ref() != record;
        return out;
    }
    match belongs(rule, record, sights) {
        Belongs::To(origin) => {
            let mut after =
                record.cloned().unwrap_or_else(|| Distributed::new(image.clone(), origin.clone()));
            if record.is_none_or(|record| record.origin != origin) {
                out.news.push(News::Belongs { zone: origin.clone() });
                // What the zone held that it belonged to before, was right until now.
                if after.origin != origin {
                    let before = after.placed.entry(after.origin.clone()).or_default();
                    before.put.extend(after.digest.take());
                }
                after.origin = origin;
            }
            match sights.of(&after.origin) {
                Sight::Holds(digest) => {
                    let digest = digest.clone();
                    after.digest = Some(digest.clone());
                    out.standings.insert(after.origin.clone(), Standing::Origin);
                    let origin = after.origin.clone();
                    for zone in rule.zones().iter().filter(|zone| **zone != origin) {
                        place(&mut out, &mut after, zone, &digest, sights, now);
                    }
                }
                Sight::Nothing | Sight::Unknown => {
                    stands(&mut out.standings, rule, &mut after, sights);
                }
            }
            out.record = Some(after);
        }
        // A copy that still runs may put there what must be known to be ours.
        Belongs::Nobody => match &mut out.record {
            Some(record) if !sights.running.is_empty() => stands(&mut out.standings, rule, record, sights),
            record => *record = None,
        },
        Belongs::Contested => {
            // It was deleted in its zone, and different things were pushed elsewhere since.
            if let Some(record) = &mut out.record
                && *sights.of(&record.origin) == Sight::Nothing
            {
                record.digest = None;
            }
            for zone in rule.zones() {
                let standing = match sights.of(zone) {
                    Sight::Holds(there) => Standing::Conflict { there: there.clone() },
                    Sight::Nothing => Standing::Absent,
                    Sight::Unknown => Standing::Unknown,
                };
                out.standings.insert(zone.clone(), standing);
            }
        }
    }
    out.writes = out.record.as_ref() != record;
    out
}

/// Whose a tag is.
enum Belongs {
    To(ZoneName),
    /// It is nowhere.
    Nobody,
    /// Zones hold different things, and nobody knows which one is right.
    Contested,
}

fn belongs(rule: &DistributionRule, record: Option<&Distributed>, sights: &Sights) -> Belongs {
    let zones = rule.zones();
    let nowhere = zones.iter().all(|zone| *sights.of(zone) == Sight::Nothing);
    if nowhere {
        return Belongs::Nobody;
    }
    let held = |zone: &&ZoneName| record.is_some_and(|record| record.digest.as_ref() == sights.digest(zone));
    let known = record.filter(|record| zones.contains(&record.origin));
    let is_deleted = known.is_some_and(|record| *sights.of(&record.origin) == Sight::Nothing);
    match (known, record) {
        (Some(record), _) if !is_deleted => return Belongs::To(record.origin.clone()),
        // Its zone is none of the rule's any more: it goes to one that holds the same.
        (None, Some(record)) if record.digest.is_some() => {
            if let Some(zone) = zones.iter().find(held) {
                return Belongs::To(zone.clone());
            }
        }
        _ => {}
    }
    // What copies put there makes nothing anybody's: else what was deleted would come back.
    let put = |zone: &ZoneName, digest: &Digest| {
        record.and_then(|record| record.placed.get(zone)).is_some_and(|placed| placed.put.contains(digest))
    };
    let new: Vec<(&ZoneName, &Digest)> = zones
        .iter()
        .filter_map(|zone| Some((zone, sights.digest(zone)?)))
        .filter(|(zone, digest)| !put(zone, digest))
        .collect();
    let pushed = new.iter().find(|(zone, _)| Some(*zone) == sights.pushed_in.as_ref());
    let digests: BTreeSet<&Digest> = new.iter().map(|(_, digest)| *digest).collect();
    match (pushed, new.first(), known) {
        (Some((zone, _)), ..) => Belongs::To((*zone).clone()),
        (None, Some((zone, _)), _) if digests.len() == 1 => Belongs::To((*zone).clone()),
        (None, Some(_), _) => Belongs::Contested,
        (None, None, Some(record)) => Belongs::To(record.origin.clone()),
        // Nobody has answered who could hold it; or only what was put there is left.
        (None, None, None) => record.map_or(Belongs::Contested, |record| Belongs::To(record.origin.clone())),
    }
}

/// How it stands where nothing can be copied from: deleted in its zone, or not known.
fn stands(
    standings: &mut BTreeMap<ZoneName, Standing>,
    rule: &DistributionRule,
    after: &mut Distributed,
    sights: &Sights,
) {
    let is_deleted = *sights.of(&after.origin) == Sight::Nothing;
    if is_deleted {
        after.digest = None;
    }
    for zone in rule.zones() {
        let standing = match sights.of(zone) {
            Sight::Holds(_) if is_deleted => Standing::Kept,
            Sight::Holds(there) if Some(there) == after.digest.as_ref() => Standing::InStep,
            Sight::Nothing if is_deleted => Standing::Absent,
            Sight::Holds(_) | Sight::Nothing | Sight::Unknown => Standing::Unknown,
        };
        standings.insert(zone.clone(), standing);
    }
}

/// What is to be done for one zone.
fn place(
    out: &mut Distribution,
    record: &mut Distributed,
    zone: &ZoneName,
    digest: &Digest,
    sights: &Sights,
    now: Timestamp,
) {
    let name = format!("{}@{zone}", record.image);
    let placed = record.placed.entry(zone.clone()).or_default();
    let running = sights.running.get(zone);
    placed.put.extend(running.cloned());
    let there = match sights.of(zone) {
        Sight::Holds(there) => Some(there),
        Sight::Nothing => None,
        Sight::Unknown => {
            out.standings.insert(zone.clone(), Standing::Unknown);
            return;
        }
    };
    if there == Some(digest) {
        *placed = Placed { put: there.into_iter().chain(running).cloned().collect(), ..Placed::default() };
        out.standings.insert(zone.clone(), Standing::InStep);
        return;
    }
    if let Some(there) = there.filter(|there| !placed.put.contains(*there)) {
        if placed.conflict.as_ref() != Some(there) {
            placed.conflict = Some(there.clone());
            out.news.push(News::Conflict { zone: zone.clone(), there: there.clone() });
        }
        out.standings.insert(zone.clone(), Standing::Conflict { there: there.clone() });
        return;
    }
    placed.conflict = None;
    if running.is_some() {
        out.standings.insert(zone.clone(), Standing::Copying);
        return;
    }
    if placed.wanted.as_ref() != Some(digest) {
        (placed.wanted, placed.attempts, placed.failure) = (Some(digest.clone()), 0, None);
    }
    let failure = placed.failure.clone();
    let due = placed.due(&name, now);
    if due.is_some_and(|due| due <= now) {
        // What is there, as far as it may be replaced; and what will be.
        let replaces: BTreeSet<Digest> = placed.put.iter().filter(|put| *put != digest).cloned().collect();
        placed.put.insert(digest.clone());
        out.orders.push(DistributionOrder {
            image: record.image.clone(),
            digest: digest.clone(),
            from: record.origin.clone(),
            to: zone.clone(),
            replaces,
            attempt: placed.attempts.saturating_add(1),
        });
    } else if let Some(due) = due {
        out.next = Some(out.next.map_or(due, |next| next.min(due)));
    }
    out.standings.insert(zone.clone(), Standing::Behind { failure });
}
