//! Any text as a template.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| paas_fuzz::check(bytes));
