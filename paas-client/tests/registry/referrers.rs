//! What is about a manifest.

use super::{asked, canned, challenged, missing, refused, shop};
use crate::virtual_time::VirtualTime;
use paas_client::{
    ErrorKind,
    registry::{Descriptor, Digest, media_type},
    transport::Response,
};

fn entry(kind: &str, content: &str) -> String {
    let digest = Digest::of(content);
    format!(
        r#"{{"mediaType":"application/vnd.oci.image.manifest.v1+json","digest":"{digest}","size":7,"artifactType":"{kind}"}}"#
    )
}

fn index(entries: &[String]) -> Response {
    let body = format!(
        r#"{{"schemaVersion":2,"mediaType":"{}","manifests":[{}]}}"#,
        media_type::OCI_INDEX,
        entries.join(",")
    );
    Response::new(200, body).header("Content-Type", media_type::OCI_INDEX)
}

fn run(
    kind: Option<&str>,
    answer: impl Fn(&str, &str) -> Response + Send + Sync + 'static,
) -> (paas_client::Result<Vec<Descriptor>>, Vec<String>) {
    let time = VirtualTime::default();
    let (client, server) = canned(time.clone(), move |request| {
        let path = request.path().trim_start_matches("/v2/team-a/shop/");
        Ok(answer(path.split('/').next().unwrap(), request.query()))
    });
    let found = time.run(client.referrers(&shop(), &Digest::of("subject"), kind).collect_all());
    let subject = Digest::of("subject");
    let asked = asked(&server)
        .into_iter()
        .map(|line| {
            line.replace(&subject.to_string(), "SUBJECT").replace(subject.fallback_tag().as_str(), "TAG")
        })
        .collect();
    (found, asked)
}

#[test]
fn a_registry_that_notes_them_is_asked_page_by_page() {
    let (found, asked) = run(Some("sig"), |_, query| match query {
        "artifactType=sig" => index(&[entry("sig", "1")])
            .header("OCI-Filters-Applied", "artifactType")
            .header("Link", r#"</v2/team-a/shop/referrers/x?artifactType=sig&after=1>; rel="next""#),
        // A page that is not filtered is filtered here.
        _ => index(&[entry("sbom", "2"), entry("sig", "3")]),
    });
    let found: Vec<Digest> = found.unwrap().into_iter().map(|found| found.digest).collect();
    assert_eq!(found, [Digest::of("1"), Digest::of("3")]);
    assert_eq!(
        asked,
        ["GET /referrers/SUBJECT?artifactType=sig", "GET /referrers/SUBJECT?artifactType=sig&after=1"]
    );
    let (found, asked) = run(None, |_, _| index(&[]));
    assert_eq!((found.unwrap().len(), asked.len()), (0, 1));
}

#[test]
fn a_registry_that_does_not_has_them_under_a_tag() {
    for refusal in [
        Response::new(404, "404 page not found"),
        missing(),
        refused(405, "UNSUPPORTED", "no"),
        // As older registries, gateways and portals before them answer to what they do not know.
        refused(400, "UNSUPPORTED", "no"),
        Response::new(400, "Bad Request"),
        Response::new(406, ""),
        Response::new(501, ""),
        refused(401, "UNAUTHORIZED", "no"),
        Response::new(200, "<html>").header("Content-Type", "text/html"),
        Response::new(200, "{}").header("Content-Type", "application/json"),
    ] {
        let (found, asked) = run(Some("sig"), move |path, _| match path {
            "referrers" => refusal.clone(),
            _ => index(&[entry("sig", "1"), entry("sbom", "2")]),
        });
        assert_eq!(found.unwrap().len(), 1);
        assert_eq!(asked, ["GET /referrers/SUBJECT?artifactType=sig", "GET /manifests/TAG"]);
    }
    let (found, _) =
        run(None, |path, _| if path == "referrers" { Response::new(404, "") } else { missing() });
    assert_eq!(found.unwrap(), []);
    // Whoever is not the registry has nothing to say of it.
    let (found, _) = run(None, |_, _| Response::new(404, "<html>"));
    assert_eq!(found.unwrap_err().kind(), ErrorKind::Protocol);
    // Nor is a failure, or a refusal, an empty list.
    for (status, kind) in [(500, ErrorKind::Server), (403, ErrorKind::Forbidden)] {
        let (found, _) = run(None, move |_, _| refused(status, "ANY", "no"));
        assert_eq!(found.unwrap_err().kind(), kind);
    }
    // An image of that name is somebody else's.
    let (found, _) = run(None, |path, _| if path == "referrers" { missing() } else { super::image() });
    assert_eq!(found.unwrap(), []);
    let (found, _) = run(None, |_, _| Response::new(200, "<html>"));
    assert_eq!(found.unwrap_err().kind(), ErrorKind::Protocol);
    // Who says that it is a list has to give one.
    let (found, _) = run(None, |path, _| match path {
        "referrers" => Response::new(200, "<html>").header("Content-Type", media_type::OCI_INDEX),
        _ => missing(),
    });
    assert_eq!(found.unwrap_err().kind(), ErrorKind::Protocol);
    // A login that is wanted is not an empty list.
    let (found, _) = run(None, |_, _| challenged(r#"Basic realm="x""#));
    assert_eq!(found.unwrap_err().kind(), ErrorKind::Unauthorized);
}

/// GitHub's registry sends to its web site.
#[test]
fn one_that_sends_elsewhere_is_followed_and_what_is_there_may_be_no_list() {
    let elsewhere = "https://web.example/-/v2/packages/referrers";
    for (there, expected, asks) in [
        (index(&[entry("sig", "1")]), Ok(vec![Digest::of("1")]), 2),
        (Response::new(404, "<html>"), Ok(vec![Digest::of("2")]), 3),
        (Response::new(429, "<html>"), Ok(vec![Digest::of("2")]), 7),
        (Response::new(200, "<html>").header("Content-Type", "text/html"), Ok(vec![Digest::of("2")]), 3),
        (Response::new(500, ""), Err(ErrorKind::Server), 6),
    ] {
        let time = VirtualTime::default();
        let (client, server) = canned(time.clone(), move |request| {
            Ok(match request.path() {
                "/-/v2/packages/referrers" => {
                    assert_eq!(super::shown(request), None);
                    there.clone()
                }
                path if path.contains("/referrers/") => Response::new(303, "").header("Location", elsewhere),
                _ => index(&[entry("sig", "2")]),
            })
        });
        let found = time.run(client.referrers(&shop(), &Digest::of("subject"), None).collect_all());
        let found = found.map(|found| found.into_iter().map(|one| one.digest).collect::<Vec<_>>());
        assert_eq!(found.map_err(|error| error.kind()), expected);
        assert_eq!(asked(&server).len(), asks);
    }
}

/// Go writes a list of none like this.
#[test]
fn a_list_of_none_may_be_written_as_null() {
    let body =
        r#"{"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":null}"#;
    let (found, asked) =
        run(None, move |_, _| Response::new(200, body).header("Content-Type", media_type::OCI_INDEX));
    assert_eq!((found.unwrap(), asked.len()), (Vec::new(), 1));
}

/// GitLab's registry takes the tag for the digest, and gives the manifest itself: what an index holds is not about it.
#[test]
fn what_the_tag_stands_for_may_be_the_manifest_itself() {
    let list = index(&[entry("linux", "1"), entry("windows", "2")]);
    let subject = Digest::of(&list.body);
    let time = VirtualTime::default();
    let (client, _) = canned(time.clone(), move |request| {
        Ok(if request.path().contains("/referrers/") { missing() } else { list.clone() })
    });
    assert_eq!(time.run(client.referrers(&shop(), &subject, None).collect_all()).unwrap(), []);
}
