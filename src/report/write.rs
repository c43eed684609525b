//! Writing a site to a folder: all of it or nothing, and never over something else.

use std::collections::{BTreeMap, HashSet};
use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::sync::Mutex;

use super::model::Model;
use super::site::{Content, WriteTo};
use super::template::Templates;
use super::{ReportError, site};
use crate::record::digest::Sha256;
use crate::source::staging::Staging;
use sha2::Digest as _;

/// The name of the file that lists every other file of a site with its digest.
pub const MANIFEST: &str = "manifest.sha256";

/// What was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Written {
    /// How many files, the manifest among them.
    pub files: usize,
    /// How many bytes in all.
    pub bytes: u64,
}

/// Writes the site of a model to a folder. The folder may be missing, empty, or hold a former
/// report and nothing else. The new site is made beside it and takes its place in the end.
///
/// # Errors
/// The folder holds something else, a file cannot be written, or a template is wrong.
pub fn write(model: &Model, templates: &Templates, out: &Path) -> Result<Written, ReportError> {
    check_target(out)?;
    let parent = out.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    std::fs::create_dir_all(parent).map_err(|e| io(parent, e))?;
    let beside = Staging::for_target(out).map_err(|e| io(parent, e))?;
    let folder = beside.folder().join("site");
    let written = fill(model, templates, &folder)?;
    take_the_place(&folder, out, &beside.folder().join("former"))?;
    Ok(written)
}

/// Compares a report with what the model gives: the paths that differ, are missing, or do not
/// belong, sorted; none where it is the same report byte for byte.
///
/// # Errors
/// A file cannot be read, or a template is wrong.
pub fn verify(model: &Model, templates: &Templates, folder: &Path) -> Result<Vec<String>, ReportError> {
    let manifest = Manifest::default();
    site::render(model, templates, &|path, content| {
        manifest.add(path, &content.into_bytes());
        Ok(())
    })?;
    let expected = manifest.0.lock().map(|f| f.clone()).unwrap_or_default();
    let text = manifest.finish().0;
    let same = |name: &str, bytes: &[u8]| match name {
        MANIFEST => bytes == text.as_bytes(),
        name => expected.get(name).is_some_and(|(digest, _)| *digest == Sha256::of(bytes)),
    };
    let mut missing: std::collections::BTreeSet<String> =
        expected.keys().cloned().chain([MANIFEST.to_owned()]).collect();
    let mut other = std::collections::BTreeSet::new();
    for entry in walkdir::WalkDir::new(folder).min_depth(1) {
        let entry = entry.map_err(|e| io(folder, e.into()))?;
        if !entry.file_type().is_dir() {
            let name = inside(entry.path(), folder);
            missing.remove(&name);
            // A link is not a file of a report, whatever it points to.
            let bytes = entry.file_type().is_file().then(|| std::fs::read(entry.path())).transpose();
            if !bytes.map_err(|e| io(entry.path(), e))?.is_some_and(|b| same(&name, &b)) {
                other.insert(name);
            }
        }
    }
    Ok(missing.union(&other).cloned().collect())
}

/// Every file of a site with its digest, in the form that `sha256sum --check` reads.
#[derive(Debug, Default)]
struct Manifest(Mutex<BTreeMap<String, (Sha256, usize)>>);

impl Manifest {
    fn add(&self, path: String, bytes: &[u8]) {
        self.note(path, (Sha256::of(bytes), bytes.len()));
    }

    fn note(&self, path: String, what: (Sha256, usize)) {
        if let Ok(mut files) = self.0.lock() {
            files.insert(path, what);
        }
    }

    fn finish(self) -> (String, Written) {
        let files = self.0.into_inner().unwrap_or_default();
        let text: String = files.iter().map(|(path, (digest, _))| format!("{digest}  {path}\n")).collect();
        let bytes: usize = files.values().map(|f| f.1).sum::<usize>() + text.len();
        (text, Written { files: files.len() + 1, bytes: bytes as u64 })
    }
}

fn fill(model: &Model, templates: &Templates, folder: &Path) -> Result<Written, ReportError> {
    let manifest = Manifest::default();
    site::render(model, templates, &|path, content| {
        let file = folder.join(&path);
        match content {
            Content::Bytes(bytes) => {
                put(&file, |file| std::fs::write(file, &bytes))?;
                manifest.add(path, &bytes);
            }
            Content::Written(write) => manifest.note(path, put(&file, |file| stream(file, write))?),
        }
        Ok(())
    })?;
    let (text, written) = manifest.finish();
    put(&folder.join(MANIFEST), |file| std::fs::write(file, &text))?;
    Ok(written)
}

/// Writes a file; where its folder is missing, that is made first.
fn put<T>(path: &Path, write: impl Fn(&Path) -> std::io::Result<T>) -> Result<T, ReportError> {
    match (write(path), path.parent()) {
        (Err(error), Some(folder)) if error.kind() == std::io::ErrorKind::NotFound => {
            std::fs::create_dir_all(folder).map_err(|e| io(folder, e))?;
            write(path).map_err(|e| io(path, e))
        }
        (written, _) => written.map_err(|e| io(path, e)),
    }
}

/// Writes a file piece by piece, with its digest and length.
fn stream(path: &Path, write: WriteTo<'_>) -> std::io::Result<(Sha256, usize)> {
    let mut out = std::io::BufWriter::with_capacity(
        1 << 16,
        Hashed { out: File::create(path)?, hash: sha2::Sha256::new(), bytes: 0 },
    );
    write(&mut out)?;
    let hashed = out.into_inner().map_err(std::io::IntoInnerError::into_error)?;
    Ok((Sha256::from_bytes(hashed.hash.finalize().into()), hashed.bytes))
}

/// A file with the digest of what was written to it.
struct Hashed {
    out: File,
    hash: sha2::Sha256,
    bytes: usize,
}

impl Write for Hashed {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let written = self.out.write(bytes)?;
        self.hash.update(bytes.get(..written).unwrap_or_default());
        self.bytes += written;
        Ok(written)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.out.flush()
    }
}

/// Puts the new folder where the old one is. The old one is moved away first and comes back
/// if the new one cannot be moved in.
fn take_the_place(folder: &Path, out: &Path, former: &Path) -> Result<(), ReportError> {
    let had_one = out.exists();
    if had_one {
        std::fs::rename(out, former).map_err(|e| io(out, e))?;
    }
    let moved = std::fs::rename(folder, out);
    if moved.is_err() && had_one {
        let _ = std::fs::rename(former, out);
    }
    moved.map_err(|e| io(out, e))
}

fn io(path: &Path, error: std::io::Error) -> ReportError {
    ReportError::Io { path: path.display().to_string(), error }
}

/// Refuses a target that holds anything but a former report.
fn check_target(out: &Path) -> Result<(), ReportError> {
    if out.symlink_metadata().is_err() {
        return Ok(());
    }
    let refuse = |what: String| {
        Err(ReportError::NotAReport(format!(
            "{} {what}: name another folder, or remove it yourself",
            out.display()
        )))
    };
    if !out.symlink_metadata().is_ok_and(|m| m.is_dir()) {
        return refuse("is there and is not a folder".into());
    }
    let manifest = std::fs::read_to_string(out.join(MANIFEST)).ok();
    let listed: Option<HashSet<&str>> = manifest.as_deref().map(|m| m.lines().filter_map(named).collect());
    for entry in walkdir::WalkDir::new(out).min_depth(1) {
        let entry = entry.map_err(|e| io(out, e.into()))?;
        if entry.file_type().is_dir() {
            continue;
        }
        let name = inside(entry.path(), out);
        let known = listed.as_ref().is_some_and(|l| name == MANIFEST || l.contains(name.as_str()));
        if !known {
            return refuse(format!("holds {name:?}, which is not part of a report"));
        }
    }
    Ok(())
}

/// The name in a line of the manifest.
fn named(line: &str) -> Option<&str> {
    line.get(64..)?.strip_prefix("  ")
}

/// The path of a file in a folder, `/` between its parts.
fn inside(path: &Path, folder: &Path) -> String {
    let parts = path.strip_prefix(folder).unwrap_or(path).components();
    parts.map(|c| c.as_os_str().to_string_lossy().into_owned()).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    fn write_to(out: &Path) -> Result<Written, ReportError> {
        write(&sample::clinic(), &Templates::embedded(), out)
    }

    #[test]
    fn a_report_replaces_a_report() {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("deep/site");
        let first = write_to(&out).unwrap();
        let manifest = std::fs::read_to_string(out.join(MANIFEST)).unwrap();
        assert_eq!(manifest.lines().count() + 1, first.files);
        for line in manifest.lines() {
            let (digest, path) = line.split_once("  ").unwrap();
            assert_eq!(Sha256::of(&std::fs::read(out.join(path)).unwrap()).to_string(), digest);
        }
        assert_eq!(write_to(&out).unwrap(), first);
        let beside: Vec<_> = std::fs::read_dir(out.parent().unwrap()).unwrap().collect();
        assert_eq!(beside.len(), 1, "nothing is left beside it");
    }

    #[test]
    fn a_changed_report_is_told_from_the_same() {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("site");
        write_to(&out).unwrap();
        let verify = |out: &Path| verify(&sample::clinic(), &Templates::embedded(), out).unwrap();
        assert_eq!(verify(&out), Vec::<String>::new());
        std::fs::write(out.join("index.html"), "no gap").unwrap();
        std::fs::remove_file(out.join("person/w-0003.html")).unwrap();
        std::fs::write(out.join("extra.html"), "").unwrap();
        assert_eq!(verify(&out), ["extra.html", "index.html", "person/w-0003.html"]);
    }

    #[test]
    fn nothing_else_is_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        assert!(write_to(folder.path()).is_ok(), "an empty folder is fine");
        std::fs::write(folder.path().join("notes.txt"), "mine").unwrap();
        let error = write_to(folder.path()).unwrap_err().to_string();
        assert!(error.contains("notes.txt"), "{error}");
        let file = folder.path().join("notes.txt");
        assert!(write_to(&file).is_err() && std::fs::read_to_string(&file).unwrap() == "mine");
    }
}
