//! Uploads: where they go, how far they are, and what comes of them.

use super::{asked, builder, canned, challenged, header, refused, shop, shown};
use crate::virtual_time::VirtualTime;
use futures_core::Stream;
use paas_client::{
    ErrorKind, Result,
    registry::{Digest, Mount, Upload, UploadBody},
    transport::{Chunk, Request, Response, TransportError, TransportErrorKind},
};
use std::{
    collections::VecDeque,
    pin::Pin,
    task::{Context, Poll},
};

fn digest() -> Digest {
    Digest::of("a layer")
}

fn body() -> UploadBody {
    UploadBody::whole("a layer")
}

/// Pieces as they are told.
struct Pieces(VecDeque<Result<Chunk>>);

impl Stream for Pieces {
    type Item = Result<Chunk>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.0.pop_front())
    }
}

fn pieces(length: u64, pieces: impl IntoIterator<Item = Result<&'static str>>) -> UploadBody {
    UploadBody::stream(length, Pieces(pieces.into_iter().map(|piece| piece.map(Chunk::from)).collect()))
}

fn begun(location: &str) -> Response {
    Response::new(202, "").header("Location", location)
}

#[test]
fn an_upload_goes_where_the_registry_says_with_the_query_that_it_gave() {
    for (location, url) in [
        (
            "/v2/team-a/shop/blobs/uploads/1",
            "https://registry.example/v2/team-a/shop/blobs/uploads/1?digest=",
        ),
        ("/x?_state=a%3D%2Bb==&c", "https://registry.example/x?_state=a%3D%2Bb==&c&digest="),
        ("2?a=b", "https://registry.example/v2/team-a/shop/blobs/uploads/2?a=b&digest="),
        ("?a=b", "https://registry.example/v2/team-a/shop/blobs/uploads/?a=b&digest="),
        ("https://registry.example:443/x?", "https://registry.example/x?&digest="),
        (
            "https://storage.example/bucket/1?signature=x",
            "https://storage.example/bucket/1?signature=x&digest=",
        ),
    ] {
        let time = VirtualTime::default();
        let (builder, server) = builder(time.clone(), move |request: &Request| {
            Ok(match (request.method.as_str(), shown(request)) {
                ("GET", _) | ("POST", None) => challenged("Basic realm=\"x\""),
                ("POST", _) => begun(location),
                _ => Response::new(201, "").header("Docker-Content-Digest", &digest().to_string()),
            })
        });
        let client = builder.build().unwrap();
        time.run(client.upload_whole(&shop(), &digest(), body())).unwrap();
        let put = server.requests().pop().unwrap();
        let expected = format!("{url}sha256%3A{}", digest().hex());
        assert_eq!(put.url.replace("?&", "?"), expected.replace("?&", "?"), "{location}");
        assert_eq!(put.body.as_deref(), Some(b"a layer".as_slice()));
        assert_eq!(header(&put, "content-type").as_deref(), Some("application/octet-stream"));
        assert_eq!(header(&put, "content-range"), None);
        // Elsewhere nobody learns who asks.
        assert_eq!(shown(&put).is_some(), !location.contains("storage"), "{location}");
    }
}

#[test]
fn what_is_no_place_for_an_upload_is_refused() {
    for (answer, kind, words) in [
        (Response::new(202, ""), ErrorKind::Protocol, "does not say where"),
        (begun("http://registry.example/x"), ErrorKind::Redirect, "`https:` to `http:`"),
        (begun("ftp://registry.example/x"), ErrorKind::Protocol, "that is none"),
        (begun("https://"), ErrorKind::Protocol, "that is none"),
        (Response::new(200, "<html>"), ErrorKind::Protocol, "does not say where"),
        (refused(403, "DENIED", "no"), ErrorKind::Forbidden, "may not do this"),
        (refused(404, "NAME_UNKNOWN", "no"), ErrorKind::NotFound, "no such repository"),
    ] {
        let time = VirtualTime::default();
        let (client, _) = canned(time.clone(), move |_| Ok(answer.clone()));
        let error = time.run(client.start_upload(&shop())).unwrap_err();
        assert_eq!((error.kind(), error.operation()), (kind, "start_upload"), "{error}");
        assert!(error.to_string().contains(words), "{error}");
    }
}

#[test]
fn a_mount_is_done_or_becomes_an_upload() {
    let other = "team-b/shop".parse().unwrap();
    let mount = |answer: Response| {
        let time = VirtualTime::default();
        let (client, server) = canned(time.clone(), move |request| {
            Ok(if request.query().is_empty() { begun("/plain") } else { answer.clone() })
        });
        (time.run(client.mount_blob(&shop(), &digest(), &other)), asked(&server))
    };
    let (mounted, asked) = mount(Response::new(201, ""));
    assert!(matches!(mounted.unwrap(), Mount::Mounted));
    assert_eq!(asked, [format!("POST /blobs/uploads/?mount=sha256%3A{}&from=team-b%2Fshop", digest().hex())]);

    let (begun_instead, asked) = mount(begun("/x?a=b"));
    let Mount::Upload(upload) = begun_instead.unwrap() else { panic!() };
    assert_eq!((upload.offset(), upload.repository(), asked.len()), (0, &shop(), 1));
    // Who may not read there can still send it.
    let (begun_instead, asked) = mount(refused(403, "DENIED", "no"));
    assert!(matches!(begun_instead.unwrap(), Mount::Upload(_)));
    assert_eq!(asked[1], "POST /blobs/uploads/");

    let wrong = Response::new(201, "").header("Docker-Content-Digest", &Digest::of("x").to_string());
    assert_eq!(mount(wrong).0.unwrap_err().kind(), ErrorKind::WrongDigest);
    assert_eq!(mount(Response::new(202, "")).0.unwrap_err().kind(), ErrorKind::Protocol);
    assert_eq!(mount(refused(404, "BLOB_UNKNOWN", "no")).0.unwrap_err().kind(), ErrorKind::NotFound);
}

#[test]
fn chunks_stand_one_behind_the_other_where_the_registry_says() {
    let time = VirtualTime::default();
    let (client, server) = canned(time.clone(), |request| {
        let told =
            |range: &str, next: &str| Response::new(202, "").header("Range", range).header("Location", next);
        Ok(match (request.method.as_str(), request.query()) {
            ("POST", _) => begun("/u?n=0").header("OCI-Chunk-Min-Length", "3"),
            ("PATCH", "n=0") => told("0-3", "/u?n=1"),
            // Less than was sent.
            ("PATCH", "n=1") => told("bytes=0-4", "/u?n=2"),
            ("GET", "n=2") => Response::new(204, "").header("Range", "0-4"),
            ("PATCH", "n=2") => Response::new(202, ""),
            _ => Response::new(201, ""),
        })
    });
    time.run(async {
        let mut upload = client.start_upload(&shop()).await.unwrap();
        assert_eq!((upload.offset(), upload.least_chunk()), (0, Some(3)));
        client.upload_chunk(&mut upload, UploadBody::whole("")).await.unwrap();
        client.upload_chunk(&mut upload, UploadBody::whole("a la")).await.unwrap();
        assert_eq!(upload.offset(), 4);
        client.upload_chunk(&mut upload, UploadBody::whole("ye")).await.unwrap();
        assert_eq!(upload.offset(), 5);
        assert_eq!(client.upload_status(&mut upload).await.unwrap(), 5);
        client.upload_chunk(&mut upload, UploadBody::whole("e")).await.unwrap();
        assert_eq!(upload.offset(), 6);
        client.finish_upload(&mut upload, &digest(), Some(UploadBody::whole("r"))).await.unwrap();
        client.finish_upload(&mut upload, &digest(), None).await.unwrap();
    });
    let requests = server.requests();
    let ranges: Vec<Option<String>> =
        requests.iter().map(|request| header(request, "content-range")).collect();
    let ranges: Vec<&str> = ranges.iter().flatten().map(String::as_str).collect();
    assert_eq!(ranges, ["0-3", "4-5", "5-5", "6-6"]);
    let bare = requests.last().unwrap();
    assert_eq!(
        (bare.query(), bare.body.as_deref()),
        (format!("n=2&digest=sha256%3A{}", digest().hex()).as_str(), Some(b"".as_slice()))
    );
}

#[test]
fn one_byte_and_none_are_told_apart_by_what_was_sent() {
    let time = VirtualTime::default();
    let (client, _) = canned(time.clone(), |_| Ok(begun("/u").header("Range", "0-0")));
    time.run(async {
        let mut upload = client.start_upload(&shop()).await.unwrap();
        assert_eq!(client.upload_status(&mut upload).await.unwrap(), 0);
        client.upload_chunk(&mut upload, UploadBody::whole("a")).await.unwrap();
        assert_eq!(client.upload_status(&mut upload).await.unwrap(), 1);
    });
}

#[test]
fn an_upload_is_sent_once_and_its_failure_says_whether_to_try_again() {
    for (answer, kind, retryable, unknown) in [
        (Ok(refused(400, "DIGEST_INVALID", "no")), ErrorKind::WrongDigest, false, false),
        (Ok(refused(400, "SIZE_INVALID", "no")), ErrorKind::Invalid, false, false),
        (Ok(refused(403, "DENIED", "quota exceeded")), ErrorKind::Quota, false, false),
        (Ok(Response::new(413, "<html>")), ErrorKind::Quota, false, false),
        (Ok(refused(404, "BLOB_UPLOAD_UNKNOWN", "no")), ErrorKind::NotFound, false, false),
        (Ok(Response::new(416, "").header("Range", "0-5")), ErrorKind::Conflict, true, true),
        (
            Ok(refused(429, "TOOMANYREQUESTS", "no").header("Retry-After", "7")),
            ErrorKind::RateLimited,
            true,
            false,
        ),
        (Ok(refused(500, "UNKNOWN", "no")), ErrorKind::Server, true, true),
        (Ok(Response::new(504, "<html>")), ErrorKind::Server, true, true),
        (Ok(Response::new(307, "").header("Location", "/y")), ErrorKind::Redirect, false, false),
        (Err(TransportError::new(TransportErrorKind::Connect, "no")), ErrorKind::Connect, true, false),
        (Err(TransportError::new(TransportErrorKind::Interrupted, "no")), ErrorKind::Interrupted, true, true),
        (Err(TransportError::new(TransportErrorKind::Timeout, "no")), ErrorKind::Timeout, true, true),
        (
            Ok(Response::new(201, "").header("Docker-Content-Digest", &Digest::of("x").to_string())),
            ErrorKind::WrongDigest,
            false,
            false,
        ),
    ] {
        let time = VirtualTime::default();
        let (client, server) = canned(time.clone(), move |request| match request.method.as_str() {
            "POST" => Ok(begun("/u")),
            _ => answer.clone(),
        });
        let mut upload = time.run(client.start_upload(&shop())).unwrap();
        let error = time.run(client.finish_upload(&mut upload, &digest(), Some(body()))).unwrap_err();
        assert_eq!(
            (error.kind(), error.is_retryable(), error.outcome_unknown()),
            (kind, retryable, unknown),
            "{error}"
        );
        assert_eq!(
            (error.operation(), error.resource()),
            ("finish_upload", "/v2/team-a/shop/blobs/uploads/")
        );
        assert_eq!(asked(&server).len(), 2, "{error}");
    }
}

#[test]
fn the_failure_of_the_source_is_the_failure_of_the_upload() {
    let time = VirtualTime::default();
    let (client, server) = canned(time.clone(), |request| {
        Ok(if request.method.as_str() == "POST" { begun("/u") } else { Response::new(201, "") })
    });
    let upload = |body| time.run(client.upload_whole(&shop(), &digest(), body));
    upload(pieces(7, [Ok("a "), Ok(""), Ok("layer")])).unwrap();
    let failed = || Err(UploadBody::source_failed("the file cannot be read"));
    let error = upload(pieces(7, [Ok("a "), failed()])).unwrap_err();
    assert_eq!((error.kind(), error.operation()), (ErrorKind::Interrupted, ""));
    assert_eq!(error.to_string(), "the file cannot be read");
    let puts = || asked(&server).iter().filter(|line| line.starts_with("PUT")).count();
    assert_eq!(puts(), 1);
    // Too little and too much are no uploads.
    for body in [pieces(7, [Ok("a ")]), pieces(7, [Ok("a layer and more")]), pieces(0, [Ok("x")])] {
        let error = upload(body).unwrap_err();
        assert!(error.to_string().contains("length") && !error.is_retryable(), "{error}");
    }
    // Nor is what is too large for a transport that does not stream.
    let error = upload(UploadBody::whole(vec![0; (32 << 20) + 1])).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Configuration, "{error}");
    assert!(error.to_string().contains("larger than this transport sends at once"), "{error}");
    assert_eq!(puts(), 1);
}

#[test]
fn what_the_registry_does_not_know_any_more_is_given_up() {
    let cancel = |answer: Response| {
        let time = VirtualTime::default();
        let (client, server) = canned(time.clone(), move |request| {
            Ok(if request.method.as_str() == "POST" { begun("/u?s=1") } else { answer.clone() })
        });
        let upload = time.run(client.start_upload(&shop())).unwrap();
        let done = time.run(client.cancel_upload(&upload)).map_err(|error| error.kind());
        assert_eq!(asked(&server)[1], "DELETE /u?s=1");
        done
    };
    assert_eq!(cancel(Response::new(204, "")), Ok(()));
    assert_eq!(cancel(refused(404, "BLOB_UPLOAD_UNKNOWN", "no")), Ok(()));
    assert_eq!(cancel(refused(403, "DENIED", "no")), Err(ErrorKind::Forbidden));
}

#[test]
fn an_upload_is_found_again_by_where_it_was() {
    let time = VirtualTime::default();
    let (builder, server) = builder(time.clone(), |request| {
        Ok(match (request.method.as_str(), shown(request)) {
            (_, None) if !request.url.contains("elsewhere") => challenged("Basic realm=\"x\""),
            ("POST", _) => begun("/u?s=1"),
            ("GET", _) => Response::new(204, "").header("Range", "0-6"),
            _ => Response::new(201, ""),
        })
    });
    let client = builder.build().unwrap();
    let upload = time.run(client.start_upload(&shop())).unwrap();
    let mut again = Upload::found_again(shop(), upload.location().clone());
    assert_eq!(time.run(client.upload_status(&mut again)).unwrap(), 7);
    time.run(client.finish_upload(&mut again, &digest(), None)).unwrap();
    // Whoever wrote another place there learns no password.
    let before = server.requests().len();
    let mut other = Upload::found_again(shop(), "https://elsewhere.example/u".into());
    time.run(client.upload_status(&mut other)).unwrap();
    time.run(client.finish_upload(&mut other, &digest(), None)).unwrap();
    assert!(server.requests()[before..].iter().all(|request| shown(request).is_none()));
    let mut none = Upload::found_again(shop(), "nonsense".into());
    assert_eq!(
        time.run(client.finish_upload(&mut none, &digest(), None)).unwrap_err().kind(),
        ErrorKind::Configuration
    );
}

/// Quay says of its answers without a body that they are web pages; Flask does that where nobody says otherwise.
#[test]
fn answers_about_uploads_may_be_called_pages_if_they_are_none() {
    let page = "text/html; charset=utf-8";
    let time = VirtualTime::default();
    let (client, _) = canned(time.clone(), move |request| {
        let (status, range) = match request.method.as_str() {
            "POST" => (202, "bytes=0--1"),
            "PATCH" => (202, "0-6"),
            "GET" => (204, "bytes=0-6"),
            _ => (201, ""),
        };
        let answer = Response::new(status, "").header("Content-Type", page);
        Ok(match status {
            201 => answer.header("Docker-Content-Digest", &digest().to_string()),
            _ => answer
                .header("Location", "/v2/team-a/shop/blobs/uploads/1")
                .header("Range", range)
                .header("Docker-Upload-UUID", "1"),
        })
    });
    let mut upload = time.run(client.start_upload(&shop())).unwrap();
    assert_eq!(upload.offset(), 0);
    time.run(client.upload_chunk(&mut upload, body())).unwrap();
    assert_eq!(time.run(client.upload_status(&mut upload)).unwrap(), 7);
    time.run(client.finish_upload(&mut upload, &digest(), None)).unwrap();
    // What has none of a registry's marks stays somebody's page.
    let time = VirtualTime::default();
    let (client, _) = canned(time.clone(), move |_| Ok(begun("/x").header("Content-Type", page)));
    let mut upload = time.run(client.start_upload(&shop())).unwrap();
    let error = time.run(client.upload_chunk(&mut upload, body())).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Protocol);
}
