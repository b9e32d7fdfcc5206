//! Releases: translated templates.

use crate::{
    envelope::{ErrorEnvelope, Kind, Result},
    function::functions,
};
use paas_sdk::{
    Diagnostics, export,
    files::{Overwrite, write_translation},
    rancher::{self, PartFiles},
};
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, sync::Arc};

/// A translated template: the files for each network, and what they were made from. It never changes.
#[derive(Debug, Clone)]
pub struct Release {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    release: paas_sdk::Release,
    parts: Vec<PartFiles>,
    diagnostics: Diagnostics,
}

/// The files, by their paths below a folder: `dmz/docker-compose.yml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FilesRequest {}

/// All of the release as a document: parts, services, stages, links, ports, images.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ReleaseDocumentRequest {}

/// The warnings of the template.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ReleaseDiagnosticsRequest {}

/// A picture of networks, services and stages.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct GraphRequest {
    /// The language of the picture; Mermaid if not given.
    #[serde(default)]
    pub format: Option<Graph>,
}

/// The language of a picture.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Graph {
    /// A Mermaid flowchart.
    #[default]
    Mermaid,
    /// Graphviz.
    Dot,
    /// An image.
    Svg,
}

/// A table of networks and services in HTML, for notebooks and consoles.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct HtmlRequest {}

/// The release as one template in the profile, for people to read. What stands only in the template that it was made from
/// is not in it: comments, functions, inputs that are not secret, placement policies.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ExportReleaseRequest {}

/// Writes `release.json` and the files of each network below a folder: all or none. Fails with kind `files` if something
/// is in the way that no translation wrote.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct WriteRequest {
    /// The folder; it is made if it is not there.
    pub folder: String,
    /// Overwrite files that no translation wrote, or that were changed since.
    #[serde(default)]
    pub force: bool,
}

/// What was written. Paths are below the folder, with `/`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct WrittenFiles {
    /// The folder.
    pub folder: String,
    /// Files that were not there before.
    pub created: Vec<String>,
    /// Files that took the place of an older one.
    pub replaced: Vec<String>,
    /// Files that were already as they should be, and were not touched.
    pub unchanged: Vec<String>,
    /// Files of an earlier translation that are no longer part of it.
    pub removed: Vec<String>,
}

functions!(Release {
    instant "files" files(FilesRequest) -> texts;
    computes "document" document(ReleaseDocumentRequest) -> document (paas_sdk::Release);
    instant "diagnostics" diagnostics(ReleaseDiagnosticsRequest) -> document (Diagnostics);
    computes "graph" graph(GraphRequest) -> text;
    computes "html" html(HtmlRequest) -> text;
    computes "export_template" export_template(ExportReleaseRequest) -> text;
    computes "write" write(WriteRequest) -> document (WrittenFiles);
});

impl Release {
    pub(crate) fn new(release: paas_sdk::Release, diagnostics: Diagnostics) -> Self {
        let parts = rancher::render(&release);
        Self { inner: Arc::new(Inner { release, parts, diagnostics }) }
    }

    /// What [`FilesRequest`] tells.
    ///
    /// # Errors
    ///
    /// None but those of the request.
    pub fn files(&self, _: FilesRequest) -> Result<BTreeMap<String, String>> {
        let mut files = BTreeMap::new();
        for part in &self.inner.parts {
            files.insert(format!("{}/docker-compose.yml", part.folder), part.docker_compose.clone());
            files.insert(format!("{}/rancher-compose.yml", part.folder), part.rancher_compose.clone());
        }
        Ok(files)
    }

    /// What [`ReleaseDocumentRequest`] tells.
    ///
    /// # Errors
    ///
    /// None but those of the request.
    pub fn document(&self, _: ReleaseDocumentRequest) -> Result<&paas_sdk::Release> {
        Ok(&self.inner.release)
    }

    /// What [`ReleaseDiagnosticsRequest`] tells.
    ///
    /// # Errors
    ///
    /// None but those of the request.
    pub fn diagnostics(&self, _: ReleaseDiagnosticsRequest) -> Result<&Diagnostics> {
        Ok(&self.inner.diagnostics)
    }

    /// What [`GraphRequest`] tells.
    ///
    /// # Errors
    ///
    /// None but those of the request.
    pub fn graph(&self, request: GraphRequest) -> Result<String> {
        let release = &self.inner.release;
        Ok(match request.format.unwrap_or_default() {
            Graph::Mermaid => release.to_mermaid(),
            Graph::Dot => release.to_dot(),
            Graph::Svg => release.to_svg(),
        })
    }

    /// What [`HtmlRequest`] tells.
    ///
    /// # Errors
    ///
    /// None but those of the request.
    pub fn html(&self, _: HtmlRequest) -> Result<String> {
        Ok(paas_sdk::report::html::release(&self.inner.release))
    }

    /// What [`ExportReleaseRequest`] tells.
    ///
    /// # Errors
    ///
    /// None but those of the request.
    pub fn export_template(&self, _: ExportReleaseRequest) -> Result<String> {
        Ok(export::template(&self.inner.release.application(), &export::Extras::default()))
    }

    /// What [`WriteRequest`] tells.
    ///
    /// # Errors
    ///
    /// `files.refused` with all obstacles.
    pub fn write(&self, request: WriteRequest) -> Result<WrittenFiles> {
        if request.folder.is_empty() {
            return Err(ErrorEnvelope::invalid_field("folder", "this is no path of a folder"));
        }
        let Inner { release, parts, .. } = &*self.inner;
        let overwrite = if request.force { Overwrite::Any } else { Overwrite::OwnOnly };
        let written = write_translation(&request.folder, release, parts, overwrite)
            .map_err(|obstacles| ErrorEnvelope::rejected(&obstacles, Kind::FILES))?;
        Ok(WrittenFiles {
            folder: written.folder.to_string_lossy().into_owned(),
            created: written.created,
            replaced: written.replaced,
            unchanged: written.unchanged,
            removed: written.removed,
        })
    }
}
