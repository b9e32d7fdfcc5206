//! Images.
mod names;
