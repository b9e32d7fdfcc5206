//! Changes that may be repeated, because between two tries the resource is read again.

use crate::{
    Error, ErrorKind, Result,
    call::{Call, Core, Path, Tries},
    rancher::Resource,
    transport::Method,
};
use serde::de::DeserializeOwned;
use tracing::Instrument;

/// The status of an answer that is meant to say nothing more.
const NO_CONTENT: u16 = 204;

/// A change of one resource.
pub(crate) struct Change<'a> {
    pub(crate) operation: &'static str,
    pub(crate) path: Path,
    pub(crate) how: How<'a>,
    pub(crate) body: Option<Vec<u8>>,
}

/// How a change is asked for.
#[derive(Clone, Copy)]
pub(crate) enum How<'a> {
    /// The fields are put.
    Put,
    /// The resource is removed.
    Delete,
    /// An action, if the resource offers it.
    Action(&'a str),
}

impl Core {
    /// Makes a change. An action is asked for only if a fresh read offers it. After a failure the resource is read
    /// again: `is_done` tells whether the change has happened, else it is asked for once more.
    pub(crate) async fn change<T: Resource + DeserializeOwned>(
        &self,
        change: Change<'_>,
        is_done: impl Fn(&T) -> bool,
    ) -> Result<T> {
        let call = change.call();
        let read = Call::read(change.operation, change.path.clone(), Vec::new());
        async {
            let mut tries = Tries::new(self);
            let mut was_sent = false;
            loop {
                if was_sent || matches!(change.how, How::Action(_)) {
                    let now: T = self.look(&read, was_sent).await?;
                    if was_sent && is_done(&now) {
                        return Ok(now);
                    }
                    if let How::Action(action) = change.how
                        && !now.offers(action)
                    {
                        return Err(not_available(&change, action, &now));
                    }
                }
                match self.once(&call, &mut tries).await {
                    Ok(changed) => return Ok(changed),
                    // Done, if what answered is the server: a page of somebody in between comes with 200, too.
                    Err(error) if matches!(error.status(), Some(200..=299)) && !error.is_retryable() => {
                        let now: T = self.look(&read, true).await?;
                        if is_done(&now) || error.status() == Some(NO_CONTENT) {
                            return Ok(now);
                        }
                        return Err(error);
                    }
                    Err(error) => {
                        was_sent |= error.outcome_unknown();
                        tries.after(error, true).await?;
                    }
                }
            }
        }
        .instrument(self.span(&call))
        .await
    }

    async fn look<T: Resource + DeserializeOwned>(&self, read: &Call, was_sent: bool) -> Result<T> {
        self.call(read).await.map_err(|error| {
            // What was sent before may have been done, whatever this read says.
            let unknown = was_sent && error.kind() != ErrorKind::NotFound;
            error.with(|details| details.outcome_unknown |= unknown)
        })
    }
}

impl Change<'_> {
    pub(super) fn call(&self) -> Call {
        let mut query = Vec::new();
        let mut path = self.path.clone();
        let method = match self.how {
            How::Put => Method::Put,
            How::Delete => Method::Delete,
            How::Action(action) => {
                query.push(("action".to_owned(), action.to_owned()));
                // As the server writes it: `services/1s7/?action=activate`.
                path = path.id("", "");
                Method::Post
            }
        };
        let mut call = Call::change(self.operation, method, path, self.body.clone());
        call.query = query;
        call
    }
}

pub(super) fn not_available(change: &Change<'_>, action: &str, now: &impl Resource) -> Error {
    let available = now.actions();
    let list = if available.is_empty() { "none".to_owned() } else { format!("`{}`", available.join("`, `")) };
    let state = now.state_text();
    let message = format!("the resource does not offer `{action}` in its state `{state}`; it offers {list}");
    Error::new(ErrorKind::ActionNotAvailable, message).with(|details| {
        details.operation = change.operation;
        details.resource.clone_from(&change.path.real);
        details.available_actions = available;
        details.state = Some(state.to_owned());
    })
}
