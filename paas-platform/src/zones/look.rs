//! Looking at an image in all its zones: what comes of it is decided in the core, and written here.

use super::{
    copying::LEASE,
    record::{Running, ZoneHappening, ZonedRecord},
};
use crate::{
    error::{Error, ErrorKind, Result},
    images::{ImageTrouble, seconds},
    platform::Inner,
    records::is_overtaken,
};
use paas_core::{
    actor::Actor,
    images::{
        Digest, ImageName,
        distribution::{
            Distributed, DistributionOrder, DistributionRule, News, Sight, Sights, Standing, ZoneName,
            distribute, patience,
        },
        promotion::{CopyId, Failure, FailureKind, Refusal},
    },
    scaling::Timestamp,
};
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};
use tokio::task::JoinSet;

/// For one question to a registry.
const ANSWER: Duration = Duration::from_secs(60);
/// After so many questions in a row without an answer, a zone is asked nothing more in the same pass: with thousands of
/// images each would wait for the same.
const PATIENCE: u32 = 3;
/// How often it is tried to write an image while others write it too.
const MOST_TRIES: usize = 20;

/// One pass over images: which zones have not answered in it.
#[derive(Debug, Default)]
pub(super) struct Pass(Mutex<BTreeMap<ZoneName, (u32, ImageTrouble)>>);

impl Pass {
    fn given_up(&self, zone: &ZoneName) -> Option<ImageTrouble> {
        let zones = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        zones.get(zone).filter(|(failures, _)| *failures >= PATIENCE).map(|(_, trouble)| trouble.clone())
    }

    fn heard(&self, zone: &ZoneName, trouble: Option<&ImageTrouble>) {
        let mut zones = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match trouble {
            None => drop(zones.remove(zone)),
            Some(trouble) => {
                let failures = zones.get(zone).map_or(0, |(failures, _)| *failures);
                zones.insert(zone.clone(), (failures.saturating_add(1), trouble.clone()));
            }
        }
    }
}

/// Why an image is looked at.
pub(super) enum Why<'a> {
    /// It may have changed.
    Asked,
    /// A registry told that it was pushed there.
    Pushed(&'a ZoneName),
    /// A copy has ended.
    Ended { zone: &'a ZoneName, copy: &'a CopyId, outcome: &'a Result<(), ImageTrouble> },
    /// A person has decided.
    Decided(&'a Decision<'a>),
}

/// What a person decided: what becomes of what is kept, and what is told of it.
pub(super) type Decision<'a> =
    dyn Fn(Option<&Distributed>) -> Option<Result<(Distributed, ZoneHappening), Refusal>> + Send + Sync + 'a;

/// Where an image is.
#[derive(Debug, Clone)]
pub(super) struct Spot {
    pub(super) tenant: String,
    /// The [id](crate::Namespace::id) of its namespace.
    pub(super) id: String,
    pub(super) by: Actor,
    pub(super) rule: Option<DistributionRule>,
}

/// What a look found.
pub(super) struct Looked {
    /// The image as it is kept now, if it is.
    pub(super) record: Option<ZonedRecord>,
    /// What happened.
    pub(super) happenings: Vec<ZoneHappening>,
    /// What is to be copied now, each with which copy it is.
    pub(super) orders: Vec<(CopyId, DistributionOrder)>,
}

impl Inner {
    /// Looks at an image in all zones, and writes what comes of it. So many copies may begin, at most; the others are due.
    pub(super) async fn look_in_zones(
        self: &Arc<Self>,
        image: &ImageName,
        spot: &Spot,
        pass: &Arc<Pass>,
        why: &Why<'_>,
        most: usize,
    ) -> Result<Looked> {
        for _ in 0..MOST_TRIES {
            let kept = self.zoned_image(image).await?;
            let seen = match &spot.rule {
                Some(rule) => self.see(image, rule, pass).await?,
                None => Seen::default(),
            };
            let now = seconds(self.clock.now());
            // What was kept of a namespace that is gone says nothing of this one.
            let before = kept.as_ref().map(|kept| kept.value.clone());
            let before = before.filter(|before| before.namespace == spot.id);
            let before = before.unwrap_or_else(|| ZonedRecord::new(image.clone(), &spot.id));
            let mut draft = Draft { after: before.clone(), happenings: Vec::new(), orders: Vec::new() };
            draft.happens(why, &seen, now)?;
            draft.distribute(spot.rule.as_ref(), &seen, why, now);
            let mut due = draft.next(&seen, now);
            for order in draft.orders.split_off(most.min(draft.orders.len())) {
                tracing::debug!("`{}` waits to be copied to `{}`", order.image, order.to);
                due = Some(now);
            }
            let orders: Vec<_> = draft.orders.drain(..).map(|order| (self.zone_copy_id(), order)).collect();
            for (copy, order) in &orders {
                let until = now.plus(LEASE);
                let running = Running { copy: copy.clone(), digest: order.digest.clone(), until };
                draft.after.running.insert(order.to.clone(), running);
                draft.after.standings.insert(order.to.clone(), Standing::Copying);
                due = Some(due.map_or(until, |due| due.min(until)));
            }
            draft.after.due = due;
            if kept.is_some() && draft.after.is_nothing() && before.kept.is_some() {
                draft.happenings.push(ZoneHappening::Gone);
            }
            let written = self.write_zoned(spot, now, kept, draft.after, &draft.happenings, why).await;
            match written {
                Err(error) if error.store().is_some_and(is_overtaken) => continue,
                written => {
                    let record = written?;
                    return Ok(Looked { record, happenings: draft.happenings, orders });
                }
            }
        }
        Err(Error::new(ErrorKind::ImageBusy, format!("`{image}` was changed by others again and again")))
    }

    /// Asks all zones of a rule at once.
    async fn see(
        self: &Arc<Self>,
        image: &ImageName,
        rule: &DistributionRule,
        pass: &Arc<Pass>,
    ) -> Result<Seen> {
        let mut asked = JoinSet::new();
        for zone in rule.zones() {
            let (inner, pass) = (Arc::clone(self), Arc::clone(pass));
            let (image, zone) = (image.clone(), zone.clone());
            asked.spawn(async move {
                let answer = inner.see_in(&image, &zone, &pass).await;
                (zone, answer)
            });
        }
        let mut seen = Seen::default();
        while let Some(answer) = asked.join_next().await {
            // A registry that panicked has not answered.
            let Ok((zone, answer)) = answer else { continue };
            seen.0.insert(zone, answer);
        }
        Ok(seen)
    }

    async fn see_in(
        &self,
        image: &ImageName,
        zone: &ZoneName,
        pass: &Pass,
    ) -> Result<Option<Digest>, ImageTrouble> {
        if let Some(trouble) = pass.given_up(zone) {
            return Err(trouble);
        }
        let unexpected = |error: Error| ImageTrouble::new(FailureKind::Unexpected, error.to_string());
        let registry = self.zones().map_err(unexpected)?.registry(zone)?;
        let late = || ImageTrouble::new(FailureKind::Unavailable, format!("`{zone}` did not answer in time"));
        let answer = tokio::select! {
            answer = registry.digest(image) => answer,
            () = self.clock.sleep(ANSWER) => Err(late()),
        };
        pass.heard(zone, answer.as_ref().err());
        answer
    }
}

/// What zones answered.
#[derive(Debug, Default)]
pub(super) struct Seen(BTreeMap<ZoneName, Result<Option<Digest>, ImageTrouble>>);

impl Seen {
    fn sights(&self, running: &BTreeMap<ZoneName, Running>) -> Sights {
        let mut sights = Sights::new();
        for (zone, answer) in &self.0 {
            let sight = match answer {
                Ok(Some(digest)) => Sight::Holds(digest.clone()),
                Ok(None) => Sight::Nothing,
                Err(_) => Sight::Unknown,
            };
            sights.see(zone.clone(), sight);
        }
        for (zone, copy) in running {
            sights.copying(zone.clone(), copy.digest.clone());
        }
        sights
    }
}

/// What is being made of an image.
struct Draft {
    after: ZonedRecord,
    happenings: Vec<ZoneHappening>,
    orders: Vec<DistributionOrder>,
}

impl Draft {
    /// What is known before the zones are compared.
    fn happens(&mut self, why: &Why<'_>, seen: &Seen, now: Timestamp) -> Result<()> {
        match why {
            Why::Ended { zone, copy, outcome } => self.ended(zone, copy, outcome, seen, now),
            Why::Decided(decision) => {
                // Of what nobody knows, there is nothing to decide but whose it is.
                let Some(decided) = decision(self.after.kept.as_ref()) else {
                    let message = format!("nobody knows which `{}` is the right one", self.after.image);
                    return Err(Error::new(ErrorKind::UnknownImage, message));
                };
                let (kept, what) = decided.map_err(|refusal| {
                    Error::new(ErrorKind::ImageState, refusal.to_string()).with_help(refusal.help())
                })?;
                self.after.kept = Some(kept);
                self.happenings.push(what);
            }
            Why::Asked | Why::Pushed(_) => {}
        }
        let lost: Vec<_> = self.after.running.iter().filter(|(_, copy)| copy.until <= now).collect();
        let lost: Vec<_> = lost.into_iter().map(|(zone, copy)| (zone.clone(), copy.digest.clone())).collect();
        for (zone, digest) in lost {
            self.after.running.remove(&zone);
            let message = "nothing was heard of the copy until its lease had ended";
            self.failed(&zone, digest, &ImageTrouble::new(FailureKind::LeaseLost, message), now);
        }
        Ok(())
    }

    fn ended(
        &mut self,
        zone: &ZoneName,
        copy: &CopyId,
        outcome: &Result<(), ImageTrouble>,
        seen: &Seen,
        now: Timestamp,
    ) {
        // Of one that was given up, nothing is waited for any more.
        let Some(running) = self.after.running.get(zone).filter(|running| running.copy == *copy).cloned()
        else {
            return;
        };
        self.after.running.remove(zone);
        match (outcome, seen.0.get(zone)) {
            (_, Some(Ok(Some(there)))) if *there == running.digest => {
                self.happenings.push(ZoneHappening::Copied { zone: zone.clone(), digest: running.digest });
            }
            (Err(trouble), _) => self.failed(zone, running.digest, trouble, now),
            // Without an answer it is not known, and asked again.
            (Ok(()), None | Some(Err(_))) => {}
            (Ok(()), Some(Ok(_))) => {
                let message = "the copier said that it was done, and the zone holds something else";
                self.failed(zone, running.digest, &ImageTrouble::new(FailureKind::Unexpected, message), now);
            }
        }
    }

    fn failed(&mut self, zone: &ZoneName, digest: Digest, trouble: &ImageTrouble, now: Timestamp) {
        if let Some(kept) = &mut self.after.kept {
            *kept = kept.failed(zone, trouble.kind, &trouble.message, now);
        }
        let failure = Failure::new(trouble.kind, &trouble.message, now);
        self.happenings.push(ZoneHappening::Failed { zone: zone.clone(), digest, failure });
    }

    /// What comes of what the zones hold.
    fn distribute(&mut self, rule: Option<&DistributionRule>, seen: &Seen, why: &Why<'_>, now: Timestamp) {
        self.after.due = None;
        let Some(rule) = rule else {
            (self.after.standings, self.after.troubles) = (BTreeMap::new(), BTreeMap::new());
            return;
        };
        let mut sights = seen.sights(&self.after.running);
        if let Why::Pushed(zone) = why
            && self.after.pushed_in.is_none()
        {
            self.after.pushed_in = Some((*zone).clone());
        }
        // What was told last counts, or what was told when nobody could be asked.
        let told = match why {
            Why::Pushed(zone) => Some((*zone).clone()),
            _ => self.after.pushed_in.clone(),
        };
        if let Some(zone) = told {
            sights = sights.pushed_in(zone);
        }
        let found = distribute(&self.after.image, rule, self.after.kept.as_ref(), &sights, now);
        self.after.kept = found.record;
        if self.after.kept.is_some() {
            self.after.pushed_in = None;
        }
        self.after.standings = found.standings;
        self.after.due = found.next;
        self.happenings.extend(found.news.into_iter().filter_map(|news| match news {
            News::Belongs { zone } => Some(ZoneHappening::Belongs { zone }),
            News::Conflict { zone, there } => Some(ZoneHappening::Conflict { zone, there }),
            other => {
                tracing::warn!("news of a later version are not told: {other:?}");
                None
            }
        }));
        self.orders = found.orders;
        // The last answer of a zone that did not answer stays as it was told first.
        let mut troubles = BTreeMap::new();
        for (zone, answer) in &seen.0 {
            let Err(trouble) = answer else { continue };
            let known = self.after.troubles.get(zone).filter(|known| known.kind == trouble.kind).cloned();
            let new = || Failure::new(trouble.kind, &trouble.message, now);
            troubles.insert(zone.clone(), known.unwrap_or_else(new));
        }
        self.after.troubles = troubles;
    }

    /// When something is to be done next, but for what can be done now.
    fn next(&mut self, seen: &Seen, now: Timestamp) -> Option<Timestamp> {
        let is_unanswered = seen.0.values().any(Result::is_err);
        self.after.unanswered = is_unanswered.then(|| {
            let last = self.after.unanswered;
            let wait = |failures| now.plus(patience(failures, &self.after.image.to_string()));
            match last {
                // Who looks in between does not put it off. A clock that went back does not either.
                Some((failures, again)) if again > now => (failures, again.min(wait(failures))),
                last => {
                    let failures = last.map_or(0, |(failures, _)| failures).saturating_add(1);
                    (failures, wait(failures))
                }
            }
        });
        let ends = self.after.running.values().map(|copy| copy.until);
        let again = self.after.unanswered.map(|(_, again)| again);
        ends.chain(self.after.due).chain(again).min()
    }
}
