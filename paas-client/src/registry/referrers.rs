//! What is about a manifest: signatures, bills of materials.

use super::{
    Content, Descriptor, Digest, Manifest, Reference, RegistryClient, RepositoryName,
    answer::{Answer, header},
    client::path,
    link,
    manifest::LARGEST,
    media_type::OCI_INDEX,
    way::{Whole, wrong},
};
use crate::{
    ErrorKind, Items, Result,
    call::Call,
    list::{Page, Query},
};
use std::collections::VecDeque;

/// What is asked about.
#[derive(Clone)]
struct Wanted {
    repository: RepositoryName,
    digest: Digest,
    artifact_type: Option<String>,
}

impl RegistryClient {
    /// Lists the manifests that are about this one: signatures, bills of materials; of one kind if it is given. A registry
    /// that does not note them has them under [a tag](Digest::fallback_tag) that tells of the digest: that is looked up
    /// then. Dropped: nothing has changed.
    #[must_use]
    pub fn referrers(
        &self,
        repository: &RepositoryName,
        digest: &Digest,
        artifact_type: Option<&str>,
    ) -> Items<Descriptor> {
        let at = path(repository, "referrers").id("{digest}", &digest.to_string());
        let query: Query =
            artifact_type.map(|kind| ("artifactType".to_owned(), kind.to_owned())).into_iter().collect();
        let wanted = Wanted {
            repository: repository.clone(),
            digest: digest.clone(),
            artifact_type: artifact_type.map(str::to_owned),
        };
        let (client, here) = (self.clone(), at.clone());
        Items::new(&self.core, "referrers", at, query, move |query| {
            let mut call = Call::read("referrers", here.clone(), query);
            call.headers.push(("accept", OCI_INDEX.to_owned()));
            call.most = LARGEST;
            let (client, wanted) = (client.clone(), wanted.clone());
            Box::pin(async move { client.page_of_referrers(call, &wanted).await })
        })
    }

    async fn page_of_referrers(&self, mut call: Call, wanted: &Wanted) -> Result<Page<Descriptor>> {
        let is_first = call.query.iter().all(|(name, _)| name == "artifactType");
        let about = Call::read(call.operation, call.path.clone(), Vec::new());
        let answer = self.authorized::<Whole<Answer>>(&mut call, self.reading(&wanted.repository));
        let (manifests, next) = match answer.await {
            Ok(Answer { response, .. }) => {
                let next = link::next(&response);
                let is_filtered = header(&response, "oci-filters-applied")
                    .is_some_and(|filters| filters.split(',').any(|filter| filter.trim() == "artifactType"));
                let manifests = index(response.body, &about)?;
                (if is_filtered { manifests } else { wanted.of_kind(manifests) }, next)
            }
            // A registry that notes them always has a list, if an empty one. Who has not is not always the registry's code
            // that says so; whether it is the registry will be seen by the tag.
            Err(error) if is_first && matches!(error.status(), Some(404 | 405)) => {
                let reference = Reference::Tag(wanted.digest.fallback_tag());
                let manifests = match self.manifest(&wanted.repository, &reference).await? {
                    Some(manifest) => listed(&manifest)?,
                    None => Vec::new(),
                };
                (wanted.of_kind(manifests), None)
            }
            Err(error) => return Err(error),
        };
        Ok(Page { items: VecDeque::from(manifests), next, is_partial: false })
    }
}

impl Wanted {
    fn of_kind(&self, mut manifests: Vec<Descriptor>) -> Vec<Descriptor> {
        if let Some(kind) = &self.artifact_type {
            manifests.retain(|manifest| manifest.artifact_type.as_ref() == Some(kind));
        }
        manifests
    }
}

/// The manifests of an index that came.
fn index(bytes: Vec<u8>, call: &Call) -> Result<Vec<Descriptor>> {
    Manifest::new(OCI_INDEX, bytes)
        .and_then(|index| listed(&index))
        .map_err(|error| wrong(ErrorKind::Protocol, error.message(), call))
}

fn listed(index: &Manifest) -> Result<Vec<Descriptor>> {
    match index.content()? {
        Content::Index { manifests, .. } => Ok(manifests),
        // Somebody else's tag of that name.
        Content::Image { .. } => Ok(Vec::new()),
    }
}
