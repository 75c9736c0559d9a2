//! The characters that folding treats by hand, because Unicode's decomposition does not.

/// Characters that people do not see and that copying from PDFs and web pages leaves inside a word:
/// soft hyphens, joiners, marks of direction, fillers, tags.
pub(crate) fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\u{00AD}'
            | '\u{061C}'
            | '\u{115F}'
            | '\u{1160}'
            | '\u{180E}'
            | '\u{200B}'..='\u{200F}'
            | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}'
            | '\u{FEFF}'
            | '\u{FFF9}'..='\u{FFFB}'
            | '\u{E0000}'..='\u{E007F}'
    )
}

/// Accents that stand by themselves and that people write for an apostrophe: `´` and its Greek kin.
/// The decomposition makes a space of them.
pub(super) fn is_spacing_accent(character: char) -> bool {
    matches!(
        character,
        '\u{00B4}' | '\u{0384}' | '\u{1FBD}' | '\u{1FBF}' | '\u{1FFE}'
    )
}

/// Signs that are an apostrophe, or stand for one: quotation marks, grave accents, primes, the
/// ʻokina and the saltillo, and the signs of transliterations from Arabic, Hebrew and Russian. Some
/// are letters to Unicode.
pub(super) fn is_apostrophe(character: char) -> bool {
    matches!(
        character,
        '\'' | '`' | '\u{02B9}'
            ..='\u{02C1}'
                | '\u{02C8}'
                | '\u{02CA}'
                | '\u{02CB}'
                | '\u{02EE}'
                | '\u{055A}'
                | '\u{05F3}'
                | '\u{07F4}'
                | '\u{07F5}'
                | '\u{2018}'
                | '\u{2019}'
                | '\u{201B}'
                | '\u{2032}'
                | '\u{2035}'
                | '\u{A78B}'
                | '\u{A78C}'
    )
}

/// Letters that Unicode does not decompose although people type the base letter instead, as in
/// names of partner cities: Wrocław, Tromsø, Gießen, Đà Nẵng, Gəncə.
pub(super) fn base_letters(character: char) -> Option<&'static str> {
    Some(match character {
        'ƀ' | 'ɓ' => "b",
        'ƈ' | 'ȼ' => "c",
        'đ' | 'ð' | 'ɖ' | 'ɗ' => "d",
        'ə' | 'ǝ' | 'ɛ' | 'ɇ' => "e",
        'ƒ' => "f",
        'ǥ' | 'ɠ' | 'ɣ' => "g",
        'ħ' => "h",
        'ı' | 'ɨ' | 'ɩ' => "i",
        'ɉ' => "j",
        'ĸ' | 'ƙ' => "k",
        'ł' | 'ƚ' | 'ɫ' => "l",
        'ŋ' | 'ɲ' | 'ƞ' => "n",
        'ø' | 'ɵ' | 'ɔ' => "o",
        'ƥ' => "p",
        'ɍ' => "r",
        'ŧ' | 'ƭ' | 'ʈ' => "t",
        'ʉ' => "u",
        'ʋ' => "v",
        'ƴ' | 'ɏ' => "y",
        'ƶ' | 'ȥ' => "z",
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'þ' => "th",
        // The sigma at the end of a word is the one of its capitals.
        'ς' => "σ",
        _ => return None,
    })
}
