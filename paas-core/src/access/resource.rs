//! What somebody wants to do something to.

use super::Kind;

/// A resource, as far as rights go: its kind, the tenant that owns it, and the image namespace that it is in.
///
/// ```
/// use paas_core::access::{Kind, Resource};
///
/// let volume = Resource::in_tenant(Kind::Volume, "retail");
/// let image = Resource::in_namespace(Kind::Image, "retail", "retail-shop");
/// let new_network = Resource::of_platform(Kind::Network);
/// assert_eq!((volume.namespace, image.namespace, new_network.tenant), (None, Some("retail-shop"), None));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Resource<'a> {
    /// Its kind.
    pub kind: Kind,
    /// The id of the tenant that owns it; `None`: it is the platform's own.
    pub tenant: Option<&'a str>,
    /// The image namespace that it is in. Its tenant is the one that owns the namespace: whoever asks looks
    /// that up, and never takes it from a request.
    pub namespace: Option<&'a str>,
}

impl<'a> Resource<'a> {
    /// One that the platform owns, such as a network that no tenant has yet.
    pub const fn of_platform(kind: Kind) -> Self {
        Self { kind, tenant: None, namespace: None }
    }

    /// One that a tenant owns.
    pub const fn in_tenant(kind: Kind, tenant: &'a str) -> Self {
        Self { kind, tenant: Some(tenant), namespace: None }
    }

    /// One in an image namespace of a tenant.
    pub const fn in_namespace(kind: Kind, tenant: &'a str, namespace: &'a str) -> Self {
        Self { kind, tenant: Some(tenant), namespace: Some(namespace) }
    }
}
