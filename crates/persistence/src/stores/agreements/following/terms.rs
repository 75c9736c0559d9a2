//! The cases in which a change of an administration raises or ends a doubt: whether a signatory was
//! its head, and whether the agreement outlives its term.

use super::{Cases, Shown, follow_all, owners_read_by};
use crate::conn::Conn;
use crate::failure::Outcome;
use crate::schema::{
    adhesion_signatories, adhesions, agreement_drafts as drafts, agreement_parties as parties,
    agreements, party_approvals as approvals, people, signatories,
};
use crate::stores::mechanisms::date;
use crate::tx::WriteTx;
use diesel::prelude::*;
use std::collections::HashMap;
use vinculo_domain::TenantId;
use vinculo_domain::administrations::Turnover;
use vinculo_domain::agreements::{AgreementContent, PartyRole, Side};
use vinculo_domain::history::HistoryAction;

/// After an administration was written down or changed.
pub(crate) fn follow_administration(
    tx: &mut WriteTx<'_>,
    government: &TenantId,
    turnover: &Turnover,
) -> Outcome<()> {
    let mut cases = Cases::default();
    for owner in owners_read_by(tx, government)? {
        let party = Party {
            owner: owner.as_str(),
            government: government.as_str(),
            turnover,
        };
        tx.on_side_of(&owner, |tx| {
            for case in party.doubts(tx.conn)? {
                cases.add(&owner, case, Shown::WithSignature);
            }
            for case in party
                .joined(tx.conn)?
                .into_iter()
                .chain(party.voted(tx.conn)?)
            {
                cases.add(&owner, case, Shown::ToOwnerSide);
            }
            Ok(())
        })?;
    }
    // No figure counts doubts about signatures or terms.
    follow_all(tx, &cases, HistoryAction::AdministrationChanged, false)
}

/// A government as a party in the cases of one owner.
#[derive(Clone, Copy)]
struct Party<'a> {
    owner: &'a str,
    government: &'a str,
    turnover: &'a Turnover,
}

impl Party<'_> {
    /// Whether any of these signatures, each with its day, comes to be doubted or no longer is.
    fn altered(&self, signatures: Vec<(String, String, Option<String>)>) -> Outcome<Vec<String>> {
        let mut altered = Vec::new();
        for (case, name, signed_on) in signatures {
            let Some(day) = signed_on.as_deref().map(date).transpose()? else {
                continue;
            };
            if self.turnover.alters_doubt(&name, day.earliest()) {
                altered.push(case);
            }
        }
        Ok(altered)
    }

    /// The cases with a doubt about who signed for it together with the others.
    fn doubts(&self, conn: &mut Conn) -> Outcome<Vec<String>> {
        let side: &'static str = Side::Mexican.into();
        let signed = signatories::table
            .inner_join(people::table.on(people::id.eq(signatories::person_id)))
            .inner_join(
                agreements::table.on(agreements::tenant_id
                    .eq(signatories::tenant_id)
                    .and(agreements::id.eq(signatories::agreement_id))),
            )
            .filter(signatories::tenant_id.eq(self.owner))
            .filter(signatories::side.eq(side))
            .filter(signatories::party.eq(self.government))
            .filter(signatories::authority_document_id.is_null())
            .select((
                signatories::agreement_id,
                people::name,
                agreements::signed_on,
            ));
        self.altered(signed.load(conn)?)
    }

    /// The cases with a doubt about who signed for it when it joined.
    fn joined(&self, conn: &mut Conn) -> Outcome<Vec<String>> {
        let signed = adhesion_signatories::table
            .inner_join(people::table.on(people::id.eq(adhesion_signatories::person_id)))
            .inner_join(
                adhesions::table.on(adhesions::tenant_id
                    .eq(adhesion_signatories::tenant_id)
                    .and(adhesions::agreement_id.eq(adhesion_signatories::agreement_id))
                    .and(adhesions::government_id.eq(adhesion_signatories::government_id))),
            )
            .filter(adhesion_signatories::tenant_id.eq(self.owner))
            .filter(adhesion_signatories::government_id.eq(self.government))
            .filter(adhesion_signatories::authority_document_id.is_null())
            .select((
                adhesion_signatories::agreement_id,
                people::name,
                adhesions::signed_on.nullable(),
            ));
        self.altered(signed.load(conn)?)
    }

    /// The cases that its council voted for, where the agreement comes to outlive the term or no
    /// longer does.
    fn voted(&self, conn: &mut Conn) -> Outcome<Vec<String>> {
        let lead: &'static str = PartyRole::Lead.into();
        let sessions = self.sessions(conn)?;
        let rows: Vec<(String, String, String)> = parties::table
            .inner_join(
                drafts::table.on(drafts::tenant_id
                    .eq(parties::tenant_id)
                    .and(drafts::agreement_id.eq(parties::agreement_id))),
            )
            .filter(parties::tenant_id.eq(self.owner))
            .filter(parties::government_id.eq(self.government))
            .select((parties::agreement_id, parties::role, drafts::content))
            .load(conn)?;
        let mut altered = Vec::new();
        for (case, role, content) in rows {
            let content: AgreementContent = serde_json::from_str(&content)?;
            let session = if role == lead {
                content.council_approval.map(|vote| vote.session_on)
            } else {
                let session = sessions.get(&case).and_then(Option::as_deref);
                session.map(date).transpose()?
            };
            let validity = content.validity.as_ref();
            if session.is_some_and(|day| self.turnover.alters_outliving(validity, day.earliest())) {
                altered.push(case);
            }
        }
        Ok(altered)
    }

    /// The day on which its council last voted, in each case that another government leads.
    fn sessions(&self, conn: &mut Conn) -> Outcome<HashMap<String, Option<String>>> {
        let rows: Vec<(String, Option<String>)> = approvals::table
            .filter(approvals::tenant_id.eq(self.owner))
            .filter(approvals::government_id.eq(self.government))
            .order(approvals::id)
            .select((approvals::agreement_id, approvals::session_on))
            .load(conn)?;
        Ok(rows.into_iter().collect())
    }
}
