//! The key of a client: from the environment or a file, never from the command line, where others can see it.

use crate::{Error, ErrorKind, Result};
use base64::{Engine, engine::general_purpose::STANDARD};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use std::{
    env, fmt,
    fs::{self, File},
    io::Read,
    path::Path,
};
use zeroize::Zeroizing;

/// The address of the server.
const URL: &str = "RANCHER_URL";
const ACCESS_KEY: &str = "RANCHER_ACCESS_KEY";
const SECRET_KEY: &str = "RANCHER_SECRET_KEY";

/// The most that a file of credentials can be long.
const LARGEST_FILE: u64 = 64 << 10;

/// The fewest characters of a key; real ones have 20 and 40.
const SHORTEST_KEY: usize = 4;

/// An API key, and the address of its server if that came with it. `Debug` shows neither part of the key.
///
/// ```
/// use paas_client::Credentials;
/// let credentials = Credentials::new("1A2B", "hidden");
/// assert_eq!(format!("{credentials:?}"), "Credentials { url: None, .. }");
/// ```
#[derive(Clone)]
pub struct Credentials {
    access_key: SecretString,
    secret_key: SecretString,
    url: Option<String>,
}

impl Credentials {
    /// A key.
    #[must_use]
    pub fn new(access_key: impl Into<SecretString>, secret_key: impl Into<SecretString>) -> Self {
        Self { access_key: access_key.into(), secret_key: secret_key.into(), url: None }
    }

    /// From the environment variables `RANCHER_ACCESS_KEY`, `RANCHER_SECRET_KEY` and, if it is set, `RANCHER_URL`.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Configuration`] if one of the first two is missing or empty.
    pub fn from_environment() -> Result<Self> {
        Self::from_variables(|name| env::var(name).ok())
    }

    /// The same from another source of variables.
    ///
    /// # Errors
    ///
    /// As [`from_environment`](Self::from_environment).
    ///
    /// ```
    /// use paas_client::Credentials;
    /// let credentials = Credentials::from_variables(|name| match name {
    ///     "RANCHER_URL" => Some("https://rancher.example".into()),
    ///     "RANCHER_ACCESS_KEY" | "RANCHER_SECRET_KEY" => Some("hidden".into()),
    ///     _ => None,
    /// });
    /// assert_eq!(credentials.unwrap().url(), Some("https://rancher.example"));
    ///
    /// let error = Credentials::from_variables(|_| None).unwrap_err();
    /// assert_eq!(error.to_string(), "the environment variable `RANCHER_ACCESS_KEY` is not set");
    /// ```
    pub fn from_variables(variable: impl Fn(&str) -> Option<String>) -> Result<Self> {
        let given = |name: &str| variable(name).filter(|value| !value.is_empty());
        let needed = |name: &str| {
            given(name).ok_or_else(|| configuration(format!("the environment variable `{name}` is not set")))
        };
        Ok(Self {
            access_key: needed(ACCESS_KEY)?.into(),
            secret_key: needed(SECRET_KEY)?.into(),
            url: given(URL),
        })
    }

    /// From a file: the JSON that Rancher's own command line writes (`accessKey`, `secretKey`, `url`), or lines
    /// `NAME=VALUE` with the names of the environment variables. On Unix it must be readable by its owner only (0600).
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Configuration`] if it cannot be read, is open to others, or has no key. What is in it is not shown.
    pub fn from_file(path: impl AsRef<Path>) -> Result<Self> {
        let path = path.as_ref();
        let wrong = |why: &str| configuration(format!("the credentials file `{}` {why}", path.display()));
        let cannot = |error: &std::io::Error| wrong(&format!("cannot be read: {}", error.kind()));
        // Asked for before it is opened: opening a pipe would wait for a writer.
        if !fs::metadata(path).map_err(|error| cannot(&error))?.is_file() {
            return Err(wrong("is not a file"));
        }
        let file = File::open(path).map_err(|error| cannot(&error))?;
        let metadata = file.metadata().map_err(|error| cannot(&error))?;
        if let Some(mode) = open_to_others(&metadata) {
            return Err(wrong(&format!(
                "can be read by others (mode {mode:03o}); make it its owner's alone: chmod 600"
            )));
        }
        if metadata.len() > LARGEST_FILE {
            return Err(wrong("is larger than any credentials"));
        }
        let mut text = Zeroizing::new(String::new());
        file.take(LARGEST_FILE).read_to_string(&mut text).map_err(|error| cannot(&error))?;
        Self::parse(&text).ok_or_else(|| wrong("holds no access key and secret key in a form that is known"))
    }

    /// The address that came with the key.
    #[must_use]
    pub fn url(&self) -> Option<&str> {
        self.url.as_deref()
    }

    fn parse(text: &str) -> Option<Self> {
        if text.trim_start().starts_with('{') {
            let file: CommandLineFile = serde_json::from_str(text).ok()?;
            let mut this = Self::new(file.access_key, file.secret_key);
            this.url = file.url.filter(|url| !url.is_empty());
            return Some(this).filter(Self::is_whole);
        }
        let value = |name: &str| {
            text.lines().find_map(|line| {
                let line = line.trim();
                let (key, value) = line.strip_prefix("export ").unwrap_or(line).split_once('=')?;
                (key.trim() == name).then(|| unquoted(value.trim()).to_owned())
            })
        };
        Self::from_variables(value).ok()
    }

    fn is_whole(&self) -> bool {
        !self.access_key.expose_secret().is_empty() && !self.secret_key.expose_secret().is_empty()
    }

    /// The value of the header `Authorization`.
    pub(crate) fn authorization(&self) -> SecretString {
        format!("Basic {}", self.token().as_str()).into()
    }

    /// All that must never be shown.
    pub(crate) fn secrets(&self) -> Vec<SecretString> {
        vec![self.access_key.clone(), self.secret_key.clone(), self.token().as_str().into()]
    }

    fn token(&self) -> Zeroizing<String> {
        let pair = Zeroizing::new(format!(
            "{}:{}",
            self.access_key.expose_secret(),
            self.secret_key.expose_secret()
        ));
        Zeroizing::new(STANDARD.encode(pair.as_bytes()))
    }

    /// Refuses what no header can carry, and what cannot be struck out of a text without spoiling it.
    pub(crate) fn check(&self) -> Result<()> {
        let length = |key: &SecretString| key.expose_secret().chars().count();
        if length(&self.access_key).min(length(&self.secret_key)) < SHORTEST_KEY {
            return Err(configuration(format!(
                "the access key or the secret key has fewer than {SHORTEST_KEY} characters, which no real one has"
            )));
        }
        if self.access_key.expose_secret().contains(':') {
            return Err(configuration("the access key holds a `:`"));
        }
        Ok(())
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Credentials").field("url", &self.url.as_ref().map(|_| "…")).finish_non_exhaustive()
    }
}

/// What Rancher's command line writes to `cli.json`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct CommandLineFile {
    access_key: SecretText,
    secret_key: SecretText,
    #[serde(default)]
    url: Option<String>,
}

/// A text that is a secret from the moment that it is read.
#[derive(Deserialize)]
struct SecretText(String);

impl From<SecretText> for SecretString {
    fn from(text: SecretText) -> Self {
        text.0.into()
    }
}

fn configuration(message: impl Into<String>) -> Error {
    Error::new(ErrorKind::Configuration, message)
}

fn unquoted(value: &str) -> &str {
    ['"', '\''].into_iter().find_map(|quote| value.strip_prefix(quote)?.strip_suffix(quote)).unwrap_or(value)
}

/// The mode of a file that others than its owner can read or write.
#[cfg(unix)]
fn open_to_others(metadata: &fs::Metadata) -> Option<u32> {
    use std::os::unix::fs::PermissionsExt;
    let mode = metadata.permissions().mode() & 0o777;
    (mode & 0o077 != 0).then_some(mode)
}

#[cfg(not(unix))]
fn open_to_others(_: &fs::Metadata) -> Option<u32> {
    None
}
