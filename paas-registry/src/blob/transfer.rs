//! Sending one blob, over breaks.

use super::bytes::{Bytes, is_resumable};
use crate::{
    CopyErrorKind, Side,
    error::{CopyError, Result},
    run::{How, Run, Share},
};
use paas_client::{
    ErrorKind,
    registry::{Descriptor, Upload},
};

/// The sending of a blob. It is tried as often as the caller thinks it worth; each time it goes on from where the last broke,
/// as far as the destination has kept that.
pub(crate) struct Transfer<'a> {
    pub(super) run: &'a Run,
    pub(super) blob: &'a Descriptor,
    bytes: Bytes,
    pub(super) upload: Option<Upload>,
    /// Nobody has looked whether the destination has the blob: the upload was begun because another repository did not give
    /// it.
    is_unseen: bool,
    /// The destination is to be asked how far the upload is.
    is_in_doubt: bool,
    /// The destination has refused a part of the blob: it is sent in one.
    is_in_one: bool,
    /// What was sent last was a part.
    was_part: bool,
    /// How often the destination found an upload invalid that parts were sent to.
    invalid: u32,
    /// How often something else answered when the destination was asked how far the upload is.
    strange: u32,
    /// The most that the destination was known to have.
    arrived: u64,
    /// How often what arrived was not what the digest says.
    damaged: u32,
    /// The size that the blob has at the destination, if it is there with another one than it should have.
    pub(super) cut: Option<u64>,
    /// The destination keeps it like that, whatever it is sent.
    pub(super) keeps_cut: bool,
}

impl<'a> Transfer<'a> {
    /// Sends a blob, by this upload if there is one.
    pub(crate) fn new(run: &'a Run, blob: &'a Descriptor, upload: Option<Upload>) -> Self {
        let bytes = Bytes::new(run.shared.clone(), Share::new(run.tally.clone()), blob);
        let is_unseen = upload.is_some();
        Self {
            run,
            blob,
            bytes,
            upload,
            is_unseen,
            is_in_doubt: false,
            is_in_one: false,
            was_part: false,
            invalid: 0,
            strange: 0,
            arrived: 0,
            damaged: 0,
            cut: None,
            keeps_cut: false,
        }
    }

    /// The most that the destination was known to have.
    pub(crate) fn arrived(&self) -> u64 {
        self.arrived
    }

    /// The blob did not come to the destination by this: what was sent of it is no progress.
    pub(crate) fn counts_for_nothing(&self) {
        self.bytes.counts_for_nothing();
    }

    /// Whether trying again gives the same.
    pub(crate) fn is_hopeless(&self, error: &CopyError) -> bool {
        let is_damaged = error.kind() == CopyErrorKind::ContentDamaged;
        (is_damaged && (self.damaged > 1 || self.keeps_cut)) || self.bytes.is_too_slow()
    }

    /// Tries to bring the destination to have the blob.
    ///
    /// Not all registries take a blob in parts: GitHub's refuses parts of more than 4 MiB, Amazon's tells of the first one
    /// alone. They get it in one.
    pub(crate) async fn attempt(&mut self) -> Result<How> {
        match self.attempt_once().await {
            Err(error) if self.refuses_parts(&error) => {
                tracing::debug!(
                    code = error.code(),
                    "the destination takes no parts; it gets the blob in one"
                );
                self.is_in_one = true;
                self.is_in_doubt = false;
                self.begin_anew().await;
                self.run.tally.retries.add(1);
                self.attempt_once().await
            }
            other => other,
        }
    }

    async fn attempt_once(&mut self) -> Result<How> {
        self.was_part = false;
        self.settle().await?;
        if self.is_unseen && self.is_there().await? {
            self.run.abandon(self.upload.take()).await;
            return Ok(How::There);
        }
        self.is_unseen = false;
        if self.upload.is_none() {
            match self.look().await? {
                None => return Ok(How::There),
                Some(upload) => self.upload = Some(upload),
            }
        }
        let result = self.send().await;
        self.bytes.close();
        match result {
            Ok(()) => {
                self.upload = None;
                self.is_mended().await?;
                self.has_arrived().await;
                Ok(How::Sent)
            }
            Err(error) => {
                if error.kind() == CopyErrorKind::ContentDamaged {
                    self.damaged += 1;
                    self.bytes.forget();
                    self.give_up().await;
                }
                Err(error)
            }
        }
    }

    /// The blob will not be sent: the registry need not hold what it has of it. If another process may go on with it, it
    /// stays.
    pub(crate) async fn give_up(&mut self) {
        if self.is_recorded() && self.damaged == 0 {
            return;
        }
        self.begin_anew().await;
    }

    /// What the destination has of the blob is of no use.
    async fn begin_anew(&mut self) {
        self.run.abandon(self.upload.take()).await;
        self.forget_record().await;
    }

    /// After a break: how much the destination has.
    async fn settle(&mut self) -> Result<()> {
        if !self.is_in_doubt {
            return Ok(());
        }
        if self.is_in_one {
            self.begin_anew().await;
        } else if !is_resumable(self.blob, &self.run.shared) {
            self.upload = None;
        }
        if let Some(mut upload) = self.upload.take() {
            self.upload = self.status(&mut upload).await?.then_some(upload);
        }
        self.is_in_doubt = false;
        Ok(())
    }

    /// Asks how far an upload is; whether it is still there.
    pub(super) async fn status(&mut self, upload: &mut Upload) -> Result<bool> {
        let status = self.run.destination().client.upload_status(upload);
        match self.run.ask(Side::Destination, status).await {
            Ok(offset) => {
                self.arrived = self.arrived.max(offset);
                Ok(offset <= self.blob.size)
            }
            Err(error) if is_gone(&error) || self.is_strange_again(&error) => Ok(false),
            Err(error) => {
                // It may answer the next time.
                self.upload = Some(upload.clone());
                self.is_in_doubt = true;
                Err(error)
            }
        }
    }

    /// Whether something that is no registry answers, and not for the first time: the registry does not know this question. A
    /// proxy that answers once for a registry that is down costs no upload.
    fn is_strange_again(&mut self, error: &CopyError) -> bool {
        let is_strange = error.client().is_some_and(|error| error.kind() == ErrorKind::Protocol);
        self.strange += u32::from(is_strange);
        is_strange && self.strange > 1
    }

    /// Whether the destination refuses a part of the blob for being one. If it has only lost the upload, it says so once.
    fn refuses_parts(&mut self, error: &CopyError) -> bool {
        if !self.was_part || self.is_in_one || error.side() != Some(Side::Destination) {
            return false;
        }
        match error.client().map(paas_client::Error::kind) {
            Some(ErrorKind::Conflict | ErrorKind::Unsupported) => true,
            Some(ErrorKind::Invalid) => {
                self.invalid += 1;
                self.invalid > 1 || !error.is_retryable()
            }
            _ => false,
        }
    }

    /// Sends what the destination lacks.
    async fn send(&mut self) -> Result<()> {
        let Some(mut upload) = self.upload.clone() else { return Ok(()) };
        if upload.offset() < self.blob.size {
            self.open(upload.offset()).await?;
        }
        let client = &self.run.destination().client;
        let chunk = self.run.shared.limits.chunk.max(upload.least_chunk().unwrap_or(0));
        loop {
            let left = self.blob.size.saturating_sub(upload.offset());
            self.is_in_doubt = true;
            let is_last = left <= chunk || self.is_in_one;
            self.was_part = !is_last || upload.offset() > 0;
            if is_last {
                let rest = (left > 0).then(|| self.bytes.part(left));
                let finish = client.finish_upload(&mut upload, &self.blob.digest, rest);
                return self.run.ask(Side::Destination, finish).await.map_err(|error| self.whose(error));
            }
            let sent = client.upload_chunk(&mut upload, self.bytes.part(chunk));
            self.run.ask(Side::Destination, sent).await.map_err(|error| self.whose(error))?;
            self.is_in_doubt = false;
            self.arrived = self.arrived.max(upload.offset());
            let is_complete = upload.offset() == self.bytes.position();
            self.record(&upload).await;
            self.upload = Some(upload.clone());
            if !is_complete {
                let message = "the destination has taken less than it was sent";
                return Err(self.run.fails(Side::Destination, CopyErrorKind::Unavailable, message));
            }
        }
    }

    /// Opens the blob at the source so that it goes on at this byte.
    async fn open(&self, offset: u64) -> Result<()> {
        let place = self.run.source();
        let from = self.bytes.go_on_at(offset);
        let stream = place.client.blob(&place.repository, &self.blob.digest, from);
        let stream = self.run.ask(Side::Source, stream).await?;
        if stream.size().is_some_and(|size| size != self.blob.size) {
            let message = "a blob has another size at the source than the manifest says";
            return Err(self.run.fails(Side::Source, CopyErrorKind::SourceBroken, message));
        }
        self.bytes.read_from(stream);
        Ok(())
    }

    /// The error of the side that failed: one that reads from the source fails at the destination too.
    fn whose(&self, error: CopyError) -> CopyError {
        match self.bytes.failure() {
            Some(failure) => self.run.at(Side::Source, failure),
            None => error,
        }
    }
}

/// Whether the destination does not know the upload any more, or does not tell of it: not all know the question, or answer it
/// to all who may send. Whether this login may send is seen when it begins anew.
fn is_gone(error: &CopyError) -> bool {
    let kind = error.client().map(paas_client::Error::kind);
    matches!(
        kind,
        Some(
            ErrorKind::NotFound
                | ErrorKind::Invalid
                | ErrorKind::Conflict
                | ErrorKind::Configuration
                | ErrorKind::Unauthorized
                | ErrorKind::Forbidden
                | ErrorKind::Unsupported
        )
    )
}
