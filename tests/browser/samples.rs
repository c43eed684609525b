//! Writes made-up sites for the tests in a browser: `site-samples FOLDER [PEOPLE]`.
#![allow(clippy::print_stdout, missing_docs)]

use std::path::Path;
use std::time::Instant;

use duly::report::model::Model;
use duly::report::template::Templates;
use duly::report::{markdown, profile, sample, single, write};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().ok_or("name a folder")?;
    let people = arguments.next().map_or(Ok(0), |n| n.parse())?;
    let folder = Path::new(&folder);
    one(&folder.join("clinic"), &sample::clinic())?;
    one(&folder.join("public"), &profile::public(sample::clinic()))?;
    one(&folder.join("team"), &profile::team(sample::clinic(), "reception")?)?;
    one(&folder.join("clean"), &sample::clean())?;
    one(&folder.join("empty"), &sample::empty())?;
    one(&folder.join("hostile"), &sample::hostile())?;
    if people > 0 {
        one(&folder.join("large"), &sample::large(people))?;
    }
    Ok(())
}

fn one(out: &Path, model: &Model) -> Result<(), Box<dyn std::error::Error>> {
    let start = Instant::now();
    let written = write::write(model, &Templates::embedded(), out)?;
    let (obligations, took) = (model.obligations.len(), start.elapsed());
    println!("{}: {obligations} obligations, {written:?}, {took:?}", out.display());
    std::fs::write(out.with_extension("md"), markdown::render(model, &Templates::embedded())?)?;
    // One file of everything is for an organisation that fits into one.
    if model.people.len() < 1000 {
        std::fs::write(out.with_extension("html"), single::render(model, &Templates::embedded())?)?;
    }
    Ok(())
}
