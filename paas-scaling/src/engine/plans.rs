//! The plans of an engine: each is there once, however many services have it.

use super::view::Shared;
use crate::plan::Plan;
use rustc_hash::FxHashMap;
use std::{collections::hash_map::Entry, sync::Arc};

/// Plans, by place.
#[derive(Debug, Default)]
pub(super) struct Plans {
    places: Vec<Option<Shared>>,
    free: Vec<u32>,
    by_text: FxHashMap<Arc<str>, u32>,
    /// The same by where they are in memory: quicker, and right as long as they are here.
    by_address: FxHashMap<usize, u32>,
}

impl Plans {
    /// The place of a plan, for one service more.
    pub(super) fn take(&mut self, plan: &Plan) -> u32 {
        let known = self.by_address.get(&plan.address()).copied();
        let place = known.unwrap_or_else(|| self.place(plan));
        if let Some(shared) = self.shared(place) {
            shared.users += 1;
        }
        place
    }

    fn place(&mut self, plan: &Plan) -> u32 {
        let vacant = match self.by_text.entry(plan.text()) {
            Entry::Occupied(known) => return *known.get(),
            Entry::Vacant(vacant) => vacant,
        };
        let shared = Some(Shared::new(plan.clone()));
        let place = match self.free.pop() {
            Some(place) => {
                if let Some(free) = self.places.get_mut(place as usize) {
                    *free = shared;
                }
                place
            }
            None => {
                self.places.push(shared);
                u32::try_from(self.places.len() - 1).unwrap_or(u32::MAX)
            }
        };
        self.by_address.insert(plan.address(), place);
        *vacant.insert(place)
    }

    /// One service less has the plan of this place.
    pub(super) fn give_back(&mut self, place: u32) {
        let Some(free) = self.places.get_mut(place as usize) else { return };
        let Some(shared) = free else { return };
        shared.users -= 1;
        if shared.users == 0 {
            self.by_text.remove(&shared.plan.text());
            self.by_address.remove(&shared.plan.address());
            *free = None;
            self.free.push(place);
        }
    }

    pub(super) fn shared(&mut self, place: u32) -> Option<&mut Shared> {
        self.places.get_mut(place as usize)?.as_mut()
    }

    pub(super) fn plan(&self, place: u32) -> Option<&Plan> {
        Some(&self.places.get(place as usize)?.as_ref()?.plan)
    }

    /// All plans with their places.
    pub(super) fn iter(&self) -> impl Iterator<Item = (u32, &Plan)> {
        (0..).zip(&self.places).filter_map(|(place, shared)| Some((place, &shared.as_ref()?.plan)))
    }
}
