//! Archives: what is read, and what is refused.

mod codes;
mod packing;
mod read;
mod refused;
