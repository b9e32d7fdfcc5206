//! The list of what is about a manifest, in registries that do not keep it by themselves: an index under a tag.

use super::Run;
use crate::{
    CopyErrorKind, Side,
    destination::{Entry, Key},
    error::{CopyError, Result},
};
use paas_client::registry::{Content, Descriptor, Digest, Manifest, Reference, media_type};
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// The field of an index that holds its entries.
const ENTRIES: &str = "manifests";

impl Run {
    /// Writes into the list of what is about `subject` that this manifest is. What stands there stays. No registry can do that
    /// in one: of two processes that write at once, one may be lost until it copies again.
    pub(super) async fn list(&self, subject: &Digest, manifest: &Manifest) -> Result<()> {
        let (place, known) = (self.destination(), &self.at_destination);
        let tag = subject.fallback_tag();
        let key = Key::List(place.repository.clone(), tag.to_string());
        // Of this process, one at a time.
        let lead = loop {
            match known.flights.enter(&key) {
                Entry::Lead(lead) => break lead,
                Entry::Wait(waiting) => {
                    if !self.waits(waiting).await {
                        break known.flights.take_over(&key);
                    }
                }
            }
        };
        self.leads(&lead, self.add(subject, Reference::Tag(tag), manifest)).await
    }

    /// Writes into the list under this tag that this manifest is about `subject`.
    async fn add(&self, subject: &Digest, reference: Reference, manifest: &Manifest) -> Result<()> {
        let place = self.destination();
        let there = place.client.manifest(&place.repository, &reference);
        // GitLab's registry takes the tag for the digest, and gives the manifest itself.
        let there = self.ask(Side::Destination, there).await?.filter(|there| !subject.is_of(there.bytes()));
        if let Some(list) = self.listed(there.as_ref(), manifest)? {
            self.put_once(&reference, &list).await?;
        }
        Ok(())
    }

    /// The list with this manifest in it; `None` if it is there already.
    fn listed(&self, there: Option<&Manifest>, manifest: &Manifest) -> Result<Option<Manifest>> {
        let entry = serde_json::to_value(entry(manifest)).map_err(|_| self.cannot_list(there))?;
        let list = match there {
            None => json!({"schemaVersion": 2, "mediaType": media_type::OCI_INDEX, ENTRIES: [entry]}),
            Some(there) => {
                // Somebody else's image of that name is not touched.
                let Ok(Content::Index { manifests, .. }) = there.content() else {
                    return Err(self.cannot_list(Some(there)));
                };
                if manifests.iter().any(|listed| listed.digest == *manifest.digest()) {
                    return Ok(None);
                }
                let mut list: Value =
                    serde_json::from_slice(there.bytes()).map_err(|_| self.cannot_list(Some(there)))?;
                let entries = list.get_mut(ENTRIES).and_then(Value::as_array_mut);
                entries.ok_or_else(|| self.cannot_list(Some(there)))?.push(entry);
                list
            }
        };
        let kind = there.map_or(media_type::OCI_INDEX, Manifest::media_type);
        let list = Manifest::new(kind, list.to_string())
            .map_err(|error| self.at(Side::Destination, CopyError::from_client(error, Side::Destination)))?;
        Ok(Some(list))
    }

    fn cannot_list(&self, there: Option<&Manifest>) -> CopyError {
        let message = "the tag under which signatures and the like are listed has something else";
        let error = self.fails(Side::Destination, CopyErrorKind::TagConflict, message);
        error.with_found(there.map(|there| there.digest().clone()))
    }
}

/// What stands in the list of a manifest.
fn entry(manifest: &Manifest) -> Descriptor {
    #[derive(Deserialize)]
    struct Noted {
        annotations: Option<BTreeMap<String, String>>,
    }
    let mut entry = manifest.descriptor();
    entry.artifact_type = match manifest.content() {
        Ok(Content::Image { artifact_type, .. }) => Some(artifact_type),
        Ok(Content::Index { artifact_type, .. }) => artifact_type,
        _ => None,
    };
    let noted = serde_json::from_slice::<Noted>(manifest.bytes()).ok();
    entry.annotations = noted.and_then(|noted| noted.annotations).unwrap_or_default();
    entry
}

/// What a manifest is about, if it says so.
pub(super) fn subject(content: &Content) -> Option<&Descriptor> {
    match content {
        Content::Image { subject, .. } | Content::Index { subject, .. } => subject.as_ref(),
        _ => None,
    }
}
