//! D5: who owes what.

super::entries! {
OVERDUE = "D501" "overdue" Overdue "somebody is overdue"
    why "The due date and the days of grace have passed and nothing that counts was recorded. `duly why SUBJECT REQUIREMENT` shows how the date came about."
    bad "(due 2026-10-31, nothing recorded)" good "(completed 2026-10-20)"
IN_GRACE = "D502" "in-grace" DueSoon "somebody is late, within the days of grace"
    why "The due date has passed; the check fails once the days of grace have, too."
    bad "(due yesterday, grace 7 days)" good "(completed in time)"
DUE_SOON = "D503" "due-soon" DueSoon "somebody's due date is near"
    why "The due date lies within the notice of the requirement. Now is the time to act."
    bad "(due in 12 days)" good "(completed)"
UNKNOWN = "D504" "unknown" Error "nobody can say whether somebody is overdue"
    why "A fact that the due date depends on is missing, most often the first day of employment. Unknown is never green."
    bad "employment: [{type: full-time}]" good "employment: [{start: 2026-01-05, type: full-time}]"
PROPOSED = "D505" "proposed" Info "somebody would be overdue under a proposed requirement"
    why "The requirement is not in force. This shows what would happen if it were."
    bad "state: proposed" good "state: in_force"
}
