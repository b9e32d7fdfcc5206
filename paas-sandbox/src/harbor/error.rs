use serde_json::{Value, json};

/// An error as Harbor writes it.
#[derive(Clone, Debug)]
pub(super) struct HarborError {
    pub(super) status: u16,
    code: &'static str,
    message: String,
}

impl HarborError {
    pub(super) fn new(status: u16, code: &'static str, message: &str) -> Self {
        Self { status, code, message: message.to_owned() }
    }

    pub(super) fn bad_request(message: &str) -> Self {
        Self::new(400, "BAD_REQUEST", message)
    }

    pub(super) fn unauthorized() -> Self {
        Self::new(401, "UNAUTHORIZED", "unauthorized")
    }

    pub(super) fn forbidden() -> Self {
        Self::new(403, "FORBIDDEN", "forbidden")
    }

    pub(super) fn not_found(message: &str) -> Self {
        Self::new(404, "NOT_FOUND", message)
    }

    pub(super) fn conflict(message: &str) -> Self {
        Self::new(409, "CONFLICT", message)
    }

    pub(super) fn precondition(message: &str) -> Self {
        Self::new(412, "PRECONDITION", message)
    }

    /// What others need cannot be deleted.
    pub(super) fn referenced() -> Self {
        Self::new(412, "VIOLATE_FOREIGN_KEY_CONSTRAINT", "the deleting artifact is referenced by others")
    }

    /// What the generated layer in front of Harbor's own code refuses.
    pub(super) fn unprocessable(message: &str) -> Self {
        Self::new(422, "UNPROCESSABLE_ENTITY", message)
    }

    pub(super) fn message(&self) -> &str {
        &self.message
    }

    pub(super) fn body(&self) -> Value {
        json!({"errors": [{"code": self.code, "message": self.message}]})
    }
}
