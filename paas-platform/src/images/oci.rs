//! Registries by their own API.

use super::{ImageRegistry, ImageTrouble};
use crate::BoxFuture;
use paas_client::{
    Error, ErrorKind, RegistryClient,
    registry::{self, Reference},
};
use paas_core::images::{Digest, ImageName, RepositoryName, Tag, promotion::FailureKind};

/// A registry by the distribution API: Docker's, Harbor's and others. Its list of repositories takes a login that may see
/// the catalogue.
impl ImageRegistry for RegistryClient {
    fn digest<'a>(&'a self, image: &'a ImageName) -> BoxFuture<'a, Result<Option<Digest>, ImageTrouble>> {
        Box::pin(async move {
            let (repository, tag) = (repository(&image.repository)?, tag(&image.tag)?);
            let found = self.manifest_descriptor(&repository, &Reference::from(tag)).await?;
            found.map(|descriptor| read(&descriptor.digest.to_string())).transpose()
        })
    }

    fn tags<'a>(&'a self, repository: &'a RepositoryName) -> BoxFuture<'a, Result<Vec<Tag>, ImageTrouble>> {
        Box::pin(async move {
            match RegistryClient::tags(self, &self::repository(repository)?).collect_all().await {
                Ok(tags) => tags.iter().map(|tag| read(tag.as_str())).collect(),
                Err(error) if error.kind() == ErrorKind::NotFound => Ok(Vec::new()),
                Err(error) => Err(error.into()),
            }
        })
    }

    fn repositories<'a>(
        &'a self,
        namespace: &'a str,
    ) -> BoxFuture<'a, Result<Vec<RepositoryName>, ImageTrouble>> {
        Box::pin(async move {
            let mut found = Vec::new();
            let mut all = RegistryClient::repositories(self);
            while let Some(repository) = all.next().await {
                let repository = repository?;
                if repository.namespace() == Some(namespace) {
                    found.push(read(repository.as_str())?);
                }
            }
            Ok(found)
        })
    }

    fn catalogue(&self) -> BoxFuture<'_, Result<Option<Vec<RepositoryName>>, ImageTrouble>> {
        Box::pin(async move {
            let mut found = Vec::new();
            let mut all = RegistryClient::repositories(self);
            while let Some(repository) = all.next().await {
                found.push(read(repository?.as_str())?);
            }
            Ok(Some(found))
        })
    }
}

fn repository(name: &RepositoryName) -> Result<registry::RepositoryName, ImageTrouble> {
    Ok(name.as_str().parse()?)
}

fn tag(name: &Tag) -> Result<registry::Tag, ImageTrouble> {
    Ok(name.as_str().parse()?)
}

/// What a registry says, by our own grammar, which is that of the specification.
fn read<T: std::str::FromStr<Err: std::fmt::Display>>(text: &str) -> Result<T, ImageTrouble> {
    text.parse().map_err(|error: T::Err| ImageTrouble::new(FailureKind::Unexpected, error.to_string()))
}

impl From<Error> for ImageTrouble {
    fn from(error: Error) -> Self {
        Self::of_client(kind(&error), error)
    }
}

fn kind(error: &Error) -> FailureKind {
    match error.kind() {
        ErrorKind::Connect | ErrorKind::Tls | ErrorKind::Timeout | ErrorKind::Interrupted => {
            FailureKind::Unreachable
        }
        ErrorKind::RateLimited | ErrorKind::Server | ErrorKind::Conflict => FailureKind::Unavailable,
        ErrorKind::Unauthorized | ErrorKind::TokenInvalid | ErrorKind::Forbidden => FailureKind::Denied,
        ErrorKind::Quota => FailureKind::QuotaExceeded,
        ErrorKind::WrongDigest => FailureKind::ContentDamaged,
        ErrorKind::Precondition => FailureKind::TagImmutable,
        ErrorKind::NotFound => FailureKind::SourceMissing,
        ErrorKind::Invalid | ErrorKind::TooLarge | ErrorKind::Unsupported => FailureKind::Refused,
        _ => FailureKind::Unexpected,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn what_a_client_says_is_kept() {
        // Nobody listens there.
        let client = RegistryClient::builder().url("http://127.0.0.1:1").build().unwrap();
        let image = "retail-shop/web:1.4".parse().unwrap();
        let trouble = ImageRegistry::digest(&client, &image).await.unwrap_err();
        assert_eq!(trouble.kind, FailureKind::Unreachable);
        let error = crate::Error::from(trouble);
        assert_eq!((error.kind(), error.code()), (crate::ErrorKind::Registry, "client.registry.connect"));
        assert!(error.is_retryable());
        assert_eq!(error.client().unwrap().kind(), ErrorKind::Connect);
    }
}
