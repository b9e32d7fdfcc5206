//! Ports as people write them: `8080->80/tcp`.

use paas_core::{
    application::External,
    release::difference::{Change, ItemDifference, Json, PathStep},
};
use serde_json::Value;

/// A change of a port of a container, or of where that is published; `None`: it is about something else.
pub(super) fn change(change: &Change) -> Option<String> {
    let [PathStep::Key(list), PathStep::Item(name), field @ ..] = change.path.steps() else { return None };
    let inside = name.parse::<Inside>().ok().filter(|_| list == "ports")?;
    if let Some((old, new)) = moved(change, field) {
        return Some(format!("~ ports: {} → {}", inside.published(old), inside.published(new)));
    }
    let side = |port: &Json| Some(inside.published(external(&port.read()?)?));
    match (&change.old, &change.new) {
        _ if !field.is_empty() => None,
        (None, Some(new)) => Some(format!("+ ports: {}", side(new)?)),
        (Some(old), None) => Some(format!("- ports: {}", side(old)?)),
        _ => None,
    }
}

/// A port that is taken on hosts: `dmz/web 8080->80/tcp`; `None`: it is not said which.
pub(super) fn taken(item: &ItemDifference) -> Option<String> {
    let mut words = item.name.rsplitn(3, '/');
    let (protocol, port, service) = (words.next()?, words.next()?, words.next()?);
    let inside = format!("{port}/{protocol}").parse::<Inside>().ok()?;
    let Some(whole) = &item.item else {
        let [change] = item.changes.as_slice() else { return None };
        let (old, new) = moved(change, change.path.steps())?;
        return Some(format!("{service} {} → {}", inside.published(old), inside.published(new)));
    };
    Some(format!("{service} {}", inside.published(external(&whole.read()?)?)))
}

/// From where to where a port is published otherwise, if a change at these steps is about that.
fn moved(change: &Change, steps: &[PathStep]) -> Option<(External, External)> {
    let keys: Vec<&str> = steps
        .iter()
        .map(|step| match step {
            PathStep::Key(key) => Some(key.as_str()),
            PathStep::Item(_) => None,
        })
        .collect::<Option<_>>()?;
    match (keys.as_slice(), &change.old, &change.new) {
        (["external"], old, new) => {
            let side = |side: &Option<Json>| side.as_ref().map_or(Some(External::None), Json::read);
            Some((side(old)?, side(new)?))
        }
        (["external", "given"], Some(old), Some(new)) => {
            Some((External::Given(old.read()?), External::Given(new.read()?)))
        }
        _ => None,
    }
}

/// Where a port is published.
fn external(port: &Value) -> Option<External> {
    match port.as_object()?.get("external") {
        Some(external) => serde_json::from_value(external.clone()).ok(),
        None => Some(External::None),
    }
}

/// A port inside of containers: `80/tcp`.
struct Inside {
    port: u16,
    protocol: String,
}

impl std::str::FromStr for Inside {
    type Err = ();

    fn from_str(name: &str) -> Result<Self, ()> {
        let (port, protocol) = name.split_once('/').ok_or(())?;
        let is_word = !protocol.is_empty() && protocol.chars().all(|c| c.is_ascii_lowercase());
        let port = port.parse().ok().filter(|_| is_word).ok_or(())?;
        Ok(Self { port, protocol: protocol.to_owned() })
    }
}

impl Inside {
    fn published(&self, external: External) -> String {
        let Self { port, protocol } = self;
        match external {
            External::Given(given) => format!("{given}->{port}/{protocol}"),
            External::Allocated => format!("any->{port}/{protocol}"),
            _ => format!("{port}/{protocol}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ports_are_written_as_people_do() {
        for (json, text) in [
            (
                r#"{"path": "ports[80/tcp]", "new": {"container": 80, "external": {"given": 8080}, "protocol": "tcp"}}"#,
                Some("+ ports: 8080->80/tcp"),
            ),
            (
                r#"{"path": "ports[53/udp]", "old": {"container": 53, "external": "allocated", "protocol": "udp"}}"#,
                Some("- ports: any->53/udp"),
            ),
            (
                r#"{"path": "ports[80/tcp]", "new": {"container": 80, "protocol": "tcp"}}"#,
                Some("+ ports: 80/tcp"),
            ),
            (
                r#"{"path": "ports[80/tcp].external", "new": {"given": 8080}}"#,
                Some("~ ports: 80/tcp → 8080->80/tcp"),
            ),
            (
                r#"{"path": "ports[80/tcp].external", "old": {"given": 8080}, "new": "allocated"}"#,
                Some("~ ports: 8080->80/tcp → any->80/tcp"),
            ),
            (
                r#"{"path": "ports[80/tcp].external.given", "old": 8080, "new": 9090}"#,
                Some("~ ports: 8080->80/tcp → 9090->80/tcp"),
            ),
            (r#"{"path": "ports[80/tcp].protocol", "old": "tcp", "new": "udp"}"#, None),
            (r#"{"path": "ports[\"80/tcp #2\"]", "new": {"container": 80, "protocol": "tcp"}}"#, None),
            (r#"{"path": "ports[80/tcp]", "position": 2}"#, None),
            (r#"{"path": "ports[80/tcp]", "new": 5}"#, None),
            (r#"{"path": "image", "new": "a"}"#, None),
        ] {
            let change: Change = serde_json::from_str(json).expect("a change");
            assert_eq!(super::change(&change).as_deref(), text, "{json}");
        }
    }
}
