//! That the terms and the agreement of each vendor fit together.

use super::references::Check;
use crate::finding::Finding;
use crate::finding::catalogue::references;
use crate::ledger::Ledger;
use crate::record::node::At;
use crate::record::organization::Organization;
use crate::record::vendor::Agreement;

pub(super) fn check(ledger: &Ledger, found: &mut Vec<Finding>) {
    for vendor in &ledger.vendors {
        let record = &vendor.value;
        let what = format!("vendor {}", record.id.value);
        let mut check = Check { ledger, file: vendor.file, what, found };
        for term in &record.terms {
            check.order(("start", term.start), ("end", term.end), term.spot);
        }
        if let Some(agreement) = &record.agreement {
            self::agreement(&mut check, agreement);
        }
    }
}

fn agreement(check: &mut Check<'_, '_>, agreement: &Agreement) {
    check.order(
        ("signed_on", Some(agreement.signed_on)),
        ("expires_on", agreement.expires_on),
        agreement.spot,
    );
    if let (Some(role), Some(organization)) = (&agreement.contact, &check.ledger.organization) {
        contact(check, role, organization);
    }
}

fn contact(check: &mut Check<'_, '_>, role: &At<crate::record::id::Id>, organization: &Organization) {
    if !Organization::declares(&organization.roles, role.as_str()) {
        let text = format!("has the contact `{}`, a role that `duly.yaml` does not declare", role.value);
        let help = "Add it to `roles:` in duly.yaml, or correct it here.";
        check.report(&references::UNDECLARED, role.spot, &text, help);
    }
}
