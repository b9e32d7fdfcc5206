//! Uploads over real sockets to servers that are slow, rude, or gone.

use super::shop;
use paas_client::{
    ErrorKind, Limits, RegistryClient, Result, RetryPolicy,
    registry::{Digest, Upload, UploadBody},
    transport::Chunk,
};
use std::{
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    task::{Context, Poll},
    time::Duration,
};
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
};

const PIECE: usize = 64 << 10;
const LENGTH: u64 = 64 << 20;

/// What the server does with an upload.
#[derive(Clone, Copy, PartialEq)]
enum Manner {
    /// Takes all, then says this.
    Takes(&'static str),
    /// Takes nothing, and says nothing.
    Stalls,
    /// Takes so many bytes, then waits for so long before it takes the rest.
    Rests(usize, Duration),
    /// Says this before it has taken anything, and hangs up.
    Refuses(&'static str),
    /// Takes all, and hangs up.
    Forgets,
}

const DONE: &str = "HTTP/1.1 201 Created\r\ncontent-length: 0\r\n\r\n";

async fn serve(manner: Manner) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(connection(stream, manner));
        }
    });
    url
}

async fn connection(stream: TcpStream, manner: Manner) -> Option<()> {
    let mut stream = BufReader::new(stream);
    loop {
        let (mut first, mut length) = (String::new(), None);
        if stream.read_line(&mut first).await.ok()? == 0 {
            return None;
        }
        loop {
            let mut line = String::new();
            stream.read_line(&mut line).await.ok()?;
            let line = line.trim().to_ascii_lowercase();
            assert_ne!(line, "transfer-encoding: chunked");
            match line.strip_prefix("content-length:") {
                Some(value) => length = value.trim().parse().ok(),
                None if line.is_empty() => break,
                None => {}
            }
        }
        if !first.starts_with("GET") {
            assert!(length.is_some(), "{first} says no length");
        }
        let answer = match (first.starts_with("PUT"), manner) {
            (false, _) if first.starts_with("POST") => {
                assert_eq!(length, Some(0));
                "HTTP/1.1 202 Accepted\r\nlocation: /upload\r\ncontent-length: 0\r\n\r\n"
            }
            (false, _) => "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}",
            (true, Manner::Refuses(answer)) => {
                stream.write_all(answer.as_bytes()).await.ok()?;
                // So that the answer is not lost with what was not read.
                let _ =
                    tokio::time::timeout(Duration::from_millis(300), swallow(&mut stream, u64::MAX)).await;
                return None;
            }
            (true, Manner::Stalls) => std::future::pending().await,
            (true, Manner::Rests(bytes, how_long)) => {
                swallow(&mut stream, u64::try_from(bytes).unwrap()).await?;
                tokio::time::sleep(how_long).await;
                swallow(&mut stream, length? - u64::try_from(bytes).unwrap()).await?;
                DONE
            }
            (true, Manner::Takes(answer)) => {
                swallow(&mut stream, length?).await?;
                answer
            }
            (true, Manner::Forgets) => {
                swallow(&mut stream, length?).await?;
                return None;
            }
        };
        stream.write_all(answer.as_bytes()).await.ok()?;
    }
}

async fn swallow(stream: &mut BufReader<TcpStream>, mut length: u64) -> Option<()> {
    let mut buffer = vec![0; 64 << 10];
    while length > 0 {
        let most = usize::try_from(length).unwrap_or(usize::MAX).min(buffer.len());
        let read = stream.read(&mut buffer[..most]).await.ok().filter(|read| *read > 0)?;
        length -= u64::try_from(read).unwrap();
    }
    Some(())
}

/// A blob that counts what was taken of it, and may rest before each piece.
struct Source {
    left: u64,
    taken: Arc<AtomicU64>,
    pause: Option<Duration>,
    resting: Option<Pin<Box<tokio::time::Sleep>>>,
}

impl futures_core::Stream for Source {
    type Item = Result<Chunk>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Chunk>>> {
        if self.left == 0 {
            return Poll::Ready(None);
        }
        if let Some(pause) = self.pause {
            let resting = self.resting.get_or_insert_with(|| Box::pin(tokio::time::sleep(pause)));
            std::task::ready!(resting.as_mut().poll(context));
            self.resting = None;
        }
        let length = u64::try_from(PIECE).unwrap().min(self.left);
        self.left -= length;
        self.taken.fetch_add(length, Ordering::SeqCst);
        Poll::Ready(Some(Ok(Chunk::from(vec![7; usize::try_from(length).unwrap()]))))
    }
}

fn source(length: u64, pause: Option<Duration>) -> (UploadBody, Arc<AtomicU64>) {
    let taken = Arc::new(AtomicU64::new(0));
    let source = Source { left: length, taken: taken.clone(), pause, resting: None };
    (UploadBody::stream(length, source), taken)
}

async fn begin(manner: Manner, limits: Limits) -> (RegistryClient, Upload) {
    let url = serve(manner).await;
    let client =
        RegistryClient::builder().url(url).limits(limits).retry(RetryPolicy::never()).build().unwrap();
    let upload = client.start_upload(&shop()).await.unwrap();
    (client, upload)
}

fn digest() -> Digest {
    Digest::of("whatever: these servers do not look")
}

#[tokio::test]
async fn a_server_that_takes_nothing_is_not_waited_for() {
    let limits = Limits { read: Duration::from_millis(200), ..Limits::default() };
    let (client, mut upload) = begin(Manner::Stalls, limits).await;
    let (body, taken) = source(LENGTH, None);
    let error = client.finish_upload(&mut upload, &digest(), Some(body)).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout, "{error}");
    assert!(error.is_retryable() && error.outcome_unknown());
    // What the system holds back and a few pieces, but not all of it.
    assert!(taken.load(Ordering::SeqCst) < LENGTH / 2, "{taken:?}");
}

#[tokio::test]
async fn no_more_of_a_body_is_taken_than_the_server_takes() {
    let bytes = 10 << 20;
    let (client, mut upload) = begin(Manner::Rests(bytes, Duration::from_secs(1)), Limits::default()).await;
    let (body, taken) = source(LENGTH, None);
    let sent = tokio::spawn(async move { client.finish_upload(&mut upload, &digest(), Some(body)).await });
    tokio::time::sleep(Duration::from_millis(700)).await;
    let while_it_rests = taken.load(Ordering::SeqCst);
    assert!((10 << 20..LENGTH / 2).contains(&while_it_rests), "{while_it_rests}");
    sent.await.unwrap().unwrap();
    assert_eq!(taken.load(Ordering::SeqCst), LENGTH);
}

#[tokio::test]
async fn a_source_may_take_longer_than_a_server_may() {
    let limits =
        Limits { read: Duration::from_millis(150), total: Duration::from_millis(400), ..Limits::default() };
    let (client, mut upload) = begin(Manner::Takes(DONE), limits).await;
    let (body, _) = source(4 * u64::try_from(PIECE).unwrap(), Some(Duration::from_millis(300)));
    client.finish_upload(&mut upload, &digest(), Some(body)).await.unwrap();
}

#[tokio::test]
async fn a_server_that_refuses_in_the_middle_is_heard() {
    let refusal = "HTTP/1.1 413 Request Entity Too Large\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";
    let (client, mut upload) = begin(Manner::Refuses(refusal), Limits::default()).await;
    let (body, taken) = source(LENGTH, Some(Duration::from_millis(1)));
    let error = client.finish_upload(&mut upload, &digest(), Some(body)).await.unwrap_err();
    assert_eq!((error.kind(), error.status()), (ErrorKind::Quota, Some(413)), "{error}");
    assert!(taken.load(Ordering::SeqCst) < LENGTH);
}

#[tokio::test]
async fn an_answer_that_is_lost_leaves_it_open_whether_it_was_done() {
    for manner in [Manner::Forgets, Manner::Takes("HTTP/1.1 201 Cre")] {
        let (client, mut upload) =
            begin(manner, Limits { total: Duration::from_millis(500), ..Limits::default() }).await;
        let (body, _) = source(1 << 20, None);
        let error = client.finish_upload(&mut upload, &digest(), Some(body)).await.unwrap_err();
        assert!(matches!(error.kind(), ErrorKind::Interrupted | ErrorKind::Timeout), "{error}");
        assert!(error.is_retryable() && error.outcome_unknown() && error.attempts() == 1, "{error}");
    }
    // So is that of an empty body, which is sent with its length.
    let (client, mut upload) = begin(Manner::Takes(DONE), Limits::default()).await;
    client.finish_upload(&mut upload, &digest(), None).await.unwrap();
}

#[tokio::test]
async fn a_body_that_is_not_as_long_as_was_told_is_no_upload() {
    for (told, given) in [(2 << 20, 1 << 20), (1 << 20, (1 << 20) + 5)] {
        let (client, mut upload) = begin(Manner::Takes(DONE), Limits::default()).await;
        let taken = Arc::new(AtomicU64::new(0));
        let source = Source { left: given, taken, pause: None, resting: None };
        // Cut so that the end of one piece is not the end of the body.
        let body = UploadBody::stream(told + 1, source);
        let error = client.finish_upload(&mut upload, &digest(), Some(body)).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Interrupted, "{error}");
        assert!(error.to_string().contains("length"), "{error}");
    }
}

/// A registry whose lines break or fall silent in the middle of a blob.
async fn serve_halves(content: &'static str, is_silent: bool) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(async move {
                let mut stream = BufReader::new(stream);
                let (mut from, mut is_ping) = (0, false);
                loop {
                    let mut line = String::new();
                    stream.read_line(&mut line).await.unwrap();
                    is_ping |= line.starts_with("GET /v2/ ");
                    if let Some(range) = line.trim().strip_prefix("range: bytes=") {
                        from = range.trim_end_matches('-').parse().unwrap();
                    }
                    if line.trim().is_empty() {
                        break;
                    }
                }
                let (size, left) = (content.len(), &content[from..]);
                let answer = match from {
                    _ if is_ping => {
                        "HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n".to_owned()
                    }
                    0 => format!("HTTP/1.1 200 OK\r\ncontent-length: {size}\r\n\r\n{}", &left[..size / 2]),
                    _ => format!(
                        "HTTP/1.1 206 Partial Content\r\ncontent-range: bytes {from}-{}/{size}\r\n\
                         transfer-encoding: chunked\r\n\r\n{:x}\r\n{left}\r\n0\r\n\r\n",
                        size - 1,
                        left.len()
                    ),
                };
                stream.write_all(answer.as_bytes()).await.unwrap();
                if is_silent && from == 0 && !is_ping {
                    tokio::time::sleep(Duration::from_secs(30)).await;
                }
            });
        }
    });
    url
}

#[tokio::test]
async fn a_blob_goes_on_after_half_of_it() {
    const CONTENT: &str = "the content of a layer";
    for is_silent in [false, true] {
        let url = serve_halves(CONTENT, is_silent).await;
        let limits = Limits { read: Duration::from_millis(200), ..Limits::default() };
        let retry = RetryPolicy { first_pause: Duration::from_millis(1), ..RetryPolicy::default() };
        let client = RegistryClient::builder().url(url).limits(limits).retry(retry).build().unwrap();
        let mut blob = client.blob(&shop(), &Digest::of(CONTENT), 0).await.unwrap();
        let mut text = String::new();
        while let Some(chunk) = blob.next().await {
            text.push_str(std::str::from_utf8(&chunk.unwrap()).unwrap());
        }
        assert_eq!((text.as_str(), blob.size()), (CONTENT, Some(22)));
    }
}
