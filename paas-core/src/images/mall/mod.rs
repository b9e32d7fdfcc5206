//! The mall: which images whom are shown, and how an image of one tenant comes to be shown to all.
//!
//! ```
//! use paas_core::{
//!     access::{Role, Subject},
//!     images::mall::{Effect, Publication, PublicationCommand, PublicationRight, Visibility},
//!     scaling::Timestamp,
//! };
//!
//! # let digest = format!("sha256:{}", "0f".repeat(32)).parse::<paas_core::images::Digest>()?;
//! # let now = Timestamp::from_seconds(1_795_392_000);
//! let anna = Subject::new("5f3c").with_tenant("retail", Role::SeniorMember);
//! let ben = Subject::new("77").with_tenant("treasury", Role::RestrictedMember);
//! let shop = Visibility::Public { tenant: "retail".into() };
//! assert!(shop.is_shown_to(&anna) && !shop.is_shown_to(&ben));
//!
//! // Anna asks for it to be shown to all; an auditor says yes.
//! let right = PublicationRight::ask(&anna, "anna".parse()?, PublicationRight::REQUEST, "retail").unwrap();
//! let image = "retail-shop/web:1.4".parse()?;
//! let request = Publication::request(image, digest.clone(), &right, now)?;
//! let auditor = Subject::new("a1").with_platform(Role::PublicationAuditor);
//! let yes = PublicationCommand::Approve;
//! let right = PublicationRight::ask(&auditor, "carl".parse()?, yes.action(), "retail").unwrap();
//! let approved = request.command(&yes, &right, now)?;
//! assert!(matches!(approved.effect, Some(Effect::Show { .. })));
//! assert!(shop.published(Some(&approved.publication), &digest).is_shown_to(&ben));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! | who asks or says | what |
//! | --- | --- |
//! | a senior member or above of the tenant | asks for a publication; withdraws it, before and after it was approved |
//! | a publication auditor, and never who asked | approves, or rejects with a reason; takes back what was approved, with a reason |
//!
//! A publication is of one digest, as a release is: what is pushed under the tag later is not shown to others.

mod publication;
mod refusal;
mod right;
mod visibility;

pub use publication::{
    Effect, Publication, PublicationChange, PublicationCommand, PublicationState, PublicationStateName,
    Verdict,
};
pub use refusal::PublicationRefusal;
pub use right::PublicationRight;
pub use visibility::{MallEntry, Visibility};
