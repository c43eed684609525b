use super::*;
use crate::record::id::Id;

fn word(list: List, id: &str, title: Option<&str>) -> Undeclared {
    let title = title.map(str::to_owned);
    Undeclared { list, id: Id::parse(id).unwrap(), title, workers: 1 }
}

const HEAD: &str =
    "apiVersion: duly/v1\nkind: Organization\nname: Clinic # ours\ntimezone: America/Chicago\n";

fn declared(lists: &str, words: &[Undeclared]) -> String {
    let text = declare(&format!("{HEAD}{lists}"), words).unwrap();
    text.strip_prefix(HEAD).unwrap().to_owned()
}

#[test]
fn every_form_of_a_list_takes_words() {
    let two = [word(List::Roles, "no", Some("No \"one\"")), word(List::Roles, "nurse", Some("nurse"))];
    let lines = "  - {id: \"no\", title: \"No \\\"one\\\"\"}\n  - nurse\n";
    assert_eq!(declared("", &two), format!("roles:\n{lines}"));
    assert_eq!(declared("roles: []\n# end\n", &two), format!("roles:\n{lines}# end\n"));
    assert_eq!(declared("roles: [ ] # none yet", &two), format!("roles: # none yet\n{lines}"));
    let have = "roles:\n  # those with patients\n  - id: physician # MD\n    title: A physician\n  - biller # money\n\n# places\nlocations: [main]\n";
    let wanted = format!(
        "roles:\n  # those with patients\n  - id: physician # MD\n    title: A physician\n  - biller # money\n{lines}\n# places\nlocations: [main]\n"
    );
    assert_eq!(declared(have, &two), wanted);
    assert_eq!(
        declared(
            "roles: [a, {id: b, title: \"]'\"}] # x\nshut: 1\n".replace("shut: 1\n", "").as_str(),
            &two[1..]
        ),
        "roles: [a, {id: b, title: \"]'\"}, nurse] # x\n"
    );
    assert_eq!(declared("roles: [\n  a,\n  b,\n]\n", &two[1..]), "roles: [\n  a,\n  b, nurse\n]\n");
    assert_eq!(declared("roles:\n- a\nlocations: []\n", &two[1..]), "roles:\n- a\n- nurse\nlocations: []\n");
}

#[test]
fn line_ends_stay_what_they_are() {
    let text = format!("{HEAD}roles:\n  - a\n").replace('\n', "\r\n");
    let out = declare(&text, &[word(List::Roles, "b", None)]).unwrap();
    assert_eq!(out, format!("{HEAD}roles:\n  - a\n  - b\n").replace('\n', "\r\n"));
}

#[test]
fn several_lists_at_once() {
    let words = [
        word(List::Roles, "b", None),
        word(List::Departments, "ward", Some("Ward")),
        word(List::Locations, "tx", Some("TX")),
        word(List::EmploymentTypes, "contract", Some("Contract")),
    ];
    let out = declared("roles: [a]\n", &words);
    let wanted = "roles: [a, b]\ndepartments:\n  - {id: ward, title: \"Ward\"}\nlocations:\n  - {id: tx, title: \"TX\"}\nemployment_types:\n  - {id: contract, title: \"Contract\"}\n";
    assert_eq!(out, wanted);
}

#[test]
fn what_is_not_understood_is_left_to_people() {
    let refused = |lists: &str| declare(&format!("{HEAD}{lists}"), &[word(List::Roles, "b", None)]).is_err();
    assert!(refused("roles: [\n  a, # first\n]\n"));
    assert!(refused("roles: text\n"));
    assert!(refused("roles:\n"));
    assert!(refused("rolls: [a]\n"));
}

proptest::proptest! {
    #[test]
    fn any_text_is_extended_or_refused(lists in "(roles|locations|departments): ?[\\[\\]{}a-c,:#\"' \n-]{0,20}", more in "[a-c#\n -]{0,8}") {
        let text = format!("{HEAD}{lists}{more}");
        if let Ok(out) = declare(&text, &[word(List::Roles, "new", Some("New"))]) {
            let (_, organization) = parse(&out).unwrap();
            proptest::prop_assert!(organization.roles.iter().any(|r| r.id.as_str() == "new"));
            let comments = text.lines().filter_map(|line| line.split_once(" #"));
            comments.for_each(|(_, comment)| assert!(out.contains(comment), "{text}\n{out}"));
        }
    }
}
