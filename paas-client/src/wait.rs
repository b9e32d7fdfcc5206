//! Waiting for a state.

use crate::{Error, ErrorKind, Result, call::Core, limits::SHOWN_MESSAGE, retry::part, time::within};
use std::{fmt, time::Duration};

/// How often a waiter looks.
///
/// The pause after the n-th look is drawn between a half and the whole of `first × growthⁿ⁻¹` (growth is 1.5), at most
/// `longest`.
///
/// ```
/// use paas_client::Polling;
/// use std::time::Duration;
///
/// let polling = Polling::default();
/// assert_eq!(polling.pause(1, u64::MAX).as_millis(), 249);
/// assert_eq!(polling.pause(1, 0).as_millis(), 125);
/// assert!(polling.pause(40, u64::MAX) <= polling.longest);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Polling {
    /// The most that the first pause can be.
    pub first: Duration,
    /// The most that any pause can be.
    pub longest: Duration,
}

impl Default for Polling {
    /// A quarter of a second at first: containers take longer. Five seconds at last: a server has many watchers.
    fn default() -> Self {
        Self { first: Duration::from_millis(250), longest: Duration::from_secs(5) }
    }
}

impl Polling {
    /// The pause after so many looks, counted from one.
    #[must_use]
    pub fn pause(&self, looks: u32, random: u64) -> Duration {
        let mut most = self.first.min(self.longest);
        for _ in 1..looks {
            if most >= self.longest {
                break;
            }
            most = most.saturating_add(most / 2).min(self.longest);
        }
        let half = most / 2;
        half + part(half, random)
    }
}

/// What a waiter's condition says of a state.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Progress {
    /// This is the state that was waited for.
    Reached,
    /// Not yet.
    Waiting,
    /// It will never be: stop, with these words.
    Failed(String),
}

impl From<bool> for Progress {
    fn from(reached: bool) -> Self {
        if reached { Self::Reached } else { Self::Waiting }
    }
}

/// What can be waited for: it tells of its transition.
pub trait Transitional {
    /// The state, as the server calls it.
    fn state_text(&self) -> &str;

    /// What the server says of the transition that is under way, or that failed.
    ///
    /// Rancher does not clear the words of a failure when a later try succeeds: hold them against the state.
    fn transitioning_message(&self) -> Option<&str>;
}

/// Why a wait ended without the state that it was for.
///
/// Converts into an [`Error`] where the last state is not wanted.
pub struct WaitError<T>(Box<WaitDetails<T>>);

struct WaitDetails<T> {
    reason: WaitReason,
    last: Option<T>,
    message: Option<String>,
    trouble: Option<Error>,
    operation: &'static str,
    resource: String,
}

/// What ended a wait.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum WaitReason {
    /// The time was over.
    Deadline(Duration),
    /// The condition said so, with these words.
    Failed(String),
    /// The resource could not be read, for a reason that waiting does not mend.
    Client(Error),
}

impl<T> WaitError<T> {
    /// Why.
    #[must_use]
    pub fn reason(&self) -> &WaitReason {
        &self.0.reason
    }

    /// The resource as it was last seen; nothing if it was never seen.
    #[must_use]
    pub fn last(&self) -> Option<&T> {
        self.0.last.as_ref()
    }

    /// Whether it ended because there is no such resource any more.
    pub(crate) fn is_not_found(&self) -> bool {
        matches!(&self.0.reason, WaitReason::Client(error) if error.kind() == ErrorKind::NotFound)
    }

    /// The failure of the last look, if the last one failed.
    #[must_use]
    pub fn last_trouble(&self) -> Option<&Error> {
        self.0.trouble.as_ref()
    }

    /// The last `transitioningMessage`, bounded and in one line. It may be a leftover of an earlier failure.
    #[must_use]
    pub fn transitioning_message(&self) -> Option<&str> {
        self.0.message.as_deref()
    }
}

impl<T: Transitional> fmt::Display for WaitError<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} `{}`: {}", self.0.operation, self.0.resource, words(self))
    }
}

impl<T: Transitional> fmt::Debug for WaitError<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WaitError")
            .field("reason", &self.0.reason)
            .field("resource", &self.0.resource)
            .field("state", &self.last().map(Transitional::state_text))
            .field("message", &self.0.message)
            .finish()
    }
}

impl<T: Transitional> std::error::Error for WaitError<T> {}

impl<T: Transitional> From<WaitError<T>> for Error {
    fn from(error: WaitError<T>) -> Self {
        let kind = match &error.0.reason {
            WaitReason::Client(error) => return error.clone(),
            WaitReason::Deadline(_) => ErrorKind::Deadline,
            WaitReason::Failed(_) => ErrorKind::Failed,
        };
        Error::new(kind, words(&error)).with(|details| {
            details.operation = error.0.operation;
            details.resource = error.0.resource;
            details.state = error.0.last.as_ref().map(|last| last.state_text().to_owned());
        })
    }
}

fn words<T: Transitional>(error: &WaitError<T>) -> String {
    let mut words = match &error.0.reason {
        WaitReason::Deadline(limit) => format!("the awaited state was not reached within {limit:?}"),
        WaitReason::Failed(why) => why.clone(),
        WaitReason::Client(error) => error.to_string(),
    };
    if let Some(last) = error.last() {
        words = format!("{words}; last seen `{}`", last.state_text());
    }
    if let Some(message) = error.transitioning_message() {
        words = format!("{words}, saying `{message}`");
    }
    if let Some(trouble) = error.last_trouble() {
        words = format!("{words}; the last look failed: {trouble}");
    }
    words
}

/// Reads until the condition holds, says that it never will, or the time is over.
pub(crate) async fn wait_until<T: Transitional, P: Into<Progress>, R: Future<Output = Result<T>>>(
    core: &Core,
    (operation, resource): (&'static str, &str),
    read: impl Fn() -> R,
    mut condition: impl FnMut(&T) -> P,
    limit: Duration,
) -> Result<T, WaitError<T>> {
    let end = core.clock.now().saturating_add(limit);
    let (mut last, mut trouble) = (None, None);
    let mut looks = 0;
    let reason = loop {
        looks += 1;
        let left = end.saturating_sub(core.clock.now());
        match within(&*core.clock, left, read()).await {
            None => break WaitReason::Deadline(limit),
            Some(Err(error)) if !error.is_retryable() => break WaitReason::Client(error),
            Some(Err(error)) => trouble = Some(error),
            Some(Ok(seen)) => {
                trouble = None;
                let progress = condition(&seen).into();
                if progress == Progress::Reached {
                    return Ok(seen);
                }
                last = Some(seen);
                if let Progress::Failed(why) = progress {
                    break WaitReason::Failed(core.redactor.clean(&why, SHOWN_MESSAGE));
                }
            }
        }
        let pause = core.polling.pause(looks, core.randomness.next());
        let left = end.saturating_sub(core.clock.now());
        if left.is_zero() {
            break WaitReason::Deadline(limit);
        }
        // One look more at the very end.
        core.clock.sleep(pause.min(left)).await;
    };
    let message = last
        .as_ref()
        .and_then(Transitional::transitioning_message)
        .map(|message| core.redactor.clean(message, SHOWN_MESSAGE));
    let resource = resource.to_owned();
    Err(WaitError(Box::new(WaitDetails { reason, last, message, trouble, operation, resource })))
}
