//! What belongs to one environment: stacks, services, volumes.

use super::{
    NewStack, NewVolume, RancherClient, Resource, Service, ServiceId, ServiceLink, ServiceQuery, Stack,
    StackId, StackQuery, State, Volume, VolumeId, VolumeQuery,
    change::{Change, How},
    client::encode,
    page,
    service::{NewScale, ServiceLinks},
};
#[expect(unused_imports, reason = "the documentation names them")]
use crate::{Error, ErrorKind};
use crate::{Items, Progress, Result, WaitError, call::Path};
use serde::de::DeserializeOwned;
use std::time::Duration;

/// The client of one environment. Clones share all that the server's client shares.
#[derive(Clone, Debug)]
pub struct EnvironmentClient {
    client: RancherClient,
    root: Path,
}

/// What can be read by its id: the ids of stacks, services and volumes.
pub trait InEnvironment: sealed::Sealed {
    /// What the id is of.
    type Resource: Resource<Id = Self> + DeserializeOwned + Send;
}

mod sealed {
    /// Keeps the trait to this crate: it knows where in the API a resource lies.
    pub trait Sealed {
        /// The collection, the name of the id in templates, and the id.
        fn place(&self) -> (&'static str, &'static str, &str);
    }
}

macro_rules! in_environment {
    ($($id:ident $resource:ident $collection:literal $name:literal;)+) => {$(
        impl sealed::Sealed for $id {
            fn place(&self) -> (&'static str, &'static str, &str) {
                ($collection, $name, self.as_str())
            }
        }

        impl InEnvironment for $id {
            type Resource = $resource;
        }
    )+};
}

in_environment! {
    StackId Stack "stacks" "{stack}";
    ServiceId Service "services" "{service}";
    VolumeId Volume "volumes" "{volume}";
}

impl EnvironmentClient {
    pub(super) fn new(client: RancherClient, root: Path) -> Self {
        Self { client, root }
    }

    fn path_of(&self, id: &impl InEnvironment) -> Path {
        let (collection, name, id) = id.place();
        self.root.clone().at(collection).id(name, id)
    }
}

/// Stacks.
impl EnvironmentClient {
    /// Lists stacks. Dropped: nothing has changed.
    #[must_use]
    pub fn list_stacks(&self, query: &StackQuery) -> Items<Stack> {
        page::paged(&self.client.core, "list_stacks", self.root.clone().at("stacks"), query.pairs())
    }

    /// Reads a stack, also one that was removed a while ago. Dropped: nothing has changed.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::NotFound`] also if the key may not see it.
    pub async fn read_stack(&self, id: &StackId) -> Result<Stack> {
        self.client.get("read_stack", self.path_of(id)).await
    }

    /// Creates a stack. The server reads the compose files later: wait until the state is `active`, or `error`.
    ///
    /// Never repeated blindly. Dropped: it may have been created; look it up by its name or external id.
    ///
    /// # Errors
    ///
    /// With [`outcome_unknown`](Error::outcome_unknown) it may have been created: look it up likewise.
    /// [`ErrorKind::Invalid`] with the code `NotUnique` if there is a stack of this name.
    ///
    /// ```
    /// # use paas_client::{Credentials, RancherClient, transport::{Canned, Response}};
    /// use paas_client::{ErrorKind, rancher::NewStack};
    ///
    /// # #[tokio::main(flavor = "current_thread")] async fn main() -> Result<(), paas_client::Error> {
    /// # let server = Canned::new(|_| Ok(Response::new(422,
    /// #     r#"{"type":"error","status":422,"code":"NotUnique","fieldName":"name"}"#)));
    /// # let client = RancherClient::builder().url("https://rancher.example").credentials(Credentials::new("access", "secret"))
    /// #     .transport(server.clone()).build()?;
    /// let environment = client.environment(&"1a5".parse()?);
    /// let error = environment.create_stack(&NewStack::new("shop")).await.unwrap_err();
    /// assert_eq!((error.kind(), error.server_code()), (ErrorKind::Invalid, Some("NotUnique")));
    /// assert_eq!(error.field(), Some("name"));
    /// assert!(!error.outcome_unknown());
    /// # Ok(()) }
    /// ```
    pub async fn create_stack(&self, new: &NewStack) -> Result<Stack> {
        self.client.create("create_stack", self.root.clone().at("stacks"), new).await
    }

    /// Removes a stack with its services; gives it back in the state that it goes through then.
    ///
    /// Dropped: it may be removed all the same.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::NotFound`] if there is nothing to remove, or nothing any more.
    pub async fn delete_stack(&self, id: &StackId) -> Result<Stack> {
        self.client.delete("delete_stack", self.path_of(id)).await
    }
}

/// Services.
impl EnvironmentClient {
    /// Lists services of all types. Dropped: nothing has changed.
    #[must_use]
    pub fn list_services(&self, query: &ServiceQuery) -> Items<Service> {
        page::paged(&self.client.core, "list_services", self.root.clone().at("services"), query.pairs())
    }

    /// Reads a service, also one that was removed a while ago. Dropped: nothing has changed.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::NotFound`] also if the key may not see it.
    pub async fn read_service(&self, id: &ServiceId) -> Result<Service> {
        self.client.get("read_service", self.path_of(id)).await
    }

    /// Starts a service. It is `activating` until its containers run, for ever if they cannot.
    ///
    /// Dropped: it may start all the same.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::ActionNotAvailable`] with what it offers if it is not `inactive`.
    ///
    /// ```
    /// # use paas_client::{Credentials, RancherClient, transport::{Canned, Response}};
    /// use paas_client::ErrorKind;
    ///
    /// # #[tokio::main(flavor = "current_thread")] async fn main() -> Result<(), paas_client::Error> {
    /// # let server = Canned::new(|_| Ok(Response::new(200,
    /// #     r#"{"id":"1s7","type":"service","state":"active","actions":{"deactivate":"…","upgrade":"…"}}"#)));
    /// # let client = RancherClient::builder().url("https://rancher.example").credentials(Credentials::new("access", "secret"))
    /// #     .transport(server.clone()).build()?;
    /// // A service that is at work already.
    /// let error = client.own_environment().activate_service(&"1s7".parse()?).await.unwrap_err();
    /// assert_eq!(error.kind(), ErrorKind::ActionNotAvailable);
    /// assert_eq!(error.available_actions(), ["deactivate", "upgrade"]);
    /// assert_eq!(error.state(), Some("active"));
    /// # Ok(()) }
    /// ```
    pub async fn activate_service(&self, id: &ServiceId) -> Result<Service> {
        let is_done = |service: &Service| {
            matches!(service.state, State::Activating | State::Active | State::UpdatingActive)
        };
        self.change("activate_service", id, How::Action("activate"), None, is_done).await
    }

    /// Stops a service.
    ///
    /// Dropped: it may stop all the same.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::ActionNotAvailable`] with what it offers if it is not at work.
    pub async fn deactivate_service(&self, id: &ServiceId) -> Result<Service> {
        let is_done = |service: &Service| {
            matches!(service.state, State::Deactivating | State::Inactive | State::UpdatingInactive)
        };
        self.change("deactivate_service", id, How::Action("deactivate"), None, is_done).await
    }

    /// Sets how many containers a service shall have. Wait until [`current_scale`](Service::current_scale) says so.
    ///
    /// A global service and one with a [`scale_policy`](Service::scale_policy) do not follow it.
    ///
    /// Dropped: it may be set all the same.
    ///
    /// # Errors
    ///
    /// Those of all calls.
    pub async fn scale_service(&self, id: &ServiceId, scale: u32) -> Result<Service> {
        let is_done = |service: &Service| service.scale == Some(scale.into());
        let body = encode(&NewScale { scale })?;
        self.change("scale_service", id, How::Put, Some(body), is_done).await
    }

    /// Sets all links of a service: those that are not named here go.
    ///
    /// Dropped: they may be set all the same.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Invalid`] with the code `MissingRequired` for a link by name without an alias.
    pub async fn set_service_links(&self, id: &ServiceId, links: &[ServiceLink]) -> Result<Service> {
        let body = encode(&ServiceLinks { service_links: links })?;
        // What links there are cannot be read back whole; to set them twice does no harm.
        self.change("set_service_links", id, How::Action("setservicelinks"), Some(body), |_| false).await
    }

    /// Removes a service; gives it back in the state that it goes through then.
    ///
    /// Dropped: it may be removed all the same.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::NotFound`] if there is nothing to remove, or nothing any more.
    pub async fn delete_service(&self, id: &ServiceId) -> Result<Service> {
        self.client.delete("delete_service", self.path_of(id)).await
    }

    async fn change<I: InEnvironment>(
        &self,
        operation: &'static str,
        id: &I,
        how: How<'_>,
        body: Option<Vec<u8>>,
        is_done: impl Fn(&I::Resource) -> bool,
    ) -> Result<I::Resource> {
        let change = Change { operation, path: self.path_of(id), how, body };
        self.client.core.change(change, is_done).await
    }
}

/// Volumes.
impl EnvironmentClient {
    /// Lists volumes, those of stacks and hosts included. Dropped: nothing has changed.
    #[must_use]
    pub fn list_volumes(&self, query: &VolumeQuery) -> Items<Volume> {
        page::paged(&self.client.core, "list_volumes", self.root.clone().at("volumes"), query.pairs())
    }

    /// Reads a volume. Dropped: nothing has changed.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::NotFound`] also if the key may not see it.
    pub async fn read_volume(&self, id: &VolumeId) -> Result<Volume> {
        self.client.get("read_volume", self.path_of(id)).await
    }

    /// Creates a volume of the environment. It stays `inactive` until a container mounts it.
    ///
    /// Never repeated blindly. Dropped: it may have been created; look it up by its name.
    ///
    /// # Errors
    ///
    /// With [`outcome_unknown`](Error::outcome_unknown) it may have been created: look it up likewise.
    pub async fn create_volume(&self, new: &NewVolume) -> Result<Volume> {
        self.client.create("create_volume", self.root.clone().at("volumes"), new).await
    }

    /// Removes a volume that is `inactive` or `detached`; gives it back in the state that it goes through then.
    /// Its data stay only if it was made with `onRemove=retain`. Remove one after the other, each until it is gone:
    /// servers are known to forget data when many are removed at once.
    ///
    /// Dropped: it may be removed all the same.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::NotFound`] if there is nothing to remove, or nothing any more.
    pub async fn delete_volume(&self, id: &VolumeId) -> Result<Volume> {
        self.client.delete("delete_volume", self.path_of(id)).await
    }
}

/// Waiting.
impl EnvironmentClient {
    /// Reads a stack, service or volume until the condition holds, for at most so long, and gives it as it is then.
    ///
    /// The condition says whether the state is [reached](Progress), by `true` for the simple case. Whatever the
    /// server says of transitions is for the condition to judge, since an `error` there may be a leftover of an earlier
    /// failure; [`Resource::progress_to`] judges it well. Failures of reading that pass are waited out.
    ///
    /// Dropped: nothing has changed.
    ///
    /// # Errors
    ///
    /// When the time is over, the condition gives up, or reading fails for good; with the last that was seen.
    ///
    /// ```
    /// # use paas_client::{Credentials, RancherClient, transport::{Canned, Response}};
    /// use paas_client::{WaitReason, rancher::{Resource, ServiceId, State}};
    /// use std::time::Duration;
    ///
    /// # #[tokio::main(flavor = "current_thread", start_paused = true)] async fn main() -> Result<(), paas_client::Error> {
    /// # let server = Canned::new(|_| Ok(Response::new(200, r#"{"id":"1s7","type":"service","state":"activating",
    /// #     "transitioning":"yes","transitioningMessage":"no host has the label tier=web"}"#)));
    /// # let client = RancherClient::builder().url("https://rancher.example").credentials(Credentials::new("access", "secret"))
    /// #     .transport(server.clone()).build()?;
    /// let environment = client.own_environment();
    /// let id: ServiceId = "1s7".parse()?;
    /// let wanted = [State::Active];
    /// let wait = environment.wait_until(&id, |service| service.progress_to(&wanted), Duration::from_secs(60));
    /// let error = wait.await.unwrap_err();
    /// assert!(matches!(error.reason(), WaitReason::Deadline(_)));
    /// assert_eq!(error.last().unwrap().state, State::Activating);
    /// assert_eq!(error.transitioning_message(), Some("no host has the label tier=web"));
    /// # Ok(()) }
    /// ```
    pub async fn wait_until<I: InEnvironment, P: Into<Progress>>(
        &self,
        id: &I,
        condition: impl FnMut(&I::Resource) -> P,
        limit: Duration,
    ) -> Result<I::Resource, WaitError<I::Resource>> {
        self.client.wait("wait_until", &self.path_of(id), condition, limit).await
    }

    /// Reads a stack, service or volume until it is removed or cannot be found any more, for at most so long.
    ///
    /// Dropped: nothing has changed.
    ///
    /// # Errors
    ///
    /// As [`wait_until`](Self::wait_until).
    pub async fn wait_until_gone<I: InEnvironment>(
        &self,
        id: &I,
        limit: Duration,
    ) -> Result<(), WaitError<I::Resource>> {
        self.client.wait_gone("wait_until_gone", &self.path_of(id), limit).await
    }
}
