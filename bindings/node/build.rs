//! Tells the linker of each platform that Node brings its own symbols, and that the library stays where it was loaded.

fn main() {
    napi_build::setup();
    // Node unloads it when the last thread that loaded it ends, while threads of the library still run its code.
    if std::env::var("CARGO_CFG_TARGET_OS").is_ok_and(|os| os == "linux") {
        println!("cargo::rustc-cdylib-link-arg=-Wl,-z,nodelete");
    }
}
