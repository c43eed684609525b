//! Exports of 3,000 people as two systems made them. The expected numbers were counted in the
//! files with another program.

use std::path::Path;

use crate::exports::{Exports, whole_job};

pub fn three_thousand_people_and_their_courses(shared: &Path) {
    whole_job(&Exports {
        data: &shared.join("data"),
        roster_rejects: &[
            ("active with an exit date in the past", 991),
            ("on leave with an exit date in the past", 86),
            ("future start in the past", 69),
        ],
        completions: 1676,
        completions_rejects: &[
            ("a worker who is not in the roster", 1146),
            ("before the worker was hired", 178),
        ],
        after_exit: 261,
        first_person: "w-1001",
    });
}
