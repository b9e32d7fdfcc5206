//! Many copies.

use super::{Copier, Copying};
use crate::{Copied, CopyOrder, error::Result};
use futures_core::Stream;
use futures_util::stream::FuturesUnordered;
use std::{
    fmt,
    future::poll_fn,
    pin::Pin,
    task::{Context, Poll},
};

/// Many copies, so many of them at once: a [`Stream`] of their ends, with a method for those who need no more.
#[must_use = "nothing is copied until the ends are asked for"]
pub struct CopyAll {
    copier: Copier,
    orders: Box<dyn Iterator<Item = CopyOrder> + Send>,
    begun: usize,
    under_way: FuturesUnordered<Numbered>,
    is_at_end: bool,
}

/// The end of one of many copies.
#[derive(Debug)]
#[non_exhaustive]
pub struct Ended {
    /// The how-manieth order it was, from 0 on.
    pub number: usize,
    /// What came of it.
    pub result: Result<Copied>,
}

struct Numbered {
    number: usize,
    copying: Copying,
}

impl CopyAll {
    pub(super) fn new(copier: Copier, orders: Box<dyn Iterator<Item = CopyOrder> + Send>) -> Self {
        Self { copier, orders, begun: 0, under_way: FuturesUnordered::new(), is_at_end: false }
    }

    /// The next end, or `None` after the last. Dropped: nothing is lost; the next call goes on.
    pub async fn next(&mut self) -> Option<Ended> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// Begins as many as there is room for.
    fn fill(&mut self) {
        while !self.is_at_end && self.under_way.len() < self.copier.0.limits.images {
            let Some(order) = self.orders.next() else {
                self.is_at_end = true;
                return;
            };
            self.under_way.push(Numbered { number: self.begun, copying: self.copier.copy(order) });
            self.begun += 1;
        }
    }
}

impl Stream for CopyAll {
    type Item = Ended;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Ended>> {
        self.fill();
        Pin::new(&mut self.under_way).poll_next(context)
    }
}

impl Future for Numbered {
    type Output = Ended;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Ended> {
        let number = self.number;
        Pin::new(&mut self.copying).poll(context).map(|result| Ended { number, result })
    }
}

impl fmt::Debug for CopyAll {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CopyAll")
            .field("begun", &self.begun)
            .field("under_way", &self.under_way.len())
            .finish_non_exhaustive()
    }
}
