//! Prints the JSON Schema of templates: `cargo run --example template-schema > template.json`.
//!
//! `schema/template.json` is made by it, with `cargo xtask generate`.

#![expect(clippy::print_stdout, reason = "that is what it is for")]

fn main() {
    print!("{}", paas_tosca::schema::template());
}
