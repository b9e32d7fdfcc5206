//! Registries that are down, garbling, or somebody else.

use super::{asked, canned, image, missing, refused, shop, tag};
use crate::virtual_time::VirtualTime;
use paas_client::{
    ErrorKind, System,
    registry::{Digest, Manifest, UploadBody, media_type},
    transport::{Response, TransportError, TransportErrorKind},
};
use std::sync::atomic::{AtomicU32, Ordering};

#[test]
fn failures_have_their_kinds() {
    let quota = "adding 2.1 MiB of storage resource, which when updated to current usage of 8.3 MiB will exceed the configured upper limit of 10.0 MiB.";
    for (answer, kind, retryable) in [
        (Ok(refused(400, "MANIFEST_INVALID", "m")), ErrorKind::Invalid, false),
        (Ok(refused(403, "DENIED", "m")), ErrorKind::Forbidden, false),
        (Ok(refused(403, "DENIED", quota)), ErrorKind::Quota, false),
        (Ok(refused(412, "DENIED", quota)), ErrorKind::Quota, false),
        (Ok(refused(412, "PRECONDITION", "immutable")), ErrorKind::Precondition, false),
        (Ok(refused(405, "UNSUPPORTED", "m")), ErrorKind::Unsupported, false),
        (Ok(refused(409, "CONFLICT", "m")), ErrorKind::Conflict, true),
        (Ok(Response::new(413, "<html>too large")), ErrorKind::Quota, false),
        (Ok(refused(429, "TOOMANYREQUESTS", "m")), ErrorKind::RateLimited, true),
        (Ok(refused(500, "UNKNOWN", "m")), ErrorKind::Server, true),
        (Ok(Response::new(502, "<html><title>502 Bad Gateway</title>")), ErrorKind::Server, true),
        (Ok(Response::new(404, "<html><title>404 Not Found</title>")), ErrorKind::Protocol, false),
        (Ok(Response::new(404, "")), ErrorKind::Protocol, false),
        (Ok(Response::new(304, "")), ErrorKind::Redirect, false),
        (Err(TransportError::new(TransportErrorKind::Connect, "refused")), ErrorKind::Connect, true),
        (Err(TransportError::new(TransportErrorKind::Tls, "not trusted")), ErrorKind::Tls, false),
        (Err(TransportError::new(TransportErrorKind::Timeout, "late")), ErrorKind::Timeout, true),
        (Err(TransportError::new(TransportErrorKind::Interrupted, "reset")), ErrorKind::Interrupted, true),
    ] {
        let time = VirtualTime::default();
        let (client, server) = canned(time.clone(), move |_| answer.clone());
        let manifest = Manifest::new(media_type::OCI_INDEX, "{}").unwrap();
        let error = time.run(client.put_manifest(&shop(), &tag(), &manifest)).unwrap_err();
        assert_eq!((error.kind(), error.is_retryable()), (kind, retryable), "{error}");
        assert_eq!((error.system(), error.operation()), (System::Registry, "put_manifest"));
        assert!(error.code().starts_with("client.registry."));
        assert!(System::Registry.kinds().contains(&kind), "{kind:?}");
        // To put the same twice does no harm.
        assert_eq!(asked(&server).len(), if retryable { 5 } else { 1 }, "{error}");
        if error.server_code().is_some() {
            assert!(error.server_message().is_some());
        }
    }
}

#[test]
fn only_the_registry_says_what_is_not_there() {
    let read = |answer: Response| {
        let time = VirtualTime::default();
        let (client, _) = canned(time.clone(), move |_| Ok(answer.clone()));
        time.run(client.manifest(&shop(), &tag()))
    };
    assert_eq!(read(missing()).unwrap(), None);
    assert_eq!(read(refused(404, "NAME_UNKNOWN", "repository name not known to registry")).unwrap(), None);
    assert_eq!(read(Response::new(404, "404 page not found")).unwrap_err().kind(), ErrorKind::Protocol);
    assert_eq!(read(Response::new(404, "{}")).unwrap_err().kind(), ErrorKind::Protocol);

    // The answer to HEAD has no body: a header tells that it is the registry, or it is asked again with one.
    for (head, get, expected, count) in [
        (
            Response::new(404, "").header("Docker-Distribution-Api-Version", "registry/2.0"),
            missing(),
            Some(false),
            1,
        ),
        (Response::new(404, ""), missing(), Some(false), 2),
        (Response::new(404, ""), image(), Some(true), 2),
        (Response::new(404, ""), Response::new(404, "<html>"), None, 2),
        (Response::new(405, ""), image(), Some(true), 2),
        (Response::new(403, ""), image(), None, 1),
    ] {
        let time = VirtualTime::default();
        let (client, server) = canned(time.clone(), move |request| {
            Ok(if request.method.as_str() == "HEAD" { head.clone() } else { get.clone() })
        });
        let there = time.run(client.manifest_descriptor(&shop(), &tag())).map(|found| found.is_some()).ok();
        assert_eq!((there, asked(&server).len()), (expected, count));
        let there = time.run(client.blob_size(&shop(), &Digest::of("x"))).map(|found| found.is_some()).ok();
        // What is fetched here has no length.
        assert_eq!(there, expected.filter(|there| !there));
    }
}

#[test]
fn a_second_removal_finds_nothing() {
    let twice = |second: Response| {
        let time = VirtualTime::default();
        let count = AtomicU32::new(0);
        let (client, _) = canned(time.clone(), move |_| match count.fetch_add(1, Ordering::Relaxed) {
            0 => Err(TransportError::new(TransportErrorKind::Interrupted, "reset")),
            _ => Ok(second.clone()),
        });
        time.run(client.delete_manifest(&shop(), &Digest::of("x").into()))
    };
    twice(Response::new(202, "")).unwrap();
    twice(missing()).unwrap();
    let error = twice(refused(405, "UNSUPPORTED", "m")).unwrap_err();
    assert!(error.kind() == ErrorKind::Unsupported && error.outcome_unknown(), "{error}");
    let time = VirtualTime::default();
    let (client, _) = canned(time.clone(), |_| Ok(missing()));
    let error = time.run(client.delete_blob(&shop(), &Digest::of("x"))).unwrap_err();
    assert!(error.kind() == ErrorKind::NotFound && !error.outcome_unknown(), "{error}");
}

#[test]
fn a_page_of_somebody_else_is_no_answer() {
    let page =
        Response::new(200, "<html><title>Log in</title>").header("Content-Type", "text/html; charset=utf-8");
    let time = VirtualTime::default();
    let (client, _) = canned(time.clone(), move |request| {
        Ok(match request.method.as_str() {
            "POST" => Response::new(202, "").header("Location", "/u"),
            _ => page.clone(),
        })
    });
    let mut upload = time.run(client.start_upload(&shop())).unwrap();
    let manifest = Manifest::new(media_type::OCI_INDEX, "{}").unwrap();
    let digest = Digest::of("x");
    for (error, changes) in [
        (time.run(client.blob_size(&shop(), &digest)).unwrap_err(), false),
        (time.run(client.upload_status(&mut upload)).unwrap_err(), false),
        (time.run(client.manifest(&shop(), &tag())).unwrap_err(), false),
        (time.run(client.put_manifest(&shop(), &tag(), &manifest)).unwrap_err(), true),
        (time.run(client.upload_chunk(&mut upload, UploadBody::whole("x"))).unwrap_err(), true),
        (time.run(client.finish_upload(&mut upload, &digest, None)).unwrap_err(), true),
        (time.run(client.delete_manifest(&shop(), &tag())).unwrap_err(), true),
        (time.run(client.tags(&shop()).collect_all()).unwrap_err(), false),
    ] {
        assert_eq!((error.kind(), error.outcome_unknown()), (ErrorKind::Protocol, changes), "{error}");
        assert_eq!(upload.offset(), 0);
    }
}
