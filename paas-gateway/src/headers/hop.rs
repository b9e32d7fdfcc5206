//! Headers that are for the next machine only.

use http::{HeaderMap, HeaderValue, header};

const HOP_BY_HOP: &[&str] = &[
    "connection",
    "keep-alive",
    "proxy-connection",
    "proxy-authenticate",
    "proxy-authorization",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "http2-settings",
];

/// Removes what `Connection` names, and leaves of it only what is about the connection itself. Done before our own
/// headers are set, so that it can name none of them.
pub(crate) fn remove_named(headers: &mut HeaderMap) {
    let values = headers.get_all(header::CONNECTION).iter();
    let words: Vec<String> = values
        .flat_map(|value| value.as_bytes().split(|byte| *byte == b','))
        .map(|word| String::from_utf8_lossy(word).trim().to_ascii_lowercase())
        .filter(|word| !word.is_empty())
        .collect();
    if words.is_empty() {
        headers.remove(header::CONNECTION);
        return;
    }
    let (own, named): (Vec<String>, Vec<String>) =
        words.into_iter().partition(|word| matches!(word.as_str(), "close" | "keep-alive" | "upgrade"));
    for name in named {
        headers.remove(name.as_str());
    }
    match HeaderValue::from_str(&own.join(", ")) {
        Ok(value) if !own.is_empty() => headers.insert(header::CONNECTION, value),
        _ => headers.remove(header::CONNECTION),
    };
}

/// Removes all that is for the next machine only; gives what the connection is to become, if it is to become another.
pub(crate) fn remove(headers: &mut HeaderMap) -> Option<HeaderValue> {
    remove_named(headers);
    let values = headers.get_all(header::CONNECTION).iter();
    let upgrades = values
        .filter_map(|value| value.to_str().ok())
        .any(|text| text.split(',').any(|word| word.trim().eq_ignore_ascii_case("upgrade")));
    let upgrade = headers.get(header::UPGRADE).filter(|_| upgrades).cloned();
    for name in HOP_BY_HOP {
        headers.remove(*name);
    }
    upgrade
}

#[cfg(test)]
mod tests {
    use super::{remove, remove_named};
    use http::HeaderMap;

    fn map(fields: &[(&'static str, &'static str)]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for (name, value) in fields {
            headers.append(*name, value.parse().unwrap());
        }
        headers
    }

    #[test]
    fn what_connection_names_goes_and_what_it_is_stays() {
        let mut headers = map(&[
            ("connection", "Upgrade, X-One"),
            ("connection", "x-two,,"),
            ("x-one", "1"),
            ("x-two", "2"),
            ("x-three", "3"),
        ]);
        remove_named(&mut headers);
        assert_eq!(headers, map(&[("connection", "upgrade"), ("x-three", "3")]));
    }

    #[test]
    fn an_upgrade_is_one_only_if_both_headers_say_so() {
        let mut headers =
            map(&[("connection", "upgrade"), ("upgrade", "websocket"), ("te", "trailers"), ("accept", "a")]);
        assert_eq!(remove(&mut headers).unwrap(), "websocket");
        assert_eq!(headers, map(&[("accept", "a")]));
        assert!(remove(&mut map(&[("upgrade", "h2c")])).is_none());
        assert!(remove(&mut map(&[("connection", "upgrade")])).is_none());
    }
}
