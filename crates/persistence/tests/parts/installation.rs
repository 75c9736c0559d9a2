//! What stands where a database should be.

use std::path::Path;
use uuid::Uuid;
use vinculo_domain::clock::{Clock, SystemClock};
use vinculo_persistence::{Database, look, migrate, settle};

fn seen(folder: &Path, name: &str, bytes: &[u8]) -> Database {
    let file = folder.join(name);
    std::fs::write(&file, bytes).unwrap();
    look(&format!("sqlite://{}", file.display())).unwrap()
}

#[test]
fn what_is_no_whole_database_is_seen_before_it_is_opened() {
    let folder = std::env::temp_dir().join(format!("vinculo-look-{}", Uuid::now_v7()));
    std::fs::create_dir(&folder).unwrap();
    let absent = format!("sqlite://{}", folder.join("absent").display());
    assert_eq!(look(&absent).unwrap(), Database::Absent);
    assert!(!folder.join("absent").exists(), "a look made a file");
    assert_eq!(seen(&folder, "none", b""), Database::ZeroLength);
    let broken = |found| matches!(found, Database::Broken(_));
    assert!(broken(seen(&folder, "short", b"SQLite format 3\0")));
    assert!(broken(seen(&folder, "text", &[b'x'; 4096])));
    let made = format!("sqlite://{}", folder.join("a").display());
    migrate(&made, SystemClock.now()).unwrap();
    let known = Database::Known {
        id: None,
        unknown: Vec::new(),
        current: true,
    };
    assert_eq!(look(&made).unwrap(), known);
    let whole = std::fs::read(folder.join("a")).unwrap();
    assert_eq!(seen(&folder, "b", &whole), known);
    assert!(broken(seen(&folder, "c", &whole[..whole.len() - 4096])));
    let id = Uuid::from_u128(7);
    assert_eq!(settle(&made, id, SystemClock.now()).unwrap(), id);
    let other = settle(&made, Uuid::from_u128(8), SystemClock.now());
    assert_eq!(other.unwrap(), id, "the first one stays");
    std::fs::write(folder.join("d-wal"), [1; 64]).unwrap();
    let headless = format!("sqlite://{}", folder.join("d").display());
    assert!(matches!(look(&headless).unwrap(), Database::Headless(_)));
    assert!(look("sqlite:///tmp/a?mode=ro").is_err());
    std::fs::remove_dir_all(&folder).unwrap();
}
