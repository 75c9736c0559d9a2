//! Files that are not of past agreements, files over the limits, and many at once.

use super::{HEAD, PATH, bring, file, long, results, upload};
use crate::tools::errors;
use actix_web::http::Method;
use futures_util::future::join_all;
use vinculo_domain::Role;
use vinculo_domain::limits::{MAX_IMPORT_UPLOAD_BYTES, MAX_IMPORT_UPLOAD_ROWS};
use vinculo_tests::{JALISCO, Request, SRE, TestApp, on_both};

// row: 003-07
// operations: create_import
#[actix_web::test]
async fn what_is_no_csv_is_refused_with_advice() {
    on_both(|app: TestApp| async move {
        let liaison = app.client(Role::Liaison, JALISCO).await;
        let workbook = [b"PK\x03\x04".as_slice(), &[0x14, 0, 6, 0, 8, 0, 0, 0x21]].concat();
        let older = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
        let zeros = b"entidad,municipio\0,contraparte\n".to_vec();
        for bytes in [workbook, older, b"%PDF-1.7 %%EOF".to_vec(), zeros] {
            let refused = liaison.send(upload(PATH, "a.xlsx", &bytes)).await;
            let refused = refused.refused(415, "unsupported_media_type");
            assert!(refused.text().contains("CSV UTF-8"), "{}", refused.text());
        }
        for text in ["", "nombre,fecha\nalgo,1990\n", "\u{fffd}\u{fffd}\u{fffd}"] {
            bring(&liaison, text)
                .await
                .refused(422, "validation_failed");
        }
        // A file that Excel saved in an older code page is read, and the report says so.
        let latin: Vec<u8> = file()
            .chars()
            .map(|c| u8::try_from(u32::from(c)).unwrap_or(b'?'))
            .collect();
        let report = liaison
            .send(upload(PATH, "latin.csv", &latin))
            .await
            .expect(201)
            .json();
        assert_eq!(results(&report), super::expected());
        assert!(report["warnings"].to_string().contains("Windows-1252"));
        let json = Request::new(Method::POST, PATH).json(&serde_json::json!({}));
        liaison
            .send(json)
            .await
            .refused(415, "unsupported_media_type");
        let two = [
            ("file", Some("a.csv"), b"a".as_slice()),
            ("note", None, b"x"),
        ];
        let refused = liaison
            .send(Request::new(Method::POST, PATH).form(&two))
            .await;
        refused.refused(400, "unknown_field");
        let none = liaison
            .send(Request::new(Method::POST, PATH).form(&[]))
            .await;
        assert_eq!(none.status, 400, "{}", none.text());
        let name = upload(PATH, &"x".repeat(256), file().as_bytes());
        let refused = liaison.send(name).await.refused(422, "validation_failed");
        assert_eq!(
            errors(&refused),
            [("/file".to_owned(), "too_long".to_owned())]
        );
        assert_eq!(app.scratch.count("import_batches"), 1);
    })
    .await;
}

// row: 003-07
// operations: create_import
#[actix_web::test]
async fn a_file_has_its_bounds() {
    on_both(|app: TestApp| async move {
        let liaison = app.client(Role::Liaison, JALISCO).await;
        let large = format!("{HEAD}{}", "x".repeat(MAX_IMPORT_UPLOAD_BYTES));
        bring(&liaison, &large)
            .await
            .refused(413, "payload_too_large");
        let many = long(MAX_IMPORT_UPLOAD_ROWS + 1);
        bring(&liaison, &many)
            .await
            .refused(413, "payload_too_large");
        assert_eq!(app.scratch.count("import_batches"), 0);
    })
    .await;
}

// row: 003-07
// operations: create_import
#[actix_web::test]
async fn two_imports_of_one_file_at_once_make_no_duplicates() {
    on_both(|app: TestApp| async move {
        let state = app.client(Role::Liaison, JALISCO).await.patient();
        let ministry = app.client(Role::Liaison, SRE).await.patient();
        let text = long(60);
        let reports = join_all([
            bring(&state, &text),
            bring(&state, &text),
            bring(&ministry, &text),
        ])
        .await;
        let (mut imported, mut duplicate) = (0, 0);
        for report in reports {
            let report = report.expect(201).json();
            imported += report["summary"]["imported"].as_u64().unwrap();
            duplicate += report["summary"]["duplicate"].as_u64().unwrap();
        }
        assert_eq!((imported, duplicate), (60, 120));
        assert_eq!(app.scratch.count("agreements"), 60);
        let told = "import_rows WHERE result = 'imported'";
        assert_eq!(app.scratch.count(told), 60);
    })
    .await;
}
