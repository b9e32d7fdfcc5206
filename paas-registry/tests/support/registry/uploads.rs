//! Uploads.

use super::{
    Registry,
    answers::{Answered, refused},
    body::Pieces,
    header, parameter,
    state::{Kept, Upload},
};
use paas_client::{
    registry::Digest,
    transport::{Method, Request, TransportError},
};
use std::sync::Arc;

impl Registry {
    pub(super) async fn uploads(
        &self,
        request: &Request,
        repository: &str,
        number: &str,
        body: &mut Pieces,
    ) -> Result<Answered, TransportError> {
        if let Some(namespaces) = &self.manners().namespaces {
            let namespace = repository.split('/').next().unwrap_or_default();
            if !namespaces.contains(namespace) {
                return Ok(refused(404, "NAME_UNKNOWN"));
            }
        }
        if request.method == Method::Post {
            return Ok(self.begin(request, repository));
        }
        let Ok(number) = number.parse::<u64>() else { return Ok(refused(404, "BLOB_UPLOAD_UNKNOWN")) };
        let known = self.state().uploads.get(&number).map(|upload| upload.bytes.len());
        let Some(had) = known else { return Ok(refused(404, "BLOB_UPLOAD_UNKNOWN")) };
        match request.method {
            Method::Get => Ok(self.at(repository, number, 204)),
            Method::Delete => {
                self.state().uploads.remove(&number);
                Ok(Answered::empty(204))
            }
            _ => {
                let start =
                    header(request, "content-range").and_then(|range| range.split('-').next()?.parse().ok());
                if start.is_some_and(|start: usize| start != had) {
                    return Ok(refused(416, "RANGE_INVALID"));
                }
                let most = if request.method == Method::Patch { self.manners().takes } else { u64::MAX };
                self.takes(number, had, most, body).await?;
                match parameter(request, "digest") {
                    Some(digest) => Ok(self.finish(repository, number, &digest)),
                    None => Ok(self.at(repository, number, 202)),
                }
            }
        }
    }

    fn begin(&self, request: &Request, repository: &str) -> Answered {
        let mounts = self.manners().mounts;
        let mut state = self.state();
        if let (Some(digest), Some(from), true) =
            (parameter(request, "mount"), parameter(request, "from"), mounts)
        {
            let digest: Digest = digest.parse().unwrap();
            let blob = state.repositories.get(&from).and_then(|from| from.blobs.get(&digest)).cloned();
            if let Some(blob) = blob {
                state.repository(repository).blobs.insert(digest.clone(), blob);
                return Answered::empty(201).header("docker-content-digest", &digest.to_string());
            }
        }
        state.begun += 1;
        let number = state.begun;
        state.uploads.insert(number, Upload { repository: repository.to_owned(), bytes: Vec::new() });
        drop(state);
        self.at(repository, number, 202)
    }

    /// Where an upload is.
    fn at(&self, repository: &str, number: u64, status: u16) -> Answered {
        let size = self.state().uploads.get(&number).map_or(0, |upload| upload.bytes.len());
        let manners = self.manners().clone();
        let ahead = if status == 204 { manners.ahead } else { 0 };
        let size = size.min(manners.tells) + ahead;
        Answered::empty(status)
            .header("location", &format!("/v2/{repository}/blobs/uploads/{number}"))
            .header("range", &format!("0-{}", size.saturating_sub(1)))
    }

    /// Takes a body.
    async fn takes(
        &self,
        number: u64,
        had: usize,
        most: u64,
        body: &mut Pieces,
    ) -> Result<(), TransportError> {
        let most = usize::try_from(most).unwrap_or(usize::MAX);
        loop {
            let piece = body.next().await;
            let mut state = self.state();
            let Some(upload) = state.uploads.get_mut(&number) else { return Ok(()) };
            match piece {
                Ok(Some(piece)) => {
                    upload.bytes.extend(piece);
                    upload.bytes.truncate(had.saturating_add(most));
                }
                Ok(None) => return Ok(()),
                Err(error) => {
                    match self.manners().kept {
                        Kept::Part => {}
                        Kept::Before => upload.bytes.truncate(had),
                        Kept::Nothing => {
                            state.uploads.remove(&number);
                        }
                    }
                    return Err(error);
                }
            }
        }
    }

    fn finish(&self, repository: &str, number: u64, digest: &str) -> Answered {
        let mut state = self.state();
        let Ok(digest) = digest.parse::<Digest>() else { return refused(400, "DIGEST_INVALID") };
        let Some(upload) = state.uploads.remove(&number) else { return refused(404, "BLOB_UPLOAD_UNKNOWN") };
        assert_eq!(upload.repository, repository, "an upload is finished in another repository");
        if !digest.is_of(&upload.bytes) {
            return refused(400, "DIGEST_INVALID");
        }
        let keeps_blobs = self.manners().keeps_blobs;
        let blobs = &mut state.repository(repository).blobs;
        if !keeps_blobs || !blobs.contains_key(&digest) {
            blobs.insert(digest.clone(), Arc::new(upload.bytes));
        }
        Answered::empty(201).header("docker-content-digest", &digest.to_string())
    }
}
