//! Writes the example clinic into a new folder:
//!
//! ```console
//! $ cargo run --example generate-clinic -- DIR
//! ```
//!
//! The result is what `examples/clinic` holds, byte for byte; a test compares the two. Whoever
//! changes anything here writes it anew and puts it in the place of that folder: the program
//! itself is built with those files, so they are removed only when the new ones are there.
//!
//! ```console
//! $ cargo run --example generate-clinic -- target/clinic
//! $ rm -r examples/clinic && mv target/clinic examples/clinic
//! ```

mod clinic;

use std::io::Write as _;
use std::path::Path;

fn main() -> clinic::Made<()> {
    let folder = std::env::args().nth(1).ok_or("say where to: generate-clinic DIR")?;
    let root = clinic::generate(Path::new(&folder))?;
    writeln!(std::io::stdout(), "{root}")?;
    Ok(())
}
