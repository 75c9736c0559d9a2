//! A walk through a folder of files.

use crate::walk::{Found, Walk};
use std::fs;

#[test]
fn a_walk_finds_files_and_leftovers_and_nothing_else() {
    let root = std::env::temp_dir().join(format!("vinculo-walk-{}", uuid::Uuid::now_v7()));
    let digest = |first: &str| format!("{first}{}", "0".repeat(62));
    for (folder, name) in [
        ("14/aa", digest("aa")),
        ("14/aa", format!("{}#1", digest("aa"))),
        ("14/aa", format!("{}#x", digest("aa"))),
        ("14/aa", digest("bb")),
        ("14/bb", "README".into()),
        ("14", digest("cc")),
        ("00-amexcid/dd", digest("dd")),
    ] {
        fs::create_dir_all(root.join(folder)).unwrap();
        fs::write(root.join(folder).join(name), "x").unwrap();
    }
    for most in [1, 2, 100] {
        let mut walk = Walk::through(&root).unwrap();
        let (mut files, mut leftovers) = (Vec::new(), 0);
        loop {
            let found = walk.next(most).unwrap();
            assert!(found.len() <= most);
            if found.is_empty() {
                break;
            }
            for one in found {
                match one {
                    Found::File { tenant, sha256, .. } => files.push((tenant, sha256)),
                    Found::Leftover { .. } => leftovers += 1,
                }
            }
        }
        files.sort();
        let expected = [("00-amexcid", digest("dd")), ("14", digest("aa"))];
        assert_eq!(files, expected.map(|(tenant, name)| (tenant.into(), name)));
        assert_eq!(leftovers, 1);
    }
    fs::remove_dir_all(&root).unwrap();
    let mut nowhere = Walk::through(&root).unwrap();
    assert_eq!(nowhere.next(5).unwrap(), []);
}
