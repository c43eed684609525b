//! `duly verify --history` and `--checkpoint`: what the past is worth.

use serde_json::json;

use super::Args;
use crate::cli::asking::in_ci;
use crate::cli::checkpoint::refuse_incomplete;
use crate::cli::repository::Repository;
use crate::cli::{Context, Failure, Outcome};
use crate::clock;
use crate::finding::catalogue::history as codes;
use crate::finding::{self, Finding, Severity};
use crate::history::checkpoint::open::{Opened, open};
use crate::history::checkpoint::verifier_key::{SignatureType, VerifierKey};
use crate::history::checkpoint::{self, Mismatch};
use crate::history::replay::{Replayed, replay};
use crate::history::{covered, walk};
use crate::output;
use crate::source::git::{Git, ObjectId};
use crate::trust::Outside;
use crate::trust::pin::Pinned;

/// How to print what was found in the history.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// For people.
    Human,
    /// `duly/history/v1`, for programs.
    Json,
}

impl Args {
    /// Judges the history, a checkpoint, or both.
    pub(super) fn past(self, context: &Context) -> Result<Outcome, Failure> {
        let git = context.needs_git()?;
        let tip = git.resolve(&self.rev)?;
        let repository = Repository::at(context, &git, tip)?;
        let mut findings = Vec::new();
        let pinned = Pinned::judge(self.trust_root, &repository.trust.chain.digests());
        let outside = Outside { pin: self.trust_root, now: clock::now(), must_be_pinned: in_ci() };
        let (_, pin) = crate::trust::pinned(&repository.trust.chain, outside);
        // Where it is only good to know, the last line says so.
        findings.extend(pin.filter(|f| f.severity == Severity::Error));
        let mut replayed = Replayed::default();
        if self.history {
            let from = self.from.as_deref().map(|r| git.resolve(r)).transpose()?;
            replayed = replay(&git, tip, from, clock::now());
            findings.append(&mut replayed.findings);
        }
        let mut kept = None;
        if let Some(path) = &self.checkpoint {
            let bytes = std::fs::read(path).map_err(|e| Failure::io(path.display(), &e))?;
            match self.compare(&git, tip, &repository, &bytes) {
                Ok(opened) => {
                    findings.extend(age(&git, &opened)?);
                    kept = Some(opened);
                }
                Err(found) => findings.push(*found?),
            }
        }
        finding::sort(&mut findings);
        self.print(context, tip, pinned, &replayed, kept.as_ref(), &findings)?;
        Ok(Outcome::of(&findings, Severity::Error))
    }

    /// Compares a checkpoint with the history.
    fn compare(
        &self,
        git: &Git,
        tip: ObjectId,
        repository: &Repository,
        bytes: &[u8],
    ) -> Result<Opened, Result<Box<Finding>, Failure>> {
        let origin = checkpoint::origin(&repository.audience().map_err(Err)?);
        let notaries = repository.trust.chain.links().iter().flat_map(|l| &l.root.notaries);
        let notaries = notaries.filter(|n| repository.trust.revocations.key(n.key.fingerprint()).is_none());
        let known = notaries.filter_map(|n| VerifierKey::new(&origin, SignatureType::Ed25519, &n.key).ok());
        let mut known: Vec<VerifierKey> = known.collect();
        known.dedup_by(|a, b| a.to_string() == b.to_string());
        known.extend(self.witness.iter().cloned());
        let bad = |what: String| {
            let help = "Get the checkpoint again from whoever keeps it. Notaries stand in the root, witnesses are given with --witness.";
            Ok(Box::new(Finding::new(&codes::CHECKPOINT, what, help)))
        };
        let opened = open(bytes, &origin, &known).map_err(|e| bad(e.to_string()))?;
        let missing = self.witness.iter().find(|w| !opened.witnesses.iter().any(|g| g.0.name() == w.name()));
        if let Some(witness) = missing {
            return Err(bad(format!("the witness {} has not signed the checkpoint", witness.name())));
        }
        refuse_incomplete(git).map_err(Err)?;
        let list = covered(git, tip, clock::now()).map_err(|e| Err(e.into()))?;
        let rewritten = |what: String| {
            let help = "Compare with a copy of the repository from before. Somebody pushed another history, or changed or removed records.";
            Ok(Box::new(Finding::new(&codes::REWRITTEN, what, help)))
        };
        opened.checkpoint.compare(&list).map_err(|e: Mismatch| rewritten(e.to_string()))?;
        let named = opened.checkpoint.commit().and_then(ObjectId::parse);
        let commits = walk::chain(git, tip).map_err(|e| Err(e.into()))?;
        if let Some(commit) = named.filter(|id| !commits.iter().any(|c| c.id == *id)) {
            return Err(rewritten(format!(
                "the commit {} of the checkpoint is not on the branch",
                commit.short()
            )));
        }
        Ok(opened)
    }

    fn print(
        &self,
        context: &Context,
        tip: ObjectId,
        pinned: Pinned,
        replayed: &Replayed,
        kept: Option<&Opened>,
        findings: &[Finding],
    ) -> Result<(), Failure> {
        if self.format == Format::Json {
            let value = json!({
                "schema": "duly/history/v1",
                "tip": tip.to_string(),
                "from": replayed.from.map(|f| f.to_string()),
                "judged": replayed.judged,
                "pinned": pinned.holds(),
                "findings": output::findings_value(findings),
            });
            return context.print(&format!("{value:#}\n"));
        }
        let text = |_: &str| None;
        context.write(|out| {
            output::print_findings(findings, context.style(true), &text, out)?;
            for line in lines(self, tip, pinned, replayed, kept) {
                writeln!(out, "{line}")?;
            }
            Ok(())
        })
    }
}

/// How old a checkpoint is by the latest of its witnesses or, without one, by its commit.
fn age(git: &Git, opened: &Opened) -> Result<Option<Finding>, Failure> {
    const DAY: i64 = 86_400;
    let witnessed = opened.witnesses.iter().filter_map(|(_, time)| i64::try_from(*time).ok()).max();
    let commit = opened.checkpoint.commit().and_then(ObjectId::parse);
    let committed = commit.map(|id| git.commit(id)).transpose()?.map(|c| c.committer.seconds);
    let Some(made) = witnessed.or(committed) else { return Ok(None) };
    let days = (clock::now().unix() - made) / DAY;
    let help = "Make a new one with `duly checkpoint`, and let somebody else keep it.";
    let finding = Finding::new(&codes::OLD_CHECKPOINT, format!("the checkpoint is {days} days old"), help);
    Ok(match days {
        ..=100 => None,
        101..=366 => Some(finding),
        _ => Some(finding.with_severity(Severity::Error)),
    })
}

fn lines(
    args: &Args,
    tip: ObjectId,
    pinned: Pinned,
    replayed: &Replayed,
    kept: Option<&Opened>,
) -> Vec<String> {
    let mut lines = Vec::new();
    if let (true, Some(from)) = (args.history, replayed.from) {
        lines.push(format!("{} commits judged, from {} to {}.", replayed.judged, from.short(), tip.short()));
    }
    if let Some(opened) = kept {
        let size = opened.checkpoint.size();
        lines.push(format!(
            "The checkpoint holds: its {size} records are still there, unchanged and in order."
        ));
        let witnesses: Vec<&str> = opened.witnesses.iter().map(|w| w.0.name()).collect();
        if !witnesses.is_empty() {
            lines.push(format!("Witnessed by {}.", witnesses.join(", ")));
        }
        if !opened.unchecked.is_empty() {
            lines.push(format!("{} signatures by other keys were not checked.", opened.unchecked.len()));
        }
    }
    lines.push(match pinned {
        Pinned::Root(n) => format!("Root {n} is the one that was pinned."),
        Pinned::Mismatch => "The root is not the one that was pinned.".to_owned(),
        Pinned::No => "Unpinned: the root of trust comes from this repository itself.".to_owned(),
    });
    lines
}
