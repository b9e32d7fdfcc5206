//! Reading a tenant file.

use super::{name, read::read};
use paas_core::{diagnostic::Diagnostics, tenant::Tenant};
use paas_platform::tenants::{self, TenantFile};
use paas_tosca::{Limits, Source};
use std::path::Path;

/// What [`read_tenant`] gives.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct TenantSource {
    /// The text, for reports; without text if the file could not be read.
    pub source: Source,
    /// The tenant, unless there are errors.
    pub tenant: Option<Tenant>,
    /// All problems of the file.
    pub diagnostics: Diagnostics,
}

/// Reads a tenant file, as [`read_template`](super::read_template) reads a template; its form is shown in
/// [`tenants`].
///
/// ```
/// use paas_sdk::{Code, files};
///
/// let file = files::read_tenant("no/such.yaml");
/// assert!(file.tenant.is_none());
/// assert_eq!(file.diagnostics.iter().next().unwrap().code, Code::FileUnreadable);
/// ```
pub fn read_tenant(path: impl AsRef<Path>) -> TenantSource {
    let path = path.as_ref();
    match read(path, &Limits::default()) {
        Ok(source) => {
            let TenantFile { tenant, diagnostics, .. } = tenants::read(&source);
            TenantSource { source, tenant, diagnostics }
        }
        Err(problem) => TenantSource {
            source: Source::new(name(path), ""),
            tenant: None,
            diagnostics: Diagnostics::from_iter([*problem]),
        },
    }
}
