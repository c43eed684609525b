//! `duly key list`.

use std::fmt::Write as _;

use crate::cli::repository::Repository;
use crate::cli::{Context, Failure, Outcome};
use crate::record::public_key::Fingerprint;
use crate::record::text::visible;
use crate::trust::registry::Enrolled;

/// List officers, enrolled keys and what they may sign
#[derive(Debug, clap::Args)]
pub struct Args {}

impl Args {
    /// Prints the list.
    ///
    /// # Errors
    /// There is no repository here.
    pub fn run(self, context: &Context) -> Result<Outcome, Failure> {
        let repository = Repository::open(context)?;
        let mut rows = vec![["HOLDER".to_owned(), "FINGERPRINT".to_owned(), "MAY SIGN".to_owned()]];
        if let Some(root) = repository.trust.chain.current() {
            for officer in &root.officers {
                for key in &officer.keys {
                    rows.push([
                        format!("worker/{}", officer.worker),
                        key.fingerprint().to_string(),
                        "as officer".to_owned(),
                    ]);
                }
            }
            for key in &root.recovery {
                rows.push(["recovery".to_owned(), key.fingerprint().to_string(), "a new root".to_owned()]);
            }
            for notary in &root.notaries {
                rows.push([
                    notary.holder.to_string(),
                    notary.key.fingerprint().to_string(),
                    "checkpoints".to_owned(),
                ]);
            }
        }
        for (key, enrolled) in repository.trust.registry.all() {
            rows.push([enrolled.holder.to_string(), key.to_string(), may_sign(enrolled)]);
        }
        for row in &mut rows {
            let key = Fingerprint::parse(&row[1]);
            if let Some(revoked) = key.and_then(|key| repository.trust.revocations.key(&key)) {
                row[2] = format!("nothing new: revoked ({}) on {}", revoked.reason, revoked.revoked_on);
            }
        }
        context.print(&table(&rows))?;
        Ok(Outcome::Clean)
    }
}

fn may_sign(enrolled: &Enrolled) -> String {
    let own = match enrolled.holder {
        crate::record::id::Holder::Worker(_) => vec!["for themself and direct reports".to_owned()],
        crate::record::id::Holder::Service(_) => Vec::new(),
    };
    if let Some(why) = &enrolled.void {
        return format!("nothing: the enrolment is void, {why}");
    }
    let grants = enrolled.grants.iter().filter(|g| g.void.is_none()).map(|grant| {
        let scope: Vec<&str> = grant.scope.iter().map(|id| id.as_str()).collect();
        format!("as issuer of {} until {}", scope.join(", "), grant.until)
    });
    let all: Vec<String> = own.into_iter().chain(grants).collect();
    if all.is_empty() { "nothing yet".to_owned() } else { all.join("; ") }
}

fn table(rows: &[[String; 3]]) -> String {
    let width = |column: usize| rows.iter().map(|r| r[column].chars().count()).max().unwrap_or(0);
    let (first, second) = (width(0), width(1));
    let mut out = String::new();
    for [a, b, c] in rows {
        let _ = writeln!(out, "{:first$}  {:second$}  {}", visible(a), visible(b), visible(c));
    }
    out
}
