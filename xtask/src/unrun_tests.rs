//! Unit tests that nothing runs. A library whose own tests are switched off in its manifest has none
//! in its sources: they would look like tests and never fail.

use cargo_metadata::{Metadata, Package, Target};

use crate::sources;

pub fn check(metadata: &Metadata) -> Result<(), String> {
    let mut found = Vec::new();
    for package in metadata.workspace_packages() {
        if !runs_unit_tests(package) {
            let folder = package.manifest_path.with_file_name("src");
            found.extend(with_tests(&sources::texts(folder.as_str())?));
        }
    }
    if found.is_empty() {
        return Ok(());
    }
    Err(format!(
        "no unit test of these crates is run; move the tests to the crate's `tests` folder: {}",
        found.join(", ")
    ))
}

fn runs_unit_tests(package: &Package) -> bool {
    package
        .targets
        .iter()
        .filter(|target| target.is_lib())
        .all(|target: &Target| target.test)
}

/// The sources that hold unit tests.
fn with_tests(sources: &[(String, String)]) -> Vec<String> {
    let tests = |text: &str| text.contains("#[cfg(test)]") || text.contains("test]\n");
    let found = sources.iter().filter(|(_path, text)| tests(text));
    found.map(|(path, _text)| path.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::with_tests;

    #[test]
    fn a_unit_test_is_found() {
        let source = |text: &str| vec![("a.rs".to_owned(), text.to_owned())];
        assert_eq!(
            with_tests(&source("fn a() {}\n#[cfg(test)]\nmod tests {}")),
            ["a.rs"]
        );
        assert_eq!(
            with_tests(&source("#[tokio::test]\nasync fn a() {}")),
            ["a.rs"]
        );
        assert!(with_tests(&source("/// A test.\nfn a() {}")).is_empty());
    }
}
