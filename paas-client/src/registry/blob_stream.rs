//! A blob as it comes.

use super::{
    Digest, Digester, RegistryClient, RepositoryName,
    blobs::blob_call,
    open::Opened,
    part::Part,
    way::{Pieces, wrong},
};
use crate::{
    BoxFuture, Error, ErrorKind, Result,
    call::{Call, Tries},
    transport::{Chunk, TransportError, TransportErrorKind},
};
use futures_core::Stream;
use std::{
    fmt,
    future::poll_fn,
    pin::Pin,
    task::{Context, Poll, ready},
    time::Duration,
};

/// So much on its way without a break, and the tries are counted anew: a large blob over a bad line may break often.
const PROGRESS: u64 = 1 << 20;

/// The pieces of a blob, one after the other as they are asked for: a [`Stream`], with a method for those who need no
/// more. It ends after the first error. Dropped: the rest is not read.
///
/// - Read from its beginning, it is held against its digest before its last piece is given: whoever has all pieces has the
///   right ones.
/// - If the connection breaks, or no piece comes for [`Limits::read`](crate::Limits::read), it is asked for again from
///   there, as often as the policy of retries allows; what came before is not fetched again from registries that can give
///   parts.
pub struct BlobStream(Box<Reading>);

struct Reading {
    client: RegistryClient,
    repository: RepositoryName,
    digest: Digest,
    size: Option<u64>,
    /// Where in the blob the next piece begins that comes.
    received: u64,
    /// What comes first and is known already: the registry began at another place than was asked for.
    skip: u64,
    /// Of all that came, if that began at the beginning.
    digester: Option<Digester>,
    /// The last piece, where nobody tells whether it is the last.
    kept: Option<Chunk>,
    state: State,
    /// Ends the wait for the next piece.
    silence: Option<BoxFuture<'static, ()>>,
    breaks: Breaks,
}

enum State {
    Open(Opened),
    /// It broke, and is asked for again.
    Opening(BoxFuture<'static, Result<Opened>>),
    End,
}

/// How often it broke since there was progress.
struct Breaks {
    count: u32,
    /// When it did for the first time.
    since: Duration,
    /// Where it was when there was progress.
    at: u64,
}

impl BlobStream {
    pub(super) fn new(
        client: &RegistryClient,
        repository: &RepositoryName,
        digest: &Digest,
        from: u64,
        opened: Opened,
    ) -> Result<Self> {
        let mut reading = Reading::at(client, repository, digest, from);
        reading.take(opened)?;
        Ok(Self(Box::new(reading)))
    }

    /// One of which there is no more.
    pub(super) fn at_end(
        client: &RegistryClient,
        repository: &RepositoryName,
        digest: &Digest,
        size: u64,
    ) -> Self {
        let mut reading = Reading::at(client, repository, digest, size);
        reading.size = Some(size);
        Self(Box::new(reading))
    }

    /// The bytes of the whole blob, if the registry says.
    #[must_use]
    pub fn size(&self) -> Option<u64> {
        self.0.size
    }

    /// Where in the blob the next piece begins.
    #[must_use]
    pub fn offset(&self) -> u64 {
        self.0.received.saturating_sub(self.0.kept.as_ref().map_or(0, length))
    }

    /// The next piece, or `None` after the last. Dropped: nothing is lost; the next call goes on.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::WrongDigest`] if the blob is not what its digest says; else as any read.
    pub async fn next(&mut self) -> Option<Result<Chunk>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }
}

impl Stream for BlobStream {
    type Item = Result<Chunk>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let item = ready!(self.0.poll(context));
        if !matches!(item, Some(Ok(_))) {
            // The place among the readers is free for others.
            self.0.state = State::End;
        }
        Poll::Ready(item)
    }
}

impl Reading {
    fn at(client: &RegistryClient, repository: &RepositoryName, digest: &Digest, from: u64) -> Self {
        Self {
            client: client.clone(),
            repository: repository.clone(),
            digest: digest.clone(),
            size: None,
            received: from,
            skip: 0,
            digester: (from == 0).then(|| Digester::new(digest.algorithm())),
            kept: None,
            state: State::End,
            silence: None,
            breaks: Breaks { count: 0, since: Duration::ZERO, at: from },
        }
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Chunk>>> {
        loop {
            match &mut self.state {
                State::End => return Poll::Ready(None),
                State::Opening(opening) => match ready!(opening.as_mut().poll(context)) {
                    Ok(opened) => {
                        if let Err(error) = self.take(opened) {
                            return Poll::Ready(Some(Err(error)));
                        }
                    }
                    Err(error) => return Poll::Ready(Some(Err(error))),
                },
                State::Open(opened) => {
                    let piece = match Pin::new(&mut opened.body).poll_next(context) {
                        // All is there. What becomes of the connection now is nothing to wait for.
                        Poll::Ready(Some(Err(_))) | Poll::Pending if self.size == Some(self.received) => None,
                        Poll::Ready(piece) => piece,
                        Poll::Pending => {
                            ready!(self.wait(context));
                            Some(Err(TransportError::new(
                                TransportErrorKind::Timeout,
                                "the server is silent",
                            )))
                        }
                    };
                    self.silence = None;
                    if let Some(item) = self.came(piece) {
                        return Poll::Ready(item);
                    }
                }
            }
        }
    }

    /// Over when nothing came for too long.
    fn wait(&mut self, context: &mut Context<'_>) -> Poll<()> {
        let core = &self.client.core;
        let silence = self.silence.get_or_insert_with(|| core.clock.sleep(core.limits.read));
        silence.as_mut().poll(context)
    }

    /// What came, made an item; nothing if there is none yet.
    fn came(&mut self, piece: Option<Result<Chunk, TransportError>>) -> Option<Option<Result<Chunk>>> {
        match piece {
            Some(Ok(piece)) => self.piece(&piece).transpose().map(Some),
            Some(Err(error)) => {
                let error = self.client.core.lost(&self.call(), &error);
                self.broke(error).err().map(|error| Some(Err(error)))
            }
            None if self.size.is_some_and(|size| self.received < size) => {
                let error = self.wrong(ErrorKind::Interrupted, "the blob ends in the middle");
                self.broke(error).err().map(|error| Some(Err(error)))
            }
            None => {
                self.state = State::End;
                let checked = if self.size.is_none() { self.check() } else { Ok(()) };
                Some(checked.map(|()| self.kept.take()).transpose())
            }
        }
    }

    /// Notes a piece and gives it on, if it is one.
    fn piece(&mut self, piece: &Chunk) -> Result<Option<Chunk>> {
        let known = self.skip.min(length(piece));
        self.skip -= known;
        let piece = piece.after(usize::try_from(known).unwrap_or(usize::MAX));
        if piece.is_empty() {
            return Ok(None);
        }
        self.received = self.received.saturating_add(length(&piece));
        if self.size.is_some_and(|size| self.received > size) {
            return Err(self.wrong(ErrorKind::Protocol, "more comes than the blob has"));
        }
        if let Some(digester) = &mut self.digester {
            digester.update(&piece);
        }
        if self.received.saturating_sub(self.breaks.at) >= PROGRESS {
            self.breaks = Breaks { count: 0, since: Duration::ZERO, at: self.received };
        }
        if self.size.is_none() {
            return Ok(self.kept.replace(piece));
        }
        if self.size == Some(self.received) {
            self.check()?;
        }
        Ok(Some(piece))
    }

    /// Holds the whole against the digest.
    fn check(&mut self) -> Result<()> {
        match self.digester.take().map(Digester::finish) {
            Some(digest) if digest != self.digest => {
                Err(self.wrong(ErrorKind::WrongDigest, "the blob is not what its digest says"))
            }
            _ => Ok(()),
        }
    }

    /// Has it asked for again from where it broke, or gives the error back.
    fn broke(&mut self, error: Error) -> Result<()> {
        let error = error.with(|details| {
            let place = self.wrong(ErrorKind::Interrupted, "");
            details.system = place.system();
            details.operation = place.operation();
            place.resource().clone_into(&mut details.resource);
        });
        if !error.is_retryable() || self.client.core.retry.attempts <= 1 {
            return Err(error);
        }
        if self.breaks.count == 0 {
            self.breaks.since = self.client.core.clock.now();
        }
        self.breaks.count += 1;
        let (client, repository, digest) =
            (self.client.clone(), self.repository.clone(), self.digest.clone());
        let (count, since, from) = (self.breaks.count, self.breaks.since, self.received);
        self.state = State::Opening(Box::pin(async move {
            Tries::again(&client.core, since, count).after(error, true).await?;
            let scopes = client.reading(&repository);
            client.read::<Pieces>(blob_call(&repository, &digest, from), scopes).await
        }));
        Ok(())
    }

    /// Goes on with an answer.
    fn take(&mut self, opened: Opened) -> Result<()> {
        let part = Part::of(&opened.head);
        // A registry that gives no parts begins at the beginning.
        let part = part.filter(|part| part.start <= self.received);
        let Some(part) = part else {
            return Err(self.wrong(
                ErrorKind::Protocol,
                "the registry gives another part of the blob than was asked for",
            ));
        };
        if self.size.zip(part.size).is_some_and(|(known, size)| known != size) {
            return Err(
                self.wrong(ErrorKind::Protocol, "the registry tells another size of the blob than before")
            );
        }
        if part.size.is_some_and(|size| size < self.received) {
            return Err(
                self.wrong(ErrorKind::Invalid, "the blob is shorter than where it is to be read from")
            );
        }
        self.size = self.size.or(part.size);
        self.skip = self.received - part.start;
        // Of nothing, no piece will come to be held against the digest.
        if self.size == Some(0) {
            self.check()?;
        }
        self.state = State::Open(opened);
        Ok(())
    }

    fn call(&self) -> Call {
        blob_call(&self.repository, &self.digest, self.received)
    }

    fn wrong(&self, kind: ErrorKind, message: &str) -> Error {
        wrong(kind, message, &self.call())
    }
}

fn length(piece: &Chunk) -> u64 {
    u64::try_from(piece.len()).unwrap_or(u64::MAX)
}

impl fmt::Debug for BlobStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BlobStream")
            .field("digest", &self.0.digest)
            .field("size", &self.size())
            .field("offset", &self.offset())
            .finish_non_exhaustive()
    }
}
