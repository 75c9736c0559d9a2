//! Rebuilds the catalogue of governments that ships inside the binary.
//!
//! Municipal names and keys come from the Mexican tax authority's catalogue as packaged in satcfdi
//! (PyPI, MIT licence), which stores it in Python's own serialisation; so the helper is in Python.
//! `governments_by_hand.csv` holds what the source lacks or writes without accents, and its rows
//! win over the source's.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::process::Command;

use crate::process;

const BY_HAND: &str = "crates/domain/data/governments_by_hand.csv";
const TARGET: &str = "crates/domain/data/governments.csv";
const TIERS: [&str; 5] = [
    "federal",
    "federal_body",
    "state",
    "municipality",
    "observer",
];
const MUNICIPALITIES: usize = 2_478;

/// A package pinned by version and digest: the catalogue may change only by a reviewed commit.
const PACKAGE: &str = "satcfdi==26.10.1 \
    --hash=sha256:119a59502dde9e3126750417ddf412c82ae6143e8509b4b148da513d98c7d112";

/// Prints a line `STATE<tab>MUNICIPALITY<tab>NAME` for each row of the source. Unpickling refuses
/// everything except plain data, because a pickle could otherwise run code.
const READ_SOURCE: &str = r#"
import io, pathlib, pickle, sqlite3, subprocess, sys, tempfile, zipfile

class PlainData(pickle.Unpickler):
    def find_class(self, module, name):
        raise pickle.UnpicklingError(f"{module}.{name} is not plain data")

def plain(value):
    return PlainData(io.BytesIO(value)).load() if isinstance(value, bytes) else value

sys.stdout.reconfigure(encoding="utf-8")
with tempfile.TemporaryDirectory() as folder:
    folder = pathlib.Path(folder)
    (folder / "wanted.txt").write_text(sys.argv[1])
    subprocess.run(
        [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check",
         "--no-deps", "--only-binary=:all:", "--require-hashes",
         "--requirement", str(folder / "wanted.txt"), "--dest", str(folder)],
        check=True, stdout=sys.stderr)
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        database = archive.extract("satcfdi/catalogs/catalogs.db", folder)
    connection = sqlite3.connect(database)
    for key, value in connection.execute("SELECT * FROM C756_c_Municipio"):
        municipality, state = plain(key)
        print(state, municipality, plain(value), sep="\t")
    connection.close()
"#;

/// Rewrites `governments.csv`.
pub fn run() -> Result<(), String> {
    let by_hand = fs::read_to_string(BY_HAND).map_err(|error| format!("{BY_HAND}: {error}"))?;
    let source = process::capture(Command::new("python3").args(["-c", READ_SOURCE, PACKAGE]))?;
    let text = assemble(&by_hand, &source)?;
    fs::write(TARGET, text).map_err(|error| format!("{TARGET}: {error}"))?;
    println!("{TARGET} is up to date");
    Ok(())
}

fn assemble(by_hand: &str, source: &str) -> Result<String, String> {
    let mut lines = by_hand.lines();
    let header = lines.next().ok_or("the file kept by hand is empty")?;
    let kept: Vec<Vec<&str>> = lines.map(|line| line.split(',').collect()).collect();
    let states = state_keys(&kept);

    let mut rows: BTreeMap<(usize, String), String> = BTreeMap::new();
    for line in source.lines() {
        let (id, row) = municipality(line, &states)?;
        if rows
            .insert((tier_rank("municipality")?, id.clone()), row)
            .is_some()
        {
            return Err(format!("the source names {id} twice"));
        }
    }
    for fields in &kept {
        let [id, tier, ..] = fields.as_slice() else {
            return Err(format!("{BY_HAND}: a row without id and tier: {fields:?}"));
        };
        rows.insert((tier_rank(tier)?, (*id).to_owned()), fields.join(","));
    }

    let municipal = tier_rank("municipality")?;
    let count = rows.keys().filter(|(rank, _)| *rank == municipal).count();
    if count != MUNICIPALITIES {
        return Err(format!(
            "{count} municipalities instead of {MUNICIPALITIES}"
        ));
    }
    let mut text = format!("{header}\n");
    for row in rows.values() {
        text.push_str(row);
        text.push('\n');
    }
    Ok(text)
}

/// The two-digit key of each state, by the three letters that the source uses for it. Those are the
/// abbreviations in the file kept by hand.
fn state_keys<'a>(kept: &[Vec<&'a str>]) -> HashMap<&'a str, &'a str> {
    kept.iter()
        .filter_map(|fields| match fields.as_slice() {
            [id, "state", _, _, _, abbreviation, ..] => Some((*abbreviation, *id)),
            _ => None,
        })
        .collect()
}

fn municipality(line: &str, states: &HashMap<&str, &str>) -> Result<(String, String), String> {
    let fields: Vec<&str> = line.split('\t').collect();
    let [state, number, name] = fields.as_slice() else {
        return Err(format!("not a row of the source: {line}"));
    };
    let state = states
        .get(state)
        .ok_or_else(|| format!("unknown state in the source: {line}"))?;
    if name.contains([',', '"']) {
        return Err(format!("a name that would need quoting: {line}"));
    }
    let id = format!("{state}{number}");
    // Article 122-VI of the Constitution: Mexico City is divided into boroughs (alcaldías).
    let kind = if *state == "09" {
        "borough"
    } else {
        "municipality"
    };
    let row = format!("{id},municipality,{kind},{name},,,{state},{id},");
    Ok((id, row))
}

fn tier_rank(tier: &str) -> Result<usize, String> {
    TIERS
        .iter()
        .position(|known| *known == tier)
        .ok_or_else(|| format!("{BY_HAND}: unknown tier {tier}"))
}
