//! Pictures of a release.
//!
//! All three show the same [`Graph`]: networks as boxes, services inside with their kind, count and stage, volumes and
//! published ports at the services, connections as solid and dependencies as dashed arrows from who needs to what is
//! needed, and those that cross networks marked. Each language has one function through which every string goes.

pub(super) mod colours;
mod dot;
mod graph;
mod layout;
pub(super) mod mermaid;
mod svg;
#[cfg(test)]
mod tests;

use super::Release;
use graph::Graph;

impl Release {
    /// The release as a [Mermaid](https://mermaid.js.org) flowchart, for Markdown pages and wikis.
    ///
    /// The same release gives the same text. No string of the template can end its label. Mermaid itself draws no more
    /// than 500 arrows and 50,000 characters unless the page that shows it allows more.
    ///
    /// ```
    /// # use paas_core::release::Release;
    /// # let stored = r#"{"format": 1, "application": "shop", "stack": "shop",
    /// #     "backend": {"kind": "rancher", "version": "1.6.30", "load_balancer_image": "lb"},
    /// #     "parts": [{"network": {"name": "dmz"}, "environment": "dmz", "services": [
    /// #         {"name": "web", "network": "dmz", "kind": "container", "image": "web:1", "scale": 3}]}],
    /// #     "stages": [{"number": 1, "activations": [{"network": "dmz", "service": "web"}]}]}"#;
    /// let release: Release = serde_json::from_str(stored)?;
    /// let picture = release.to_mermaid();
    /// assert!(picture.starts_with("flowchart RL\n"));
    /// assert!(picture.contains(r#"s0["web<br/>container ×3<br/>stage 1"]"#));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub fn to_mermaid(&self) -> String {
        mermaid::render(&Graph::of(self))
    }

    /// The release in the DOT language of [Graphviz](https://graphviz.org), for its many layouts and formats.
    ///
    /// The same release gives the same text. No string of the template can end its label.
    ///
    /// ```
    /// # use paas_core::release::Release;
    /// # let stored = r#"{"format": 1, "application": "shop", "stack": "shop",
    /// #     "backend": {"kind": "rancher", "version": "1.6.30", "load_balancer_image": "lb"},
    /// #     "parts": [{"network": {"name": "dmz"}, "environment": "dmz", "services": [
    /// #         {"name": "web", "network": "dmz", "kind": "container", "image": "web:1", "scale": 3}]}],
    /// #     "stages": [{"number": 1, "activations": [{"network": "dmz", "service": "web"}]}]}"#;
    /// let release: Release = serde_json::from_str(stored)?;
    /// let picture = release.to_dot();
    /// assert!(picture.starts_with("digraph release {\n"));
    /// assert!(picture.contains(r#"label="web\ncontainer ×3\nstage 1""#));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub fn to_dot(&self) -> String {
        dot::render(&Graph::of(self))
    }

    /// The release as an SVG drawing that stands alone: no scripts, no fonts or styles from elsewhere, white ground.
    ///
    /// Networks are lanes from top to bottom, stages are columns from left to right. The same release gives the same
    /// bytes. Strings are only ever the text of an element; characters that XML cannot hold become U+FFFD.
    ///
    /// ```
    /// # use paas_core::release::Release;
    /// # let stored = r#"{"format": 1, "application": "shop", "stack": "shop",
    /// #     "backend": {"kind": "rancher", "version": "1.6.30", "load_balancer_image": "lb"},
    /// #     "parts": [{"network": {"name": "dmz"}, "environment": "dmz", "services": [
    /// #         {"name": "<web>", "network": "dmz", "kind": "container", "image": "web:1", "scale": 3}]}],
    /// #     "stages": [{"number": 1, "activations": [{"network": "dmz", "service": "<web>"}]}]}"#;
    /// let release: Release = serde_json::from_str(stored)?;
    /// let picture = release.to_svg();
    /// assert!(picture.starts_with("<svg "));
    /// assert!(picture.contains("<title>&lt;web&gt;</title>"));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub fn to_svg(&self) -> String {
        svg::render(&Graph::of(self))
    }
}
