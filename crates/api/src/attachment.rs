//! The name under which a file is saved (RFC 6266): in plain letters for old clients, and as it is
//! for all others (RFC 8187).

use vinculo_domain::text::plain_name;

/// The value of `Content-Disposition` for a file that is saved under this name. Whatever the name
/// holds, the value is one line of visible ASCII.
pub fn attachment(name: &str) -> String {
    format!(
        "attachment; filename=\"{}\"; filename*=UTF-8''{}",
        plain_name(name),
        encoded(name)
    )
}

/// The name with every byte percent-encoded that is not a letter, a digit, or one of the marks that
/// the notation takes as they are.
fn encoded(name: &str) -> String {
    let mut text = String::with_capacity(name.len());
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"!#$&+-.^_`|~".contains(&byte) {
            text.push(char::from(byte));
        } else {
            text.push_str(&format!("%{byte:02X}"));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_keeps_its_accents_and_has_a_plain_form() {
        for (name, plain, encoded) in [
            ("stock.csv", "stock.csv", "stock.csv"),
            (
                "Convenio de Cooperación – León.pdf",
                "Convenio_de_Cooperacion___Leon.pdf",
                "Convenio%20de%20Cooperaci%C3%B3n%20%E2%80%93%20Le%C3%B3n.pdf",
            ),
            ("Ñuu Savi.pdf", "Nuu_Savi.pdf", "%C3%91uu%20Savi.pdf"),
            (
                "acta 京都.pdf",
                "acta___.pdf",
                "acta%20%E4%BA%AC%E9%83%BD.pdf",
            ),
            (
                "100% (final).pdf",
                "100___final_.pdf",
                "100%25%20%28final%29.pdf",
            ),
        ] {
            let wanted = format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{encoded}");
            assert_eq!(attachment(name), wanted);
        }
    }

    #[test]
    fn no_name_leaves_its_place() {
        for name in [
            "a\"; filename=\"b.exe",
            "a\r\nset-cookie: x=1",
            "a\\\"b",
            "a'b; c=d, e",
            "\u{0}\u{7f}\u{85}\u{2028}",
            "",
        ] {
            let value = attachment(name);
            assert!(
                value.bytes().all(|byte| (b' '..=b'~').contains(&byte)),
                "{value}"
            );
            assert_eq!(value.matches('"').count(), 2, "{value}");
            assert_eq!(value.matches(';').count(), 2, "{value}");
            assert!(!value.contains('\\'), "{value}");
        }
    }
}
