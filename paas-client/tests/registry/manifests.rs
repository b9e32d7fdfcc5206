//! Manifests as registries give them, and as they should not.

use super::{IMAGE, asked, canned, header, image, refused, shop, tag};
use crate::virtual_time::VirtualTime;
use paas_client::{
    ErrorKind,
    registry::{Algorithm, Content, Digest, Manifest, Reference, media_type},
    transport::Response,
};

fn with(digest: &str, kind: &str, body: &str) -> Response {
    let mut answer = Response::new(200, body);
    for (name, value) in [("Docker-Content-Digest", digest), ("Content-Type", kind)] {
        if !value.is_empty() {
            answer = answer.header(name, value);
        }
    }
    answer
}

fn read(answer: Response, reference: &Reference) -> paas_client::Result<Manifest> {
    let time = VirtualTime::default();
    let (client, server) = canned(time.clone(), move |_| Ok(answer.clone()));
    let manifest = time.run(client.manifest(&shop(), reference)).map(Option::unwrap);
    let accept = header(&server.requests()[1], "accept").unwrap();
    assert!(accept.split(", ").eq([
        media_type::OCI_MANIFEST,
        media_type::OCI_INDEX,
        media_type::DOCKER_MANIFEST,
        media_type::DOCKER_LIST
    ]));
    manifest
}

#[test]
fn what_comes_is_held_against_all_digests_that_are_told() {
    let own = Digest::of(IMAGE);
    let long = Digest::by(Algorithm::Sha512, IMAGE);
    let other = Digest::of("other");
    for (told, reference, expected) in [
        (own.to_string(), tag(), Ok(&own)),
        (String::new(), tag(), Ok(&own)),
        (String::new(), Reference::from(&own), Ok(&own)),
        (own.to_string(), Reference::from(&long), Ok(&long)),
        (long.to_string(), tag(), Ok(&long)),
        (other.to_string(), tag(), Err(ErrorKind::WrongDigest)),
        (own.to_string(), Reference::from(&other), Err(ErrorKind::WrongDigest)),
        (other.to_string(), Reference::from(&own), Err(ErrorKind::WrongDigest)),
        (String::new(), Reference::from(&other), Err(ErrorKind::WrongDigest)),
        ("md5:abc".to_owned(), tag(), Err(ErrorKind::Protocol)),
    ] {
        let result = read(with(&told, media_type::OCI_MANIFEST, IMAGE), &reference);
        match (&result, expected) {
            (Ok(manifest), Ok(digest)) => {
                assert_eq!((manifest.digest(), manifest.bytes()), (digest, IMAGE.as_bytes()));
            }
            (Err(error), Err(kind)) => {
                assert_eq!(error.kind(), kind, "{error}");
                assert!(!error.is_retryable());
                assert_eq!(error.operation(), "manifest");
            }
            _ => panic!("{told} {reference}: {result:?}"),
        }
    }
}

#[test]
fn the_type_is_the_registrys_word_or_else_its_own() {
    let index = r#"{"schemaVersion":2,"mediaType":"application/vnd.docker.distribution.manifest.list.v2+json","manifests":[]}"#;
    let bare = r#"{"schemaVersion":2,"manifests":[]}"#;
    let old = r#"{"schemaVersion":1,"name":"a","fsLayers":[]}"#;
    for (told, body, expected) in [
        (media_type::OCI_INDEX, bare, Ok(media_type::OCI_INDEX)),
        ("application/vnd.oci.image.index.v1+json; charset=utf-8", bare, Ok(media_type::OCI_INDEX)),
        ("application/json", index, Ok(media_type::DOCKER_LIST)),
        ("", index, Ok(media_type::DOCKER_LIST)),
        ("text/plain", bare, Err(ErrorKind::Protocol)),
        ("text/html", "<html>", Err(ErrorKind::Protocol)),
        ("application/vnd.docker.distribution.manifest.v1+prettyjws", old, Err(ErrorKind::Unsupported)),
        ("application/vnd.docker.distribution.manifest.v1+json", old, Err(ErrorKind::Unsupported)),
    ] {
        let result = read(with("", told, body), &tag());
        let kind = result.as_ref().map(Manifest::media_type).map_err(paas_client::Error::kind);
        assert_eq!(kind, expected, "{told}");
        if let Err(error) = result
            && error.kind() == ErrorKind::Unsupported
        {
            assert!(error.to_string().contains("schema 1"), "{error}");
        }
    }
}

#[test]
fn four_mebibytes_are_read_and_no_more() {
    let fits = " ".repeat(4 << 20);
    assert_eq!(read(with("", media_type::OCI_INDEX, &fits), &tag()).unwrap().bytes().len(), 4 << 20);
    let error = read(with("", media_type::OCI_INDEX, &format!("{fits} ")), &tag()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::TooLarge, "{error}");
    assert!(!error.is_retryable());
}

#[test]
fn a_head_is_enough_if_it_tells_all() {
    let own = Digest::of(IMAGE);
    let length = IMAGE.len().to_string();
    // What the head tells, by what it is asked, and how many requests it takes.
    for (digest, kind, length, reference, expected) in [
        (own.to_string(), media_type::OCI_MANIFEST, length.as_str(), tag(), Ok(1)),
        (String::new(), media_type::OCI_MANIFEST, length.as_str(), tag(), Ok(2)),
        (String::new(), media_type::OCI_MANIFEST, length.as_str(), Reference::from(&own), Ok(1)),
        (own.to_string(), "application/json", length.as_str(), tag(), Ok(2)),
        (own.to_string(), media_type::OCI_MANIFEST, "", tag(), Ok(2)),
        (
            Digest::of("x").to_string(),
            media_type::OCI_MANIFEST,
            "7",
            Reference::from(&own),
            Err(ErrorKind::WrongDigest),
        ),
        ("x".to_owned(), media_type::OCI_MANIFEST, "7", tag(), Err(ErrorKind::Protocol)),
        (
            own.to_string(),
            "application/vnd.docker.distribution.manifest.v1+prettyjws",
            "7",
            tag(),
            Err(ErrorKind::Unsupported),
        ),
    ] {
        let time = VirtualTime::default();
        let mut head = with(&digest, kind, "");
        if !length.is_empty() {
            head = head.header("Content-Length", length);
        }
        let (client, server) = canned(time.clone(), move |request| {
            Ok(if request.method.as_str() == "HEAD" { head.clone() } else { image() })
        });
        let described = time.run(client.manifest_descriptor(&shop(), &reference));
        match expected {
            Ok(count) => {
                let described = described.unwrap().unwrap();
                assert_eq!(
                    (&described.digest, described.media_type.as_str()),
                    (&own, media_type::OCI_MANIFEST)
                );
                assert_eq!(described.size, u64::try_from(IMAGE.len()).unwrap());
                assert_eq!(asked(&server).len(), count, "{digest} {kind} {length}");
            }
            Err(kind) => assert_eq!(described.unwrap_err().kind(), kind),
        }
    }
}

#[test]
fn a_manifest_is_put_as_it_is_and_the_registrys_digest_is_looked_at() {
    let manifest = Manifest::new(media_type::OCI_MANIFEST, IMAGE).unwrap();
    let subject = Digest::of("subject");
    let long = Digest::by(Algorithm::Sha512, IMAGE);
    for (answer, expected) in [
        (Response::new(201, ""), Ok((manifest.digest(), None))),
        (with(&manifest.digest().to_string(), "", ""), Ok((manifest.digest(), None))),
        (with(&long.to_string(), "", ""), Ok((&long, None))),
        (
            Response::new(201, "").header("OCI-Subject", &subject.to_string()),
            Ok((manifest.digest(), Some(&subject))),
        ),
        (Response::new(201, "").header("OCI-Subject", "nonsense"), Ok((manifest.digest(), None))),
        (with(&subject.to_string(), "", ""), Err(ErrorKind::WrongDigest)),
        (with("nonsense", "", ""), Err(ErrorKind::Protocol)),
        (refused(412, "PRECONDITION", "configured as immutable tag"), Err(ErrorKind::Precondition)),
    ] {
        let time = VirtualTime::default();
        let (client, server) = canned(time.clone(), move |_| Ok(answer.clone()));
        let pushed = time.run(client.put_manifest(&shop(), &tag(), &manifest));
        let request = server.requests().pop().unwrap();
        assert_eq!(asked(&server), ["PUT /manifests/1.0"]);
        assert_eq!(header(&request, "content-type").as_deref(), Some(media_type::OCI_MANIFEST));
        assert_eq!(request.body.as_deref(), Some(IMAGE.as_bytes()));
        match expected {
            Ok((digest, subject)) => {
                let pushed = pushed.unwrap();
                assert_eq!((&pushed.digest, pushed.subject.as_ref()), (digest, subject));
            }
            Err(kind) => assert_eq!(pushed.unwrap_err().kind(), kind),
        }
    }
}

#[test]
fn what_a_manifest_points_at_is_read_and_ambiguous_ones_are_not() {
    let content = |kind: &str, body: &str| Manifest::new(kind, body.to_owned()).unwrap().content();
    let Content::Image { config, artifact_type, layers, subject, .. } =
        content(media_type::OCI_MANIFEST, IMAGE).unwrap()
    else {
        panic!();
    };
    assert_eq!((config.size, layers.len(), subject), (2, 0, None));
    assert_eq!(artifact_type, "application/vnd.oci.image.config.v1+json");

    let digest = Digest::of("x");
    let foreign = format!(
        r#"{{"schemaVersion":2,"config":{{"mediaType":"c","digest":"{digest}","size":1}},"annotations":null,"new":[],
        "layers":[{{"mediaType":"application/vnd.docker.image.rootfs.foreign.diff.tar.gzip","digest":"{digest}","size":1,
        "urls":["https://layers.example/x"],"annotations":null}}]}}"#
    );
    let Content::Image { layers, .. } = content(media_type::DOCKER_MANIFEST, &foreign).unwrap() else {
        panic!()
    };
    assert!(layers[0].is_foreign() && layers[0].urls == ["https://layers.example/x"]);

    for (kind, body, words) in [
        (media_type::OCI_INDEX, IMAGE, "another type"),
        (
            media_type::OCI_MANIFEST,
            r#"{"schemaVersion":2,"config":{},"manifests":[]}"#,
            "is not one of the type",
        ),
        (
            media_type::OCI_INDEX,
            r#"{"schemaVersion":2,"layers":[],"manifests":[]}"#,
            "both an image and an index",
        ),
        (
            media_type::OCI_INDEX,
            r#"{"schemaVersion":2,"fsLayers":[],"manifests":[]}"#,
            "both an image and an index",
        ),
        (media_type::OCI_INDEX, r#"{"schemaVersion":2}"#, "no manifests"),
        (media_type::OCI_MANIFEST, r#"{"schemaVersion":2,"layers":[]}"#, "no configuration"),
        (media_type::OCI_MANIFEST, r#"{"schemaVersion":1}"#, "`schemaVersion` 2"),
        (
            media_type::OCI_MANIFEST,
            r#"{"schemaVersion":2,"config":{"mediaType":"c","digest":"sha256:x","size":1}}"#,
            "is not one of the type",
        ),
        (media_type::OCI_MANIFEST, "[]", "is not one of the type"),
        ("application/json", r#"{"schemaVersion":2}"#, "not known"),
    ] {
        let error = content(kind, body).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Protocol);
        assert!(error.to_string().contains(words), "{body}: {error}");
    }
}
