//! When two records of one government, of one kind, may be the same agreement: they name the same
//! counterparts, and their dates do not exclude each other.

use super::Stage;
use crate::legal_date::may_be_same;
use crate::text::compact;

/// How many counterparts the line of a list names.
const LISTED: usize = 3;

/// What a new record is compared by, beside its government and kind.
#[derive(Debug, Clone)]
pub struct Likeness {
    names: Vec<String>,
    signed_on: String,
}

/// What a record is to another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Likely {
    /// Another agreement.
    Other,
    /// Perhaps the same: the counterparts are the same, and one date contains the other or is
    /// missing.
    Perhaps,
    /// The same, with the same date or both without one.
    Same,
}

impl Likeness {
    /// Of an agreement with these counterparts; an empty date is not known.
    pub fn new(names: &[&str], signed_on: &str) -> Self {
        Self {
            names: apart(&names.join("; ")),
            signed_on: signed_on.to_owned(),
        }
    }

    /// What a record in a list is to it, by the counterparts and the date as its line has them. A
    /// draft without a date is no agreement yet.
    pub fn to(&self, counterparts: &str, signed_on: &str, stage: Stage) -> Likely {
        let listed = apart(counterparts);
        let named = if self.names.len() > LISTED {
            listed.len() == LISTED && listed.iter().all(|name| self.names.contains(name))
        } else {
            listed == self.names
        };
        let made = !signed_on.is_empty()
            || matches!(
                stage,
                Stage::Signed | Stage::PendingRegistration | Stage::Registered | Stage::Reported
            );
        match named && made {
            true if signed_on == self.signed_on => Likely::Same,
            true if may_be_same(signed_on, &self.signed_on) => Likely::Perhaps,
            _ => Likely::Other,
        }
    }
}

/// The names of a list, in any order and however they are typed.
fn apart(names: &str) -> Vec<String> {
    let mut names: Vec<String> = names.split("; ").map(compact).collect();
    names.sort();
    names
}

#[cfg(test)]
mod tests {
    use super::{Likely, Likeness};
    use crate::agreements::Stage;

    #[test]
    fn dates_that_do_not_exclude_each_other_may_be_the_same() {
        let to = |mine: &str, other: &str, stage| {
            Likeness::new(&["Xi'an"], mine).to("Xi an", other, stage)
        };
        for (one, other, expected) in [
            ("1998", "1998-03", Likely::Perhaps),
            ("1998", "1998-03-15", Likely::Perhaps),
            ("1998-03", "1998-03-15", Likely::Perhaps),
            ("", "1998-03-15", Likely::Perhaps),
            ("", "", Likely::Same),
            ("1998", "1998", Likely::Same),
            ("1998", "1999", Likely::Other),
            ("1998-03", "1998-04-03", Likely::Other),
            ("1998-03-15", "1998-03-16", Likely::Other),
        ] {
            assert_eq!(to(one, other, Stage::Signed), expected, "{one} {other}");
            assert_eq!(to(other, one, Stage::Signed), expected, "{other} {one}");
        }
        assert_eq!(to("1998", "", Stage::Draft), Likely::Other);
        assert_eq!(to("", "1998", Stage::LegalReview), Likely::Perhaps);
    }

    #[test]
    fn all_counterparts_are_the_same_in_any_order() {
        let many = ["Oslo", "Łódź", "Nara", "Kioto"];
        for (mine, listed, like) in [
            (&many[..2], "Lodz; OSLO", true),
            (&many[..2], "Lodz", false),
            (&many[..1], "Oslo; Lodz", false),
            (&many[..], "Nara; Oslo; Kioto", true),
            (&many[..], "Nara; Oslo", false),
            (&["Uno; Dos"][..], "Uno; Dos", true),
        ] {
            let likely = Likeness::new(mine, "1998").to(listed, "1998-03", Stage::Signed);
            assert_eq!(likely == Likely::Perhaps, like, "{mine:?} {listed}");
        }
    }
}
