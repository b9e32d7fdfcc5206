//! Copies by Harbor's replication.

use super::{
    endpoint::{Endpoint, trouble},
    execution::{Abandoned, Running},
    names::{Names, digest},
    policy,
};
use crate::{
    BoxFuture,
    images::{CopyRequest, ImageCopier, ImageTrouble},
};
use paas_client::{
    ErrorKind, HarborClient,
    harbor::{
        ArtifactParts, NewRegistry, ReplicationDirection, ReplicationExecution, ReplicationPolicyId,
        ReplicationState,
    },
};
use paas_core::images::{Digest, promotion::FailureKind};
use std::{sync::Arc, time::Duration};

/// How often it is looked how far a replication is, unless said otherwise.
const EVERY: Duration = Duration::from_secs(2);

/// How long a replication is waited for, unless said otherwise: Harbor is known to leave some in progress for ever.
const PATIENCE: Duration = Duration::from_secs(3600);

/// Copies images by the replication of Harbor, where both registries have one: the content goes from the one to the other,
/// and not through this process.
///
/// Harbor copies what is under a **tag** at the moment when it reads it, and no digest can be told to it. The
/// tag in test is looked at before, and production afterwards: what is there by then decides. But what is pushed in between
/// is in production without ever having been released, until somebody acts. A [`RegistryCopier`](crate::RegistryCopier)
/// copies the released digest whatever the tag means by then: prefer it; or have the tags of the test registry kept as
/// they are by rules, and copy [only those](Self::only_immutable_tags).
///
/// Only system administrators of a Harbor may have it replicate. For each image on its way there is a policy there, with
/// the name of the [platform](Self::platform) at its beginning; it is deleted when production has the image, and kept when
/// the copy failed, so that Harbor's log of it can be read. The next copy of the image takes it over.
///
/// ```
/// use paas_client::harbor::{HarborClient, Login, NewRegistry, RegistryCredential, RegistryKind};
/// use paas_platform::HarborCopier;
///
/// let harbor = |url: &str| HarborClient::builder().url(url).login(Login::user("admin", "hidden")).build();
/// // How production reaches test: as somebody who may pull there.
/// let test = NewRegistry::new("test", RegistryKind::Harbor, "https://test.bank.test")
///     .credential(RegistryCredential::basic("robot$production", "hidden"));
/// let copier = HarborCopier::pulling(harbor("https://test.bank.test")?, harbor("https://images.bank.test")?, test)
///     .platform("meridian")
///     .only_immutable_tags();
/// assert!(!format!("{copier:?}").contains("hidden"));
/// # Ok::<(), paas_client::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct HarborCopier {
    test: HarborClient,
    production: HarborClient,
    end: End,
    endpoint: Arc<Endpoint>,
    platform: String,
    every: Duration,
    patience: Duration,
    only_immutable: bool,
}

/// Which of the two Harbors copies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    Test,
    Production,
}

/// What production has under a name before a copy.
struct Before {
    digest: Option<Digest>,
    overrides: bool,
}

impl HarborCopier {
    /// Production's Harbor fetches from test, which it knows by this name and address: so no secret with which one can push to
    /// production is kept anywhere else.
    #[must_use]
    pub fn pulling(test: HarborClient, production: HarborClient, from: NewRegistry) -> Self {
        Self::new(test, production, End::Production, from)
    }

    /// The Harbor of test sends to production, which it knows by this name and address: for networks in which production
    /// reaches nothing. Whoever administers test then has a secret with which one can push to production.
    #[must_use]
    pub fn pushing(test: HarborClient, production: HarborClient, to: NewRegistry) -> Self {
        Self::new(test, production, End::Test, to)
    }

    fn new(test: HarborClient, production: HarborClient, end: End, remote: NewRegistry) -> Self {
        Self {
            test,
            production,
            end,
            endpoint: Arc::new(Endpoint::new(remote)),
            platform: "paas".to_owned(),
            every: EVERY,
            patience: PATIENCE,
            only_immutable: false,
        }
    }

    /// What the names of policies begin with; `paas` unless given. Platforms that share a Harbor need one each.
    #[must_use]
    pub fn platform(mut self, name: impl Into<String>) -> Self {
        self.platform = name.into();
        self
    }

    /// It is looked so often how far a replication is; every two seconds unless given.
    #[must_use]
    pub const fn looking_every(mut self, every: Duration) -> Self {
        self.every = every;
        self
    }

    /// A replication is waited for so long, and stopped then: it failed, and may be tried again. An hour unless given.
    #[must_use]
    pub const fn patience(mut self, how_long: Duration) -> Self {
        self.patience = how_long;
        self
    }

    /// Copies only what has a tag in test that a rule of its Harbor keeps as it is, so that nothing else can be under it when
    /// Harbor reads it. All others are [`FailureKind::Refused`].
    #[must_use]
    pub const fn only_immutable_tags(mut self) -> Self {
        self.only_immutable = true;
        self
    }

    /// The Harbor that copies.
    const fn harbor(&self) -> &HarborClient {
        match self.end {
            End::Test => &self.test,
            End::Production => &self.production,
        }
    }

    async fn carry_out(&self, request: &CopyRequest) -> Result<(), ImageTrouble> {
        let names = Names::of(&request.image)?;
        let size = self.look_in_test(&names, request).await?;
        let before = self.look_in_production(&names, request).await?;
        if before.digest.as_ref() == Some(&request.digest) {
            return Ok(());
        }
        let running = self.prepare(request, before.overrides).await?;
        let abandoned = Abandoned::new(running.clone());
        let execution = running.run(size, &request.progress).await?;
        abandoned.over();
        self.judge(&names, request, &before, &running, &execution).await?;
        self.tidy(running.policy).await;
        Ok(())
    }

    /// The size of what is to be copied, if test has it under the name now.
    async fn look_in_test(&self, names: &Names, request: &CopyRequest) -> Result<u64, ImageTrouble> {
        let parts = ArtifactParts::default().immutability();
        let Some(artifact) = self.test.find_artifact(&names.repository, &names.tag, parts).await? else {
            let message = format!("the test registry has nothing under `{}` any more", request.image);
            return Err(ImageTrouble::new(FailureKind::SourceMissing, message));
        };
        if digest(&artifact.digest)? != request.digest {
            let message = format!(
                "`{}` is something else in the test registry by now, and Harbor copies by the tag",
                request.image
            );
            return Err(ImageTrouble::new(FailureKind::SourceMissing, message));
        }
        let is_kept = artifact.tags.iter().any(|tag| tag.name == names.tag && tag.immutable);
        if self.only_immutable && !is_kept {
            let message = format!(
                "no rule of the test registry keeps `{}` as it is, and only what is kept is copied",
                request.image
            );
            return Err(ImageTrouble::new(FailureKind::Refused, message));
        }
        Ok(artifact.size.unwrap_or_default())
    }

    /// What production has under the name, if it may be replaced.
    async fn look_in_production(&self, names: &Names, request: &CopyRequest) -> Result<Before, ImageTrouble> {
        let project = &names.repository.project;
        // Harbor would make it.
        if self.production.find_project(project).await?.is_none() {
            let message = format!("production has no project `{project}`");
            return Err(ImageTrouble::new(FailureKind::NamespaceMissing, message));
        }
        let parts = ArtifactParts::default().immutability();
        let Some(artifact) = self.production.find_artifact(&names.repository, &names.tag, parts).await?
        else {
            return Ok(Before { digest: None, overrides: false });
        };
        let there = digest(&artifact.digest)?;
        if there == request.digest {
            return Ok(Before { digest: Some(there), overrides: false });
        }
        if !request.replaces.contains(&there) {
            return Err(conflict(request, &there));
        }
        if artifact.tags.iter().any(|tag| tag.name == names.tag && tag.immutable) {
            let message = format!("a rule of production keeps `{}` as it is", request.image);
            return Err(ImageTrouble::new(FailureKind::TagImmutable, message));
        }
        Ok(Before { digest: Some(there), overrides: true })
    }

    /// The policy of the image, made or taken over, with nothing under way.
    async fn prepare(&self, request: &CopyRequest, overrides: bool) -> Result<Running, ImageTrouble> {
        let harbor = self.harbor();
        let registry = self.endpoint.id(harbor).await?;
        let direction = match self.end {
            End::Test => ReplicationDirection::PushTo(registry),
            End::Production => ReplicationDirection::PullFrom(registry),
        };
        let name = policy::name(&self.platform, &request.image);
        let wanted = policy::policy(&name, &request.image, direction, overrides);
        let running =
            |policy| Running { harbor: harbor.clone(), policy, every: self.every, patience: self.patience };
        let found = harbor.find_replication_policy(&name).await.map_err(|error| trouble(&error))?;
        let made = match found {
            None => harbor.create_replication_policy(&wanted).await.map(running),
            Some(found) if found.filters != policy::filters(&request.image) => {
                let message = format!("the policy `{name}` of Harbor copies something else: delete it");
                return Err(ImageTrouble::new(FailureKind::Unexpected, message));
            }
            Some(found) => {
                let running = running(found.id);
                running.stop().await?;
                harbor.update_replication_policy(found.id, &wanted).await.map(|()| running)
            }
        };
        match made {
            Ok(running) => Ok(running),
            Err(error) => {
                if error.kind() == ErrorKind::NotFound {
                    self.endpoint.forget().await;
                }
                Err(trouble(&error))
            }
        }
    }

    /// Whether production has what was released: that decides, whatever Harbor says of the replication.
    async fn judge(
        &self,
        names: &Names,
        request: &CopyRequest,
        before: &Before,
        running: &Running,
        execution: &ReplicationExecution,
    ) -> Result<(), ImageTrouble> {
        let found =
            self.production.find_artifact(&names.repository, &names.tag, ArtifactParts::default()).await?;
        let there = found.map(|artifact| digest(&artifact.digest)).transpose()?;
        if there.as_ref() == Some(&request.digest) {
            return Ok(());
        }
        match execution.state {
            ReplicationState::Failed => return Err(running.reason(execution).await),
            ReplicationState::Stopped => {
                let message = "somebody stopped the replication in Harbor";
                return Err(ImageTrouble::new(FailureKind::Interrupted, message));
            }
            _ => {}
        }
        match there {
            // It was let alone, and Harbor calls that a success.
            Some(there) if !before.overrides => Err(conflict(request, &there)),
            there => {
                self.look_in_test(names, request).await?;
                let there = there.map_or_else(|| "nothing".to_owned(), |there| format!("`{there}`"));
                let message = format!(
                    "Harbor says that it has copied, and production has {there} under `{}`",
                    request.image
                );
                Err(ImageTrouble::new(FailureKind::NotEqual, message))
            }
        }
    }

    async fn tidy(&self, policy: ReplicationPolicyId) {
        if let Err(error) = self.harbor().delete_replication_policy(policy).await {
            // The next copy of the image takes it over.
            tracing::debug!("the policy of replication {policy} stays: {error}");
        }
    }
}

fn conflict(request: &CopyRequest, there: &Digest) -> ImageTrouble {
    let message = format!("production has `{there}` under `{}`, which no copy put there", request.image);
    ImageTrouble::new(FailureKind::TagConflict, message)
}

/// Dropped: the replication is stopped, as long as the runtime goes on; what has arrived stays.
impl ImageCopier for HarborCopier {
    fn copy<'a>(&'a self, request: CopyRequest) -> BoxFuture<'a, Result<(), ImageTrouble>> {
        Box::pin(async move { self.carry_out(&request).await })
    }
}
