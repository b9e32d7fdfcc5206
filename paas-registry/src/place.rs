//! Where an image is.

use paas_client::{
    RegistryClient,
    registry::{Reference, RepositoryName},
};
use std::fmt;

/// Where an image is, or is to be: a repository of a registry, and a tag or digest. Clones share the client.
///
/// ```
/// use paas_client::RegistryClient;
/// use paas_registry::Place;
///
/// let test = RegistryClient::builder().url("https://test.bank.test").build()?;
/// let place = Place::new(test, "team-a/web".parse()?, "1.4".parse()?);
/// assert_eq!(place.to_string(), "https://test.bank.test/team-a/web:1.4");
/// # Ok::<(), paas_client::Error>(())
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Place {
    /// By which the registry is asked, and as whom. Two clients of the same address are of the same registry.
    pub client: RegistryClient,
    /// The repository.
    pub repository: RepositoryName,
    /// A tag, or a digest.
    pub reference: Reference,
}

impl Place {
    /// A place by its parts.
    #[must_use]
    pub fn new(client: RegistryClient, repository: RepositoryName, reference: Reference) -> Self {
        Self { client, repository, reference }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mark = match self.reference {
            Reference::Tag(_) => ':',
            Reference::Digest(_) => '@',
        };
        write!(f, "{}/{}{mark}{}", self.client.address(), self.repository, self.reference)
    }
}
