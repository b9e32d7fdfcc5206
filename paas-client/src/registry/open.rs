//! Calls whose bodies go piece by piece.

use super::{UploadBody, answer::Answer, watch::Watch};
use crate::{
    ErrorKind, Result,
    body::Expected,
    call::{Call, Core, Place, Tries, nowhere},
    redact::Redactor,
    time::{unless, within},
    transport::{ByteStream, Response, SizedStream, Streamed, TransportError, TransportErrorKind},
};
use std::{
    fmt,
    sync::atomic::{AtomicBool, Ordering},
};
use tokio::sync::OwnedSemaphorePermit;
use tracing::{Instrument, Span};

/// A good answer whose body is still to come. It holds a place among those that read from the server.
pub(super) struct Opened {
    pub(super) head: Response,
    pub(super) body: ByteStream,
    _permit: Option<OwnedSemaphorePermit>,
}

/// What a good answer is judged to be before its body is read.
struct Good;

impl Expected for Good {
    fn read(_: &Response, _: usize, _: &Redactor) -> Result<Self> {
        Ok(Self)
    }
}

impl Core {
    /// Asks until there is a good answer to be read, as often as the policy allows. For calls that only read.
    pub(super) async fn open(&self, call: &Call) -> Result<Opened> {
        async {
            let mut tries = Tries::new(self);
            loop {
                match self.open_once(call, &mut tries).await {
                    Ok(opened) => return Ok(opened),
                    Err(error) => tries.after(error, true).await?,
                }
            }
        }
        .instrument(self.span(call))
        .await
    }

    async fn open_once(&self, call: &Call, tries: &mut Tries<'_>) -> Result<Opened> {
        tries.begin();
        let mut last = None;
        for place in self.places(call) {
            let result = self.open_at(call, &place).await.map_err(|error| self.place(error, call, &place));
            self.note_health(&place, &result);
            match result {
                Ok(opened) => {
                    self.budget.refill();
                    return Ok(opened);
                }
                Err(error) if matches!(error.kind(), ErrorKind::Connect | ErrorKind::Tls) => {
                    last = Some(error);
                }
                Err(error) => return Err(error),
            }
        }
        Err(last.unwrap_or_else(nowhere))
    }

    async fn open_at(&self, call: &Call, place: &Place<'_>) -> Result<Opened> {
        let exchange = async {
            let permit = match place.endpoint {
                Some(endpoint) => endpoint.streams().acquire_owned().await.ok(),
                None => None,
            };
            let answer = self.transport.stream(self.request(call, place), None).await;
            (answer, permit)
        };
        let Some((answer, permit)) = within(&*self.clock, self.limits.total, exchange).await else {
            return Err(self.late(call, false));
        };
        let Streamed { mut head, mut body, .. } = answer.map_err(|error| self.lost(call, &error))?;
        Span::current().record("status", head.status);
        if head.status >= 300 {
            let filled = self.fill(&mut head, &mut body, self.limits.error_answer).await;
            // Docker's registry promises the length of the blob here, and sends a sentence.
            if head.status != 416 {
                filled.map_err(|error| self.lost(call, &error))?;
            }
        }
        self.judge::<Good>(call, place, &head)?;
        Ok(Opened { head, body, _permit: permit })
    }

    /// Sends a body, once. What the server may have of it afterwards only the server knows.
    pub(super) async fn send(&self, call: &Call, body: UploadBody) -> Result<Answer> {
        async {
            Tries::new(self).begin();
            let Some(place) = self.places(call).into_iter().next() else { return Err(nowhere()) };
            let (body, watch) = Watch::over(body, &self.clock);
            let result = self.send_to(call, &place, body, &watch).await;
            if let Err(error) = &result
                && error.status().is_none()
                && let Some(failure) = watch.failure()
            {
                // The server did not get all of it, and is not to blame.
                return Err(failure);
            }
            let result =
                result.map_err(|error| self.place(error, call, &place).with(|details| details.attempts = 1));
            self.note_health(&place, &result);
            if result.is_ok() {
                self.budget.refill();
            }
            result
        }
        .instrument(self.span(call))
        .await
    }

    async fn send_to(
        &self,
        call: &Call,
        place: &Place<'_>,
        body: SizedStream,
        watch: &Watch,
    ) -> Result<Answer> {
        // However long: who has a place sends, or is given up for standing still. The server is not to blame.
        let _permit = match place.endpoint {
            Some(endpoint) => endpoint.uploads().acquire().await.ok(),
            None => None,
        };
        watch.begin(self.clock.now());
        let was_sent = AtomicBool::new(false);
        let exchange = async {
            was_sent.store(true, Ordering::Relaxed);
            let Streamed { mut head, mut body, .. } =
                self.transport.stream(self.request(call, place), Some(body)).await?;
            self.fill(&mut head, &mut body, self.limits.error_answer).await?;
            Ok(head)
        };
        let stalled = watch.stalled(&*self.clock, self.limits.read, self.limits.total);
        match unless(stalled, exchange).await {
            Some(Ok(answer)) => {
                Span::current().record("status", answer.status);
                self.judge(call, place, &answer)
            }
            Some(Err(error)) => Err(self.lost(call, &error)),
            None => Err(self.late(call, was_sent.into_inner())),
        }
    }

    /// Reads a short body.
    async fn fill(
        &self,
        head: &mut Response,
        body: &mut ByteStream,
        most: usize,
    ) -> Result<(), TransportError> {
        loop {
            let Some(piece) = within(&*self.clock, self.limits.read, body.next()).await else {
                return Err(TransportError::new(TransportErrorKind::Timeout, "the server is silent"));
            };
            let Some(piece) = piece.transpose()? else { return Ok(()) };
            let room = most.saturating_sub(head.body.len());
            head.body.extend(piece.iter().take(room));
            if piece.len() > room {
                head.is_cut = true;
                return Ok(());
            }
        }
    }
}

impl fmt::Debug for Opened {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.head.fmt(f)
    }
}
