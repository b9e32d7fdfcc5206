//! The files that users of OpenStack have, and where they are looked for.

use super::super::configuration;
use crate::Result;
use secrecy::{ExposeSecret, SecretString};
use std::{
    collections::BTreeMap,
    fmt,
    fs::File,
    io::Read,
    path::{Path, PathBuf},
};

/// The most that such a file can be long: hundreds of clouds have some 100 KiB.
const LARGEST: u64 = 1 << 20;

/// How their names end, in the order in which they are looked for.
const ENDINGS: [&str; 3] = ["yaml", "yml", "json"];

/// The texts of the files. `Debug` shows which there are.
#[derive(Clone, Default)]
pub struct CloudFiles {
    pub(super) clouds: Option<SecretString>,
    pub(super) secure: Option<SecretString>,
    pub(super) public: Option<SecretString>,
}

impl CloudFiles {
    /// With this `clouds.yaml`.
    #[must_use]
    pub fn clouds(mut self, text: impl Into<SecretString>) -> Self {
        self.clouds = Some(text.into());
        self
    }

    /// With this `secure.yaml`, which is laid over the other: passwords alone stand in it.
    #[must_use]
    pub fn secure(mut self, text: impl Into<SecretString>) -> Self {
        self.secure = Some(text.into());
        self
    }

    /// With this `clouds-public.yaml`, whose profiles clouds can refer to.
    #[must_use]
    pub fn public(mut self, text: impl Into<SecretString>) -> Self {
        self.public = Some(text.into());
        self
    }

    /// Looks for them: where `OS_CLIENT_CONFIG_FILE` and `OS_CLIENT_SECURE_FILE` say, else in the working folder, in
    /// `~/.config/openstack`, in `/etc/openstack`, the first of each name.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Configuration`](crate::ErrorKind::Configuration) if a file that is there, or that a variable names,
    /// cannot be read.
    pub fn search(variables: &BTreeMap<String, String>) -> Result<Self> {
        let variable = |name: &str| variables.get(name).filter(|value| !value.is_empty());
        let home = variable("XDG_CONFIG_HOME")
            .map(PathBuf::from)
            .or_else(|| variable("HOME").map(|home| Path::new(home).join(".config")));
        let mut folders = vec![PathBuf::from(".")];
        folders.extend(home.map(|home| home.join("openstack")));
        folders.push(PathBuf::from("/etc/openstack"));
        let find = |name: &str, told: Option<&String>| -> Result<Option<SecretString>> {
            let path = match told {
                Some(path) => Some(PathBuf::from(path)),
                None => folders
                    .iter()
                    .flat_map(|folder| ENDINGS.map(|ending| folder.join(format!("{name}.{ending}"))))
                    .find(|path| path.exists()),
            };
            path.map(|path| read(&path).map(SecretString::from)).transpose()
        };
        Ok(Self {
            clouds: find("clouds", variable("OS_CLIENT_CONFIG_FILE"))?,
            secure: find("secure", variable("OS_CLIENT_SECURE_FILE"))?,
            public: find("clouds-public", None)?,
        })
    }
}

impl fmt::Debug for CloudFiles {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let length = |text: &Option<SecretString>| text.as_ref().map(|text| text.expose_secret().len());
        f.debug_struct("CloudFiles")
            .field("clouds", &length(&self.clouds))
            .field("secure", &length(&self.secure))
            .field("public", &length(&self.public))
            .finish()
    }
}

/// Reads a text, which is not shown.
pub(super) fn read(path: &Path) -> Result<String> {
    let wrong = |why: &dyn fmt::Display| configuration(format!("the file `{}` {why}", path.display()));
    let cannot = |error: std::io::Error| wrong(&format_args!("cannot be read: {}", error.kind()));
    // Asked for before it is opened: opening a pipe would wait for a writer.
    let metadata = std::fs::metadata(path).map_err(cannot)?;
    if !metadata.is_file() {
        return Err(wrong(&"is not a file"));
    }
    if metadata.len() > LARGEST {
        return Err(wrong(&"is larger than any of its kind"));
    }
    let mut text = String::new();
    File::open(path).map_err(cannot)?.take(LARGEST).read_to_string(&mut text).map_err(cannot)?;
    Ok(text)
}
