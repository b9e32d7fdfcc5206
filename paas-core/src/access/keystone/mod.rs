//! What Keystone's role assignments come to: who has which roles in a project, in a domain, in the system.
//!
//! Keystone does this for the holder of a token, and for a list that is asked to be effective. For the system it has no
//! such list, and some of its versions forget implied roles; so it is done here too, by the same rules:
//!
//! - Roles of a group are those of its users, at this moment.
//! - A role that is inherited holds in all projects below, and not where it was given. One that is not holds there only.
//! - A role in a domain is none in its projects; one in the system is none in any domain or project.
//! - A role gives what it implies, and what that implies. Circles end.
//! - A role of a domain gives only what it implies.
//! - A user that is disabled, or whose domain is, has no roles; nor has anybody in a project or domain that is disabled.
//! - Names of roles do not differ by case, and are a set.
//!
//! Everything goes by ids, so that a new name of a project changes nothing.
//!
//! ```
//! use paas_core::access::keystone::{Assignment, Directory, Place, effective};
//!
//! let directory = Directory::default()
//!     .with_domain("bank", true)
//!     .with_project("retail", "bank", None, true)
//!     .with_project("retail-dev", "bank", Some("retail"), true)
//!     .with_user("anna", "bank", true)
//!     .with_group("developers", ["anna"])
//!     .with_role("r1", "Manager")
//!     .with_role("r2", "member")
//!     .with_inference("r1", "r2");
//! let assignments =
//!     [Assignment::of_group("developers", "r1", Place::Project("retail".to_owned())).inherited()];
//!
//! let child = effective(&directory, &assignments, &Place::Project("retail-dev".to_owned()));
//! assert_eq!(child.roles_of("anna").collect::<Vec<_>>(), ["manager", "member"]);
//! let parent = effective(&directory, &assignments, &Place::Project("retail".to_owned()));
//! assert!(parent.users.is_empty());
//! ```

mod directory;
mod effective;
mod inferences;
#[cfg(test)]
mod tests;

pub use directory::{Assignee, Assignment, Directory, Place};
pub use effective::{EffectiveRoles, Frozen, Skipped, effective, from_effective, narrowed};
pub use inferences::Inferences;
