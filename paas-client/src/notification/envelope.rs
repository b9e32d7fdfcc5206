use super::{Action, HeaderSecret, Notification, NotificationError, admit};
use crate::{
    image_name::{is_digest, is_repository, is_tag},
    limits::SHOWN_EXCERPT,
    moment,
    redact::Redactor,
};
use serde::Deserialize;
use serde_json::Value;

/// What a container registry has posted: `application/vnd.docker.distribution.events.v1+json`.
///
/// ```
/// use paas_client::notification::{Change, HeaderSecret, Notifications};
///
/// let secret = HeaderSecret::new("Bearer 0123456789abcdef")?;
/// let digest = format!("sha256:{}", "0a".repeat(32));
/// let body = format!(r#"{{"events":[{{"action":"push","target":{{"repository":"retail/web","tag":"1.0",
///     "digest":"{digest}","mediaType":"application/vnd.oci.image.manifest.v1+json"}}}}]}}"#);
/// let read = Notifications::read(body.as_bytes(), Some("Bearer 0123456789abcdef"), &secret)?;
/// assert_eq!(read.events[0].change(), Some(Change::Tagged { tag: "1.0", digest: &digest }));
/// assert!(Notifications::read(body.as_bytes(), None, &secret).is_err());
/// # Ok::<(), paas_client::notification::NotificationError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Notifications {
    /// The events that were understood, in their order.
    pub events: Vec<Notification>,
    /// How many more there were. One that nobody understands must not keep the others from being read: the registry would
    /// send them all again, without end.
    pub not_understood: usize,
}

#[derive(Deserialize)]
struct Envelope {
    events: Vec<Value>,
}

#[derive(Deserialize)]
struct Row {
    id: Option<Value>,
    timestamp: Option<Value>,
    action: String,
    target: Target,
    #[serde(default)]
    request: Value,
    #[serde(default)]
    actor: Value,
    #[serde(default)]
    source: Value,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Target {
    repository: String,
    tag: Option<String>,
    digest: Option<String>,
    media_type: Option<String>,
    size: Option<u64>,
    from_repository: Option<String>,
}

impl Notifications {
    /// Reads what was posted with this header `Authorization`.
    ///
    /// # Errors
    ///
    /// [`NotificationError::NotAuthentic`] if the header is not the expected one, then [`NotificationError::TooLarge`] and
    /// [`NotificationError::Malformed`] for what is no list of events.
    pub fn read(
        body: &[u8],
        authorization: Option<&str>,
        expected: &HeaderSecret,
    ) -> Result<Self, NotificationError> {
        admit(body, authorization, expected)?;
        let envelope: Envelope = serde_json::from_slice(body)
            .map_err(|_| NotificationError::Malformed { what: "it is not JSON with a list `events`" })?;
        let count = envelope.events.len();
        let events: Vec<Notification> = envelope.events.into_iter().filter_map(event).collect();
        Ok(Self { not_understood: count - events.len(), events })
    }
}

/// An event, if it says what was done and where, in names that can be.
fn event(row: Value) -> Option<Notification> {
    let row: Row = serde_json::from_value(row).ok()?;
    let Target { repository, tag, digest, media_type, size, from_repository } = row.target;
    // Some versions write empty texts for what is not there.
    let [tag, digest, from_repository] =
        [tag, digest, from_repository].map(|text| text.filter(|text| !text.is_empty()));
    let is_good = is_repository(&repository)
        && tag.as_deref().is_none_or(is_tag)
        && digest.as_deref().is_none_or(is_digest)
        && from_repository.as_deref().is_none_or(is_repository)
        && (tag.is_some() || digest.is_some())
        && !row.action.is_empty();
    if !is_good {
        return None;
    }
    Some(Notification {
        id: line(row.id.as_ref()),
        at: row.timestamp.as_ref().and_then(Value::as_str).and_then(moment::parse),
        action: Action::from(shown(&row.action).as_str()),
        repository,
        tag,
        digest,
        media_type: media_type.map(|text| shown(&text)).filter(|text| !text.is_empty()),
        size,
        from_repository,
        actor: line(row.actor.get("name")),
        user_agent: line(row.request.get("useragent")),
        instance: line(row.source.get("addr")),
    })
}

/// A text that is there, in one line.
fn line(value: Option<&Value>) -> Option<String> {
    value.and_then(Value::as_str).map(shown).filter(|text| !text.is_empty())
}

/// Strangers' words, bounded and in one line.
fn shown(text: &str) -> String {
    Redactor::default().clean(text, SHOWN_EXCERPT)
}
