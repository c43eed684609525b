//! Git's objects, read from their bytes: ids and commits.
//!
//! Commits are read here and not by the library, which shows the boundary of a shallow clone
//! as a commit without parents.

use sha1::Digest as _;

use super::GitError;

/// The id of an object: SHA-1, as all but very new repositories use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ObjectId([u8; 20]);

impl ObjectId {
    /// An id from its bytes; none unless there are 20.
    pub fn from_bytes(bytes: &[u8]) -> Option<ObjectId> {
        Some(ObjectId(bytes.try_into().ok()?))
    }

    /// An id from 40 hex digits.
    pub fn parse(hex: &str) -> Option<ObjectId> {
        let oid = git2::Oid::from_str(hex).ok().filter(|_| hex.len() == 40)?;
        ObjectId::from_bytes(oid.as_bytes())
    }

    /// Whether it is the id of an object of this type with these bytes.
    pub(super) fn is_of(self, kind: &str, bytes: &[u8]) -> bool {
        let hash = sha1::Sha1::new()
            .chain_update(format!("{kind} {}\0", bytes.len()))
            .chain_update(bytes)
            .finalize();
        hash.as_slice() == self.0
    }

    /// The id that a file with these bytes has.
    pub fn of_blob(bytes: &[u8]) -> Option<ObjectId> {
        let id = git2::Oid::hash_object(git2::ObjectType::Blob, bytes).ok()?;
        ObjectId::from_bytes(id.as_bytes())
    }

    /// The first twelve digits, for people.
    pub fn short(self) -> String {
        self.to_string().chars().take(12).collect()
    }

    pub(super) fn oid(self) -> Result<git2::Oid, git2::Error> {
        git2::Oid::from_bytes(&self.0)
    }
}

impl std::fmt::Display for ObjectId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.iter().try_for_each(|b| write!(f, "{b:02x}"))
    }
}

/// Who did something when, as a commit says it: no proof of either.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Name and address as written, other bytes than UTF-8 replaced.
    pub name: String,
    /// Seconds since 1970; 0 where it cannot be read.
    pub seconds: i64,
}

/// A commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commit {
    /// Its id.
    pub id: ObjectId,
    /// The tree of its files.
    pub tree: ObjectId,
    /// Its parents, the first one first, as its bytes name them.
    pub parents: Vec<ObjectId>,
    /// Who wrote the change.
    pub author: Person,
    /// Who put it there.
    pub committer: Person,
    /// The first line of its message.
    pub summary: String,
    /// The bytes of its message.
    pub message: Vec<u8>,
}

impl Commit {
    /// Reads a commit from its bytes.
    pub(super) fn read(id: ObjectId, bytes: &[u8]) -> Result<Commit, GitError> {
        let odd = || GitError::Odd { id, what: "it is not a commit in git's form" };
        let (mut tree, mut parents, mut author, mut committer) = (None, Vec::new(), None, None);
        let mut lines = bytes.split(|b| *b == b'\n');
        for line in lines.by_ref() {
            match line.iter().position(|b| *b == b' ').map(|at| line.split_at(at)) {
                None => break,
                Some((b"tree", rest)) if tree.is_none() => tree = Some(hex(rest).ok_or_else(odd)?),
                Some((b"parent", rest)) => parents.push(hex(rest).ok_or_else(odd)?),
                Some((b"author", rest)) if author.is_none() => author = Some(person(rest)),
                Some((b"committer", rest)) if committer.is_none() => committer = Some(person(rest)),
                Some(_) => {}
            }
        }
        let rest: Vec<&[u8]> = lines.collect();
        let message = rest.join(&b'\n');
        let summary = rest.iter().find(|l| !l.is_empty()).copied().unwrap_or_default();
        let summary = String::from_utf8_lossy(summary).into_owned();
        let (author, committer) = (author.ok_or_else(odd)?, committer.ok_or_else(odd)?);
        Ok(Commit { id, tree: tree.ok_or_else(odd)?, parents, author, committer, summary, message })
    }
}

fn hex(field: &[u8]) -> Option<ObjectId> {
    ObjectId::parse(std::str::from_utf8(field).ok()?.trim())
}

/// `Name <address> seconds zone`.
fn person(field: &[u8]) -> Person {
    let text = String::from_utf8_lossy(field);
    let (name, time) = text.rsplit_once('>').unwrap_or((&text, ""));
    let seconds = time.split_whitespace().next().and_then(|t| t.parse().ok()).unwrap_or(0);
    let name = if name.contains('<') { format!("{}>", name.trim()) } else { name.trim().to_owned() };
    Person { name, seconds }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The id of an empty tree and that of an empty file, which every repository knows.
    #[test]
    fn content_has_one_name() {
        let tree = ObjectId::parse("4b825dc642cb6eb9a060e54bf8d69288fbee4904").unwrap();
        let blob = ObjectId::parse("e69de29bb2d1d6434b8b29ae775ad8c2e48c5391").unwrap();
        assert!(tree.is_of("tree", b"") && blob.is_of("blob", b""));
        assert!(!tree.is_of("blob", b"") && !blob.is_of("blob", b"x"));
    }

    #[test]
    fn a_commit_is_read_from_its_bytes() {
        let text = "tree 4b825dc642cb6eb9a060e54bf8d69288fbee4904\n\
                    parent 1111111111111111111111111111111111111111\n\
                    parent 2222222222222222222222222222222222222222\n\
                    author Ana Ruiz <a@example.com> 1760000000 +0200\n\
                    committer Host <h@example.com> 1760000100 +0000\n\
                    gpgsig -----BEGIN SSH SIGNATURE-----\n parent 3333333333333333333333333333333333333333\n\
                    \nHire a nurse\n\nparent 4444444444444444444444444444444444444444\n";
        let id = ObjectId([7; 20]);
        let commit = Commit::read(id, text.as_bytes()).unwrap();
        assert_eq!(commit.tree.to_string(), "4b825dc642cb6eb9a060e54bf8d69288fbee4904");
        let parents: Vec<String> = commit.parents.iter().map(ToString::to_string).collect();
        assert_eq!(parents, ["1".repeat(40), "2".repeat(40)]);
        assert_eq!(
            (commit.author.name.as_str(), commit.author.seconds),
            ("Ana Ruiz <a@example.com>", 1_760_000_000)
        );
        assert_eq!(commit.committer.seconds, 1_760_000_100);
        assert_eq!(commit.summary, "Hire a nurse");
        assert!(Commit::read(id, b"tree x\n\n").is_err());
        assert!(Commit::read(id, b"").is_err());
    }
}
