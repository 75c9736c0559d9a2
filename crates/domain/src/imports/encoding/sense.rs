//! Judges how well an encoding explains a line, by the letters and signs that its bytes become.

use crate::charsets::Encoding;

/// How well each encoding explains the bytes beyond ASCII.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Sense {
    pub(super) usual: i64,
    cp850: i64,
    macintosh: i64,
}

impl Sense {
    pub(super) fn add(&mut self, other: Self) {
        self.usual += other.usual;
        self.cp850 += other.cp850;
        self.macintosh += other.macintosh;
    }

    /// The best encoding besides the usual one, and whether it is better than that.
    pub(super) fn best(self) -> (Encoding, bool) {
        let (sense, encoding) = if self.cp850 > self.macintosh {
            (self.cp850, Encoding::Cp850)
        } else {
            (self.macintosh, Encoding::Macintosh)
        };
        (encoding, sense > self.usual)
    }

    /// Whether the usual encoding is better than all others.
    pub(super) fn is_usual(self) -> bool {
        self.usual > self.cp850.max(self.macintosh)
    }

    fn prefers(self, encoding: Encoding) -> bool {
        match encoding {
            Encoding::Cp850 => self.cp850 > self.usual,
            Encoding::Macintosh => self.macintosh > self.usual,
            _ => false,
        }
    }
}

/// A line, or a word of it.
#[derive(Clone, Copy)]
pub(super) struct Line<'a> {
    bytes: &'a [u8],
    partly_utf_8: bool,
}

/// A character, and whether it was read in an old encoding.
type Letter = (char, bool);

impl<'a> Line<'a> {
    /// A line without any UTF-8.
    pub(super) fn old(bytes: &'a [u8]) -> Self {
        let partly_utf_8 = false;
        Self {
            bytes,
            partly_utf_8,
        }
    }

    /// A line in UTF-8, but for some bytes.
    pub(super) fn partly_utf_8(bytes: &'a [u8]) -> Self {
        let partly_utf_8 = true;
        Self {
            bytes,
            partly_utf_8,
        }
    }

    fn letters(self, encoding: Encoding) -> Vec<Letter> {
        let old = |byte: &u8| (encoding.character(*byte), !byte.is_ascii());
        if !self.partly_utf_8 {
            return self.bytes.iter().map(old).collect();
        }
        let mut letters = Vec::with_capacity(self.bytes.len());
        for chunk in self.bytes.utf8_chunks() {
            letters.extend(chunk.valid().chars().map(|one| (one, false)));
            letters.extend(chunk.invalid().iter().map(old));
        }
        letters
    }

    pub(super) fn sense(self) -> Sense {
        let of = |encoding| {
            let letters = self.letters(encoding);
            let each = (0..letters.len()).map(|at| weigh(encoding, &letters, at));
            each.sum()
        };
        Sense {
            usual: of(Encoding::Windows1252),
            cp850: of(Encoding::Cp850),
            macintosh: of(Encoding::Macintosh),
        }
    }

    /// The line as an encoding reads it, without its end.
    pub(super) fn read(self, encoding: Encoding) -> String {
        let letters = self.letters(encoding).into_iter();
        letters
            .map(|(one, _)| one)
            .filter(|one| !matches!(one, '\r' | '\n'))
            .collect()
    }

    /// The first word that an encoding explains better than the usual one.
    pub(super) fn word(self, better: Encoding) -> Option<Vec<u8>> {
        self.bytes
            .split(|byte| !byte.is_ascii_alphabetic() && byte.is_ascii())
            .find(|word| !word.is_ascii() && Line::old(word).sense().prefers(better))
            .map(<[u8]>::to_vec)
    }

    /// The line with its bad bytes read as Windows-1252 where that gives letters, or signs that may
    /// stand there; otherwise with the replacement character, which is refused in rows.
    pub(super) fn repaired(self) -> String {
        let letters = self.letters(Encoding::Windows1252);
        let read = |at: usize, &(read, old): &Letter| {
            let sign = "ºª°“”‘’–—…€¿¡«»".contains(read);
            let fits =
                read.is_alphabetic() || (sign && weigh(Encoding::Windows1252, &letters, at) >= 0);
            if !old || fits {
                read
            } else {
                char::REPLACEMENT_CHARACTER
            }
        };
        let letters = letters.iter().enumerate();
        letters.map(|(at, letter)| read(at, letter)).collect()
    }
}

/// How far the mark may be that opens or closes what a mark closes or opens.
const FAR: usize = 200;

/// How much a character speaks for its encoding: accented letters of Spanish beside letters speak for
/// it, symbols inside words and capitals behind small letters against it.
fn weigh(encoding: Encoding, letters: &[Letter], at: usize) -> i64 {
    let letter = |at: Option<usize>| {
        let (one, _) = at.and_then(|at| letters.get(at))?;
        one.is_alphabetic().then_some(*one)
    };
    let Some(&(read, true)) = letters.get(at) else {
        return 0;
    };
    let (before, after) = (letter(at.checked_sub(1)), letter(at.checked_add(1)));
    let plain = |one: Option<char>| one.is_some_and(|one| one.is_ascii());
    if !plain(before) && !plain(after) {
        return 0;
    }
    let second = letter(at.checked_sub(2));
    if read.is_alphabetic() && !matches!(read, 'µ' | 'ƒ') {
        if !fits(read, [second, before, after]) {
            return -2;
        }
        // In the usual encoding, names of other languages begin with their own capitals.
        let usual = encoding == Encoding::Windows1252;
        let capital = usual && read.is_uppercase() && before.is_none();
        return if capital || "áéíóúñüÁÉÍÓÚÑÜ".contains(read) {
            2
        } else {
            1
        };
    }
    match (before, after) {
        (Some(before), Some(after)) => weigh_inside(read, second, before, after),
        (None, Some(_)) => match closing(read) {
            Some(ends) => paired(letters.iter().skip(at + 1), ends),
            None => weigh_outside(read),
        },
        _ => match opening(read) {
            Some(begins) => paired(letters.iter().take(at).rev(), begins),
            None => weigh_outside(read),
        },
    }
}

/// Whether a letter's case fits that of the letters beside it.
fn fits(read: char, [second, before, after]: [Option<char>; 3]) -> bool {
    let small = |one: Option<char>| one.is_some_and(char::is_lowercase);
    let capital = |one: Option<char>| one.is_some_and(char::is_uppercase);
    if read.is_uppercase() {
        !(small(before) || capital(before) && small(after))
    } else {
        !(capital(after) || capital(second) && capital(before))
    }
}

fn weigh_inside(read: char, second: Option<char>, before: char, after: char) -> i64 {
    match read {
        // An elision, as in “l’Hospitalet”.
        '’' if second.is_none() => 2,
        '–' | '—' if before.is_lowercase() && after.is_lowercase() => -2,
        '’' | '‘' | '–' | '—' | '·' | '´' | '¨' | '\u{A0}' => 0,
        _ => -2,
    }
}

/// Signs on one side of a letter that need no other sign.
fn weigh_outside(read: char) -> i64 {
    match read {
        '…' | '•' | '®' | '™' | '©' | '°' | '¹' | '²' | '³' => 1,
        '’' | '‘' | '–' | '—' | '·' | '´' | '¨' | '\u{A0}' | '€' => 0,
        '¿' | '¡' | '“' | '”' | '«' | '»' => 0,
        _ => -2,
    }
}

/// What closes a mark that stands before a word.
fn closing(mark: char) -> Option<&'static str> {
    Some(match mark {
        '‘' => "’",
        '“' => "”",
        '„' => "“”",
        '«' => "»",
        '¿' => "?",
        '¡' => "!",
        _ => return None,
    })
}

/// What opens a mark that stands after a word.
fn opening(mark: char) -> Option<&'static str> {
    Some(match mark {
        '’' => "‘",
        '”' | '“' => "“„",
        '»' => "«",
        _ => return None,
    })
}

fn paired<'a>(letters: impl Iterator<Item = &'a Letter>, marks: &str) -> i64 {
    let mut near = letters.take(FAR);
    if near.any(|(one, _)| marks.contains(*one)) {
        2
    } else {
        0
    }
}
