//! What every page has: its place, the way back to the first page, and the head.

use minijinja::value::Serde;
use minijinja::{Environment, Value, context};
use serde::Serialize;

use super::{Content, Sink, WriteTo};
use crate::report::ReportError;
use crate::report::model::{Facts, Model, Profile, Status};
use crate::report::table::{Column, Table};
use crate::report::template::Templates;

/// Renders pages of one model and hands them to a sink.
pub struct Renderer<'m> {
    /// What is shown.
    pub model: &'m Model,
    templates: &'m Templates,
    environment: Environment<'static>,
    sink: &'m Sink<'m>,
}

/// Where a page stands.
pub struct Place<'p> {
    /// Its path in the site.
    pub path: &'p str,
    /// Its title.
    pub title: &'p str,
    /// The entry of the navigation it belongs to.
    pub section: &'static str,
}

#[derive(Serialize)]
struct Site<'m> {
    organization: &'m str,
    as_of: String,
    as_of_long: String,
    version: &'m str,
    commit: Option<&'m str>,
    commit_short: Option<&'m str>,
    pinned: bool,
    root: Option<&'m str>,
    audience: Option<&'m str>,
    address: Option<&'m str>,
    public: bool,
    team: Option<&'m str>,
    single_control: bool,
    controls: bool,
    trail: bool,
    statuses: Vec<StatusRow>,
}

#[derive(Serialize)]
struct StatusRow {
    word: &'static str,
    label: &'static str,
    meaning: &'static str,
}

/// One page of a list, as its template sees it.
#[derive(Serialize)]
struct ListPage<'t> {
    caption: &'t str,
    columns: &'t [Column],
    rows: Value,
    total: usize,
    first: usize,
    last: usize,
    page: usize,
    pages: usize,
    previous: Option<String>,
    next: Option<String>,
    data: String,
    csv: String,
}

impl<'m> Renderer<'m> {
    /// Prepares the templates and what every page says.
    ///
    /// # Errors
    /// A template cannot be read or parsed.
    pub fn new(model: &'m Model, templates: &'m Templates, sink: &'m Sink<'m>) -> Result<Self, ReportError> {
        let mut environment = templates.environment()?;
        environment.add_global("site", value(site(model)));
        Ok(Renderer { model, templates, environment, sink })
    }

    /// Hands over a file that is no template.
    ///
    /// # Errors
    /// It cannot be read, or the sink fails.
    pub fn text(&self, name: &str, path: &str) -> Result<(), ReportError> {
        self.put(path.to_owned(), self.templates.text(name)?)
    }

    /// Hands over a file.
    ///
    /// # Errors
    /// The sink fails.
    pub fn put(&self, path: String, text: String) -> Result<(), ReportError> {
        (self.sink)(path, Content::Bytes(text.into_bytes()))
    }

    /// Hands over a file that is too large to be in memory at once.
    ///
    /// # Errors
    /// The sink fails.
    pub fn write(&self, path: String, write: WriteTo<'_>) -> Result<(), ReportError> {
        (self.sink)(path, Content::Written(write))
    }

    /// Renders a page.
    ///
    /// # Errors
    /// The template is wrong, or the sink fails.
    pub fn page(&self, template: &str, place: &Place<'_>, body: impl Serialize) -> Result<(), ReportError> {
        self.page_with(template, place, value(body), Value::from(()))
    }

    fn page_with(&self, template: &str, place: &Place<'_>, v: Value, list: Value) -> Result<(), ReportError> {
        let root = root(place.path);
        let context =
            context! { root, path => place.path, title => place.title, section => place.section, v, list };
        let text = self.environment.get_template(template)?.render(context)?;
        self.put(place.path.to_owned(), text)
    }

    /// Renders a page with a list, the pages that continue it, its data and its CSV.
    ///
    /// # Errors
    /// The template is wrong, or the sink fails.
    pub fn list(
        &self,
        template: &str,
        place: &Place<'_>,
        body: impl Serialize,
        table: &Table<'_>,
    ) -> Result<(), ReportError> {
        let stem = place.path.trim_end_matches(".html").trim_end_matches("/index");
        let (data, csv) = (format!("data/{stem}.js"), format!("data/{stem}.csv"));
        self.put(data.clone(), table.data())?;
        self.put(csv.clone(), table.csv())?;
        let v = value(body);
        for page in 0..table.pages() {
            let path = nth(place.path, page);
            let list = value(list_page(table, place.path, page, &data, &csv));
            self.page_with(template, &Place { path: &path, ..*place }, v.clone(), list)?;
        }
        Ok(())
    }
}

fn list_page<'t>(table: &'t Table<'_>, path: &str, page: usize, data: &str, csv: &str) -> ListPage<'t> {
    let rows = table.page(page);
    let before = page * crate::report::table::PAGE_ROWS;
    // Links between the pages of a list stay in its folder.
    let link = |page: usize| nth(path, page).rsplit('/').next().unwrap_or_default().to_owned();
    let root = root(path);
    ListPage {
        caption: &table.caption,
        columns: &table.columns,
        rows: super::rows::list(rows, &table.columns, &root),
        total: table.rows.len(),
        first: (before + 1).min(table.rows.len()),
        last: before + rows.len(),
        page: page + 1,
        pages: table.pages(),
        previous: page.checked_sub(1).map(link),
        next: Some(page + 1).filter(|p| *p < table.pages()).map(link),
        data: data.to_owned(),
        csv: csv.to_owned(),
    }
}

/// The way from a page back to the folder of the site.
fn root(path: &str) -> String {
    "../".repeat(path.matches('/').count())
}

/// The path of a page of a list: `people.html`, `people-2.html`; `x/index.html`, `x/2.html`.
fn nth(path: &str, page: usize) -> String {
    match (page, path.strip_suffix("/index.html"), path.strip_suffix(".html")) {
        (0, _, _) => path.to_owned(),
        (n, Some(folder), _) => format!("{folder}/{}.html", n + 1),
        (n, None, stem) => format!("{}-{}.html", stem.unwrap_or(path), n + 1),
    }
}

fn site(model: &Model) -> Site<'_> {
    let facts: &Facts = &model.facts;
    Site {
        organization: &facts.organization,
        as_of: facts.as_of.to_string(),
        as_of_long: super::chart::long_date(facts.as_of),
        version: &facts.version,
        commit: facts.commit.as_deref(),
        commit_short: facts.commit.as_deref().map(|c| c.get(..12).unwrap_or(c)),
        pinned: facts.pinned,
        root: facts.root.as_deref(),
        audience: facts.audience.as_deref(),
        address: facts.address.as_deref(),
        public: facts.profile == Profile::Public,
        team: facts.team.as_deref(),
        single_control: model.trust.single_control,
        controls: !model.others.is_empty(),
        trail: model.trail.is_some(),
        statuses: Status::ALL.iter().map(|s| row(*s)).collect(),
    }
}

fn row(status: Status) -> StatusRow {
    StatusRow { word: status.word(), label: status.label(), meaning: status.meaning() }
}

/// Anything that serde can write, as a value of templates.
fn value(body: impl Serialize) -> Value {
    Value::from(Serde(body))
}

/// The text of a value that a template may print as it is: made by this room from escaped
/// parts.
pub fn markup(text: String) -> Value {
    Value::from_safe_string(text)
}
