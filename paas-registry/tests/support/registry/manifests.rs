//! Manifests.

use super::{
    Registry,
    answers::{Answered, refused},
    header,
};
use paas_client::{
    registry::{Content, Digest, Manifest, Reference, media_type},
    transport::{Method, Request},
};

impl Registry {
    pub(super) fn manifest(
        &self,
        request: &Request,
        repository: &str,
        reference: &str,
        body: Vec<u8>,
    ) -> Answered {
        let Ok(reference) = reference.parse::<Reference>() else { return refused(400, "TAG_INVALID") };
        if request.method == Method::Put {
            return self.takes_manifest(request, repository, &reference, body);
        }
        let state = self.state();
        let Some(there) = state.repositories.get(repository) else { return refused(404, "NAME_UNKNOWN") };
        let taken = match &reference {
            Reference::Tag(tag) if self.manners().tag_is_digest => {
                tag.as_str().replacen('-', ":", 1).parse::<Digest>().ok()
            }
            _ => None,
        };
        let digest = match &reference {
            Reference::Tag(tag) => there.tags.get(tag.as_str()).or(taken.as_ref()),
            Reference::Digest(digest) => Some(digest),
        };
        let Some(manifest) = digest.and_then(|digest| there.manifests.get(digest)) else {
            return refused(404, "MANIFEST_UNKNOWN");
        };
        Answered::new(200, manifest.media_type(), manifest.bytes().to_vec())
            .header("docker-content-digest", &manifest.digest().to_string())
    }

    fn takes_manifest(
        &self,
        request: &Request,
        repository: &str,
        reference: &Reference,
        body: Vec<u8>,
    ) -> Answered {
        let (manners, mut state) = (self.manners().clone(), self.state());
        if let Some(namespaces) = &manners.namespaces
            && !namespaces.contains(repository.split('/').next().unwrap_or_default())
        {
            return refused(404, "NAME_UNKNOWN");
        }
        let kind = header(request, "content-type").unwrap_or_default();
        let Ok(manifest) = Manifest::new(kind, body) else { return refused(400, "MANIFEST_INVALID") };
        let Ok(content) = manifest.content() else { return refused(400, "MANIFEST_INVALID") };
        let there = state.repository(repository);
        let lacks = there.lacks(&manifest, false);
        if !lacks.is_empty() {
            if manners.checks_content {
                return refused(400, "MANIFEST_BLOB_UNKNOWN");
            }
            let told = format!("{repository}: {} lacks {lacks:?}", manifest.digest());
            state.incomplete.push(told);
        }
        let there = state.repository(repository);
        let digest = manifest.digest().clone();
        if let Reference::Tag(tag) = reference {
            let is_moved = there.tags.get(tag.as_str()).is_some_and(|old| *old != digest);
            if is_moved && manners.immutable.contains(tag.as_str()) {
                return refused(412, "PRECONDITION");
            }
            there.tags.insert(tag.as_str().to_owned(), digest.clone());
        }
        there.manifests.insert(digest.clone(), manifest);
        let answer = Answered::empty(201).header("docker-content-digest", &digest.to_string());
        match content {
            Content::Image { subject: Some(subject), .. } | Content::Index { subject: Some(subject), .. }
                if manners.referrers =>
            {
                answer.header("oci-subject", &subject.digest.to_string())
            }
            _ => answer,
        }
    }

    pub(super) fn referrers(&self, request: &Request, repository: &str, digest: &str) -> Answered {
        if self.manners().endless {
            return endless(request);
        }
        if !self.manners().referrers {
            return Answered::text(404, "404 page not found");
        }
        let Ok(wanted) = digest.parse::<Digest>() else { return refused(400, "DIGEST_INVALID") };
        let state = self.state();
        let all = state.repositories.get(repository).into_iter().flat_map(|there| there.manifests.values());
        let about = all.filter_map(|manifest| match manifest.content() {
            Ok(Content::Image { subject: Some(subject), artifact_type, .. }) if subject.digest == wanted => {
                let mut entry = manifest.descriptor();
                entry.artifact_type = Some(artifact_type);
                Some(entry)
            }
            _ => None,
        });
        let about: Vec<_> = about.collect();
        let index =
            serde_json::json!({"schemaVersion": 2, "mediaType": media_type::OCI_INDEX, "manifests": about});
        Answered::new(200, media_type::OCI_INDEX, index.to_string().into())
    }
}

/// A page of a hundred that nobody has heard of, and where the next one is.
fn endless(request: &Request) -> Answered {
    let page: u32 = request.query().rsplit_once("page=").and_then(|(_, page)| page.parse().ok()).unwrap_or(0);
    let entry = |number: u32| {
        let digest = Digest::of(format!("{page} {number}"));
        paas_client::registry::Descriptor::new(media_type::OCI_MANIFEST, digest, 7)
    };
    let entries: Vec<_> = (0..100).map(entry).collect();
    let index =
        serde_json::json!({"schemaVersion": 2, "mediaType": media_type::OCI_INDEX, "manifests": entries});
    Answered::new(200, media_type::OCI_INDEX, index.to_string().into())
        .header("link", &format!("<{}?page={}>; rel=\"next\"", request.path(), page + 1))
}
