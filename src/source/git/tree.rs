//! Git's trees, read from their bytes, and what is wrong with an entry.
//!
//! The library hands out trees with entries that no honest program writes: two of one name,
//! `..`, `.git`, names with a slash. They are found here, on the raw bytes, and never by a
//! path as git prints it.

use std::cmp::Ordering;

use unicode_normalization::UnicodeNormalization;

use super::GitError;
use super::object::ObjectId;
use crate::finding::Entry as Code;
use crate::finding::catalogue::files;

/// The mode of a plain file.
pub const PLAIN: u32 = 0o100_644;
/// The mode of a folder.
pub const FOLDER: u32 = 0o040_000;
/// The mode of a symbolic link.
pub const LINK: u32 = 0o120_000;
/// The mode of a submodule.
pub const SUBMODULE: u32 = 0o160_000;

/// One entry of a tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Item<'t> {
    /// What it is: one of the modes above, or an odd one.
    pub mode: u32,
    /// Its name, any bytes but NUL.
    pub name: &'t [u8],
    /// What it holds.
    pub id: ObjectId,
}

impl Item<'_> {
    /// Whether it is a folder.
    pub fn is_folder(&self) -> bool {
        self.mode == FOLDER
    }

    /// Git's order: bytes of the names, a folder as if it ended in a slash.
    pub fn order(&self, other: &Item<'_>) -> Ordering {
        let common = self.name.len().min(other.name.len());
        let rest = |item: &Item<'_>| {
            let end = item.is_folder().then_some(b'/');
            item.name.get(common).copied().or(end)
        };
        self.name[..common].cmp(&other.name[..common]).then_with(|| rest(self).cmp(&rest(other)))
    }
}

/// The entries of a tree, in the order of its bytes.
#[derive(Debug, Clone)]
pub struct Items<'t> {
    tree: ObjectId,
    rest: &'t [u8],
}

impl<'t> Items<'t> {
    /// The entries of a tree with these bytes.
    pub fn of(tree: ObjectId, bytes: &'t [u8]) -> Items<'t> {
        Items { tree, rest: bytes }
    }

    fn read(&mut self) -> Option<Item<'t>> {
        let space = self.rest.iter().position(|b| *b == b' ')?;
        let mode = u32::from_str_radix(std::str::from_utf8(&self.rest[..space]).ok()?, 8).ok()?;
        let after = &self.rest[space + 1..];
        let nul = after.iter().position(|b| *b == 0)?;
        let id = ObjectId::from_bytes(after.get(nul + 1..nul + 21)?)?;
        self.rest = &after[nul + 21..];
        Some(Item { mode, name: &after[..nul], id })
    }
}

impl<'t> Iterator for Items<'t> {
    type Item = Result<Item<'t>, GitError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.rest.is_empty() {
            return None;
        }
        let item = self.read();
        if item.is_none() {
            self.rest = &[];
        }
        Some(item.ok_or(GitError::Odd { id: self.tree, what: "it is not a tree in git's form" }))
    }
}

/// What makes the order of two neighbours in a tree one that git never writes.
pub fn order_fault(before: &Item<'_>, item: &Item<'_>) -> Option<(&'static Code, &'static str)> {
    if before.name == item.name {
        return Some((&files::TREE_DUPLICATE, "stands twice in its folder"));
    }
    match before.order(item) {
        Ordering::Less => None,
        _ => Some((&files::TREE_UNSORTED, "stands out of order in its folder")),
    }
}

/// What makes a name one that is refused: some everywhere, some in managed folders alone.
pub fn name_fault(name: &[u8], managed: bool) -> Option<(&'static Code, &'static str)> {
    if matches!(name, b"" | b"." | b"..") {
        return Some((&files::TREE_DOTS, "is `.`, `..` or nothing, and leads elsewhere"));
    }
    if is_dot_git(name) {
        return Some((&files::TREE_DOT_GIT, "is `.git` on some system"));
    }
    if name.contains(&b'/') {
        return Some((&files::TREE_SLASH, "holds a slash inside one name"));
    }
    if !managed {
        return None;
    }
    match std::str::from_utf8(name) {
        Err(_) => Some((&files::TREE_ENCODING, "is not UTF-8")),
        Ok(text) if text.contains('\\') => Some((&files::TREE_SLASH, "holds a backslash")),
        Ok(text) if text.chars().any(char::is_control) => {
            Some((&files::TREE_CONTROL, "holds a control character"))
        }
        Ok(_) => None,
    }
}

/// Whether a name is `.git` for some file system: in any case, with dots or blanks at its end,
/// with a stream's name, as Windows shortens it, or with characters that macOS leaves out.
fn is_dot_git(name: &[u8]) -> bool {
    let text: String = String::from_utf8_lossy(name).chars().filter(|c| !is_left_out(*c)).collect();
    let stem = text.split(':').next().unwrap_or_default().trim_end_matches(['.', ' ']);
    stem.eq_ignore_ascii_case(".git") || stem.eq_ignore_ascii_case("git~1")
}

/// The characters that HFS+ leaves out when it compares names.
fn is_left_out(c: char) -> bool {
    matches!(c, '\u{200c}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{206a}'..='\u{206f}' | '\u{feff}')
}

/// A name as systems compare it that tell neither cases nor forms of accents apart.
pub fn folded(name: &[u8]) -> String {
    let text = String::from_utf8_lossy(name);
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    text.nfd().flat_map(char::to_uppercase).flat_map(char::to_lowercase).nfc().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(name: &[u8]) -> Option<&'static str> {
        name_fault(name, true).map(|(entry, _)| entry.code)
    }

    #[test]
    fn names_that_mean_something_else_are_refused() {
        for dots in [&b""[..], b".", b".."] {
            assert_eq!(code(dots), Some("D133"));
        }
        for git in [".git", ".GIT", ".Git.", ".git ", ".git::$INDEX_ALLOCATION", "GIT~1", ".g\u{200c}it"] {
            assert_eq!(code(git.as_bytes()), Some("D134"), "{git}");
            assert!(name_fault(git.as_bytes(), false).is_some());
        }
        assert_eq!(code(b"a/b"), Some("D135"));
        assert_eq!(code(b"a\\b"), Some("D135"));
        assert_eq!(code(b"a\nb"), Some("D136"));
        assert_eq!(code(b"a\xff"), Some("D137"));
        assert_eq!(name_fault(b"a\xff", false), None);
        for plain in [".github", ".gitattributes", "git", "x.yaml", "\u{e9}"] {
            assert_eq!(code(plain.as_bytes()), None, "{plain}");
        }
    }

    #[test]
    fn the_order_is_that_of_git() {
        let id = ObjectId::from_bytes(&[0; 20]).unwrap();
        let item = |mode, name| Item { mode, name, id };
        let (file, folder) = (item(PLAIN, b"a.b"), item(FOLDER, b"a"));
        // "a.b" stands before the folder "a", which counts as "a/".
        assert_eq!(file.order(&folder), Ordering::Less);
        assert_eq!(order_fault(&file, &folder), None);
        assert_eq!(order_fault(&folder, &file).map(|f| f.0.code), Some("D132"));
        assert_eq!(order_fault(&file, &file).map(|f| f.0.code), Some("D131"));
    }

    #[test]
    fn names_fold_as_other_systems_compare_them() {
        assert_eq!(folded("Caf\u{e9}".as_bytes()), folded("CAFE\u{301}".as_bytes()));
        assert_eq!(folded("ro\u{17f}ter".as_bytes()), "roster");
        assert_ne!(folded(b"a"), folded(b"b"));
    }
}
