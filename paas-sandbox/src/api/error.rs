use serde_json::{Value, json};

/// An error of the API.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct ApiError {
    pub(crate) status: u16,
    code: &'static str,
    message: Option<String>,
    field: Option<String>,
}

impl ApiError {
    pub(crate) fn new(status: u16, code: &'static str) -> Self {
        Self { status, code, message: None, field: None }
    }

    /// 422: a field does not fit. For some errors the server writes a sentence in place of a field.
    pub(crate) fn invalid(code: &'static str, field: &str) -> Self {
        Self { field: Some(field.to_owned()), ..Self::new(422, code) }
    }

    pub(crate) fn conflict() -> Self {
        Self::new(409, "Conflict").message("Conflict")
    }

    pub(crate) fn not_found() -> Self {
        Self::new(404, "NotFound").message("Not Found")
    }

    pub(crate) fn not_allowed() -> Self {
        Self::new(405, "MethodNotAllowed").message("Method Not Allowed")
    }

    pub(crate) fn unauthorized() -> Self {
        Self::new(401, "Unauthorized").message("Unauthorized")
    }

    pub(crate) fn forbidden() -> Self {
        Self::new(403, "Forbidden").message("Forbidden")
    }

    pub(crate) fn message(self, message: &str) -> Self {
        Self { message: Some(message.to_owned()), ..self }
    }

    /// The body that the server answers; `id` is the error's own.
    pub(crate) fn body(&self, id: &str) -> Value {
        let mut body = json!({
            "id": id,
            "type": "error",
            "baseType": "error",
            "links": {},
            "actions": {},
            "status": self.status,
            "code": self.code,
            "message": self.message,
            "detail": null,
        });
        if let (Some(field), Some(body)) = (&self.field, body.as_object_mut()) {
            body.insert("fieldName".to_owned(), field.as_str().into());
        }
        body
    }

    /// How the executor writes the error down.
    pub(crate) fn words(&self) -> String {
        let field = self.field.as_ref().map(|field| format!(", fieldName={field}")).unwrap_or_default();
        let message = self.message.as_ref().map(|message| format!(", message={message}")).unwrap_or_default();
        format!("code={}{field}{message}", self.code)
    }
}
