//! Who owes what, by when, and why.
//!
//! # The flow
//!
//! ```text
//! Inputs ─ compute ─┬─ applies, facts  rule 1: the spans of each subject × requirement
//!                   ├─ counts          rules 2, 10: which completions count, until when
//!                   ├─ schedule        rules 3 to 10, 15: the due date, one file per anchor
//!                   ├─ external        rule 14: due dates of incidents and assignments
//!                   ├─ away, grants    rules 11 to 13: what moves due dates, in order
//!                   ├─ shifts          one due date, moved on its own
//!                   ├─ standing        which date decides, the order of statuses
//!                   ├─ dues            what became of each due date
//!                   └─ pass, walk      one pass over what is recorded per span, to a Timeline
//! Timeline ─ answer ─ Obligation ─ Duties      look-ups; rule 16
//!          └ why, at_incident, finding         what people ask
//! ```
//!
//! Nothing here reads the clock, a file or a signature. Subjects are days on which they are
//! there and what they are on those days; a worker, the organisation, a system and a vendor
//! go the same way. Nothing is computed day by day: days are cut where something begins, ends
//! or becomes known. One obligation costs O(n log n) in its completions.
//!
//! # What the text leaves open, and what is done here
//!
//! Knowledge
//!
//! 1. A thing is *dated* by the day from which it says something: a completion by its
//!    `completed_on`, an edition by `published`, an exemption, a leave and a break by their
//!    first day, an extension by the day it is given, an incident or assignment by its day. So
//!    a leave that begins tomorrow moves nothing today. Leaves and breaks that are one are
//!    dated by the first day of the first of them.
//! 2. A timeline as of D says of each day up to D what followed from what was dated up to
//!    that day, and of each later day what follows from what is dated up to D. What decides
//!    applicability (employment, roles, `effective_until`) is taken as written for those later
//!    days, too; so is the last day of a span for rule 15. The last segment is open.
//! 3. An obligation whose first span begins after D is not there yet; one whose spans have
//!    ended stays, as `not_applicable`, with its timeline.
//!
//! Applicability
//!
//! 4. An employment without a start may have begun at any time. Every span that it could be
//!    part of is `unknown`, even where another employment covers the same days; after its end
//!    the requirement does not apply. A worker without any employment counts as employed
//!    since an unknown day. An unknown span leaves no date to the next one.
//! 5. Breaks of a system or a vendor are breaks, too. For the due date of rules 3 to 10 the
//!    breaks of every span count, and the time between two spans does not; for those of rule
//!    14 it does.
//! 6. Where employments overlap, a worker is employed in each of their ways; for an open-ended
//!    leave, employments without a day between them are one. One that began on a day without
//!    employment is nothing.
//! 7. A duty of the organisation begins on `effective_from`, else on `history_begins`, else
//!    it is `unknown`. Apart from this and from `late_documented`, `history_begins` moves
//!    nothing.
//! 8. `unknown` comes before `proposed`, as in the list of statuses; the finding about it is
//!    a warning then, because what is only proposed never fails.
//!
//! What counts
//!
//! 9. A requirement that lists editions counts only completions that name one of them; one
//!    that lists none counts only those that name none. A certification without `expires_on`,
//!    a missing score where one is asked for, and too weak an assurance do not count.
//! 10. An edition runs out by the material editions after it (later published, or published
//!     the same day and listed later) that touch the subject on D, as far as they do on D. The
//!     last day of an edition still counts. For `affects`, days of a break are days on which
//!     it does not match. It cannot spare subjects that are no workers.
//! 11. Completions on one day are as one; among them the latest edition and then the latest
//!     end is shown.
//!
//! Due dates
//!
//! 12. Without `early`, a completion on the due date itself still continues its chain
//!     (31 January, 28 February: 31 March), as rule 4 says first; "the last completion +
//!     `every`" is true wherever no month is cut short.
//! 13. "A later completion" of a chain is one of a later day. `early` may be longer than
//!     `every`: then it is taken by its word.
//! 14. "The latest of all ends" is taken over every counted completion, extra ones included;
//!     one without an end lasts for good. Where the anchor and an end give the same day, the
//!     anchor is named.
//! 15. A completion before S that counts serves the first due date like a later one, and with
//!     `anchor: completion` begins a chain on its own day. Where a date stands again, what was
//!     done up to the last day before serves no date of the new span, and goes on counting: a
//!     chain that it began can be continued. The dates that follow it are those after it by
//!     rules 5 and 6; one that would follow S + `within` opens after that day all the same,
//!     because else one more completion in the span before could bring a due date forward.
//!
//! Moves
//!
//! 16. What an incident or assignment asks for is served by any completion that would count
//!     but for `carry_in`, whichever span that is of; unserved, it follows the subject into
//!     the next span. It makes a due date where there was none.
//! 17. Of several dates on one day that of rules 3 to 10 is named, and `deferred` holds where
//!     any of them is deferred; a leave that defers a later date says nothing about an earlier
//!     one. `deferred` lasts for each leave from the date as it stood before that leave.
//! 18. An extension also lifts a due date that was missed before it was given, from that day
//!     on; one given during a leave is not moved by that leave. Exemptions and leaves whose
//!     last day lies before their first are nothing.
//! 19. Without `every`, the usual notice is 30 days.
//!
//! Answers
//!
//! 20. `underlying` is the next status down the order that holds, with the due date as moved.
//! 21. The completion that a due date *rests on* is the last one that moved it on; if none
//!     did, the first that counted.
//! 22. In the list of due dates one of rules 3 to 10 stands at a time. The completion that
//!     moves it on has served it, and no other of them; fixed dates that it passes over were
//!     not served. Those of rule 14 stand beside it, each until it is served; one that is open
//!     when a span ends is listed with the next span again. A span looks at what is carried
//!     into it anew. Of more than a thousand fixed dates in a row that nothing served, the
//!     list holds the first and the last five hundred. *Missed* is one whose last good day
//!     passed unserved, grace or not.
//! 23. `late`: of the due dates of the span asked about that were served last, one was served
//!     after it, extensions left out of account; after a span that is the one that ended last.
//!     `late_documented`: it was served in time, its record appeared after the last good day,
//!     and it was not imported. `unverified`: there is a record that is not accepted of a day
//!     after the last completion that counts, not before S − `carry_in`.
//! 24. Strictness (rule 16): unknown, overdue, grace, due_soon, pending, deferred, exempt,
//!     current, proposed, not_applicable.
//! 25. Before an incident, *met* means that something counted before that day and the due
//!     date lay not before it, grace left out of account.
//! 26. A date past the year 9999 stays at its last day. Where an `every` of zero gets past the
//!     reader of policies, which calls it an error, the last completion is due at once again.

mod answer;
mod applies;
mod away;
mod compute;
mod counts;
mod dues;
mod external;
mod facts;
mod findings;
mod grants;
mod incident;
mod inputs;
mod obligation;
mod pass;
mod retention;
mod schedule;
mod shifts;
mod standing;
mod status;
mod timeline;
mod unreadable;
pub mod upkeep;
mod walk;
mod why;

pub use answer::FirstSeen;
pub use applies::{Run, Span};
pub use away::Away;
pub use compute::{compute, compute_with};
pub use counts::Uncounted;
pub use findings::finding;
pub use incident::{AtIncident, Before, RecordedBefore, at_incident};
pub use inputs::{AsOf, Exemption, Extension, ExternalDueDate, ExternalKind, Inputs, NonWorkerSubject, Term};
pub use obligation::{Duties, Obligation, strictest};
pub use retention::{kept_through, last_in_effect};
pub use shifts::{Cause, Move};
pub use status::{Marks, Rule, Status};
pub use timeline::{DueDate, Segment, Timeline, trend_days};
pub use why::{Input, NoWhy, Source, Step, Why, Whys, why};

#[cfg(test)]
mod tests;
