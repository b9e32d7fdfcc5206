//! Tells the linker of each platform that Node brings its own symbols.

fn main() {
    napi_build::setup();
}
