//! A repository of any size, made for a bench.

// Each bench uses its part of this.
#![allow(dead_code)]

pub mod git;
pub mod sheets;

use std::fmt::Write as _;
use std::path::Path;

use duly::record::attestation::{Attestation, Completion, Origin, Outcome};
use duly::record::date::{Date, Days};
use duly::record::digest::Sha256;
use duly::record::grant::Grant;
use duly::record::id::{Holder, Id, Subject};
use duly::record::key::Key;
use duly::record::node::{At, Spot};
use duly::record::root::{Officer, Root, Thresholds};
use duly::trust::crypto::point::CheckedKey;
use duly::trust::crypto::private_key::PrivateKey;
use duly::trust::crypto::signer::Signer;
use duly::trust::{evidence, seal, sign};
use rayon::prelude::*;
use tempfile::TempDir;

/// How many workers one roster file holds.
const ROSTER: usize = 1000;

/// A repository in a temporary folder, and the key that signed its evidence.
pub struct Repository {
    folder: TempDir,
    key: CheckedKey,
}

impl Repository {
    /// A repository with so many attestations of one row each, ten for each worker, spread
    /// over two years.
    pub fn generate(attestations: usize) -> Repository {
        let folder = tempfile::tempdir().expect("a folder");
        let signer = PrivateKey::from_seed(&[7; 32]).expect("a key");
        let key = CheckedKey::new(signer.public_key()).expect("a good key");
        let repository = Repository { folder, key };
        let workers = attestations.div_ceil(10);
        repository.people(workers, "2024-01-01");
        repository.write("policies/training.yaml", &policy());
        let audience = repository.trust(&signer);
        repository.evidence(attestations, workers, audience, &signer);
        repository
    }

    /// The folder.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// The key that signed the evidence.
    pub fn key(&self) -> &CheckedKey {
        &self.key
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.folder.path().join(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("the folder");
        std::fs::write(path, text).expect("the file");
    }

    fn people(&self, workers: usize, start: &str) {
        self.write(
            "duly.yaml",
            "apiVersion: duly/v1\nkind: Organization\nname: Bench\ntimezone: UTC\nroles: [nurse]\nemployment_types: [full-time]\nservices: [lms]\n",
        );
        for from in (0..workers).step_by(ROSTER) {
            let mut text = String::from("apiVersion: duly/v1\nkind: Roster\nworkers:\n");
            for worker in from..workers.min(from + ROSTER) {
                let _ = writeln!(
                    text,
                    "  - id: w-{worker:06}\n    name: Worker {worker}\n    employment:\n      - {{start: {start}, type: full-time}}\n    roles: [nurse]"
                );
            }
            self.write(&format!("roster/part-{:04}.yaml", from / ROSTER), &text);
        }
    }

    /// Root, key and grant of the one signer; gives the audience.
    fn trust(&self, signer: &PrivateKey) -> Sha256 {
        let officer = id("w-000000");
        let root = Root {
            id: Some("0".repeat(32)),
            version: 1,
            previous: None,
            created_on: day(0),
            expires_on: None,
            officers: vec![Officer { worker: officer, keys: vec![officer_key().public_key().clone()] }],
            recovery: Vec::new(),
            notaries: Vec::new(),
            thresholds: Thresholds::all(1),
            max_backdate: Days::new(30),
            max_grant: Days::new(4000),
            max_key_age: None,
            spot: Spot::default(),
        };
        let root = sign::sign(root, &officer_key()).expect("signed");
        let audience = root.payload_sha256;
        self.write("trust/root/0001.yaml", &text(&sign::file(&root)));
        let holder = Holder::Service(id("lms"));
        let public_key = signer.public_key().clone();
        let key = Key { audience, owner: holder, public_key, requested_on: day(0), spot: Spot::default() };
        let mut key = sign::sign(key, signer).expect("signed");
        sign::add(&mut key, &officer_key()).expect("signed");
        self.write(&format!("trust/keys/{}", seal::file_name(key.payload_sha256)), &text(&sign::file(&key)));
        let scope =
            (0..10).map(|n| At { value: id(&format!("course-{n}")), spot: Spot::default() }).collect();
        let fingerprint = signer.public_key().fingerprint().clone();
        let grant = Grant {
            audience,
            key: fingerprint,
            scope,
            granted_on: day(0),
            until: day(4000),
            spot: Spot::default(),
        };
        let grant = sign::sign(grant, &officer_key()).expect("signed");
        self.write(
            &format!("trust/keys/{}", seal::file_name(grant.payload_sha256)),
            &text(&sign::file(&grant)),
        );
        audience
    }

    fn evidence(&self, attestations: usize, workers: usize, audience: Sha256, signer: &PrivateKey) {
        (0..attestations).into_par_iter().for_each(|n| {
            let row = Completion {
                subject: Subject::Worker(id(&format!("w-{:06}", n % workers))),
                completed_on: day(u32::try_from(n % 700).expect("small")),
                outcome: Outcome::Passed,
                expires_on: None,
                score: None,
                spot: Spot::default(),
            };
            let record = Attestation {
                audience,
                requirement: id(&format!("course-{}", n / workers)),
                edition: None,
                document: None,
                method: id("online"),
                origin: Origin::Observed,
                declaration: Some("I completed this training and understood it.".to_owned()),
                session: None,
                supersedes: None,
                completions: vec![row],
            };
            let signed = sign::sign(record, signer).expect("signed");
            self.write(
                &evidence::place(&signed.record, signed.payload_sha256, false),
                &text(&sign::file(&signed)),
            );
        });
    }
}

fn officer_key() -> PrivateKey {
    PrivateKey::from_seed(&[1; 32]).expect("a key")
}

fn policy() -> String {
    let mut text = String::from("apiVersion: duly/v1\nkind: Policy\nrequirements:\n");
    for n in 0..10 {
        let _ = writeln!(
            text,
            "  - id: course-{n}\n    title: Course {n}\n    type: training\n    applies_to: {{role: nurse}}\n    due: {{within: 30 days, every: 12 months, anchor: completion}}\n    declaration: I completed this training and understood it.\n    signed_by: [[issuer]]"
        );
    }
    text
}

fn id(text: &str) -> Id {
    Id::parse(text).expect("an id")
}

fn day(n: u32) -> Date {
    Date::parse("2024-01-01").expect("a date").plus_days(i64::from(n))
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("text")
}
