//! Puts the example clinic into the program, so that `duly init --example clinic DIR` needs
//! nothing beside it: lists the files of `examples/clinic` with their bytes.

use std::error::Error;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};

const CLINIC: &str = "examples/clinic";

fn main() -> Result<(), Box<dyn Error>> {
    writeln!(std::io::stdout(), "cargo::rerun-if-changed={CLINIC}")?;
    let root = PathBuf::from(std::env::var("CARGO_MANIFEST_DIR")?).join(CLINIC);
    let mut files = Vec::new();
    walk(&root, &mut files).map_err(|e| format!("{} cannot be read: {e}", root.display()))?;
    files.sort();
    let mut list = String::from("&[\n");
    for file in files {
        let inside = file.strip_prefix(&root)?.to_str().ok_or("a path that is not text")?.replace('\\', "/");
        writeln!(list, "    ({inside:?}, include_bytes!({:?})),", file.display().to_string())?;
    }
    list.push_str("]\n");
    let out = PathBuf::from(std::env::var("OUT_DIR")?).join("clinic.rs");
    Ok(std::fs::write(out, list)?)
}

/// Collects the files below a folder.
fn walk(folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), Box<dyn Error>> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            walk(&path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}
