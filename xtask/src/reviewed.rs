//! Lists of reviewed exceptions: `path what count: reason`, one a line. The check fails both for a
//! finding that is not listed and for a listed one that is no longer found.

use std::collections::BTreeMap;
use std::path::Path;

use crate::licences;

/// Where, what and how often.
type Counts = BTreeMap<(String, String), usize>;

pub struct Reviewed {
    list: String,
    allowed: Counts,
}

impl Reviewed {
    pub fn read(list: &str) -> Result<Self, String> {
        Self::new(list, licences::entries(Path::new(list))?)
    }

    /// Reads entries of a subject and its reason.
    pub fn new(list: &str, entries: Vec<(String, String)>) -> Result<Self, String> {
        let mut allowed = Counts::new();
        for (subject, _reason) in entries {
            let words: Vec<&str> = subject.split_whitespace().collect();
            let (path, what, count) = match words.as_slice() {
                [path, what, count] => (*path, *what, count.parse().unwrap_or(0)),
                _ => return Err(format!("{list}: `{subject}` is not `path what count`")),
            };
            let before = allowed.insert((path.to_owned(), what.to_owned()), count);
            if before.is_some() || count == 0 {
                return Err(format!(
                    "{list}: `{subject}` stands twice or counts nothing"
                ));
            }
        }
        let list = list.to_owned();
        Ok(Self { list, allowed })
    }

    /// Reports where the findings and the list differ.
    pub fn compare(&self, findings: &[(String, &'static str)]) -> Vec<String> {
        let mut found = Counts::new();
        for (path, what) in findings {
            *found.entry((path.clone(), (*what).to_owned())).or_default() += 1;
        }
        let mut keys: Vec<_> = found.keys().chain(self.allowed.keys()).collect();
        keys.sort_unstable();
        keys.dedup();
        let differing = keys.into_iter().filter_map(|key| {
            let (is, may) = (found.get(key).copied(), self.allowed.get(key).copied());
            let ((path, what), list) = (key, &self.list);
            (is != may).then(|| {
                let (is, may) = (is.unwrap_or(0), may.unwrap_or(0));
                format!("{path}: `{what}` {is} times, and {list} has {may}")
            })
        });
        differing.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reviewed(subjects: &[&str]) -> Result<Reviewed, String> {
        let entries = subjects
            .iter()
            .map(|subject| ((*subject).to_owned(), "because".to_owned()));
        Reviewed::new("list.txt", entries.collect())
    }

    #[test]
    fn what_is_new_more_fewer_or_gone_is_said() {
        let list = reviewed(&["a.rs text 2", "b.rs text 1"]).unwrap();
        let at = |paths: &[&str]| -> Vec<(String, &'static str)> {
            paths
                .iter()
                .map(|path| ((*path).to_owned(), "text"))
                .collect()
        };
        assert_eq!(
            list.compare(&at(&["a.rs", "b.rs", "a.rs"])),
            Vec::<String>::new()
        );
        let said = |paths: &[&str]| list.compare(&at(paths)).join("; ");
        assert_eq!(
            said(&["a.rs", "b.rs"]),
            "a.rs: `text` 1 times, and list.txt has 2"
        );
        assert_eq!(
            said(&["a.rs", "a.rs"]),
            "b.rs: `text` 0 times, and list.txt has 1"
        );
        assert_eq!(
            said(&["a.rs", "a.rs", "b.rs", "c.rs"]),
            "c.rs: `text` 1 times, and list.txt has 0"
        );
    }

    #[test]
    fn a_line_that_allows_anything_is_refused() {
        for subjects in [
            &["a.rs text"][..],
            &["a.rs text many"],
            &["a.rs text 0"],
            &["a.rs text 1", "a.rs text 2"],
        ] {
            assert!(reviewed(subjects).is_err(), "{subjects:?}");
        }
    }
}
