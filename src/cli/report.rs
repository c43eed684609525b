//! `duly report`: the site and the Markdown.

use std::path::PathBuf;

use super::asking::Asking;
use super::{Context, Failure, Outcome, files};
use crate::history::log::Entry;
use crate::record::date::Date;
use crate::record::text::visible;
use crate::report::model::{Facts, Model, Profile};
use crate::report::template::Templates;
use crate::report::{ReportError, build, markdown, profile, single, write};
use crate::source::Source;
use crate::source::git::ObjectId;
use crate::{Examined, Judgement};

/// Write the report: a static site, a Markdown page, or both
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The folder for the site: new, empty, or a former report
    #[arg(long, value_name = "DIR", required_unless_present_any = ["markdown", "single_file", "verify"])]
    out: Option<PathBuf>,
    /// The file for the Markdown page; `-` prints it
    #[arg(long, value_name = "FILE")]
    markdown: Option<PathBuf>,
    /// How much is shown: public leaves out names and every free text about people
    #[arg(long, default_value = "internal")]
    profile: Shown,
    /// One file with everything, to be sent or printed
    #[arg(long, value_name = "FILE")]
    single_file: Option<PathBuf>,
    /// Only this department's people
    #[arg(long, value_name = "DEPARTMENT")]
    team: Option<String>,
    /// Compare a report that was published with what it would be now
    #[arg(long, value_name = "DIR")]
    verify: Option<PathBuf>,
    /// Templates of your own; what is not there is taken from the program
    #[arg(long, value_name = "DIR")]
    templates: Option<PathBuf>,
    /// Exit with 0 even where the repository has errors, and say so
    #[arg(long)]
    report_only: bool,
    #[command(flatten)]
    asking: Asking,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Shown {
    /// Everything, for those who may see it.
    Internal,
    /// Ids and counts, for everybody.
    Public,
}

impl Args {
    /// Writes what was asked for. Who is overdue is in the report and does not make this command
    /// fail: `duly check` does that. Errors do, for then the report cannot be relied on; it is
    /// written all the same, and says so.
    ///
    /// # Errors
    /// There is no repository here, or the report cannot be written.
    pub fn run(self, context: &Context) -> Result<Outcome, Failure> {
        let asked = self.asking.examine(context)?;
        let commit = asked.commit();
        let past = Past { commit, told: asked.told(commit)? };
        let judgement = asked.judge();
        let day = judgement.day;
        let model = self.limited(self.model(&judgement, &*asked.source, &past))?;
        let templates = self.templates.as_deref().map_or_else(Templates::embedded, Templates::with_folder);
        if let Some(folder) = &self.verify {
            return compare(context, &write::verify(&model, &templates, folder)?);
        }
        if let Some(out) = &self.out {
            let written = write::write(&model, &templates, out)?;
            let index = out.join("index.html");
            context.note(&format!("{} files, {} KiB as of {day}", written.files, written.bytes / 1024));
            // With the page on stdout nothing else may stand there.
            if self.markdown.as_deref().is_none_or(|m| m.as_os_str() != "-") {
                context.print(&format!("{}\n", index.display()))?;
            }
        }
        if let Some(file) = &self.markdown {
            let text = markdown::render(&model, &templates)?;
            if file.as_os_str() == "-" {
                context.print(&text)?;
            } else {
                files::replace_own(file, &text)?;
            }
        }
        if let Some(file) = &self.single_file {
            files::replace_own(file, &single::render(&model, &templates)?)?;
        }
        asked.caution(context, &judgement);
        self.outcome(context, Outcome::of_answer(&judgement))
    }

    fn outcome(&self, context: &Context, outcome: Outcome) -> Result<Outcome, Failure> {
        if self.report_only && outcome == Outcome::Findings {
            context.note("Exit code 0 because of --report-only.");
            return Ok(Outcome::Clean);
        }
        Ok(outcome)
    }

    /// The model as far as the team and the profile let it be shown.
    fn limited(&self, model: Model) -> Result<Model, Failure> {
        let model = match &self.team {
            Some(team) => profile::team(model, team)?,
            None => model,
        };
        Ok(match self.profile {
            Shown::Public => profile::public(model),
            Shown::Internal => model,
        })
    }

    fn model(&self, judgement: &Judgement<'_>, source: &dyn Source, past: &Past) -> Model {
        let Judgement { examined, day, .. } = *judgement;
        let facts = Facts { commit: past.commit.map(|c| c.to_string()), ..self.facts(examined, day) };
        build::build(&build::Input {
            ledger: &examined.ledger,
            duties: &judgement.duties,
            inputs: examined.inputs(),
            trust: Some(&examined.trust),
            accepted: &examined.trust.accepted,
            unverified: &examined.trust.unverified,
            exempted: &examined.trust.exemptions,
            extended: &examined.trust.extensions,
            findings: &judgement.findings,
            facts: &facts,
            document: &|path| source.read(path).ok(),
            // What a page says of commits must be so for the files that it is made of.
            seen: past.commit.and(examined.seen.as_ref()),
            trail: past.told.as_deref(),
        })
    }

    fn facts(&self, examined: &Examined, day: Date) -> Facts {
        let chain = &examined.trust.chain;
        Facts {
            organization: examined.ledger.organization.as_ref().map(|o| o.name.clone()).unwrap_or_default(),
            as_of: day,
            version: env!("CARGO_PKG_VERSION").to_owned(),
            commit: None,
            pinned: examined.trust.pinned.holds(),
            root: chain.digests().last().map(ToString::to_string),
            audience: chain.audience().map(|d| d.to_string()),
            address: None,
            profile: match self.profile {
                Shown::Internal => Profile::Internal,
                Shown::Public => Profile::Public,
            },
            team: None,
        }
    }
}

/// What the history says.
struct Past {
    /// The commit that the files are of.
    commit: Option<ObjectId>,
    /// What each commit did.
    told: Option<Vec<Entry>>,
}

/// Tells how a published report differs from what it would be.
fn compare(context: &Context, differences: &[String]) -> Result<Outcome, Failure> {
    if differences.is_empty() {
        context.print("The report is byte for byte what this repository gives.\n")?;
        return Ok(Outcome::Clean);
    }
    let lines: String = differences.iter().map(|d| format!("{}\n", visible(d))).collect();
    context.print(&lines)?;
    context.note(
        "Give the same --as-of, --trust-root, --profile and version of duly as the report was made with.",
    );
    Ok(Outcome::Findings)
}

impl From<ReportError> for Failure {
    fn from(error: ReportError) -> Failure {
        let help = match &error {
            ReportError::Template(_) => "Mend the template, or leave out `--templates`.",
            ReportError::Io { .. } => "Look at the path and its permissions.",
            ReportError::NotAReport(_) => "Name a new folder with `--out`, or empty that one yourself.",
            ReportError::TooLarge(_) => {
                "Limit it to a team with `--team`, or write a site with `--out` and send that folder."
            }
            ReportError::Unknown(_) => "Check the spelling.",
        };
        Failure::new(error.to_string(), help)
    }
}
