//! A stack of Rancher from disk.

use super::read::read;
use paas_core::diagnostic::{Code, Diagnostic, Diagnostics};
use paas_tosca::{
    Limits, Source,
    compose::{self, Stack},
};
use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

/// Endings under which the files of a stack lie, by what Rancher's catalogue takes first.
const ENDINGS: [&str; 4] = ["yml", "yaml", "yml.tpl", "yaml.tpl"];

/// Reads the files of a stack: `docker-compose.yml` of a folder, and `rancher-compose.yml` if it is there. A path of a
/// file is that of the first; the other one lies beside it. Messages speak of them by their paths.
///
/// # Errors
/// `file.unreadable`, `yaml.too_large` or `yaml.not_utf8`.
///
/// ```
/// use paas_sdk::{files, tosca::compose};
///
/// let folder = tempfile::tempdir().unwrap();
/// std::fs::write(folder.path().join("docker-compose.yml"), "web: { image: 'nginx:1.27' }\n").unwrap();
///
/// let options = compose::Options::new("dmz");
/// let stack = files::read_stack(folder.path(), &options.limits).unwrap();
/// assert!(stack.rancher_compose.is_none());
/// assert_eq!(compose::import(&stack, &options).application.unwrap().services[0].name, "web");
/// ```
pub fn read_stack(path: impl AsRef<Path>, limits: &Limits) -> Result<Stack, Diagnostics> {
    let path = path.as_ref();
    let one = |problem: Box<Diagnostic>| Diagnostics::from_iter([*problem]);
    let (docker, folder) = match path.is_dir() {
        true => {
            let Some(docker) = find(path, "docker-compose") else {
                let message = format!("`{}` has no `docker-compose.yml`", path.display());
                let help = "give the folder of one stack: in a catalogue, that of one version";
                return Err(one(Box::new(Diagnostic::new(Code::FileUnreadable, message).help(help))));
            };
            (docker, path.to_owned())
        }
        false => (path.to_owned(), path.parent().map(Path::to_owned).unwrap_or_default()),
    };
    let mut stack = Stack::new(read(&docker, limits).map_err(one)?);
    if let Some(rancher) = find(&folder, "rancher-compose").filter(|rancher| *rancher != docker) {
        stack.rancher_compose = Some(read(&rancher, limits).map_err(one)?);
    }
    Ok(stack)
}

/// Whether a path is that of a stack rather than of a template: a folder, or a file called as those of stacks are.
pub fn is_stack(path: impl AsRef<Path>) -> bool {
    let path = path.as_ref();
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    path.is_dir() || name.starts_with("docker-compose.")
}

fn find(folder: &Path, stem: &str) -> Option<PathBuf> {
    ENDINGS.iter().map(|ending| folder.join(format!("{stem}.{ending}"))).find(|path| path.is_file())
}

/// Reads a file of answers: a map of names and single values, as YAML or JSON.
///
/// # Errors
/// All problems of the file.
///
/// ```
/// let folder = tempfile::tempdir().unwrap();
/// let path = folder.path().join("answers.json");
/// std::fs::write(&path, r#"{"PORT": 8080}"#).unwrap();
/// assert_eq!(paas_sdk::files::read_answers(path).unwrap()["PORT"], "8080");
/// ```
pub fn read_answers(path: impl AsRef<Path>) -> Result<BTreeMap<String, String>, Diagnostics> {
    let limits = Limits::default();
    let source: Source =
        read(path.as_ref(), &limits).map_err(|problem| Diagnostics::from_iter([*problem]))?;
    compose::answers(&source)
}
