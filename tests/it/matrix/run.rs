//! One cell after the other: the request, its answer, and what must not have happened.

mod checks;

use super::people::{self, Person};
use super::places::{Place, Places, build, canary};
use super::requests::{Tags, Wanted, request};
use super::table::{Table, Who};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;
use vinculo_api::operation::Operation;
use vinculo_domain::Role;
use vinculo_tests::{Answer, Client, TestApp};

/// Operations that open, prolong or end sessions: they have no dry run.
pub const SESSIONS: [&str; 3] = ["create_session", "refresh_session", "delete_session"];

/// One cell: an operation, somebody or nobody, and an object where the operation has one.
#[derive(Clone, Copy)]
pub struct Cell {
    operation: usize,
    object: Option<usize>,
    person: Option<usize>,
}

/// What was counted.
#[derive(Default, Debug)]
pub struct Counts {
    pub cells: usize,
    pub allowed: usize,
    pub denied: usize,
    pub skipped: usize,
}

/// Everything that the cells need.
pub struct Matrix {
    pub app: TestApp,
    pub table: Table,
    pub places: Places,
    pub people: Vec<Person>,
    operations: Vec<Arc<Operation>>,
    objects: Vec<(String, Place)>,
    tags: Tags,
    canaries: Vec<(String, String)>,
    nobody: Client,
    nobodys_token: String,
    unknown: RefCell<HashMap<(usize, usize), String>>,
    pub met: RefCell<BTreeSet<String>>,
    pub faults: RefCell<Vec<String>>,
}

impl Matrix {
    pub async fn prepare(app: &TestApp) -> Self {
        let table = Table::read();
        let places = build(app, &table).await;
        let people = people::all(app).await;
        let mut tags = Tags::new();
        let readers = people.iter().filter(|person| person.who.role == "viewer");
        let readers: Vec<&Person> = readers.collect();
        for (object, place) in &places.by_name {
            let path = match table.objects[object].kind.as_str() {
                "case" => format!("/v1/agreements/{}", place.id),
                "counterpart" => format!("/v1/counterparts/{}", place.id),
                "mechanism" => format!("/v1/mechanisms/{}", place.id),
                "office" => format!("/v1/designated-offices/{}", place.id),
                _ => continue,
            };
            for reader in &readers {
                let answer = reader.client.get(&path).await;
                if let Some(etag) = answer.header("etag") {
                    tags.insert((object.clone(), reader.who.tenant), etag);
                }
            }
        }
        let canaries = table.canaries.keys();
        let canaries = canaries.map(|name| (name.clone(), canary(&table, name)));
        let officer = Who {
            tenant: vinculo_tests::GUADALAJARA,
            role: Role::Officer.into(),
        };
        Self {
            canaries: canaries.collect(),
            objects: places.by_name.clone().into_iter().collect(),
            operations: vinculo_api::operations::all(),
            nobody: app.nobody(),
            nobodys_token: people::refresh_token(app, officer).await,
            app: app.clone(),
            table,
            places,
            people,
            tags,
            unknown: RefCell::default(),
            met: RefCell::default(),
            faults: RefCell::default(),
        }
    }

    /// All cells of the operations that `wanted` picks.
    pub fn cells(&self, wanted: impl Fn(&str) -> bool) -> Vec<Cell> {
        let mut cells = Vec::new();
        let picked = self.operations.iter().enumerate();
        for (operation, one) in picked.filter(|(_, one)| wanted(one.id)) {
            let Some(rules) = self.table.operations.get(one.id) else {
                continue;
            };
            let of_kind = |(at, (name, _)): (usize, &(String, Place))| {
                (Some(&self.table.objects[name].kind) == rules.object.as_ref()).then_some(Some(at))
            };
            let mut objects: Vec<Option<usize>> = self
                .objects
                .iter()
                .enumerate()
                .filter_map(of_kind)
                .collect();
            if rules.object.is_none() {
                objects.push(None);
            }
            for object in objects {
                let people = (0..self.people.len()).map(Some).chain([None]);
                cells.extend(people.map(|person| Cell {
                    operation,
                    object,
                    person,
                }));
            }
        }
        cells
    }

    fn name(&self, cell: Cell) -> String {
        let who = cell.person.map_or("nobody".to_owned(), |at| {
            let who = self.people[at].who;
            format!("{} of {}", who.role, who.tenant)
        });
        let object = cell.object.map_or("", |at| self.objects[at].0.as_str());
        format!("{} {object} by {who}", self.operations[cell.operation].id)
    }

    async fn send(&self, cell: Cell, place: Option<&Place>) -> Option<Answer> {
        let person = cell.person.map(|at| &self.people[at]);
        let operation = &self.operations[cell.operation];
        let object = cell.object.map(|at| self.objects[at].0.as_str());
        // Who cannot see the object sends the tag of who can.
        let tag = object.and_then(|object| {
            let own = person.and_then(|p| self.tags.get(&(object.to_owned(), p.who.tenant)));
            own.or_else(|| {
                let any = self.tags.iter().find(|((name, _), _)| name == object);
                any.map(|(_, tag)| tag)
            })
        });
        let wanted = Wanted {
            operation,
            object,
            place,
            tag: tag.map(String::as_str),
            person,
            refresh_token: person.map_or(&self.nobodys_token, |person| &person.refresh_token),
        };
        let request = request(&wanted, &self.places)?;
        let client = match person {
            Some(person) if operation.id == "delete_session" => &person.leaving,
            Some(person) => &person.client,
            None => &self.nobody,
        };
        Some(client.send(request).await)
    }

    fn fault(&self, cell: Cell, what: &str) {
        let line = format!("{}: {what}", self.name(cell));
        self.faults.borrow_mut().push(line);
    }

    /// Runs one cell; the id of a request that must stand in the trail as refused.
    async fn run(&self, cell: Cell, counts: &RefCell<Counts>) -> Option<String> {
        let place = cell.object.map(|at| &self.objects[at].1);
        let operation = self.operations[cell.operation].id;
        let object = cell.object.map(|at| self.objects[at].0.as_str());
        let who = cell.person.map(|at| self.people[at].who);
        let expected = self.table.expected(operation, object, who);
        counts.borrow_mut().cells += 1;
        let Some(answer) = self.send(cell, place).await else {
            counts.borrow_mut().skipped += 1;
            self.fault(cell, "no request is known for it");
            return None;
        };
        if answer.status != expected {
            let text: String = answer.text().chars().take(300).collect();
            self.fault(cell, &format!("{} not {expected}: {text}", answer.status));
        }
        self.scan(cell, who, &answer);
        if expected < 400 {
            counts.borrow_mut().allowed += 1;
            return None;
        }
        counts.borrow_mut().denied += 1;
        if expected == 404 {
            self.compare(cell, &answer).await;
        }
        let known = who.is_some() && matches!(expected, 403 | 404);
        known.then(|| answer.header("x-request-id").unwrap_or_default())
    }

    /// Runs cells by batches; after each nothing may have changed but the trail.
    pub async fn run_all(&self, cells: &[Cell], counts: &RefCell<Counts>) {
        let mut before = rows(&self.app);
        for batch in cells.chunks(50) {
            let mut refused = Vec::new();
            for cell in batch {
                refused.extend(self.run(*cell, counts).await);
            }
            let first = batch.first().map(|cell| self.name(*cell));
            let first = first.unwrap_or_default();
            let list: Vec<String> = refused.iter().map(|id| format!("'{id}'")).collect();
            let written = if list.is_empty() {
                0
            } else {
                let list = list.join(",");
                let from =
                    format!("audit_log WHERE outcome = 'refused' AND request_id IN ({list})");
                usize::try_from(self.app.scratch.count(&from)).unwrap()
            };
            if written != refused.len() {
                self.faults.borrow_mut().push(format!(
                    "{written} of {} refusals are in the trail, from {first} on",
                    refused.len()
                ));
            }
            let after = rows(&self.app);
            if after != before {
                self.faults.borrow_mut().push(format!(
                    "rows changed from {first} on:\n{before:?}\n{after:?}"
                ));
                before = after;
            }
        }
    }

    /// Runs the cells of the operations without a dry run, which do change something.
    pub async fn run_sessions(&self, counts: &RefCell<Counts>) {
        for cell in self.cells(|id| SESSIONS.contains(&id)) {
            self.run(cell, counts).await;
        }
    }
}

/// How many rows there are of each kind, and how often the versioned ones changed.
fn rows(app: &TestApp) -> BTreeMap<String, i64> {
    app.scratch.rows(&["audit_log", "audit_owners"])
}
