use super::ApiError;
use serde_json::{Map, Value};

/// A request, as far as the API cares.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    pub(crate) method: String,
    /// The path as it was sent.
    pub(crate) path: String,
    /// The query as it was sent.
    pub(crate) raw_query: String,
    /// The parts of the path, decoded; empty ones are left out.
    pub(crate) segments: Vec<String>,
    pub(crate) query: Vec<(String, String)>,
    /// `http://` and the host that the client asked.
    pub(crate) origin: String,
    pub(crate) authorization: Option<String>,
    /// The header `X-API-Project-Id`.
    pub(crate) project: Option<String>,
    /// Whether the header `X-Is-Resource-Name` says that a number in a path is a name.
    pub(crate) is_name: bool,
    pub(crate) body: Vec<u8>,
}

impl Request {
    /// A request without headers and body. `origin` is `http://` and the host that was asked.
    pub(crate) fn new(method: &str, path: &str, raw_query: &str, origin: String) -> Self {
        Self {
            method: method.to_owned(),
            path: path.to_owned(),
            raw_query: raw_query.to_owned(),
            segments: path.split('/').filter(|part| !part.is_empty()).map(decoded).collect(),
            query: form_urlencoded::parse(raw_query.as_bytes()).into_owned().collect(),
            origin,
            authorization: None,
            project: None,
            is_name: false,
            body: Vec::new(),
        }
    }

    pub(crate) fn param(&self, name: &str) -> Option<&str> {
        self.query.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// The body as a JSON object; no body is an empty one.
    pub(crate) fn object(&self) -> Result<Map<String, Value>, ApiError> {
        if self.body.iter().all(u8::is_ascii_whitespace) {
            return Ok(Map::new());
        }
        match serde_json::from_slice(&self.body) {
            Ok(Value::Object(object)) => Ok(object),
            Ok(Value::Null) => Ok(Map::new()),
            _ => Err(ApiError::new(422, "InvalidBodyContent")),
        }
    }

    /// The path with the query.
    pub(crate) fn target(&self) -> String {
        let query = if self.raw_query.is_empty() { String::new() } else { format!("?{}", self.raw_query) };
        format!("{}{query}", self.path)
    }

    /// The address that was asked.
    pub(crate) fn url(&self) -> String {
        format!("{}{}", self.origin, self.target())
    }
}

/// An answer.
#[derive(Clone, Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: Vec<u8>,
    /// The id of the resource that the body shows.
    pub(crate) id: Option<String>,
}

impl Reply {
    pub(crate) fn json(status: u16, body: &Value) -> Self {
        let id = body.get("id").and_then(Value::as_str).map(str::to_owned);
        Self::raw(status, "application/json; charset=utf-8", body.to_string().into_bytes()).with_id(id)
    }

    pub(crate) fn error(error: &ApiError, id: &str) -> Self {
        let mut reply = Self::json(error.status, &error.body(id)).with_id(None);
        if error.status == 401 {
            reply.header(
                "WWW-Authenticate",
                "Basic realm=\"Enter API access key and secret key as username and password\"",
            );
        }
        reply
    }

    pub(crate) fn text(status: u16, body: &str) -> Self {
        Self::raw(status, "text/plain; charset=utf-8", body.as_bytes().to_vec())
    }

    pub(crate) fn raw(status: u16, content_type: &str, body: Vec<u8>) -> Self {
        Self { status, headers: vec![("Content-Type", content_type.to_owned())], body, id: None }
    }

    /// Harbor's answer to what was done.
    pub(crate) fn nothing(status: u16) -> Self {
        Self { status, headers: Vec::new(), body: Vec::new(), id: None }
    }

    /// Harbor's answer to what was made, which is there.
    pub(crate) fn created(location: String, id: u64) -> Self {
        let mut this = Self::nothing(201).with_id(Some(id.to_string()));
        this.header("Location", location);
        this
    }

    pub(crate) fn header(&mut self, name: &'static str, value: impl Into<String>) {
        self.headers.push((name, value.into()));
    }

    fn with_id(self, id: Option<String>) -> Self {
        Self { id, ..self }
    }
}

/// A part of a path without its percent signs; a plus stays one.
pub(crate) fn decoded(part: &str) -> String {
    let escaped = part.replace('+', "%2B").replace('&', "%26").replace('=', "%3D");
    form_urlencoded::parse(escaped.as_bytes()).map(|(name, _)| name.into_owned()).collect()
}
