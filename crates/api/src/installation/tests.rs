use super::*;
use std::path::PathBuf;

fn ours() -> Uuid {
    Uuid::from_u128(1)
}

fn theirs() -> Uuid {
    Uuid::from_u128(2)
}

const NOTHING: Seen = Seen {
    id: None,
    draft: None,
    keys: Keys::None,
    files: false,
};

fn known(id: Option<Uuid>) -> Database {
    Database::Known {
        id,
        unknown: vec![],
        current: true,
    }
}

fn decided(database: Database, folder: Seen) -> Verdict {
    decide(&Found {
        database,
        folder,
        may_migrate: true,
    })
}

fn settled() -> Seen {
    Seen {
        id: Some(ours()),
        keys: Keys::All,
        files: true,
        ..NOTHING
    }
}

/// Every form of an empty database.
fn nothings() -> [Database; 4] {
    [
        Database::Absent,
        Database::ZeroLength,
        Database::Headless(PathBuf::from("v-wal")),
        Database::Empty,
    ]
}

#[test]
fn an_empty_database_and_an_empty_folder_are_made_together() {
    for database in [Database::Absent, Database::Empty] {
        assert_eq!(decided(database.clone(), NOTHING), Verdict::Begin(None));
        let found = Found {
            database,
            folder: NOTHING,
            may_migrate: false,
        };
        assert_eq!(decide(&found), Verdict::Refuse(Why::NotMigrated));
    }
    assert_eq!(
        decided(Database::ZeroLength, NOTHING),
        Verdict::Refuse(Why::ZeroLength)
    );
    let headless = Database::Headless(PathBuf::from("v-wal"));
    let why = Why::Headless(PathBuf::from("v-wal"));
    assert_eq!(decided(headless, NOTHING), Verdict::Refuse(why));
}

#[test]
fn keys_files_or_an_id_are_not_opened_without_their_database() {
    let id = Some(ours());
    for database in nothings() {
        for folder in [
            Seen { id, ..NOTHING },
            Seen {
                files: true,
                ..NOTHING
            },
            Seen {
                keys: Keys::All,
                ..NOTHING
            },
            Seen {
                keys: Keys::Some,
                ..NOTHING
            },
            settled(),
            // A draft does not make the files in the folder its own.
            Seen {
                draft: id,
                files: true,
                ..NOTHING
            },
            Seen {
                draft: id,
                ..settled()
            },
        ] {
            let why = Why::DatabaseMissing { folder: folder.id };
            assert_eq!(decided(database.clone(), folder), Verdict::Refuse(why));
        }
    }
}

#[test]
fn a_first_start_that_was_cut_off_goes_on() {
    let draft = Some(ours());
    for keys in [Keys::None, Keys::Some, Keys::All] {
        let folder = Seen {
            draft,
            keys,
            ..NOTHING
        };
        for database in nothings().into_iter().chain([known(None), known(draft)]) {
            assert_eq!(decided(database, folder), Verdict::Begin(draft));
        }
        let why = Why::FolderWithoutId {
            database: theirs(),
            holds: keys != Keys::None,
        };
        assert_eq!(decided(known(Some(theirs())), folder), Verdict::Refuse(why));
    }
}

#[test]
fn only_the_two_that_belong_together_are_opened() {
    assert_eq!(decided(known(Some(ours())), settled()), Verdict::Open);
    for database in [Some(theirs()), None] {
        let why = Why::Other {
            database,
            folder: ours(),
        };
        assert_eq!(decided(known(database), settled()), Verdict::Refuse(why));
    }
    for keys in [Keys::None, Keys::Some] {
        let folder = Seen { keys, ..settled() };
        let verdict = decided(known(Some(ours())), folder);
        assert_eq!(verdict, Verdict::Refuse(Why::KeysMissing));
    }
    for folder in [
        NOTHING,
        Seen {
            id: None,
            ..settled()
        },
    ] {
        let why = Why::FolderWithoutId {
            database: ours(),
            holds: folder.files,
        };
        assert_eq!(decided(known(Some(ours())), folder), Verdict::Refuse(why));
    }
}

#[test]
fn what_is_older_than_ids_is_taken_over_with_its_keys_only() {
    let folder = Seen {
        id: None,
        ..settled()
    };
    assert_eq!(decided(known(None), folder), Verdict::Begin(None));
    // Interrupted between the two sides.
    let draft = Some(ours());
    let half = Seen { draft, ..folder };
    for database in [known(None), known(draft)] {
        assert_eq!(decided(database.clone(), half), Verdict::Begin(draft));
        let keyless = Seen {
            keys: Keys::Some,
            ..half
        };
        assert_eq!(
            decided(database, keyless),
            Verdict::Refuse(Why::KeysMissing)
        );
    }
    for folder in [
        NOTHING,
        Seen {
            keys: Keys::Some,
            ..folder
        },
        Seen {
            keys: Keys::None,
            ..folder
        },
    ] {
        assert_eq!(
            decided(known(None), folder),
            Verdict::Refuse(Why::KeysMissing)
        );
    }
    let found = Found {
        database: known(None),
        folder,
        may_migrate: false,
    };
    assert_eq!(decide(&found), Verdict::Refuse(Why::NotMigrated));
}

#[test]
fn what_is_not_ours_to_read_is_refused_beside_any_folder() {
    let newer = Database::Known {
        id: Some(ours()),
        unknown: vec!["9999".into()],
        current: false,
    };
    for folder in [NOTHING, settled()] {
        let broken = decided(Database::Broken("short".into()), folder);
        assert_eq!(broken, Verdict::Refuse(Why::Broken("short".into())));
        assert_eq!(
            decided(Database::Foreign, folder),
            Verdict::Refuse(Why::Foreign)
        );
        let verdict = decided(newer.clone(), folder);
        assert_eq!(verdict, Verdict::Refuse(Why::Newer(vec!["9999".into()])));
    }
    let older = |may_migrate| {
        decide(&Found {
            database: Database::Known {
                id: Some(ours()),
                unknown: vec![],
                current: false,
            },
            folder: settled(),
            may_migrate,
        })
    };
    assert_eq!(older(true), Verdict::Open);
    assert_eq!(older(false), Verdict::Refuse(Why::NotMigrated));
}
