//! Calls that bring blobs into a repository.

use super::{
    Digest, Mount, RegistryClient, RepositoryName, Upload, UploadBody,
    answer::Answer,
    auth::{Scopes, Session},
    blobs::differs,
    client::path,
    manifests::digest_told,
    way::wrong,
};
use crate::{
    ErrorKind, Result,
    body::Done,
    call::{Call, Effect, Path},
    transport::Method,
};
use secrecy::ExposeSecret;
use url::Url;

/// The kind of all blobs on their way.
const OCTETS: &str = "application/octet-stream";

impl RegistryClient {
    /// Takes a blob over from another repository of the same registry, without sending it. The login needs to push here and
    /// to pull there; if it may not pull there, an upload is begun. Dropped: it may have been done.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Forbidden`] if it may not push here.
    pub async fn mount_blob(
        &self,
        repository: &RepositoryName,
        digest: &Digest,
        from: &RepositoryName,
    ) -> Result<Mount> {
        let call = || {
            let mut call = begin("mount_blob", repository);
            call.query =
                vec![("mount".to_owned(), digest.to_string()), ("from".to_owned(), from.to_string())];
            call
        };
        match self.call::<Answer>(call(), Scopes::mount(repository, from)).await {
            Ok(answer) if answer.response.status == 201 => {
                if digest_told(&answer, &call())?.is_some_and(|told| differs(digest, &told)) {
                    return Err(wrong(
                        ErrorKind::WrongDigest,
                        "the registry has mounted another blob",
                        &call(),
                    ));
                }
                Ok(Mount::Mounted)
            }
            Ok(answer) => begun(repository, &answer, &call()).map(Mount::Upload),
            // Together they are too much; one may do.
            Err(error) if error.kind() == ErrorKind::Forbidden => {
                self.start_upload(repository).await.map(Mount::Upload)
            }
            Err(error) => Err(error),
        }
    }

    /// Begins an upload. Dropped: one may have been begun, which the registry forgets after a while.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Forbidden`] if the login may not push here.
    pub async fn start_upload(&self, repository: &RepositoryName) -> Result<Upload> {
        let call = || begin("start_upload", repository);
        let answer: Answer = self.call(call(), Scopes::push(repository)).await?;
        begun(repository, &answer, &call())
    }

    /// Uploads a blob in one go: begins an upload and ends it with all of the content. Not tried again by itself, since the
    /// content comes once: where [`is_retryable`](crate::Error::is_retryable) says so, ask whether it is there, then try
    /// again. Dropped: it may have been done.
    ///
    /// # Errors
    ///
    /// As [`finish_upload`](Self::finish_upload).
    pub async fn upload_whole(
        &self,
        repository: &RepositoryName,
        digest: &Digest,
        body: UploadBody,
    ) -> Result<()> {
        let mut upload = self.start_upload(repository).await?;
        self.finish_upload(&mut upload, digest, Some(body)).await
    }

    /// Sends the next chunk of an upload; it stands behind those before. Not tried again by itself. After a failure, what
    /// the registry has of it is told by [`upload_status`](Self::upload_status). Dropped: a part may have arrived.
    ///
    /// After success, [`Upload::offset`] is how much the registry says it has: that may be less than was sent.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Conflict`] if the upload is elsewhere than thought, [`ErrorKind::NotFound`] if the registry does not know
    /// it any more, or [`ErrorKind::Invalid`] if it has given it up: begin anew.
    pub async fn upload_chunk(&self, upload: &mut Upload, body: UploadBody) -> Result<()> {
        let Some(range) = range(upload.offset, body.length()) else { return Ok(()) };
        let sent = upload.offset.saturating_add(body.length());
        let mut call = of(upload, "upload_chunk", Method::Patch);
        call.headers.push(("content-type", OCTETS.to_owned()));
        call.headers.push(("content-range", range));
        let answer = self.send(upload, &mut call, body).await?;
        upload.note(&answer, sent, &call)
    }

    /// Asks how far an upload is, and notes it: the bytes that the registry has. Dropped: nothing has changed.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::NotFound`] if the registry does not know it any more, or [`ErrorKind::Invalid`] if it has given it up:
    /// begin anew.
    pub async fn upload_status(&self, upload: &mut Upload) -> Result<u64> {
        let call = || {
            let mut call = of(upload, "upload_status", Method::Get);
            call.effect = Effect::None;
            call
        };
        let about = call();
        let answer: Answer = self.call(call(), Scopes::push(&upload.repository)).await?;
        let answer = answer.no_page(&about)?;
        let known = upload.offset;
        upload.note(&answer, known, &about)?;
        Ok(upload.offset)
    }

    /// Ends an upload, with the rest of the content if there is one: the blob is there then. The registry holds it against
    /// the digest. Not tried again by itself. Dropped: it may have been done.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::WrongDigest`] if the content is not what the digest says, [`ErrorKind::Quota`] if there is no room, the
    /// error of `rest` if its source failed; else as [`upload_chunk`](Self::upload_chunk).
    pub async fn finish_upload(
        &self,
        upload: &mut Upload,
        digest: &Digest,
        rest: Option<UploadBody>,
    ) -> Result<()> {
        let mut call = of(upload, "finish_upload", Method::Put);
        let mut url = Url::parse(upload.location.expose_secret())
            .map_err(|_| wrong(ErrorKind::Configuration, "the upload has no address", &call))?;
        url.query_pairs_mut().append_pair("digest", &digest.to_string());
        call.address = Some(url.as_str().into());
        let rest = rest.unwrap_or_else(|| UploadBody::whole(""));
        if rest.length() == 0 {
            call.headers.push(("content-length", "0".to_owned()));
        } else {
            call.headers.push(("content-type", OCTETS.to_owned()));
            // In one go there is no need to say it, and some do not read it then.
            let range = range(upload.offset, rest.length()).filter(|_| upload.offset > 0);
            call.headers.extend(range.map(|range| ("content-range", range)));
        }
        let answer = self.send(upload, &mut call, rest).await?;
        if digest_told(&answer, &call)?.is_some_and(|told| differs(digest, &told)) {
            return Err(wrong(ErrorKind::WrongDigest, "the registry has another digest for the blob", &call));
        }
        Ok(())
    }

    /// Gives an upload up, so that the registry frees what it holds of it. One that it does not know any more counts as
    /// given up. Dropped: it may have been done.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Forbidden`] if the login may push but not delete here: some registries want both.
    pub async fn cancel_upload(&self, upload: &Upload) -> Result<()> {
        let mut call = of(upload, "cancel_upload", Method::Delete);
        call.effect = Effect::Idempotent;
        match self.call::<Done>(call, Scopes::delete(&upload.repository)).await {
            Ok(Done) => Ok(()),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
            Err(error) => Err(error),
        }
    }

    /// Sends a body, with a login if it goes to the registry itself.
    async fn send(&self, upload: &Upload, call: &mut Call, body: UploadBody) -> Result<Answer> {
        if !self.is_ours(call) {
            return self.core.send(call, body).await?.no_page(call);
        }
        let mut session = Session::new(&self.auth, &self.core, Scopes::push(&upload.repository));
        session.authorize(call).await?;
        let answer = self.core.send(call, body).await.map_err(|error| match error.kind() {
            ErrorKind::Unauthorized if error.status() == Some(401) => session.refused_once(error),
            _ => error,
        });
        answer?.no_page(call)
    }
}

impl Upload {
    /// Notes what an answer tells: where the next piece goes, and how far the upload is. If it does not say how far, it has
    /// what was sent.
    fn note(&mut self, answer: &Answer, sent: u64, call: &Call) -> Result<()> {
        if let Some(location) = answer.location(call)? {
            self.location = location;
        }
        self.least =
            answer.header("oci-chunk-min-length").and_then(|least| least.parse().ok()).or(self.least);
        let last = answer.header("range").and_then(last_byte);
        self.offset = match last {
            // Some say this of one byte and of none.
            Some(0) => sent.min(1),
            Some(last) => last.saturating_add(1),
            None => sent,
        };
        Ok(())
    }
}

/// The last byte that the registry has: `0-1023`.
fn last_byte(range: &str) -> Option<u64> {
    let range = range.strip_prefix("bytes").map_or(range, |range| range.trim_start_matches(['=', ' ']));
    let (start, last) = range.split_once('-')?;
    (start.trim() == "0").then(|| last.trim().parse().ok())?
}

/// The header `Content-Range` of a chunk; none if it is empty.
fn range(offset: u64, length: u64) -> Option<String> {
    let last = offset.checked_add(length.checked_sub(1)?)?;
    Some(format!("{offset}-{last}"))
}

fn uploads(repository: &RepositoryName) -> Path {
    path(repository, "blobs").at("uploads").at("")
}

/// A call that begins an upload. Begun twice, one is forgotten.
fn begin(operation: &'static str, repository: &RepositoryName) -> Call {
    let mut call = Call::change(operation, Method::Post, uploads(repository), None);
    call.headers.push(("content-length", "0".to_owned()));
    call.effect = Effect::Idempotent;
    call
}

/// An upload that has begun.
fn begun(repository: &RepositoryName, answer: &Answer, call: &Call) -> Result<Upload> {
    let Some(location) = answer.location(call)? else {
        return Err(wrong(ErrorKind::Protocol, "the registry does not say where the upload goes", call));
    };
    let mut upload = Upload { repository: repository.clone(), location, offset: 0, least: None };
    upload.note(answer, 0, call)?;
    Ok(upload)
}

/// A call about an upload.
fn of(upload: &Upload, operation: &'static str, method: Method) -> Call {
    let path = Path {
        real: uploads(&upload.repository).real,
        template: "/v2/{repository}/blobs/uploads/{upload}".to_owned(),
    };
    let mut call = Call::change(operation, method, path, None);
    call.address = Some(upload.location.clone());
    call
}

#[cfg(test)]
mod tests {
    use super::{last_byte, range};

    #[test]
    fn ranges_are_written_and_read() {
        assert_eq!(range(0, 1).as_deref(), Some("0-0"));
        assert_eq!(range(5, 10).as_deref(), Some("5-14"));
        assert_eq!((range(5, 0), range(u64::MAX, 2)), (None, None));
        for (written, last) in [
            ("0-0", Some(0)),
            ("0-1023", Some(1023)),
            ("bytes=0-7", Some(7)),
            ("bytes 0-7", Some(7)),
            ("3-7", None),
            ("0-", None),
            ("", None),
        ] {
            assert_eq!(last_byte(written), last, "{written}");
        }
    }
}
