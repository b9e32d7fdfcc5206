//! The way of an image from the test registry to production.
//!
//! Every image begins in development. A senior member releases it, which pins what was released by its digest; it is
//! copied when the rule of its namespace says so; and it is synced once production was seen to hold that digest.
//!
//! ```
//! use paas_core::{
//!     access::{Role, Subject},
//!     images::promotion::{
//!         Command, Context, CopyId, Event, Image, Observation, Order, Period, ProductionNamespace, Right, StateName,
//!         SyncRule, step,
//!     },
//!     scaling::Timestamp,
//! };
//!
//! # let digest = format!("sha256:{}", "0f".repeat(32)).parse::<paas_core::images::Digest>()?;
//! let noon: Timestamp = "2026-11-23T12:00:00Z".parse()?;
//! let hour = SyncRule::Automatic { period: Period::from_seconds(3_600)? };
//! let context = |copy: &str| -> Result<Context, Box<dyn std::error::Error>> {
//!     Ok(Context::new(Some(hour), ProductionNamespace::Exists, copy.parse()?))
//! };
//!
//! // A push was seen.
//! let image = Image::pushed("retail-shop/web:1.4".parse()?, digest.clone(), noon);
//!
//! // A restricted member may not release it; a senior member may, and says what.
//! let command = Command::Release { digest: digest.clone() };
//! let restricted = Subject::new("77").with_tenant("retail", Role::RestrictedMember);
//! assert!(Right::ask(&restricted, "ben".parse()?, command.action(), "retail", "retail-shop").is_err());
//! let senior = Subject::new("5f3c").with_tenant("retail", Role::SeniorMember);
//! let right = Right::ask(&senior, "anna".parse()?, command.action(), "retail", "retail-shop").unwrap();
//! let released = step(&image, Event::Command(command, right), &context("c-1")?, noon)?;
//! let image = released.image.unwrap();
//! assert_eq!(image.state.name(), StateName::PendingSync);
//!
//! // An hour later it is copied, and production holds what was released.
//! let later = image.next_deadline(Some(&hour), noon).unwrap();
//! assert_eq!(later, noon.plus(3_600));
//! let begun = step(&image, Event::TimePassed, &context("c-2")?, later)?;
//! assert!(matches!(begun.orders.as_slice(), [Order::Copy { attempt: 1, .. }]));
//! let copied = Observation::CopySucceeded { copy: "c-2".parse()?, production: digest };
//! let image = begun.image.unwrap().observe(copied, later.plus(20)).image.unwrap();
//! assert_eq!(image.state.name(), StateName::Synced);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! | what | by |
//! | --- | --- |
//! | what is kept of an image | [`Image`], [`State`], [`Production`] |
//! | what happens, and what comes of it | [`step`]: [`Event`] in, [`Transition`] or [`Refusal`] out |
//! | who may command | [`Right`]: a command cannot be given without one; who may not can [wish](Wish) |
//! | when something is due | [`Image::next_deadline`] |
//! | when images of a namespace are copied | [`SyncRule`] |
//! | all of that as one table, for people and for the tests | [`table`] |
//!
//! Nothing here waits, asks or copies. Whoever holds an image gives what happened and what time it is, keeps the image that
//! comes of it, and carries out the orders. *Commands* can be refused, and change nothing then. *Observations* are
//! facts: they are absorbed in every state.
//!
//! # What holds whatever happens
//!
//! - An image is synced only if production was seen to hold what was released, and test still has it.
//! - There is one copy of an image at a time. It holds a lease, which it must renew; when that has ended, the copy
//!   counts as lost. A copy says by its [`CopyId`] which one it is: what an older one says changes nothing but that
//!   somebody looks.
//! - A copy replaces in production only what came there by a release, or what an earlier copy may have put there; anything
//!   else is a [conflict](FailureKind::TagConflict), and a person's to decide: who has it synced after the conflict was told
//!   has what was seen there replaced. What somebody put over a release is replaced by it again.
//! - What may pass by itself is tried again, later each time, and never given up: an outage of a weekend leaves nothing to
//!   be done by hand. What will not pass waits for a person.
//! - A clock that is behind ends nothing early. What it finds to be in the future waits until then; only a lease that is
//!   more than a day too long, which a wrong clock has given, is made one that begins now.

mod change;
mod copying;
mod deadline;
mod event;
mod failure;
mod image;
mod production;
mod refusal;
mod right;
mod rule;
mod state;
mod step;
pub mod table;
mod transition;
mod wish;

pub use change::{Change, Happening};
pub use copying::{CopyId, Copying, DEFAULT_LEASE_SECONDS, InvalidCopyId, LONGEST_COPY_SECONDS};
pub use deadline::WaitsFor;
pub use event::{Command, CommandName, Context, Event, Observation, ProductionNamespace};
pub use failure::{Failure, FailureClass, FailureKind};
pub use image::Image;
pub use production::{Production, Seen};
pub use refusal::Refusal;
pub use right::Right;
pub use rule::{InvalidPeriod, Period, SyncRule};
pub use state::{Approval, Cause, Pending, State, StateName, Synced, Syncing};
pub use step::step;
pub use transition::{Order, Transition};
pub use wish::Wish;
