//! The files that a new repository starts with, from `templates/init` and `templates/github`.

use minijinja::syntax::SyntaxConfig;
use minijinja::{AutoEscape, Environment, UndefinedBehavior, context};

use super::With;
use super::ci::{Ci, Workflow};
use crate::cli::Failure;
use crate::record::date::Date;
use crate::record::digest::Sha256;

/// What the files are made from.
pub(super) struct Facts<'f> {
    pub name: &'f str,
    pub timezone: &'f str,
    pub officer: &'f str,
    pub today: Date,
    pub root: Sha256,
}

const DOCUMENT: &str = include_str!("../../../templates/init/document.md");

const ALWAYS: [(&str, &str); 4] = [
    ("duly.yaml", include_str!("../../../templates/init/duly.yaml")),
    ("roster/main.yaml", include_str!("../../../templates/init/roster.yaml")),
    (".gitattributes", include_str!("../../../templates/init/gitattributes")),
    ("README.md", include_str!("../../../templates/init/README.md")),
];

/// The first requirement of a repository that starts without ready-made ones of its own
/// subject.
const TRAINING: (&str, &str) =
    ("policies/training.yaml", include_str!("../../../templates/init/policy.yaml"));

/// The workflow of GitHub Actions.
pub(super) const WORKFLOW: &str = ".github/workflows/duly.yml";

const GITHUB: &str = include_str!("../../../templates/github/duly.yml");

impl With {
    /// The file of `policies` with its template.
    fn file(self) -> (&'static str, &'static str) {
        match self {
            With::Hipaa => {
                ("policies/hipaa.yaml", include_str!("../../../templates/requirements/hipaa.yaml"))
            }
            With::Texas => {
                ("policies/texas.yaml", include_str!("../../../templates/requirements/texas.yaml"))
            }
            With::Osha => ("policies/osha.yaml", include_str!("../../../templates/requirements/osha.yaml")),
            With::Pci => ("policies/pci.yaml", include_str!("../../../templates/requirements/pci.yaml")),
            With::California => {
                ("policies/california.yaml", include_str!("../../../templates/requirements/california.yaml"))
            }
        }
    }
}

/// The policies to start with. HIPAA's hold security awareness, and with it the first text,
/// already.
fn policies(with: &[With]) -> Vec<(&'static str, &'static str)> {
    let mut files: Vec<_> = if with.contains(&With::Hipaa) { Vec::new() } else { vec![TRAINING] };
    files.extend(with.iter().map(|set| set.file()));
    files.sort_unstable();
    files.dedup();
    files
}

/// The files with their paths.
///
/// # Errors
/// A template is broken, which the tests exclude.
pub(super) fn files(
    facts: &Facts<'_>,
    ci: Option<&Workflow>,
    with: &[With],
) -> Result<Vec<(String, Vec<u8>)>, Failure> {
    let edition = facts.today.year().to_string();
    let document = format!("security-awareness-{edition}.md");
    let values = context! {
        name => facts.name,
        timezone => facts.timezone,
        officer => facts.officer,
        today => facts.today.to_string(),
        root => facts.root.to_string(),
        edition => edition,
        document => &document,
        sha256 => Sha256::of(DOCUMENT.as_bytes()).to_string(),
    };
    let environment = environment();
    let mut files = Vec::new();
    for (path, template) in ALWAYS.iter().chain(&policies(with)) {
        let text = environment.render_str(template, &values).map_err(|e| broken(path, &e))?;
        files.push(((*path).to_owned(), text.into_bytes()));
    }
    files.push((format!("policies/documents/{document}"), DOCUMENT.as_bytes().to_vec()));
    files.extend(ci.map(|ci| workflow(ci, facts.root)).transpose()?);
    Ok(files)
}

/// The workflow with its path.
///
/// # Errors
/// As for [`files`].
pub(super) fn workflow(workflow: &Workflow, root: Sha256) -> Result<(String, Vec<u8>), Failure> {
    let Ci::Github = workflow.ci;
    let values = context! {
        root => root.to_string(),
        branch => &workflow.branch,
        program_url => &workflow.url,
        program_sha256 => &workflow.sha256,
    };
    let text = environment().render_str(GITHUB, &values).map_err(|e| broken(WORKFLOW, &e))?;
    Ok((WORKFLOW.to_owned(), text.into_bytes()))
}

fn environment() -> Environment<'static> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_auto_escape_callback(|_| AutoEscape::None);
    let syntax = SyntaxConfig::builder().keep_trailing_newline(true).build().unwrap_or_default();
    environment.set_syntax(syntax);
    environment.add_filter("quoted", |text: String| {
        format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
    });
    environment.add_filter("markdown", |text: String| {
        let escape = |c: char| if c.is_ascii_punctuation() { format!("\\{c}") } else { c.to_string() };
        text.chars().map(escape).collect::<String>()
    });
    environment
}

fn broken(path: &str, error: &minijinja::Error) -> Failure {
    Failure::new(format!("the template of {path} is broken: {error}"), "Install duly again.")
}
