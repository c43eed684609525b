//! Where in a repository a finding points.

/// A place in a file: 1-based line and column in characters, or a whole file (line 0).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// Path inside the repository, `/` between its parts.
    pub path: String,
    /// 1-based line; 0 means the file as a whole.
    pub line: u32,
    /// 1-based column in characters; 0 means the file as a whole.
    pub column: u32,
}

impl Place {
    /// A place at a line and column.
    pub fn new(path: &str, line: u32, column: u32) -> Place {
        Place { path: path.to_owned(), line, column }
    }

    /// The file as a whole.
    pub fn file(path: &str) -> Place {
        Place::new(path, 0, 0)
    }

    /// Whether the place is a line and not a whole file.
    pub fn has_line(&self) -> bool {
        self.line > 0
    }
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.has_line() {
            write!(f, "{}:{}:{}", self.path, self.line, self.column)
        } else {
            f.write_str(&self.path)
        }
    }
}
