use super::{Id, World};
use std::collections::BTreeMap;

/// What is to happen later.
#[derive(Clone, Copy, Debug)]
pub(super) enum Event {
    /// A process ends; it is overtaken if the resource's turn is another by then.
    End { id: Id, turn: u64, to: &'static str },
    /// The compose files of a stack are read.
    Compose { stack: Id, turn: u64 },
    /// A container should be running by now.
    Start { container: Id },
    /// A container's health check is due.
    Health { container: Id },
    /// A container that runs once should have ended by now.
    Job { container: Id },
    /// A service may have all that it needs to be active.
    Settle { service: Id },
    /// A stack that is being removed may have nothing left.
    Emptied { stack: Id },
    /// The links of a service to other environments are followed up.
    Reconcile { service: Id },
}

/// The events to come, in the order in which they are due.
#[derive(Debug, Default)]
pub(super) struct Agenda {
    events: BTreeMap<(u64, u64), Event>,
    added: u64,
}

/// How often something that cannot go on is tried again.
pub(super) const RETRY: u64 = 1000;

impl World {
    /// Puts an event on the agenda, after a latency and some jitter.
    pub(super) fn later(&mut self, latency: u64, event: Event) {
        let longest = (latency / 100).saturating_mul(self.latencies.jitter_percent);
        let jitter = self.chance.below(longest.saturating_add(1));
        self.at(self.now.saturating_add(latency).saturating_add(jitter), event);
    }

    pub(super) fn at(&mut self, moment: u64, event: Event) {
        self.agenda.added += 1;
        self.agenda.events.insert((moment, self.agenda.added), event);
    }

    /// Lets everything happen that is due by the clock.
    pub(crate) fn catch_up(&mut self) {
        let until = self.clock.now();
        while let Some(entry) = self.agenda.events.first_entry().filter(|entry| entry.key().0 <= until) {
            let ((moment, _), event) = entry.remove_entry();
            self.now = self.now.max(moment);
            self.happen(event);
        }
        self.now = self.now.max(until);
        self.harbor.catch_up(&self.clock, self.now);
    }

    fn happen(&mut self, event: Event) {
        match event {
            Event::End { id, turn, to } => {
                if self.get(id).is_some_and(|resource| resource.turn == turn) {
                    self.end(id, to);
                }
            }
            Event::Compose { stack, turn } => {
                if self.get(stack).is_some_and(|stack| stack.turn == turn) {
                    self.compose(stack);
                }
            }
            Event::Start { container } => self.container_starts(container),
            Event::Health { container } => self.health_checked(container),
            Event::Job { container } => self.job_ends(container),
            Event::Settle { service } => self.settle(service),
            Event::Emptied { stack } => self.stack_emptied(stack),
            Event::Reconcile { service } => self.reconcile_links(service),
        }
    }
}
