//! A transition while it is made.

use super::super::{Change, Happening, Image, Order, Transition};
use crate::scaling::Timestamp;

/// The image before, and what becomes of it.
pub(super) struct Draft<'a> {
    before: &'a Image,
    pub(super) now: Timestamp,
    pub(super) image: Image,
    pub(super) orders: Vec<Order>,
    is_removed: bool,
    change: Option<Change>,
}

impl<'a> Draft<'a> {
    /// Nothing has become of it yet.
    pub(super) fn new(before: &'a Image, now: Timestamp) -> Self {
        Self { before, now, image: before.clone(), orders: Vec::new(), is_removed: false, change: None }
    }

    /// The record goes.
    pub(super) fn remove(&mut self) {
        self.is_removed = true;
    }

    /// People are told of this.
    pub(super) fn tell(&mut self, what: Happening) -> &mut Change {
        let image = self.image.name.clone();
        // Where it goes to is known in the end.
        self.change.insert(Change::new(what, image, self.before.state.name(), self.now))
    }

    /// Somebody is to look what production holds.
    pub(super) fn look(&mut self) {
        self.orders.push(Order::Look { image: self.image.name.clone() });
    }

    pub(super) fn finish(self) -> Transition {
        let Self { before, image, orders, is_removed, change, .. } = self;
        let to = (!is_removed).then(|| image.state.name());
        Transition {
            writes: is_removed || image != *before,
            change: change.map(|change| Change { to, ..change }),
            image: (!is_removed).then_some(image),
            orders,
        }
    }
}
