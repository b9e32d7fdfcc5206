//! What was seen. Everything is absorbed, in every state.

use super::{
    super::{
        Cause, CopyId, Happening, Image, Observation, Order, Pending, State, Synced, Syncing, Transition,
    },
    copy::{self, End},
    draft::Draft,
};
use crate::{images::Digest, scaling::Timestamp};

pub(super) fn observed(image: &Image, seen: Observation, now: Timestamp) -> Transition {
    let mut draft = Draft::new(image, now);
    match seen {
        Observation::Pushed { digest } => pushed(&mut draft, digest),
        Observation::Deleted => deleted(&mut draft),
        Observation::ProductionSeen { digest } => production_seen(&mut draft, digest),
        Observation::NamespaceSeen { exists } => namespace_seen(&mut draft, exists),
        Observation::CopyRenewed { copy } => renewed(&mut draft, copy),
        Observation::CopySucceeded { copy, production } => {
            ended(&mut draft, &copy, End::Done(production));
        }
        Observation::CopyFailed { copy, kind, message, production } => {
            ended(&mut draft, &copy, End::Failed(kind, &message, production));
        }
    }
    draft.finish()
}

fn pushed(draft: &mut Draft<'_>, digest: Digest) {
    let is_same = digest == draft.image.digest;
    match &mut draft.image.state {
        State::InDevelopment | State::PendingSync(_) | State::Synced(_) => {
            if is_same {
                return;
            }
            draft.image.state = State::InDevelopment;
        }
        State::Syncing(syncing) => {
            if is_same {
                return;
            }
            // The copy goes on: a senior member released what it copies. Should this very digest be pushed again before it
            // has ended, it is new all the same.
            syncing.superseded = true;
        }
        // It is there again, beside a copy that has been told to end.
        State::Gone(syncing) => {
            draft.image.state = State::Syncing(Syncing { superseded: true, ..syncing.clone() });
        }
    }
    draft.image.pushed_at = draft.now;
    draft.image.digest = digest.clone();
    draft.tell(Happening::Pushed).digest = Some(digest);
}

fn deleted(draft: &mut Draft<'_>) {
    match &draft.image.state {
        State::InDevelopment | State::PendingSync(_) | State::Synced(_) => draft.remove(),
        State::Syncing(syncing) => {
            let (syncing, image) = (syncing.clone(), draft.image.name.clone());
            draft.orders.push(Order::Abandon { copy: syncing.copy.id.clone(), image });
            draft.image.state = State::Gone(syncing);
        }
        State::Gone(_) => return,
    }
    draft.tell(Happening::Deleted).digest = Some(draft.image.digest.clone());
}

fn production_seen(draft: &mut Draft<'_>, digest: Option<Digest>) {
    let before = draft.image.production.seen.as_ref().and_then(|seen| seen.digest.clone());
    let approval = draft.image.approval().cloned();
    draft.image.production.look(digest.clone(), approval.as_ref(), draft.now);
    match (&draft.image.state, approval) {
        (State::PendingSync(_), Some(approval)) if Some(&approval.digest) == digest.as_ref() => {
            draft.image.state = State::Synced(Synced { approval, at: draft.now });
            draft.tell(Happening::Synced).digest = digest;
        }
        (State::Synced(_), Some(approval)) if Some(&approval.digest) != digest.as_ref() => {
            let pending = Pending::new(approval, draft.now, Cause::ProductionDiffers);
            draft.image.state = State::PendingSync(pending);
            draft.tell(Happening::ProductionDiffers).digest = digest;
        }
        (
            State::InDevelopment
            | State::PendingSync(_)
            | State::Syncing(_)
            | State::Synced(_)
            | State::Gone(_),
            _,
        ) => {
            if before != digest {
                draft.tell(Happening::ProductionSeen).digest = digest;
            }
        }
    }
}

fn namespace_seen(draft: &mut Draft<'_>, exists: bool) {
    if !exists {
        // Where there is no namespace, there is no image.
        production_seen(draft, None);
    }
    let now = draft.now;
    match (&mut draft.image.state, exists) {
        (State::PendingSync(pending), true) => {
            if pending.namespace_missing.take().is_some() {
                draft.tell(Happening::NamespaceFound);
            }
        }
        (State::PendingSync(pending), false) => {
            // When it was asked last stays: to see it more often than it is asked puts nothing off.
            if pending.namespace_missing.is_none() {
                pending.namespace_missing = Some(now);
                draft.tell(Happening::NamespaceMissing);
            }
        }
        (State::InDevelopment | State::Syncing(_) | State::Synced(_) | State::Gone(_), _) => {}
    }
}

fn renewed(draft: &mut Draft<'_>, copy: CopyId) {
    let now = draft.now;
    match &mut draft.image.state {
        State::Syncing(syncing) if syncing.copy.id == copy => syncing.copy.renew(now),
        // It was told to end, and is told again: either it does not know, or it is no copy any more.
        State::InDevelopment
        | State::PendingSync(_)
        | State::Syncing(_)
        | State::Synced(_)
        | State::Gone(_) => {
            let image = draft.image.name.clone();
            draft.orders.push(Order::Abandon { copy, image });
        }
    }
}

fn ended(draft: &mut Draft<'_>, copy: &CopyId, end: End<'_>) {
    match draft.image.state.clone() {
        State::Syncing(syncing) | State::Gone(syncing) if syncing.copy.id == *copy => {
            copy::end(draft, &syncing, end);
        }
        // An older copy, or the same one told twice. It may have done something in production nevertheless.
        State::InDevelopment
        | State::PendingSync(_)
        | State::Syncing(_)
        | State::Synced(_)
        | State::Gone(_) => {
            let production = &draft.image.production;
            let known = production.seen.as_ref().map(|seen| seen.digest.as_ref());
            if !production.is_known() || end.read() != known {
                draft.look();
            }
        }
    }
}
