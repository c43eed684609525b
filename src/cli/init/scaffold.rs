//! The files that a new repository starts with, from `templates/init` and `templates/github`.

use minijinja::syntax::SyntaxConfig;
use minijinja::{AutoEscape, Environment, UndefinedBehavior, context};

use super::Ci;
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

const ALWAYS: [(&str, &str); 5] = [
    ("duly.yaml", include_str!("../../../templates/init/duly.yaml")),
    ("roster/main.yaml", include_str!("../../../templates/init/roster.yaml")),
    ("policies/training.yaml", include_str!("../../../templates/init/policy.yaml")),
    (".gitattributes", include_str!("../../../templates/init/gitattributes")),
    ("README.md", include_str!("../../../templates/init/README.md")),
];

const GITHUB: [(&str, &str); 2] = [
    (".github/workflows/duly-check.yml", include_str!("../../../templates/github/check.yml")),
    (".github/workflows/duly-report.yml", include_str!("../../../templates/github/pages.yml")),
];

/// The files with their paths.
///
/// # Errors
/// A template is broken, which the tests exclude.
pub(super) fn files(facts: &Facts<'_>, ci: Option<Ci>) -> Result<Vec<(String, Vec<u8>)>, Failure> {
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
        version => env!("CARGO_PKG_VERSION"),
    };
    let github: &[(&str, &str)] = if ci == Some(Ci::Github) { &GITHUB } else { &[] };
    let environment = environment();
    let mut files = Vec::new();
    for (path, template) in ALWAYS.iter().chain(github) {
        let text = environment.render_str(template, &values).map_err(|e| broken(path, &e))?;
        files.push(((*path).to_owned(), text.into_bytes()));
    }
    files.push((format!("policies/documents/{document}"), DOCUMENT.as_bytes().to_vec()));
    Ok(files)
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
