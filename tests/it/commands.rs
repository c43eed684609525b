//! Exit codes, help, and what goes where.

use crate::harness::Place;

#[test]
fn explain_knows_every_code() {
    let place = Place::new();
    let list = place.run(&["explain"]).exits(0).out;
    assert!(list.lines().count() > 50);
    for line in list.lines() {
        let code = line.split(' ').next().unwrap();
        let text = place.run(&["explain", code]).exits(0).out;
        assert!(text.starts_with(code) && text.contains("Not like this:") && text.contains("But like this:"));
    }
    let wrong = place.run(&["explain", "D999"]).exits(2);
    assert!(wrong.err.contains("no code"), "{}", wrong.err);
}

#[test]
fn usage_is_exit_2() {
    let place = Place::new();
    place.run(&["chekc"]).exits(2);
    place.run(&["check", "--repo", "nowhere"]).exits(2);
    place.run(&["check", "--trust-root", "xyz"]).exits(2);
}
