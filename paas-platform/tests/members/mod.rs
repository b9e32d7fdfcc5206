//! Members of environments are those that Keystone says.

mod directory;
mod environments;
mod keeping;
mod projects;
mod trouble;
mod world;
