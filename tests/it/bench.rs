//! What tests of trust share: judging by the library, and records with dates of choice.

use duly::finding::Severity;
use duly::ledger::Ledger;
use duly::record::date::Date;
use duly::record::digest::Sha256;
use duly::record::public_key::Fingerprint;
use duly::record::signed::{Record, Signed};
use duly::source::WorkTree;
use duly::trust::any::Any;
use duly::trust::crypto::private_key::PrivateKey;
use duly::trust::crypto::private_key_file::load;
use duly::trust::{Outside, Trust};

use crate::harness::Place;

/// What a repository comes to.
#[derive(Debug, PartialEq, Eq)]
pub struct Sum {
    pub accepted: usize,
    pub void: usize,
    pub unverified: usize,
    pub exemptions: usize,
    pub extensions: usize,
    pub errors: Vec<&'static str>,
    pub warnings: Vec<&'static str>,
}

/// Nothing wrong, and nothing there.
pub const NOTHING: Sum = Sum {
    accepted: 0,
    void: 0,
    unverified: 0,
    exemptions: 0,
    extensions: 0,
    errors: Vec::new(),
    warnings: Vec::new(),
};

impl Place {
    /// Loads and judges the repository.
    pub fn judged(&self) -> (Ledger, Trust) {
        let ledger = Ledger::load(&WorkTree::new(self.repo("")));
        let trust =
            Trust::judge(&ledger, Outside { pin: None, now: duly::clock::now(), must_be_pinned: false });
        (ledger, trust)
    }

    /// What the repository comes to, each code once. Findings of the references (D2) that come
    /// from the team are left out.
    pub fn sum(&self) -> Sum {
        let (ledger, trust) = self.judged();
        let codes = |severity| {
            let all = ledger.findings.iter().chain(&trust.findings);
            let mut codes: Vec<&str> = all.filter(|f| f.severity == severity).map(|f| f.entry.code).collect();
            codes.retain(|c| severity == Severity::Error || !c.starts_with("D2"));
            codes.sort_unstable();
            codes.dedup();
            codes
        };
        Sum {
            accepted: trust.accepted.len(),
            void: trust.voided.len(),
            unverified: trust.unverified.len(),
            exemptions: trust.exemptions.len(),
            extensions: trust.extensions.len(),
            errors: codes(Severity::Error),
            warnings: codes(Severity::Warning),
        }
    }

    /// A key of the place, for signing with the library.
    pub fn private(&self, name: &str) -> PrivateKey {
        load(&self.path(name), &mut || panic!("no passphrase is needed")).expect("the key")
    }

    /// The digest of root 1.
    pub fn audience(&self) -> Sha256 {
        self.judged().1.chain.audience().expect("a root")
    }

    /// Signs a record with keys of the place and puts it where it belongs, whatever it says:
    /// the program itself would refuse to.
    pub fn put<R: Record>(&self, record: R, keys: &[&str]) -> String
    where
        Any: From<Signed<R>>,
    {
        let mut any = Any::draft(record);
        for key in keys {
            any.sign(&self.private(key)).expect("a signature");
        }
        let path = any.place(&self.judged().0).expect("a place");
        self.write_bytes(&path, &any.file());
        path
    }

    /// The digest of the payload of a file of the repository.
    pub fn payload(&self, path: &str) -> String {
        let text = self.read(path);
        let line = text.lines().find_map(|l| l.strip_prefix("payload_sha256: \"")).expect("a digest");
        line.trim_end_matches('"').to_owned()
    }

    /// Enrols the key of an issuer and grants it the requirement `hygiene`.
    pub fn issuer(&self, name: &str) {
        self.enrol(name, "service/lms");
        let key = self.fingerprint(name);
        self.duly(&[
            "key",
            "grant",
            &key,
            "--scope",
            "hygiene",
            "--until",
            &self.in_days(300),
            "--key",
            "../officer",
        ])
        .exits(0);
    }

    /// A date so many days from today, in UTC.
    pub fn in_days(&self, days: i64) -> String {
        today().plus_days(days).to_string()
    }
}

/// Today, in UTC, where the test clinic is.
pub fn today() -> Date {
    duly::record::date::Zone::UTC.date_at(duly::clock::now())
}

/// A date by its text.
pub fn date(text: &str) -> Date {
    Date::parse(text).expect("a date")
}

/// A fingerprint by its text.
pub fn fingerprint(text: &str) -> Fingerprint {
    Fingerprint::parse(text).expect("a fingerprint")
}
