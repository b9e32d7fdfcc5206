//! Whose an image namespace is.

use paas_client::BoxFuture;

/// Knows the image namespaces: which tenant owns one, and who belongs to it. That record is the platform's: Keystone has
/// none, and a request is not believed.
pub trait Namespaces: Send + Sync {
    /// What is to be known of a namespace for this user; nothing if there is no such namespace. Without an answer
    /// (`Err`), the request gets 503.
    fn find<'a>(
        &'a self,
        namespace: &'a str,
        user: &'a str,
    ) -> BoxFuture<'a, Result<Option<NamespaceOwner>, String>>;
}

/// Whose an image namespace is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamespaceOwner {
    /// The tenant that owns it, by the id of its project.
    pub tenant: String,
    /// Whether the user belongs to it.
    pub is_member: bool,
}
