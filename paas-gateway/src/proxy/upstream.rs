//! Services behind the proxy.

use http::{
    Uri,
    uri::{Authority, PathAndQuery, Scheme},
};

/// Where paths with a beginning go.
#[derive(Debug, Clone)]
pub(super) struct Upstream {
    /// Without a slash at its end.
    prefix: String,
    authority: Authority,
    /// What stands in the place of the beginning; nothing: the beginning itself.
    base: Option<String>,
}

impl Upstream {
    pub(super) fn parse(prefix: &str, url: &str) -> Result<Self, String> {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte);
        let trimmed = prefix.strip_suffix('/').unwrap_or(prefix);
        let is_path = prefix.starts_with('/') && prefix.bytes().all(plain) && !prefix.contains("//");
        if !is_path || trimmed.split('/').any(|segment| matches!(segment, "." | "..")) {
            return Err(format!("`{prefix}` is not the beginning of a path, such as `/v1`"));
        }
        let uri: Uri = url.parse().map_err(|_| format!("what `{prefix}` goes to is no address"))?;
        if uri.scheme() != Some(&Scheme::HTTP) {
            return Err(format!(
                "what `{prefix}` goes to does not begin with `http://`: the proxy speaks no other"
            ));
        }
        let authority = uri.authority().filter(|authority| !authority.as_str().contains('@')).cloned();
        let Some(authority) = authority.filter(|_| uri.query().is_none()) else {
            return Err(format!(
                "what `{prefix}` goes to is an address with a host, without a user and a query"
            ));
        };
        let base = uri.path().strip_suffix('/').unwrap_or(uri.path());
        let base = (!base.is_empty()).then(|| base.to_owned());
        Ok(Self { prefix: trimmed.to_owned(), authority, base })
    }

    pub(super) fn prefix(&self) -> &str {
        &self.prefix
    }

    /// Whether a path begins like this, with whole segments.
    pub(super) fn takes(&self, path: &str) -> bool {
        path.strip_prefix(&self.prefix).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }

    /// The address of a request whose path it takes. But for the beginning not a byte is different.
    pub(super) fn address(&self, uri: &Uri) -> Option<Uri> {
        let path = uri.path();
        let mut target = match &self.base {
            Some(base) => format!("{base}{}", path.strip_prefix(&self.prefix)?),
            None => path.to_owned(),
        };
        if let Some(query) = uri.query() {
            target.push('?');
            target.push_str(query);
        }
        let target: PathAndQuery = target.parse().ok()?;
        let builder = Uri::builder().scheme(Scheme::HTTP).authority(self.authority.clone());
        builder.path_and_query(target).build().ok()
    }
}

#[cfg(test)]
mod tests {
    use super::Upstream;

    #[test]
    fn a_beginning_is_of_whole_segments_and_may_become_another() {
        let address = |prefix: &str, url: &str, uri: &str| {
            let upstream = Upstream::parse(prefix, url).unwrap();
            let uri = uri.parse::<http::Uri>().unwrap();
            upstream.takes(uri.path()).then(|| upstream.address(&uri).unwrap().to_string())
        };
        for (prefix, url, uri, expected) in [
            ("/v1", "http://a:1", "/v1/b?c=d", Some("http://a:1/v1/b?c=d")),
            ("/v1/", "http://a:1/", "/v1", Some("http://a:1/v1")),
            ("/v1", "http://a:1", "/v10", None),
            ("/", "http://a:1", "/anything%20", Some("http://a:1/anything%20")),
            ("/identity/v3", "http://a:1/v3", "/identity/v3/users/", Some("http://a:1/v3/users/")),
            ("/identity", "http://a:1/v3", "http://other/identity?x", Some("http://a:1/v3?x")),
        ] {
            assert_eq!(address(prefix, url, uri).as_deref(), expected, "{prefix} {uri}");
        }
        for (prefix, url) in [
            ("v1", "http://a"),
            ("/a//b", "http://a"),
            ("/..", "http://a"),
            ("/a", "https://a"),
            ("/a", "a"),
            ("/a", "http://u:p@a"),
            ("/a", "http://a/?q"),
        ] {
            let error = Upstream::parse(prefix, url).unwrap_err();
            assert!(!error.contains("u:p"), "{error}");
        }
    }
}
