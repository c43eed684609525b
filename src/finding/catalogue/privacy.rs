//! D6: privacy.

super::entries! {
SENSITIVE = "D601" "sensitive-value" Error "a value looks like a social security number or a date of birth"
    why "Git forgets nothing, and nothing here needs such a value. Remove it before it is committed; if it already was, have the history cleaned."
    bad "name: Ana Ruiz 123-45-6789" good "name: Ana Ruiz"
NAME_OF_NOBODY = "D602" "name-of-nobody" Warning "the identities name somebody who is not in the roster"
    why "A name that belongs to nobody here is a slip in an id, so that somebody else stays without a name, or it is kept without need. Correct the id, or remove the person from the identities."
    bad "people: [{id: w-9999, name: Ana Ruiz}]" good "people: [{id: w-0042, name: Ana Ruiz}]"
TWO_NAMES = "D603" "two-names" Error "a worker has two names or two e-mail addresses"
    why "Two names for one id mean that a report may speak of the wrong person. The roster's is shown, or else the first; keep the one that is right, in one place."
    bad "- {id: w-0042, name: Ana Ruiz}\n- {id: w-0042, name: Ben Ruiz}" good "- {id: w-0042, name: Ana Ruiz}\n- {id: w-0043, name: Ben Ruiz}"
NAMES_MISSING = "D604" "names-missing" Info "the identities are not here"
    why "`identities:` in `duly.yaml` leads to a place that does not exist on this machine, so people are shown by their ids. In CI that is as it should be. A place that is named with `--identities` must exist."
    bad "(identities: ../people, and no such folder)" good "(identities: ../people, and the folder beside the repository)"
NAMES_INSIDE = "D605" "names-inside" Error "the identities lie inside of the repository, or too far away"
    why "Names are kept outside because git forgets nothing: inside of the repository they would be in its history for good. And `duly.yaml` comes with pull requests, so it may point to a neighbour of the repository or to a second repository, and no further; for another place use `--identities`."
    bad "identities: people.yaml" good "identities: ../people"
NO_NAMES = "D606" "no-names" Error "the identities hold nobody"
    why "There is a file or folder of identities without a single person in it. A report without names must not come from a slip in a path."
    bad "people: []" good "people: [{id: w-0042, name: Ana Ruiz}]"
}
