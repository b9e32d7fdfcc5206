//! Blobs that come in pieces, break, fall silent, or are not what they should be.

use super::{URL, canned, shop};
use crate::virtual_time::VirtualTime;
use paas_client::{
    BoxFuture, ErrorKind, RegistryClient, RetryPolicy, Seeded,
    registry::{BlobStream, Digest},
    transport::{
        ByteStream, Chunk, Request, Response, SizedStream, Streamed, Transport, TransportError,
        TransportErrorKind,
    },
};
use std::{
    collections::VecDeque,
    pin::Pin,
    sync::{Arc, Mutex},
    task::{Context, Poll},
};

const CONTENT: &str = "the content of a layer";

use Step::{Break, Bytes, Silence};

/// What comes of a body.
#[derive(Clone)]
enum Step {
    Bytes(&'static str),
    Break,
    Silence,
}

/// A transport that gives one answer after the other.
#[derive(Clone, Default)]
struct Tape(Arc<Mutex<Inner>>);

#[derive(Default)]
struct Inner {
    answers: VecDeque<(Response, Vec<Step>)>,
    asked: Vec<String>,
}

impl Tape {
    fn answer(&self, head: Response, steps: &[Step]) {
        self.0.lock().unwrap().answers.push_back((head, steps.to_vec()));
    }

    /// The ranges that were asked for.
    fn asked(&self) -> Vec<String> {
        self.0.lock().unwrap().asked.clone()
    }
}

impl std::fmt::Debug for Tape {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Tape")
    }
}

impl Transport for Tape {
    fn send(&self, _: Request) -> BoxFuture<'_, Result<Response, TransportError>> {
        Box::pin(async { Ok(Response::new(200, "{}")) })
    }

    fn stream(
        &self,
        request: Request,
        _: Option<SizedStream>,
    ) -> BoxFuture<'_, Result<Streamed, TransportError>> {
        let mut inner = self.0.lock().unwrap();
        inner.asked.push(super::header(&request, "range").unwrap_or_default());
        let answer = inner.answers.pop_front();
        let answer =
            answer.ok_or_else(|| TransportError::new(TransportErrorKind::Connect, "the tape is over"));
        Box::pin(async {
            answer.map(|(head, steps)| Streamed::new(head, ByteStream::new(Steps(steps.into()))))
        })
    }
}

struct Steps(VecDeque<Step>);

impl futures_core::Stream for Steps {
    type Item = Result<Chunk, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        match self.0.pop_front() {
            None => Poll::Ready(None),
            Some(Bytes(bytes)) => Poll::Ready(Some(Ok(Chunk::from(bytes)))),
            Some(Break) => {
                Poll::Ready(Some(Err(TransportError::new(TransportErrorKind::Interrupted, "reset"))))
            }
            Some(Silence) => {
                self.0.push_front(Silence);
                Poll::Pending
            }
        }
    }
}

fn whole() -> Response {
    Response::new(200, "").header("Content-Length", &CONTENT.len().to_string())
}

fn part(start: usize) -> Response {
    let size = CONTENT.len();
    Response::new(206, "").header("Content-Range", &format!("bytes {start}-{}/{size}", size - 1))
}

fn client(time: &VirtualTime, tape: &Tape, retry: RetryPolicy) -> RegistryClient {
    let builder = RegistryClient::builder().url(URL).transport(tape.clone()).clock(time.clone());
    builder.retry(retry).randomness(Seeded::new(1)).build().unwrap()
}

/// Reads to the end, or to the first error.
async fn read(blob: &mut BlobStream) -> (String, Option<paas_client::Error>) {
    let mut text = String::new();
    while let Some(chunk) = blob.next().await {
        match chunk {
            Ok(chunk) => text.push_str(std::str::from_utf8(&chunk).unwrap()),
            Err(error) => {
                assert!(blob.next().await.is_none());
                return (text, Some(error));
            }
        }
    }
    (text, None)
}

fn fetch(tape: &Tape, from: u64, retry: RetryPolicy) -> (String, Option<ErrorKind>) {
    let time = VirtualTime::default();
    let client = client(&time, tape, retry);
    time.run(async {
        match client.blob(&shop(), &Digest::of(CONTENT), from).await {
            Ok(mut blob) => {
                let (text, error) = read(&mut blob).await;
                (text, error.map(|error| error.kind()))
            }
            Err(error) => (String::new(), Some(error.kind())),
        }
    })
}

#[test]
fn a_blob_that_breaks_or_falls_silent_goes_on_from_there() {
    for trouble in [Break, Silence] {
        let tape = Tape::default();
        tape.answer(whole(), &[Bytes("the "), Bytes(""), Bytes("content"), trouble]);
        tape.answer(part(11), &[Break]);
        tape.answer(part(11), &[Bytes(" of "), Break]);
        tape.answer(part(15), &[Bytes("a layer")]);
        assert_eq!(fetch(&tape, 0, RetryPolicy::default()), (CONTENT.to_owned(), None));
        assert_eq!(tape.asked(), ["", "bytes=11-", "bytes=11-", "bytes=15-"]);
    }
    // What becomes of the line when all is there is no matter.
    for trouble in [Break, Silence] {
        let tape = Tape::default();
        tape.answer(whole(), &[Bytes(CONTENT), trouble]);
        assert_eq!(fetch(&tape, 0, RetryPolicy::never()), (CONTENT.to_owned(), None));
    }
    // One that ends before its length has broken, too.
    let tape = Tape::default();
    tape.answer(whole(), &[Bytes("the content")]);
    tape.answer(part(11), &[Bytes(" of a layer")]);
    assert_eq!(fetch(&tape, 0, RetryPolicy::default()), (CONTENT.to_owned(), None));
}

#[test]
fn it_does_not_go_on_for_ever() {
    let tape = Tape::default();
    for _ in 0..50 {
        tape.answer(whole(), &[Bytes("the "), Break]);
    }
    assert_eq!(fetch(&tape, 0, RetryPolicy::default()), ("the ".to_owned(), Some(ErrorKind::Interrupted)));
    assert_eq!(tape.asked().len(), 5);
    // Nor at all where nothing is to be tried again.
    let tape = Tape::default();
    tape.answer(whole(), &[Bytes("the "), Break]);
    assert_eq!(fetch(&tape, 0, RetryPolicy::never()), ("the ".to_owned(), Some(ErrorKind::Interrupted)));
    let tape = Tape::default();
    tape.answer(whole(), &[Bytes("the "), Silence]);
    assert_eq!(fetch(&tape, 0, RetryPolicy::never()), ("the ".to_owned(), Some(ErrorKind::Timeout)));
}

#[test]
fn a_large_blob_may_break_often() {
    const PIECE: &str = match std::str::from_utf8(&[b'x'; 1 << 20]) {
        Ok(piece) => piece,
        Err(_) => "",
    };
    let tape = Tape::default();
    let size = 20 << 20;
    for number in 0..20 {
        let start = number << 20;
        let head =
            Response::new(206, "").header("Content-Range", &format!("bytes {start}-{}/{size}", size - 1));
        let head = if number == 0 {
            Response::new(200, "").header("Content-Length", &size.to_string())
        } else {
            head
        };
        tape.answer(head, &[Bytes(PIECE), Break]);
    }
    let time = VirtualTime::default();
    let client = client(&time, &tape, RetryPolicy::default());
    let digest = Digest::of(vec![b'x'; size]);
    let (text, error) = time.run(async { read(&mut client.blob(&shop(), &digest, 0).await.unwrap()).await });
    assert_eq!(text.len(), size, "{error:?}");
    assert!(error.is_none());
}

#[test]
fn a_registry_that_gives_no_parts_is_listened_to_from_the_beginning() {
    let tape = Tape::default();
    tape.answer(whole(), &[Bytes("the content"), Break]);
    tape.answer(whole(), &[Bytes("the "), Bytes("content of"), Bytes(" a layer")]);
    assert_eq!(fetch(&tape, 0, RetryPolicy::default()), (CONTENT.to_owned(), None));
    let tape = Tape::default();
    tape.answer(whole(), &[Bytes("the "), Bytes("content of"), Bytes(" a layer")]);
    assert_eq!(fetch(&tape, 4, RetryPolicy::default()), (CONTENT[4..].to_owned(), None));
    // Or from somewhere before.
    let tape = Tape::default();
    tape.answer(part(2), &[Bytes("e content of a layer")]);
    assert_eq!(fetch(&tape, 4, RetryPolicy::default()), (CONTENT[4..].to_owned(), None));
}

#[test]
fn whoever_has_all_pieces_has_the_right_ones() {
    for (head, last) in
        [(whole(), "a lager"), (Response::new(200, ""), "a lager"), (Response::new(200, ""), "a")]
    {
        let tape = Tape::default();
        tape.answer(head, &[Bytes("the content of "), Bytes(last)]);
        let (text, error) = fetch(&tape, 0, RetryPolicy::default());
        assert_eq!((text.as_str(), error), ("the content of ", Some(ErrorKind::WrongDigest)));
    }
    let empty = Response::new(200, "").header("Content-Length", "0");
    let tape = Tape::default();
    tape.answer(empty, &[]);
    assert_eq!(fetch(&tape, 0, RetryPolicy::default()), (String::new(), Some(ErrorKind::WrongDigest)));
    // Where nobody tells how long it is, its end is its end.
    let tape = Tape::default();
    tape.answer(Response::new(200, ""), &[Bytes("the content of "), Bytes("a layer")]);
    assert_eq!(fetch(&tape, 0, RetryPolicy::default()), (CONTENT.to_owned(), None));
    // Of a part nobody can tell.
    let tape = Tape::default();
    tape.answer(part(4), &[Bytes("content of a lager")]);
    assert_eq!(fetch(&tape, 4, RetryPolicy::default()), ("content of a lager".to_owned(), None));
}

#[test]
fn answers_that_cannot_be_right_are_refused() {
    for (head, steps, kind) in [
        (whole(), vec![Bytes(CONTENT), Bytes("more")], ErrorKind::Protocol),
        (whole(), vec![Bytes("the content of a layer and more")], ErrorKind::Protocol),
        (part(7), vec![Bytes("x")], ErrorKind::Protocol),
        (Response::new(206, ""), vec![Bytes("x")], ErrorKind::Protocol),
        (
            Response::new(206, "").header("Content-Range", "bytes 0-3/22"),
            vec![Bytes("x")],
            ErrorKind::Protocol,
        ),
        (Response::new(404, ""), vec![Bytes("<html>")], ErrorKind::Protocol),
        (Response::new(404, ""), vec![Bytes(r#"{"errors":[{"code":"BLOB_UNKNOWN"}]}"#)], ErrorKind::NotFound),
    ] {
        let tape = Tape::default();
        tape.answer(head, &steps);
        let (_, error) = fetch(&tape, 0, RetryPolicy::default());
        assert_eq!(error, Some(kind));
        assert_eq!(tape.asked().len(), 1);
    }
    // Another blob than before.
    let tape = Tape::default();
    tape.answer(whole(), &[Bytes("the "), Break]);
    tape.answer(Response::new(206, "").header("Content-Range", "bytes 4-7/8"), &[]);
    assert_eq!(fetch(&tape, 0, RetryPolicy::default()), ("the ".to_owned(), Some(ErrorKind::Protocol)));
}

#[test]
fn what_stands_in_an_answer_that_broke_is_asked_for_again() {
    let tape = Tape::default();
    tape.answer(Response::new(404, ""), &[Bytes(r#"{"errors":["#), Break]);
    tape.answer(Response::new(503, ""), &[Break]);
    tape.answer(whole(), &[Bytes(CONTENT)]);
    assert_eq!(fetch(&tape, 0, RetryPolicy::default()), (CONTENT.to_owned(), None));
}

#[test]
fn offsets_tell_where_one_is() {
    let tape = Tape::default();
    tape.answer(whole(), &[Bytes("the "), Bytes("content of a layer")]);
    tape.answer(Response::new(200, ""), &[Bytes("the "), Bytes("content of a layer")]);
    let time = VirtualTime::default();
    let client = client(&time, &tape, RetryPolicy::default());
    time.run(async {
        for size in [Some(22), None] {
            let mut blob = client.blob(&shop(), &Digest::of(CONTENT), 0).await.unwrap();
            assert_eq!((blob.size(), blob.offset()), (size, 0));
            blob.next().await.unwrap().unwrap();
            assert_eq!(blob.offset(), 4);
            blob.next().await.unwrap().unwrap();
            assert_eq!(blob.offset(), 22);
            assert!(blob.next().await.is_none());
        }
    });
}

#[test]
fn a_transport_that_does_not_stream_does_within_bounds() {
    let time = VirtualTime::default();
    let (client, _) = canned(time.clone(), |_| Ok(Response::new(200, CONTENT)));
    let (text, error) =
        time.run(async { read(&mut client.blob(&shop(), &Digest::of(CONTENT), 0).await.unwrap()).await });
    assert_eq!((text.as_str(), error.is_none()), (CONTENT, true));
    // What is larger than it gathers is fetched part by part.
    let large = "x".repeat(40 << 20);
    let digest = Digest::of(&large);
    let (client, server) = canned(time.clone(), move |request| {
        let from = super::header(request, "range").map(|range| range[6..range.len() - 1].parse().unwrap());
        Ok(match from {
            None => Response::new(200, large.as_str()).header("Content-Length", &large.len().to_string()),
            Some(from) => {
                let from: usize = from;
                let range = format!("bytes {from}-{}/{}", large.len() - 1, large.len());
                Response::new(206, &large[from..]).header("Content-Range", &range)
            }
        })
    });
    let (text, error) = time.run(async { read(&mut client.blob(&shop(), &digest, 0).await.unwrap()).await });
    assert_eq!((text.len(), error.is_none()), (40 << 20, true));
    assert_eq!(super::asked(&server).len(), 2);
}
