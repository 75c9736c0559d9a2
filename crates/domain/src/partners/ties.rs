//! What the registry tells of the government that searches, and of others.

use super::{Found, PartnerReason, Wanted};
use crate::tenant::TenantId;
use crate::text;
use std::collections::BTreeSet;

/// What an inscription says of those who made it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Made {
    /// Its address.
    pub address: String,
    /// The Mexican parties.
    pub parties: Vec<TenantId>,
    /// Its themes.
    pub themes: Vec<String>,
    /// The counterparts: name and country.
    pub counterparts: Vec<(String, Option<String>)>,
}

/// What the registry knows of the government that searches.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ties {
    /// Themes of its inscribed agreements.
    pub themes: BTreeSet<String>,
    /// Countries of its counterparts, and those that it asks for.
    pub countries: BTreeSet<String>,
    /// Its counterparts, by folded name and country.
    pub counterparts: BTreeSet<(String, Option<String>)>,
}

impl Ties {
    /// Adds an agreement of its own.
    pub fn add(&mut self, made: &Made) {
        self.themes.extend(made.themes.iter().cloned());
        for (name, country) in &made.counterparts {
            self.countries.extend(country.clone());
            self.counterparts
                .insert((text::fold(name), country.clone()));
        }
    }

    /// The reasons that an inscription gives for its parties.
    pub fn reasons(&self, middle: &TenantId, wanted: &Wanted, made: &Made) -> Vec<Found> {
        let mut reasons: Vec<(PartnerReason, String)> = Vec::new();
        for key in &made.themes {
            if wanted.seeks.contains(key) {
                reasons.push((PartnerReason::Experience, key.clone()));
            } else if self.themes.contains(key) {
                reasons.push((PartnerReason::CommonTheme, key.clone()));
            }
        }
        for (name, country) in &made.counterparts {
            let known = (text::fold(name), country.clone());
            if self.counterparts.contains(&known) {
                reasons.push((PartnerReason::CommonCounterpart, name.clone()));
            }
            let country = country.iter().filter(|key| self.countries.contains(*key));
            reasons.extend(country.map(|key| (PartnerReason::CommonCountry, key.clone())));
        }
        if made.parties.contains(middle) {
            // What they do together is nothing that the other does besides.
            reasons = vec![(PartnerReason::AlreadyPartners, String::new())];
        }
        let others = made.parties.iter().filter(|party| *party != middle);
        let each = others.flat_map(|party| {
            reasons.iter().map(|(code, value)| Found {
                government: party.clone(),
                code: *code,
                value: value.clone(),
                evidence: made.address.clone(),
            })
        });
        each.collect()
    }
}
