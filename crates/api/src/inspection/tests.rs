use super::framing::{check, holds_zip};
use super::{inspect, line, read_line};
use crate::fixtures::pdf::pdf;
use vinculo_domain::documents::{FileReason, MediaType};

#[test]
fn a_page_of_ours_is_a_pdf_wherever_a_word_stands_in_it() {
    assert_eq!(inspect(pdf("acta")), Ok(MediaType::Pdf));
    for line in ["obj", "trailer", "JS JavaScript Launch", "endobj endstream"] {
        assert_eq!(inspect(pdf(line)), Ok(MediaType::Pdf), "{line}");
    }
}

#[test]
fn every_byte_less_is_no_whole_pdf() {
    let whole = pdf("acta");
    let end = whole.len() - 1;
    for length in 0..end {
        let cut = whole[..length].to_vec();
        assert!(inspect(cut).is_err(), "{length} of {end}");
    }
}

#[test]
fn nothing_stands_before_or_after() {
    let page = pdf("acta");
    let framed = |before: &[u8], after: &[u8]| check(&[before, &page, after].concat());
    assert_eq!(framed(b"", b"\r\n\0\0 "), Ok(()));
    assert_eq!(framed(b"", b"x"), Err(FileReason::GluedAfter));
    assert_eq!(framed(b"x", b""), Err(FileReason::GluedBefore));
    assert_eq!(framed(b" ", b""), Err(FileReason::GluedBefore));
    assert!(!holds_zip(
        b"PK\x05\x06 is only a word here, and no directory stands before it"
    ));
}

#[test]
fn a_verdict_is_one_line() {
    for verdict in [Ok(MediaType::Jpeg), Err(FileReason::Javascript)] {
        assert_eq!(read_line(&line(verdict)), Some(verdict));
    }
    for text in [
        "",
        "{}",
        "{\"media_type\":\"text/html\"}",
        "{\"refused\":\"x\"}",
    ] {
        assert_eq!(read_line(text), None, "{text}");
    }
}
