//! The same images in several zones: what is pushed in one is copied to the others that a rule names.
//!
//! ```
//! use paas_core::{
//!     images::distribution::{DistributionRule, Sight, Sights, Standing, Zone, Zones, distribute},
//!     scaling::Timestamp,
//! };
//!
//! # let digest = format!("sha256:{}", "0f".repeat(32)).parse::<paas_core::images::Digest>()?;
//! # let now = Timestamp::from_seconds(1_795_392_000);
//! let zones = Zones::new([
//!     Zone::new("north".parse()?, "registry.north.bank.test"),
//!     Zone::new("south".parse()?, "registry.south.bank.test:5000"),
//! ])?;
//! let rule = DistributionRule::new(["north".parse()?, "south".parse()?])?;
//!
//! // Something was pushed in the north.
//! let image = "retail-shop/web:1.4".parse()?;
//! let mut sights = Sights::new().pushed_in("north".parse()?);
//! sights.see("north".parse()?, Sight::Holds(digest.clone()));
//! sights.see("south".parse()?, Sight::Nothing);
//! let first = distribute(&image, &rule, None, &sights, now);
//! let order = &first.orders[0];
//! assert_eq!((order.from.as_str(), order.to.as_str(), &order.digest), ("north", "south", &digest));
//!
//! // The copy raises a notification of its own: that leads to nothing.
//! let mut sights = sights.pushed_in("south".parse()?);
//! sights.see("south".parse()?, Sight::Holds(digest));
//! let then = distribute(&image, &rule, first.record.as_ref(), &sights, now);
//! assert!(then.orders.is_empty());
//! assert_eq!(then.standings[&"south".parse()?], Standing::InStep);
//!
//! // A template that names the north's registry is deployed in the south.
//! let south = zones.mapping(&"south".parse()?).unwrap();
//! assert_eq!(
//!     south.image("registry.north.bank.test/retail-shop/web:1.4"),
//!     "registry.south.bank.test:5000/retail-shop/web:1.4",
//! );
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! [`distribute`] looks at one image in all zones, as they are now, and says what is to be copied. It does not matter why
//! it was called: a notification, the end of a copy and a sweep lead to the same, so that lost and doubled
//! notifications do no harm, and those of our own copies lead to nothing. Hence there are no loops.
//!
//! - **A tag belongs to one zone**: the one where it was pushed first. From there it goes to the others; what is pushed
//!   under it anywhere else is a conflict.
//! - **A conflict is reported, and nothing is overwritten.** A copy replaces only what copies put there. A person decides:
//!   that what is there [may be replaced](Distributed::replace), or that it is [the right one](Distributed::take_over).
//! - **A deletion stays where it is.** What was deleted in its zone is kept in the others, and is not brought back.

mod distribute;
mod filter;
mod record;
mod rule;
mod status;
mod zone;

pub use distribute::{Distribution, DistributionOrder, News, Sight, Sights, distribute};
pub use filter::{InvalidTagPattern, TagFilter, TagPattern};
pub use record::{Distributed, Placed, patience};
pub use rule::{DistributionRule, InvalidDistributionRule};
pub use status::{Standing, ZoneStatus, statuses};
pub use zone::{InvalidZones, Zone, ZoneName, Zones};
