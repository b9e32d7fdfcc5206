//! Setting a client up: addresses and keys, from variables and files.

use crate::{ACCESS, SECRET, credentials};
use paas_client::{Credentials, ErrorKind, RancherClient};
use std::{fs, path::Path};

fn file(text: &str) -> tempfile::NamedTempFile {
    // Made for its owner only.
    let file = tempfile::NamedTempFile::new().unwrap();
    fs::write(file.path(), text).unwrap();
    file
}

#[test]
fn credentials_come_from_files_in_two_forms() {
    for text in [
        format!(
            r#"{{"accessKey":"{ACCESS}","secretKey":"{SECRET}","url":"https://rancher.example/v2-beta/schemas","environment":"1a5"}}"#
        ),
        format!(
            "# a comment\nRANCHER_URL=https://rancher.example\nexport RANCHER_ACCESS_KEY={ACCESS}\nRANCHER_SECRET_KEY='{SECRET}'\n"
        ),
        format!(
            "RANCHER_ACCESS_KEY = \"{ACCESS}\"\r\nRANCHER_SECRET_KEY={SECRET}\r\nRANCHER_URL=https://rancher.example\r\n"
        ),
    ] {
        let credentials = Credentials::from_file(file(&text).path()).unwrap();
        assert!(credentials.url().unwrap().starts_with("https://rancher.example"));
        assert!(RancherClient::builder().credentials(credentials).build().is_ok());
    }
}

#[test]
fn files_without_credentials_are_refused_without_being_shown() {
    for text in [
        "",
        "RANCHER_ACCESS_KEY=hidden",
        "{\"accessKey\":\"hidden\"}",
        "{\"accessKey\":\"hidden\",\"secretKey\":\"\"}",
        "{\"accessKey\":\"hidden\",",
        "hidden",
    ] {
        let error = Credentials::from_file(file(text).path()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Configuration);
        assert!(error.to_string().contains("holds no access key") && !error.to_string().contains("hidden"));
    }
    let folder = tempfile::tempdir().unwrap();
    for (path, words) in [(folder.path(), "is not a file"), (Path::new("/nowhere/at/all"), "cannot be read")]
    {
        let error = Credentials::from_file(path).unwrap_err();
        assert!(error.to_string().contains(words), "{error}");
    }
    let error = Credentials::from_file(file(&" ".repeat(70_000)).path()).unwrap_err();
    assert!(error.to_string().contains("larger"), "{error}");
    let binary = file("");
    fs::write(binary.path(), [0xff, 0xfe]).unwrap();
    assert!(Credentials::from_file(binary.path()).is_err());
}

#[cfg(unix)]
#[test]
fn files_that_others_can_read_are_refused() {
    use std::os::unix::fs::PermissionsExt;
    let text = format!("RANCHER_ACCESS_KEY={ACCESS}\nRANCHER_SECRET_KEY={SECRET}\n");
    let file = file(&text);
    for (mode, good) in
        [(0o600, true), (0o400, true), (0o640, false), (0o604, false), (0o620, false), (0o644, false)]
    {
        fs::set_permissions(file.path(), fs::Permissions::from_mode(mode)).unwrap();
        let result = Credentials::from_file(file.path());
        assert_eq!(result.is_ok(), good, "{mode:o}");
        if let Err(error) = result {
            assert!(error.to_string().contains(&format!("mode {mode:o}")), "{error}");
        }
    }
}

#[test]
fn a_client_that_cannot_work_is_not_made() {
    let builder = RancherClient::builder;
    let long = "x".repeat(20);
    for (builder, words) in [
        (builder().url("https://rancher.example"), "no credentials"),
        (builder().credentials(credentials()), "no address"),
        (builder().credentials(credentials()).url("http://rancher.example"), "in clear"),
        (builder().credentials(Credentials::new("", "")).url("https://rancher.example"), "fewer than 4"),
        (
            builder().credentials(Credentials::new(long.as_str(), "abc")).url("https://rancher.example"),
            "fewer than 4",
        ),
        (
            builder().credentials(Credentials::new("us:er", long.as_str())).url("https://rancher.example"),
            "`:`",
        ),
    ] {
        let error = builder.build().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Configuration);
        assert!(error.to_string().contains(words), "{error}");
    }
    assert!(
        builder().credentials(credentials()).url("http://rancher.example").allow_plain_http().build().is_ok()
    );
}
