//! Calls about other registries. Only system administrators may make them.

use super::{NewRegistry, Registry, RegistryChange, RegistryInfo, registry::Trial};
use crate::{
    ErrorKind, Items, Result,
    body::Done,
    call::{Call, Effect, Path},
    harbor::{
        HarborClient, RegistryId,
        client::{json, path},
        harbor_error,
    },
    transport::Method,
};

impl HarborClient {
    /// Lists the registries that Harbor knows. Dropped: nothing has changed.
    #[must_use]
    pub fn list_registries(&self) -> Items<Registry> {
        self.list("list_registries", path("registries"), Vec::new(), None)
    }

    /// The registry of this very name, if Harbor knows one. Dropped: nothing has changed.
    ///
    /// # Errors
    ///
    /// Those of reading a page.
    pub async fn find_registry(&self, name: &str) -> Result<Option<Registry>> {
        let query = vec![("name".to_owned(), name.to_owned())];
        let mut all = self.list::<Registry>("find_registry", path("registries"), query, None);
        while let Some(registry) = all.next().await {
            let registry = registry?;
            if registry.name == name {
                return Ok(Some(registry));
            }
        }
        Ok(None)
    }

    /// Reads a registry. Dropped: nothing has changed.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::NotFound`] if there is none.
    pub async fn read_registry(&self, registry: RegistryId) -> Result<Registry> {
        self.read(Call::read("read_registry", registry_path(registry), Vec::new())).await
    }

    /// Makes a registry known to Harbor, which tries to reach it first. Dropped: it may be known.
    ///
    /// When the answer is lost, it is looked for before it is asked for again. One that is there then, with the same kind,
    /// address and user, counts as made; its secret nobody can compare.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Exists`] if there is one of this name, [`ErrorKind::Invalid`] if Harbor does not reach it.
    pub async fn create_registry(&self, new: &NewRegistry) -> Result<RegistryId> {
        let mut call = Call::change("create_registry", Method::Post, path("registries"), json(&new.body())?);
        call.struck_out = new.secrets();
        self.create(call, async || match self.find_registry(&new.name).await? {
            Some(registry) if new.is(&registry) => Ok(Some(registry.id)),
            Some(_) => Err(harbor_error(
                ErrorKind::Exists,
                "a registry of this name is there now, and it is another",
            )
            .with(|details| details.operation = "create_registry")),
            None => Ok(None),
        })
        .await
    }

    /// Changes a registry; Harbor tries to reach it first. Dropped: it may have changed.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::NotFound`] if there is none, [`ErrorKind::Exists`] if another one has the name,
    /// [`ErrorKind::Invalid`] if Harbor does not reach it.
    pub async fn update_registry(&self, registry: RegistryId, change: &RegistryChange) -> Result<()> {
        let body = json(&change.body())?;
        let mut call = Call::change("update_registry", Method::Put, registry_path(registry), body);
        call.struck_out = change.secrets();
        self.put(call).await
    }

    /// Makes Harbor forget a registry. Dropped: it may be forgotten.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::NotFound`] if there is none, [`ErrorKind::Precondition`] if a policy or a project uses it.
    pub async fn delete_registry(&self, registry: RegistryId) -> Result<()> {
        self.delete("delete_registry", registry_path(registry), None).await
    }

    /// Whether Harbor reaches a registry that it knows, with the address and login that it has. Dropped: nothing has
    /// changed.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Invalid`] if it does not reach it, [`ErrorKind::NotFound`] if there is none.
    pub async fn ping_registry(&self, registry: RegistryId) -> Result<()> {
        self.try_registry("ping_registry", &Trial::known(registry), Vec::new()).await
    }

    /// Whether Harbor would reach a registry that it does not know yet. Dropped: nothing has changed.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Invalid`] if it does not reach it.
    pub async fn ping_new_registry(&self, new: &NewRegistry) -> Result<()> {
        self.try_registry("ping_new_registry", &new.trial(), new.secrets()).await
    }

    /// What a registry can do. Dropped: nothing has changed.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::NotFound`] if there is none.
    pub async fn registry_info(&self, registry: RegistryId) -> Result<RegistryInfo> {
        let path = registry_path(registry).at("info");
        self.read(Call::read("registry_info", path, Vec::new())).await
    }

    async fn try_registry(
        &self,
        operation: &'static str,
        trial: &Trial<'_>,
        secrets: Vec<crate::SecretString>,
    ) -> Result<()> {
        let path = path("registries").at("ping");
        let mut call = Call::change(operation, Method::Post, path, json(trial)?);
        call.effect = Effect::None;
        call.struck_out = secrets;
        self.read(call).await.map(|Done| ())
    }
}

fn registry_path(registry: RegistryId) -> Path {
    path("registries").id("{registry}", &registry.to_string())
}
