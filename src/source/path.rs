//! Which paths a managed folder may hold.

use crate::record::id::is_reserved;

/// What is wrong with a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PathFault {
    /// A part is empty, `.` or `..`.
    #[error("it has a part that is empty, `.` or `..`")]
    Traversal,
    /// A part starts with a dot, and so is hidden.
    #[error("it has a hidden part")]
    Hidden,
    /// A character that is not a letter, digit, `-`, `_` or `.`.
    #[error("it holds other characters than letters, digits, `-`, `_` and `.`")]
    Character,
    /// A name that Windows gives to a device, or that ends in a dot.
    #[error("it has a name that Windows cannot use")]
    Reserved,
    /// A part longer than 255 bytes, or more than 16 parts.
    #[error("it is too long")]
    Long,
}

/// The first fault of a path inside a managed folder, if it has one.
pub fn fault(path: &str) -> Option<PathFault> {
    if path.split('/').count() > 16 {
        return Some(PathFault::Long);
    }
    path.split('/').find_map(part_fault)
}

fn part_fault(part: &str) -> Option<PathFault> {
    let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.');
    match part {
        "" | "." | ".." => Some(PathFault::Traversal),
        _ if part.len() > 255 => Some(PathFault::Long),
        _ if !part.bytes().all(plain) => Some(PathFault::Character),
        _ if part.starts_with('.') => Some(PathFault::Hidden),
        _ if is_reserved(part) || part.ends_with('.') => Some(PathFault::Reserved),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_paths_alone_pass() {
        assert_eq!(fault("attestations/2026/11/1f2e9c.yaml"), None);
        assert_eq!(fault("policies/documents/Security-2026_v1.md"), None);
        assert_eq!(fault("a/../b"), Some(PathFault::Traversal));
        assert_eq!(fault("a//b"), Some(PathFault::Traversal));
        assert_eq!(fault("roster/.git"), Some(PathFault::Hidden));
        assert_eq!(fault("roster/nul.yaml"), Some(PathFault::Reserved));
        assert_eq!(fault("roster/x."), Some(PathFault::Reserved));
        for odd in ["roster/a b", "roster/é", "roster/a\\b", "roster/a\nb", "roster/a:b", "roster/a%41"] {
            assert_eq!(fault(odd), Some(PathFault::Character), "{odd}");
        }
    }
}
