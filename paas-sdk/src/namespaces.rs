//! The platform's image namespaces, for a gateway.

use paas_client::BoxFuture;
use paas_gateway::{NamespaceOwner, Namespaces};
use paas_platform::Platform;

/// The image namespaces of a platform, for a gateway and for the tokens of registries.
///
/// ```
/// use paas_sdk::{
///     Platform, PlatformNamespaces, Tenant,
///     gateway::Namespaces,
///     platform::{seam::SystemClock, store::MemoryStore},
/// };
///
/// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
/// let platform = Platform::builder().store(MemoryStore::new(SystemClock::new())).connect().await?;
/// let anna = platform.acting_as("anna".parse().unwrap());
/// let mut retail = Tenant::new("retail");
/// retail.project = Some("7c3e0b6f".to_owned());
/// anna.tenants().put(&retail).await?;
/// anna.namespaces().create("retail", "retail-shop").await?;
/// anna.namespaces().add_member("retail", "retail-shop", "5f3c").await?;
///
/// let namespaces = PlatformNamespaces::new(platform);
/// let shop = namespaces.find("retail-shop", "5f3c").await.unwrap().unwrap();
/// assert_eq!((shop.tenant.as_str(), shop.is_member), ("7c3e0b6f", true));
/// assert!(!namespaces.find("retail-shop", "77aa").await.unwrap().unwrap().is_member);
/// assert!(namespaces.find("another", "5f3c").await.unwrap().is_none());
/// # Ok::<(), paas_sdk::platform::Error>(())
/// # }).unwrap();
/// ```
#[derive(Debug, Clone)]
pub struct PlatformNamespaces(Platform);

impl PlatformNamespaces {
    /// Those of this platform.
    #[must_use]
    pub const fn new(platform: Platform) -> Self {
        Self(platform)
    }
}

impl Namespaces for PlatformNamespaces {
    fn find<'a>(
        &'a self,
        namespace: &'a str,
        user: &'a str,
    ) -> BoxFuture<'a, Result<Option<NamespaceOwner>, String>> {
        Box::pin(async move {
            let found = self.0.namespace(namespace).await.map_err(|error| error.to_string())?;
            Ok(found.map(|(namespace, project)| NamespaceOwner {
                tenant: project,
                is_member: namespace.members.contains(user),
            }))
        })
    }
}
