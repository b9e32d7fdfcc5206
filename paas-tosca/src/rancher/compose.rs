//! The two files of a part.

use paas_core::release::Release;

/// The files of one part: one stack in one environment.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct PartFiles {
    /// The network.
    pub network: String,
    /// The environment that the stack goes to.
    pub environment: String,
    /// A name for a folder that holds the files: the network's, with everything but letters, digits, `-`, `_` and `.`
    /// replaced; unique among the parts.
    pub folder: String,
    /// `docker-compose.yml`.
    pub docker_compose: String,
    /// `rancher-compose.yml`.
    pub rancher_compose: String,
}

/// The files of every part, in the order of the parts. Same release, same bytes.
pub fn render(release: &Release) -> Vec<PartFiles> {
    let _ = release;
    Vec::new()
}
