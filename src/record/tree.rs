//! A signed record as a tree of texts: the one thing that both its file and its payload are
//! written from.

/// A value of a signed record. There are no numbers, booleans or empty values: what is absent
/// is left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tree {
    /// A text.
    Text(String),
    /// A list, never empty.
    List(Vec<Tree>),
    /// Fields in the order in which the file has them, never empty.
    Map(Vec<(&'static str, Tree)>),
}

/// Collects the fields of a [`Tree::Map`], leaving out what is absent.
#[derive(Debug, Default)]
pub struct MapBuilder(Vec<(&'static str, Tree)>);

impl Tree {
    /// A text.
    pub fn text(value: impl ToString) -> Tree {
        Tree::Text(value.to_string())
    }

    /// Starts a map.
    pub fn map() -> MapBuilder {
        MapBuilder::default()
    }
}

impl MapBuilder {
    /// Adds a text.
    #[must_use]
    pub fn text(self, name: &'static str, value: impl ToString) -> MapBuilder {
        self.tree(name, Tree::text(value))
    }

    /// Adds a text, if there is one.
    #[must_use]
    pub fn maybe(self, name: &'static str, value: Option<impl ToString>) -> MapBuilder {
        match value {
            Some(value) => self.text(name, value),
            None => self,
        }
    }

    /// Adds a list, unless it is empty.
    #[must_use]
    pub fn list(self, name: &'static str, items: impl IntoIterator<Item = Tree>) -> MapBuilder {
        let items: Vec<Tree> = items.into_iter().collect();
        if items.is_empty() { self } else { self.tree(name, Tree::List(items)) }
    }

    /// Adds any tree.
    #[must_use]
    pub fn tree(mut self, name: &'static str, tree: Tree) -> MapBuilder {
        self.0.push((name, tree));
        self
    }

    /// The finished map.
    pub fn build(self) -> Tree {
        Tree::Map(self.0)
    }
}
