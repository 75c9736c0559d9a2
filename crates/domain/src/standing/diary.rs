//! Compares the standing with a slow simulation, on random lives.

use super::tests::{date, day, life};
use super::*;
use Standing::{Expired, InForce, NotYetInForce, Superseded, Suspended, Terminated, Unknown};

/// Reproducible random numbers: SplitMix64.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (z ^ (z >> 31)) % bound
    }

    fn date(&mut self) -> String {
        let (year, month) = (2000 + self.below(6), 1 + self.below(12));
        match self.below(6) {
            0 => format!("{year}"),
            1 => format!("{year}-{month:02}"),
            _ => format!("{year}-{month:02}-{:02}", 1 + self.below(28)),
        }
    }

    fn validity(&mut self) -> String {
        let start = if self.below(3) == 0 {
            self.date()
        } else {
            String::new()
        };
        let end = if self.below(3) == 0 {
            "∞".into()
        } else {
            self.date()
        };
        let renewal = ["", "", "?", "~"][self.below(4) as usize];
        let renewal = if end == "∞" { "" } else { renewal };
        format!("{start}/{end}{renewal}")
    }

    fn life(&mut self) -> Life {
        let signed = if self.below(8) == 0 {
            String::new()
        } else {
            self.date()
        };
        let validity = if self.below(8) == 0 {
            "-".into()
        } else {
            self.validity()
        };
        let events: Vec<String> = (0..self.below(5))
            .map(|_| {
                let change = match self.below(8) {
                    0 | 1 => "suspended".into(),
                    2 | 3 => "resumed".into(),
                    4 => "terminated".into(),
                    5 => ["superseded", "cancelled"][self.below(2) as usize].into(),
                    _ => self.validity(),
                };
                format!("{change}@{}", self.date())
            })
            .collect();
        let events: Vec<&str> = events.iter().map(String::as_str).collect();
        life(&signed, &validity, &events)
    }

    /// One of the days that a date can mean.
    fn resolve(&mut self, date: &LegalDate) -> NaiveDate {
        let span = (date.latest() - date.earliest()).num_days() as u64;
        let ahead = match self.below(3) {
            0 => 0,
            1 => span,
            _ => self.below(span + 1),
        };
        date.earliest() + chrono::Days::new(ahead)
    }

    fn resolve_validity(&mut self, validity: &Validity) -> Validity {
        let mut exact = |date: &LegalDate| LegalDate::day(self.resolve(date));
        Validity {
            enters_into_force_on: validity.enters_into_force_on.as_ref().map(&mut exact),
            ends_on: validity.ends_on.as_ref().map(&mut exact),
            ..validity.clone()
        }
    }

    /// The same life with an exact day for every date; the events keep their order in time.
    fn exact(&mut self, life: &Life) -> Life {
        let mut events: Vec<Event> = in_order(life).into_iter().cloned().collect();
        let mut after: Option<NaiveDate> = None;
        for event in events.iter_mut().rev() {
            let drawn = self.resolve(&event.on);
            let day = after.map_or(drawn, |after| drawn.min(after));
            after = Some(day);
            event.on = LegalDate::day(day);
            if let Change::Validity(validity) = &mut event.change {
                *validity = self.resolve_validity(validity);
            }
        }
        Life {
            signed_on: life
                .signed_on
                .as_ref()
                .map(|date| LegalDate::day(self.resolve(date))),
            validity: life.validity.as_ref().map(|one| self.resolve_validity(one)),
            events,
        }
    }
}

/// Whether no validity ends before it begins; nobody signs such a validity, so no result is
/// promised.
fn is_sound(life: &Life) -> bool {
    let later = life.events.iter().filter_map(|event| match &event.change {
        Change::Validity(validity) => Some(validity),
        _ => None,
    });
    life.validity.iter().chain(later).all(|validity| {
        let first = validity
            .enters_into_force_on
            .as_ref()
            .or(life.signed_on.as_ref());
        match (first, &validity.ends_on) {
            (Some(first), Some(last)) => first.earliest() <= last.earliest(),
            _ => true,
        }
    })
}

/// The slow simulation: checks every day in turn, knows nothing about intervals, and needs exact
/// days.
fn diary(life: &Life, first: NaiveDate, days: usize) -> Vec<Standing> {
    let (mut validity, mut suspended, mut over) = (life.validity.clone(), false, None);
    let mut pending: std::collections::VecDeque<Event> = life.events.clone().into();
    let mut found = Vec::new();
    for today in first.iter_days().take(days) {
        let is_due = |event: &Event| event.on.earliest() <= today;
        while pending.front().is_some_and(is_due) {
            match pending.pop_front().unwrap().change {
                Change::Validity(new) => validity = Some(new),
                Change::Suspended => suspended = true,
                Change::Resumed => suspended = false,
                Change::Cancelled | Change::ImportedInError => over = Some(Terminated),
                Change::Terminated if over.is_none() => over = Some(Terminated),
                Change::Superseded if over.is_none() => over = Some(Superseded),
                _ => {}
            }
        }
        found.push(clerk(life, validity.as_ref(), suspended, over, today));
    }
    found
}

fn clerk(
    life: &Life,
    validity: Option<&Validity>,
    suspended: bool,
    over: Option<Standing>,
    today: NaiveDate,
) -> Standing {
    if let Some(over) = over {
        return over;
    }
    let mut first = life.signed_on.clone();
    let (mut ends, mut last) = (validity.is_none(), None);
    if let Some(validity) = validity {
        first = validity.enters_into_force_on.clone().or(first);
        if validity.term == Term::Fixed && validity.renewal != Renewal::Automatic {
            (ends, last) = (true, validity.ends_on.as_ref().map(LegalDate::earliest));
        }
    }
    let begun = first.map(|first| first.earliest() <= today);
    let ended = if ends {
        last.map(|last| last < today)
    } else {
        Some(false)
    };
    match (begun, ended, suspended) {
        (Some(false), _, _) => NotYetInForce,
        (_, Some(true), _) => Expired,
        (Some(true), Some(false), true) => Suspended,
        (Some(true), Some(false), false) => InForce,
        _ => Unknown,
    }
}

#[test]
fn the_standing_is_that_of_a_clerk_who_looks_every_day() {
    let mut dice = Dice(20_261_121);
    let (first, days) = (day("1999-12-25"), 366 * 7);
    let mut seen = std::collections::BTreeMap::<Standing, usize>::new();
    let mut compared = 0;
    while compared < 150 {
        let vague = dice.life();
        let exact = dice.exact(&vague);
        if !is_sound(&exact) {
            continue;
        }
        compared += 1;
        let said = diary(&exact, first, days);
        let phases = phases(&exact);
        for (ahead, said) in said.into_iter().enumerate() {
            let on = first + chrono::Days::new(ahead as u64);
            let quick = of(&exact, on);
            assert_eq!(quick, said, "{exact:?} on {on}");
            let phase = phases
                .iter()
                .find(|phase| {
                    phase.since.is_none_or(|since| since <= on)
                        && phase.until.is_none_or(|until| on < until)
                })
                .unwrap();
            assert_eq!(phase.standing, said, "{phases:?} on {on}");
            // The answer for imprecise dates must agree with the answers for all exact ones.
            let careful = of(&vague, on);
            assert!(
                careful == said || careful == Unknown,
                "{vague:?} as {exact:?} on {on}: {careful:?}, not {said:?}"
            );
            *seen.entry(careful).or_default() += 1;
        }
    }
    for standing in [
        Unknown,
        NotYetInForce,
        InForce,
        Suspended,
        Expired,
        Terminated,
        Superseded,
    ] {
        assert!(
            seen.get(&standing).is_some_and(|days| *days > 300),
            "{seen:?}"
        );
    }
}

#[test]
fn unknown_is_said_only_where_exact_days_differ_or_something_is_missing() {
    let mut dice = Dice(7);
    let mut found = 0;
    for _ in 0..300 {
        // Only one imprecise date, so that nothing else can leave the answer open.
        let drawn = dice.life();
        let mut vague = dice.exact(&drawn);
        if !is_sound(&vague) || vague.validity.is_none() || vague.signed_on.is_none() {
            continue;
        }
        let signed = vague.signed_on.take().unwrap();
        vague.signed_on = Some(date(&signed.as_str()[..4]));
        for phase in phases(&vague) {
            let (Some(since), Unknown) = (phase.since, phase.standing) else {
                continue;
            };
            let answers: BTreeSet<Standing> = ["-01-01", "-12-31"]
                .iter()
                .map(|end| Life {
                    signed_on: Some(date(&format!("{}{end}", &signed.as_str()[..4]))),
                    ..vague.clone()
                })
                .map(|exact| diary(&exact, since, 1)[0])
                .collect();
            assert!(answers.len() > 1, "{vague:?} on {since}: {answers:?}");
            found += 1;
        }
    }
    assert!(found > 20, "{found}");
}
