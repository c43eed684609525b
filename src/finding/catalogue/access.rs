//! D7: who can get at protected information, and under which agreement.

super::entries! {
AFTER_LEAVING = "D701" "access-after-leaving" Error "somebody who has left still has access to a system"
    why "Access ends with the employment (45 CFR 164.308(a)(3)(ii)(C)). Take it away in the system itself, and then set `until:` to the day on which that was done."
    bad "access: [{worker: w-0042, from: 2025-01-06}]   (left on 2026-03-31)" good "access: [{worker: w-0042, from: 2025-01-06, until: 2026-03-31}]"
ENDED_LATE = "D702" "access-ended-late" Warning "an access ended only after its worker had left"
    why "Between the last day of employment and the end of the access somebody who had left could get in. Nothing undoes it: look into the system's log for those days, and note what was found where incidents are kept."
    bad "{worker: w-0042, from: 2025-01-06, until: 2026-04-15}   (left on 2026-03-31)" good "{worker: w-0042, from: 2025-01-06, until: 2026-03-31}"
NO_AGREEMENT = "D703" "no-agreement" Error "a vendor handles protected information without an agreement in force"
    why "A business associate may have protected health information only under a written agreement (45 CFR 164.502(e), 164.308(b)). Sign one, or have the vendor hold nothing until it is signed."
    bad "handles_phi: true" good "handles_phi: true\nagreement: {signed_on: 2026-01-02, expires_on: 2028-01-01}"
}
