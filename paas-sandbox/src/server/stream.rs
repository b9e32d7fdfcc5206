use hyper::rt::{Read, ReadBufCursor, Write};
use std::{
    io,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    task::{Context, Poll, ready},
};
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::TcpStream,
};

/// A connection that can send an answer's bytes a second time before it closes.
#[derive(Debug)]
pub(super) struct Stream {
    inner: TcpStream,
    /// Whether what is written now is to be written once more at the end.
    twice: Arc<AtomicBool>,
    again: Vec<u8>,
}

impl Stream {
    pub(super) fn new(inner: TcpStream, twice: Arc<AtomicBool>) -> Self {
        Self { inner, twice, again: Vec::new() }
    }
}

impl Read for Stream {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        mut cursor: ReadBufCursor<'_>,
    ) -> Poll<io::Result<()>> {
        let mut space = [0; 16 * 1024];
        let length = cursor.remaining().min(space.len());
        let (space, _) = space.split_at_mut(length);
        let mut buffer = ReadBuf::new(space);
        ready!(Pin::new(&mut self.inner).poll_read(context, &mut buffer))?;
        cursor.put_slice(buffer.filled());
        Poll::Ready(Ok(()))
    }
}

impl Write for Stream {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let written = ready!(Pin::new(&mut self.inner).poll_write(context, bytes))?;
        if self.twice.load(Ordering::Relaxed) {
            self.again.extend(bytes.iter().take(written));
        }
        Poll::Ready(Ok(written))
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let Self { inner, again, .. } = &mut *self;
        while !again.is_empty() {
            let written = ready!(Pin::new(&mut *inner).poll_write(context, again))?;
            if written == 0 {
                break;
            }
            again.drain(..written.min(again.len()));
        }
        Pin::new(inner).poll_shutdown(context)
    }
}
