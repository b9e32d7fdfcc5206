//! Nothing secret is shown anywhere: passwords, tokens, the addresses of uploads and storages.

use super::{PASSWORD, TOKEN, URL, builder, challenged, image, login, refused, shop, shown, tag};
use crate::{log::Log, virtual_time::VirtualTime};
use paas_client::{
    RegistryClient, SecretString,
    registry::{Digest, Manifest, RegistryLogin, Upload, UploadBody, media_type},
    transport::{Request, Response, TransportError, TransportErrorKind},
};

/// User and password as the header has them.
const ENCODED: &str = "YW5uYTpQQVNTV09SRENBTkFSWTQ3MTE=";
const STATE: &str = "STATECANARY";

fn assert_clean(text: &str) {
    for secret in [PASSWORD, TOKEN, ENCODED, STATE] {
        assert!(!text.contains(secret), "{secret} is shown: {text}");
    }
}

/// A server that says all that it was told, with a status.
fn parrot(request: &Request, status: u16) -> Result<Response, TransportError> {
    let said = format!("{PASSWORD} {} `{ENCODED}`", shown(request).unwrap_or_default());
    // A token that was given may come back without the word before it.
    let said = if said.contains(TOKEN) { format!("{said} {TOKEN}") } else { said };
    if request.path() == "/token" {
        return Ok(if status == 0 {
            refused(401, "UNAUTHORIZED", &said)
        } else {
            Response::new(200, format!(r#"{{"token":"{TOKEN}"}}"#))
        });
    }
    if shown(request).is_none() {
        return Ok(challenged(&format!(r#"Bearer realm="https://tokens.example/token",service="{said}""#)));
    }
    match (status, request.method.as_str()) {
        (1, _) => Err(TransportError::new(TransportErrorKind::Interrupted, said)),
        (2, "GET" | "HEAD") => {
            Ok(Response::new(307, "").header("Location", &format!("ftp://x/?{STATE}{said}")))
        }
        (_, "POST") => Ok(Response::new(202, "").header("Location", &format!("/u?_state={STATE}"))),
        (3, _) => Ok(Response::new(404, format!("<title>{said}</title>"))),
        _ => Ok(refused(status, &said, &said).header("X-Request-Id", &said)),
    }
}

#[test]
fn errors_logs_and_debug_show_no_secret() {
    let log = Log::default();
    let guard = log.listen();
    for status in [0, 1, 2, 3, 400, 403, 404, 412, 500] {
        let time = VirtualTime::default();
        let (builder, server) = builder(time.clone(), move |request| parrot(request, status));
        assert_clean(&format!("{builder:?}"));
        let client = builder.build().unwrap();
        let manifest = Manifest::new(media_type::OCI_MANIFEST, super::IMAGE).unwrap();
        let digest = Digest::of("x");
        let mut upload: Option<Upload> = time.run(client.start_upload(&shop())).ok();
        let mut errors = vec![
            time.run(client.ping()).err(),
            time.run(client.manifest(&shop(), &tag())).err(),
            time.run(client.manifest_descriptor(&shop(), &tag())).err(),
            time.run(client.put_manifest(&shop(), &tag(), &manifest)).err(),
            time.run(client.blob(&shop(), &digest, 0)).err(),
            time.run(client.tags(&shop()).collect_all()).err(),
            time.run(client.upload_whole(&shop(), &digest, UploadBody::whole("x"))).err(),
        ];
        if let Some(upload) = &mut upload {
            assert_clean(&format!("{upload:?}"));
            errors.push(time.run(client.upload_chunk(upload, UploadBody::whole("x"))).err());
            errors.push(time.run(client.cancel_upload(upload)).err());
        }
        let errors: Vec<_> = errors.into_iter().flatten().collect();
        assert!(errors.len() >= 6, "{status} {errors:?}");
        for error in &errors {
            assert_clean(&format!("{error} {error:?} {:?} {:?}", error.server_code(), error.request_id()));
        }
        assert_clean(&format!(
            "{client:?} {:?}",
            server.requests().iter().map(|request| request.method).collect::<Vec<_>>()
        ));
    }
    drop(guard);
    let log = log.text();
    assert_clean(&log);
    for part in [
        "span registry",
        "span operation=\"put_manifest\"",
        "span path=\"/v2/{repository}/manifests/{reference}\"",
        "span operation=\"token\"",
        "span path=\"{endpoint for tokens}\"",
        "span path=\"/v2/{repository}/blobs/uploads/{upload}\"",
        "span path=\"/v2/{repository}/blobs/{digest}\"",
        "recorded status=412",
        "recorded attempt=1",
    ] {
        assert!(log.contains(part), "`{part}` is missing in: {log}");
    }
}

#[test]
fn what_the_server_says_is_bounded() {
    let time = VirtualTime::default();
    let (client, _) = super::canned(time.clone(), |_| {
        let message = "long ".repeat(5_000);
        Ok(refused(400, &message, &message))
    });
    let error = time.run(client.start_upload(&shop())).unwrap_err();
    assert!(error.to_string().chars().count() < 1_500, "{}", error.to_string().len());
    assert!(!error.to_string().contains('\n'));
}

#[test]
fn no_value_shows_a_secret_when_it_is_printed() {
    let builder = RegistryClient::builder().url(URL).login(login());
    let client = builder.clone().build().unwrap();
    let token = RegistryLogin::token(SecretString::from(TOKEN));
    assert_clean(&format!("{builder:?} {:?} {token:?} {client:?}", login()));
    assert_eq!(format!("{token:?}"), "RegistryLogin::Token");
    assert_eq!(client.quotable(&format!("a {PASSWORD} {ENCODED}")), "a [redacted] [redacted]");
    let careless = RegistryClient::builder().url(format!("https://anna:{PASSWORD}@registry.example"));
    let error = careless.clone().build().unwrap_err();
    assert_clean(&format!("{careless:?} {error} {error:?}"));
    let _ = image();
}
