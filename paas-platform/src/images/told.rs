//! The images that registries tell of.

use paas_client::{
    harbor::{WebhookEvent, WebhookEventKind},
    notification::{Change, HeaderSecret, NotificationError, Notifications},
};
use paas_core::images::ImageName;

/// What a plain registry posted, with this header `Authorization`: the images that were pushed or whose tag was removed.
///
/// # Errors
///
/// To somebody else, and to what is no list of events.
pub(crate) fn by_registry(
    body: &[u8],
    authorization: Option<&str>,
    expected: &HeaderSecret,
) -> Result<Vec<ImageName>, NotificationError> {
    let notifications = Notifications::read(body, authorization, expected)?;
    let names = notifications.events.iter().filter_map(|event| match event.change()? {
        Change::Tagged { tag, .. } | Change::Untagged { tag } => name(&event.repository, tag),
        _ => None,
    });
    Ok(names.collect())
}

/// The same of a Harbor. Where an artifact is deleted, it names one of its tags.
///
/// # Errors
///
/// As [`by_registry`].
pub(crate) fn by_harbor(
    body: &[u8],
    authorization: Option<&str>,
    expected: &HeaderSecret,
) -> Result<Vec<ImageName>, NotificationError> {
    let event = WebhookEvent::read(body, authorization, expected)?;
    let is_told = matches!(event.kind, WebhookEventKind::Pushed | WebhookEventKind::Deleted);
    let Some(repository) = event.repository.filter(|_| is_told).map(|repository| repository.to_string())
    else {
        return Ok(Vec::new());
    };
    let tags = event.resources.iter().filter_map(|resource| resource.tag.as_ref());
    Ok(tags.filter_map(|tag| name(&repository, tag.as_str())).collect())
}

/// An image in a namespace; what is in none is nobody's.
fn name(repository: &str, tag: &str) -> Option<ImageName> {
    let name = ImageName::new(repository.parse().ok()?, tag.parse().ok()?);
    name.namespace().is_some().then_some(name)
}
