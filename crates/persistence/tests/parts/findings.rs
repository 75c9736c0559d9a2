//! What an inspection lists and counts.

use vinculo_persistence::Findings;

/// How many findings of one check are listed.
const TOLD: usize = 100;

#[test]
fn what_is_not_told_is_counted() {
    let mut findings = Findings::default();
    for number in 0..TOLD + 5 {
        findings.damage("files", number.to_string(), "lost", "restore a backup");
    }
    assert_eq!(findings.all().0.len(), TOLD);
    assert_eq!(findings.count("files"), TOLD + 5);
    assert_eq!(findings.count("rows"), 0);
}
