//! The files that a merge of two commits would give, without making one.

use git2::{Index, MergeOptions, Oid, Repository};

use super::allowance::Repeats;
use super::tree::Items;
use super::{Git, GitError, ObjectId};

/// What judging a proposed commit is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Merged {
    /// The proposed commit holds the base already: its own tree is what would be there.
    Contains,
    /// The tree of the merge, and that of the base beside it: both without what nobody could
    /// look through.
    Tree(ObjectId, ObjectId),
}

impl Git {
    /// Merges a proposed commit into a base. Objects that the merge makes are kept in memory,
    /// by a handle of their own that is returned as a new [`Git`].
    ///
    /// # Errors
    /// They conflict, or have no commit in common.
    pub fn merge(
        &self,
        base: ObjectId,
        head: ObjectId,
        managed: &dyn Fn(&str) -> bool,
    ) -> Result<(Merged, Option<Git>), GitError> {
        if self.is_ancestor(base, head)? {
            return Ok((Merged::Contains, None));
        }
        let Some(ancestor) = self.merge_base(base, head)? else {
            let what = "the two commits have no history in common".to_owned();
            return Err(GitError::Unmergeable(what));
        };
        let trees = [self.commit(ancestor)?.tree, self.commit(base)?.tree, self.commit(head)?.tree];
        let bombs = self.bombs(&trees, managed)?;
        let repository = super::handle(&self.path)?;
        // What the merge writes goes to memory: a check changes nothing.
        repository.odb()?.add_new_mempack_backend(1000)?;
        let (tree, before) = if bombs.is_empty() {
            (merged_tree(&repository, base.oid()?, head.oid()?)?, trees[1])
        } else {
            merged_without(&repository, trees, &bombs)?
        };
        // The objects of the merge live in this handle alone.
        let handles = std::sync::Mutex::new(vec![repository]);
        let git = Git { path: self.path.clone(), handles };
        Ok((Merged::Tree(tree, before), Some(git)))
    }

    /// The folders at the top of trees that no merge could walk whole.
    fn bombs(&self, trees: &[ObjectId], managed: &dyn Fn(&str) -> bool) -> Result<Vec<Vec<u8>>, GitError> {
        let (mut repeats, mut found) = (Repeats::new(self), Vec::new());
        for tree in trees {
            if !repeats.is_bomb(*tree)? {
                continue;
            }
            for item in Items::of(*tree, &self.tree(*tree)?) {
                let item = item?;
                let folder = format!("{}/x", String::from_utf8_lossy(item.name));
                if item.is_folder() && !managed(&folder) {
                    found.push(item.name.to_vec());
                } else if item.is_folder() && repeats.is_bomb(item.id)? {
                    return Err(GitError::Repeats(item.id));
                }
            }
        }
        Ok(found)
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
    let (ours, theirs) = (repository.find_commit(base)?, repository.find_commit(head)?);
    let index = repository.merge_commits(&ours, &theirs, Some(&options()))?;
    written(repository, index)
}

/// Merges trees without the folders of these names at their top; gives the merged tree, and the
/// second one as it took part.
fn merged_without(
    repository: &Repository,
    trees: [ObjectId; 3],
    names: &[Vec<u8>],
) -> Result<(ObjectId, ObjectId), GitError> {
    let mut left = Vec::new();
    for tree in trees {
        let tree = repository.find_tree(tree.oid()?)?;
        let mut builder = repository.treebuilder(Some(&tree))?;
        builder.filter(|entry| !names.iter().any(|n| n == entry.name_bytes()))?;
        left.push(repository.find_tree(builder.write()?)?);
    }
    let [ancestor, ours, theirs] = left.as_slice() else {
        return Err(GitError::Other("a merge takes three trees".to_owned()));
    };
    let index = repository.merge_trees(ancestor, ours, theirs, Some(&options()))?;
    Ok((written(repository, index)?, id(ours.id())?))
}

fn options() -> MergeOptions {
    let mut options = MergeOptions::new();
    // A file that looks like another one is not that file: the records are told apart by name.
    options.find_renames(false);
    options
}

/// The tree of what was merged, unless both sides changed the same.
fn written(repository: &Repository, mut index: Index) -> Result<ObjectId, GitError> {
    if index.has_conflicts() {
        let mut paths = Vec::new();
        for conflict in index.conflicts()?.flatten() {
            let side = conflict.our.or(conflict.their).or(conflict.ancestor);
            paths.extend(side.map(|s| String::from_utf8_lossy(&s.path).into_owned()));
        }
        paths.sort();
        return Err(GitError::Unmergeable(format!("both sides changed {}", paths.join(", "))));
    }
    id(index.write_tree_to(repository)?)
}

fn id(oid: Oid) -> Result<ObjectId, GitError> {
    ObjectId::from_bytes(oid.as_bytes()).ok_or_else(|| GitError::Other("an id of another length".to_owned()))
}
