//! The body of a request as it comes.

use super::state::{Work, Working};
use paas_client::transport::{Method, Request, SizedStream, TransportError};
use std::{sync::Arc, time::Duration};

/// The pieces of a body.
pub(crate) struct Pieces {
    whole: Option<Vec<u8>>,
    stream: Option<SizedStream>,
    received: u64,
    breaks_after: Option<u64>,
    slow: Duration,
    _working: Option<Working>,
}

impl Pieces {
    pub(crate) fn new(
        request: &Request,
        stream: Option<SizedStream>,
        work: &Arc<Work>,
        slow: Duration,
    ) -> Self {
        let is_blob =
            matches!(request.method, Method::Put | Method::Patch) && request.path().contains("/uploads/");
        let _working = is_blob.then(|| work.writes());
        Self { whole: request.body.clone(), stream, received: 0, breaks_after: None, slow, _working }
    }

    pub(crate) fn breaks_after(&mut self, bytes: u64) {
        self.breaks_after = Some(bytes);
    }

    pub(crate) fn received(&self) -> u64 {
        self.received
    }

    /// The next piece; an error if the connection breaks.
    pub(crate) async fn next(&mut self) -> Result<Option<Vec<u8>>, TransportError> {
        if self.breaks_after == Some(0) {
            return Err(super::broken());
        }
        tokio::time::sleep(self.slow).await;
        let piece = match (&mut self.whole, &mut self.stream) {
            (Some(whole), _) => Some(std::mem::take(whole)).filter(|piece| !piece.is_empty()),
            (None, Some(stream)) => match stream.bytes.next().await {
                Some(piece) => Some(piece?.to_vec()),
                None => None,
            },
            (None, None) => None,
        };
        let Some(mut piece) = piece else {
            let told = self.stream.as_ref().map_or(0, |stream| stream.length);
            // Fewer bytes than were told: the connection is closed in the middle.
            return if self.received < told { Err(super::broken()) } else { Ok(None) };
        };
        if let Some(left) = &mut self.breaks_after {
            piece.truncate(usize::try_from(*left).unwrap());
            *left -= piece.len() as u64;
        }
        self.received += piece.len() as u64;
        Ok(Some(piece))
    }

    pub(crate) async fn whole(&mut self) -> Result<Vec<u8>, TransportError> {
        let mut whole = Vec::new();
        while let Some(piece) = self.next().await? {
            whole.extend(piece);
        }
        Ok(whole)
    }
}
