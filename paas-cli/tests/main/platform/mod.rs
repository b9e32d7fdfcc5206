//! The commands that deploy, against a stand-in for Rancher in this process.
#![cfg(unix)]

mod bank;
mod images;
mod refused;
mod stopped;
mod world;
