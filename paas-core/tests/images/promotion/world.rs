//! Two registries, copiers that die, hang and speak late, people, and a clock: with one image, kept as the platform keeps it.

use super::bed::{NAMESPACE, at, digest};
use paas_core::{
    images::{
        Digest, ImageName,
        promotion::{
            Command, Context, CopyId, Event, FailureKind, Image, Observation, Order, Period,
            ProductionNamespace, Refusal, Right, State, StateName, SyncRule, Transition, WaitsFor, step,
        },
    },
    scaling::Timestamp,
};
use std::collections::{BTreeSet, VecDeque};

/// What can happen in the world.
#[derive(Debug, Clone)]
pub(super) enum Act {
    /// Somebody pushes; the platform is told of it, or not.
    Push(u8, bool),
    /// Somebody deletes the image in test; the platform is told of it, or not.
    Delete(bool),
    /// The platform looks what test holds.
    LookAtTest,
    /// The platform looks what production holds; it hears of it at once, or later.
    LookAtProduction(bool),
    /// The platform looks whether production has the namespace.
    LookForNamespace,
    /// The namespace is made in production, or removed with all that is in it.
    Namespace(bool),
    /// Somebody else writes or deletes in production.
    Foreign(Option<u8>),
    /// A senior member releases what the image is, or what it was.
    Release(Option<u8>),
    Withdraw,
    SyncNow {
        answers: bool,
    },
    Rule(Option<SyncRule>),
    /// Time passes, and the platform is told; production answers, or does not.
    Pass {
        seconds: u32,
        told: bool,
        answers: bool,
    },
    /// The clock is set back.
    Back(u32),
    /// A copier says that it is at work.
    Renew(usize),
    /// A copier finishes: it writes, reads back and tells, at once or later; or it dies before it tells.
    Finish(usize, Tell),
    /// A copier fails.
    Fail(usize, FailureKind, Tell),
    /// A copier dies without a word.
    Die(usize),
    /// One of the late words arrives; it may arrive again.
    Arrive(usize, bool),
    /// The oldest order that was lost is carried out after all.
    Order,
    /// An order is lost from now on, or is not.
    Lose(bool),
}

#[derive(Debug, Clone, Copy)]
pub(super) enum Tell {
    AtOnce,
    Late,
    Never,
}

/// A copier. It keeps to its lease by a clock that only goes forward, as processes have one.
#[derive(Debug, Clone)]
struct Copier {
    copy: CopyId,
    digest: Digest,
    replaces: BTreeSet<Digest>,
    /// Until when, by the time that has really passed, it may work.
    until: u64,
    is_alive: bool,
}

#[derive(Debug, Clone)]
pub(super) struct World {
    name: ImageName,
    /// What is in test, in production.
    test: Option<Digest>,
    production: Option<Digest>,
    has_namespace: bool,
    /// What the platform keeps.
    pub(super) image: Option<Image>,
    rule: Option<SyncRule>,
    /// Time that has really passed, and what the clock shows.
    passed: u64,
    clock: Timestamp,
    copiers: Vec<Copier>,
    late: VecDeque<Observation>,
    lost: VecDeque<Order>,
    loses: bool,
    copies: u32,
    /// What was released since it was pushed last.
    released: BTreeSet<Digest>,
    /// What the platform ever put into production, or saw there.
    known: BTreeSet<Digest>,
}

impl World {
    pub(super) fn new() -> Self {
        Self {
            name: "retail-shop/web:1.4".parse().unwrap(),
            test: None,
            production: None,
            has_namespace: true,
            image: None,
            rule: None,
            passed: 0,
            clock: at(0),
            copiers: Vec::new(),
            late: VecDeque::new(),
            lost: VecDeque::new(),
            loses: false,
            copies: 0,
            released: BTreeSet::new(),
            known: BTreeSet::new(),
        }
    }

    pub(super) fn act(&mut self, act: &Act) {
        match act {
            Act::Push(number, told) => {
                self.test = Some(digest(*number));
                if *told {
                    self.act(&Act::LookAtTest);
                }
            }
            Act::Delete(told) => {
                self.test = None;
                if *told {
                    self.act(&Act::LookAtTest);
                }
            }
            Act::LookAtTest => match self.test.clone() {
                Some(digest) => self.observe(Observation::Pushed { digest }),
                None => self.observe(Observation::Deleted),
            },
            Act::LookAtProduction(at_once) => {
                let seen = Observation::ProductionSeen { digest: self.production.clone() };
                if *at_once {
                    self.observe(seen);
                } else {
                    self.late.push_back(seen);
                }
            }
            Act::LookForNamespace => self.observe(Observation::NamespaceSeen { exists: self.has_namespace }),
            Act::Namespace(exists) => {
                self.has_namespace = *exists;
                if !exists {
                    self.production = None;
                }
            }
            Act::Foreign(number) => {
                if self.has_namespace {
                    self.production = number.map(digest);
                }
            }
            Act::Release(number) => {
                let now_there = self.image.as_ref().map(|image| image.digest.clone());
                if let Some(digest) = number.map(digest).or(now_there) {
                    self.command(Command::Release { digest }, true);
                }
            }
            Act::Withdraw => self.command(Command::Withdraw, true),
            Act::SyncNow { answers } => self.command(Command::SyncNow, *answers),
            Act::Rule(rule) => self.rule = *rule,
            Act::Pass { seconds, told, answers } => {
                self.passed += u64::from(*seconds);
                self.clock = self.clock.plus(*seconds);
                if *told {
                    self.tell_time(*answers);
                }
            }
            Act::Back(seconds) => {
                self.clock = Timestamp::from_seconds(self.clock.seconds().saturating_sub(*seconds));
            }
            Act::Renew(index) => {
                if let Some(copy) = self.copier(*index).map(|copier| copier.copy.clone()) {
                    self.observe(Observation::CopyRenewed { copy: copy.clone() });
                    let running = self.image.as_ref().and_then(|image| image.state.copy());
                    let granted = running.filter(|running| running.id == copy).map(|running| running.until);
                    if let Some(until) = granted {
                        self.grant(&copy, until);
                    }
                }
            }
            Act::Finish(index, tell) => {
                if let Some(copier) = self.copier(*index).cloned() {
                    self.finish(copier, *tell);
                }
            }
            Act::Fail(index, kind, tell) => {
                if let Some(copy) = self.copier(*index).map(|copier| copier.copy.clone()) {
                    self.stop(&copy);
                    self.tell(failed(copy, *kind, None), *tell);
                }
            }
            Act::Die(index) => {
                if let Some(copy) = self.copier(*index).map(|copier| copier.copy.clone()) {
                    self.stop(&copy);
                }
            }
            Act::Arrive(index, again) => {
                let index = if self.late.is_empty() { 0 } else { index % self.late.len() };
                if let Some(seen) = self.late.remove(index) {
                    if *again {
                        self.late.push_back(seen.clone());
                    }
                    self.observe(seen);
                }
            }
            Act::Order => {
                if let Some(order) = self.lost.pop_front() {
                    self.carry_out(order);
                }
            }
            Act::Lose(loses) => self.loses = *loses,
        }
        self.holds();
    }

    /// A copier that may work.
    fn copier(&self, index: usize) -> Option<&Copier> {
        let working: Vec<&Copier> = self.working().collect();
        working.get(index % working.len().max(1)).copied()
    }

    fn working(&self) -> impl Iterator<Item = &Copier> {
        self.copiers.iter().filter(|copier| copier.is_alive && self.passed < copier.until)
    }

    fn stop(&mut self, copy: &CopyId) {
        self.copiers
            .iter_mut()
            .filter(|copier| copier.copy == *copy)
            .for_each(|copier| copier.is_alive = false);
    }

    fn grant(&mut self, copy: &CopyId, until: Timestamp) {
        let until = self.passed + u64::from(until.seconds().saturating_sub(self.clock.seconds()));
        self.copiers.iter_mut().filter(|copier| copier.copy == *copy).for_each(|copier| copier.until = until);
    }

    /// A copier writes, as far as it may, reads back and tells.
    fn finish(&mut self, copier: Copier, tell: Tell) {
        self.stop(&copier.copy);
        let there = self.production.clone();
        let kind = if !self.has_namespace {
            Some(FailureKind::NamespaceMissing)
        } else if there
            .as_ref()
            .is_some_and(|there| *there != copier.digest && !copier.replaces.contains(there))
        {
            Some(FailureKind::TagConflict)
        } else {
            None
        };
        let Some(kind) = kind else {
            let is_known = there.is_none_or(|there| there == copier.digest || self.known.contains(&there));
            assert!(is_known, "what nobody saw was written over");
            self.known.insert(copier.digest.clone());
            self.production = Some(copier.digest.clone());
            return self
                .tell(Observation::CopySucceeded { copy: copier.copy, production: copier.digest }, tell);
        };
        self.tell(failed(copier.copy, kind, Some(there)), tell);
    }

    fn tell(&mut self, seen: Observation, tell: Tell) {
        match tell {
            Tell::AtOnce => self.observe(seen),
            Tell::Late => self.late.push_back(seen),
            Tell::Never => {}
        }
    }

    fn context(&mut self, answers: bool) -> Context {
        self.copies += 1;
        let namespace = match (answers, self.has_namespace) {
            (false, _) => ProductionNamespace::Unknown,
            (true, true) => ProductionNamespace::Exists,
            (true, false) => ProductionNamespace::Missing,
        };
        Context::new(self.rule, namespace, format!("c-{}", self.copies).parse().unwrap())
    }

    fn tell_time(&mut self, answers: bool) {
        let context = self.context(answers);
        if let Some(image) = self.image.clone() {
            let transition = step(&image, Event::TimePassed, &context, self.clock).unwrap();
            self.take(&image, transition, None);
        }
    }

    fn command(&mut self, command: Command, answers: bool) {
        let context = self.context(answers);
        let Some(image) = self.image.clone() else { return };
        let right = Right::trusted("anna".parse().unwrap(), command.action(), NAMESPACE);
        let outcome = step(&image, Event::Command(command.clone(), right), &context, self.clock);
        match outcome {
            Ok(transition) => {
                match command {
                    Command::Release { digest } => {
                        assert_eq!(digest, image.digest);
                        self.released.insert(digest);
                    }
                    Command::Withdraw => self.released.clear(),
                    _ => {}
                }
                self.take(&image, transition, None);
            }
            Err(refusal) => {
                let is_told = match refusal {
                    Refusal::WrongState { state, .. } => state == image.state.name(),
                    Refusal::OtherDigest { asked, found, .. } => asked != found && found == image.digest,
                    Refusal::NoRule { .. } => self.rule.is_none(),
                    _ => false,
                };
                assert!(is_told, "{command:?}");
            }
        }
    }

    fn observe(&mut self, seen: Observation) {
        let Some(image) = self.image.clone() else {
            if let Observation::Pushed { digest } = seen {
                self.released.clear();
                self.image = Some(Image::pushed(self.name.clone(), digest, self.clock));
            }
            return;
        };
        if matches!(&seen, Observation::Pushed { digest } if *digest != image.digest)
            || seen == Observation::Deleted
        {
            self.released.clear();
        }
        let transition = image.observe(seen.clone(), self.clock);
        let by_step = step(
            &image,
            Event::Observed(seen.clone()),
            &Context::new(None, ProductionNamespace::Unknown, "x".parse().unwrap()),
            self.clock,
        );
        assert_eq!(by_step.as_ref(), Ok(&transition));
        let read = match &seen {
            Observation::ProductionSeen { digest } => Some(digest.clone()),
            Observation::CopySucceeded { production, .. } => Some(Some(production.clone())),
            Observation::CopyFailed { production, .. } => production.clone(),
            Observation::NamespaceSeen { exists: false } => Some(None),
            _ => None,
        };
        self.known.extend(read.clone().flatten());
        self.take(&image, transition, read.as_ref().map(Option::as_ref));
    }

    /// What comes of something is kept, and its orders are carried out.
    fn take(&mut self, before: &Image, transition: Transition, read: Option<Option<&Digest>>) {
        let is_synced = |image: &Image| image.state.name() == StateName::Synced;
        let after = transition.image;
        if let Some(after) = after.as_ref().filter(|after| is_synced(after) && !is_synced(before)) {
            // Only by a look at production, and only if that is what test has and what was released.
            assert_eq!(read, Some(Some(&after.digest)));
            assert_eq!(after.approval().unwrap().digest, after.digest);
            assert!(self.released.contains(&after.digest));
        }
        if let Some(after) = &after {
            let json = serde_json::to_string(after).unwrap();
            assert_eq!(&serde_json::from_str::<Image>(&json).unwrap(), after);
        }
        assert_eq!(transition.writes, after.as_ref() != Some(before));
        self.image = after;
        for order in transition.orders {
            let json = serde_json::to_string(&order).unwrap();
            assert_eq!(serde_json::from_str::<Order>(&json).unwrap(), order);
            // An order to copy that is lost is never made up for: the copy has begun, and its lease ends.
            if !self.loses {
                self.carry_out(order);
            } else if !matches!(order, Order::Copy { .. }) {
                self.lost.push_back(order);
            }
        }
    }

    fn carry_out(&mut self, order: Order) {
        match order {
            Order::Copy { copy, digest, replaces, until, .. } => {
                assert!(self.released.contains(&digest), "{digest} was not released");
                let mut seen = self.copiers.iter().map(|copier| &copier.copy);
                assert!(seen.all(|other| *other != copy), "{copy} twice");
                self.copiers.push(Copier { copy: copy.clone(), digest, replaces, until: 0, is_alive: true });
                self.grant(&copy, until);
            }
            Order::Abandon { copy, .. } => self.stop(&copy),
            Order::Look { .. } => self.act(&Act::LookAtProduction(true)),
            _ => panic!("{order:?}"),
        }
    }

    /// What must hold at every time.
    fn holds(&self) {
        let working: Vec<&Copier> = self.working().collect();
        assert!(working.len() <= 1, "two copies at once: {working:?}");
        let Some(image) = &self.image else {
            return assert!(working.is_empty(), "a copy of what is gone: {working:?}");
        };
        let running = image.state.copy();
        if let Some(copier) = working.first() {
            assert_eq!(running.map(|running| &running.id), Some(&copier.copy), "nobody knows of {copier:?}");
        }
        if let Some(approval) = image.approval() {
            let superseded = matches!(&image.state, State::Syncing(syncing) if syncing.superseded);
            assert!(superseded || approval.digest == image.digest);
        }
        // What is to end has a deadline, and not too far away.
        for rule in [None, self.rule] {
            let next = image.next_deadline(rule.as_ref(), self.clock);
            assert!(running.is_none() || next.is_some_and(|next| next <= self.clock.plus(86_400 + 3_600)));
            assert!(next.is_none_or(|next| next <= self.clock.plus(30 * 86_400)));
        }
    }

    /// Everybody dies, and nothing is said but that time passes: the copy ends.
    pub(super) fn ends(mut self) {
        self.copiers.clear();
        self.loses = false;
        for _ in 0..3 {
            let Some(image) = self.image.clone().filter(|image| image.state.copy().is_some()) else { return };
            let next = image.next_deadline(None, self.clock).unwrap();
            let seconds = next.seconds().saturating_sub(self.clock.seconds());
            self.act(&Act::Pass { seconds, told: true, answers: true });
        }
        panic!("it is still being copied: {:?}", self.image);
    }

    /// From now on all goes well: then what was released is in production, and nothing else was put there.
    pub(super) fn settles(mut self) {
        self.act(&Act::Lose(false));
        self.act(&Act::Namespace(true));
        let period = Period::from_seconds(60).unwrap();
        self.act(&Act::Rule(Some(SyncRule::Automatic { period })));
        self.late.clear();
        self.lost.clear();
        for _ in 0..8 {
            for look in [Act::LookAtTest, Act::LookForNamespace, Act::LookAtProduction(true)] {
                self.act(&look);
            }
            let Some(image) = self.image.clone() else { return assert_eq!(self.test, None) };
            let due = match image.waits_for(self.rule.as_ref()) {
                Some(WaitsFor::Time { at }) => at <= self.clock.plus(4_500),
                Some(_) => false,
                None => true,
            };
            if !due {
                // A person is waited for, who presses; or the clock was set back, and a person presses ahead of time.
                self.act(&Act::SyncNow { answers: true });
            }
            let Some(image) = self.image.clone() else { return assert_eq!(self.test, None) };
            let next = image.next_deadline(self.rule.as_ref(), self.clock).unwrap_or(self.clock);
            let seconds = next.seconds().saturating_sub(self.clock.seconds());
            while self.working().next().is_some() {
                self.act(&Act::Finish(0, Tell::AtOnce));
            }
            self.act(&Act::Pass { seconds, told: true, answers: true });
            while self.working().next().is_some() {
                self.act(&Act::Finish(0, Tell::AtOnce));
            }
        }
        let Some(image) = &self.image else { return assert_eq!(self.test, None) };
        assert_eq!(Some(&image.digest), self.test.as_ref());
        match image.state.name() {
            StateName::Synced => assert_eq!(self.production, self.test),
            StateName::InDevelopment => {}
            _ => panic!("it does not come to rest: {image:?}"),
        }
        assert_eq!(self.released.contains(&image.digest), image.state.name() == StateName::Synced);
    }
}

fn failed(copy: CopyId, kind: FailureKind, production: Option<Option<Digest>>) -> Observation {
    Observation::CopyFailed { copy, kind, message: kind.name().to_owned(), production }
}
