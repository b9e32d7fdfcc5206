//! The client of a server, and what does not belong to one environment.

use super::{
    AccountLink, Environment, EnvironmentClient, EnvironmentId, EnvironmentQuery, Feature, Identity, Member,
    NewEnvironment, NewMember, RancherBuilder, RancherVersion, Region, Resource, Setting, SettingId,
    change::{Change, How, not_available},
    member, page,
};
use crate::{
    Error, ErrorKind, Items, Progress, Result, WaitError,
    call::{Call, Core, Effect, Path},
    limits::SHOWN_MESSAGE,
    transport::Method,
    wait,
};
use serde::{Serialize, de::DeserializeOwned};
use std::{
    sync::{Arc, OnceLock},
    time::Duration,
};

/// The root of the API.
const ROOT: &str = "/v2-beta";

/// A client of one Rancher 1.6 server. Clones share connections, limits and the budget of retries.
///
/// What belongs to an environment is done by an [`EnvironmentClient`]: [`environment`](Self::environment) for the keys
/// of accounts, [`own_environment`](Self::own_environment) for the key of an environment.
///
/// ```
/// # use paas_client::{Credentials, rancher::Environment, transport::{Canned, Response}};
/// use paas_client::{RancherClient, rancher::EnvironmentQuery};
///
/// # #[tokio::main(flavor = "current_thread")] async fn main() -> Result<(), paas_client::Error> {
/// # let server = Canned::new(|_| Ok(Response::new(200, r#"{"type":"collection","data":[
/// #     {"id":"1a5","type":"project","name":"Default","state":"active"}]}"#)));
/// # let credentials = Credentials::new("access", "secret");
/// let client = RancherClient::builder()
///     .url("https://rancher.example")
///     .credentials(credentials)
///     .transport(server)
///     .build()?;
/// let environments = client.list_environments(&EnvironmentQuery::default().all()).collect_all().await?;
/// assert_eq!(environments[0].name, "Default");
/// # Ok(()) }
/// ```
#[derive(Clone, Debug)]
pub struct RancherClient {
    pub(super) core: Arc<Core>,
    version: Arc<OnceLock<RancherVersion>>,
}

impl RancherClient {
    /// Sets up a client.
    pub fn builder() -> RancherBuilder {
        RancherBuilder::default()
    }

    pub(super) fn new(core: Core) -> Self {
        Self { core: Arc::new(core), version: Arc::default() }
    }

    /// What belongs to this environment, for the key of an account.
    #[must_use]
    pub fn environment(&self, id: &EnvironmentId) -> EnvironmentClient {
        EnvironmentClient::new(self.clone(), environment_path(id))
    }

    /// What belongs to the environment of the key, for the key of an environment.
    #[must_use]
    pub fn own_environment(&self) -> EnvironmentClient {
        EnvironmentClient::new(self.clone(), Path::new(ROOT))
    }

    /// Lists environments. This list has no pages, and its names are not unique.
    ///
    /// Dropped: nothing has changed.
    #[must_use]
    pub fn list_environments(&self, query: &EnvironmentQuery) -> Items<Environment> {
        let path = Path::new(ROOT).at("projects");
        page::whole(&self.core, "list_environments", path, query.pairs())
    }

    /// Reads an environment. Dropped: nothing has changed.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::NotFound`] also if the key may not see it.
    pub async fn read_environment(&self, id: &EnvironmentId) -> Result<Environment> {
        self.get("read_environment", environment_path(id)).await
    }

    /// Creates an environment. It is at work when its state is `active`.
    ///
    /// Never repeated blindly. Dropped: it may have been created; look it up by its name and description.
    ///
    /// # Errors
    ///
    /// With [`outcome_unknown`](Error::outcome_unknown) it may have been created: look it up likewise.
    /// [`ErrorKind::Forbidden`] for the key of an environment.
    ///
    /// ```
    /// # use paas_client::{Credentials, RancherClient, transport::{Canned, Response, TransportError, TransportErrorKind}};
    /// use paas_client::rancher::NewEnvironment;
    ///
    /// # #[tokio::main(flavor = "current_thread")] async fn main() -> Result<(), paas_client::Error> {
    /// // A server whose answer is lost on the way.
    /// let server = Canned::new(|_| Err(TransportError::new(TransportErrorKind::Interrupted, "reset by peer")));
    /// # let client = RancherClient::builder().url("https://rancher.example").credentials(Credentials::new("access", "secret"))
    /// #     .transport(server.clone()).build()?;
    /// let error = client.create_environment(&NewEnvironment::new("tenant-a")).await.unwrap_err();
    /// assert!(error.outcome_unknown() && error.is_retryable());
    /// assert_eq!(server.requests().len(), 1);
    /// # Ok(()) }
    /// ```
    pub async fn create_environment(&self, new: &NewEnvironment) -> Result<Environment> {
        self.create("create_environment", Path::new(ROOT).at("projects"), new).await
    }

    /// Removes an environment with all that is in it; gives it back in the state that it goes through then.
    ///
    /// Dropped: it may be removed all the same.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::NotFound`] if there is nothing to remove, or nothing any more.
    pub async fn delete_environment(&self, id: &EnvironmentId) -> Result<Environment> {
        self.delete("delete_environment", environment_path(id)).await
    }

    /// Lists the members of an environment. Dropped: nothing has changed.
    #[must_use]
    pub fn list_members(&self, id: &EnvironmentId) -> Items<Member> {
        page::paged(&self.core, "list_members", environment_path(id).at("projectmembers"), Vec::new())
    }

    /// Sets all members of an environment: those that are not named here go. So read them first, and again afterwards:
    /// of two who set them at once, the last one wins. For its owners, and for administrators.
    ///
    /// Dropped: they may be set all the same.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Configuration`] without an owner among them; [`ErrorKind::ActionNotAvailable`] or
    /// [`ErrorKind::Forbidden`] if the key may not do it.
    ///
    /// ```
    /// # use paas_client::{Credentials, ErrorKind, RancherClient, transport::{Canned, Response}};
    /// use paas_client::rancher::NewMember;
    ///
    /// # #[tokio::main(flavor = "current_thread")] async fn main() -> Result<(), paas_client::Error> {
    /// # let server = Canned::new(|_| Ok(Response::new(200,
    /// #     r#"{"id":"1a5","type":"project","state":"active","actions":{"setmembers":"…"}}"#)));
    /// # let client = RancherClient::builder().url("https://rancher.example").credentials(Credentials::new("access", "secret"))
    /// #     .transport(server.clone()).build()?;
    /// let environment = "1a5".parse()?;
    /// let anna = NewMember::new("restricted", "ldap_user", "cn=anna,dc=bank,dc=test");
    /// let error = client.set_members(&environment, std::slice::from_ref(&anna)).await.unwrap_err();
    /// assert_eq!(error.kind(), ErrorKind::Configuration);
    /// client.set_members(&environment, &[NewMember::new("owner", "rancher_id", "1a1"), anna]).await?;
    /// assert_eq!(server.requests()[1].query(), "action=setmembers");
    /// # Ok(()) }
    /// ```
    pub async fn set_members(&self, id: &EnvironmentId, members: &[NewMember]) -> Result<()> {
        const ACTION: &str = "setmembers";
        let change = Change {
            operation: "set_members",
            path: environment_path(id),
            how: How::Action(ACTION),
            body: Some(member::input(members)?),
        };
        let now = self.read_environment(id).await?;
        if !now.offers(ACTION) {
            return Err(not_available(&change, ACTION, &now));
        }
        let mut call = change.call();
        call.effect = Effect::Idempotent;
        let member::Set = self.core.call(&call).await?;
        Ok(())
    }

    /// Lists who has this name, or a name like it, among those that the server's access control knows. Dropped: nothing
    /// has changed.
    #[must_use]
    pub fn list_identities(&self, name: &str) -> Items<Identity> {
        let query = vec![("name".to_owned(), name.to_owned())];
        page::whole(&self.core, "list_identities", Path::new(ROOT).at("identities"), query)
    }

    /// Reads an environment until the condition holds, as [`EnvironmentClient::wait_until`] does. Dropped: nothing has
    /// changed.
    ///
    /// # Errors
    ///
    /// As there.
    pub async fn wait_until_environment<P: Into<Progress>>(
        &self,
        id: &EnvironmentId,
        condition: impl FnMut(&Environment) -> P,
        limit: Duration,
    ) -> Result<Environment, WaitError<Environment>> {
        self.wait("wait_until_environment", &environment_path(id), condition, limit).await
    }

    /// Reads an environment until it is removed, as [`EnvironmentClient::wait_until_gone`] does. Dropped: nothing has
    /// changed.
    ///
    /// # Errors
    ///
    /// As there.
    pub async fn wait_until_environment_gone(
        &self,
        id: &EnvironmentId,
        limit: Duration,
    ) -> Result<(), WaitError<Environment>> {
        self.wait_gone("wait_until_environment_gone", &environment_path(id), limit).await
    }

    /// Lists the regions. Without one that is local, links by name lead nowhere. Dropped: nothing has changed.
    #[must_use]
    pub fn list_regions(&self) -> Items<Region> {
        page::paged(&self.core, "list_regions", Path::new(ROOT).at("regions"), Vec::new())
    }

    /// Lists the links that lead from an environment to others; for administrators. Dropped: nothing has changed.
    #[must_use]
    pub fn list_account_links(&self, from: &EnvironmentId) -> Items<AccountLink> {
        let query = vec![("accountId".to_owned(), from.as_str().to_owned())];
        page::paged(&self.core, "list_account_links", Path::new(ROOT).at("accountlinks"), query)
    }

    /// Reads a setting of the server. Dropped: nothing has changed.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::NotFound`] also if the key may not see it.
    pub async fn read_setting(&self, name: &SettingId) -> Result<Setting> {
        self.get("read_setting", Path::new(ROOT).at("settings").id("{setting}", name.as_str())).await
    }

    /// The server's version, asked for once. Dropped: nothing has changed.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Protocol`] if the server does not tell a version that is known to be one.
    pub async fn server_version(&self) -> Result<RancherVersion> {
        if let Some(version) = self.version.get() {
            return Ok(version.clone());
        }
        let path = Path::new(ROOT).at("settings").at("rancher.server.version");
        let resource = path.real.clone();
        let setting: Setting = self.get("server_version", path).await?;
        let told = setting.active_value.or(setting.value).unwrap_or_default();
        let version: RancherVersion = told.parse().map_err(|error: Error| {
            error.with(|details| {
                details.operation = "server_version";
                details.resource = resource;
                details.server_message = Some(self.core.redactor.clean(&told, 40));
            })
        })?;
        Ok(self.version.get_or_init(|| version).clone())
    }

    /// Makes sure that the server can do something. Dropped: nothing has changed.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Unsupported`], with the version that can.
    ///
    /// ```
    /// # use paas_client::{Credentials, ErrorKind, RancherClient, transport::{Canned, Response}};
    /// use paas_client::rancher::Feature;
    ///
    /// # #[tokio::main(flavor = "current_thread")] async fn main() -> Result<(), paas_client::Error> {
    /// # let server = Canned::new(|_| Ok(Response::new(200,
    /// #     r#"{"id":"rancher.server.version","type":"activeSetting","activeValue":"v1.6.10"}"#)));
    /// # let client = RancherClient::builder().url("https://rancher.example").credentials(Credentials::new("access", "secret"))
    /// #     .transport(server).build()?;
    /// client.require(Feature::EnvironmentLinks).await?;
    /// let error = client.require(Feature::Regions).await.unwrap_err();
    /// assert_eq!(error.to_string(), "the server is v1.6.10; regions and links by name need v1.6.15 or later");
    /// # Ok(()) }
    /// ```
    pub async fn require(&self, feature: Feature) -> Result<()> {
        let version = self.server_version().await?;
        if version.can(feature) {
            return Ok(());
        }
        Err(Error::new(
            ErrorKind::Unsupported,
            format!("the server is {version}; {} need {} or later", feature.words(), feature.since()),
        ))
    }

    /// A text of the server, such as a [`transitioning_message`](crate::Transitional::transitioning_message), fit to be
    /// quoted: in one line, of at most 500 characters, without backticks, and without the key. Errors quote like this.
    ///
    /// ```
    /// # use paas_client::{Credentials, RancherClient, transport::{Canned, Response}};
    /// # let server = Canned::new(|_| Ok(Response::new(200, "")));
    /// # let client = RancherClient::builder().url("https://rancher.example").credentials(Credentials::new("access", "secret"))
    /// #     .transport(server).build()?;
    /// assert_eq!(client.quotable("no `host`\nfor secret"), "no 'host' for [redacted]");
    /// # Ok::<(), paas_client::Error>(())
    /// ```
    #[must_use]
    pub fn quotable(&self, text: &str) -> String {
        self.core.redactor.clean(text, SHOWN_MESSAGE)
    }

    pub(super) async fn get<T: DeserializeOwned>(&self, operation: &'static str, path: Path) -> Result<T> {
        self.core.call(&Call::read(operation, path, Vec::new())).await
    }

    pub(super) async fn create<T: DeserializeOwned>(
        &self,
        operation: &'static str,
        path: Path,
        new: &impl Serialize,
    ) -> Result<T> {
        let body = Some(encode(new)?);
        self.core.call(&Call::change(operation, Method::Post, path, body)).await
    }

    pub(super) async fn delete<T: Resource + DeserializeOwned>(
        &self,
        operation: &'static str,
        path: Path,
    ) -> Result<T> {
        let change = Change { operation, path, how: How::Delete, body: None };
        self.core.change(change, T::is_gone).await
    }

    pub(super) async fn wait<T: Resource + DeserializeOwned, P: Into<Progress>>(
        &self,
        operation: &'static str,
        path: &Path,
        condition: impl FnMut(&T) -> P,
        limit: Duration,
    ) -> Result<T, WaitError<T>> {
        let read = || self.get(operation, path.clone());
        wait::wait_until(&self.core, (operation, &path.real), read, condition, limit).await
    }

    pub(super) async fn wait_gone<T: Resource + DeserializeOwned>(
        &self,
        operation: &'static str,
        path: &Path,
        limit: Duration,
    ) -> Result<(), WaitError<T>> {
        // Being removed is not removed yet: what it uses is still in use.
        let is_gone = |seen: &T| seen.is_gone() && *seen.state() != super::State::Removing;
        match self.wait(operation, path, is_gone, limit).await {
            Ok(_) => Ok(()),
            Err(error) if error.is_not_found() => Ok(()),
            Err(error) => Err(error),
        }
    }
}

fn environment_path(id: &EnvironmentId) -> Path {
    Path::new(ROOT).at("projects").id("{environment}", id.as_str())
}

pub(super) fn encode(body: &impl Serialize) -> Result<Vec<u8>> {
    serde_json::to_vec(body)
        .map_err(|_| Error::new(ErrorKind::Configuration, "the request cannot be written as JSON"))
}
