//! A TOSCA template in; what a container platform runs out: files per network, in stages that can be deployed.
//!
//! Every problem of a template is found in one run, at its place and with help. What checks, translates: the same
//! template gives the same bytes.
//!
//! ```
//! use paas_sdk::{Options, Source, Target, rancher, translate};
//!
//! let template = r#"
//! tosca_definitions_version: tosca_simple_yaml_1_3
//! metadata: { template_name: shop }
//! topology_template:
//!   node_templates:
//!     dmz:
//!       type: paas.nodes.Network
//!       properties: { network_name: dmz }
//!     core:
//!       type: paas.nodes.Network
//!       properties: { network_name: core }
//!     web:
//!       type: paas.nodes.Service
//!       properties: { image: "shop/web:1.0" }
//!       requirements: [ { network: dmz }, { connection: api } ]
//!     api:
//!       type: paas.nodes.Service
//!       properties: { image: "shop/api:1.0", ports: [ { container: 8080 } ] }
//!       requirements: [ { network: core } ]
//! "#;
//!
//! let translation =
//!     translate(&Source::new("shop.yaml", template), &Options::default(), &Target::default());
//! assert!(translation.diagnostics.is_empty());
//!
//! // `web` reaches `api` in another network, so it waits for it: two stages.
//! let release = translation.release.expect("there were no errors");
//! assert_eq!(release.stages.len(), 2);
//! assert_eq!(release.stages[0].activations[0].service, "api");
//!
//! // One pair of files for each network.
//! let files = rancher::render(&release);
//! assert_eq!(files.len(), 2);
//! assert!(files[0].docker_compose.contains("shop/web:1.0"));
//! ```
//!
//! # Where is what
//!
//! | | |
//! | --- | --- |
//! | [`check`], [`translate`] | text to [`Application`], text to [`Release`]; all problems as [`Diagnostics`] |
//! | [`Source`], [`Options`], [`Limits`] | the text, what is said to it, and what it may cost |
//! | [`Target`] | where the release goes: version of Rancher, names of environments and stack |
//! | [`rancher`] | the release as `docker-compose.yml` and `rancher-compose.yml` |
//! | [`files`] | reads a template from disk, writes a translation: all files or none |
//! | [`report`] | diagnostics as text for people, as JSON, as one line each |
//! | [`core`], [`tosca`] | the crates behind it, for the types that the ones above are made of |
//!
//! Only [`files`] touches the disk. Nothing here reads a clock or a network.
//!
//! # Features
//!
//! - `report` (on): [`report::human`], which needs a few crates that draw.

pub mod files;
pub mod report;

pub use paas_core as core;
pub use paas_tosca as tosca;

pub use paas_core::{
    application::Application,
    diagnostic::{Code, Diagnostic, Diagnostics, Severity},
    release::{Release, Target},
};
pub use paas_tosca::{Checked, Limits, Options, Source, Translation, check, rancher, translate};
