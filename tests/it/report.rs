//! `duly report` on repositories: what its pages say is what the other commands say.

use crate::harness::Place;

/// Writes the site and gives a way to read its pages without their markup.
fn site(place: &Place, day: &str) -> impl Fn(&str) -> String {
    written(place, day, 0)
}

/// The same where the command ends with an exit code.
fn written(place: &Place, day: &str, code: i32) -> impl Fn(&str) -> String {
    let out = place.path("site");
    place.duly(&["report", "--out", out.to_str().unwrap(), "--as-of", day]).exits(code);
    move |page: &str| {
        let html = std::fs::read_to_string(out.join(page)).unwrap();
        let main = html.split_once("<main").unwrap().1.split_once("</main>").unwrap().0;
        let texts = main.split('<').map(|part| part.split_once('>').map_or("", |(_, text)| text));
        let text = texts.collect::<String>();
        let plain = [("&#39;", "'"), ("&quot;", "\""), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")];
        plain.into_iter().fold(text, |text, (escaped, to)| text.replace(escaped, to))
    }
}

#[test]
fn why_on_a_page_is_what_duly_why_says() {
    let place = Place::with_team();
    place.attest("hygiene", "worker/w-0003", "2026-02-01", "manager");
    let page = site(&place, "2026-06-30")("person/w-0003.html");
    let why = ["why", "w-0003", "hygiene", "--as-of", "2026-06-30", "--format", "json"];
    let why = place.duly(&why).exits(0).json();
    let steps = why["steps"].as_array().unwrap();
    assert!(steps.len() > 3, "{why}");
    for step in steps {
        assert!(page.contains(step["text"].as_str().unwrap()), "{step} is not on {page}");
        for input in step["inputs"].as_array().unwrap() {
            let value = input["value"].as_str().unwrap();
            let place = input["path"].as_str().map_or(String::new(), |path| {
                input["line"].as_u64().map_or(format!(" {path}"), |line| {
                    format!(" {path}:{line}:{}", input["column"].as_u64().unwrap())
                })
            });
            let said = format!("{}: {value}{place}", input["name"].as_str().unwrap());
            assert!(page.contains(&said), "{said} is not on {page}");
        }
    }
}

#[test]
fn the_page_about_trust_tells_every_key_apart() {
    let place = Place::with_team();
    let nurse = place.fingerprint("nurse");
    let revoke = ["key", "revoke", &nurse, "--reason", "lost", "--key", "../nurse"];
    place.duly(&revoke).exits(0);
    let page = site(&place, "2026-06-30")("trust.html");
    let row = |key: &str| {
        // The state stands before the fingerprint of its row.
        let before = page.split_once("Keys").unwrap().1.split_once(key).unwrap().0;
        before.get(before.rfind("SHA256:").unwrap_or(0)..).unwrap().to_owned()
    };
    assert!(row(&nurse).contains("revokedlost, on"), "{}", row(&nurse));
    assert!(row(&place.fingerprint("manager")).contains("active"), "{page}");
    assert!(row(&place.fingerprint("officer")).contains("officer's"), "{page}");
}

#[test]
fn a_key_that_nobody_approved_is_shown_as_such() {
    let place = Place::with_team();
    let manager = place.fingerprint("manager");
    for file in std::fs::read_dir(place.repo("trust/keys")).unwrap() {
        let path = format!("trust/keys/{}", file.unwrap().file_name().to_str().unwrap());
        if place.read(&path).contains("worker/w-0002") {
            place.edit(&path, "worker/w-0002", "worker/w-0003");
        }
    }
    let page = written(&place, "2026-06-30", 1)("trust.html");
    let before = page.split_once(&manager).unwrap().0;
    assert!(before.get(before.rfind("SHA256:").unwrap()..).unwrap().contains("not accepted"), "{page}");
}
