//! What a copy did.

use paas_client::registry::Digest;

/// What a copy did. The destination was read afterwards, and has this digest.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Copied {
    /// The digest of the image, here and there.
    pub digest: Digest,
    /// Whether the destination had it already under this tag, so that nothing was done.
    pub unchanged: bool,
    /// Blobs that were sent.
    pub blobs_sent: u64,
    /// Bytes that were sent, again those of pieces that got lost.
    pub bytes_sent: u64,
    /// Blobs that the destination took over from another of its repositories.
    pub blobs_mounted: u64,
    /// Blobs that were there.
    pub blobs_there: u64,
    /// Layers that lie elsewhere and stayed there.
    pub foreign_layers: u64,
    /// Manifests and indexes that were put, the image's own included.
    pub manifests: u64,
    /// Signatures and the like that were put.
    pub attachments: u64,
    /// How often something had to be tried again.
    pub retries: u64,
    /// What was asked.
    pub requests: Requests,
}

/// How much was asked of both sides: calls, without those of the login and the repetitions within a call.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Requests {
    /// Of the source.
    pub source: u64,
    /// Of the destination.
    pub destination: u64,
}
