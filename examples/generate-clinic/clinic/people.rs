//! Who holds a key, and since when. The people themselves stand in `files/roster`.

/// The practice manager: first officer of the root. Explains the privacy practices.
pub const MANAGER: &str = "worker/w-0001";
/// The medical director: second officer.
pub const DIRECTOR: &str = "worker/w-0002";
/// Leads the nurses and trains about blood and sharps.
pub const TRAINER: &str = "worker/w-0012";
/// Trains the trainer.
pub const OTHER_TRAINER: &str = "worker/w-0008";
/// Leads the medical assistants.
pub const ASSISTANTS_LEAD: &str = "worker/w-0017";
/// Leads billing.
pub const BILLING_LEAD: &str = "worker/w-0030";
/// Looks after the computers.
pub const CONTRACTOR: &str = "worker/w-0034";
/// The learning system.
pub const LMS: &str = "service/lms";
/// Whatever lay in binders and spreadsheets before.
pub const OFFICE_RECORDS: &str = "service/office-records";

/// The day of the first root.
pub const ROOT_DAY: &str = "2024-11-25";

/// Who signs checkpoints: the machine that checks every night, and the lawyer's office, which
/// looks in each quarter and is not on the clinic's network.
pub const NOTARIES: &[&str] = &["service/nightly-check", "service/lawyer"];

/// The day of the second root, which names them.
pub const NOTARIES_DAY: &str = "2026-01-05";

/// Everybody who holds a key, with the day on which they asked for it. The courier and the
/// volunteer have none.
pub const KEY_HOLDERS: &[(&str, &str)] = &[
    (MANAGER, ROOT_DAY),
    (DIRECTOR, ROOT_DAY),
    (OFFICE_RECORDS, ROOT_DAY),
    (LMS, "2024-12-02"),
    (CONTRACTOR, "2024-12-02"),
    (TRAINER, "2024-12-03"),
    (OTHER_TRAINER, "2024-12-03"),
    (ASSISTANTS_LEAD, "2024-12-03"),
    (BILLING_LEAD, "2024-12-03"),
    ("worker/w-0003", "2024-12-04"),
    ("worker/w-0004", "2024-12-04"),
    ("worker/w-0005", "2024-12-04"),
    ("worker/w-0006", "2024-12-09"),
    ("worker/w-0007", "2024-12-04"),
    ("worker/w-0009", "2024-12-09"),
    ("worker/w-0010", "2024-12-04"),
    ("worker/w-0011", "2025-03-03"),
    ("worker/w-0013", "2024-12-05"),
    ("worker/w-0014", "2024-12-05"),
    ("worker/w-0015", "2024-12-05"),
    ("worker/w-0016", "2024-12-09"),
    ("worker/w-0018", "2024-12-05"),
    ("worker/w-0019", "2024-12-05"),
    ("worker/w-0020", "2025-09-02"),
    ("worker/w-0021", "2025-01-13"),
    ("worker/w-0022", "2024-12-05"),
    ("worker/w-0023", "2024-12-05"),
    ("worker/w-0024", "2026-11-02"),
    ("worker/w-0025", "2024-12-06"),
    ("worker/w-0026", "2024-12-06"),
    ("worker/w-0027", "2024-12-06"),
    ("worker/w-0028", "2024-12-06"),
    ("worker/w-0029", "2025-11-10"),
    ("worker/w-0031", "2024-12-06"),
    ("worker/w-0032", "2024-12-06"),
    ("worker/w-0036", "2024-12-06"),
];

/// What issuers may sign: holder, requirements, day of the grant, last day. No grant is longer
/// than the 400 days that the root allows, so each is renewed once.
pub const GRANTS: &[(&str, &[&str], &str, &str)] = &[
    // May sign only what lies before the clinic's own record begins.
    (
        OFFICE_RECORDS,
        &[
            "security-awareness",
            "hipaa-privacy",
            "texas-medical-privacy",
            "bloodborne-pathogens",
            "nurse-licence",
        ],
        ROOT_DAY,
        "2024-11-30",
    ),
    (LMS, &["security-awareness", "hipaa-privacy"], "2024-12-02", "2025-12-31"),
    (LMS, &["security-awareness", "hipaa-privacy"], "2025-12-15", "2026-12-31"),
    (MANAGER, &["hipaa-privacy"], "2025-02-03", "2025-12-31"),
    (TRAINER, &["bloodborne-pathogens"], "2024-12-03", "2025-12-31"),
    (TRAINER, &["bloodborne-pathogens"], "2025-12-15", "2026-12-31"),
    (OTHER_TRAINER, &["bloodborne-pathogens"], "2025-10-01", "2026-10-31"),
    (CONTRACTOR, &["access-log-review", "restore-test"], "2024-12-02", "2025-12-31"),
    (CONTRACTOR, &["access-log-review", "restore-test"], "2025-12-15", "2026-12-31"),
];
