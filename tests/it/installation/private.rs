//! Only the service can read records, files and secrets, and a guessable key is refused.

use super::{config, opened, refused};
use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;
use std::rc::Rc;
use tempfile::TempDir;
use vinculo_persistence::Engine;
use vinculo_tests::{Scratch, on_each, program};

fn set_mode(path: &Path, mode: u32) {
    std::fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
}

/// Removes the rights of others on a file.
pub fn close(path: &Path) {
    set_mode(path, 0o600);
}

fn mode(path: &Path) -> u32 {
    path.metadata().unwrap().permissions().mode() & 0o777
}

/// What is below a folder, with its mode.
fn modes(folder: &Path, into: &mut Vec<(String, bool, u32)>) {
    for entry in folder.read_dir().unwrap() {
        let path = entry.unwrap().path();
        into.push((path.display().to_string(), path.is_dir(), mode(&path)));
        if path.is_dir() {
            modes(&path, into);
        }
    }
}

#[test]
fn everything_in_the_data_folder_is_its_owners_alone() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    // A shell with the usual umask: everybody may read new files.
    let command = format!(
        "umask 022; exec {} admin create --email a@sre.example --name A",
        program().display()
    );
    let ended = Command::new("sh")
        .env_clear()
        .env("VINCULO_DATA_DIR", &data)
        .args(["-c", &command])
        .output()
        .unwrap();
    assert!(ended.status.success(), "{ended:?}");
    let mut found = Vec::new();
    modes(folder.path(), &mut found);
    assert!(
        found
            .iter()
            .any(|(path, ..)| path.ends_with("vinculo.sqlite"))
    );
    for (path, is_folder, mode) in found {
        let expected = if is_folder { 0o700 } else { 0o600 };
        assert_eq!(mode, expected, "{path}: {mode:o}");
    }
}

#[actix_web::test]
async fn what_others_may_read_is_refused() {
    on_each(|engine: Engine, folder: Rc<TempDir>| async move {
        let scratch = Scratch::empty(engine, folder.path());
        let data = folder.path().join("data");
        let config = config(&scratch, &data);
        opened(&config).unwrap();
        let secrets = data.join("secrets");
        let [signing, seal] = vinculo_api::secrets::paths(&data);
        let mut guarded = vec![
            (secrets, 0o700, "chmod 700"),
            (signing, 0o600, "chmod 600"),
            (seal, 0o600, "chmod 600"),
        ];
        if engine == Engine::Sqlite {
            guarded.push((folder.path().join("vinculo.sqlite"), 0o600, "chmod 600"));
        }
        for (path, own, word) in guarded {
            assert_eq!(mode(&path), own, "{}", path.display());
            for more in [0o040, 0o004, 0o010, 0o002] {
                set_mode(&path, own | more);
                refused(&config, &[word, &path.display().to_string()]);
                assert_eq!(mode(&path), own | more, "it was changed in silence");
            }
            set_mode(&path, own);
            opened(&config).unwrap();
        }
    })
    .await;
}

#[actix_web::test]
async fn a_key_that_may_be_guessed_is_refused() {
    on_each(|engine: Engine, folder: Rc<TempDir>| async move {
        let scratch = Scratch::empty(engine, folder.path());
        let data = folder.path().join("data");
        let config = config(&scratch, &data);
        opened(&config).unwrap();
        let [signing, seal] = vinculo_api::secrets::paths(&data);
        let good = std::fs::read(&seal).unwrap();
        for bad in [&[7; 32][..], b"0123456789abcdef0123456789abcdef"] {
            std::fs::write(&seal, bad).unwrap();
            refused(&config, &["seal.key", "may be guessed"]);
        }
        std::fs::write(&seal, good).unwrap();
        // A PKCS #8 key with a constant private part: well formed, but known to everybody.
        let mut key = vec![
            0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22,
            0x04, 0x20,
        ];
        key.extend([0x42; 32]);
        std::fs::write(&signing, key).unwrap();
        refused(&config, &["signing-key.p8", "may be guessed"]);
    })
    .await;
}
