//! The files that a merge of two commits would give, without making one.

use git2::{MergeOptions, Oid, Repository};

use super::{Git, GitError, ObjectId};

/// What judging a proposed commit is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Merged {
    /// The proposed commit holds the base already: its own tree is what would be there.
    Contains,
    /// The tree of the merge.
    Tree(ObjectId),
}

impl Git {
    /// Merges a proposed commit into a base. Objects that the merge makes are kept in memory,
    /// by a handle of their own that is returned as a new [`Git`].
    ///
    /// # Errors
    /// They conflict, or have no commit in common.
    pub fn merge(&self, base: ObjectId, head: ObjectId) -> Result<(Merged, Option<Git>), GitError> {
        if self.is_ancestor(base, head)? {
            return Ok((Merged::Contains, None));
        }
        let repository = super::handle(&self.path)?;
        let tree = merged_tree(&repository, base.oid()?, head.oid()?)?;
        // The objects of the merge live in this handle alone.
        let handles = std::sync::Mutex::new(vec![repository]);
        let git = Git { path: self.path.clone(), handles };
        Ok((Merged::Tree(tree), Some(git)))
    }

    /// Whether one commit is another or one of its ancestors.
    ///
    /// # Errors
    /// Objects are missing.
    pub fn is_ancestor(&self, one: ObjectId, of: ObjectId) -> Result<bool, GitError> {
        if one == of {
            return Ok(true);
        }
        self.with(|repository| Ok(repository.graph_descendant_of(of.oid()?, one.oid()?)?))
    }

    /// The commits that one has among its ancestors, or is, and another has not. In a clone
    /// that was cut off they end where it was.
    ///
    /// # Errors
    /// Objects are missing.
    pub fn between(&self, base: ObjectId, head: ObjectId) -> Result<Vec<ObjectId>, GitError> {
        self.with(|repository| {
            let mut walk = repository.revwalk()?;
            walk.push(head.oid()?)?;
            walk.hide(base.oid()?)?;
            let ids = walk.map(|id| Ok(ObjectId::from_bytes(id?.as_bytes())));
            ids.filter_map(Result::transpose).collect()
        })
    }

    /// Whether two commits have no ancestor in common.
    ///
    /// # Errors
    /// Objects are missing.
    pub fn unrelated(&self, one: ObjectId, other: ObjectId) -> Result<bool, GitError> {
        Ok(self.merge_base(one, other)?.is_none())
    }

    /// The best ancestor that two commits have in common; none where they have none.
    ///
    /// # Errors
    /// Objects are missing.
    pub fn merge_base(&self, one: ObjectId, other: ObjectId) -> Result<Option<ObjectId>, GitError> {
        self.with(|repository| match repository.merge_base(one.oid()?, other.oid()?) {
            Ok(id) => Ok(ObjectId::from_bytes(id.as_bytes())),
            Err(e) if e.code() == git2::ErrorCode::NotFound => Ok(None),
            Err(e) => Err(e.into()),
        })
    }
}

fn merged_tree(repository: &Repository, base: Oid, head: Oid) -> Result<ObjectId, GitError> {
    // What the merge writes goes to memory: a check changes nothing.
    let odb = repository.odb()?;
    odb.add_new_mempack_backend(1000)?;
    let (ours, theirs) = (repository.find_commit(base)?, repository.find_commit(head)?);
    if let Err(e) = repository.merge_base(base, head)
        && e.code() == git2::ErrorCode::NotFound
    {
        return Err(GitError::Unmergeable("the two commits have no history in common".to_owned()));
    }
    let mut options = MergeOptions::new();
    // A file that looks like another one is not that file: the records are told apart by name.
    options.find_renames(false);
    let mut index = repository.merge_commits(&ours, &theirs, Some(&options))?;
    if index.has_conflicts() {
        let mut paths = Vec::new();
        for conflict in index.conflicts()?.flatten() {
            let side = conflict.our.or(conflict.their).or(conflict.ancestor);
            paths.extend(side.map(|s| String::from_utf8_lossy(&s.path).into_owned()));
        }
        paths.sort();
        return Err(GitError::Unmergeable(format!("both sides changed {}", paths.join(", "))));
    }
    let tree = index.write_tree_to(repository)?;
    ObjectId::from_bytes(tree.as_bytes()).ok_or_else(|| GitError::Other("an id of another length".to_owned()))
}
