//! What can be done to a resource, and sets of it.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// Makes the enum and its look-ups from the table below.
macro_rules! actions {
    ($($variant:ident, $name:literal, $meaning:literal;)*) => {
        /// What somebody does to a resource.
        ///
        /// ```
        /// use paas_core::access::Action;
        ///
        /// assert_eq!("operate".parse(), Ok(Action::Operate));
        /// assert_eq!(Action::Authorise.to_string(), "authorise");
        /// assert!("frobnicate".parse::<Action>().is_err());
        /// ```
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "AccessAction"))]
        #[serde(rename_all = "snake_case")]
        #[non_exhaustive]
        pub enum Action {
            $(#[doc = $meaning] $variant,)*
        }

        impl Action {
            /// Every action, in the order of the matrix.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// Its name, as it is written in documents.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// What it means.
            pub const fn meaning(self) -> &'static str {
                match self { $(Self::$variant => $meaning,)* }
            }
        }
    };
}

actions! {
    View, "view", "See it: its settings, its state, its logs.";
    Create, "create", "Make a new one.";
    Update, "update", "Change its settings.";
    Delete, "delete", "Take it away.";
    Operate, "operate", "Start, stop, restart or scale it, or run a command in it.";
    Authorise, "authorise", "Give rights in it to somebody, or take them back.";
    Assign, "assign", "Give it to a tenant, or take it back.";
    Push, "push", "Send an image.";
    Pull, "pull", "Fetch an image.";
    Sync, "sync", "Have it copied, or brought into line, now.";
    Approve, "approve", "Say yes or no to a request.";
}

impl Action {
    /// The bit that stands for it in [`Actions`].
    const fn bit(self) -> u16 {
        1 << self as u16
    }
}

/// Its name.
impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Action {
    type Err = UnknownAction;

    fn from_str(text: &str) -> Result<Self, UnknownAction> {
        let found = Self::ALL.iter().find(|action| action.name() == text);
        found.copied().ok_or_else(|| UnknownAction(text.to_owned()))
    }
}

/// There is no such action.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownAction(pub(super) String);

impl fmt::Display for UnknownAction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        super::unknown(f, "action", &self.0, Action::ALL.iter().map(|action| action.name()))
    }
}

impl std::error::Error for UnknownAction {}

/// A set of actions.
///
/// ```
/// use paas_core::access::{Action, Actions};
///
/// let actions: Actions = [Action::View, Action::Pull].into_iter().collect();
/// assert!(actions.contains(Action::Pull) && !actions.contains(Action::Push));
/// assert_eq!(actions.to_string(), "view, pull");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Actions(u16);

impl Actions {
    /// No action.
    pub const NONE: Self = Self(0);

    /// These actions.
    pub const fn of(actions: &[Action]) -> Self {
        let mut bits = 0;
        let mut rest = actions;
        while let [first, others @ ..] = rest {
            bits |= first.bit();
            rest = others;
        }
        Self(bits)
    }

    /// As bits: an action stands at the place of its number.
    pub(super) const fn bits(self) -> u16 {
        self.0
    }

    /// The actions of such bits.
    pub(super) const fn from_bits(bits: u16) -> Self {
        Self(bits)
    }

    /// Whether an action is one of them.
    #[inline]
    pub const fn contains(self, action: Action) -> bool {
        self.0 & action.bit() != 0
    }

    /// Whether there is none.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// All actions of both.
    #[must_use]
    pub const fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Those which are not in another set.
    #[must_use]
    pub const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Each of them, in the order of the matrix.
    pub fn iter(self) -> impl Iterator<Item = Action> {
        Action::ALL.iter().copied().filter(move |&action| self.contains(action))
    }
}

impl FromIterator<Action> for Actions {
    fn from_iter<I: IntoIterator<Item = Action>>(actions: I) -> Self {
        Self(actions.into_iter().fold(0, |bits, action| bits | action.bit()))
    }
}

/// Their names, with commas between them.
impl fmt::Display for Actions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        super::listed(f, self.iter())
    }
}
