//! The words that made-up models are made of.

pub const ROLES: [(&str, &str); 6] = [
    ("clinical", "Clinical"),
    ("front-desk", "Front desk"),
    ("billing", "Billing"),
    ("lab", "Laboratory"),
    ("it", "IT"),
    ("management", "Management"),
];

pub const TEAMS: [(&str, &str); 12] = [
    ("primary-care", "Primary care"),
    ("pediatrics", "Pediatrics"),
    ("reception", "Reception"),
    ("back-office", "Back office"),
    ("radiology", "Radiology"),
    ("laboratory", "Laboratory"),
    ("pharmacy", "Pharmacy"),
    ("surgery", "Surgery"),
    ("dental", "Dental"),
    ("home-care", "Home care"),
    ("facilities", "Facilities"),
    ("it-support", "IT support"),
];

pub const FIRST: [&str; 24] = [
    "Ana", "Ben", "Chidi", "Dana", "Elif", "Farah", "Gita", "Hugo", "Ines", "Jonas", "Keiko", "Luca", "Mei",
    "Noor", "Omar", "Priya", "Quinn", "Rosa", "Søren", "Tomás", "Uma", "Viktor", "Wren", "Zoë",
];

pub const LAST: [&str; 24] = [
    "Abara",
    "Bergström",
    "Castillo",
    "Dvořák",
    "Ekwueme",
    "Fischer",
    "Grünwald",
    "Hassan",
    "Ivanova",
    "Jansen",
    "Kowalski",
    "Lindqvist",
    "Moreau",
    "Nakagawa",
    "O'Rourke",
    "Petrescu",
    "Quiroga",
    "Ruiz",
    "Schäfer",
    "Tanaka",
    "Ueda",
    "Vasquez",
    "Whitfield",
    "Yilmaz",
];

/// One requirement.
pub struct RequirementRow {
    pub id: &'static str,
    pub title: &'static str,
    pub kind: &'static str,
    pub rule: &'static str,
    pub citations: &'static [&'static str],
}

const fn row(
    id: &'static str,
    title: &'static str,
    kind: &'static str,
    rule: &'static str,
    citations: &'static [&'static str],
) -> RequirementRow {
    RequirementRow { id, title, kind, rule, citations }
}

const YEARLY: &str = "within 30 days of starting, then every 12 months, counted from the last completion";

pub const REQUIREMENTS: [RequirementRow; 10] = [
    row(
        "access-review",
        "Review of who can see patient data",
        "control",
        "every 3 months, by the calendar",
        &["45 CFR 164.308(a)(4)(ii)(C)"],
    ),
    row("ai-use", "Use of AI assistants", "acknowledgement", "within 30 days of starting", &[]),
    row("bloodborne", "Bloodborne pathogens", "training", YEARLY, &["29 CFR 1910.1030(g)(2)"]),
    row("code-of-conduct", "Code of conduct", "acknowledgement", "on the first day", &[]),
    row("hipaa-privacy", "HIPAA privacy training", "training", YEARLY, &["45 CFR 164.530(b)(1)"]),
    row(
        "security-awareness",
        "HIPAA security awareness training",
        "training",
        YEARLY,
        &["45 CFR 164.308(a)(5)(i)"],
    ),
    row("emergency-action", "Emergency action plan", "training", YEARLY, &["29 CFR 1910.38(e)"]),
    row("fire-safety", "Fire extinguishers", "training", YEARLY, &["29 CFR 1910.157(g)(2)"]),
    row("harassment", "Prevention of harassment", "training", YEARLY, &[]),
    row(
        "hazcom",
        "Hazard communication",
        "training",
        "within 30 days of starting",
        &["29 CFR 1910.1200(h)(1)"],
    ),
];

pub const TEXT: &str = "# Security awareness\n\nEverybody who works here protects what patients tell us.\n\n## What you do\n\n- Lock the screen when you leave it.\n- Report what looks odd to the [security officer](mailto:security@clinic.example), *at once*.\n- Never share a password.\n\n| What | Whom to ask |\n|---|---|\n| Lost device | IT |\n| Odd e-mail | Security officer |\n";

/// One of a list, for any number.
pub fn pick(list: &[&'static str], n: i64) -> &'static str {
    let at = usize::try_from(n).unwrap_or(0) % list.len().max(1);
    list.get(at).copied().unwrap_or_default()
}
