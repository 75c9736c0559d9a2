//! The ways in which a list is read: whether its conditions are rare or common, one or several, in the
//! order of titles or of changes, the same records come in the same order.

use super::size::fill;
use actix_web::http::Method;
use serde_json::{Value, json};
use vinculo_domain::Role;
use vinculo_tests::{Client, GUADALAJARA, JALISCO, Request, SRE, Scratch, TestApp, on_both};

/// How many records of Guadalajara there are; a condition that fewer than 2,000 meet is rare.
const ROWS: usize = 6_000;
/// The records of Jalisco, which every government sees: each is open, of culture and of 2020.
const OTHERS: std::ops::RangeInclusive<usize> = 7_001..=7_040;
/// How many records of each list are read: in the order of the latest change those of both governments.
const SHOWN: usize = 60;

/// What is asked, and whether it is asked of the record with this number.
type Asked = (&'static str, fn(usize) -> bool);

fn other(n: usize) -> bool {
    OTHERS.contains(&n)
}

fn culture(n: usize) -> bool {
    n.is_multiple_of(10) || other(n)
}

/// A second theme, which some records of culture have too.
fn energy(n: usize) -> bool {
    n.is_multiple_of(15) && !other(n)
}

fn open(n: usize) -> bool {
    !n.is_multiple_of(3) || other(n)
}

fn of_2020(n: usize) -> bool {
    n % 25 == 20 || other(n)
}

/// Two words that begin alike, both in some records.
fn kio(n: usize) -> bool {
    n.is_multiple_of(50) && !other(n)
}

const ASKED: [Asked; 22] = [
    ("", |_| true),
    ("theme=culture", culture),
    ("theme=culture,trade", |_| true),
    ("theme=culture,energy", |n| culture(n) || energy(n)),
    ("theme=energy,culture&status=open", |n| {
        (culture(n) || energy(n)) && open(n)
    }),
    ("year=2020,2021", |n| {
        of_2020(n) || n % 25 == 21 && !other(n)
    }),
    ("theme=culture&status=open", |n| culture(n) && open(n)),
    ("status=open&state=14", open),
    ("state=14&owner=14039", |n| !other(n)),
    ("status=open&owner=14039&theme=trade", |n| {
        open(n) && !culture(n)
    }),
    ("status=open&year=2020&theme=culture", |n| {
        open(n) && of_2020(n) && culture(n)
    }),
    ("status=open&theme=culture,trade", open),
    ("q=compromiso", |_| true),
    ("q=compromiso&state=14&theme=culture,trade", |_| true),
    ("q=compro&status=open", open),
    ("q=compromiso&year=2020", of_2020),
    ("q=kio", kio),
    ("q=compromiso+kio&state=14", kio),
    ("q=nada&status=open", |_| false),
    ("year=1999&status=open", |_| false),
    (
        "updated_since=2026-01-01T00:00:00Z&year=2020&state=14",
        of_2020,
    ),
    ("updated_since=2026-01-02T00:00:00Z&status=open", |_| false),
];

/// Facets that the filling has not: a second theme, words that begin alike, and records of another
/// government.
fn fill_more(scratch: &Scratch) {
    let mut rows = Vec::new();
    let mut find = |n: usize, (owner, viewer): (&str, &str), value: &str| {
        let key = match value {
            "changed=" => "2026-01-01T00:00:00.000000Z".to_owned(),
            _ => format!("compromiso {n:08}"),
        };
        rows.push(format!(
            "('{viewer}', 'commitments:{value}', '{key}', '00000000-0000-7000-8000-0000{n:08}', '{owner}')"
        ));
    };
    for viewer in [GUADALAJARA, "visibility:government"] {
        for n in 1..=ROWS {
            for (has, value) in [
                (energy(n), "theme=energy"),
                (kio(n), "word=kioto"),
                (n.is_multiple_of(100), "word=kiosco"),
            ] {
                if has {
                    find(n, (GUADALAJARA, viewer), value);
                }
            }
        }
    }
    for viewer in [JALISCO, "visibility:network"] {
        for n in OTHERS {
            for value in [
                "all=",
                "changed=",
                "owner=14",
                "state=14",
                "status=open",
                "theme=culture",
                "year=2020",
                "word=compromiso",
            ] {
                find(n, (JALISCO, viewer), value);
            }
        }
    }
    let at = "'2026-01-01 00:00:00.000000'";
    let made = OTHERS.map(|n| {
        format!(
            "('14', '00000000-0000-7000-8000-0000{n:08}', 'commitments', 'open', 'network', 'compromiso {n:08}', 1, \
             '{{\"title\":\"Compromiso {n}\",\"source\":\"visit\",\"visibility\":\"network\"}}', 1, {at}, {at}, {at}, '14')"
        )
    });
    scratch.execute(&format!(
        "INSERT INTO records (tenant_id, id, kind, status, visibility, sort_key, schema_version, body, version, created_at, updated_at, confirmed_at, acting_tenant) VALUES {}; \
         INSERT INTO record_facets (viewer_tenant, facet, sort_key, record_id, owner_tenant) VALUES {}; ANALYZE",
        made.collect::<Vec<_>>().join(", "),
        rows.join(", ")
    ));
}

/// The numbers of the records of a list, page by page, and the count that it gives.
async fn listed(reader: &Client, path: &str) -> (Vec<usize>, usize) {
    let mut found = Vec::new();
    let mut total = None;
    let mut more = "&count=true".to_owned();
    loop {
        let page = reader
            .get(&format!("{path}{more}"))
            .await
            .expect(200)
            .json();
        total = total.or_else(|| page["total"].as_u64());
        for item in page["items"].as_array().unwrap() {
            let id = item["id"].as_str().unwrap();
            found.push(id[id.len() - 8..].parse().unwrap());
        }
        match &page["next_cursor"] {
            // Two pages show the order; the count is of all.
            Value::String(next) if found.len() < SHOWN => more = format!("&cursor={next}"),
            _ => break,
        }
    }
    (found, usize::try_from(total.unwrap()).unwrap())
}

#[actix_web::test]
async fn every_way_gives_the_same_records_in_the_same_order() {
    on_both(|app: TestApp| async move {
        fill(&app.scratch, 1, ROWS);
        fill_more(&app.scratch);
        let all = || (1..=ROWS).chain(OTHERS);
        for tenant in [GUADALAJARA, SRE] {
            let reader = app.client(Role::Viewer, tenant).await;
            for by in ["status", "owner", "state", "year"] {
                let path = format!("/v1/statistics/mine/records?kind=commitments&by={by}");
                let figures = reader.get(&path).await.expect(200).json();
                assert_eq!(figures["total"], all().count(), "{path}");
            }
            // Both find records in two spaces, so the owner's lists take the same ways as the ministry's.
            let some = if tenant == SRE { ASKED.len() } else { 8 };
            for (at, (asked, is_asked)) in ASKED.into_iter().take(some).enumerate() {
                let mut wanted: Vec<usize> = all().filter(|n| is_asked(*n)).collect();
                for sort in ["title", ["updated_at", "-updated_at"][at % 2]] {
                    let path = format!("/v1/commitments?limit=30&sort={sort}&{asked}");
                    let (found, total) = listed(&reader, &path).await;
                    // All changed at one instant, so they stand in the order of their ids.
                    if sort == "-updated_at" {
                        wanted.reverse();
                    }
                    let first = &wanted[..found.len().min(wanted.len())];
                    assert_eq!((found.as_slice(), total), (first, wanted.len()), "{path}");
                    assert!(found.len() >= wanted.len().min(SHOWN), "{path}");
                }
            }
        }
    })
    .await;
}

/// One record has an id of another system; another filter is asked of it alone.
#[actix_web::test]
async fn an_id_of_another_system_is_asked_beside_other_filters() {
    on_both(|app: TestApp| async move {
        let officer = app.officer(GUADALAJARA).await;
        let body = json!({"title": "Compromiso", "source": "visit"});
        let put = Request::new(Method::PUT, "/v1/commitments/by-external-id/siga/7");
        let made = officer.send(put.json(&body)).await.expect(201).id();
        for (asked, is_found) in [
            ("status=open", true),
            ("status=open&q=compro&sort=-updated_at", true),
            ("status=fulfilled", false),
        ] {
            let path = format!("/v1/commitments?external_id=siga:7&count=true&{asked}");
            let page = officer.get(&path).await.expect(200).json();
            assert_eq!(page["total"], usize::from(is_found), "{path}");
            let found = page["items"].as_array().unwrap();
            assert!(
                found.iter().all(|item| item["id"] == made.as_str()),
                "{path}"
            );
            assert_eq!(found.len(), usize::from(is_found), "{path}");
        }
    })
    .await;
}

/// A search takes as many words as a text has.
#[actix_web::test]
async fn a_search_of_many_words_is_answered() {
    on_both(|app: TestApp| async move {
        let ministry = app.client(Role::Viewer, SRE).await;
        let words: Vec<String> = ('a'..='z')
            .flat_map(|first| ["", "a", "b"].map(|second| format!("{first}{second}")))
            .collect();
        let mut words = words.join("+");
        words.truncate(199);
        let path = format!("/v1/commitments?q={words}&status=open&count=true");
        let page = ministry.get(&path).await.expect(200).json();
        assert_eq!(page["total"], 0);
    })
    .await;
}

/// A person whom hundreds of committees name reads what belongs to each: more than the parts that SQLite
/// puts together in one select.
#[actix_web::test]
async fn whoever_is_named_by_many_reads_what_belongs_to_each() {
    on_both(|app: TestApp| async move {
        let me = app.client(Role::CommitteeMember, GUADALAJARA).await;
        let person = me.get("/v1/me").await.expect(200).json();
        let person = person["id"].as_str().unwrap();
        let row = |facet: String, id: usize| {
            format!("('14039', '{facet}', 'a', '00000000-0000-7000-8000-{id:012}', '14039')")
        };
        let rows: Vec<String> = (0..600)
            .map(|id| row(format!("committees@{person}:named="), id))
            .collect();
        app.scratch.execute(&format!(
            "INSERT INTO record_facets (viewer_tenant, facet, sort_key, record_id, owner_tenant) VALUES {}",
            rows.join(", ")
        ));
        for path in [
            "/v1/meetings?count=true",
            "/v1/meetings?status=called&count=true",
            "/v1/meetings?status=called&year=2026&q=acta&count=true",
        ] {
            let page = me.get(path).await.expect(200).json();
            assert_eq!((&page["items"], &page["total"]), (&json!([]), &json!(0)));
        }
    })
    .await;
}
