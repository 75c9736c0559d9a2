//! The lines of the table for the kinds of records. What a kind's lines say follows from its access
//! class and from the visibility of each object; it is written here by hand once, apart from the
//! server's own table of permissions, and holds for every kind.

use super::{Line, Object, Rules, Table};
use std::collections::BTreeMap;
use vinculo_domain::records::{Access, Kind, kinds};

/// Objects that other objects name: they cannot be removed.
const NAMED: [&str; 3] = ["networks_public", "missions_public", "committees_public"];

const EVERYONE: &str = "everyone";
const READERS: &str = "readers";
const SIGNERS: &str = "signers";

/// What every kind's operation is called.
pub const VERBS: [&str; 9] = [
    "list",
    "create",
    "import",
    "put",
    "get",
    "update",
    "delete",
    "transition",
    "history",
];

/// The operation of a kind.
pub fn operation(kind: &Kind, verb: &str) -> String {
    let one = kind.spec.one;
    match verb {
        "list" | "import" => format!("{verb}_{}", kind.spec.many.replace('-', "_")),
        "history" => format!("list_{one}_history"),
        verb => format!("{verb}_{one}"),
    }
}

/// The kind and the verb of an operation of records.
pub fn of_operation(id: &str) -> Option<(&'static Kind, &'static str)> {
    kinds().iter().find_map(|kind| {
        let verb = VERBS.into_iter().find(|verb| operation(kind, verb) == id)?;
        Some((kind, verb))
    })
}

/// The government that owns an object of a kind.
pub fn owner(kind: &Kind, name: &str) -> &'static str {
    if let Some(other) = OTHERS.into_iter().find(|other| *other == name) {
        return other;
    }
    match kind.spec.access {
        Access::Catalog => "00",
        Access::Library if name == "draft" => "14",
        Access::Library => "00",
        _ => "14039",
    }
}

/// Governments that have a private committee each: a session belongs to one's own committee.
const OTHERS: [&str; 6] = ["00", "00-amexcid", "14", "11", "14120", "11017"];

/// The objects of a kind: one for each visibility that it takes, and a draft where there is one.
pub fn objects(kind: &'static Kind) -> Vec<&'static str> {
    let words = kind.spec.visibilities.iter().map(|one| <&str>::from(*one));
    let draft = (!kind.spec.kept.is_empty()).then_some("draft");
    let others = if kind.spec.many == "committees" {
        &OTHERS[..]
    } else {
        &[]
    };
    words.chain(draft).chain(others.iter().copied()).collect()
}

/// The committee to which sessions of a government belong.
pub fn committee_of(tenant: &str) -> String {
    let own = OTHERS.contains(&tenant);
    let name = if own { tenant } else { "public" };
    format!("committees_{name}")
}

fn texts(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

/// How each government stands to what this one owns.
fn relations(owner: &str) -> BTreeMap<String, Vec<String>> {
    let all: &[(&str, &[&str])] = match owner {
        "14039" => &[
            ("own", &["14039"]),
            ("parent", &["14"]),
            ("sibling", &["14120"]),
            ("foreign", &["11", "11017"]),
            ("federal", &["00"]),
            ("federal_body", &["00-amexcid"]),
            ("observer", &["obs-senado"]),
        ],
        "14" => &[
            ("own", &["14"]),
            ("sibling", &["11"]),
            ("child", &["14039", "14120"]),
            ("foreign", &["11017"]),
            ("federal", &["00"]),
            ("federal_body", &["00-amexcid"]),
            ("observer", &["obs-senado"]),
        ],
        "11" => &[
            ("own", &["11"]),
            ("sibling", &["14"]),
            ("child", &["11017"]),
            ("foreign", &["14039", "14120"]),
            ("federal", &["00"]),
            ("federal_body", &["00-amexcid"]),
            ("observer", &["obs-senado"]),
        ],
        "14120" => &[
            ("own", &["14120"]),
            ("parent", &["14"]),
            ("sibling", &["14039"]),
            ("foreign", &["11", "11017"]),
            ("federal", &["00"]),
            ("federal_body", &["00-amexcid"]),
            ("observer", &["obs-senado"]),
        ],
        "11017" => &[
            ("own", &["11017"]),
            ("parent", &["11"]),
            ("foreign", &["14", "14039", "14120"]),
            ("federal", &["00"]),
            ("federal_body", &["00-amexcid"]),
            ("observer", &["obs-senado"]),
        ],
        "00-amexcid" => &[
            ("own", &["00-amexcid"]),
            ("federal", &["00"]),
            ("foreign", &["14", "11", "14039", "14120", "11017"]),
            ("observer", &["obs-senado"]),
        ],
        _ => &[
            ("own", &["00"]),
            ("foreign", &["14", "11", "14039", "14120", "11017"]),
            ("federal_body", &["00-amexcid"]),
            ("observer", &["obs-senado"]),
        ],
    };
    let all = all.iter();
    all.map(|(word, tenants)| ((*word).to_owned(), texts(tenants)))
        .collect()
}

fn object(kind: &Kind, name: &str) -> Object {
    let owner = owner(kind, name);
    let others: &[&str] = match (kind.spec.access, name) {
        (Access::Referral, _) => &["00"],
        (Access::Advice, _) => &["14"],
        (_, "private") if kind.spec.many == "budgets" => &["11"],
        (_, "government") => &["00"],
        (_, "network" | "public") => &[
            "00",
            "00-amexcid",
            "14",
            "11",
            "14039",
            "14120",
            "11017",
            "obs-senado",
        ],
        _ => &[],
    };
    let others: Vec<String> = texts(others)
        .into_iter()
        .filter(|one| one != owner)
        .collect();
    let part = if kind.spec.access.is_exchange() {
        "asked"
    } else {
        "reader"
    };
    let mut access = BTreeMap::from([("owner".to_owned(), texts(&[owner]))]);
    let mut all = texts(&[owner]);
    all.extend(others.clone());
    if !others.is_empty() {
        access.insert(part.to_owned(), others);
    }
    let readers = match (kind.spec.access, name) {
        (Access::Advice, _) => texts(&[READERS, "trainer"]),
        (Access::Admin, _) => texts(&[READERS]),
        (_, "public") => texts(&[EVERYONE]),
        _ => texts(&[READERS]),
    };
    if kind.spec.many == "international-offices" && name == "public" {
        // The directory shows it to anyone.
        all = texts(&["public"]);
    }
    let mut written = BTreeMap::from([
        ("title".to_owned(), all),
        ("ids".to_owned(), texts(&[owner])),
    ]);
    if has_people(kind) {
        written.insert("people".to_owned(), texts(&[owner]));
    }
    Object {
        what: format!("a record of {}: {name}", kind.spec.many),
        kind: kind.spec.many.to_owned(),
        readers,
        access,
        relations: relations(owner),
        texts: written,
    }
}

/// Whether the kind has texts about people.
pub fn has_people(kind: &Kind) -> bool {
    matches!(kind.spec.many, "staff-members" | "committees")
}

fn line(part: Option<&str>, tenants: Option<&[&str]>, roles: &[&str]) -> Line {
    Line {
        part: part.map(|part| texts(&[part])),
        tenants: tenants.map(texts),
        roles: texts(roles),
        on: None,
    }
}

/// Who writes the records of a kind at its own government.
fn writers(access: Access) -> Vec<(Option<&'static [&'static str]>, &'static [&'static str])> {
    match access {
        Access::Officer => vec![(Some(&[SIGNERS]), &["officer"])],
        // A member of a committee writes where a committee names the person: none here does.
        Access::Committee => vec![
            (Some(&[SIGNERS]), &["officer"]),
            (Some(&[]), &["committee_member"]),
        ],
        Access::Admin => vec![(Some(&[SIGNERS]), &["admin"])],
        Access::Catalog => vec![(Some(&["00"]), &["admin", "liaison"])],
        Access::Library => vec![
            (Some(&["00"]), &["admin", "liaison"]),
            (Some(&["14", "11"]), &["officer"]),
        ],
        // The ministry asks nobody.
        Access::Referral | Access::Advice => vec![(
            Some(&["00-amexcid", "14", "11", "14039", "14120", "11017"]),
            &["officer"],
        )],
    }
}

fn allowed(kind: &Kind, verb: &str) -> Vec<Line> {
    let access = kind.spec.access;
    let written = |part: Option<&str>| -> Vec<Line> {
        let writers = writers(access).into_iter();
        writers
            .map(|(tenants, roles)| line(part, tenants, roles))
            .collect()
    };
    match (verb, access) {
        ("list", Access::Admin) => vec![line(None, None, &[READERS])],
        ("list", Access::Referral) => vec![
            line(None, Some(&[SIGNERS]), &[READERS]),
            line(None, Some(&["00"]), &["mission_officer"]),
        ],
        ("list", Access::Advice) => vec![line(None, Some(&[SIGNERS]), &[READERS, "trainer"])],
        ("list" | "get", _) => vec![line(None, None, &[EVERYONE])],
        // A member of a committee may send a file: each row is refused by itself.
        ("import", Access::Committee) => {
            vec![line(
                None,
                Some(&[SIGNERS]),
                &["officer", "committee_member"],
            )]
        }
        ("create" | "put" | "import", _) => written(None),
        ("transition", Access::Referral) => vec![line(Some("asked"), None, &["liaison"])],
        ("transition", Access::Advice) => vec![line(Some("asked"), None, &["liaison", "trainer"])],
        ("history", Access::Advice) => vec![line(Some("owner"), None, &[READERS, "trainer"])],
        ("history", _) => vec![line(Some("owner"), None, &[READERS])],
        _ => written(Some("owner")),
    }
}

fn rules(kind: &'static Kind, verb: &str) -> Rules {
    let mut allow = allowed(kind, verb);
    let mut late = Vec::new();
    if verb == "delete" {
        // What another record names stays.
        let names = objects(kind).into_iter();
        let names = names.map(|name| format!("{}_{name}", kind.spec.many));
        let (named, free): (Vec<_>, Vec<_>) =
            names.partition(|name| NAMED.contains(&name.as_str()));
        let on = |mut lines: Vec<Line>, names: &[String]| {
            lines
                .iter_mut()
                .for_each(|line| line.on = Some(names.to_vec()));
            lines
        };
        if !named.is_empty() {
            late = on(allowed(kind, verb), &named);
            allow = on(allow, &free);
        }
    }
    let takes_one = !matches!(verb, "list" | "create" | "import" | "put");
    Rules {
        rule: format!("what the access class of {} says of {verb}", kind.spec.many),
        object: takes_one.then(|| kind.spec.many.to_owned()),
        public: false,
        success: if verb == "delete" { 204 } else { 200 },
        allow,
        late,
        absent: Vec::new(),
        colleagues: false,
    }
}

/// Adds the lines of every kind.
pub fn add(table: &mut Table) {
    for kind in kinds() {
        let mut words = BTreeMap::new();
        for name in objects(kind) {
            let object = object(kind, name);
            words.extend(object.relations.keys().map(|word| (word.clone(), ())));
            table
                .objects
                .insert(format!("{}_{name}", kind.spec.many), object);
        }
        let words = words.into_keys().collect();
        table.relations.insert(kind.spec.many.to_owned(), words);
        for verb in VERBS {
            table
                .operations
                .insert(operation(kind, verb), rules(kind, verb));
        }
    }
}
