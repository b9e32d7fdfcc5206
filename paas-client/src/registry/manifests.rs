//! Calls about manifests.

use super::{
    Descriptor, Digest, Manifest, Pushed, Reference, RegistryClient, RepositoryName,
    answer::Answer,
    auth::Scopes,
    client::path,
    configuration, manifest,
    media_type::{KNOWN, OLD, accepted, bare},
    way::{Whole, wrong},
};
use crate::{
    ErrorKind, Result,
    body::Done,
    call::{Call, Effect, Path},
    transport::Method,
};

/// The header that tells a manifest's digest.
const DIGEST: &str = "docker-content-digest";

impl RegistryClient {
    /// The manifest or index of this tag or digest, if there is one: its bytes as they are, held against its digest.
    /// Formats are those of [`media_type`](super::media_type). Dropped: nothing has changed.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::WrongDigest`] if it is not what its digest says, [`ErrorKind::TooLarge`] over 4 MiB,
    /// [`ErrorKind::Unsupported`] for Docker's format of before 2016 (schema 1).
    pub async fn manifest(
        &self,
        repository: &RepositoryName,
        reference: &Reference,
    ) -> Result<Option<Manifest>> {
        let call = || read("manifest", Method::Get, repository, reference);
        match self.read::<Whole<Answer>>(call(), self.reading(repository)).await {
            Ok(answer) => received(&answer, reference, &call()).map(Some),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Digest, size and type of the manifest of this tag or digest, if there is one, without fetching it where the registry
    /// tells them so. Dropped: nothing has changed.
    ///
    /// # Errors
    ///
    /// As [`manifest`](Self::manifest).
    pub async fn manifest_descriptor(
        &self,
        repository: &RepositoryName,
        reference: &Reference,
    ) -> Result<Option<Descriptor>> {
        let call = || read("manifest_descriptor", Method::Head, repository, reference);
        let told = match self.read::<Whole<Answer>>(call(), self.reading(repository)).await {
            Ok(answer) => described(&answer, reference, &call())?,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            // An answer without a body may be anybody's; some do not know this method.
            Err(error) if matches!(error.status(), Some(404 | 405)) => None,
            Err(error) => return Err(error),
        };
        if told.is_some() {
            return Ok(told);
        }
        let manifest = self.manifest(repository, reference).await?;
        Ok(manifest.map(|manifest| manifest.descriptor()))
    }

    /// Puts a manifest under a tag or under its digest; the tag stands for it then, whatever it stood for before. All that
    /// it points at must be in the repository. Dropped: it may have been done.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Precondition`] if the tag is immutable, [`ErrorKind::Invalid`] if something that it points at is not
    /// there (the server's code is `MANIFEST_BLOB_UNKNOWN`), [`ErrorKind::Quota`] if there is no room,
    /// [`ErrorKind::WrongDigest`] if the registry has another digest for it.
    pub async fn put_manifest(
        &self,
        repository: &RepositoryName,
        reference: &Reference,
        manifest: &Manifest,
    ) -> Result<Pushed> {
        if matches!(reference, Reference::Digest(digest) if !digest.is_of(manifest.bytes())) {
            return Err(configuration("the manifest is to be put under a digest that is not its own"));
        }
        let make = || {
            let at = manifest_path(repository, reference);
            let mut call = Call::change("put_manifest", Method::Put, at, Some(manifest.bytes().to_vec()));
            call.headers.push(("content-type", manifest.media_type().to_owned()));
            call.effect = Effect::Idempotent;
            call
        };
        let answer: Answer = self.call(make(), Scopes::push(repository)).await?;
        let answer = answer.no_page(&make())?;
        let digest = digest_told(&answer, &make())?;
        if digest.as_ref().is_some_and(|digest| !digest.is_of(manifest.bytes())) {
            let words = "the registry has another digest for the manifest than it was sent";
            return Err(wrong(ErrorKind::WrongDigest, words, &make()));
        }
        Ok(Pushed {
            digest: digest.unwrap_or_else(|| manifest.digest().clone()),
            subject: answer.header("oci-subject").and_then(|subject| subject.parse().ok()),
        })
    }

    /// Removes a manifest by its digest, with all tags that stand for it; or only a tag, where the registry does that.
    /// Dropped: it may have been removed.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::NotFound`] if there is none, [`ErrorKind::Unsupported`] if deletion is switched off, or the removal of
    /// tags is not offered.
    pub async fn delete_manifest(&self, repository: &RepositoryName, reference: &Reference) -> Result<()> {
        let path = manifest_path(repository, reference);
        let deleted = self.delete("delete_manifest", path, Scopes::delete(repository)).await;
        deleted.map_err(|error| match reference {
            // Who removes by digest only takes the tag for a wrong one.
            Reference::Tag(_) if error.kind() == ErrorKind::WrongDigest => error.with(|details| {
                details.kind = ErrorKind::Unsupported;
                details.message = "the registry removes manifests by their digests only".to_owned();
            }),
            _ => error,
        })
    }

    /// A removal. What is gone when it is asked for again was removed the first time.
    pub(super) async fn delete(&self, operation: &'static str, path: Path, scopes: Scopes) -> Result<()> {
        let mut call = Call::change(operation, Method::Delete, path, None);
        call.effect = Effect::Idempotent;
        match self.call::<Done>(call, scopes).await {
            Ok(Done) => Ok(()),
            Err(error) if error.kind() == ErrorKind::NotFound && error.outcome_unknown() => Ok(()),
            Err(error) => Err(error),
        }
    }
}

fn manifest_path(repository: &RepositoryName, reference: &Reference) -> Path {
    path(repository, "manifests").id("{reference}", &reference.to_string())
}

fn read(operation: &'static str, method: Method, repository: &RepositoryName, reference: &Reference) -> Call {
    let mut call = Call::read(operation, manifest_path(repository, reference), Vec::new());
    call.method = method;
    call.most = manifest::LARGEST;
    call.headers.push(("accept", accepted()));
    call
}

/// A manifest that came, if it is what it should be.
pub(super) fn received(answer: &Answer, reference: &Reference, call: &Call) -> Result<Manifest> {
    let bytes = answer.response.body.clone();
    let told = digest_told(answer, call)?;
    let asked = match reference {
        Reference::Digest(digest) => Some(digest.clone()),
        Reference::Tag(_) => None,
    };
    if [&told, &asked].into_iter().flatten().any(|digest| !digest.is_of(&bytes)) {
        return Err(wrong(ErrorKind::WrongDigest, "the manifest is not what its digest says", call));
    }
    let media_type = media_type(answer, &bytes, call)?;
    let digest = asked.or(told).unwrap_or_else(|| Digest::of(&bytes));
    Ok(Manifest::of(media_type, bytes, digest))
}

/// What kind of manifest it is: as the registry says. If it says only that it is text or JSON, as the manifest says itself.
fn media_type(answer: &Answer, bytes: &[u8], call: &Call) -> Result<String> {
    #[derive(serde::Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Own {
        media_type: Option<String>,
    }
    let told = answer.header("content-type").map(bare).unwrap_or_default();
    if known(told, call)? {
        return Ok(told.to_owned());
    }
    let own = serde_json::from_slice::<Own>(bytes).ok().and_then(|own| own.media_type).unwrap_or_default();
    if known(&own, call)? {
        return Ok(own);
    }
    Err(wrong(ErrorKind::Protocol, "the answer is not a manifest of a type that was asked for", call))
}

/// Whether it is a type that is read. Those of schema 1 are refused.
fn known(media_type: &str, call: &Call) -> Result<bool> {
    if OLD.contains(&media_type) {
        return Err(wrong(
            ErrorKind::Unsupported,
            "the image has Docker's format of before 2016 (schema 1), which cannot be copied as it is",
            call,
        ));
    }
    Ok(KNOWN.contains(&media_type))
}

/// What the head of an answer tells of a manifest, if it tells all.
fn described(answer: &Answer, reference: &Reference, call: &Call) -> Result<Option<Descriptor>> {
    let media_type = answer.header("content-type").map(bare).unwrap_or_default();
    if !known(media_type, call)? {
        return Ok(None);
    }
    let told = digest_told(answer, call)?;
    let digest = match (reference, told) {
        (Reference::Digest(asked), Some(told)) if asked.algorithm() == told.algorithm() && *asked != told => {
            return Err(wrong(
                ErrorKind::WrongDigest,
                "the registry has another digest for the manifest",
                call,
            ));
        }
        (Reference::Digest(asked), _) => Some(asked.clone()),
        (Reference::Tag(_), told) => told,
    };
    let size = answer.header("content-length").and_then(|length| length.parse().ok());
    Ok(digest.zip(size).map(|(digest, size)| Descriptor::new(media_type, digest, size)))
}

/// The digest that an answer tells.
pub(super) fn digest_told(answer: &Answer, call: &Call) -> Result<Option<Digest>> {
    let Some(digest) = answer.header(DIGEST) else { return Ok(None) };
    let digest = digest
        .parse()
        .map_err(|_| wrong(ErrorKind::Protocol, "the registry tells a digest that is none", call));
    digest.map(Some)
}
