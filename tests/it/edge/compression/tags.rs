//! A compressed answer has its own ETag, which works like the plain one.

use super::{asking, coding, unpacked};
use crate::tools::one;
use actix_web::http::Method;
use serde_json::json;
use vinculo_domain::agreements::Stage;
use vinculo_tests::{GUADALAJARA, Request, on_both};

#[actix_web::test]
async fn each_coding_has_a_tag_of_its_own() {
    on_both(|app| async move {
        let case = app.case_in(GUADALAJARA, Stage::Draft).await;
        let (case, officer) = (one(case), app.officer(GUADALAJARA).await);
        let plain = officer.get(&case).await.expect(200);
        let tag = plain.etag();
        assert!(!tag.starts_with("W/"));
        for word in ["gzip", "br"] {
            let answer = officer.send(asking(&case, word)).await.expect(200);
            let own = format!("{}-{word}\"", tag.strip_suffix('"').unwrap());
            assert_eq!(answer.etag(), own);
            assert_eq!(unpacked(&answer), plain.body);

            let ask = |coding: &str, has: &str| {
                officer.send(asking(&case, coding).header("if-none-match", has))
            };
            // A client that has the answer gets 304 with the tag that it sent.
            for has in [
                own.clone(),
                format!("W/{own}"),
                format!("\"x\", {own}"),
                format!("{tag}, {own}"),
            ] {
                let same = ask(word, &has).await.expect(304);
                assert_eq!(same.etag(), own, "{has}");
                assert!(same.body.is_empty());
                assert_eq!(coding(&same), None);
                assert!(same.header("vary").unwrap().contains("Accept-Encoding"));
            }
            let same = ask(word, &tag).await.expect(304);
            assert_eq!(same.etag(), tag);
            // A client that cannot read this coding does not have it, whatever a cache has.
            let other = if word == "br" { "gzip" } else { "br" };
            for cannot in ["", "identity", other] {
                let whole = ask(cannot, &own).await.expect(200);
                assert_eq!(unpacked(&whole), plain.body, "{cannot}");
                assert_ne!(whole.etag(), own);
            }
            let stale = own.replacen('"', "\"9", 1);
            ask(word, &stale).await.expect(200);
        }
    })
    .await;
}

#[actix_web::test]
async fn a_change_is_made_under_either_tag() {
    on_both(|app| async move {
        let case = app.case_in(GUADALAJARA, Stage::Draft).await;
        let (case, officer) = (one(case), app.officer(GUADALAJARA).await);
        for word in ["gzip", "br", "identity"] {
            let read = officer.send(asking(&case, word)).await.expect(200);
            assert_eq!(coding(&read).is_some(), word != "identity");
            let edit = Request::new(Method::PATCH, &case)
                .json(&json!({"title": format!("Otro {word}")}))
                .if_match(&read.etag())
                .header("accept-encoding", word);
            let changed = officer.send(edit.clone()).await.expect(200);
            assert_eq!(coding(&changed), coding(&read));
            let again = officer.send(edit).await;
            again.refused(412, "precondition_failed");
            // The tag of the change is the tag of the next read.
            let next = officer.send(asking(&case, word)).await.expect(200);
            assert_eq!(next.etag(), changed.etag());
        }
    })
    .await;
}

/// Answers without a version, and CSV tables, have a digest as their tag.
#[actix_web::test]
async fn so_has_what_has_no_version() {
    on_both(|app| async move {
        let case = app.case_in(GUADALAJARA, Stage::Registered).await;
        let officer = app.officer(GUADALAJARA).await;
        for path in [
            format!("{}/guide", one(case)),
            "/v1/catalogs/problems".to_owned(),
            "/v1/statistics/flow.csv".to_owned(),
        ] {
            let answer = officer.send(asking(&path, "gzip")).await.expect(200);
            assert_eq!(coding(&answer).as_deref(), Some("gzip"), "{path}");
            assert!(answer.etag().ends_with("-gzip\""), "{path}");
            let again = asking(&path, "gzip").header("if-none-match", &answer.etag());
            let same = officer.send(again).await.expect(304);
            assert_eq!(same.etag(), answer.etag(), "{path}");
        }
    })
    .await;
}
