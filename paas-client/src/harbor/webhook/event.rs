//! What Harbor posts.

use super::{WebhookEventKind, WebhookReplication, format};
use crate::{
    harbor::{Digest, ProjectId, RepositoryKey, TagName, WebhookPolicyId},
    notification::{HeaderSecret, NotificationError, admit},
};
use std::time::SystemTime;

/// What Harbor has posted to a target of a [policy](super::NewWebhookPolicy), in its own format or as CloudEvents.
///
/// ```
/// use paas_client::{harbor::{WebhookEvent, WebhookEventKind}, notification::HeaderSecret};
///
/// let secret = HeaderSecret::new("Bearer 0123456789abcdef")?;
/// let digest = format!("sha256:{}", "0a".repeat(32));
/// let body = format!(r#"{{"type":"PUSH_ARTIFACT","occur_at":1678082303,"operator":"anna","event_data":{{
///     "resources":[{{"digest":"{digest}","tag":"1.0","resource_url":"registry.bank.test/retail/web:1.0"}}],
///     "repository":{{"name":"web","namespace":"retail","repo_full_name":"retail/web","repo_type":"private"}}}}}}"#);
///
/// let event = WebhookEvent::read(body.as_bytes(), Some("Bearer 0123456789abcdef"), &secret)?;
/// assert_eq!((&event.kind, event.operator.as_deref()), (&WebhookEventKind::Pushed, Some("anna")));
/// assert_eq!(event.repository.unwrap().to_string(), "retail/web");
/// assert_eq!(event.resources[0].tag.as_ref().unwrap().as_str(), "1.0");
///
/// assert!(WebhookEvent::read(body.as_bytes(), Some("Bearer guess"), &secret).is_err());
/// assert!(WebhookEvent::read(b"{}", Some("Bearer 0123456789abcdef"), &secret).is_err());
/// # Ok::<(), paas_client::notification::NotificationError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct WebhookEvent {
    /// What has happened.
    pub kind: WebhookEventKind,
    /// The id of the event, the same each time that it is sent; only CloudEvents have one.
    pub id: Option<String>,
    /// When it happened, to the second.
    pub at: Option<SystemTime>,
    /// Who did it: a user or a robot; of what is public, perhaps nobody.
    pub operator: Option<String>,
    /// The project; only CloudEvents tell its id.
    pub project_id: Option<ProjectId>,
    /// The policy that told; only CloudEvents say.
    pub policy_id: Option<WebhookPolicyId>,
    /// The repository. What was pushed, pulled or deleted always has one.
    pub repository: Option<RepositoryKey>,
    /// The artifacts. What was pushed, pulled or deleted always has one.
    pub resources: Vec<WebhookResource>,
    /// What was copied; told of replications only.
    pub replication: Option<WebhookReplication>,
    /// More about it, in Harbor's words: how much a project holds.
    pub details: Option<String>,
}

/// An artifact that something has happened to.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct WebhookResource {
    /// Its digest. What was pushed, pulled or deleted always has one.
    pub digest: Option<Digest>,
    /// The tag, if it has one; of several the first.
    pub tag: Option<TagName>,
    /// What it is pulled by.
    pub url: Option<String>,
}

impl WebhookEvent {
    /// Reads what was posted with this header `Authorization`.
    ///
    /// # Errors
    ///
    /// [`NotificationError::NotAuthentic`] if the header is not the expected one, then [`NotificationError::TooLarge`] and
    /// [`NotificationError::Malformed`] for what is no event, or does not say what was pushed, pulled or deleted.
    pub fn read(
        body: &[u8],
        authorization: Option<&str>,
        expected: &HeaderSecret,
    ) -> Result<Self, NotificationError> {
        admit(body, authorization, expected)?;
        let event = format::read(body)?;
        let is_of_artifact = matches!(
            event.kind,
            WebhookEventKind::Pushed | WebhookEventKind::Pulled | WebhookEventKind::Deleted
        );
        if is_of_artifact {
            let wrong = |what| Err(NotificationError::Malformed { what });
            if event.repository.is_none() {
                return wrong("it does not name the repository");
            }
            if event.resources.is_empty() || event.resources.iter().any(|resource| resource.digest.is_none())
            {
                return wrong("it does not say the digest of the artifact");
            }
        }
        Ok(event)
    }
}
