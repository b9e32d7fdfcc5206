//! A plan tried out on a day's load, before anybody lets it loose.
//!
//! The engine that decides is the real one. Around it stands a small model of the service: containers serve what
//! comes, as much as they can; what they cannot waits a little, and is lost then; new ones take a while to start. And a
//! small model of monitoring: it looks at the metrics, and alarms fire, are repeated and resolve.

mod compare;
mod fleet;
mod load;
mod local;
mod monitor;
mod rows;
mod run;
mod svg;
mod table;
mod timeline;

pub use compare::{Compared, Comparison};
pub use fleet::Model;
pub use load::{Load, LoadProblem};
pub use rows::Row;
pub use run::{InvalidDate, Simulation};
pub use timeline::{Band, Held, Lost, Minute, Passed, Step, Summary, Timeline};
