//! The way to production.

mod bed;
mod clocks;
mod conflicts;
mod pictures;
mod properties;
mod rows;
mod stored;
mod table;
mod world;
