//! Which files may be uploaded: a corpus of hostile files and one of ordinary files.

use crate::tools::{one, points_at};
use actix_web::http::Method;
use bytes::Bytes;
use std::path::{Path, PathBuf};
use uuid::Uuid;
use vinculo_api::fixtures::pdf;
use vinculo_api::inspection::Inspector;
use vinculo_auth::seal::sha256;
use vinculo_domain::agreements::Stage;
use vinculo_domain::documents::{FileReason, MediaType};
use vinculo_domain::problems::Problem;
use vinculo_tests::{Answer, Client, GUADALAJARA, Request, TestApp, on_both, program};

/// The files of a corpus, by name.
fn corpus(name: &str) -> Vec<(String, Vec<u8>)> {
    let folder = format!("{}/data/uploads/{name}", env!("CARGO_MANIFEST_DIR"));
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending != "md"))
        .map(|path| {
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            (name, std::fs::read(path).unwrap())
        })
        .collect();
    files.sort();
    assert!(files.len() >= 30, "{name} has {} files", files.len());
    files
}

/// The refusal reason that a hostile file is named after.
fn reason(name: &str) -> FileReason {
    name.split_once("--").unwrap().0.parse().unwrap()
}

/// The media type of an ordinary file, by its extension.
fn media(name: &str) -> MediaType {
    match name.rsplit_once('.').unwrap().1 {
        "pdf" => MediaType::Pdf,
        "jpg" => MediaType::Jpeg,
        _ => MediaType::Png,
    }
}

async fn send(client: &Client, case: &str, kind: &str, name: &str, bytes: &[u8]) -> Answer {
    let parts: [(&str, Option<&str>, &[u8]); 3] = [
        ("kind", None, kind.as_bytes()),
        ("language", None, b"es"),
        ("file", Some(name), bytes),
    ];
    let request = Request::new(Method::POST, &format!("{}/documents", one(case)));
    client.send(request.form(&parts)).await
}

/// How many files are stored.
fn kept(folder: &Path) -> usize {
    let mut folders: Vec<PathBuf> = vec![folder.join("files")];
    let mut files = 0;
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let entry = entry.unwrap();
            if entry.file_type().unwrap().is_dir() {
                folders.push(entry.path());
            } else {
                files += 1;
            }
        }
    }
    files
}

#[actix_web::test]
async fn every_hostile_file_is_refused_with_its_reason() {
    on_both(|app: TestApp| async move {
        let case = app.case_in(GUADALAJARA, Stage::Draft).await.to_string();
        let officer = app.officer(GUADALAJARA).await;
        let before = (app.scratch.count("documents"), kept(app.folder.path()));
        for (name, bytes) in corpus("hostile") {
            let answer = send(&officer, &case, "other", &name, &bytes).await;
            assert_eq!(answer.status, 422, "{name}: {}", answer.text());
            let reason = reason(&name);
            points_at(&answer, "/file", reason.into());
            let problem = reason.refuse().problem;
            assert_eq!(answer.json()["code"], problem.code(), "{name}");
        }
        let after = (app.scratch.count("documents"), kept(app.folder.path()));
        assert_eq!(after, before);
    })
    .await;
}

#[actix_web::test]
async fn every_real_file_is_taken_and_kept_byte_for_byte() {
    on_both(|app: TestApp| async move {
        let case = app.case_in(GUADALAJARA, Stage::Draft).await.to_string();
        let officer = app.officer(GUADALAJARA).await;
        for (name, bytes) in corpus("real") {
            let made = send(&officer, &case, "other", &name, &bytes).await;
            assert_eq!(made.status, 201, "{name}: {}", made.text());
            let document = made.json();
            let media: &str = media(&name).into();
            assert_eq!(document["media_type"], media, "{name}");
            assert_eq!(document["file_name"], *name);
            let path = format!("{}/documents/{}/content", one(&case), made.id());
            let content = officer.get(&path).await.expect(200);
            assert!(content.body == bytes, "{name} came back otherwise");
            assert_eq!(content.header("content-type").as_deref(), Some(media));
        }
    })
    .await;
}

/// The service inspects uploaded files in a separate process, with little time and memory.
#[actix_web::test]
async fn a_process_of_its_own_finds_the_same() {
    let inspector = Inspector::program(program());
    inspector.try_out().await.unwrap();
    for (name, bytes) in corpus("hostile") {
        let verdict = inspector
            .verdict(&sha256(&bytes), &Bytes::from(bytes))
            .await;
        assert_eq!(verdict, Ok(Err(reason(&name))), "{name}");
    }
    for (name, bytes) in corpus("real") {
        let verdict = inspector
            .verdict(&sha256(&bytes), &Bytes::from(bytes))
            .await;
        assert_eq!(verdict, Ok(Ok(media(&name))), "{name}");
    }
}

#[actix_web::test]
async fn a_process_that_ends_badly_accepts_nothing() {
    let bytes = Bytes::from(vinculo_api::fixtures::pdf("acta"));
    // One program that fails, one that repeats the file, one that prints nothing.
    for program in ["/bin/false", "/bin/echo", "/bin/true"] {
        let inspector = Inspector::program(program.into());
        let verdict = inspector.verdict("x", &bytes).await;
        assert_eq!(verdict, Ok(Err(FileReason::TooComplex)), "{program}");
        assert!(inspector.try_out().await.is_err(), "{program}");
    }
    let absent = Inspector::program("/nowhere/vinculo".into());
    let refusal = absent.verdict("x", &bytes).await.unwrap_err();
    assert_eq!(refusal.problem, Problem::TooBusy);
}

#[actix_web::test]
async fn a_scan_is_no_negotiated_text_and_a_name_ends_as_its_bytes_do() {
    on_both(|app: TestApp| async move {
        let case = app.case_in(GUADALAJARA, Stage::Draft).await.to_string();
        let officer = app.officer(GUADALAJARA).await;
        let files = corpus("real");
        let scan = &files
            .iter()
            .find(|(name, _)| name.ends_with(".jpg"))
            .unwrap()
            .1;
        let answer = send(&officer, &case, "text", "texto.pdf", scan)
            .await
            .expect(422);
        points_at(&answer, "/file", "text_is_no_pdf");
        let page = vinculo_api::fixtures::pdf("acta");
        for (sent, bytes, kept) in [
            ("acta.exe", &page, "acta.pdf"),
            ("acta\u{202e}fdp.scr", &page, "actafdp.pdf"),
            ("acta.pdf. .", &page, "acta.pdf"),
            ("NUL", &page, "_NUL.pdf"),
            ("foja.pdf", scan, "foja.jpg"),
        ] {
            let made = send(&officer, &case, "other", sent, bytes)
                .await
                .expect(201);
            assert_eq!(made.json()["file_name"], kept, "{sent:?}");
        }
    })
    .await;
}

/// The bytes are stored before the row, so every reason to refuse the row is checked first.
#[actix_web::test]
async fn what_the_row_is_refused_for_leaves_no_file() {
    on_both(|app: TestApp| async move {
        let registered = app.case_in(GUADALAJARA, Stage::Registered).await;
        let draft = app.case_in(GUADALAJARA, Stage::Draft).await;
        let officer = app.officer(GUADALAJARA).await;
        let folder = app.folder.path().join("files").join(GUADALAJARA);
        let kept = |file: &[u8]| {
            let digest = vinculo_auth::seal::sha256(file);
            folder.join(&digest[..2]).join(&digest).exists()
        };
        let attach = async |case: Uuid, kind: &str, file: &[u8]| {
            officer.attach(&case.to_string(), kind, None, file).await
        };
        // A wrong stage, another's document, no kind at all, a text without its language.
        for (case, kind) in [
            (registered, "council_minutes"),
            (draft, "opinion"),
            (draft, "no_kind"),
            (draft, "text"),
        ] {
            let file = pdf(&format!("rechazado {kind}"));
            let answer = attach(case, kind, &file).await;
            assert!((400..500).contains(&answer.status), "{kind}: {answer:?}");
            assert!(!kept(&file), "{kind}");
        }
        let file = pdf("tomado");
        attach(draft, "other", &file).await.expect(201);
        assert!(kept(&file));
    })
    .await;
}
