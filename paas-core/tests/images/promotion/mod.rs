//! The way to production.

mod bed;
mod rows;
mod table;
