//! Why a database and a data folder are not opened together, and what to do about it.

use crate::config::Config;
use std::path::PathBuf;
use uuid::Uuid;
use vinculo_domain::Refusal;
use vinculo_persistence::newer;

/// The reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// The database file is incomplete.
    Broken(String),
    /// The database belongs to another program.
    Foreign,
    /// A newer version of the program has changed the database.
    Newer(Vec<String>),
    /// The two belong to different installations.
    Other {
        /// The database's id; none if it is older than ids.
        database: Option<Uuid>,
        /// The folder's id.
        folder: Uuid,
    },
    /// The database exists, but not all keys do.
    KeysMissing,
    /// The database has an id and the folder has none.
    FolderWithoutId {
        /// The database's id.
        database: Uuid,
        /// Whether the folder contains keys or files.
        holds: bool,
    },
    /// The folder contains keys, files or an id, and the database is empty.
    DatabaseMissing {
        /// The folder's id.
        folder: Option<Uuid>,
    },
    /// The database file is empty.
    ZeroLength,
    /// The files that SQLite keeps beside a database exist, but the database does not.
    Headless(PathBuf),
    /// The schema is not the one of this version and may not be changed here.
    NotMigrated,
    /// Some of the newest files of the database are missing in the folder.
    FilesMissing {
        /// How many were checked.
        looked: usize,
        /// How many are missing.
        missing: usize,
    },
    /// The application's URL and the migrator's lead to different databases.
    TwoDatabases,
}

impl Why {
    /// The refusal: what was found and what to do.
    pub fn said(&self, config: &Config) -> Refusal {
        let folder = config.data_dir.display();
        let database = config.shown_database();
        let text = match self {
            Self::Broken(why) => format!(
                "the database {database} cannot be opened: {why}. Restore it from a backup, with the data folder of the same backup"
            ),
            Self::Foreign => format!(
                "the database {database} has tables, but its schema is not this program's. Name the right database, or an empty one for a new registry"
            ),
            Self::Newer(unknown) => newer(unknown),
            Self::Other { database: None, folder: own } => format!(
                "the data folder {folder} belongs to installation {own}, but the database {database} to none: it is older than this data folder, or another. \
                 Name the database of this installation, or restore database and data folder from one backup"
            ),
            Self::Other { database: Some(id), folder: own } => format!(
                "the data folder {folder} belongs to installation {own}, but the database {database} to installation {id}. \
                 Name the two that belong together in VINCULO_DATA_DIR and VINCULO_DATABASE_URL; nothing was changed"
            ),
            Self::KeysMissing => format!(
                "the database {database} is there, but keys are missing in {folder}/secrets. They are not made anew beside records: \
                 restore the data folder that belongs to this database, or name it in VINCULO_DATA_DIR"
            ),
            Self::FolderWithoutId { database: id, holds: true } => format!(
                "the database {database} belongs to installation {id}, but the data folder {folder} does not say which it belongs to. \
                 Restore the data folder of that installation; if this is it and only its file `installation` was lost, write {id} into that file"
            ),
            Self::FolderWithoutId { database: id, holds: false } => format!(
                "the database {database} belongs to installation {id}, but the data folder {folder} holds none of its keys and files. \
                 Restore the data folder that belongs to it, or name it in VINCULO_DATA_DIR; for a new registry name an empty database"
            ),
            Self::DatabaseMissing { folder: own } => {
                let whose = own.map(|own| format!(" of installation {own}")).unwrap_or_default();
                format!(
                    "the data folder {folder} holds keys or files{whose}, but there is nothing in the database {database}. \
                     Restore the database or name the right one; for a new registry name an empty folder in VINCULO_DATA_DIR"
                )
            }
            Self::ZeroLength => format!(
                "the database {database} is a file without a byte. Restore it from a backup; if there never was a registry in it, remove the file"
            ),
            Self::Headless(left) => format!(
                "{} is there, but the database beside it is not: it may hold the last records. Restore the database from a backup; \
                 if there never was a registry in it, remove the file",
                left.display()
            ),
            Self::NotMigrated => "the schema is not the one of this version: run `vinculo migrate` with VINCULO_MIGRATION_URL".to_owned(),
            Self::FilesMissing { looked, missing } => format!(
                "the database {database} was made before installations had an id, and {missing} of its newest {looked} files are missing in {folder}: \
                 that is another data folder, or an older one. Name the right one; if it is the right one and these files are lost for good, \
                 `vinculo migrate --accept-missing` takes it over as it is"
            ),
            Self::TwoDatabases => "VINCULO_DATABASE_URL and VINCULO_MIGRATION_URL lead to different databases".to_owned(),
        };
        Refusal::internal(text)
    }
}
