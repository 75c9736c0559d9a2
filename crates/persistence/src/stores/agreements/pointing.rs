//! What remarks point to: a version of the texts that was sent to their author, a language of it, a
//! clause of that text.

use super::cases::Case;
use super::{clauses, submissions, texts};
use crate::conn::Conn;
use crate::failure::Outcome;
use crate::tx::WriteTx;
use std::collections::BTreeMap;
use vinculo_domain::FieldError;
use vinculo_domain::agreements::RemarkFields;
use vinculo_domain::catalogs::{self, Catalog};
use vinculo_domain::clauses::{Clause, pointed_at};
use vinculo_domain::refusal::{Admitted, Checks};
use vinculo_domain::texts::FullTextSet;
use vinculo_domain::wording;

/// The versions that the caller was sent in a case, loaded when remarks name them.
pub(super) struct Pointing<'a> {
    case: &'a Case,
    sent: Vec<i32>,
    newest: Option<i32>,
    read: BTreeMap<i32, FullTextSet>,
}

impl<'a> Pointing<'a> {
    /// For a case; `newest` is the newest version that the caller was sent.
    pub(super) fn of(tx: &mut WriteTx<'_>, case: &'a Case, newest: Option<i32>) -> Outcome<Self> {
        Ok(Self {
            case,
            sent: submissions::sets_sent_to(tx.conn, &tx.actor(), &case.row.id)?,
            newest,
            read: BTreeMap::new(),
        })
    }

    /// Notes targets of a remark that do not exist; gives the model clause that it points to.
    pub(super) fn check(
        &mut self,
        conn: &mut Conn,
        checks: &mut Checks,
        pointer: &str,
        remark: &RemarkFields,
    ) -> Outcome<Option<String>> {
        if remark
            .text_set
            .is_some_and(|named| !self.sent.contains(&named))
        {
            let said = wording::review::sent_version();
            let sent = Admitted::of(self.sent.iter().map(i32::to_string));
            let place = format!("{pointer}/text_set");
            checks.push(FieldError::new(place, "unknown_key", said).admitting(sent));
            return Ok(None);
        }
        let texts = match remark.text_set.or(self.newest) {
            Some(number) => self.set(conn, number)?,
            None => None,
        };
        let language = remark.language.as_deref();
        if language.is_some_and(|code| !has_language(texts, code)) {
            let said = wording::review::language_of_version();
            let place = format!("{pointer}/language");
            checks.push(FieldError::new(place, "unknown_key", said).admitting(languages(texts)));
            return Ok(None);
        }
        let Some(clause) = remark.clause.as_deref() else {
            return Ok(None);
        };
        let there = clauses_in(texts, language);
        if there.is_empty() {
            let model = catalogs::contains(Catalog::Clauses, clause);
            return Ok(model.then(|| clause.to_owned()));
        }
        let found = pointed_at(&there, clause);
        if found.is_none() {
            let said = wording::review::clause_of_text();
            let numbers = Admitted::of(there.iter().map(|clause| clause.number.as_str()));
            let place = format!("{pointer}/clause");
            let error = FieldError::new(place, "unknown_key", said);
            checks.push(error.admitting(numbers.at(Catalog::Clauses.address())));
        }
        Ok(found.flatten())
    }

    fn set(&mut self, conn: &mut Conn, number: i32) -> Outcome<Option<&FullTextSet>> {
        if !self.read.contains_key(&number) {
            let (owner, agreement) = (&self.case.row.tenant_id, &self.case.row.id);
            if let Some(set) = texts::numbered(conn, owner, agreement, number)? {
                let set = clauses::of_set(conn, owner, agreement, set)?;
                self.read.insert(number, set);
            }
        }
        Ok(self.read.get(&number))
    }
}

/// Whether a version has a text in a language; without a version any language is allowed.
fn has_language(set: Option<&FullTextSet>, language: &str) -> bool {
    match set {
        Some(set) => set.texts.iter().any(|text| text.language == language),
        None => catalogs::contains(Catalog::Languages, language),
    }
}

/// The languages that a version has texts in; without a version, those of the catalogue.
fn languages(set: Option<&FullTextSet>) -> Admitted {
    match set {
        Some(set) => Admitted::of(set.texts.iter().map(|text| text.language.as_str())),
        None => Admitted::keys(Catalog::Languages),
    }
}

/// The clauses of a version, in one language or in all.
fn clauses_in<'a>(set: Option<&'a FullTextSet>, language: Option<&str>) -> Vec<&'a Clause> {
    let texts = set.into_iter().flat_map(|set| &set.texts);
    texts
        .filter(|text| language.is_none_or(|code| text.language == code))
        .flat_map(|text| &text.clauses)
        .collect()
}
