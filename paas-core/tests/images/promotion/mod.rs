//! The way to production.

mod bed;
mod properties;
mod rows;
mod table;
mod world;
