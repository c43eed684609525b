//! A repository whose evidence came as sheets of a thousand rows, as a learning system exports
//! them: many completions in few files, so that the engine is what takes the time.

use duly::record::attestation::{Attestation, Completion, Origin, Outcome, ROWS_MAX};
use duly::record::date::Date;
use duly::record::digest::Sha256;
use duly::record::id::Subject;
use duly::record::node::Spot;
use duly::trust::crypto::point::CheckedKey;
use duly::trust::crypto::private_key::PrivateKey;
use duly::trust::crypto::signer::Signer;
use duly::trust::{evidence, sign};
use rayon::prelude::*;

use super::{Repository, id, policy, text};

/// How many requirements each worker owes.
pub const COURSES: usize = 10;

/// The first day of everybody's employment, five years before the bench's day.
pub const START: &str = "2021-11-21";

/// How many times everybody has completed each course.
pub const YEARS: usize = 5;

impl Repository {
    /// A repository with so many workers, each of whom owes [`COURSES`] requirements and has
    /// completed each [`YEARS`] times, once a year and not always on the same day.
    pub fn sheets(workers: usize) -> Repository {
        Repository::sheets_of(workers, 0..YEARS)
    }

    /// The same with the completions of some of the years alone.
    pub fn sheets_of(workers: usize, years: std::ops::Range<usize>) -> Repository {
        let folder = tempfile::tempdir().expect("a folder");
        let signer = PrivateKey::from_seed(&[7; 32]).expect("a key");
        let key = CheckedKey::new(signer.public_key()).expect("a good key");
        let repository = Repository { folder, key };
        repository.people(workers, START);
        repository.write("policies/training.yaml", &policy());
        let audience = repository.trust(&signer);
        let sheets: Vec<(usize, usize, usize)> = (0..COURSES)
            .flat_map(|course| years.clone().map(move |year| (course, year)))
            .flat_map(|(course, year)| (0..workers).step_by(ROWS_MAX).map(move |from| (course, year, from)))
            .collect();
        sheets.par_iter().for_each(|(course, year, from)| {
            let until = workers.min(from + ROWS_MAX);
            repository.sheet(*course, *year, *from..until, audience, &signer);
        });
        repository
    }

    fn sheet(
        &self,
        course: usize,
        year: usize,
        workers: std::ops::Range<usize>,
        audience: Sha256,
        signer: &PrivateKey,
    ) {
        let record = Attestation {
            audience,
            requirement: id(&format!("course-{course}")),
            edition: None,
            document: None,
            method: id("online"),
            origin: Origin::Observed,
            declaration: Some("I completed this training and understood it.".to_owned()),
            session: None,
            supersedes: None,
            completions: workers.map(|worker| row(worker, course, year)).collect(),
        };
        let signed = sign::sign(record, signer).expect("signed");
        let path = evidence::place(&signed.record, signed.payload_sha256, false);
        self.write(&path, &text(&sign::file(&signed)));
    }
}

/// One completion: within the first 60 days of its year.
fn row(worker: usize, course: usize, year: usize) -> Completion {
    let days = year * 365 + (worker * 7 + course * 13 + year * 5) % 60;
    let start = Date::parse(START).expect("a date");
    Completion {
        subject: Subject::Worker(id(&format!("w-{worker:06}"))),
        completed_on: start.plus_days(i64::try_from(days).expect("small")),
        outcome: Outcome::Passed,
        expires_on: None,
        score: None,
        spot: Spot::default(),
    }
}
