//! Text that was damaged on its way: read in the wrong encoding, or with its letters lost. Files
//! and requests are judged by the same rule.

use crate::charsets::{Encoding, windows_1252_byte};

/// How a text is damaged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Damage {
    /// It can be told what it was: `MÃ¡laga` was `Málaga`.
    Repairable(String),
    /// Letters are lost: `M?laga`.
    Lost,
}

/// How often a text may have been read wrongly, once after the other.
const ROUNDS: usize = 3;

/// The damage of a name or title, if any: UTF-8 that was read as Windows-1252 (`MÃ¡laga`), entities
/// of HTML (`M&aacute;laga`), the letters of MS-DOS read as Windows-1252 (`P¢voa`), and letters
/// replaced by a question mark or the replacement character (`M?laga`).
pub fn damage(text: &str) -> Option<Damage> {
    let mut mended = text.to_owned();
    for _ in 0..ROUNDS {
        let Some(plain) = entities(&mended) else {
            return Some(Damage::Lost);
        };
        let better = misread_utf_8(&plain).unwrap_or(plain);
        if better == mended {
            break;
        }
        mended = better;
    }
    let mended = misread_dos(&mended).unwrap_or(mended);
    if mended.contains(char::REPLACEMENT_CHARACTER) || is_broken(&mended) {
        return Some(Damage::Lost);
    }
    (mended != text).then_some(Damage::Repairable(mended))
}

/// Replaces runs of characters that are UTF-8 read as Windows-1252; None where there are none.
fn misread_utf_8(text: &str) -> Option<String> {
    let mut mended = String::with_capacity(text.len());
    let mut run: Vec<u8> = Vec::new();
    let mut raw = String::new();
    let mut found = false;
    let mut flush = |run: &mut Vec<u8>, raw: &mut String, mended: &mut String| {
        match std::str::from_utf8(run) {
            Ok(better) if is_likely(better) => {
                found = true;
                mended.push_str(better);
            }
            _ => mended.push_str(raw),
        }
        run.clear();
        raw.clear();
    };
    for character in text.chars() {
        match windows_1252_byte(character).filter(|byte| !byte.is_ascii()) {
            Some(byte) => {
                run.push(byte);
                raw.push(character);
            }
            None => {
                flush(&mut run, &mut raw, &mut mended);
                mended.push(character);
            }
        }
    }
    flush(&mut run, &mut raw, &mut mended);
    found.then_some(mended)
}

/// Whether this is what was written before it was misread: letters and punctuation of Europe, or
/// several letters of any script. A capital before a closing quotation mark (`«CAFÉ»`) also happens
/// to be UTF-8, of a phonetic sign that nobody meant.
fn is_likely(text: &str) -> bool {
    let european = |one: char| matches!(one, '\u{A0}'..='\u{17F}' | '\u{2010}'..='\u{203A}' | '€');
    !text.is_empty()
        && (text.chars().all(european)
            || (text.chars().count() > 2 && text.chars().all(char::is_alphabetic)))
}

/// The entities of HTML that stand for letters of European names.
const ENTITIES: [(&str, char); 40] = [
    ("aacute", 'á'),
    ("eacute", 'é'),
    ("iacute", 'í'),
    ("oacute", 'ó'),
    ("uacute", 'ú'),
    ("Aacute", 'Á'),
    ("Eacute", 'É'),
    ("Iacute", 'Í'),
    ("Oacute", 'Ó'),
    ("Uacute", 'Ú'),
    ("ntilde", 'ñ'),
    ("Ntilde", 'Ñ'),
    ("uuml", 'ü'),
    ("Uuml", 'Ü'),
    ("ouml", 'ö'),
    ("Ouml", 'Ö'),
    ("auml", 'ä'),
    ("Auml", 'Ä'),
    ("szlig", 'ß'),
    ("ccedil", 'ç'),
    ("Ccedil", 'Ç'),
    ("atilde", 'ã'),
    ("otilde", 'õ'),
    ("agrave", 'à'),
    ("egrave", 'è'),
    ("igrave", 'ì'),
    ("ograve", 'ò'),
    ("ugrave", 'ù'),
    ("acirc", 'â'),
    ("ecirc", 'ê'),
    ("icirc", 'î'),
    ("ocirc", 'ô'),
    ("ucirc", 'û'),
    ("oslash", 'ø'),
    ("aring", 'å'),
    ("ordm", 'º'),
    ("ordf", 'ª'),
    ("amp", '&'),
    ("quot", '"'),
    ("nbsp", ' '),
];

/// The text with entities of HTML replaced; None where one is not known.
fn entities(text: &str) -> Option<String> {
    let mut mended = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        mended.push_str(before);
        let name = after.split_once(';').map(|(name, _)| name);
        match name.filter(|name| looks_like_entity(name)) {
            Some(name) => {
                mended.push(entity(name)?);
                rest = after.get(name.len() + 1..).unwrap_or_default();
            }
            None => {
                mended.push('&');
                rest = after;
            }
        }
    }
    mended.push_str(rest);
    Some(mended)
}

fn looks_like_entity(name: &str) -> bool {
    let (word, least) = name
        .strip_prefix('#')
        .map_or((name, 3), |number| (number, 1));
    (least..=8).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

fn entity(name: &str) -> Option<char> {
    let number = name
        .strip_prefix('#')
        .map(|digits| match digits.strip_prefix(['x', 'X']) {
            Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16),
            None => digits.parse(),
        });
    match number {
        Some(code) => code
            .ok()
            .and_then(char::from_u32)
            .filter(|one| !one.is_control()),
        None => ENTITIES
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, character)| *character),
    }
}

/// The letters of MS-DOS as Windows-1252 shows them, which stand inside no word: `¢` for ó, `¤` for
/// ñ.
fn misread_dos(text: &str) -> Option<String> {
    let letters: Vec<char> = text.chars().collect();
    let mut found = false;
    let mended = letters.iter().enumerate().map(|(at, &character)| {
        if !"¢¡¤£¥µ‚„".contains(character) || !stands_in_a_word(&letters, at) {
            return character;
        }
        found = true;
        windows_1252_byte(character).map_or(character, |byte| Encoding::Cp850.character(byte))
    });
    let mended: String = mended.collect();
    found.then_some(mended)
}

/// Whether a letter stands on both sides of a character.
fn stands_in_a_word(letters: &[char], at: usize) -> bool {
    let is_letter = |at: Option<usize>| {
        at.and_then(|at| letters.get(at))
            .is_some_and(|one| one.is_alphabetic())
    };
    is_letter(at.checked_sub(1)) && is_letter(at.checked_add(1))
}

/// Symbols that stand inside no word of any language.
fn is_odd(character: char) -> bool {
    "¢£¤¥¦§©«¬®±²³¶¹»¼½¾¿¡×÷‚ƒ„…†‡‰‹•˜™›µ".contains(character)
}

/// Whether letters are lost: a question mark or an odd symbol inside a word.
fn is_broken(text: &str) -> bool {
    let letters: Vec<char> = text.chars().collect();
    letters.iter().enumerate().any(|(at, &character)| {
        (character == '?' || is_odd(character)) && stands_in_a_word(&letters, at)
    })
}

#[cfg(test)]
mod tests {
    use super::{Damage, damage};

    fn repaired(text: &str) -> Option<String> {
        match damage(text) {
            Some(Damage::Repairable(mended)) => Some(mended),
            _ => None,
        }
    }

    #[test]
    fn what_was_read_in_the_wrong_encoding_is_told() {
        for (text, right) in [
            ("MÃ¡laga", "Málaga"),
            ("LeÃ³n de los Aldama", "León de los Aldama"),
            ("CÃ¡diz â€“ EspaÃ±a", "Cádiz – España"),
            ("MÃƒÂ¡laga", "Málaga"),
            ("SÃ£o Paulo", "São Paulo"),
            ("M&aacute;laga", "Málaga"),
            ("M&#225;laga", "Málaga"),
            ("M&#xE1;laga", "Málaga"),
            ("Espa&ntilde;a &amp; Portugal", "España & Portugal"),
            ("P¢voa de Varzim", "Póvoa de Varzim"),
            ("Espa¤a", "España"),
            ("Garc¡a", "García"),
        ] {
            assert_eq!(repaired(text).as_deref(), Some(right), "{text}");
        }
    }

    #[test]
    fn lost_letters_are_lost() {
        for text in [
            "M?laga",
            "Espa?a",
            "M\u{FFFD}laga",
            "M&zzz;laga",
            "M‡laga",
            "Le•n",
        ] {
            assert_eq!(damage(text), Some(Damage::Lost), "{text}");
        }
    }

    #[test]
    fn names_of_the_world_are_whole() {
        for text in [
            "Málaga",
            "São Paulo",
            "Wrocław",
            "Gießen",
            "Ma'anshan",
            "L’Hospitalet",
            "Honoluluʻokina",
            "Col·lectiu",
            "Winston-Salem",
            "Tromsø",
            "Zürich",
            "東京",
            "Санкт-Петербург",
            "Åbo",
            "Marks & Spencer",
            "¿Quién es quién?",
            "¡Hola!",
            "Nº 5",
            "1ª etapa",
            "«Unidos»",
            "AT&T",
            "Ångström",
            "Ñuñoa",
            "Île-de-France",
            "Łódź",
            "İzmir",
            "Đà Nẵng",
            "100 % limpio",
        ] {
            assert_eq!(damage(text), None, "{text}");
        }
    }
}
