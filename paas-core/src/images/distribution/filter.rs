//! Which tags.

use crate::images::Tag;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use std::{error::Error, fmt, str::FromStr};

/// Which tags of a namespace: those of any pattern, if there are any, and of no excluded one.
///
/// ```
/// use paas_core::images::distribution::TagFilter;
///
/// let filter: TagFilter = serde_json::from_str(r#"{ "include": ["versions >=1.2, <3"], "exclude": ["*-rc*"] }"#).unwrap();
/// let has = |tag: &str| filter.has(&tag.parse().unwrap());
/// assert!(has("1.2") && has("v2.9.1") && !has("3.0") && !has("latest") && !has("1.5.0-rc1"));
/// assert!(TagFilter::default().has(&"latest".parse().unwrap()));
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
#[non_exhaustive]
pub struct TagFilter {
    /// The tags that are meant; none: all.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub include: Vec<TagPattern>,
    /// The tags that are not meant.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub exclude: Vec<TagPattern>,
}

impl TagFilter {
    /// The tags of any of these patterns.
    pub fn of(include: impl IntoIterator<Item = TagPattern>) -> Self {
        Self { include: include.into_iter().collect(), exclude: Vec::new() }
    }

    /// But for those of these.
    #[must_use]
    pub fn but(mut self, exclude: impl IntoIterator<Item = TagPattern>) -> Self {
        self.exclude.extend(exclude);
        self
    }

    /// Whether a tag is one of them.
    pub fn has(&self, tag: &Tag) -> bool {
        let is_any = |patterns: &[TagPattern]| patterns.iter().any(|pattern| pattern.has(tag));
        (self.include.is_empty() || is_any(&self.include)) && !is_any(&self.exclude)
    }
}

/// Some tags: by their text, or as versions.
///
/// | written | tags |
/// | --- | --- |
/// | `1.*`, `release-?` | those of that text, where `*` stands for anything and `?` for one character |
/// | `versions >=1.2, <3` | those that are versions, and in this range, as Cargo has it: `^1.2`, `~1.2`, `=1.2.3` too |
///
/// A tag is a version with or without a `v` before it, and with missing numbers taken for 0: `v1.4` is 1.4.0. What follows a
/// `-` makes it a version before that one (`1.4-rc1`), which a range has only if it names one of the same numbers.
///
/// ```
/// use paas_core::images::distribution::TagPattern;
///
/// let pattern: TagPattern = "1.?".parse()?;
/// assert!(pattern.has(&"1.4".parse().unwrap()) && !pattern.has(&"1.40".parse().unwrap()));
/// let range: TagPattern = "versions ^1.4".parse()?;
/// assert!(range.has(&"v1.10".parse().unwrap()) && !range.has(&"1.3.9".parse().unwrap()));
/// assert!(!range.has(&"1.5-rc1".parse().unwrap()));
/// assert!("versions one".parse::<TagPattern>().is_err() && "a b".parse::<TagPattern>().is_err());
/// # Ok::<(), paas_core::images::distribution::InvalidTagPattern>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TagPattern(Kind);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Kind {
    Text(String),
    Versions(semver::VersionReq),
}

/// What a range begins with.
const VERSIONS: &str = "versions ";
/// The longest pattern, in characters: as long as two tags.
const LONGEST: usize = 2 * Tag::MAX;

impl TagPattern {
    /// Whether a tag is one of them.
    pub fn has(&self, tag: &Tag) -> bool {
        match &self.0 {
            Kind::Text(pattern) => matches(pattern.as_bytes(), tag.as_str().as_bytes()),
            Kind::Versions(range) => version(tag.as_str()).is_some_and(|version| range.matches(&version)),
        }
    }
}

/// A tag as a version.
fn version(tag: &str) -> Option<semver::Version> {
    let text = tag.strip_prefix('v').unwrap_or(tag);
    let (numbers, before) =
        text.split_once('-').map_or((text, None), |(numbers, rest)| (numbers, Some(rest)));
    let missing = 2usize.checked_sub(numbers.matches('.').count())?;
    let mut whole = numbers.to_owned();
    whole.push_str(&".0".repeat(missing));
    if let Some(before) = before {
        whole.push('-');
        whole.push_str(before);
    }
    semver::Version::parse(&whole).ok()
}

/// Whether a text is one of a pattern's, in time of the product of both at most: after each `*`, the last one is taken up
/// again.
fn matches(pattern: &[u8], text: &[u8]) -> bool {
    let (mut at, mut of) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while let Some(byte) = text.get(at) {
        match pattern.get(of) {
            Some(b'*') => {
                star = Some((of, at));
                of += 1;
            }
            Some(wanted) if *wanted == b'?' || wanted == byte => {
                at += 1;
                of += 1;
            }
            _ => {
                let Some((star_of, star_at)) = star else { return false };
                star = Some((star_of, star_at + 1));
                at = star_at + 1;
                of = star_of + 1;
            }
        }
    }
    pattern.get(of..).is_none_or(|rest| rest.iter().all(|byte| *byte == b'*'))
}

/// The text is no pattern of tags.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidTagPattern(String);

impl fmt::Display for InvalidTagPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is no pattern of tags: write `1.*`, or a range such as `versions >=1.2, <3`", self.0)
    }
}

impl Error for InvalidTagPattern {}

impl FromStr for TagPattern {
    type Err = InvalidTagPattern;

    fn from_str(text: &str) -> Result<Self, InvalidTagPattern> {
        let invalid = || InvalidTagPattern(text.chars().filter(|c| !c.is_control()).take(80).collect());
        if text.is_empty() || text.len() > LONGEST {
            return Err(invalid());
        }
        if let Some(range) = text.strip_prefix(VERSIONS) {
            return range.trim().parse().map(|range| Self(Kind::Versions(range))).map_err(|_| invalid());
        }
        let fits = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_.-*?".contains(&byte));
        if fits { Ok(Self(Kind::Text(text.to_owned()))) } else { Err(invalid()) }
    }
}

impl fmt::Display for TagPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Kind::Text(pattern) => f.write_str(pattern),
            Kind::Versions(range) => write!(f, "{VERSIONS}{range}"),
        }
    }
}

impl Serialize for TagPattern {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for TagPattern {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for TagPattern {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "TagPattern".into()
    }

    fn schema_id() -> std::borrow::Cow<'static, str> {
        concat!(module_path!(), "::TagPattern").into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "description": "Some tags: by their text (`1.*`), or as versions (`versions >=1.2, <3`).",
            "type": "string",
        })
    }
}
