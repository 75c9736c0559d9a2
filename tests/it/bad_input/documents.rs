//! Multipart forms and files.

use super::Bench;
use crate::tools::{one, points_at};
use actix_web::http::Method;
use vinculo_api::fixtures::pdf;
use vinculo_tests::{Request, on_both};

type Part<'a> = (&'a str, Option<&'a str>, &'a [u8]);
const KIND: Part<'static> = ("kind", None, b"other");
const MAX: usize = 25 * 1024 * 1024;

fn upload(bench: &Bench, parts: &[Part<'_>]) -> Request {
    Request::new(Method::POST, &format!("{}/documents", one(&bench.case))).form(parts)
}

#[actix_web::test]
async fn a_file_that_is_no_pdf_is_refused() {
    on_both(|app| async move {
        let bench = Bench::new(app).await;
        let late = [vec![b' '; 1024], pdf("tarde")].concat();
        let files: [&[u8]; 7] = [
            b"",
            b"PDF",
            b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
            b"PK\x03\x04word/document.xml",
            b"<html><body>%PDF</body></html>",
            b"%pdf-1.4",
            &late,
        ];
        for bytes in files {
            let request = upload(&bench, &[KIND, ("file", Some("acta.pdf"), bytes)]);
            bench.refuse(request, 422, "not_a_pdf").await;
        }
    })
    .await;
}

/// A PDF with only a picture: it has no text and may have any byte.
fn scan() -> Vec<u8> {
    let picture: Vec<u8> = (0..=255_u8).cycle().take(200_000).collect();
    let head = format!(
        "%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n\
         3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /XObject << /I 4 0 R >> >> >>\nendobj\n\
         4 0 obj\n<< /Type /XObject /Subtype /Image /Filter /DCTDecode /Length {} >>\nstream\n",
        picture.len()
    );
    [head.as_bytes(), &picture, b"\nendstream\nendobj\n%%EOF"].concat()
}

#[actix_web::test]
async fn a_scan_comes_back_byte_for_byte() {
    on_both(|app| async move {
        let bench = Bench::new(app).await;
        let part = ("file", Some("escaneo.pdf"), &*scan());
        let made = bench
            .officer
            .send(upload(&bench, &[KIND, part]))
            .await
            .expect(201);
        let document = made.json();
        assert_eq!(document["size"], scan().len());
        let digest = vinculo_auth::seal::sha256(&scan());
        assert_eq!(document["sha256"], digest);
        let path = format!("{}/documents/{}", one(&bench.case), made.id());
        assert_eq!(bench.officer.get(&path).await.expect(200).json(), document);
        let content = bench
            .officer
            .get(&format!("{path}/content"))
            .await
            .expect(200);
        assert!(content.body == scan(), "the bytes differ");
    })
    .await;
}

#[actix_web::test]
async fn a_file_has_at_most_25_megabytes() {
    on_both(|app| async move {
        let bench = Bench::new(app).await;
        let mut file = pdf("grande");
        file.resize(MAX + 1, b' ');
        let request = upload(&bench, &[KIND, ("file", Some("grande.pdf"), &file)]);
        bench.refuse(request, 413, "payload_too_large").await;
        let request = upload(&bench, &[KIND, ("file", Some("grande.pdf"), &file[..MAX])]);
        let made = bench.officer.send(request).await.expect(201).json();
        assert_eq!(made["size"], MAX);
        let long = vec![b'a'; 5000];
        let request = upload(&bench, &[KIND, ("ground", None, &long)]);
        bench.mark().await;
        bench.refuse(request, 413, "payload_too_large").await;
    })
    .await;
}

#[actix_web::test]
async fn a_form_has_the_parts_that_it_needs_and_no_others() {
    on_both(|app| async move {
        let bench = Bench::new(app).await;
        let bytes = pdf("anexo");
        let file: Part<'_> = ("file", Some("anexo.pdf"), &bytes);
        let wrong: [(&[Part<'_>], &str, &str, &str); 9] = [
            (&[], "invalid_body", "/file", "required"),
            (&[KIND], "invalid_body", "/file", "required"),
            (&[file], "invalid_body", "/kind", "required"),
            (
                &[("kind", None, b"treaty"), file],
                "invalid_body",
                "/kind",
                "invalid_value",
            ),
            (
                &[("kind", None, b"\xff"), file],
                "invalid_body",
                "/kind",
                "invalid_value",
            ),
            (
                &[KIND, ("ground", None, b"\0"), file],
                "invalid_body",
                "/ground",
                "wrong_type",
            ),
            (
                &[KIND, ("colour", None, b"red"), file],
                "unknown_field",
                "/colour",
                "unknown_field",
            ),
            (&[KIND, KIND, file], "invalid_body", "/kind", "repeated"),
            (&[KIND, file, file], "invalid_body", "/file", "repeated"),
        ];
        for (parts, code, pointer, error) in wrong {
            let answer = bench.refuse(upload(&bench, parts), 400, code).await;
            points_at(&answer, pointer, error);
        }
        let path = format!("{}/documents", one(&bench.case));
        for (kind, body) in [
            ("multipart/form-data", "--XX--\r\n"),
            ("multipart/form-data; boundary=XX", ""),
            ("multipart/form-data; boundary=XX", "no form at all"),
            (
                "multipart/form-data; boundary=XX",
                "--XX\r\ncontent-disposition: form-data; name=\"kind\"\r\n\r\nother",
            ),
        ] {
            let request = Request::new(Method::POST, &path).raw(kind, body);
            bench.refuse(request, 400, "upload_incomplete").await;
        }
    })
    .await;
}

#[actix_web::test]
async fn a_document_says_what_it_is() {
    on_both(|app| async move {
        let bench = Bench::new(app).await;
        let bytes = pdf("anexo");
        let file: Part<'_> = ("file", Some("anexo.pdf"), &bytes);
        let long = "n".repeat(256);
        let wrong: [(&[Part<'_>], &str, &str); 9] = [
            (&[("kind", None, b"text"), file], "/language", "required"),
            (
                &[
                    ("kind", None, b"text"),
                    ("language", None, b"xx-nope"),
                    file,
                ],
                "/language",
                "unknown_key",
            ),
            (
                &[KIND, ("classification", None, b"reserved"), file],
                "/ground",
                "required",
            ),
            (
                &[
                    KIND,
                    ("classification", None, b"confidential"),
                    ("ground", None, b" "),
                    file,
                ],
                "/ground",
                "required",
            ),
            (
                &[KIND, ("until", None, b"2026-02-30"), file],
                "/until",
                "invalid_date",
            ),
            (
                &[
                    KIND,
                    ("classification", None, b"reserved"),
                    ("ground", None, b"LGTAIP 112-II"),
                    ("until", None, b"2028"),
                    file,
                ],
                "/until",
                "not_a_day",
            ),
            (&[KIND, ("file", Some(&long), &bytes)], "/file", "too_long"),
            (&[("kind", None, b"opinion"), file], "/kind", "not_yours"),
            (&[("kind", None, b"state_note"), file], "/kind", "not_yours"),
        ];
        for (parts, pointer, error) in wrong {
            let answer = bench
                .refuse(upload(&bench, parts), 422, "validation_failed")
                .await;
            points_at(&answer, pointer, error);
        }
    })
    .await;
}
