//! What comes of what happens: the one function that moves an image from state to state.

mod commands;
mod copy;
mod draft;
mod observations;
mod time;

use super::{Context, Event, Happening, Image, Observation, Refusal, Transition};
use crate::scaling::Timestamp;

/// What comes of something that happened to an image. [`table`](super::table) says the same, for people.
///
/// ```
/// use paas_core::{
///     access::Action,
///     images::promotion::{Command, Context, Event, Image, ProductionNamespace, Right, step},
///     scaling::Timestamp,
/// };
///
/// # let digest = format!("sha256:{}", "0f".repeat(32)).parse::<paas_core::images::Digest>()?;
/// let now = Timestamp::from_seconds(1_795_392_000);
/// let image = Image::pushed("retail-shop/web:1.4".parse()?, digest, now);
/// let context = Context::new(None, ProductionNamespace::Exists, "c-1".parse()?);
///
/// let right = Right::trusted("anna".parse()?, Action::Sync, "retail-shop");
/// let refusal = step(&image, Event::Command(Command::SyncNow, right), &context, now).unwrap_err();
/// assert_eq!(refusal.to_string(), "`retail-shop/web:1.4` cannot be synced: it is in development");
/// assert_eq!((refusal.code(), refusal.help()), ("images.wrong_state", "release it first"));
///
/// assert!(step(&image, Event::TimePassed, &context, now.plus(3_600))?.is_nothing());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// A [`Refusal`] of a command; nothing has changed then. What was seen, and time, are never refused.
pub fn step(image: &Image, event: Event, context: &Context, now: Timestamp) -> Result<Transition, Refusal> {
    match event {
        Event::Command(command, right) => commands::command(image, command, &right, context, now),
        Event::Observed(seen) => Ok(observations::observed(image, seen, now)),
        Event::TimePassed => Ok(time::passed(image, context, now)),
    }
}

/// The same, of what was seen: that is never refused.
pub(super) fn observed(image: &Image, seen: Observation, now: Timestamp) -> Transition {
    observations::observed(image, seen, now)
}

/// What was pushed, and was not recorded.
pub(super) fn first_seen(image: &Image, now: Timestamp) -> Transition {
    let mut draft = draft::Draft::new(image, now);
    draft.tell(Happening::Pushed).digest = Some(image.digest.clone());
    Transition { writes: true, ..draft.finish() }
}
