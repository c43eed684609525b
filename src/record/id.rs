//! Names that other records refer to.

use smol_str::SmolStr;

/// The longest id, in bytes.
pub const ID_MAX: usize = 64;

/// An id: lower-case letters, digits, `.`, `_` and `-`, at most [`ID_MAX`] bytes, starting
/// with a letter or digit and not ending in a dot. Ids become file names and parts of
/// addresses, so they are kept this plain.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id(SmolStr);

impl Id {
    /// Reads an id; none where the text is not of the form.
    pub fn parse(text: &str) -> Option<Id> {
        let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit();
        let bytes = text.as_bytes();
        let starts = bytes.first().is_some_and(|b| plain(*b));
        let rest = bytes.iter().all(|b| plain(*b) || matches!(b, b'.' | b'_' | b'-'));
        let ok = starts && rest && bytes.len() <= ID_MAX && !text.ends_with('.') && !text.contains("..");
        (ok && !is_reserved(text)).then(|| Id(text.into()))
    }

    /// The text of the id.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The closest plain id to any text, for people who have none yet: `IT/IS` becomes
    /// `it-is`. None where nothing is left.
    pub fn from_title(title: &str) -> Option<Id> {
        let mut out = String::new();
        for c in title.trim().chars().flat_map(char::to_lowercase) {
            if c.is_ascii_alphanumeric() {
                out.push(c);
            } else if !out.is_empty() && !out.ends_with('-') {
                out.push('-');
            }
        }
        out.truncate(ID_MAX);
        Id::parse(out.trim_end_matches('-'))
    }
}

/// Names that Windows gives to devices: a file of that name cannot be checked out there.
pub fn is_reserved(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or(name).to_ascii_lowercase();
    let numbered = |word: &str| {
        stem.strip_prefix(word).is_some_and(|n| n.len() == 1 && matches!(n.as_bytes()[0], b'1'..=b'9'))
    };
    matches!(stem.as_str(), "con" | "prn" | "aux" | "nul") || numbered("com") || numbered("lpt")
}

impl std::borrow::Borrow<str> for Id {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for Id {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::fmt::Debug for Id {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?}", self.0)
    }
}

/// Who or what owes: a worker, the organisation, a system or a vendor.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// The organisation itself.
    Org,
    /// A member of the workforce.
    Worker(Id),
    /// A system that holds protected information.
    System(Id),
    /// A business associate.
    Vendor(Id),
}

impl Subject {
    /// Reads `worker/ID`, `org`, `system/ID` or `vendor/ID`.
    pub fn parse(text: &str) -> Option<Subject> {
        if text == "org" {
            return Some(Subject::Org);
        }
        let (kind, id) = text.split_once('/')?;
        let id = Id::parse(id)?;
        match kind {
            "worker" => Some(Subject::Worker(id)),
            "system" => Some(Subject::System(id)),
            "vendor" => Some(Subject::Vendor(id)),
            _ => None,
        }
    }

    /// The worker's id, if the subject is one.
    pub fn worker(&self) -> Option<&Id> {
        match self {
            Subject::Worker(id) => Some(id),
            _ => None,
        }
    }
}

impl std::fmt::Display for Subject {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Subject::Org => f.write_str("org"),
            Subject::Worker(id) => write!(f, "worker/{id}"),
            Subject::System(id) => write!(f, "system/{id}"),
            Subject::Vendor(id) => write!(f, "vendor/{id}"),
        }
    }
}

/// Who holds a key: a worker, or a service such as a learning system.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Holder {
    /// A member of the workforce.
    Worker(Id),
    /// A program declared in `duly.yaml`.
    Service(Id),
}

impl Holder {
    /// Reads `worker/ID` or `service/ID`.
    pub fn parse(text: &str) -> Option<Holder> {
        let (kind, id) = text.split_once('/')?;
        let id = Id::parse(id)?;
        match kind {
            "worker" => Some(Holder::Worker(id)),
            "service" => Some(Holder::Service(id)),
            _ => None,
        }
    }

    /// Whether the holder is this subject.
    pub fn is(&self, subject: &Subject) -> bool {
        matches!((self, subject), (Holder::Worker(a), Subject::Worker(b)) if a == b)
    }
}

impl std::fmt::Display for Holder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Holder::Worker(id) => write!(f, "worker/{id}"),
            Holder::Service(id) => write!(f, "service/{id}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_plain() {
        for ok in ["w-0042", "3427", "security-awareness", "a", "v1.10", "front_desk"] {
            assert!(Id::parse(ok).is_some(), "{ok}");
        }
        for bad in
            ["", "-a", "A", "a b", "a/b", "..", "a..b", "a.", ".git", "nul", "com1", "com1.x", "é", "a\n"]
        {
            assert!(Id::parse(bad).is_none(), "{bad}");
        }
        assert!(Id::parse(&"a".repeat(65)).is_none());
    }

    #[test]
    fn titles_become_ids() {
        let id = |t: &str| Id::from_title(t).map(|i| i.to_string());
        assert_eq!(id("Production       ").as_deref(), Some("production"));
        assert_eq!(id("IT/IS").as_deref(), Some("it-is"));
        assert_eq!(id("Sr. Network Engineer").as_deref(), Some("sr-network-engineer"));
        assert_eq!(id("§§"), None);
    }

    #[test]
    fn subjects_and_holders() {
        assert_eq!(Subject::parse("worker/w-1").unwrap().to_string(), "worker/w-1");
        assert_eq!(Subject::parse("org"), Some(Subject::Org));
        assert!(Subject::parse("people/x").is_none() && Subject::parse("worker/").is_none());
        assert!(Holder::parse("service/lms").is_some() && Holder::parse("vendor/x").is_none());
    }
}
