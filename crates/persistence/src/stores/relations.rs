//! The circle of relations of a government: what the registry tells anyone, and what the cases a
//! signed-in caller has access to tell in addition. The registry part uses the consolidated form: a
//! party that left is no longer in the circle, its successor is.

use super::agreements::{self, CaseTies};
use super::governments;
use crate::conn::Conn;
use crate::failure::Outcome;
use crate::schema::{consolidation_facets as facets, consolidations};
use crate::tx::ReadTx;
use diesel::prelude::*;
use std::collections::{BTreeMap, HashMap};
use vinculo_domain::governments::Government;
use vinculo_domain::inscriptions::Inscription;
use vinculo_domain::page::{After, Page, PageRequest};
use vinculo_domain::problems::Problem;
use vinculo_domain::relations::{Circle, Relation, RelationKind, RelationSource, Tie};
use vinculo_domain::{TenantId, Tier};

/// How many inscriptions are read at a time.
const AT_A_TIME: i64 = 200;

/// One page from the registry; 404 if the government does not exist.
pub fn list_public(
    tx: &mut ReadTx<'_>,
    government: &TenantId,
    page: &PageRequest,
) -> Outcome<Page<Relation>> {
    let mut around = Around::of(tx.conn, government, page)?.ok_or(Problem::NotFound)?;
    around.registry(tx.conn)?;
    Ok(around.page(page))
}

/// One page from the registry, and from the cases led by the government that the caller has access
/// to and that are not inscribed. A government that does not exist has no circle.
pub fn list(
    tx: &mut ReadTx<'_>,
    government: &TenantId,
    page: &PageRequest,
) -> Outcome<Page<Relation>> {
    let Some(mut around) = Around::of(tx.conn, government, page)? else {
        return Ok(Page {
            items: Vec::new(),
            next: None,
            total: None,
        });
    };
    around.registry(tx.conn)?;
    agreements::each_case(tx, government, |tx, ties| around.case(tx.conn, ties))?;
    Ok(around.page(page))
}

/// A circle being built, with the governments found so far.
struct Around {
    middle: Government,
    circle: Circle,
    met: HashMap<TenantId, Option<Government>>,
}

impl Around {
    fn of(conn: &mut Conn, government: &TenantId, page: &PageRequest) -> Outcome<Option<Self>> {
        let Some(middle) = governments::find(conn, government)? else {
            return Ok(None);
        };
        let after = page.after.as_ref().map(|after| after.key.clone());
        Ok(Some(Self {
            middle,
            circle: Circle::page(after, page.limit),
            met: HashMap::new(),
        }))
    }

    fn page(self, page: &PageRequest) -> Page<Relation> {
        Page::cut(self.circle.into_relations(), page.limit, |relation| After {
            key: relation.key(),
            id: String::new(),
        })
    }

    /// The facet that finds the inscriptions of the government; if it is neither a municipality nor
    /// a state, those led at its tier.
    fn facet(&self) -> (&'static str, String) {
        let id = self.middle.id.to_string();
        match self.middle.tier {
            Tier::Municipality => ("municipality", id),
            Tier::State => ("state", id),
            tier => {
                let word: &'static str = tier.into();
                ("tier", word.to_owned())
            }
        }
    }

    /// Reads the registry's inscriptions in their current form, with annotations.
    fn registry(&mut self, conn: &mut Conn) -> Outcome<()> {
        let (facet, value) = self.facet();
        let mut before = "~".to_owned();
        loop {
            let rows: Vec<(String, String)> = facets::table
                .inner_join(consolidations::table.on(consolidations::number.eq(facets::number)))
                .filter(facets::facet.eq(facet))
                .filter(facets::value.eq(&value))
                .filter(facets::number.lt(&before))
                .order(facets::number.desc())
                .limit(AT_A_TIME)
                .select((facets::number, consolidations::content))
                .load(conn)?;
            let full = rows.len() == usize::try_from(AT_A_TIME).unwrap_or(0);
            for (number, content) in rows {
                let inscription: Inscription = serde_json::from_str(&content)?;
                self.inscription(conn, inscription)?;
                before = number;
            }
            if !full {
                return Ok(());
            }
        }
    }

    fn inscription(&mut self, conn: &mut Conn, inscription: Inscription) -> Outcome<()> {
        let source = RelationSource::Registry;
        let middle = self.middle.id.clone();
        let mut parties: Vec<TenantId> = inscription
            .parties
            .iter()
            .map(|party| party.government_id.clone())
            .collect();
        // A state is also found by its municipalities' agreements.
        if !parties.contains(&middle) {
            return Ok(());
        }
        parties.push(TenantId::sre());
        let tie = Tie {
            kind: inscription.kind,
            signed_on: inscription.signed_on,
            number: Some(inscription.number.into()),
        };
        let counterparts = inscription.counterparts.into_iter().map(|one| {
            Relation::with_counterpart(one.kind, source, one.name, one.level, one.country)
        });
        self.add(conn, source, parties, counterparts.collect(), &tie)
    }

    fn case(&mut self, conn: &mut Conn, ties: CaseTies) -> Outcome<()> {
        let source = RelationSource::Case;
        let counterparts = ties.counterparts.into_iter().map(|one| {
            Relation::with_counterpart(one.kind, source, one.name, one.level, one.country)
        });
        let state = self.middle.parent_id.clone();
        let official = |id: &TenantId| *id == TenantId::sre() || Some(id) == state.as_ref();
        let sent_to = ties.sent_to.into_iter().filter(official);
        let governments = ties.parties.into_iter().chain(sent_to).collect();
        self.add(conn, source, governments, counterparts.collect(), &ties.tie)
    }

    /// Adds one agreement: each relation once, however often it occurs there.
    fn add(
        &mut self,
        conn: &mut Conn,
        source: RelationSource,
        governments: Vec<TenantId>,
        counterparts: Vec<Relation>,
        tie: &Tie,
    ) -> Outcome<()> {
        let mut found: BTreeMap<String, Relation> = BTreeMap::new();
        let middle = self.middle.id.clone();
        for id in governments.into_iter().filter(|id| *id != middle) {
            if let Some(one) = self.meet(conn, &id)? {
                let kind = self.kind_of(&one);
                let relation = Relation::with_government(kind, source, one.id, one.name, one.tier);
                found.insert(relation.key(), relation);
            }
        }
        found.extend(counterparts.into_iter().map(|one| (one.key(), one)));
        for relation in found.into_values() {
            self.circle.add(relation, tie);
        }
        Ok(())
    }

    fn kind_of(&self, other: &Government) -> RelationKind {
        if other.tier == Tier::Federal {
            RelationKind::ForeignMinistry
        } else if other.tier == Tier::State && self.middle.parent_id.as_ref() == Some(&other.id) {
            RelationKind::OwnState
        } else {
            RelationKind::MexicanParty
        }
    }

    fn meet(&mut self, conn: &mut Conn, id: &TenantId) -> Outcome<Option<Government>> {
        if let Some(known) = self.met.get(id) {
            return Ok(known.clone());
        }
        let found = governments::find(conn, id)?;
        self.met.insert(id.clone(), found.clone());
        Ok(found)
    }
}
