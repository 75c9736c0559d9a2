//! Makes a database and a folder one installation, for tests that start from the template.

use crate::database::Scratch;
use std::path::Path;
use uuid::Uuid;
use vinculo_api::secrets;
use vinculo_persistence::Engine;

impl Scratch {
    /// Makes this database and a folder one installation; gives its id.
    pub fn settle(&self, folder: &Path) -> Uuid {
        let id = Uuid::now_v7();
        std::fs::create_dir_all(folder).unwrap();
        secrets::make(folder).unwrap();
        self.execute(&format!(
            "INSERT INTO installation (id, one, created_at) VALUES ('{id}', 1, '2026-01-01 00:00:00')"
        ));
        std::fs::write(folder.join("installation"), format!("{id}\n")).unwrap();
        self.seal();
        self.close_to_others();
        id
    }

    /// Accepts what a test wrote outside the application as correct.
    pub fn seal(&self) {
        vinculo_persistence::recount(&self.migration_url, true).unwrap();
    }

    /// Removes the rights of others on a copied file, which the program would refuse.
    pub fn close_to_others(&self) {
        if self.engine == Engine::Postgres {
            return;
        }
        let file = self.url.trim_start_matches("sqlite://");
        for name in ["", "-wal", "-shm"].map(|ending| format!("{file}{ending}")) {
            if Path::new(&name).exists() {
                let private = std::os::unix::fs::PermissionsExt::from_mode(0o600);
                std::fs::set_permissions(&name, private).unwrap();
            }
        }
    }
}
