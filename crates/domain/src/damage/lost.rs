//! Signs that stand where a letter stood.

use super::neighbours;

/// Symbols that stand inside no word of any language.
fn is_odd(character: char) -> bool {
    "¢£¤¥¦§©«¬®±²³¶¹»¼½¾¿¡×÷‚ƒ„…†‡‰‹•˜™›µ".contains(character)
}

/// Signs that stand beside no letter of a name: marks that stand for lost letters, and what other
/// systems show instead of them.
fn is_never_beside_a_letter(character: char) -> bool {
    "‡ƒ‰¤√≈≠≤≥∞∂∑∏∫∆◊⌐".contains(character) || ('\u{2500}'..='\u{25A0}').contains(&character)
}

/// Whether letters are lost: a question mark or an odd symbol inside a word.
pub(super) fn inside_a_word(text: &str) -> bool {
    let letters: Vec<char> = text.chars().collect();
    letters.iter().enumerate().any(|(at, &character)| {
        (character == '?' || is_odd(character))
            && matches!(neighbours(&letters, at), (Some(_), Some(_)))
    })
}

/// Whether a letter seems to be lost: a sign directly before or after a letter that a name does not
/// have there.
pub(super) fn beside_a_letter(text: &str) -> bool {
    let letters: Vec<char> = text.chars().collect();
    let mut asked = false;
    letters.iter().enumerate().any(|(at, &character)| {
        let (before, after) = neighbours(&letters, at);
        let beside = before.is_some() || after.is_some();
        match character {
            '¿' => {
                asked = true;
                before.is_some()
            }
            // The end of a question that began as Spanish begins it.
            '?' if asked && after.is_none() => {
                asked = false;
                false
            }
            '?' => beside,
            // After a single letter it is an apostrophe: `d´ Alene`.
            '´' | '¨' => {
                let single = at < 2 || neighbours(&letters, at - 1).0.is_none();
                (after.is_some() || !single) && is_lost_accent(before, after)
            }
            '~' | '^' => before.is_some() && after.is_some(),
            other => is_never_beside_a_letter(other) && beside,
        }
    })
}

/// Whether an accent by itself stands for an accented vowel: `M´laga`, `Le´n`, `Bogot´`. One that
/// stands for an apostrophe has a vowel after it (`Xi´an`) or a capital (`O´Higgins`).
fn is_lost_accent(before: Option<char>, after: Option<char>) -> bool {
    let vowel = |one: char| "aeiouyáéíóúüAEIOUYÁÉÍÓÚÜ".contains(one);
    match (before, after) {
        (Some(_), Some(after)) => after.is_lowercase() && after.is_ascii() && !vowel(after),
        (Some(before), None) => before.is_lowercase() && !vowel(before),
        _ => false,
    }
}
