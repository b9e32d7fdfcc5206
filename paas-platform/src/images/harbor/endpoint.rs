//! The other registry, made known to the Harbor that copies.

use crate::images::ImageTrouble;
use paas_client::{
    Error, ErrorKind, HarborClient,
    harbor::{NewRegistry, RegistryId},
};
use paas_core::images::promotion::FailureKind;
use tokio::sync::Mutex;

/// The other registry, as the Harbor that copies is to know it.
#[derive(Debug)]
pub(super) struct Endpoint {
    registry: NewRegistry,
    /// What it is known as, once it was looked up by this process.
    known: Mutex<Option<RegistryId>>,
}

impl Endpoint {
    pub(super) fn new(registry: NewRegistry) -> Self {
        Self { registry, known: Mutex::default() }
    }

    /// The id of the registry, which is made known if it is not. One of the name that is another is left as it is. Of one
    /// that is there already, the credential is told once: nobody can compare it, and it may have been changed.
    pub(super) async fn id(&self, harbor: &HarborClient) -> Result<RegistryId, ImageTrouble> {
        let mut known = self.known.lock().await;
        if let Some(id) = *known {
            return Ok(id);
        }
        let id = match harbor.find_registry(self.registry.name()).await.map_err(|error| trouble(&error))? {
            Some(found) if self.registry.is(&found) => {
                let renewal = self.registry.renewal();
                harbor.update_registry(found.id, &renewal).await.map_err(|error| self.unreached(&error))?;
                found.id
            }
            Some(_) => return Err(self.other()),
            None => harbor.create_registry(&self.registry).await.map_err(|error| self.unreached(&error))?,
        };
        *known = Some(id);
        Ok(id)
    }

    /// It is looked up again: something said that it is not there.
    pub(super) async fn forget(&self) {
        *self.known.lock().await = None;
    }

    fn other(&self) -> ImageTrouble {
        let name = self.registry.name();
        let message = format!("Harbor knows another registry as `{name}`: give this one another name");
        ImageTrouble::new(FailureKind::Unexpected, message)
    }

    fn unreached(&self, error: &Error) -> ImageTrouble {
        match error.kind() {
            // Harbor tries to reach a registry before it keeps it.
            ErrorKind::Invalid => ImageTrouble::new(FailureKind::Unreachable, error.to_string()),
            ErrorKind::Exists => self.other(),
            _ => trouble(error),
        }
    }
}

/// What Harbor says of its own registries, policies and executions, which are no images: none of them being there, or being
/// in use, says nothing of the image.
pub(super) fn trouble(error: &Error) -> ImageTrouble {
    match error.kind() {
        ErrorKind::NotFound | ErrorKind::Precondition | ErrorKind::Exists | ErrorKind::Invalid => {
            ImageTrouble::new(FailureKind::Unexpected, error.to_string())
        }
        _ => error.clone().into(),
    }
}
