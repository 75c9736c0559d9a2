//! A store that the program created itself, on either engine, and the settings it runs with.

use crate::callers::Person;
use crate::cluster::{Cluster, free_port};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use vinculo_persistence::Engine;
use vinculo_tests::{Scratch, program};

/// The government that writes: Jalisco.
pub const TENANT: &str = "14";

#[derive(Clone)]
pub struct Store {
    pub engine: Engine,
    /// The folder of the records (on SQLite), the files and the secrets.
    pub folder: PathBuf,
    /// Where the test keeps its own files, such as the program's log.
    pub aside: PathBuf,
    /// Access to the database past the application.
    pub database: Scratch,
    pub address: SocketAddr,
    pub person: Person,
    settings: Vec<(String, String)>,
}

impl Store {
    pub fn sqlite(folder: &Path, aside: &Path) -> Self {
        let url = format!("sqlite://{}", folder.join("vinculo.sqlite").display());
        Self::at(
            folder,
            aside,
            Engine::Sqlite,
            [url.clone(), url.clone(), url],
        )
    }

    pub fn postgres(folder: &Path, aside: &Path, cluster: &Cluster, name: &str) -> Self {
        cluster.create_database(name);
        let urls =
            ["vinculo_app", "vinculo_migrator", "postgres"].map(|role| cluster.url(role, name));
        let mut store = Self::at(folder, aside, Engine::Postgres, urls);
        store.set("DATABASE_URL", &store.database.url.clone());
        store
    }

    fn at(folder: &Path, aside: &Path, engine: Engine, urls: [String; 3]) -> Self {
        let port = free_port();
        let mut store = Self {
            engine,
            folder: folder.to_owned(),
            aside: aside.to_owned(),
            database: Scratch::of_another(engine, urls),
            address: SocketAddr::from(([127, 0, 0, 1], port)),
            person: Person::new("oficial@jalisco.example", ""),
            settings: Vec::new(),
        };
        store.set("DATA_DIR", &folder.display().to_string());
        store.set("BIND", &store.address.to_string());
        store.set("PUBLIC_URL", &format!("http://localhost:{port}"));
        for bound in ["ANONYMOUS", "SIGN_INS", "PERSON", "GOVERNMENT"] {
            store.set(&format!("{bound}_PER_MINUTE"), "1000000");
        }
        store.set("CONNECTIONS_PER_ADDRESS", "1000");
        store.set("POOL", "4");
        store
    }

    /// A setting of the program, without its prefix.
    pub fn set(&mut self, name: &str, value: &str) {
        let name = format!("VINCULO_{name}");
        self.settings.retain(|(known, _)| *known != name);
        self.settings.push((name, value.to_owned()));
    }

    /// Another instance on the same store.
    pub fn beside(&self) -> Self {
        let mut other = self.clone();
        other.address = SocketAddr::from(([127, 0, 0, 1], free_port()));
        other.set("BIND", &other.address.to_string());
        other
    }

    /// The program with these settings and no others.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(program());
        command
            .args(arguments)
            .current_dir(&self.aside)
            .env_clear()
            .envs(self.settings.iter().map(|(name, value)| (name, value)));
        command
    }

    pub fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    /// Creates the schema and the person who writes.
    pub fn make(&mut self) {
        self.migrate();
        let words = [
            "admin",
            "create",
            "--email",
            &self.person.email,
            "--name",
            "Oficial",
        ];
        let hired = self.run(&[&words[..], &["--tenant", TENANT, "--role", "officer"]].concat());
        assert!(hired.status.success(), "{hired:?}");
        let said = String::from_utf8_lossy(&hired.stdout).into_owned();
        let password = said
            .lines()
            .find_map(|line| line.strip_prefix("password: "));
        self.person = Person::new(&self.person.email, password.expect("a password"));
    }

    pub fn migrate(&self) {
        let mut migrate = self.command(&["migrate"]);
        if self.engine == Engine::Postgres {
            migrate.env("VINCULO_MIGRATION_URL", &self.database.migration_url);
        }
        let migrated = migrate.output().unwrap();
        assert!(migrated.status.success(), "{migrated:?}");
    }

    /// The files of documents in the folder.
    pub fn files(&self) -> Vec<PathBuf> {
        let mut found = Vec::new();
        let mut places = vec![self.folder.join("files").join(TENANT)];
        while let Some(place) = places.pop() {
            for entry in place.read_dir().into_iter().flatten().flatten() {
                let path = entry.path();
                if path.is_dir() {
                    places.push(path);
                } else {
                    found.push(path);
                }
            }
        }
        found
    }
}
