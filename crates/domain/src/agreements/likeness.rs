//! When two records of one government, of one kind, may be the same agreement: they name counterparts
//! that may be the same, and their dates do not exclude each other.

use super::{PartnerName, Stage};
use crate::legal_date::may_be_same;

/// How many counterparts the line of a list names.
const LISTED: usize = 3;

/// What a new record is compared by, beside its government and kind.
#[derive(Debug, Clone)]
pub struct Likeness {
    names: Vec<PartnerName>,
    signed_on: String,
}

/// What a record is to another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Likely {
    /// Another agreement.
    Other,
    /// Perhaps the same: the counterparts may be the same, and the date is the same, or one contains
    /// the other or is missing.
    Perhaps,
    /// The same, with the same names and with the same date or both without one.
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
        let made = !signed_on.is_empty()
            || matches!(
                stage,
                Stage::Signed | Stage::PendingRegistration | Stage::Registered | Stage::Reported
            );
        let likely = made
            && may_be_same(signed_on, &self.signed_on)
            && self.names(&listed, PartnerName::may_be);
        match likely {
            true if signed_on == self.signed_on && self.names(&listed, PartnerName::is) => {
                Likely::Same
            }
            true => Likely::Perhaps,
            false => Likely::Other,
        }
    }

    /// Whether a list names the same counterparts, in any order.
    fn names(&self, listed: &[PartnerName], same: fn(&PartnerName, &PartnerName) -> bool) -> bool {
        let among =
            |one: &PartnerName, all: &[PartnerName]| all.iter().any(|other| same(one, other));
        let named = listed.iter().all(|one| among(one, &self.names));
        named
            && if self.names.len() > LISTED {
                listed.len() == LISTED
            } else {
                listed.len() == self.names.len() && self.names.iter().all(|one| among(one, listed))
            }
    }
}

/// The names of a list.
fn apart(names: &str) -> Vec<PartnerName> {
    names.split("; ").map(PartnerName::new).collect()
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
    fn names_that_may_be_one_partner_may_be_the_same_agreement() {
        let to = |mine: &str, listed: &str, day| {
            Likeness::new(&[mine], "1998").to(listed, day, Stage::Signed)
        };
        for listed in ["Ciudad de Lyon", "Lyon, Ródano", "Lyon (Francia)"] {
            assert_eq!(to("Lyon", listed, "1998"), Likely::Perhaps, "{listed}");
            assert_eq!(to("Lyon", listed, "1998-03"), Likely::Perhaps, "{listed}");
            assert_eq!(to("Lyon", listed, "1999"), Likely::Other, "{listed}");
            assert_eq!(to(listed, listed, "1998"), Likely::Same, "{listed}");
        }
        let apart = to("San Antonio, Texas", "San Antonio, Florida", "1998");
        assert_eq!(apart, Likely::Other);
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
