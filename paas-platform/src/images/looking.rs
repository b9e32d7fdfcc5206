//! Looks at what a registry holds, none of which waits for ever.

use super::ImageTrouble;
use crate::{
    error::{Error, ErrorKind, Result},
    platform::Inner,
};
use paas_core::{
    actor::Actor,
    images::{
        Digest, ImageName,
        promotion::{Change, FailureKind, Observation},
    },
};
use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

/// For one question what is under a name. A registry that takes longer is taken for one that does not answer.
pub(super) const LOOK: Duration = Duration::from_secs(30);

/// For the tags of one repository: some ten thousand.
pub(super) const TAGS: Duration = Duration::from_secs(120);

/// For a list of repositories: some hundred thousand.
pub(super) const REPOSITORIES: Duration = Duration::from_secs(600);

/// What a look in the test registry found.
#[derive(Debug)]
pub(super) enum Seen {
    /// It is there. What was recorded of that, if it was not known.
    There(Option<Change>),
    /// It is not there. What was recorded of that: nothing, if that was held back.
    Absent(Option<Change>),
}

/// Why nothing was seen.
#[derive(Debug)]
pub(super) enum Unseen {
    /// A registry says why.
    Registry(ImageTrouble),
    /// The platform itself does.
    Platform(Error),
}

impl From<Unseen> for Error {
    fn from(unseen: Unseen) -> Self {
        match unseen {
            Unseen::Registry(trouble) => trouble.into(),
            Unseen::Platform(error) => error,
        }
    }
}

impl From<Error> for Unseen {
    fn from(error: Error) -> Self {
        Self::Platform(error)
    }
}

impl Inner {
    /// Waits so long for the answer of a registry.
    pub(super) async fn in_time<T>(
        &self,
        limit: Duration,
        answer: impl Future<Output = Result<T, ImageTrouble>>,
    ) -> Result<T, ImageTrouble> {
        tokio::select! {
            answer = answer => answer,
            () = self.clock.sleep(limit) => {
                let message = format!("the registry did not answer within {} seconds", limit.as_secs());
                Err(ImageTrouble::new(FailureKind::Unreachable, message))
            }
        }
    }

    /// Looks what is under a name in test, and records it; that it was deleted only if `deletes`.
    pub(super) async fn see_in_test(
        self: &Arc<Self>,
        image: &ImageName,
        tenant: &str,
        by: &Actor,
        deletes: bool,
    ) -> Result<Seen, Unseen> {
        let test = &self.registries()?.test;
        let heard = Mutex::new(None);
        let look = || async {
            let found = self.in_time(LOOK, test.digest(image)).await;
            let observation = match &found {
                Ok(Some(digest)) => Ok(Observation::Pushed { digest: digest.clone() }),
                Ok(None) if deletes => Ok(Observation::Deleted),
                _ => Err(Error::new(ErrorKind::Registry, "nothing is recorded of this look")),
            };
            *heard.lock().unwrap_or_else(PoisonError::into_inner) = Some(found);
            observation
        };
        let written = self.image_looked_at(image, tenant, by, look).await;
        let heard: Option<Result<Option<Digest>, ImageTrouble>> =
            heard.into_inner().unwrap_or_else(PoisonError::into_inner);
        let written = match (written, &heard) {
            (Ok(written), _) => written,
            (Err(_), Some(Err(trouble))) => return Err(Unseen::Registry(trouble.clone())),
            (Err(_), Some(Ok(None))) if !deletes => return Ok(Seen::Absent(None)),
            (Err(error), _) => return Err(error.into()),
        };
        let change = written.and_then(|written| written.change);
        Ok(if matches!(heard, Some(Ok(Some(_)))) { Seen::There(change) } else { Seen::Absent(change) })
    }

    /// Looks what production holds under a name, and records it.
    pub(super) async fn see_in_production(
        self: &Arc<Self>,
        image: &ImageName,
        tenant: &str,
        by: &Actor,
    ) -> Result<Option<Change>, Unseen> {
        let production = &self.registries()?.production;
        let heard = Mutex::new(None);
        let look = || async {
            match self.in_time(LOOK, production.digest(image)).await {
                Ok(digest) => Ok(Observation::ProductionSeen { digest }),
                Err(trouble) => {
                    *heard.lock().unwrap_or_else(PoisonError::into_inner) = Some(trouble.clone());
                    Err(trouble.into())
                }
            }
        };
        let written = self.image_looked_at(image, tenant, by, look).await;
        let trouble: Option<ImageTrouble> = heard.into_inner().unwrap_or_else(PoisonError::into_inner);
        match (written, trouble) {
            (Ok(written), _) => Ok(written.and_then(|written| written.change)),
            (Err(_), Some(trouble)) => Err(Unseen::Registry(trouble)),
            (Err(error), None) => Err(error.into()),
        }
    }
}
