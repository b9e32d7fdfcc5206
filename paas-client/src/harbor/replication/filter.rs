//! What a policy copies, and when.

use crate::harbor::lenient;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// What a policy copies. All filters must let an artifact through. In patterns, `*` is any text without a slash, `**` with
/// slashes too, `?` one character, `{a,b}` one of several.
///
/// ```
/// use paas_client::harbor::ReplicationFilter;
/// let one = [ReplicationFilter::name("retail/web"), ReplicationFilter::tag("1.0")];
/// assert!(one[0] != one[1]);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(from = "Row")]
#[non_exhaustive]
pub enum ReplicationFilter {
    /// Repositories whose whole name, with that of the project, the pattern fits.
    Name(String),
    /// Artifacts with a tag that the pattern fits; only those tags are copied. Or, with `excludes`, with one that it does
    /// not fit.
    Tag {
        /// The pattern.
        pattern: String,
        /// Whether the pattern says which tags are left out.
        excludes: bool,
    },
    /// Artifacts that have all these labels. Or, with `excludes`, those that do not.
    Labels {
        /// The names of the labels.
        names: Vec<String>,
        /// Whether the labels say what is left out.
        excludes: bool,
    },
    /// A kind of resource: `image`, `artifact`.
    Resource(String),
    /// Another kind of filter.
    Other {
        /// Harbor's word for it.
        kind: String,
    },
}

impl ReplicationFilter {
    /// Repositories whose whole name the pattern fits.
    #[must_use]
    pub fn name(pattern: impl Into<String>) -> Self {
        Self::Name(pattern.into())
    }

    /// Tags that the pattern fits.
    #[must_use]
    pub fn tag(pattern: impl Into<String>) -> Self {
        Self::Tag { pattern: pattern.into(), excludes: false }
    }

    /// As it is sent; nothing for what this version does not know.
    pub(super) fn body(&self) -> Option<Value> {
        let decoration = |excludes| if excludes { "excludes" } else { "matches" };
        Some(match self {
            Self::Name(pattern) => json!({"type": "name", "value": pattern}),
            Self::Tag { pattern, excludes } => {
                json!({"type": "tag", "value": pattern, "decoration": decoration(*excludes)})
            }
            Self::Labels { names, excludes } => {
                json!({"type": "label", "value": names, "decoration": decoration(*excludes)})
            }
            Self::Resource(kind) => json!({"type": "resource", "value": kind}),
            Self::Other { .. } => return None,
        })
    }
}

/// When a policy copies.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(from = "TriggerRow")]
#[non_exhaustive]
pub enum ReplicationTrigger {
    /// When it is asked to.
    Manual,
    /// At times, as cron writes them with six fields: seconds, which must be 0, minutes, hours, days, months, weekdays.
    Scheduled {
        /// The times.
        cron: String,
    },
    /// When something is pushed or deleted.
    OnEvent,
    /// In another way, in a word of Harbor.
    Other(String),
}

/// A trigger as it is sent.
#[derive(Serialize)]
pub(super) struct TriggerBody<'a> {
    r#type: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    trigger_settings: Option<SettingsBody<'a>>,
}

#[derive(Serialize)]
struct SettingsBody<'a> {
    cron: &'a str,
}

impl ReplicationTrigger {
    pub(super) fn body(&self) -> TriggerBody<'_> {
        let (word, cron) = match self {
            Self::Manual => ("manual", None),
            Self::Scheduled { cron } => ("scheduled", Some(cron)),
            Self::OnEvent => ("event_based", None),
            Self::Other(word) => (word.as_str(), None),
        };
        TriggerBody { r#type: word, trigger_settings: cron.map(|cron| SettingsBody { cron }) }
    }
}

/// As Harbor writes it.
#[derive(Deserialize)]
struct Row {
    #[serde(rename = "type", default, deserialize_with = "lenient::or_default")]
    kind: String,
    #[serde(default)]
    value: Value,
    #[serde(default, deserialize_with = "lenient::or_default")]
    decoration: String,
}

impl From<Row> for ReplicationFilter {
    fn from(row: Row) -> Self {
        let text = row.value.as_str().map(str::to_owned);
        let excludes = row.decoration == "excludes";
        match (row.kind.as_str(), text, row.value.as_array()) {
            ("name", Some(pattern), _) => Self::Name(pattern),
            ("tag", Some(pattern), _) => Self::Tag { pattern, excludes },
            ("resource", Some(kind), _) => Self::Resource(kind),
            ("label", _, Some(names)) => {
                let names = names.iter().filter_map(Value::as_str).map(str::to_owned).collect();
                Self::Labels { names, excludes }
            }
            _ => Self::Other { kind: row.kind },
        }
    }
}

#[derive(Deserialize)]
struct TriggerRow {
    #[serde(rename = "type", default, deserialize_with = "lenient::or_default")]
    kind: String,
    #[serde(default, deserialize_with = "lenient::or_default")]
    trigger_settings: SettingsRow,
}

#[derive(Default, Deserialize)]
struct SettingsRow {
    #[serde(default, deserialize_with = "lenient::or_default")]
    cron: String,
}

impl From<TriggerRow> for ReplicationTrigger {
    fn from(row: TriggerRow) -> Self {
        match row.kind.as_str() {
            "manual" | "" => Self::Manual,
            "scheduled" => Self::Scheduled { cron: row.trigger_settings.cron },
            "event_based" => Self::OnEvent,
            _ => Self::Other(row.kind),
        }
    }
}
