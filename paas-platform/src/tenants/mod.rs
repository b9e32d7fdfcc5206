//! Tenants: whose networks and file servers there are.
//!
//! What a tenant has can be written in a file, read by [`read`]:
//!
//! ```
//! use paas_platform::tenants;
//! use paas_tosca::Source;
//!
//! let text = "
//! tenant: meridian
//! networks:
//!   - { name: dmz, environment: meridian-dmz }   # the name or the id of the environment
//!   - { name: core }                             # the environment is called `core` too
//! nfs_servers:
//!   - name: filer-1
//!     host: 10.0.0.5
//!     export_base: /exports/meridian
//!     mount_options: nfsvers=4                   # can be left out
//!     tier: gold
//!     capacity: 2 TB                             # can be left out
//! ";
//! let file = tenants::read(&Source::new("tenant.yaml", text));
//! let tenant = file.tenant.unwrap();
//! assert_eq!(tenant.network("dmz").unwrap().environment, "meridian-dmz");
//! assert_eq!(tenant.network("core").unwrap().environment, "core");
//! assert_eq!(tenant.nfs_server("filer-1").unwrap().capacity_bytes, Some(2_000_000_000_000));
//!
//! let file = tenants::read(&Source::new("tenant.yaml", text.replace("tier:", "teir:")));
//! assert!(file.tenant.is_none());
//! assert_eq!(
//!     file.diagnostics.iter().next().unwrap().to_string(),
//!     "tenant.yaml:11:5: error[tenant.unknown_key]: `teir` is not a key of a file server"
//! );
//! ```

mod fault;
mod file;
mod key;
mod report;

pub use file::{TenantFile, read};
