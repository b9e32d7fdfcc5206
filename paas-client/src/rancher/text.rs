//! Values that may hold users' secrets: not shown by `Debug`.

use crate::rancher::lenient;
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, fmt};

/// The text of a compose file. It may hold passwords, so that `Debug` shows its length only.
///
/// ```
/// use paas_client::rancher::ComposeText;
/// let text = ComposeText::from("services: {}");
/// assert_eq!(format!("{text:?}"), "ComposeText(12 bytes)");
/// assert_eq!(text.as_str(), "services: {}");
/// ```
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ComposeText(String);

impl ComposeText {
    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<T: Into<String>> From<T> for ComposeText {
    fn from(text: T) -> Self {
        Self(text.into())
    }
}

impl fmt::Debug for ComposeText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ComposeText({} bytes)", self.0.len())
    }
}

/// The answers to a stack's variables. They may be passwords, so that `Debug` shows their names only.
///
/// ```
/// use paas_client::rancher::Answers;
/// let answers: Answers = [("DB_PASSWORD", "hidden")].into_iter().collect();
/// assert_eq!(format!("{answers:?}"), r#"{"DB_PASSWORD"}"#);
/// assert_eq!(answers.answer("DB_PASSWORD"), Some("hidden"));
/// ```
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answers(#[serde(deserialize_with = "lenient::texts")] BTreeMap<String, String>);

impl Answers {
    /// The answer to a variable.
    #[must_use]
    pub fn answer(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    /// All names and answers, ordered by name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, answer)| (name.as_str(), answer.as_str()))
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<K: Into<String>, V: Into<String>> FromIterator<(K, V)> for Answers {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(answers: I) -> Self {
        Self(answers.into_iter().map(|(name, answer)| (name.into(), answer.into())).collect())
    }
}

impl fmt::Debug for Answers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}

/// A value of any form, as in a service's metadata. `Debug` shows nothing of it.
///
/// ```
/// use paas_client::rancher::Json;
/// let value = Json::parse(r#"{"num":1}"#).unwrap();
/// assert_eq!((value.to_string().as_str(), value.as_str()), (r#"{"num":1}"#, None));
/// assert_eq!(Json::parse(r#""x""#).unwrap().as_str(), Some("x"));
/// assert!(Json::parse("{").is_none());
/// ```
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Json(serde_json::Value);

impl Json {
    /// Reads a JSON text.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        serde_json::from_str(text).ok().map(Self)
    }

    /// The text, if the value is one.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        self.0.as_str()
    }
}

/// The value as JSON.
impl fmt::Display for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Json")
    }
}
