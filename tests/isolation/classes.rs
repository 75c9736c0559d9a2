//! Which cells the short tier tries. People whose row in the table is the same for an operation, and
//! who stand in the same way to its object, are one class: the table gives them the same answer for
//! the same reasons, so one of them stands for all. Beside them each object meets each operation
//! with every way to stand to it and everything that is answered about it, because objects differ in
//! more than relations: a case in its stage, a document in what was decided on it.

use super::run::{Cell, Matrix};
use super::table::{Table, Who};
use std::collections::HashSet;

/// What the table tells the people of one operation apart by.
#[derive(PartialEq, Eq, Hash)]
enum Class {
    /// How a government stands to the object, as what it sees it, and which lines name it, the role
    /// and the object.
    Alike {
        stands: Vec<String>,
        seen: Option<String>,
        named: Vec<[bool; 3]>,
        reads: bool,
    },
    /// How a government stands to one object, as what it sees it, and what is answered about it.
    Object {
        object: Option<usize>,
        stands: Vec<String>,
        seen: Option<String>,
        answer: u16,
    },
    /// Those whose rights are less simple are each a class of their own.
    Special { email: String, answer: u16 },
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

    /// What is of nobody in particular, such as a list, shows each government its own.
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
        let new = classes_of(matrix, *cell)
            .into_iter()
            .map(|class| tried.insert((cell.operation, class)));
        // Every class is noted, also where the first is new.
        new.fold(false, |any, new| any | new)
    };
    cells.into_iter().filter(|cell| is_new(cell)).collect()
}

fn classes_of(matrix: &Matrix, cell: Cell) -> Vec<Class> {
    let operation = matrix.operations[cell.operation].id;
    let object = matrix.object(cell);
    let person = cell.person.map(|at| &matrix.people[at]);
    let who = person.map(|person| person.who);
    let answer = matrix.table.expected(operation, object, who);
    let table = &matrix.table;
    let of_object = Class::Object {
        object: cell.object,
        stands: who.map(|who| table.stands(object, who)).unwrap_or_default(),
        seen: who
            .zip(object)
            .and_then(|(who, object)| table.seen_as(object, who)),
        answer,
    };
    let Some(person) = person else {
        return vec![of_object];
    };
    // What everybody is told of themselves is each person's own.
    if person.is_special() || operation == "get_me" {
        let email = person.email.clone();
        return vec![Class::Special { email, answer }];
    }
    vec![table.class(operation, object, person.who), of_object]
}
