//! Letters written as entities of HTML: `M&aacute;laga`.

/// The entities of HTML that stand for letters of European names.
const ENTITIES: [(&str, char); 43] = [
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
    ("apos", '\''),
    ("lt", '<'),
    ("gt", '>'),
];

/// The text with entities of HTML replaced; None where one is not known.
pub(super) fn entities(text: &str) -> Option<String> {
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
    let short = matches!(name, "lt" | "gt");
    (short || (least..=8).contains(&word.len()))
        && word.bytes().all(|byte| byte.is_ascii_alphanumeric())
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
