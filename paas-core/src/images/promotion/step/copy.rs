//! How copies begin and end.

use super::{
    super::{
        Cause, Context, Copying, Failure, FailureClass, FailureKind, Happening, Order, Pending,
        ProductionNamespace, State, Synced, Syncing,
    },
    draft::Draft,
};
use crate::{actor::Actor, images::Digest};

/// Lets a copy begin, if production has the namespace. If not, or if it does not say, the image goes on waiting.
pub(super) fn try_to_begin(draft: &mut Draft<'_>, context: &Context, by: Option<&Actor>) {
    let now = draft.now;
    let State::PendingSync(pending) = &mut draft.image.state else { return };
    match context.namespace {
        ProductionNamespace::Exists => begin(draft, context, by),
        ProductionNamespace::Missing => {
            let is_new = pending.namespace_missing.replace(now).is_none();
            draft.image.production.look(None, None, now);
            if is_new {
                draft.tell(Happening::NamespaceMissing).by = by.cloned();
            }
        }
        ProductionNamespace::Unknown => {
            let message = "production did not say whether it has the namespace";
            let attempt = pending.attempts.saturating_add(1);
            let failure = Failure::new(FailureKind::Unreachable, message, now);
            pending.attempts = attempt;
            pending.namespace_missing = None;
            pending.failure = Some(failure.clone());
            let change = draft.tell(Happening::CopyFailed);
            change.by = by.cloned();
            change.attempt = Some(attempt);
            change.failure = Some(failure.kind);
            change.message = Some(failure.message);
        }
    }
}

fn begin(draft: &mut Draft<'_>, context: &Context, by: Option<&Actor>) {
    let State::PendingSync(pending) = &draft.image.state else { return };
    let Pending { approval, since, cause, attempts, failure, .. } = pending.clone();
    // What somebody put there by hand is a person's to decide about: it was told as a conflict before. Over what was released
    // it does not stay.
    let is_conflict = failure.is_some_and(|failure| failure.kind == FailureKind::TagConflict);
    let is_decided = cause == Cause::ProductionDiffers || by.is_some() && is_conflict;
    let digest = approval.digest.clone();
    let attempt = attempts.saturating_add(1);
    let copy = Copying::begin(context.copy.clone(), attempt, context.lease_seconds, draft.now);
    draft.orders.push(Order::Copy {
        copy: copy.id.clone(),
        attempt,
        image: draft.image.name.clone(),
        digest: digest.clone(),
        replaces: draft.image.production.replaceable(is_decided),
        until: copy.until,
    });
    draft.image.state = State::Syncing(Syncing { approval, since, cause, copy, superseded: false });
    let change = draft.tell(Happening::CopyBegan);
    change.digest = Some(digest);
    change.by = by.cloned();
    change.attempt = Some(attempt);
}

/// How a copy ended.
pub(super) enum End<'a> {
    /// It came to its end, and production holds this.
    Done(Digest),
    /// It did not: why, and what production holds if that was read.
    Failed(FailureKind, &'a str, Option<Option<Digest>>),
}

impl End<'_> {
    /// What production holds, if that was read: a digest, or nothing.
    pub(super) fn read(&self) -> Option<Option<&Digest>> {
        match self {
            Self::Done(digest) => Some(Some(digest)),
            Self::Failed(.., read) => read.as_ref().map(Option::as_ref),
        }
    }
}

/// Ends the copy that was running.
pub(super) fn end(draft: &mut Draft<'_>, syncing: &Syncing, end: End<'_>) {
    let now = draft.now;
    let Syncing { approval, since, cause, copy, superseded } = syncing;
    let (failure, read) = match end {
        End::Done(digest) if digest == approval.digest => (None, Some(Some(digest))),
        End::Done(digest) => {
            let message = format!("production holds `{digest}` after the copy");
            (Some(Failure::new(FailureKind::NotEqual, &message, now)), Some(Some(digest)))
        }
        // What production holds is what counts, however it came to that.
        End::Failed(.., Some(Some(digest))) if digest == approval.digest => (None, Some(Some(digest))),
        End::Failed(kind, message, read) => (Some(Failure::new(kind, message, now)), read),
    };
    let is_removed = matches!(draft.image.state, State::Gone(_));
    let production = &mut draft.image.production;
    match read.clone() {
        Some(digest) => production.look(digest, Some(approval), now),
        None => {
            production.doubt(&approval.digest);
            if !is_removed {
                draft.look();
            }
        }
    }
    if is_removed || *superseded {
        if is_removed {
            draft.remove();
        } else {
            draft.image.state = State::InDevelopment;
        }
        let change = draft.tell(Happening::CopyEnded);
        change.digest = read.flatten();
        change.attempt = Some(copy.attempt);
        change.failure = failure.as_ref().map(|failure| failure.kind);
        change.message = failure.map(|failure| failure.message);
        return;
    }
    let Some(failure) = failure else {
        draft.image.state = State::Synced(Synced { approval: approval.clone(), at: now });
        let change = draft.tell(Happening::Synced);
        change.digest = Some(approval.digest.clone());
        change.attempt = Some(copy.attempt);
        return;
    };
    let lacks_namespace = failure.kind.class() == FailureClass::NamespaceMissing;
    let change =
        draft.tell(if lacks_namespace { Happening::NamespaceMissing } else { Happening::CopyFailed });
    change.digest = Some(approval.digest.clone());
    change.attempt = Some(copy.attempt);
    change.failure = Some(failure.kind);
    change.message = Some(failure.message.clone());
    draft.image.state = State::PendingSync(Pending {
        attempts: copy.attempt,
        failure: (!lacks_namespace).then_some(failure),
        namespace_missing: lacks_namespace.then_some(now),
        ..Pending::new(approval.clone(), *since, *cause)
    });
}
