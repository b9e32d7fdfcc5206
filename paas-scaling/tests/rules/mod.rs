//! The rules of decision, one by one. Their numbers are those of the design.

mod alarms;
mod counts;
mod drains;
mod time;
mod windows;
