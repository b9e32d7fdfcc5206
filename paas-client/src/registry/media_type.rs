//! The kinds of manifests.

/// An image in OCI's format.
pub const OCI_MANIFEST: &str = "application/vnd.oci.image.manifest.v1+json";

/// Several manifests under one name in OCI's format: an image for several architectures, for instance.
pub const OCI_INDEX: &str = "application/vnd.oci.image.index.v1+json";

/// An image in Docker's format, schema 2.
pub const DOCKER_MANIFEST: &str = "application/vnd.docker.distribution.manifest.v2+json";

/// Several manifests under one name in Docker's format.
pub const DOCKER_LIST: &str = "application/vnd.docker.distribution.manifest.list.v2+json";

/// The formats that are read.
pub(super) const KNOWN: [&str; 4] = [OCI_MANIFEST, OCI_INDEX, DOCKER_MANIFEST, DOCKER_LIST];

/// Docker's formats of before 2016. Their layers are named in signed text, and their digests say nothing of an image's
/// configuration; registries convert to and from them, so that a copy is another image.
pub(super) const OLD: [&str; 2] = [
    "application/vnd.docker.distribution.manifest.v1+json",
    "application/vnd.docker.distribution.manifest.v1+prettyjws",
];

/// What is sent as the header `Accept`.
pub(super) fn accepted() -> String {
    KNOWN.join(", ")
}

/// The type without its parameters.
pub(super) fn bare(content_type: &str) -> &str {
    content_type.split(';').next().unwrap_or_default().trim()
}
