//! `duly trust propose`: a draft of the next root.

use std::path::PathBuf;

use crate::cli::arguments::{date, days, fingerprint, id};
use crate::cli::repository::Repository;
use crate::cli::{Context, Failure, Outcome, author, files, init};
use crate::record::date::{Date, Days};
use crate::record::id::{Holder, Id};
use crate::record::public_key::{Fingerprint, PublicKey};
use crate::record::root::{Action, Notary, Officer, Root};
use crate::trust::any::Any;

/// Write a draft of the next root: who the officers are, and how many each action needs
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Where the draft goes; each officer then runs `duly trust sign` on it
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// A key of an officer, who is new or has others: ID=KEY.pub
    #[arg(long, value_name = "ID=KEY.pub", value_parser = named)]
    add_officer: Vec<(Id, PathBuf)>,
    /// An officer who leaves office
    #[arg(long, value_name = "ID", value_parser = id)]
    remove_officer: Vec<Id>,
    /// A key of anybody that the next root no longer names
    #[arg(long, value_name = "FINGERPRINT", value_parser = fingerprint)]
    remove_key: Vec<Fingerprint>,
    /// A recovery key, whose private half somebody else keeps
    #[arg(long, value_name = "KEY.pub")]
    add_recovery: Vec<PathBuf>,
    /// Who signs checkpoints: worker/ID=KEY.pub or service/ID=KEY.pub
    #[arg(long, value_name = "HOLDER=KEY.pub", value_parser = notary)]
    add_notary: Vec<(Holder, PathBuf)>,
    /// How many officers an action needs: root, key, grant, revoke, exempt, extend or approve
    #[arg(long, value_name = "ACTION=NUMBER", value_parser = threshold)]
    threshold: Vec<(Action, u32)>,
    /// The last day on which the root may be relied on
    #[arg(long, value_name = "DATE", value_parser = date)]
    expires_on: Option<Date>,
    /// How long after its request an issuer may sign with a key, as in `365 days`; `none` takes
    /// the limit away
    #[arg(long, value_name = "DAYS", value_parser = limit)]
    max_key_age: Option<Limit>,
}

/// A limit that a root may have or not.
#[derive(Debug, Clone, Copy)]
struct Limit(Option<Days>);

fn limit(text: &str) -> Result<Limit, String> {
    if text == "none" { Ok(Limit(None)) } else { days(text).map(|d| Limit(Some(d))) }
}

fn split(text: &str) -> Result<(&str, &str), String> {
    text.split_once('=').ok_or_else(|| "write the two parts with `=` between them".to_owned())
}

fn named(text: &str) -> Result<(Id, PathBuf), String> {
    let (name, path) = split(text)?;
    Ok((id(name.strip_prefix("worker/").unwrap_or(name))?, path.into()))
}

fn notary(text: &str) -> Result<(Holder, PathBuf), String> {
    let (name, path) = split(text)?;
    let holder = Holder::parse(name).ok_or("write `worker/` or `service/` and the id")?;
    Ok((holder, path.into()))
}

fn threshold(text: &str) -> Result<(Action, u32), String> {
    let (action, number) = split(text)?;
    let words: Vec<&str> = Action::ALL.iter().map(|a| a.word()).collect();
    let action = Action::parse(action).ok_or_else(|| format!("the actions are: {}", words.join(", ")))?;
    let number = number.parse().ok().filter(|n| (1..=9999).contains(n));
    Ok((action, number.ok_or("the number is a whole one from 1")?))
}

impl Args {
    /// Writes the draft.
    ///
    /// # Errors
    /// There is no root that holds, or nothing would change.
    pub fn run(self, context: &Context) -> Result<Outcome, Failure> {
        let repository = Repository::open(context)?;
        repository.audience()?;
        let Some(link) = repository.trust.chain.links().last() else {
            return Err(Failure::new("there is no root", "Make one with `duly init`."));
        };
        let next = self.next(&link.root, link.digest, repository.today())?;
        self.known(&repository, &next)?;
        let any = Any::draft(next);
        if self.out.exists() {
            return Err(Failure::new(
                format!("{} is there already", self.out.display()),
                "Choose another name.",
            ));
        }
        files::create_folder(self.out.parent().unwrap_or(std::path::Path::new(".")))?;
        author::wait(context, &repository, &any, &self.out)?;
        context.note(&format!(
            "Read the draft. Then as many officers as the old root asks for, and as many as the new one\n\
             asks for, run on it, each with their own key:\n  duly trust sign {} --key KEY",
            self.out.display()
        ));
        Ok(Outcome::Clean)
    }

    fn next(&self, root: &Root, digest: crate::record::digest::Sha256, today: Date) -> Result<Root, Failure> {
        let mut next = root.clone();
        (next.id, next.version, next.previous) = (None, root.version + 1, Some(digest));
        (next.created_on, next.expires_on) = (today, self.expires_on.or(root.expires_on));
        next.officers.retain(|o| !self.remove_officer.contains(&o.worker));
        self.remove_keys(&mut next)?;
        for (worker, path) in &self.add_officer {
            add(&mut next, worker, init::public_key(path)?);
        }
        for path in &self.add_recovery {
            next.recovery.push(init::public_key(path)?);
        }
        for (holder, path) in &self.add_notary {
            next.notaries.push(Notary { holder: holder.clone(), key: init::public_key(path)? });
        }
        for (action, count) in &self.threshold {
            next.thresholds.set(*action, *count);
        }
        if let Some(Limit(age)) = self.max_key_age {
            next.max_key_age = age;
        }
        reachable(&next)?;
        Ok(next)
    }

    fn remove_keys(&self, next: &mut Root) -> Result<(), Failure> {
        for gone in &self.remove_key {
            let stays = |key: &PublicKey| key.fingerprint() != gone;
            let before = count(next);
            next.officers.iter_mut().for_each(|o| o.keys.retain(stays));
            next.recovery.retain(stays);
            next.notaries.retain(|n| stays(&n.key));
            if count(next) == before {
                let help = "`duly trust list` shows the keys of the root.";
                return Err(Failure::new(format!("the root does not name key {gone}"), help));
            }
        }
        next.officers.retain(|o| !o.keys.is_empty());
        Ok(())
    }

    fn known(&self, repository: &Repository, next: &Root) -> Result<(), Failure> {
        next.officers.iter().try_for_each(|o| repository.known_holder(&Holder::Worker(o.worker.clone())))?;
        let keys = next.officers.iter().flat_map(|o| &o.keys).chain(&next.recovery);
        keys.map(PublicKey::fingerprint).try_for_each(|key| repository.not_revoked(key))
    }
}

fn count(root: &Root) -> usize {
    root.officers.iter().map(|o| o.keys.len()).sum::<usize>() + root.recovery.len() + root.notaries.len()
}

fn add(root: &mut Root, worker: &Id, key: PublicKey) {
    match root.officers.iter_mut().find(|o| o.worker == *worker) {
        Some(officer) => officer.keys.push(key),
        None => root.officers.push(Officer { worker: worker.clone(), keys: vec![key] }),
    }
}

/// A root whose thresholds nobody can reach would lock the repository for ever.
fn reachable(root: &Root) -> Result<(), Failure> {
    for action in Action::ALL {
        let recovery = usize::from(*action == Action::Root && !root.recovery.is_empty());
        let (people, need) = (root.officers.len() + recovery, root.thresholds.of(*action) as usize);
        if need > people {
            let message =
                format!("the action `{action}` would need {need} officers, and there would be {people}");
            return Err(Failure::new(message, "Lower it with `--threshold`, or add an officer."));
        }
    }
    Ok(())
}
