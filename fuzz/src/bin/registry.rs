//! Any bytes as what a registry says, and as names of images.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| paas_fuzz::registry(bytes));
