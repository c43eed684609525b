//! The templates: embedded in the program, replaceable one by one from a folder.
//!
//! Every value is escaped for the kind of file that the template's name ends in, an undefined
//! or missing value is an error and never an empty place, and the only text that is printed
//! as it is was marked so by this room.

use std::path::{Path, PathBuf};

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Value;
use minijinja::{AutoEscape, Environment, Error, ErrorKind, Output, State, UndefinedBehavior};

use super::{ReportError, escape};

macro_rules! embedded {
    ($($name:literal),+ $(,)?) => {
        /// The embedded templates and files, by name.
        pub const EMBEDDED: &[(&str, &str)] =
            &[$(($name, include_str!(concat!("../../templates/report/", $name)))),+];
    };
}

embedded!(
    "_base.html",
    "_parts.html",
    "_obligations.html",
    "_records.html",
    "_grid.html",
    "_list.html",
    "attention.html",
    "favicon.svg",
    "404.html",
    "about.html",
    "finding.html",
    "findings.html",
    "control.html",
    "controls.html",
    "due.html",
    "matrix.html",
    "onboarding.html",
    "teams.html",
    "trail.html",
    "trust.html",
    "overview.html",
    "people.html",
    "person.html",
    "report.css",
    "report.js",
    "report.md",
    "requirement.html",
    "requirements.html",
);

/// Where templates come from.
#[derive(Debug, Clone, Default)]
pub struct Templates {
    folder: Option<PathBuf>,
}

impl Templates {
    /// The embedded ones.
    pub fn embedded() -> Templates {
        Templates::default()
    }

    /// Those of a folder; the embedded one where the folder has none of the name.
    pub fn with_folder(folder: &Path) -> Templates {
        Templates { folder: Some(folder.to_owned()) }
    }

    /// The text of a template or of a file that goes beside the pages.
    ///
    /// # Errors
    /// The file of the folder cannot be read, or nothing has the name.
    pub fn text(&self, name: &str) -> Result<String, ReportError> {
        let embedded = || EMBEDDED.iter().find(|(n, _)| *n == name).map(|(_, text)| (*text).to_owned());
        let own = self.folder.as_ref().map(|f| f.join(name)).filter(|p| p.is_file());
        match own {
            Some(path) => std::fs::read_to_string(&path)
                .map_err(|error| ReportError::Io { path: path.display().to_string(), error }),
            None => embedded().ok_or_else(|| ReportError::Template(format!("no template is called {name}"))),
        }
    }

    /// The environment that renders them.
    ///
    /// # Errors
    /// A template cannot be read or parsed.
    pub fn environment(&self) -> Result<Environment<'static>, ReportError> {
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        let syntax = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build();
        environment.set_syntax(syntax.map_err(ReportError::from)?);
        environment.set_auto_escape_callback(|name| match name.rsplit_once('.') {
            Some((_, "md")) => AutoEscape::Custom("markdown".into()),
            _ => AutoEscape::Html,
        });
        environment.set_formatter(print_escaped);
        environment.add_filter("part", address_part);
        environment.add_filter("cut", cut);
        environment.add_filter("ticks", ticks);
        for (name, _) in EMBEDDED.iter().filter(|(n, _)| !n.ends_with(".css") && !n.ends_with(".js")) {
            environment.add_template_owned(*name, self.text(name)?)?;
        }
        Ok(environment)
    }
}

/// At most 160 characters of a text, for lists of a bounded size.
fn cut(text: &str) -> String {
    match text.char_indices().nth(160) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

/// A text for HTML, with what stands between backticks as code.
fn ticks(text: &str) -> Value {
    let parts: Vec<&str> = text.split('`').collect();
    if parts.len().is_multiple_of(2) {
        return Value::from(text);
    }
    let shown = |(at, part): (usize, &&str)| match at % 2 {
        0 => escape::html(part).into_owned(),
        _ => format!("<code>{}</code>", escape::html(part)),
    };
    Value::from_safe_string(parts.iter().enumerate().map(shown).collect())
}

/// A text as part of an address, as browsers write the values of a form.
fn address_part(text: &str) -> String {
    let escaped = |b: u8| match b {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => char::from(b).to_string(),
        b' ' => "+".to_owned(),
        b => format!("%{b:02X}"),
    };
    crate::record::text::visible(text).bytes().map(escaped).collect()
}

/// Prints a value, escaped for the file it goes to.
fn print_escaped(out: &mut Output<'_>, state: &mut State<'_, '_>, value: &Value) -> Result<(), Error> {
    if value.is_undefined() || value.is_none() {
        return Err(Error::new(ErrorKind::UndefinedError, "a value is missing that the template prints"));
    }
    let made;
    let text = match value.as_str() {
        Some(text) => text,
        None => {
            made = value.to_string();
            &made
        }
    };
    let written = match state.auto_escape() {
        _ if value.is_safe() => out.write_str(text),
        AutoEscape::Custom(_) => out.write_str(&escape::markdown(text)),
        _ => out.write_str(&escape::html(text)),
    };
    written.map_err(Error::from)
}

#[cfg(test)]
mod tests {
    use super::*;
    use minijinja::context;

    fn render(name: &str, source: &str, value: Value) -> Result<String, Error> {
        Templates::embedded().environment().unwrap().render_named_str(name, source, value)
    }

    #[test]
    fn values_are_escaped_for_their_file() {
        let value = context! { x => "<b>|\u{1b}" };
        assert_eq!(render("a.html", "{{ x }}", value.clone()).unwrap(), "&lt;b&gt;|\\u{1b}");
        assert_eq!(render("a.md", "{{ x }}", value).unwrap(), "&lt;b&gt;\\|\\\\u\\{1b\\}");
    }

    #[test]
    fn backticks_are_code_and_nothing_else() {
        let said = |text: &str| render("a.html", "{{ x|ticks }}", context! { x => text }).unwrap();
        assert_eq!(said("run `a <b>` or `c`"), "run <code>a &lt;b&gt;</code> or <code>c</code>");
        assert_eq!(said("one ` <b>"), "one ` &lt;b&gt;");
    }

    #[test]
    fn nothing_missing_is_printed_as_nothing() {
        assert!(render("a.html", "{{ y }}", context! { x => 1 }).is_err());
        assert!(render("a.html", "{{ x }}", context! { x => Option::<i32>::None }).is_err());
    }

    #[test]
    fn a_folder_replaces_single_templates() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("404.html"), "gone").unwrap();
        let templates = Templates::with_folder(folder.path());
        assert_eq!(templates.text("404.html").unwrap(), "gone");
        assert!(templates.text("about.html").unwrap().contains("<"));
        assert!(templates.text("nothing.html").is_err());
    }

    /// Templates never print text as it is: only this room marks text as safe.
    #[test]
    fn no_template_switches_escaping_off() {
        for (name, text) in EMBEDDED {
            assert!(!text.contains("|safe") && !text.contains("| safe"), "{name}");
            assert!(!text.contains("autoescape"), "{name}");
        }
    }
}
