//! What the service behind is told of the connection in front.

use super::ClientAddress;
use http::{HeaderMap, HeaderName, HeaderValue, header, request::Parts};

const FOR: HeaderName = HeaderName::from_static("x-forwarded-for");
const PROTO: HeaderName = HeaderName::from_static("x-forwarded-proto");
const HOST: HeaderName = HeaderName::from_static("x-forwarded-host");

/// What clients may not say.
const DROPPED: &[&str] = &[
    "x-forwarded-for",
    "x-forwarded-proto",
    "x-forwarded-host",
    "forwarded",
    "x-forwarded-port",
    "x-forwarded-prefix",
    "x-forwarded-server",
    "x-forwarded-scheme",
    "x-forwarded-ssl",
    "x-real-ip",
    "x-client-ip",
    "x-cluster-client-ip",
    "true-client-ip",
];

/// Says who asked, by which protocol, for which host.
pub(super) fn set(parts: &mut Parts, trusts: bool, is_https: bool) {
    if !trusts {
        // With either line, as of identities.
        let named: Vec<HeaderName> = parts
            .headers
            .keys()
            .filter(|name| DROPPED.contains(&name.as_str().replace('_', "-").as_str()))
            .cloned()
            .collect();
        for name in named {
            parts.headers.remove(name);
        }
    }
    let host = parts.uri.authority().and_then(|authority| HeaderValue::from_str(authority.as_str()).ok());
    let host = host.or_else(|| parts.headers.get(header::HOST).cloned());
    let headers = &mut parts.headers;
    if let Some(ClientAddress(address)) = parts.extensions.get() {
        let said = headers.get_all(&FOR).iter().filter_map(|value| value.to_str().ok());
        let all: Vec<String> = said.map(str::to_owned).chain([address.to_canonical().to_string()]).collect();
        if let Ok(value) = HeaderValue::from_str(&all.join(", ")) {
            headers.insert(FOR, value);
        }
    }
    let proto = HeaderValue::from_static(if is_https { "https" } else { "http" });
    set_unless_said(headers, PROTO, Some(proto));
    set_unless_said(headers, HOST, host);
}

fn set_unless_said(headers: &mut HeaderMap, name: HeaderName, value: Option<HeaderValue>) {
    if let Some(value) = value {
        headers.entry(name).or_insert(value);
    }
}
