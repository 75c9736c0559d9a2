use super::*;

fn text(bytes: &[u8]) -> String {
    decode(bytes, None).unwrap().text
}

#[test]
fn reads_what_spreadsheets_write() {
    assert_eq!(text("país".as_bytes()), "país");
    assert_eq!(text(b"\xEF\xBB\xBFpa\xC3\xADs"), "país");
    let latin = decode(b"pa\xEDs \x93a\x94 \x80", None).unwrap();
    assert_eq!(latin.text, "país “a” €");
    assert!(latin.warning.unwrap().en.contains("Windows-1252"));
    assert_eq!(text(b"\xFF\xFEp\0\xF1\0"), "pñ");
    assert_eq!(text(b"\xFE\xFF\0p\0\xF1"), "pñ");
}

#[test]
fn undefined_bytes_are_visible() {
    assert_eq!(text(b"\xE1\x81"), "á\u{FFFD}");
    assert_eq!(text(b"\xFF\xFEp\0q"), "p\u{FFFD}");
}

#[test]
fn one_line_in_another_encoding_does_not_spoil_the_others() {
    let mixed = "León\nM\u{1}laga\nKioto\n"
        .replace('\u{1}', "#")
        .into_bytes();
    let mut mixed: Vec<u8> = mixed;
    let at = mixed.iter().position(|byte| *byte == b'#').unwrap();
    mixed[at] = 0xE1;
    let read = decode(&mixed, None).unwrap();
    assert_eq!(read.text, "León\nMálaga\nKioto\n");
    assert!(read.warning.unwrap().en.contains("1 lines"));
    mixed[at] = 0x81;
    assert_eq!(text(&mixed), "León\nM\u{FFFD}laga\nKioto\n");
}

#[test]
fn old_encodings_are_recognised_and_asked_about() {
    for (bytes, word) in [
        (&b"Jalisco,P\xA2voa de Varzim"[..], "cp850"),
        (b"M\x82rida,Le\xA2n", "cp850"),
        (b"Espa\xA4a", "cp850"),
        (b"Bogot\xA0,Colombia", "cp850"),
        (b"Jalisco,\xB5vila,Espana", "cp850"),
        (b"San Jos\x82", "cp850"),
        (b"LE\xE0N", "cp850"),
        (b"Canc\xA3n\nPer\xA3\n", "cp850"),
        (b"M\x87laga", "macintosh"),
        (b"Bogot\x87", "macintosh"),
        (b"\xE7vila,Espana", "macintosh"),
        (b"San Luis Potos\x92", "macintosh"),
        (b"C\x97rdoba", "macintosh"),
        (b"Garc\x92a,Espa\x96a", "macintosh"),
    ] {
        let refusal = decode(bytes, None).err().unwrap();
        let said = refusal.errors[0].clone();
        assert_eq!(said.code, "which_encoding");
        assert!(
            said.said.en.contains(&format!("encoding={word}")),
            "{}",
            said.said.en
        );
    }
    let named = decode(b"P\xA2voa", Some(Encoding::Cp850)).unwrap();
    assert_eq!(named.text, "Póvoa");
}

#[test]
fn the_usual_old_encoding_is_taken_without_asking() {
    for bytes in [
        &b"M\xE1laga,Le\xF3n,Garc\xEDa,Espa\xF1a,M\xE9rida,Canc\xFAn"[..],
        b"S\xE3o Paulo,Gie\xDFen,Z\xFCrich",
        b"CANC\xDAN,LE\xD3N,M\xC9XICO,ESPA\xD1A",
        b"l\x92H\xF4pital",
        b"\xD6sterreich,Bogot\xE1,\xC1vila",
        b"Hermanamiento \x93Unidos\x94, \xBFcu\xE1l?",
        b"N\xBA 5,Tijuana\x96San Diego",
        b"Mexico \x96 Francia\x85",
    ] {
        assert!(decode(bytes, None).is_ok(), "{bytes:?}");
    }
}

/// The text, and the lines that are doubtful.
fn judged(bytes: &[u8]) -> (String, Vec<(u64, String)>) {
    let decoded = decode(bytes, None).unwrap();
    (decoded.text, decoded.doubtful.into_iter().collect())
}

#[test]
fn a_line_of_a_utf_8_file_that_reads_better_otherwise_is_doubtful() {
    for (word, right) in [
        (&b"C\x97rdoba"[..], "Córdoba"),
        (b"Garc\x92a", "García"),
        (b"Bogot\x87", "Bogotá"),
        (b"Le\xA2n", "León"),
        (b"Bogot\xA0", "Bogotá"),
        (b"M\x81nchen", "München"),
    ] {
        let text = ["León\r\n".as_bytes(), word, b"\r\nKioto\r\n"].concat();
        assert_eq!(judged(&text).1, [(2, right.to_owned())], "{right}");
    }
    for (word, right) in [
        (&b"C\xF3rdoba"[..], "Córdoba"),
        (b"l\x92H\xF4pital", "l’Hôpital"),
        (b"Tijuana\x96San Diego", "Tijuana–San Diego"),
        (b"Bogot\xE1", "Bogotá"),
    ] {
        let text = ["León\n".as_bytes(), word].concat();
        assert_eq!(judged(&text), (format!("León\n{right}"), Vec::new()));
    }
}

#[test]
fn some_lines_of_another_encoding_do_not_make_the_file_ask() {
    let old = b"M\xE9rida\nCanc\xFAn\nP\xA2voa\nBogot\xA0\nLe\xF3n\n";
    let (text, doubtful) = judged(old);
    assert!(text.starts_with("Mérida\nCancún\n") && text.ends_with("León\n"));
    assert_eq!(
        doubtful,
        [(3, "Póvoa".to_owned()), (4, "Bogotá".to_owned())]
    );
    // A space that does not break is no letter where all other lines are of the usual encoding.
    let usual = b"M\xE9rida\nLyon\xA0\nCanc\xFAn\n";
    assert_eq!(judged(usual).1, []);
    let refusal = decode(b"M\xE9rida\nP\xA2voa\nLe\xA2n\n", None)
        .err()
        .unwrap();
    assert!(refusal.errors[0].said.en.contains("“Póvoa”"), "{refusal:?}");
}
