//! Creations: asked for again only after a look-up.

use super::HarborClient;
use crate::{
    Error, ErrorKind, Result,
    body::{Done, Expected},
    call::{Call, Tries},
    redact::Redactor,
    transport::Response,
};
use std::str::FromStr;
use tracing::Instrument;

/// What was made, by the end of the header `Location`.
pub(super) struct Located(pub(super) u64);

impl Expected for Located {
    fn read(answer: &Response, _: usize, _: &Redactor) -> Result<Self> {
        let location = answer.first("location").unwrap_or_default();
        let path = location.split(['?', '#']).next().unwrap_or_default();
        let id = path.trim_end_matches('/').rsplit('/').next().and_then(|id| u64::from_str(id).ok());
        id.map(Self).ok_or_else(|| {
            Error::new(ErrorKind::Protocol, "the answer does not say in `Location` what was made")
        })
    }
}

impl HarborClient {
    /// Makes something that has an id. When it may have been made although there is no good answer, `look` tells whether it
    /// is there now: then that is the answer; else it is asked for again.
    pub(super) async fn create<T: From<u64>, L: Future<Output = Result<Option<T>>>>(
        &self,
        call: Call,
        look: impl Fn() -> L,
    ) -> Result<T> {
        self.make(call, |Located(id)| id.into(), look).await
    }

    /// As [`create`](Self::create), for what has no id.
    pub(super) async fn create_silent<L: Future<Output = Result<Option<()>>>>(
        &self,
        call: Call,
        look: impl Fn() -> L,
    ) -> Result<()> {
        self.make(call, |Done| (), look).await
    }

    async fn make<A: Expected, T, L: Future<Output = Result<Option<T>>>>(
        &self,
        call: Call,
        made: impl Fn(A) -> T,
        look: impl Fn() -> L,
    ) -> Result<T> {
        let core = &self.core;
        async {
            let mut tries = Tries::new(core);
            let mut was_sent = false;
            loop {
                let error = match core.once::<A>(&call, &mut tries).await {
                    Ok(answer) => return Ok(made(answer)),
                    Err(error) => error,
                };
                // What was sent before may have arrived after the look.
                let is_late = was_sent && error.kind() == ErrorKind::Exists;
                was_sent |= error.outcome_unknown();
                let unknown = |error: Error| error.with(|details| details.outcome_unknown |= was_sent);
                let is_done = matches!(error.status(), Some(200..=299)) && !error.is_retryable();
                if !is_done && !is_late {
                    tries.after(error.clone(), true).await.map_err(unknown)?;
                }
                if was_sent {
                    match look().await {
                        Ok(Some(made)) => return Ok(made),
                        Ok(None) if is_done || is_late => return Err(unknown(error)),
                        Ok(None) => {}
                        Err(error) => return Err(unknown(error)),
                    }
                }
            }
        }
        .instrument(core.span(&call))
        .await
    }
}
