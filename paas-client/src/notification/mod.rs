//! What registries send when something happens in them, and whether it comes from whom it should.
//!
//! | where | what |
//! | --- | --- |
//! | [`HeaderSecret`] | what the sender is set up to send as `Authorization`, compared in constant time |
//! | [`Notifications`], [`Notification`], [`Change`] | what a plain container registry (`docker-registry`) posts |
//! | [`harbor::WebhookEvent`](crate::harbor::WebhookEvent) | what Harbor posts |
//! | [`NotificationError`] | why something that was posted is not read, with the status to answer |
//!
//! There is no server here: whoever has one gives the header `Authorization` and the body. Neither sender signs what it
//! sends. A header that only the two know is all that tells it from anybody else's; it needs TLS on its way.
//!
//! Nothing of it is sure to arrive, or to arrive once, or in order: it is a hint to look at the registry, not its truth.

mod envelope;
mod error;
mod event;
mod secret;

pub use envelope::Notifications;
pub use error::NotificationError;
pub use event::{Action, Change, Notification};
pub use secret::HeaderSecret;

/// The largest body that is read, in bytes: 1 MiB. An event of a large index has some ten thousand.
pub const LARGEST_BODY: usize = 1 << 20;

/// Lets a body through that comes from whom it should and is not too large. It is not looked at before that is known.
pub(crate) fn admit(
    body: &[u8],
    authorization: Option<&str>,
    expected: &HeaderSecret,
) -> Result<(), NotificationError> {
    if !expected.admits(authorization) {
        return Err(NotificationError::NotAuthentic);
    }
    if body.len() > LARGEST_BODY {
        return Err(NotificationError::TooLarge);
    }
    Ok(())
}
