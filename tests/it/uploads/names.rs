//! The names of files: kept as they were sent, and never a path.

use crate::tools::one;
use actix_web::http::Method;
use vinculo_api::fixtures::pdf;
use vinculo_domain::agreements::Stage;
use vinculo_tests::{GUADALAJARA, Request, on_both};

#[actix_web::test]
async fn a_file_name_is_a_name_and_never_a_path() {
    on_both(|app| async move {
        let case = app.case_in(GUADALAJARA, Stage::Draft).await;
        let client = app.officer(GUADALAJARA).await;
        let file = pdf("anexo");
        let path = format!("{}/documents", one(case));
        for (sent, kept, plain, whole) in [
            ("acta.pdf", "acta.pdf", "acta.pdf", "acta.pdf"),
            ("../../etc/passwd", "passwd.pdf", "passwd.pdf", "passwd.pdf"),
            (
                "C:\\\\Actas\\\\acta.pdf",
                "acta.pdf",
                "acta.pdf",
                "acta.pdf",
            ),
            (
                "Acta de sesión (1).pdf",
                "Acta de sesión (1).pdf",
                "Acta_de_sesion__1_.pdf",
                "Acta%20de%20sesi%C3%B3n%20%281%29.pdf",
            ),
            (
                "協定 Ñuu.pdf",
                "協定 Ñuu.pdf",
                "___Nuu.pdf",
                "%E5%8D%94%E5%AE%9A%20%C3%91uu.pdf",
            ),
            ("a;b=c.pdf", "a;b=c.pdf", "a_b_c.pdf", "a%3Bb%3Dc.pdf"),
            ("a', b.pdf", "a', b.pdf", "a___b.pdf", "a%27%2C%20b.pdf"),
        ] {
            let form = Request::new(Method::POST, &path)
                .form(&[("kind", None, b"other"), ("file", Some(sent), &file)]);
            let made = client.send(form).await.expect(201);
            assert_eq!(made.json()["file_name"], kept, "{sent}");
            let content = format!("{path}/{}/content", made.id());
            let name = client.get(&content).await.header("content-disposition");
            let both = format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{whole}");
            assert_eq!(name, Some(both));
        }
        for bad in ["", "carpeta/", " "] {
            let form = Request::new(Method::POST, &path)
                .form(&[("kind", None, b"other"), ("file", Some(bad), &file)]);
            client.send(form).await.refused(422, "validation_failed");
        }
        // The bytes are stored under their digest.
        let folder = app.folder.path().join("files").join(GUADALAJARA);
        let digest = vinculo_auth::seal::sha256(&file);
        assert!(folder.join(&digest[..2]).join(&digest).is_file());
    })
    .await;
}
