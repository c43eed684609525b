//! The names of people, from outside of the repository.
//!
//! [`Ledger::load`] knows ids alone, so that what writes records can never write a name that
//! was not in them. What shows people to people loads with
//! [`Ledger::load_with_identities`]: a name fills the place that the roster leaves open.

use std::path::{Path, PathBuf};

use super::check::privacy::looks_private;
use super::{Ledger, parse};
use crate::finding::catalogue::privacy;
use crate::finding::{Finding, Place, Severity};
use crate::record::identities::{Identities, Identity};
use crate::record::kind::Kind;
use crate::record::node::At;
use crate::source::{Entry, Source, WorkTree};
use crate::yaml::limits;

/// Where names may be looked for.
#[derive(Debug, Clone, Copy)]
pub struct Lookup<'p> {
    /// The folder of the repository, from where `identities:` in `duly.yaml` leads.
    pub root: &'p Path,
    /// A file or folder that somebody named; it then takes the place of `identities:`.
    pub given: Option<&'p Path>,
}

impl Ledger {
    /// Loads a repository with the names that are kept outside of it.
    pub fn load_with_identities(source: &dyn Source, lookup: Lookup<'_>) -> Ledger {
        let mut ledger = Ledger::read(source);
        ledger.with_identities(lookup);
        ledger.check();
        ledger
    }

    /// Fills in the name and e-mail address of workers for whom the roster has none. Whatever
    /// keeps a name from being filled in is a finding; the id is then shown.
    pub fn with_identities(&mut self, lookup: Lookup<'_>) {
        let found = match self.place_of_names(lookup) {
            Ok(Some(names)) => self.fill(names),
            Ok(None) => Vec::new(),
            Err(finding) => vec![*finding],
        };
        self.findings.extend(found);
    }

    /// Where the names are; none where nobody says that there are any.
    fn place_of_names(&self, lookup: Lookup<'_>) -> Result<Option<Names>, Box<Finding>> {
        if let Some(given) = lookup.given {
            let path = given.canonicalize().unwrap_or_else(|_| given.to_owned());
            let shown = path.display().to_string();
            let missing = |_| Box::new(missing(&shown).with_severity(Severity::Error));
            return Names::at(path.clone(), shown.clone()).map(Some).map_err(missing);
        }
        let Some(said) = self.organization.as_ref().and_then(|o| o.identities.as_ref()) else {
            return Ok(None);
        };
        let place = Place::new("duly.yaml", said.spot.line, said.spot.column);
        let path = lookup.root.join(&said.value);
        let at_place = |finding: Finding| Box::new(finding.at(place.clone()));
        if !path.exists() || is_empty_folder(&path) {
            return Err(at_place(missing(&said.value)));
        }
        allowed(lookup.root, &path, said).map_err(at_place)?;
        Names::at(path, said.value.clone()).map(Some).map_err(|_| at_place(missing(&said.value)))
    }

    fn fill(&mut self, names: Names) -> Vec<Finding> {
        let (people, mut found) = names.read();
        if people.is_empty() && found.is_empty() {
            let message = format!("there are no names in {}", names.shown);
            let help =
                "Write `people:` with `id` and `name` into a `.yaml` file there, or name another place.";
            found.push(Finding::new(&privacy::NO_NAMES, message, help));
        }
        for (path, identity) in people {
            let place = Place::new(&path, identity.id.spot.line, identity.id.spot.column);
            let about = format!("worker/{}", identity.id.value);
            let faults = self.fill_one(identity);
            found.extend(faults.into_iter().map(|f| f.at(place.clone()).about(about.clone())));
        }
        found
    }

    fn fill_one(&mut self, identity: Identity) -> Vec<Finding> {
        let id = identity.id.value;
        let Some(worker) = self.worker_position(&id).and_then(|at| self.workers.get_mut(at)) else {
            let message = format!("worker {id} has a name here and is not in the roster");
            let help = "Correct the id, or remove the person: nobody needs the name.";
            return vec![Finding::new(&privacy::NAME_OF_NOBODY, message, help)];
        };
        let fields = [
            ("name", identity.name, &mut worker.name),
            ("e-mail address", identity.email, &mut worker.email),
        ];
        // No message repeats a name: a log is kept longer than a name may be.
        let mut found = Vec::new();
        for (what, new, old) in fields {
            match (new, &old) {
                (None, _) => {}
                (Some(new), _) if looks_private(&new) => {
                    let message = format!(
                        "worker {id} has a {what} that looks like a social security number or a date"
                    );
                    found.push(Finding::new(&privacy::SENSITIVE, message, "Remove the number."));
                }
                (Some(new), None) => *old = Some(new),
                (Some(new), Some(known)) if new == *known => {}
                (Some(_), Some(_)) => {
                    let message = format!("worker {id} has two {what}s, here and in another place");
                    let help = "Keep the one that is right, here or in the roster.";
                    found.push(Finding::new(&privacy::TWO_NAMES, message, help));
                }
            }
        }
        found
    }
}

fn missing(shown: &str) -> Finding {
    let message = format!("the names are not here: there is no {shown}; people are shown by their ids");
    let help = "That is as it should be where names must not come. Elsewhere, get the file or folder, or name it with `--identities`.";
    Finding::new(&privacy::NAMES_MISSING, message, help)
}

fn is_empty_folder(path: &Path) -> bool {
    std::fs::read_dir(path).is_ok_and(|mut entries| entries.next().is_none())
}

/// Whether `duly.yaml` may point there. It comes with a pull request, so it reaches no
/// further than to the neighbours of the repository, links resolved; and a name inside of the
/// repository itself would be in its history for good.
fn allowed(root: &Path, path: &Path, said: &At<String>) -> Result<(), Finding> {
    let full = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let (root, path) = (full(root), full(path));
    let refuse = |message: String| {
        let help =
            "Put it beside the repository, as in `identities: ../people`, or into a second repository.";
        Err(Finding::new(&privacy::NAMES_INSIDE, message, help))
    };
    if root.starts_with(&path) {
        return refuse(format!("the names' folder {} holds this repository itself", said.value));
    }
    if path.starts_with(&root) {
        let own = |folder: &&Path| **folder != *root && folder.join(".git").exists();
        let second = path.ancestors().take_while(|folder| folder.starts_with(&root)).any(|f| own(&f));
        let message = || format!("the names in {} would come into this repository", said.value);
        return if second { Ok(()) } else { refuse(message()) };
    }
    match root.parent() {
        Some(beside) if path.starts_with(beside) => Ok(()),
        _ => refuse(format!("{} leads to a place that is not beside this repository", said.value)),
    }
}

/// A file or folder of names.
struct Names {
    source: WorkTree,
    /// The one file; none where it is a folder.
    file: Option<Entry>,
    /// How findings name it.
    shown: String,
}

impl Names {
    fn at(path: PathBuf, shown: String) -> std::io::Result<Names> {
        let meta = std::fs::metadata(&path)?;
        if meta.is_dir() {
            return Ok(Names { source: WorkTree::new(path), file: None, shown });
        }
        let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        let folder = path.parent().unwrap_or(Path::new("")).to_owned();
        let file = Some(Entry { path: name, size: meta.len() });
        Ok(Names { source: WorkTree::new(folder), file, shown })
    }

    /// Every person of every file, with the path of the file, and what was wrong on the way.
    fn read(&self) -> (Vec<(String, Identity)>, Vec<Finding>) {
        let (mut people, mut found) = (Vec::new(), Vec::new());
        for (path, entry) in self.files(&mut found) {
            match self.one(&path, &entry) {
                Ok((identities, findings)) => {
                    let all = identities.into_iter().flat_map(|i| i.people);
                    people.extend(all.map(|person| (path.clone(), person)));
                    found.extend(findings);
                }
                Err(finding) => found.push(*finding),
            }
        }
        (people, found)
    }

    fn files(&self, found: &mut Vec<Finding>) -> Vec<(String, Entry)> {
        if let Some(entry) = &self.file {
            return vec![(self.shown.clone(), entry.clone())];
        }
        // A folder may hold more than names: a page that says what it is for, hidden settings.
        let yaml = |path: &str| {
            let end = path.rsplit_once('.').map_or("", |(_, end)| end).to_ascii_lowercase();
            matches!(end.as_str(), "yaml" | "yml") && !path.split('/').any(|part| part.starts_with('.'))
        };
        let listing = self.source.list(&yaml);
        let shown = |path: &str| format!("{}/{path}", self.shown);
        found.extend(listing.findings.into_iter().map(|mut finding| {
            finding.place = finding.place.map(|p| Place { path: shown(&p.path), ..p });
            finding
        }));
        let wanted = listing.entries.into_iter().filter(|e| yaml(&e.path));
        wanted.map(|entry| (shown(&entry.path), entry)).collect()
    }

    fn one(&self, path: &str, entry: &Entry) -> Result<(Option<Identities>, Vec<Finding>), Box<Finding>> {
        if self.file.is_none() && !entry.path.ends_with(".yaml") {
            return Err(Box::new(parse::unrecognised(path)));
        }
        if entry.size > limits::PEOPLE_BYTES {
            let named = Entry { path: path.to_owned(), size: entry.size };
            return Err(Box::new(parse::too_large(&named, limits::PEOPLE_BYTES)));
        }
        let bytes = self.source.read(&entry.path).map_err(|e| Box::new(parse::unreadable(path, &e)))?;
        parse::people_file(path, &bytes, Kind::Identities)
    }
}
