//! What is about a manifest: signatures, bills of materials.

use super::{
    Content, Descriptor, Digest, Manifest, Reference, RegistryClient, RepositoryName,
    answer::Answer,
    client::path,
    link,
    manifest::LARGEST,
    media_type::{OCI_INDEX, bare},
    way::{Whole, wrong},
};
use crate::{
    Error, ErrorKind, Items, Result,
    call::Call,
    list::{Page, Query},
};
use serde::Deserialize;
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

    async fn page_of_referrers(&self, call: Call, wanted: &Wanted) -> Result<Page<Descriptor>> {
        let is_first = call.query.iter().all(|(name, _)| name == "artifactType");
        let about = Call::read(call.operation, call.path.clone(), Vec::new());
        let page = match self.read::<Whole<Answer>>(call, self.reading(&wanted.repository)).await {
            Ok(answer) => wanted.page(&answer, &about),
            Err(error) if is_first && self.has_no_list(&error) => Ok(None),
            Err(error) => Err(error),
        }?;
        match page {
            Some(page) => Ok(page),
            None if is_first => self.tagged_referrers(wanted).await,
            None => Err(wrong(ErrorKind::Protocol, "a page of the list is none", &about)),
        }
    }

    /// Whether a refusal means that the registry does not note what is about manifests. One that does always has a list, if
    /// an empty one. Who has not is not always the registry's code that says so; whether it is the registry, and accepts the
    /// login, will be seen by the tag.
    fn has_no_list(&self, error: &Error) -> bool {
        match error.status() {
            Some(400 | 404 | 405 | 406 | 501) => true,
            // Who wants a login says which.
            Some(401) if error.told().challenges.is_empty() => true,
            // GitHub's registry sends to its web site, which has no such page.
            Some(400..=499) => {
                error.endpoint().is_some_and(|endpoint| self.core.endpoints.of_origin(endpoint).is_none())
            }
            _ => false,
        }
    }

    /// Those of a registry that does not note them.
    async fn tagged_referrers(&self, wanted: &Wanted) -> Result<Page<Descriptor>> {
        let reference = Reference::Tag(wanted.digest.fallback_tag());
        let manifests = match self.manifest(&wanted.repository, &reference).await? {
            // GitLab's registry takes the tag for the digest. What an index holds is not about it.
            Some(manifest) if wanted.digest.is_of(manifest.bytes()) => Vec::new(),
            Some(manifest) => listed(&manifest)?,
            None => Vec::new(),
        };
        let items = VecDeque::from(wanted.of_kind(manifests));
        Ok(Page { items, next: None, is_partial: false })
    }
}

impl Wanted {
    /// A page that came; nothing if it is none, and does not say that it is one.
    fn page(&self, answer: &Answer, call: &Call) -> Result<Option<Page<Descriptor>>> {
        let manifests = match index(&answer.response.body, call) {
            Ok(manifests) => manifests,
            Err(error) if answer.header("content-type").map(bare) == Some(OCI_INDEX) => return Err(error),
            Err(_) => return Ok(None),
        };
        let is_filtered = answer
            .header("oci-filters-applied")
            .is_some_and(|filters| filters.split(',').any(|filter| filter.trim() == "artifactType"));
        let items = VecDeque::from(if is_filtered { manifests } else { self.of_kind(manifests) });
        Ok(Some(Page { items, next: link::next(&answer.response), is_partial: false }))
    }

    fn of_kind(&self, mut manifests: Vec<Descriptor>) -> Vec<Descriptor> {
        if let Some(kind) = &self.artifact_type {
            manifests.retain(|manifest| manifest.artifact_type.as_ref() == Some(kind));
        }
        manifests
    }
}

/// The manifests of an index that came.
fn index(bytes: &[u8], call: &Call) -> Result<Vec<Descriptor>> {
    match Manifest::new(OCI_INDEX, bytes.to_vec()).and_then(|index| listed(&index)) {
        // Of none, some write `null`.
        Err(_) if serde_json::from_slice::<OfNone>(bytes).is_ok() => Ok(Vec::new()),
        other => other.map_err(|error| wrong(ErrorKind::Protocol, error.message(), call)),
    }
}

/// A list with `null` in place of its entries.
#[derive(Deserialize)]
struct OfNone {
    #[serde(rename = "manifests")]
    _manifests: (),
}

fn listed(index: &Manifest) -> Result<Vec<Descriptor>> {
    match index.content()? {
        Content::Index { manifests, .. } => Ok(manifests),
        // Somebody else's tag of that name.
        Content::Image { .. } => Ok(Vec::new()),
    }
}
