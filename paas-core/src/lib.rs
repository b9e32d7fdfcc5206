//! The language of a container PaaS and its pure rules.
//!
//! Nothing here reads a file, a clock or a network: everything is a function from values to values.
//!
//! | module | what |
//! | --- | --- |
//! | [`application`] | [`Application`](application::Application): what one template describes |
//! | [`scaling`] | scaling plans: types and validation |
//! | [`release`] | [`Release`](release::Release): an application split by network and ordered into stages; pictures of it; [`Difference`](release::difference::Difference): what is different in another, and what an update does |
//! | [`tenant`] | who owns networks and storage |
//! | [`plan`] | [`Plan`](plan::Plan): what is to be done to a back end, step by step |
//! | [`mapping`] | [`Mapping`](mapping::Mapping): an application taken to another tenant |
//! | [`policy`] | [`TemplatePolicy`](policy::TemplatePolicy): what a platform lets applications do |
//! | [`loss`] | what is not the same once a stack became an application |
//! | [`images`] | images: names, the way to production, zones, who sees them |
//! | [`actor`] | who acts |
//! | [`access`] | who may what: roles, decisions, the matrix, members in Rancher and Harbor |
//! | [`drawing`] | what pictures are drawn with |
//! | [`diagnostic`] | problems with places, and the table of their codes |
//!
//! # Features
//!
//! - `schema`: JSON Schemas of the documents (`schema`), from the types themselves.

pub mod access;
pub mod actor;
pub mod application;
pub mod diagnostic;
pub mod drawing;
pub mod images;
pub mod loss;
pub mod mapping;
pub mod plan;
pub mod policy;
pub mod release;
pub mod scaling;
#[cfg(feature = "schema")]
pub mod schema;
pub mod tenant;

/// The largest whole number in a document: 2⁵³ − 1, so that a program in any language holds it without loss.
pub const MAX_INTEGER: u64 = (1 << 53) - 1;
