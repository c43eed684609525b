//! The pages of made-up models.

use super::*;
use crate::report::sample;

fn files(model: &Model) -> BTreeMap<String, String> {
    let files = to_map(model, &Templates::embedded()).unwrap();
    files.into_iter().map(|(path, bytes)| (path, String::from_utf8(bytes).unwrap())).collect()
}

#[test]
fn the_same_model_gives_the_same_bytes() {
    assert_eq!(files(&sample::clinic()), files(&sample::clinic()));
}

#[test]
fn the_number_of_threads_changes_no_byte() {
    let with = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| files(&sample::hostile()))
    };
    assert_eq!(with(1), with(7));
}
