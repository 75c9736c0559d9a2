//! How a column is named: by its heading, and where that does not tell it from others by a number.

use super::super::cells::shown;
use crate::text::fold;

/// Whether two headings are the same. `#` and `No.` have no letters to compare.
fn same(named: &str, heading: &str) -> bool {
    let (one, other) = (fold(named), fold(heading));
    if one.is_empty() {
        named.trim() == heading.trim()
    } else {
        one == other
    }
}

/// Whether a sender means the column at a position: by its heading; by heading and number where
/// several have the same (`Fecha#2` is the second one); by the number of the column alone where it
/// has no heading (`#3`).
pub(super) fn is_named(named: &str, header: &[&str], at: usize) -> bool {
    let Some(heading) = header.get(at) else {
        return false;
    };
    if header.iter().any(|other| same(named, other)) {
        return same(named, heading);
    }
    let Some((name, number)) = named.rsplit_once('#') else {
        return false;
    };
    let Ok(number) = number.trim().parse::<usize>() else {
        return false;
    };
    if name.trim().is_empty() {
        return heading.trim().is_empty() && at + 1 == number;
    }
    same(name, heading) && number_of(header, at) == number
}

/// How a question names the column at a position, so that the answer means it alone.
pub(super) fn name(header: &[&str], at: usize) -> String {
    let heading = header.get(at).copied().unwrap_or_default().trim();
    if heading.is_empty() {
        return format!("#{}", at + 1);
    }
    let equal = header.iter().filter(|other| same(heading, other)).count();
    if equal > 1 {
        return format!("{}#{}", shown(heading), number_of(header, at));
    }
    shown(heading)
}

/// Its place among the columns with the same heading, from 1.
fn number_of(header: &[&str], at: usize) -> usize {
    let heading = header.get(at).copied().unwrap_or_default();
    let before = header.iter().take(at + 1);
    before.filter(|other| same(heading, other)).count()
}

#[cfg(test)]
mod tests {
    use super::{is_named, name};

    #[test]
    fn a_number_tells_equal_headings_apart() {
        let header = ["Fecha", "País", "fecha", "", "#", "Fecha 3"];
        for (named, at) in [
            ("Fecha#1", vec![0]),
            ("Fecha#2", vec![2]),
            ("Fecha", vec![0, 2]),
            ("#4", vec![3]),
            ("#", vec![4]),
            ("Fecha#3", vec![5]),
            ("Fecha#9", vec![]),
            ("#2", vec![]),
        ] {
            let found: Vec<usize> = (0..header.len())
                .filter(|at| is_named(named, &header, *at))
                .collect();
            assert_eq!(found, at, "{named}");
        }
        let names: Vec<String> = (0..header.len()).map(|at| name(&header, at)).collect();
        assert_eq!(names, ["Fecha#1", "País", "fecha#2", "#4", "#", "Fecha 3"]);
    }
}
