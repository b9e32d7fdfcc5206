//! The words in which Rancher tells how a resource is.

use serde::{Deserialize, Deserializer};
use std::fmt;

macro_rules! words {
    (
        $(#[$doc:meta])+ $name:ident {
            $($(#[$variant_doc:meta])+ $variant:ident $word:literal,)+
        }
    ) => {
        $(#[$doc])+
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum $name {
            $($(#[$variant_doc])+ $variant,)+
            /// A word that this version does not know.
            Other(String),
        }

        impl $name {
            /// The word of the API.
            #[must_use]
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $word,)+
                    Self::Other(word) => word,
                }
            }
        }

        impl From<&str> for $name {
            fn from(word: &str) -> Self {
                match word {
                    $($word => Self::$variant,)+
                    _ => Self::Other(word.to_owned()),
                }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                String::deserialize(deserializer).map(|word| Self::from(word.as_str()))
            }
        }
    };
}

words! {
    /// The state of a resource. Which of them a kind of resource can have, the server decides.
    ///
    /// ```
    /// use paas_client::rancher::State;
    /// assert_eq!(State::from("updating-active"), State::UpdatingActive);
    /// assert_eq!(State::from("dreaming").as_str(), "dreaming");
    /// assert!(State::Purged.is_gone() && !State::Inactive.is_gone());
    /// ```
    State {
        /// Asked for.
        Requested "requested",
        /// Being recorded.
        Registering "registering",
        /// Being made.
        Creating "creating",
        /// There, and not at work.
        Inactive "inactive",
        /// Being started.
        Activating "activating",
        /// At work. It does not mean healthy.
        Active "active",
        /// Being changed while at work.
        UpdatingActive "updating-active",
        /// Being changed while not at work.
        UpdatingInactive "updating-inactive",
        /// Being stopped.
        Deactivating "deactivating",
        /// Of a volume: no longer mounted.
        Detached "detached",
        /// Being upgraded.
        Upgrading "upgrading",
        /// Upgraded; to be finished or rolled back.
        Upgraded "upgraded",
        /// The upgrade is being finished.
        FinishingUpgrade "finishing-upgrade",
        /// The upgrade is being stopped.
        CancelingUpgrade "canceling-upgrade",
        /// The upgrade is stopped; to be continued or rolled back.
        CanceledUpgrade "canceled-upgrade",
        /// Going back to what was before the upgrade.
        RollingBack "rolling-back",
        /// Being started anew.
        Restarting "restarting",
        /// Being brought back.
        Restoring "restoring",
        /// Failing.
        Erroring "erroring",
        /// Failed.
        Error "error",
        /// Being removed.
        Removing "removing",
        /// Removed; it can be read by its id for some time.
        Removed "removed",
        /// Being forgotten.
        Purging "purging",
        /// Forgotten.
        Purged "purged",
    }
}

impl State {
    /// Whether the resource is removed or being removed.
    #[must_use]
    pub fn is_gone(&self) -> bool {
        matches!(self, Self::Removing | Self::Removed | Self::Purging | Self::Purged)
    }
}

/// For resources that came without a state.
impl Default for State {
    fn default() -> Self {
        Self::Other(String::new())
    }
}

words! {
    /// The health of a service or stack. Without a health check a service that runs is healthy.
    HealthState {
        /// All containers are.
        Healthy "healthy",
        /// At least one is not.
        Unhealthy "unhealthy",
        /// Too few are.
        Degraded "degraded",
        /// Not known yet.
        Initializing "initializing",
        /// Not known again.
        Reinitializing "reinitializing",
        /// Being put right.
        Reconcile "reconcile",
        /// All containers were to start once, and have.
        StartedOnce "started-once",
    }
}

words! {
    /// Whether a transition is under way.
    Transitioning {
        /// One is.
        Yes "yes",
        /// None is.
        No "no",
        /// The last one failed. It may be a leftover: Rancher does not always clear it when a later one succeeds.
        Error "error",
    }
}

/// For resources that came without it.
impl Default for Transitioning {
    fn default() -> Self {
        Self::No
    }
}
