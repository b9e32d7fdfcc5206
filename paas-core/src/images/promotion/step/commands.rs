//! What people command.

use super::{
    super::{
        Approval, Cause, Command, Context, Happening, Image, Pending, Refusal, Right, State, Transition,
    },
    copy,
    draft::Draft,
};
use crate::scaling::Timestamp;

pub(super) fn command(
    image: &Image,
    command: Command,
    right: &Right,
    context: &Context,
    now: Timestamp,
) -> Result<Transition, Refusal> {
    let (name, by) = (command.name(), right.by());
    if !right.is_for(&command, image.name.namespace()) {
        return Err(Refusal::WrongRight { image: image.name.clone(), command: name });
    }
    let mut draft = Draft::new(image, now);
    match (command, &image.state) {
        (Command::Release { digest }, State::InDevelopment) => {
            if digest != image.digest {
                let (image, found) = (image.name.clone(), image.digest.clone());
                return Err(Refusal::OtherDigest { image, asked: digest, found });
            }
            // What a copy may replace there must be known before it begins; and what is there already needs none.
            if !image.production.is_known() || image.production.digest() == Some(&digest) {
                draft.look();
            }
            let approval = Approval::new(digest.clone(), by.clone(), now);
            draft.image.state = State::PendingSync(Pending::new(approval, now, Cause::Released));
            let change = draft.tell(Happening::Released);
            (change.digest, change.by) = (Some(digest), Some(by.clone()));
        }
        (Command::Withdraw, State::PendingSync(pending)) => {
            draft.image.state = State::InDevelopment;
            let change = draft.tell(Happening::Withdrawn);
            (change.digest, change.by) = (Some(pending.approval.digest.clone()), Some(by.clone()));
        }
        (Command::SyncNow, State::PendingSync(_)) => {
            if context.rule.is_none() {
                return Err(Refusal::NoRule { image: image.name.clone() });
            }
            copy::try_to_begin(&mut draft, context, Some(by));
        }
        (
            Command::Release { .. },
            State::PendingSync(_) | State::Syncing(_) | State::Synced(_) | State::Gone(_),
        )
        | (
            Command::Withdraw | Command::SyncNow,
            State::InDevelopment | State::Syncing(_) | State::Synced(_) | State::Gone(_),
        ) => {
            let (image, state) = (image.name.clone(), image.state.name());
            return Err(Refusal::WrongState { image, command: name, state });
        }
    }
    Ok(draft.finish())
}
