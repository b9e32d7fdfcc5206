//! The engine by its rules, beside a plain model, and against what its peers got wrong.

mod desk;
mod rules;
mod simulate;
mod wheel;
