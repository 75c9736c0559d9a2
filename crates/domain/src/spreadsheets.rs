//! Cells of tables that people open in a spreadsheet: a text that the program would take for a formula
//! gets an apostrophe before it, and loses it when it comes back (OWASP, CSV injection).

/// By what a spreadsheet tells a formula; the wide forms are typed on East Asian keyboards.
const SIGNS: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

fn is_guarded_or_formula(cell: &str) -> bool {
    cell.trim_start_matches('\'').starts_with(SIGNS)
}

/// The text as it is written into a cell. What looks as if it had been guarded already is guarded too,
/// so that [`unguarded`] gives back exactly this text.
pub fn guarded(text: &str) -> String {
    if is_guarded_or_formula(text) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

/// The text that a cell stands for.
pub fn unguarded(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(text) if is_guarded_or_formula(text) => text,
        _ => cell,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_comes_back_and_none_is_a_formula() {
        for text in [
            "", "Kioto", "=1+1", "+52 33", "-5", "@x", "'", "'=1", "''@x", "'Aldama", "\t=1",
            "＝1", "a=b", "'-",
        ] {
            let cell = guarded(text);
            assert!(!cell.starts_with(SIGNS), "{text}");
            assert_eq!(unguarded(&cell), text);
        }
        assert_eq!(unguarded("Kioto"), "Kioto");
        assert_eq!(guarded("Kioto"), "Kioto");
    }
}
