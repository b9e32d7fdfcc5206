//! Who may what.

pub mod keystone;
