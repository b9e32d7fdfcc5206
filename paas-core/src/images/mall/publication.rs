//! Requests to show an image to other tenants, and what becomes of them.

use super::{PublicationRefusal, PublicationRight};
use crate::{
    access::Action,
    actor::Actor,
    images::{Digest, ImageName, InvalidName},
    scaling::Timestamp,
};
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// A request to show an image of one tenant to all, with what became of it. It is not deleted when all is said: it is what
/// an audit reads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Publication {
    /// The image.
    pub image: ImageName,
    /// What is to be shown: exactly this.
    pub digest: Digest,
    /// The id of the tenant that owns it.
    pub tenant: String,
    /// Who asked.
    pub requested: Verdict,
    /// What became of it.
    pub state: PublicationState,
}

/// Who said something, and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(inline))]
#[non_exhaustive]
pub struct Verdict {
    /// The id of the user in Keystone.
    pub user: String,
    /// What journals call the user.
    pub by: Actor,
    /// When.
    pub at: Timestamp,
    /// Why, if that was said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

impl Verdict {
    fn of(right: &PublicationRight, at: Timestamp) -> Self {
        Self { user: right.user().to_owned(), by: right.by().clone(), at, reason: None }
    }
}

/// What became of a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "kind", rename_all = "snake_case")]
#[non_exhaustive]
pub enum PublicationState {
    /// Nothing yet: an auditor is to look at it.
    Requested,
    /// An auditor said yes: it is shown to all.
    Approved(Verdict),
    /// An auditor said no, at once or later, with a reason.
    Rejected(Verdict),
    /// The tenant took it back.
    Withdrawn(Verdict),
    /// The image was deleted.
    Lapsed {
        /// When that was seen.
        at: Timestamp,
    },
}

impl PublicationState {
    /// Which one it is.
    pub const fn name(&self) -> PublicationStateName {
        match self {
            Self::Requested => PublicationStateName::Requested,
            Self::Approved(_) => PublicationStateName::Approved,
            Self::Rejected(_) => PublicationStateName::Rejected,
            Self::Withdrawn(_) => PublicationStateName::Withdrawn,
            Self::Lapsed { .. } => PublicationStateName::Lapsed,
        }
    }

    /// What a publication in it is, after "it is".
    pub const fn title(&self) -> &'static str {
        match self {
            Self::Requested => "requested",
            Self::Approved(_) => "approved",
            Self::Rejected(_) => "rejected",
            Self::Withdrawn(_) => "withdrawn",
            Self::Lapsed { .. } => "lapsed with its image",
        }
    }
}

/// Which [`PublicationState`] it is, as a word.
///
/// ```
/// use paas_core::images::mall::PublicationStateName;
///
/// assert_eq!("approved".parse(), Ok(PublicationStateName::Approved));
/// assert_eq!(PublicationStateName::Approved.to_string(), "approved");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum PublicationStateName {
    /// Asked for.
    Requested,
    /// Shown to all.
    Approved,
    /// Not shown, or not any more.
    Rejected,
    /// Taken back.
    Withdrawn,
    /// Gone with its image.
    Lapsed,
}

impl PublicationStateName {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::Requested, Self::Approved, Self::Rejected, Self::Withdrawn, Self::Lapsed];

    /// As it is written in documents.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Requested => "requested",
            Self::Approved => "approved",
            Self::Rejected => "rejected",
            Self::Withdrawn => "withdrawn",
            Self::Lapsed => "lapsed",
        }
    }
}

impl fmt::Display for PublicationStateName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for PublicationStateName {
    type Err = InvalidName;

    fn from_str(text: &str) -> Result<Self, InvalidName> {
        Self::ALL.into_iter().find(|state| state.name() == text).ok_or_else(|| {
            let help = "write `requested`, `approved`, `rejected`, `withdrawn` or `lapsed`";
            InvalidName::new(text, "state of a publication", help)
        })
    }
}

/// What people command.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum PublicationCommand {
    /// An auditor says yes.
    Approve,
    /// An auditor says no, or takes a yes back.
    Reject {
        /// Why. One line of it is kept, of at most 500 characters.
        reason: String,
    },
    /// The tenant takes it back.
    Withdraw,
}

impl PublicationCommand {
    /// What the permission model calls it: done to a [`Publication`](crate::access::Kind::Publication).
    pub const fn action(&self) -> Action {
        match self {
            Self::Approve | Self::Reject { .. } => Action::Approve,
            Self::Withdraw => Action::Delete,
        }
    }

    const fn done(&self) -> &'static str {
        match self {
            Self::Approve => "approved",
            Self::Reject { .. } => "rejected",
            Self::Withdraw => "withdrawn",
        }
    }
}

/// What comes of a command, or of a deletion.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
#[must_use]
pub struct PublicationChange {
    /// The publication as it is now, to be written if it is another.
    pub publication: Publication,
    /// What is to be done in the mall, if something is.
    pub effect: Option<Effect>,
}

/// What is to be done in the mall.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "MallEffect"))]
#[serde(tag = "kind", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Effect {
    /// This is shown to all from now on.
    Show {
        /// The image.
        image: ImageName,
        /// Exactly this of it.
        digest: Digest,
    },
    /// This is not shown to all any more. What runs already goes on running.
    Hide {
        /// The image.
        image: ImageName,
        /// What was shown of it.
        digest: Digest,
    },
}

/// The longest reason that is kept, in characters.
const LONGEST_REASON: usize = 500;

impl Publication {
    /// A request. The right is one to [`PublicationRight::REQUEST`], of the tenant that owns the image.
    ///
    /// # Errors
    ///
    /// [`PublicationRefusal::WrongRight`].
    pub fn request(
        image: ImageName,
        digest: Digest,
        right: &PublicationRight,
        now: Timestamp,
    ) -> Result<Self, PublicationRefusal> {
        if !right.is_to(PublicationRight::REQUEST, right.tenant()) {
            return Err(PublicationRefusal::WrongRight { image });
        }
        let (tenant, requested) = (right.tenant().to_owned(), Verdict::of(right, now));
        Ok(Self { image, digest, tenant, requested, state: PublicationState::Requested })
    }

    /// The same, with what whoever asked says about it: one line of it is kept, of at most 500 characters.
    #[must_use]
    pub fn with_note(mut self, note: &str) -> Self {
        self.requested.reason = one_line(note);
        self
    }

    /// Whether an auditor is still to say something, or has said yes: no other request of the same is made then.
    pub const fn is_open(&self) -> bool {
        matches!(self.state, PublicationState::Requested | PublicationState::Approved(_))
    }

    /// When what became of it was said or seen; as long as nothing was, when it was asked for.
    pub const fn decided_at(&self) -> Timestamp {
        match &self.state {
            PublicationState::Requested => self.requested.at,
            PublicationState::Approved(verdict)
            | PublicationState::Rejected(verdict)
            | PublicationState::Withdrawn(verdict) => verdict.at,
            PublicationState::Lapsed { at } => *at,
        }
    }

    /// Whether it is shown to all.
    pub const fn is_shown(&self) -> bool {
        matches!(self.state, PublicationState::Approved(_))
    }

    /// What comes of a command.
    ///
    /// | command | from | to |
    /// | --- | --- | --- |
    /// | approve | requested | approved |
    /// | reject, with a reason | requested, approved | rejected |
    /// | withdraw | requested, approved | withdrawn |
    ///
    /// # Errors
    ///
    /// A [`PublicationRefusal`]: by the right; by who it is; by how far the publication is; for a no without a reason.
    pub fn command(
        &self,
        command: &PublicationCommand,
        right: &PublicationRight,
        now: Timestamp,
    ) -> Result<PublicationChange, PublicationRefusal> {
        let image = || self.image.clone();
        if !right.is_to(command.action(), &self.tenant) {
            return Err(PublicationRefusal::WrongRight { image: image() });
        }
        let judges = !matches!(command, PublicationCommand::Withdraw);
        if judges && self.is_of(right) {
            return Err(PublicationRefusal::OwnRequest { image: image() });
        }
        let mut verdict = Verdict::of(right, now);
        let state = match (command, &self.state) {
            (PublicationCommand::Approve, PublicationState::Requested) => PublicationState::Approved(verdict),
            (
                PublicationCommand::Reject { reason },
                PublicationState::Requested | PublicationState::Approved(_),
            ) => {
                verdict.reason = Some(one_line(reason).ok_or(PublicationRefusal::NoReason)?);
                PublicationState::Rejected(verdict)
            }
            (PublicationCommand::Withdraw, PublicationState::Requested | PublicationState::Approved(_)) => {
                PublicationState::Withdrawn(verdict)
            }
            (
                PublicationCommand::Approve,
                PublicationState::Approved(_)
                | PublicationState::Rejected(_)
                | PublicationState::Withdrawn(_)
                | PublicationState::Lapsed { .. },
            )
            | (
                PublicationCommand::Reject { .. } | PublicationCommand::Withdraw,
                PublicationState::Rejected(_)
                | PublicationState::Withdrawn(_)
                | PublicationState::Lapsed { .. },
            ) => {
                let (command, state) = (command.done(), self.state.title());
                return Err(PublicationRefusal::WrongState { image: image(), command, state });
            }
        };
        Ok(self.becomes(state))
    }

    /// It was seen that the image, or what was to be shown of it, is deleted. That is absorbed however far the publication
    /// is.
    pub fn deleted(&self, now: Timestamp) -> PublicationChange {
        match self.state {
            PublicationState::Requested | PublicationState::Approved(_) => {
                self.becomes(PublicationState::Lapsed { at: now })
            }
            PublicationState::Rejected(_)
            | PublicationState::Withdrawn(_)
            | PublicationState::Lapsed { .. } => self.becomes(self.state.clone()),
        }
    }

    /// Whether it was asked for by whoever has this right: by the id of the user; where one of them is known by a name alone,
    /// by the name.
    fn is_of(&self, right: &PublicationRight) -> bool {
        let is_named = right.decision().is_none() || self.requested.user == self.requested.by.as_str();
        right.user() == self.requested.user || (is_named && *right.by() == self.requested.by)
    }

    fn becomes(&self, state: PublicationState) -> PublicationChange {
        let publication = Self { state, ..self.clone() };
        let (image, digest) = (self.image.clone(), self.digest.clone());
        let effect = match (self.is_shown(), publication.is_shown()) {
            (false, true) => Some(Effect::Show { image, digest }),
            (true, false) => Some(Effect::Hide { image, digest }),
            (false, false) | (true, true) => None,
        };
        PublicationChange { publication, effect }
    }
}

/// A text in one line, if it says anything.
fn one_line(text: &str) -> Option<String> {
    let line: String =
        text.split(|c: char| c.is_control() || c.is_whitespace()).fold(String::new(), |line, word| {
            if line.is_empty() || word.is_empty() { line + word } else { line + " " + word }
        });
    (!line.is_empty()).then(|| line.chars().take(LONGEST_REASON).collect())
}
