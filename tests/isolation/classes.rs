//! Which cells the short tier tries. People form one class for an operation if the table gives them
//! the same row and they have the same relation to its object: the table then gives them the same
//! answer for the same reasons, so one of them stands for all. In addition, each object is tried
//! with each operation, with every relation that sees it and every expected answer, because objects
//! differ in more than relations: a case in its stage, a document in the decisions made on it.

use super::run::{Cell, Matrix};
use super::table::records::of_operation;
use super::table::{Table, Who};
use std::collections::HashSet;
use vinculo_domain::records::find;
use vinculo_persistence::Engine;

/// How the table distinguishes the people of one operation.
#[derive(PartialEq, Eq, Hash)]
enum Class {
    /// The government's relation to the object, what it sees the object as, and which lines name
    /// it, the role and the object.
    Alike {
        stands: Vec<String>,
        seen: Option<String>,
        named: Vec<[bool; 3]>,
        reads: bool,
    },
    /// The government's relation to one object, what it sees it as, and the expected answer.
    Object {
        object: Option<String>,
        stands: Vec<String>,
        seen: Option<String>,
        answer: u16,
    },
    /// The government's relation to one object that it does not see, whatever the operation.
    Unseen {
        object: Option<String>,
        stands: Vec<String>,
    },
    /// The government's relation to an object, whichever it is, what it sees it as, and the refusal.
    Refused {
        stands: Vec<String>,
        seen: Option<String>,
        answer: u16,
    },
    /// People with unusual rights are each a class of their own.
    Special { email: String, answer: u16 },
}

impl Class {
    /// Whether each operation has this class; otherwise one operation stands for all.
    fn is_of_operation(&self) -> bool {
        !matches!(self, Self::Unseen { .. })
    }
}

impl Table {
    fn class(&self, operation: &str, object: Option<&str>, who: Who) -> Class {
        Class::Alike {
            stands: self.stands(object, who),
            seen: object.and_then(|object| self.seen_as(object, who)),
            named: self.named_in(operation, object, who),
            reads: object.is_none_or(|object| self.is_reader(object, who)),
        }
    }

    /// Where there is no object, as for a list, each government sees its own data.
    fn stands(&self, object: Option<&str>, who: Who) -> Vec<String> {
        object.map_or_else(
            || vec![who.tenant.to_owned()],
            |object| self.relations_of(object, who),
        )
    }
}

/// One cell of each class.
pub fn one_of_each(matrix: &Matrix, cells: Vec<Cell>) -> Vec<Cell> {
    let mut tried = HashSet::new();
    let mut is_new = |cell: &Cell| {
        let operation = like(matrix.operations[cell.operation].id);
        let new = classes_of(matrix, *cell).into_iter().map(|class| {
            let operation = class.is_of_operation().then(|| operation.clone());
            tried.insert((operation, class))
        });
        // Records every class, even when the first one is already new.
        new.fold(false, |any, new| any | new)
    };
    cells.into_iter().filter(|cell| is_new(cell)).collect()
}

/// What an operation is tried as. The kinds of records of one access class have the same code and the
/// same rows in the table: an operation on one of them stands for all.
fn like(operation: &str) -> String {
    match of_operation(operation) {
        Some((kind, verb)) => format!("{verb} {:?}", kind.spec.access),
        None => operation.to_owned(),
    }
}

/// What an object is tried as: the same for objects of alike kinds.
fn like_object(object: &str) -> String {
    let alike = object.rsplit_once('_').and_then(|(many, name)| {
        let kind = find(many)?;
        Some(format!("{:?} {name}", kind.spec.access))
    });
    alike.unwrap_or_else(|| object.to_owned())
}

fn classes_of(matrix: &Matrix, cell: Cell) -> Vec<Class> {
    let operation = matrix.operations[cell.operation].id;
    let object = matrix.object(cell);
    let person = cell.person.map(|at| &matrix.people[at]);
    let who = person.map(|person| person.who);
    let answer = matrix.table.expected(operation, object, who);
    let table = &matrix.table;
    let of_object = Class::Object {
        object: object.map(like_object),
        stands: who.map(|who| table.stands(object, who)).unwrap_or_default(),
        seen: who
            .zip(object)
            .and_then(|(who, object)| table.seen_as(object, who)),
        answer,
    };
    let Some(person) = person else {
        return vec![of_object];
    };
    // What people are told about themselves differs for each person.
    if person.is_special() || operation == "get_me" {
        let email = person.email.clone();
        return vec![Class::Special { email, answer }];
    }
    // What is out of sight is so for each operation by the same look-up: each operation is tried with
    // each relation, and each object too.
    let is_unseen = object.is_some_and(|object| table.seen_as(object, person.who).is_none());
    let of_object = if is_unseen {
        Class::Unseen {
            object: object.map(like_object),
            stands: table.stands(object, person.who),
        }
    } else {
        of_object
    };
    if matrix.app.scratch.engine == Engine::Sqlite {
        return vec![table.class(operation, object, person.who), of_object];
    }
    // PostgreSQL knows governments and who acts, not roles: those are compared before the store is
    // asked, by code that SQLite has tried. What its policies show of each object to each government
    // is asked of them table by table (`policies.rs`), so a refusal is tried once for each relation.
    if answer < 400 {
        return vec![of_object];
    }
    let refused = Class::Refused {
        stands: table.stands(object, person.who),
        seen: object.and_then(|object| table.seen_as(object, person.who)),
        answer,
    };
    if is_unseen {
        return vec![refused, of_object];
    }
    vec![refused]
}
