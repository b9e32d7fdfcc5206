use serde::Serialize;
use serde_json::Value;

/// A request that the sandbox got, and what became of it.
///
/// Headers are not kept, so no key is.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct RequestRecord {
    /// Counts from 1.
    pub number: u64,
    /// When it came, in milliseconds since the sandbox's start, by its clock.
    pub at: u64,
    /// The HTTP method.
    pub method: String,
    /// The path, without the query.
    pub path: String,
    /// The query, without the question mark; empty if there is none.
    pub query: String,
    /// The body, if it was JSON.
    pub body: Option<Value>,
    /// The status of the answer, also where a fault kept the answer from arriving; 0 if nothing was done.
    pub status: u16,
    /// The id of the resource that the answer shows.
    pub id: Option<String>,
    /// The fault that hit it, as faults are written in JSON.
    pub fault: Option<String>,
}

impl RequestRecord {
    /// Whether the request asks for a change: anything but GET and HEAD.
    #[must_use]
    pub fn is_mutating(&self) -> bool {
        !matches!(self.method.as_str(), "GET" | "HEAD" | "OPTIONS")
    }
}
