//! The form under which numbers of older registries are compared.

use crate::text::fold;

/// What may stand before a number without making it another one: signs for "number", and the initials
/// of the registry itself.
const SAID_ANYWAY: [&str; 6] = ["n", "no", "num", "numero", "o", "rai"];

/// The form under which a number of an older registry is compared, so that `RAI-0031`, `rai 31`,
/// `No. 31` and the `31.0` of a spreadsheet are one number, and `12/3` and `1/23` two; never empty
/// where the number has a visible character. Stored forms are written anew when
/// [`FOLDING`](crate::text::FOLDING) increases.
pub fn legacy_key(number: &str) -> String {
    let folded = fold(number);
    if folded.is_empty() {
        return number.trim().to_owned();
    }
    let groups = groups(&folded);
    let said = groups.iter().take_while(|one| SAID_ANYWAY.contains(one));
    let telling = groups.get(said.count()..).unwrap_or_default();
    let telling: Vec<&str> = telling.iter().copied().map(without_zeros).collect();
    match telling.as_slice() {
        [] => folded.clone(),
        [whole, "0"] if is_number(whole) => (*whole).to_owned(),
        all => all.join(" "),
    }
}

/// The runs of digits and of letters: `rai0031a` has three.
fn groups(folded: &str) -> Vec<&str> {
    let mut groups = Vec::new();
    for mut rest in folded.split(' ') {
        while let Some(first) = rest.chars().next() {
            let digits = first.is_ascii_digit();
            let end = rest.find(|one: char| one.is_ascii_digit() != digits);
            let (group, behind) = rest.split_at(end.unwrap_or(rest.len()));
            groups.push(group);
            rest = behind;
        }
    }
    groups
}

fn without_zeros(group: &str) -> &str {
    match group.trim_start_matches('0') {
        "" if !group.is_empty() => "0",
        rest => rest,
    }
}

fn is_number(group: &str) -> bool {
    group.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::legacy_key;

    #[test]
    fn one_number_has_one_form_however_it_is_written() {
        for (form, spellings) in [
            (
                "7011",
                &[
                    "RAI-7011",
                    "RAI-07011",
                    "7011",
                    "No. RAI-7011",
                    "rai 7011",
                    "RAI7011",
                ][..],
            ),
            ("44", &["No. 44", "44", "Núm. 44", "N.º 44", "nº 044"][..]),
            ("31", &["31", "31.0", "RAI-31", "RAI-0031"][..]),
            ("sre 2019 44", &["SRE/2019/044", "sre-2019-44"][..]),
            ("12 80", &["12/80", "RAI 12-80"][..]),
            ("31 a", &["31-A", "31A"][..]),
            ("rai", &["RAI"][..]),
            ("0", &["000"][..]),
            ("#", &["#"][..]),
        ] {
            for spelling in spellings {
                assert_eq!(legacy_key(spelling), form, "{spelling}");
            }
            assert_eq!(legacy_key(form), form);
        }
    }

    #[test]
    fn two_numbers_have_two_forms() {
        for (one, other) in [
            ("12/3", "1/23"),
            ("31 32", "3132"),
            ("12/80", "1280"),
            ("SRE-31", "RAI-31"),
            ("31-A", "31"),
            ("30", "3"),
        ] {
            assert_ne!(legacy_key(one), legacy_key(other), "{one} {other}");
        }
    }
}
