//! Reading a stored release.

use super::{contents::RELEASE, name, read::read_bytes};
use paas_core::{
    diagnostic::{Code, Diagnostic, Diagnostics},
    release::Release,
};
use paas_tosca::{Limits, Source};
use serde_json::Value;
use std::path::Path;

/// Reads a release as [`write_translation`](super::write_translation) stores it in `release.json`. Like templates, only
/// regular files are read, up to [`Limits::total_bytes`].
///
/// # Errors
/// `file.unreadable`, also for what is no release, or one of a later format; `yaml.too_large` or `yaml.not_utf8`.
///
/// ```
/// use paas_sdk::{Limits, files};
///
/// let folder = tempfile::tempdir().unwrap();
/// let path = folder.path().join("release.json");
/// std::fs::write(&path, "{}").unwrap();
/// let problems = files::read_release(&path, &Limits::default()).unwrap_err();
/// assert!(problems.iter().next().unwrap().message.ends_with("cannot be read: it is no release"));
/// ```
pub fn read_release(path: impl AsRef<Path>, limits: &Limits) -> Result<Release, Diagnostics> {
    let path = path.as_ref();
    let one = |problem: Box<Diagnostic>| Diagnostics::from_iter([*problem]);
    let bytes = read_bytes(path, limits.total_bytes).map_err(one)?;
    let source = Source::from_bytes(name(path), &bytes).map_err(one)?;
    parse_release(&source).unwrap_or_else(|| Err(refused(&source, "it is no release")))
}

/// The release that a file is, or that lies in a folder; `None`: the file is something else, such as a template.
///
/// # Errors
/// `file.unreadable`, also if it is a release that this version cannot read.
///
/// ```
/// use paas_sdk::files;
///
/// let folder = tempfile::tempdir().unwrap();
/// std::fs::write(folder.path().join("shop.yaml"), "tosca_definitions_version: tosca_simple_yaml_1_3\n").unwrap();
/// std::fs::write(folder.path().join("release.json"), r#"{"format": 99, "parts": [], "stages": []}"#).unwrap();
///
/// assert!(files::find_release(folder.path().join("shop.yaml")).unwrap().is_none());
/// assert!(files::find_release(folder.path()).is_err());
/// ```
pub fn find_release(path: impl AsRef<Path>) -> Result<Option<Release>, Diagnostics> {
    let path = path.as_ref();
    let inside = path.join(RELEASE);
    let path = if path.is_dir() { inside.as_path() } else { path };
    let bytes = read_bytes(path, Limits::default().total_bytes)
        .map_err(|problem| Diagnostics::from_iter([*problem]))?;
    match Source::from_bytes(name(path), &bytes) {
        Ok(source) => parse_release(&source).transpose(),
        // An archive.
        Err(_) => Ok(None),
    }
}

/// The release that a text is; `None`: it is none, such as a template.
///
/// # Errors
/// `file.unreadable` if it looks like a release and cannot be read as one, or is of a later format.
pub fn parse_release(source: &Source) -> Option<Result<Release, Diagnostics>> {
    // Templates are long, and hardly ever JSON.
    if !source.text().trim_start().starts_with('{') {
        return None;
    }
    let value: Value = serde_json::from_str(source.text()).ok()?;
    let format = value.get("format")?.as_u64()?;
    let is_template = value.get("tosca_definitions_version").is_some();
    if is_template || value.get("parts").is_none() || value.get("stages").is_none() {
        return None;
    }
    if format > u64::from(Release::FORMAT) {
        let why = format!(
            "the release has the format {format}, and this version knows formats up to {}",
            Release::FORMAT
        );
        return Some(Err(refused(source, &why)));
    }
    Some(serde_json::from_value(value).map_err(|error| refused(source, &format!("as a release: {error}"))))
}

fn refused(source: &Source, why: &str) -> Diagnostics {
    let message = format!("`{}` cannot be read: {why}", source.name());
    Diagnostics::from_iter([Diagnostic::new(Code::FileUnreadable, message)])
}

#[cfg(test)]
mod tests {
    use super::*;
    use paas_core::{
        application::{Application, Container, Network, Service},
        release::Target,
    };

    fn release() -> Release {
        let mut shop = Application::new("shop");
        shop.networks = vec![Network::new("dmz")];
        shop.services = vec![Service::new("web", "dmz", Container::new("web:1"))];
        Release::plan(shop, &Target::default()).release.expect("a release")
    }

    fn why(text: &str) -> String {
        let parsed = parse_release(&Source::new("r.json", text)).expect("it looks like a release");
        parsed.expect_err("refused").into_iter().next().expect("a problem").message
    }

    #[test]
    fn a_stored_release_is_read_and_told_from_templates() {
        let text = serde_json::to_string(&release()).expect("JSON");
        let parsed = parse_release(&Source::new("r.json", text.as_str())).expect("it is one");
        assert_eq!(parsed.expect("read"), release());
        for other in
            ["a: b", "", "{", "[]", "{\"format\": 1}", "{ tosca_definitions_version: x }", "{\"parts\": []}"]
        {
            assert!(parse_release(&Source::new("t.yaml", other)).is_none(), "{other}");
        }
    }

    #[test]
    fn what_is_not_understood_is_refused() {
        let newer = why(r#"{ "format": 2, "parts": 1, "stages": 2 }"#);
        assert!(
            newer.ends_with("the release has the format 2, and this version knows formats up to 1"),
            "{newer}"
        );
        let broken = why(r#"{ "format": 1, "parts": 1, "stages": [] }"#);
        assert!(broken.contains("cannot be read: as a release: "), "{broken}");
    }
}
