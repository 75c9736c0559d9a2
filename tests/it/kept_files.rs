//! Stored files that have changed on disk.

use crate::tools::{inscribe, one};
use actix_web::http::Method;
use serde_json::{Value, json};
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use vinculo_api::fixtures::pdf;
use vinculo_api::maintenance;
use vinculo_auth::seal::sha256;
use vinculo_domain::agreements::Stage;
use vinculo_domain::clock::SystemClock;
use vinculo_persistence::alarms::Alarm;
use vinculo_persistence::{Checked, Db, Settings, check_files};
use vinculo_tests::{Answer, Client, GUADALAJARA, Request, TestApp, on_both};

fn large() -> Vec<u8> {
    let mut file = pdf("anexo grande");
    file.resize(1_300_000, b' ');
    file
}

/// A document in a case: its path in the API and its file on disk.
struct Kept {
    client: Client,
    case: String,
    path: String,
    place: PathBuf,
    bytes: Vec<u8>,
}

impl Kept {
    async fn new(app: &TestApp, bytes: Vec<u8>) -> Self {
        let case = app.case_in(GUADALAJARA, Stage::Draft).await.to_string();
        let client = app.officer(GUADALAJARA).await;
        let id = client
            .attach(&case, "other", None, &bytes)
            .await
            .expect(201)
            .id();
        Self {
            path: format!("{}/documents/{id}/content", one(&case)),
            place: place(app, &sha256(&bytes)),
            client,
            case,
            bytes,
        }
    }

    async fn ask(&self, method: Method, headers: &[(&str, &str)]) -> Answer {
        let mut request = Request::new(method, &self.path);
        for (name, value) in headers {
            request = request.header(name, value);
        }
        self.client.send(request).await
    }

    /// Uploads the same bytes again, which repairs the stored file.
    async fn again(&self) {
        self.client
            .attach(&self.case, "other", None, &self.bytes)
            .await
            .expect(201);
    }
}

fn place(app: &TestApp, digest: &str) -> PathBuf {
    let folder = app.folder.path().join("files").join(GUADALAJARA);
    folder.join(&digest[..2]).join(digest)
}

fn flip(place: &Path) {
    let mut bytes = fs::read(place).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(place, bytes).unwrap();
}

/// The kinds of damage, whether the length shows it, and how it is done.
type Harm = (&'static str, bool, fn(&Path));

const HARMS: [Harm; 6] = [
    ("altered", false, flip),
    ("cut", true, |place| {
        let bytes = fs::read(place).unwrap();
        fs::write(place, &bytes[..bytes.len() - 1]).unwrap();
    }),
    ("grown", true, |place| {
        let bytes = fs::read(place).unwrap();
        fs::write(place, [bytes.as_slice(), b" "].concat()).unwrap();
    }),
    ("missing", true, |place| fs::remove_file(place).unwrap()),
    ("a folder", true, |place| {
        fs::remove_file(place).unwrap();
        fs::create_dir(place).unwrap();
        fs::write(place.join("x"), "x").unwrap();
    }),
    // Nobody can open a link that points to itself, even with all rights.
    ("unreadable", true, |place| {
        fs::remove_file(place).unwrap();
        std::os::unix::fs::symlink(place, place).unwrap();
    }),
];

async fn alarms(app: &TestApp) -> Value {
    let ready = app.nobody().get("/health/ready").await.expect(200).json();
    ready["alarms"]["file_damaged"].clone()
}

#[track_caller]
fn is_damage(answer: &Answer, what: &str) {
    assert_eq!(answer.status, 503, "{what}: {}", answer.text());
    let problem = answer.json();
    assert_eq!(problem["code"], "file_damaged", "{what}");
    assert_eq!(answer.header("retry-after").as_deref(), Some("600"));
    let text = answer.text();
    assert!(
        !text.contains("guardad") || !text.contains("nada"),
        "{text}"
    );
    assert!(problem["request_id"].is_string());
}

#[actix_web::test]
async fn a_small_file_that_is_not_what_it_was_is_not_given_out() {
    on_both(|app| async move {
        let kept = Kept::new(&app, pdf("anexo")).await;
        let whole = kept.ask(Method::GET, &[]).await.expect(200);
        let etag = whole.etag();
        for (what, tells, harm) in HARMS {
            assert_eq!(alarms(&app).await, Value::Null, "{what}");
            harm(&kept.place);
            if tells {
                let head = kept.ask(Method::HEAD, &[]).await;
                assert_eq!(head.status, 503, "{what}");
            }
            for headers in [
                &[][..],
                &[("range", "bytes=0-3")],
                &[("range", "bytes=0-3"), ("if-range", &etag)],
                &[("range", "bytes=0-3"), ("if-range", "\"x\"")],
            ] {
                is_damage(&kept.ask(Method::GET, headers).await, what);
            }
            // HEAD answers 503 for known damage too; a client with the right ETag still gets 304.
            assert_eq!(kept.ask(Method::HEAD, &[]).await.status, 503, "{what}");
            kept.ask(Method::GET, &[("if-none-match", &etag)])
                .await
                .expect(304);
            assert_eq!(alarms(&app).await, 1, "{what}");
            kept.again().await;
            let mended = kept.ask(Method::GET, &[]).await.expect(200);
            assert!(mended.body == kept.bytes, "{what}");
            kept.ask(Method::HEAD, &[]).await.expect(200);
        }
        assert_eq!(alarms(&app).await, Value::Null);
    })
    .await;
}

#[actix_web::test]
async fn a_large_file_that_is_not_what_it_was_ends_before_its_end() {
    on_both(|app| async move {
        let kept = Kept::new(&app, large()).await;
        let whole = kept.ask(Method::GET, &[]).await.expect(200);
        assert!(whole.body == kept.bytes);
        let part = kept
            .ask(Method::GET, &[("range", "bytes=1200000-")])
            .await
            .expect(206);
        assert!(part.body == kept.bytes[1_200_000..]);
        for (what, tells, harm) in HARMS {
            harm(&kept.place);
            let answer = kept.ask(Method::GET, &[]).await;
            if tells {
                is_damage(&answer, what);
            } else {
                // The answer breaks off, and the client keeps nothing of it.
                assert_eq!((answer.status, answer.body.len()), (200, 0));
            }
            assert_eq!(alarms(&app).await, 1, "{what}");
            // The requested bytes are right, but the file is damaged.
            is_damage(
                &kept.ask(Method::GET, &[("range", "bytes=0-3")]).await,
                what,
            );
            kept.again().await;
            let mended = kept.ask(Method::GET, &[]).await.expect(200);
            assert!(mended.body == kept.bytes, "{what}");
            assert_eq!(alarms(&app).await, Value::Null, "{what}");
        }
    })
    .await;
}

#[actix_web::test]
async fn a_public_document_is_checked_like_any_other() {
    on_both(|app: TestApp| async move {
        let (_case, number) = inscribe(&app, GUADALAJARA, json!({})).await;
        let nobody = app.nobody();
        let listed = nobody
            .get(&format!("/v1/registry/{number}"))
            .await
            .expect(200)
            .json();
        let document = &listed["documents"][0];
        let path = format!(
            "/v1/registry/{number}/documents/{}/content",
            document["id"].as_str().unwrap()
        );
        nobody.get(&path).await.expect(200);
        flip(&place(&app, document["sha256"].as_str().unwrap()));
        is_damage(&nobody.get(&path).await, "public");
        let head = nobody.send(Request::new(Method::HEAD, &path)).await;
        assert_eq!(head.status, 503);
    })
    .await;
}

/// Another instance of the service over the same installation.
fn beside(app: &TestApp) -> Db {
    let settings = Settings {
        url: app.scratch.url.clone(),
        files: app.folder.path().join("files"),
        pool: 2,
        pooler: app.scratch.pooler,
    };
    Db::open(&settings, Arc::new(SystemClock)).unwrap()
}

const FAST: u64 = u64::MAX;

async fn checked(db: &Db) -> Option<Checked> {
    check_files(db, &maintenance::operator_scope(), FAST)
        .await
        .unwrap()
}

#[actix_web::test]
async fn damage_that_nobody_reads_is_found_and_known_to_every_instance() {
    on_both(|app| async move {
        let kept = Kept::new(&app, pdf("anexo")).await;
        let db = &app.app.db;
        let sound = checked(db).await.unwrap();
        assert_eq!(sound.damaged, 0);
        assert_eq!(
            i64::try_from(sound.files).unwrap(),
            app.scratch.count("documents")
        );
        let old = beside(&app);
        flip(&kept.place);
        let found = checked(db).await.unwrap();
        assert_eq!((found.files, found.damaged), (sound.files, 1));
        assert_eq!(db.alarms().count(Alarm::FileDamaged), 1);
        // An instance that starts now knows of the damage; a running one learns of it.
        let new = beside(&app);
        assert_eq!(new.alarms().count(Alarm::FileDamaged), 1);
        old.files().look_for_marks().await.unwrap();
        assert_eq!(old.alarms().count(Alarm::FileDamaged), 1);
        assert_eq!(alarms(&app).await, 1);
        // Restored from a backup by hand: the next check clears the alarm, in every instance.
        fs::write(&kept.place, &kept.bytes).unwrap();
        let mended = checked(&new).await.unwrap();
        assert_eq!(mended.damaged, 0);
        assert_eq!(new.alarms().count(Alarm::FileDamaged), 0);
        assert_eq!(alarms(&app).await, Value::Null);
    })
    .await;
}

#[actix_web::test]
async fn the_check_goes_on_where_it_stopped_and_is_done_by_one() {
    on_both(|app| async move {
        let _kept = Kept::new(&app, pdf("anexo")).await;
        let db = &app.app.db;
        let notes = app.folder.path().join("alarms");
        let all = checked(db).await.unwrap();
        fs::write(notes.join("check.place"), "99999 x").unwrap();
        let rest = checked(db).await;
        assert_eq!(rest, Some(Checked::default()));
        // After a complete check the next one starts from the beginning.
        assert_eq!(checked(db).await, Some(all));
        let lock = File::create(notes.join("check.lock")).unwrap();
        lock.try_lock().unwrap();
        assert_eq!(checked(db).await, None);
        drop(lock);
        assert_eq!(checked(db).await, Some(all));
    })
    .await;
}
