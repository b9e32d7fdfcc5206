//! How a copy failed.

mod classify;
mod kind;

pub use kind::CopyErrorKind;

use crate::Place;
use paas_client::registry::Digest;
use std::{fmt, time::Duration};

/// What a copy gives.
pub type Result<T, E = CopyError> = std::result::Result<T, E>;

/// How a copy failed. The tag was not put, unless the kind is [`NotEqual`](CopyErrorKind::NotEqual) or
/// [`requested_tag`](Self::requested_tag) says that it may have been.
///
/// Words of registries in it are bounded, in one line, and without secrets: the client sees to that.
#[derive(Clone)]
pub struct CopyError(Box<Details>);

#[derive(Clone)]
struct Details {
    kind: CopyErrorKind,
    message: String,
    side: Option<Side>,
    place: String,
    content: Option<Digest>,
    found: Option<Digest>,
    requested_tag: bool,
    client: Option<paas_client::Error>,
}

/// Which registry it is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Side {
    /// The one that has the image.
    Source,
    /// The one that is to have it.
    Destination,
}

impl Side {
    /// Its name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Source => "source",
            Self::Destination => "destination",
        }
    }
}

impl fmt::Display for Side {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl CopyError {
    pub(crate) fn new(kind: CopyErrorKind, message: impl Into<String>) -> Self {
        Self(Box::new(Details {
            kind,
            message: message.into(),
            side: None,
            place: String::new(),
            content: None,
            found: None,
            requested_tag: false,
            client: None,
        }))
    }

    /// The same error, with what it is about.
    pub(crate) fn at(mut self, side: Side, place: &Place) -> Self {
        if self.0.side.is_none() {
            self.0.side = Some(side);
            self.0.place = place.to_string();
        }
        self
    }

    /// The same error, of this content.
    pub(crate) fn of(mut self, content: &Digest) -> Self {
        self.0.content.get_or_insert_with(|| content.clone());
        self
    }

    /// The same error, of another kind if it is of this one.
    pub(crate) fn with_kind_if(mut self, kind: CopyErrorKind, other: CopyErrorKind) -> Self {
        if self.0.kind == kind {
            self.0.kind = other;
            self.0.message = other.words().to_owned();
        }
        self
    }

    pub(crate) fn with_found(mut self, found: Option<Digest>) -> Self {
        self.0.found = found;
        self
    }

    pub(crate) fn with_tag_requested(mut self) -> Self {
        self.0.requested_tag = true;
        self
    }

    /// What kind of failure it is.
    #[must_use]
    pub fn kind(&self) -> CopyErrorKind {
        self.0.kind
    }

    /// The stable code of the kind, such as `copy.tag_conflict`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        self.0.kind.code()
    }

    /// What to do about it.
    #[must_use]
    pub fn help(&self) -> &'static str {
        self.0.kind.help()
    }

    /// Whether it may pass by itself: then the same order may succeed later. If not, somebody has to do something first.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        self.0.kind.is_retryable()
    }

    /// The registry that it is about.
    #[must_use]
    pub fn side(&self) -> Option<Side> {
        self.0.side
    }

    /// The place there: address, repository and tag. Empty if it is about none.
    #[must_use]
    pub fn place(&self) -> &str {
        &self.0.place
    }

    /// The blob or manifest that it is about, if it is about one.
    #[must_use]
    pub fn content(&self) -> Option<&Digest> {
        self.0.content.as_ref()
    }

    /// What was found in place of what was expected; `None`: nothing, or it is not about that.
    #[must_use]
    pub fn found(&self) -> Option<&Digest> {
        self.0.found.as_ref()
    }

    /// Whether the tag may have been put although the copy failed: look at the destination.
    #[must_use]
    pub fn requested_tag(&self) -> bool {
        self.0.requested_tag
    }

    /// What the client said, if a call failed.
    #[must_use]
    pub fn client(&self) -> Option<&paas_client::Error> {
        self.0.client.as_ref()
    }

    pub(crate) fn retry_after(&self) -> Option<Duration> {
        self.client()?.retry_after()
    }

    /// How often the client has tried by itself; once at least.
    pub(crate) fn attempts(&self) -> u32 {
        self.client().map_or(1, |error| error.attempts().max(1))
    }
}

impl fmt::Display for CopyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Details { message, side, place, content, found, requested_tag, client, .. } = &*self.0;
        write!(f, "{message}")?;
        if let Some(found) = found {
            write!(f, ": it is `{found}`")?;
        }
        if let Some(side) = side {
            write!(f, "; {side} `{place}`")?;
        }
        if let Some(content) = content {
            write!(f, ", content `{content}`")?;
        }
        if let Some(client) = client {
            write!(f, ": {client}")?;
        }
        if *requested_tag {
            write!(f, "; the tag may have been put all the same")?;
        }
        Ok(())
    }
}

impl fmt::Debug for CopyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {self}", self.code())
    }
}

impl std::error::Error for CopyError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.client().map(|error| error as _)
    }
}
