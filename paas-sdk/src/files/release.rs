//! Reading a release that a translation wrote.

use super::{contents::RELEASE, name, read::read_bytes};
use paas_core::{
    diagnostic::{Code, Diagnostic, Diagnostics, shown},
    release::Release,
};
use paas_tosca::Limits;
use serde_json::Value;
use std::path::Path;

/// Reads `release.json`, or that of a folder that a translation wrote; `None`: the file is something else, such as a
/// template.
///
/// # Errors
/// `file.unreadable`: also if it is a release that this version cannot read.
///
/// ```
/// use paas_sdk::files;
///
/// let folder = tempfile::tempdir().unwrap();
/// std::fs::write(folder.path().join("shop.yaml"), "tosca_definitions_version: tosca_simple_yaml_1_3\n").unwrap();
/// std::fs::write(folder.path().join("release.json"), r#"{"format": 99, "parts": [], "stages": []}"#).unwrap();
///
/// assert!(files::read_release(folder.path().join("shop.yaml")).unwrap().is_none());
/// let problems = files::read_release(folder.path()).unwrap_err();
/// assert!(problems.iter().next().unwrap().message.ends_with("it has format 99, and this version reads 1"));
/// ```
pub fn read_release(path: impl AsRef<Path>) -> Result<Option<Release>, Diagnostics> {
    let path = path.as_ref();
    let inside = path.join(RELEASE);
    let path = if path.is_dir() { inside.as_path() } else { path };
    let one = |problem| Diagnostics::from_iter([problem]);
    let bytes = read_bytes(path, Limits::default().total_bytes).map_err(|problem| one(*problem))?;
    // A template can be JSON, too: then it says so.
    let Ok(Value::Object(fields)) = serde_json::from_slice(&bytes) else { return Ok(None) };
    let is_release =
        fields.contains_key("format") && fields.contains_key("parts") && fields.contains_key("stages");
    if !is_release || fields.contains_key("tosca_definitions_version") {
        return Ok(None);
    }
    let unreadable = |why: String| {
        let message = format!("the release {} cannot be read: {why}", shown(&name(path)));
        one(Diagnostic::new(Code::FileUnreadable, message))
    };
    match fields.get("format").and_then(Value::as_u64) {
        Some(format) if format > u64::from(Release::FORMAT) => {
            return Err(unreadable(format!(
                "it has format {format}, and this version reads {}",
                Release::FORMAT
            )));
        }
        _ => {}
    }
    serde_json::from_value(Value::Object(fields)).map(Some).map_err(|error| unreadable(error.to_string()))
}
