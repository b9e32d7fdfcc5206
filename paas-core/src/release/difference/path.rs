//! Where in a release a value is.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use std::{error::Error, fmt, str::FromStr};

/// Where a value is, in words that stay the same when something is put before it: `environment.DB_HOST`,
/// `ports[8080/tcp].external`, `labels."io.rancher.x"`.
///
/// ```
/// use paas_core::release::difference::{PathStep, ValuePath};
///
/// let path: ValuePath = "ports[8080/tcp].external".parse()?;
/// assert_eq!(path.steps()[1], PathStep::Item("8080/tcp".into()));
/// assert_eq!(path.to_string(), "ports[8080/tcp].external");
/// assert!("ports[".parse::<ValuePath>().is_err());
/// # Ok::<(), paas_core::release::difference::InvalidPath>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ValuePath(Vec<PathStep>);

/// A step of a [`ValuePath`].
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PathStep {
    /// Into a map: the key.
    Key(String),
    /// Into a list: what the item is known by.
    Item(String),
}

impl ValuePath {
    /// The steps, from the outside in.
    pub fn steps(&self) -> &[PathStep] {
        &self.0
    }

    /// The first key.
    pub(super) fn head(&self) -> Option<&str> {
        match self.0.first() {
            Some(PathStep::Key(key)) => Some(key),
            _ => None,
        }
    }

    /// Whether it is just this key.
    pub(super) fn is_key(&self, key: &str) -> bool {
        self.0.len() == 1 && self.head() == Some(key)
    }

    pub(super) fn key(&self, key: &str) -> Self {
        self.with(PathStep::Key(key.to_owned()))
    }

    pub(super) fn item(&self, item: &str) -> Self {
        self.with(PathStep::Item(item.to_owned()))
    }

    fn with(&self, step: PathStep) -> Self {
        let mut steps = self.0.clone();
        steps.push(step);
        Self(steps)
    }
}

impl fmt::Display for ValuePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, step) in self.0.iter().enumerate() {
            match step {
                PathStep::Key(key) => {
                    let dot = if index > 0 { "." } else { "" };
                    let is_plain =
                        !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '-');
                    if is_plain { write!(f, "{dot}{key}") } else { write!(f, "{dot}{}", quoted(key)) }?;
                }
                PathStep::Item(item) => {
                    let is_plain = !item.starts_with('"')
                        && item
                            .chars()
                            .all(|c| c.is_alphanumeric() || (c.is_ascii_graphic() && c != ']') || c == ' ');
                    if is_plain { write!(f, "[{item}]") } else { write!(f, "[{}]", quoted(item)) }?;
                }
            }
        }
        Ok(())
    }
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// The text is no path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidPath;

impl fmt::Display for InvalidPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("this is no path, such as `ports[8080/tcp].external`")
    }
}

impl Error for InvalidPath {}

impl FromStr for ValuePath {
    type Err = InvalidPath;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut steps = Vec::new();
        let mut rest = text;
        while !rest.is_empty() {
            let (step, after) = match rest.strip_prefix('[') {
                Some(inside) if inside.starts_with('"') => {
                    let (item, after) = unquoted(inside)?;
                    (PathStep::Item(item), after.strip_prefix(']').ok_or(InvalidPath)?)
                }
                Some(inside) => {
                    let (item, after) = inside.split_once(']').ok_or(InvalidPath)?;
                    (PathStep::Item(item.to_owned()), after)
                }
                None => {
                    let key = match steps.is_empty() {
                        true => rest,
                        false => rest.strip_prefix('.').ok_or(InvalidPath)?,
                    };
                    if key.starts_with('"') {
                        let (key, after) = unquoted(key)?;
                        (PathStep::Key(key), after)
                    } else {
                        let end = key.find(['.', '[']).unwrap_or(key.len());
                        let (key, after) = key.split_at(end);
                        if key.is_empty() {
                            return Err(InvalidPath);
                        }
                        (PathStep::Key(key.to_owned()), after)
                    }
                }
            };
            steps.push(step);
            rest = after;
        }
        Ok(Self(steps))
    }
}

/// The quoted string that a text begins with, and what comes after it.
fn unquoted(text: &str) -> Result<(String, &str), InvalidPath> {
    let mut strings = serde_json::Deserializer::from_str(text).into_iter::<String>();
    let string = strings.next().and_then(Result::ok).ok_or(InvalidPath)?;
    let after = text.get(strings.byte_offset()..).ok_or(InvalidPath)?;
    Ok((string, after))
}

impl Serialize for ValuePath {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for ValuePath {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for ValuePath {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "ValuePath".into()
    }

    fn schema_id() -> std::borrow::Cow<'static, str> {
        concat!(module_path!(), "::ValuePath").into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "description": "Where a value is, such as `ports[8080/tcp].external`.",
            "type": "string",
        })
    }
}
