//! What the engine computes from, made from what trust accepted and the ledger holds.

use crate::duty::{Exemption, Extension};
use crate::trust::accepted::{AcceptedExemption, AcceptedExtension};

pub(crate) use super::calls::{calls, others};

/// An accepted exemption as the engine takes it.
pub(crate) fn exemption(accepted: &AcceptedExemption) -> Exemption {
    Exemption {
        subject: accepted.subject().clone(),
        requirement: accepted.requirement().clone(),
        from: accepted.from(),
        until: accepted.until(),
        origin: accepted.origin(),
    }
}

/// An accepted extension as the engine takes it.
pub(crate) fn extension(accepted: &AcceptedExtension) -> Extension {
    Extension {
        subject: accepted.subject().clone(),
        requirement: accepted.requirement().clone(),
        given_on: accepted.given_on(),
        until: accepted.until(),
        origin: accepted.origin(),
    }
}
