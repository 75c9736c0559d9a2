//! Runs cells one by one: the request, its answer, and what must not have happened.

mod checks;
mod unchanged;

pub use checks::shown;

use super::canaries::Canaries;
use super::classes::one_of_each;
use super::objects::{Place, Places, build};
use super::people::{self, Person};
use super::requests::{Tags, Wanted, request};
use super::table::Table;
use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;
use vinculo_api::operation::Operation;
use vinculo_domain::Role;
use vinculo_domain::records::find;
use vinculo_tests::{Answer, Camera, Client, GUADALAJARA, Request, TestApp, is_full, leave};

/// Operations that open, prolong or end sessions; they have no dry run.
pub const SESSIONS: [&str; 3] = ["create_session", "refresh_session", "delete_session"];

/// One cell: an operation, somebody or nobody, and an object if the operation takes one.
#[derive(Clone, Copy)]
pub struct Cell {
    pub operation: usize,
    pub object: Option<usize>,
    pub person: Option<usize>,
}

/// Counters of a run.
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
    pub canaries: Canaries,
    pub operations: Vec<Arc<Operation>>,
    objects: Vec<(String, Place)>,
    tags: Tags,
    camera: Camera,
    pub nobody: Client,
    nobodys_token: String,
    /// Whether the application's filters are dropped. A refusal may then have another status, but
    /// what is out of sight must stay out of sight.
    pub one_barrier: std::cell::Cell<bool>,
    unknown: RefCell<HashMap<(usize, usize), String>>,
    faults: RefCell<Vec<String>>,
}

impl Matrix {
    pub async fn prepare(app: &TestApp) -> Self {
        let (table, canaries) = (Table::read(), Canaries::default());
        let places = build(app, &canaries).await;
        let people = people::all(app, &canaries).await;
        let tags = tags(&table, &places, &people).await;
        let officer = app.official(Role::Officer, GUADALAJARA).await.actor.person;
        Self {
            objects: places.by_name.clone().into_iter().collect(),
            operations: vinculo_api::operations::all(),
            nobody: app.nobody(),
            nobodys_token: people::refresh_token(app, officer.unwrap(), GUADALAJARA).await,
            camera: app.scratch.camera(&unchanged::TRAIL),
            app: app.clone(),
            table,
            places,
            people,
            canaries,
            tags,
            one_barrier: std::cell::Cell::new(false),
            unknown: RefCell::default(),
            faults: RefCell::default(),
        }
    }

    /// The cells of the operations that `wanted` picks: all of them, or one of each class.
    pub fn cells(&self, wanted: impl Fn(&str) -> bool) -> Vec<Cell> {
        let all = self.all_cells(wanted);
        if is_full() {
            all
        } else {
            one_of_each(self, all)
        }
    }

    /// Records how many of all cells were tried.
    pub fn leave(&self, what: &str, tried: usize) {
        let all = self.all_cells(|_| true).len();
        if tried < all {
            leave(
                &format!("isolation: cells of the matrix, {what}"),
                tried,
                all,
            );
        }
    }

    fn all_cells(&self, wanted: impl Fn(&str) -> bool) -> Vec<Cell> {
        let mut cells = Vec::new();
        let picked = self.operations.iter().enumerate();
        for (operation, one) in picked.filter(|(_, one)| wanted(one.id)) {
            for object in self.objects_of(one.id) {
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

    /// The objects on which an operation is tried; a single `None` where it takes no object.
    pub fn objects_of(&self, operation: &str) -> Vec<Option<usize>> {
        let Some(kind) = &self.table.operations[operation].object else {
            return vec![None];
        };
        let named = self.objects.iter().enumerate();
        let of_kind = named.filter(|(_, (name, _))| self.table.objects[name].kind == *kind);
        of_kind.map(|(at, _)| Some(at)).collect()
    }

    /// The object of a cell.
    pub fn object(&self, cell: Cell) -> Option<&str> {
        cell.object.map(|at| self.objects[at].0.as_str())
    }

    pub fn name(&self, cell: Cell) -> String {
        let who = cell.person.map_or("nobody".to_owned(), |at| {
            let person = &self.people[at];
            format!("{} ({:?})", person.email, person.who)
        });
        let object = cell.object.map_or("", |at| self.objects[at].0.as_str());
        format!("{} {object} by {who}", self.operations[cell.operation].id)
    }

    /// The request of one cell.
    pub fn request_of(&self, cell: Cell) -> Option<Request> {
        self.request(cell, cell.object.map(|at| &self.objects[at].1))
    }

    /// The same request, for another place.
    fn request(&self, cell: Cell, place: Option<&Place>) -> Option<Request> {
        let person = cell.person.map(|at| &self.people[at]);
        let object = cell.object.map(|at| self.objects[at].0.as_str());
        // A caller that cannot see the object sends the tag of one that can.
        let tag = object.and_then(|object| {
            let own = person.and_then(|p| self.tags.get(&(object.to_owned(), p.who.tenant)));
            own.or_else(|| {
                let any = self.tags.iter().find(|((name, _), _)| name == object);
                any.map(|(_, tag)| tag)
            })
        });
        let wanted = Wanted {
            operation: &self.operations[cell.operation],
            place,
            tag: tag.map(String::as_str),
            person,
            refresh_token: person.map_or(&self.nobodys_token, |person| &person.refresh_token),
        };
        request(&wanted, &self.places)
    }

    async fn send(&self, cell: Cell, place: Option<&Place>) -> Option<Answer> {
        let request = self.request(cell, place)?;
        let client = match cell.person.map(|at| &self.people[at]) {
            Some(person) if self.operations[cell.operation].id == "delete_session" => {
                &person.leaving
            }
            Some(person) => &person.client,
            None => &self.nobody,
        };
        Some(client.send(request).await)
    }

    /// Tags of objects that `tenant` does not see, as given to others.
    pub fn tags_of_others(&self, tenant: &str) -> Vec<String> {
        let seen = |object: &String| self.tags.keys().any(|(o, t)| o == object && *t == tenant);
        let others = self.tags.iter().filter(|((object, _), _)| !seen(object));
        others.map(|(_, tag)| tag.clone()).collect()
    }

    /// Records something that went wrong.
    pub fn wrong(&self, line: String) {
        self.faults.borrow_mut().push(line);
    }

    /// Takes the recorded faults, and clears the remembered answers for unknown ids.
    pub fn take_faults(&self) -> Vec<String> {
        self.unknown.borrow_mut().clear();
        self.faults.take()
    }

    /// Fails if anything was recorded as wrong.
    #[track_caller]
    pub fn expect_no_faults(&self) {
        // Shows one fault for each operation and object, so that one gap does not hide another.
        let (faults, mut seen) = (self.faults.borrow(), BTreeSet::new());
        let place = |line: &str| line.split([':', '@']).next().unwrap_or_default().to_owned();
        let first = |line: &&String| {
            let named = line.split_once(" by ").map(|(cell, _)| cell.to_owned());
            seen.insert(named.unwrap_or_else(|| place(line)))
        };
        let shown: Vec<_> = faults.iter().filter(first).take(60).cloned().collect();
        let all = shown.join("\n");
        assert!(
            faults.is_empty(),
            "{} faults, first of them:\n{all}",
            faults.len()
        );
    }

    fn fault(&self, cell: Cell, what: &str) {
        self.wrong(format!("{}: {what}", self.name(cell)));
    }

    /// Runs one cell; returns the id of a request that must stand in the audit log as refused.
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
        let wrong = answer.status != expected;
        if wrong && (!self.one_barrier.get() || breaks_through(expected, answer.status)) {
            let text: String = answer.text().chars().take(300).collect();
            self.fault(cell, &format!("{} not {expected}: {text}", answer.status));
        }
        self.scan(cell, &answer);
        if expected < 400 {
            counts.borrow_mut().allowed += 1;
            return None;
        }
        counts.borrow_mut().denied += 1;
        if self.one_barrier.get() {
            return None;
        }
        if expected == 404 {
            self.compare(cell, &answer).await;
        }
        let known = who.is_some() && matches!(expected, 403 | 404);
        known.then(|| answer.header("x-request-id").unwrap_or_default())
    }

    /// Runs the cells of the operations without a dry run, which do change data. Returns the people
    /// who ended a session.
    pub async fn run_sessions(&self, counts: &RefCell<Counts>) -> Vec<usize> {
        let cells = self.cells(|id| SESSIONS.contains(&id));
        for cell in &cells {
            self.run(*cell, counts).await;
        }
        let ended = |cell: &&Cell| self.operations[cell.operation].id == "delete_session";
        let left = cells.iter().filter(ended);
        left.filter_map(|cell| cell.person).collect()
    }
}

/// Whether an answer shows that an object out of sight was reached, or that the service failed.
fn breaks_through(expected: u16, status: u16) -> bool {
    status >= 500 || expected == 404 && status < 400
}

/// The tag of each object, as given to each government that sees it.
async fn tags(table: &Table, places: &Places, people: &[Person]) -> Tags {
    let mut tags = Tags::new();
    let readers: Vec<_> = people.iter().filter(|p| p.who.role == "viewer").collect();
    for (object, place) in &places.by_name {
        let (id, document) = (&place.id, &place.document);
        let path = match table.objects[object].kind.as_str() {
            "overlap" => format!("/v1/overlaps/{id}/{document}/resolution"),
            "case" => format!("/v1/agreements/{id}"),
            "counterpart" => format!("/v1/counterparts/{id}"),
            "body" => format!("/v1/bodies/{id}"),
            "administration" => format!("/v1/administrations/{id}"),
            "mechanism" => format!("/v1/mechanisms/{id}"),
            "office" => format!("/v1/designated-offices/{id}"),
            "calendar" => format!("/v1/calendars/{id}"),
            "target" => format!("/v1/targets/{id}"),
            many => match find(many) {
                Some(kind) => format!("{}/{id}", kind.spec.address()),
                None => continue,
            },
        };
        for reader in &readers {
            let answer = reader.client.get(&path).await;
            if let Some(etag) = answer.header("etag") {
                tags.insert((object.clone(), reader.who.tenant), etag);
            }
        }
    }
    tags
}
