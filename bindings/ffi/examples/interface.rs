//! Prints the interface of the bindings as a document.

fn main() {
    #[expect(clippy::print_stdout, reason = "it is what the program is for")]
    {
        println!("{:#}", paas_ffi::interface());
    }
}
