//! The way to production.

mod bed;
mod pictures;
mod properties;
mod rows;
mod table;
mod world;
