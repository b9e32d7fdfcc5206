//! What time brings.

use super::{
    super::{Context, FailureKind, Image, Order, State, SyncRule, Transition},
    copy::{self, End},
    draft::Draft,
};
use crate::scaling::Timestamp;

pub(super) fn passed(image: &Image, context: &Context, now: Timestamp) -> Transition {
    let mut draft = Draft::new(image, now);
    match &mut draft.image.state {
        State::PendingSync(pending) => {
            if let Some(SyncRule::Automatic { period }) = context.rule
                && pending.due(period.seconds(), image).is_some_and(|due| due <= now)
            {
                copy::try_to_begin(&mut draft, context, None);
            }
        }
        State::Syncing(syncing) | State::Gone(syncing) => {
            if syncing.copy.is_ahead(now) {
                syncing.copy.rewind(now);
            } else if syncing.copy.is_lost(now) {
                let syncing = syncing.clone();
                let (copy, image) = (syncing.copy.id.clone(), image.name.clone());
                let message = "nothing was heard of the copy until its lease had ended";
                copy::end(&mut draft, &syncing, End::Failed(FailureKind::LeaseLost, message, None));
                // If it is at work nevertheless.
                draft.orders.push(Order::Abandon { copy, image });
            }
        }
        State::InDevelopment | State::Synced(_) => {}
    }
    draft.finish()
}
