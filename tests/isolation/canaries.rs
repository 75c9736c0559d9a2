//! Canaries: each text, file name and file holds a word that occurs nowhere else. A caller who
//! meets the word has read that text.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::fmt;

/// All canaries begin with it, so one search finds them all.
const PREFIX: &str = "canario";
/// The number of digits after the prefix; a fixed number, so no canary is the start of another.
const DIGITS: usize = 4;
/// The object name under which people's names are planted.
pub const PEOPLE: &str = "people";

/// Where a canary was planted.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Canary {
    /// The object of the table.
    pub object: String,
    /// The group of texts within the object.
    pub group: String,
    /// The text itself; for a person's name, the email address.
    pub field: String,
}

impl fmt::Display for Canary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}.{}", self.object, self.group, self.field)
    }
}

/// Every planted canary, by its number, and the canaries that were met.
#[derive(Default)]
pub struct Canaries {
    planted: RefCell<Vec<Canary>>,
    met: RefCell<BTreeSet<usize>>,
    given_away: RefCell<BTreeSet<usize>>,
}

impl Canaries {
    /// A new word for one text.
    pub fn plant(&self, object: &str, group: &str, field: &str) -> String {
        let canary = Canary {
            object: object.to_owned(),
            group: group.to_owned(),
            field: field.to_owned(),
        };
        let mut planted = self.planted.borrow_mut();
        assert!(!planted.contains(&canary), "{canary} is planted twice");
        planted.push(canary);
        word(planted.len() - 1)
    }

    /// The numbers of the canaries in a text, each as often as it occurs.
    pub fn find(&self, text: &str) -> Vec<usize> {
        let planted = self.planted.borrow().len();
        let digits = |at: usize| text.get(at + PREFIX.len()..at + PREFIX.len() + DIGITS);
        text.match_indices(PREFIX)
            .map(|(at, _)| {
                let number = digits(at).and_then(|digits| digits.parse().ok());
                number
                    .filter(|number| *number < planted)
                    .unwrap_or_else(|| panic!("a torn canary: {}", &text[at..]))
            })
            .collect()
    }

    pub fn get(&self, number: usize) -> Canary {
        self.planted.borrow()[number].clone()
    }

    pub fn meet(&self, number: usize) {
        self.met.borrow_mut().insert(number);
    }

    /// Records that somebody met this canary who may not.
    pub fn give_away(&self, number: usize) {
        self.given_away.borrow_mut().insert(number);
    }

    /// How many were given away.
    pub fn count_given_away(&self) -> usize {
        self.given_away.borrow().len()
    }

    /// Everything planted, each with its word.
    pub fn all(&self) -> Vec<(Canary, String)> {
        let planted = self.planted.borrow();
        let words = (0..planted.len()).map(word);
        planted.iter().cloned().zip(words).collect()
    }

    /// The canaries that nobody met although somebody may.
    pub fn unmet(&self, may_be_met: impl Fn(&Canary) -> bool) -> Vec<Canary> {
        let (planted, met) = (self.planted.borrow(), self.met.borrow());
        let missing = planted
            .iter()
            .enumerate()
            .filter(|(number, canary)| !met.contains(number) && may_be_met(canary));
        missing.map(|(_, canary)| canary.clone()).collect()
    }
}

fn word(number: usize) -> String {
    assert!(number < 10_usize.pow(4));
    format!("{PREFIX}{number:0DIGITS$}z")
}

#[test]
fn a_canary_is_found_wherever_it_stands() {
    let canaries = Canaries::default();
    let [first, second] = ["a", "b"].map(|field| canaries.plant("x", "y", field));
    assert_eq!(
        canaries.find(&format!("\"{second}\" {first}_{second}.pdf")),
        [1, 0, 1]
    );
    assert_eq!(canaries.find("nada"), Vec::<usize>::new());
    assert_eq!(canaries.unmet(|_| true).len(), 2);
}
