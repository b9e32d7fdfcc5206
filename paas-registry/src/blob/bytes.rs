//! The bytes of a blob, from the source to whatever takes them.

use super::{checkpoints::Checkpoints, trickle::Trickle};
use crate::{CopyError, CopyErrorKind, Side, copier::Shared, run::Share};
use futures_core::Stream;
use paas_client::{
    BoxFuture,
    registry::{BlobStream, Descriptor, UploadBody},
    transport::Chunk,
};
use std::{
    pin::Pin,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    task::{Context, Poll, ready},
};

/// The bytes of a blob of the source. They are read once, and sent in one or more parts; after a break they are read on from
/// where the destination is.
#[derive(Clone)]
pub(crate) struct Bytes(Arc<Mutex<Reading>>);

struct Reading {
    shared: Arc<Shared>,
    share: Share,
    size: u64,
    checkpoints: Option<Checkpoints>,
    stream: Option<BlobStream>,
    /// How often it was opened: who holds a part of an earlier opening gets nothing more.
    opening: u64,
    /// Where the next byte is that is given.
    position: u64,
    /// What is read but not given: the destination has it.
    skip: u64,
    /// What was read and is given next.
    left: Chunk,
    /// How slow the source is.
    trickle: Trickle,
    /// The source was too slow: it will be, when it is asked again just now.
    is_too_slow: bool,
    /// Until when nothing more is given, at the rate that is allowed.
    wait: Option<BoxFuture<'static, ()>>,
    failure: Option<CopyError>,
}

/// Blobs of so many bytes, or of more than a chunk, go on after a break from where it was. For smaller ones, to ask how far
/// they are costs as much as to begin anew.
const RESUMABLE: u64 = 1 << 20;

impl Bytes {
    pub(crate) fn new(shared: Arc<Shared>, share: Share, blob: &Descriptor) -> Self {
        // The client computes the digest only of what is read from its beginning to its end without a break on the other side.
        let checkpoints = is_resumable(blob, &shared).then(|| Checkpoints::new(&blob.digest, blob.size));
        Self(Arc::new(Mutex::new(Reading {
            trickle: Trickle::new(&shared.limits),
            is_too_slow: false,
            shared,
            share,
            size: blob.size,
            checkpoints,
            stream: None,
            opening: 0,
            position: 0,
            skip: 0,
            left: Chunk::default(),
            wait: None,
            failure: None,
        })))
    }

    /// It goes on at this byte: from where the source is to be read.
    pub(crate) fn go_on_at(&self, offset: u64) -> u64 {
        let mut reading = self.lock();
        reading.opening += 1;
        reading.stream = None;
        reading.position = offset;
        reading.left = Chunk::default();
        reading.trickle.rests();
        reading.failure = None;
        reading.share.has(offset);
        let from = reading.checkpoints.as_mut().map_or(offset, |checkpoints| checkpoints.go_on_at(offset));
        reading.skip = offset.saturating_sub(from);
        from
    }

    /// Reads from this stream, which begins where [`go_on_at`](Self::go_on_at) said.
    pub(crate) fn read_from(&self, stream: BlobStream) {
        self.lock().stream = Some(stream);
    }

    /// The next so many bytes, to be uploaded.
    pub(crate) fn part(&self, length: u64) -> UploadBody {
        let opening = self.lock().opening;
        UploadBody::stream(length, Part { bytes: self.clone(), opening, left: length })
    }

    /// Where the next byte is that is given.
    pub(crate) fn position(&self) -> u64 {
        self.lock().position
    }

    /// Why the source gave no more, if that is so.
    pub(crate) fn failure(&self) -> Option<CopyError> {
        self.lock().failure.take()
    }

    /// Whether the source gave less than is worth waiting for.
    pub(crate) fn is_too_slow(&self) -> bool {
        self.lock().is_too_slow
    }

    /// What was read was wrong.
    pub(crate) fn forget(&self) {
        if let Some(checkpoints) = &mut self.lock().checkpoints {
            checkpoints.forget();
        }
    }

    /// What was sent of it is not what the destination has it from.
    pub(crate) fn counts_for_nothing(&self) {
        self.lock().share.has(0);
    }

    /// The source is not read any more.
    pub(crate) fn close(&self) {
        let mut reading = self.lock();
        reading.opening += 1;
        reading.stream = None;
    }

    fn lock(&self) -> MutexGuard<'_, Reading> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether a blob is so large that it goes on after a break from where it broke.
pub(crate) fn is_resumable(blob: &Descriptor, shared: &Shared) -> bool {
    blob.size > shared.limits.chunk.min(RESUMABLE)
}

impl Reading {
    /// The next piece, of at most so many bytes.
    fn next(&mut self, most: u64, context: &mut Context<'_>) -> Poll<Option<paas_client::Result<Chunk>>> {
        if let Some(wait) = &mut self.wait {
            ready!(wait.as_mut().poll(context));
            self.wait = None;
        }
        while self.left.is_empty() {
            let Some(stream) = &mut self.stream else { return Poll::Ready(None) };
            let Poll::Ready(piece) = Pin::new(stream).poll_next(context) else {
                self.trickle.waits(self.shared.clock.now());
                return Poll::Pending;
            };
            let piece = match piece {
                Some(Ok(piece)) => piece,
                Some(Err(error)) => {
                    self.failure = Some(CopyError::from_client(error.clone(), Side::Source));
                    return Poll::Ready(Some(Err(error)));
                }
                None => {
                    return self.fails(
                        CopyErrorKind::SourceBroken,
                        "the source has less of the blob than the manifest says",
                    );
                }
            };
            let now = self.shared.clock.now();
            if let Some((waited, came)) = self.trickle.came(length(piece.len()), now) {
                self.is_too_slow = true;
                let message = format!(
                    "the source gave {came} bytes of the blob in {} seconds, and was given up",
                    waited.as_secs()
                );
                return self.fails(CopyErrorKind::Unreachable, &message);
            }
            let wait = self.shared.pace.take(piece.len(), now);
            self.wait = wait.map(|wait| self.shared.clock.sleep(wait));
            if let Some(checkpoints) = &mut self.checkpoints {
                checkpoints.update(&piece);
            }
            let known = usize::try_from(self.skip).unwrap_or(usize::MAX).min(piece.len());
            self.skip -= length(known);
            self.left = piece.after(known);
        }
        let piece = match usize::try_from(most) {
            Ok(most) if most < self.left.len() => {
                let first = self.left.get(..most).unwrap_or_default().to_vec();
                self.left = self.left.after(most);
                Chunk::from(first)
            }
            _ => std::mem::take(&mut self.left),
        };
        self.position = self.position.saturating_add(length(piece.len()));
        let is_right = self.checkpoints.as_ref().is_none_or(Checkpoints::is_right);
        if self.position == self.size && !is_right {
            return self.fails(CopyErrorKind::ContentDamaged, "the blob is not what its digest says");
        }
        self.share.sent(length(piece.len()));
        Poll::Ready(Some(Ok(piece)))
    }

    fn fails(&mut self, kind: CopyErrorKind, message: &str) -> Poll<Option<paas_client::Result<Chunk>>> {
        self.failure = Some(CopyError::new(kind, message));
        Poll::Ready(Some(Err(UploadBody::source_failed(message))))
    }
}

fn length(bytes: usize) -> u64 {
    u64::try_from(bytes).unwrap_or(u64::MAX)
}

/// A part of the bytes, on its way.
struct Part {
    bytes: Bytes,
    opening: u64,
    left: u64,
}

impl Stream for Part {
    type Item = paas_client::Result<Chunk>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if self.left == 0 {
            return Poll::Ready(None);
        }
        let (opening, left) = (self.opening, self.left);
        let item = {
            let mut reading = self.bytes.lock();
            if reading.opening != opening {
                return Poll::Ready(None);
            }
            ready!(reading.next(left, context))
        };
        if let Some(Ok(piece)) = &item {
            self.left = self.left.saturating_sub(length(piece.len()));
        }
        Poll::Ready(item)
    }
}
