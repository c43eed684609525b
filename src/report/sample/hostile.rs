//! Texts that try to be something else than text.

use crate::report::model::Parts;

/// Names and titles that break what does not escape them.
pub const HOSTILE: &[&str] = &[
    "<script>document.title='owned'</script>",
    "\"onmouseover=\"document.title='owned'",
    "' autofocus onfocus='document.title=1",
    "javascript:alert(1)",
    "</style><script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "--><img src=x onerror=alert(1)>",
    "=cmd()|'/C calc'!A0",
    "+1+cmd",
    "@SUM(A1)",
    "-2+3",
    "a|b|c",
    "`code` ```fence```",
    "[link](javascript:alert(1)) ![x](https://tracker.test/x.png)",
    "# heading\n- list\n\n    code",
    "\u{1b}[31mred\u{1b}]0;owned\u{7}",
    "\u{202e}evil\u{202c}",
    "שלום עולם",
    "مرحبا بالعالم",
    "zero\u{200b}width\u{2028}line",
    "{{ 7 * 7 }}{% raw %}",
    "&lt;b&gt;&amp;",
    "::error file=x::y%0A",
    "www.tracker.test user@tracker.test https://tracker.test",
    "WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW",
];

/// Puts the hostile texts into every field of text that a model has.
pub fn poison(parts: &mut Parts) {
    let mut next =
        (0..).map(|i: usize| HOSTILE.get(i % HOSTILE.len()).copied().unwrap_or_default().to_owned());
    let mut take = || next.next().unwrap_or_default();
    for (person, hostile) in parts.people.iter_mut().zip(HOSTILE) {
        person.name = Some((*hostile).to_owned());
        person.email = Some((*hostile).to_owned());
        person.employment = Some(take());
        person.location = Some(take());
        for record in &mut person.records {
            record.reason = record.reason.is_some().then(&mut take);
            record.signers = [take()].into();
            record.path = take().into();
        }
    }
    for requirement in &mut parts.requirements {
        requirement.title = take();
        requirement.owner = Some(take());
        requirement.citations = vec![take(), take()];
        (requirement.applies_to, requirement.rule, requirement.signed_by) = (take(), take(), take());
        requirement.declaration = Some(take());
        for edition in &mut requirement.editions {
            edition.text = edition.text.is_some().then(|| HOSTILE.join("\n\n"));
            (edition.change, edition.path) = (take(), Some(take()));
        }
    }
    for other in &mut parts.others {
        other.title = take();
    }
    for waiver in &mut parts.exemptions {
        (waiver.kind, waiver.reason, waiver.path) = (take(), take(), take());
        waiver.granted_by = vec![take(), take()];
    }
    for officer in &mut parts.trust.officers {
        officer.name = take();
    }
    for key in &mut parts.trust.keys {
        (key.name, key.may_sign, key.state, key.path) = (take(), take(), take(), take());
        key.note = Some(take());
    }
    for entry in parts.trail.iter_mut().flatten() {
        (entry.author, entry.committer) = (take(), Some(take()));
        for line in &mut entry.lines {
            (line.words, line.signers, line.path) = (take(), vec![take()], Some(take()));
        }
    }
    for word in parts.roles.iter_mut().chain(&mut parts.teams) {
        word.title = take();
    }
    for item in parts.findings.iter_mut().flat_map(|g| &mut g.items) {
        (item.message, item.help, item.place) = (Some(take()), Some(take()), Some(take()));
    }
    for obligation in &mut parts.obligations {
        for step in &mut obligation.why {
            step.text = take();
            for given in &mut step.givens {
                (given.value, given.place) = (take(), Some(take()));
            }
        }
    }
    parts.facts.organization = take();
}
