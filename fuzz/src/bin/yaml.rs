//! Any bytes as YAML.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| paas_fuzz::yaml(bytes));
