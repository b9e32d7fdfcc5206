//! The platform logic of a multi-tenant container PaaS as a library.

pub use paas_core as core;
pub use paas_tosca as tosca;
