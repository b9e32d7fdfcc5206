//! Any text as a stack of Rancher.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| paas_fuzz::compose(bytes));
