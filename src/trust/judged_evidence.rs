//! All evidence of a ledger, judged and put together.

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::accepted::{Accepted, AcceptedExemption, AcceptedExtension, Superseded, Unverified, Voided};
use super::authority::Authority;
use super::countersigned::Countersigned;
use super::evidence::{self, Judged, JudgingContext};
use super::supersede::{Order, Place};
use super::targets::Targets;
use super::{SealedFile, waivers};
use crate::finding::Finding;
use crate::record::date::Instant;
use crate::record::id::Id;

/// Up to so many attestations are judged by one thread.
const ALONE: usize = 16;

/// The evidence of a ledger and what it is worth.
#[derive(Debug, Default)]
pub struct JudgedEvidence {
    /// The rows that count, in the order of files and lines.
    pub accepted: Vec<Accepted>,
    /// The rows that are recorded and do not count.
    pub unverified: Vec<Unverified>,
    /// The rows that would count if nothing had been revoked.
    pub voided: Vec<Voided>,
    /// The records that later ones replaced.
    pub superseded: Vec<Superseded>,
    /// What officers have exempted.
    pub exemptions: Vec<AcceptedExemption>,
    /// What officers have extended.
    pub extensions: Vec<AcceptedExtension>,
    /// Those who enrol keys alone and on whose word alone some row rests, sorted.
    pub alone: Vec<Id>,
    /// For each attestation its seal.
    pub files: Vec<SealedFile>,
    /// What was found.
    pub findings: Vec<Finding>,
}

impl JudgedEvidence {
    /// Judges the evidence of the ledger that an authority is about.
    pub fn of(by: Authority<'_>, now: Instant) -> JudgedEvidence {
        let ledger = by.ledger;
        let mut findings = Vec::new();
        let countersigned = Countersigned::judge(by, &Targets::find(ledger), &mut findings);
        let lone_officers = by.chain.lone_officers();
        let context =
            JudgingContext { by, countersigned: &countersigned, lone_officers: &lone_officers, now };
        let judge = |file| evidence::judge(context, file);
        // Waking other threads for a handful costs more than it saves.
        let judged: Vec<Judged> = match ledger.attestations.len() {
            ..ALONE => ledger.attestations.iter().map(judge).collect(),
            _ => ledger.attestations.par_iter().map(judge).collect(),
        };
        let order = Order::of(by, &judged, &mut findings);
        let exemptions = waivers::exemptions(by, now, &mut findings);
        let extensions = waivers::extensions(by, now, &mut findings);
        let accepted = Vec::with_capacity(judged.iter().map(|j| j.accepted.len()).sum());
        let files = Vec::with_capacity(judged.len());
        let mut all =
            JudgedEvidence { accepted, exemptions, extensions, files, findings, ..JudgedEvidence::default() };
        all.collect(judged, &order);
        all
    }

    /// Puts together what was judged file by file, but for the rows of files that do not
    /// count: copies, and what was replaced.
    fn collect(&mut self, judged: Vec<Judged>, order: &Order) {
        let mut alone = BTreeSet::new();
        for (at, mut one) in judged.into_iter().enumerate() {
            if order.place(at) == Place::Stands {
                self.accepted.append(&mut one.accepted);
                self.unverified.append(&mut one.unverified);
                self.voided.append(&mut one.voided);
                alone.append(&mut one.alone);
            }
            if order.place(at) != Place::Replaced {
                self.findings.append(&mut one.findings);
            }
            self.files.push(SealedFile {
                file: one.file,
                payload: one.payload,
                signers: one.signers,
                when: one.when,
                joined: one.joined,
            });
        }
        self.superseded = order.superseded();
        self.alone = alone.into_iter().collect();
    }
}
