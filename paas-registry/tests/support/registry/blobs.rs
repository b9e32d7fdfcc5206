//! Blobs that are there.

use super::{
    Registry,
    answers::{Answered, refused},
    header,
};
use paas_client::{
    registry::Digest,
    transport::{Method, Request},
};

const OCTETS: &str = "application/octet-stream";

impl Registry {
    pub(super) fn blob(&self, request: &Request, repository: &str, digest: &str) -> Answered {
        let Ok(digest) = digest.parse::<Digest>() else { return refused(400, "DIGEST_INVALID") };
        let state = self.state();
        let blob = state.repositories.get(repository).and_then(|repository| repository.blobs.get(&digest));
        let Some(blob) = blob.cloned() else { return refused(404, "BLOB_UNKNOWN") };
        drop(state);
        let told = digest.to_string();
        if request.method == Method::Head {
            let mut answer = Answered::new(200, OCTETS, Vec::new()).header("docker-content-digest", &told);
            for (name, value) in &mut answer.head.headers {
                if name == "content-length" {
                    *value = blob.len().to_string();
                }
            }
            return answer;
        }
        let from = header(request, "range").filter(|_| self.manners().ranges);
        let from =
            from.and_then(|range| range.strip_prefix("bytes=")?.strip_suffix('-')?.parse::<usize>().ok());
        let mut answer = match from {
            Some(from) if from >= blob.len() => refused(416, "RANGE_INVALID"),
            Some(from) => {
                let range = format!("bytes {from}-{}/{}", blob.len() - 1, blob.len());
                Answered::new(206, OCTETS, blob[from..].to_vec()).header("content-range", &range)
            }
            None => Answered::new(200, OCTETS, blob.to_vec()),
        };
        answer.is_blob = true;
        answer.header("docker-content-digest", &told)
    }
}
