//! Who signed. Names stand with the people, so that one row is blanked where one must be.

use super::cases::{Case, Row};
use super::opinions;
use crate::conn::Conn;
use crate::failure::{Outcome, known};
use crate::schema::{agreements, people, signatories};
use crate::stores::counterparts;
use crate::stores::mechanisms::date;
use crate::tx::WriteTx;
use diesel::prelude::*;
use uuid::Uuid;
use vinculo_domain::agreements::{AgreementContent, Originals, Side, Signatory, SignatureView};
use vinculo_domain::legal_date::LegalDate;
use vinculo_domain::problems::Problem;
use vinculo_domain::refusal::Checks;

/// The signature of a case, where it was recorded.
pub(super) fn of(conn: &mut Conn, row: &Row) -> Outcome<Option<SignatureView>> {
    let Some(signed_on) = row.signed_on.as_deref() else {
        return Ok(None);
    };
    let rows: Vec<(String, String, String, String, String)> = signatories::table
        .inner_join(people::table.on(people::id.eq(signatories::person_id)))
        .filter(signatories::tenant_id.eq(&row.tenant_id))
        .filter(signatories::agreement_id.eq(&row.id))
        .order(signatories::position)
        .select((
            signatories::side,
            signatories::party,
            people::name,
            signatories::post,
            signatories::capacity,
        ))
        .load(conn)?;
    let signatory =
        |(side, party, name, post, capacity): (String, String, String, String, String)| {
            Ok(Signatory {
                side: known(&side)?,
                party,
                name,
                post,
                capacity,
            })
        };
    let originals: Vec<Originals> = row
        .originals
        .as_deref()
        .map(serde_json::from_str)
        .transpose()?
        .unwrap_or_default();
    Ok(Some(SignatureView {
        signed_on: date(signed_on)?,
        place: row.signed_place.clone(),
        signatories: rows.into_iter().map(signatory).collect::<Outcome<_>>()?,
        originals,
    }))
}

/// Records the signature: each signatory for a party of the agreement, on its own side.
pub(super) fn record(
    tx: &mut WriteTx<'_>,
    case: &mut Case,
    content: &AgreementContent,
    signed_on: &LegalDate,
    place: &str,
    names: &[Signatory],
    originals: &[Originals],
) -> Outcome<()> {
    let cards = counterparts::cards_of_case(tx.conn, &case.row.tenant_id, &case.row.id)?;
    let mut checks = Checks::default();
    for (i, signatory) in names.iter().enumerate() {
        let belongs = match signatory.side {
            Side::Mexican => content
                .parties
                .iter()
                .any(|party| party.government_id.as_str() == signatory.party),
            Side::Counterpart => cards
                .iter()
                .any(|card| card.id.to_string() == signatory.party),
        };
        if !belongs {
            checks.add(
                format!("/signatories/{i}/party"),
                "unknown_key",
                "No es parte de este acuerdo por ese lado.",
                "It is no party of this agreement on that side.",
            );
        }
    }
    for language in &content.languages {
        if !originals
            .iter()
            .any(|original| original.language == *language)
        {
            checks.add(
                "/originals",
                "language_missing",
                format!("Cuente los originales en {language}."),
                format!("Count the originals in {language}."),
            );
        }
    }
    if opinions::has_lapsed(tx.conn, &case.row, signed_on.earliest())? {
        checks.add(
            "/signed_on",
            "opinion_lapsed",
            "El dictamen había vencido ese día: pida otro con change_text.",
            "The opinion had lapsed that day: ask for another with change_text.",
        );
    }
    checks.finish(Problem::ValidationFailed)?;
    for (position, signatory) in (0_i32..).zip(names) {
        write(tx, case, position, signatory)?;
    }
    let head = agreements::table.find((&case.row.tenant_id, &case.row.id));
    diesel::update(head)
        .set((
            agreements::signed_on.eq(signed_on.as_str()),
            agreements::signed_place.eq(place),
            agreements::originals.eq(serde_json::to_string(originals)?),
        ))
        .execute(tx.conn)?;
    case.row.signed_on = Some(signed_on.as_str().to_owned());
    Ok(())
}

fn write(tx: &mut WriteTx<'_>, case: &Case, position: i32, signatory: &Signatory) -> Outcome<()> {
    let person = Uuid::now_v7().to_string();
    diesel::insert_into(people::table)
        .values((
            people::id.eq(&person),
            people::name.eq(&signatory.name),
            people::created_at.eq(tx.stamp()),
        ))
        .execute(tx.conn)?;
    let side: &'static str = signatory.side.into();
    let row = (
        signatories::tenant_id.eq(&case.row.tenant_id),
        signatories::id.eq(Uuid::now_v7().to_string()),
        signatories::agreement_id.eq(&case.row.id),
        signatories::position.eq(position),
        signatories::side.eq(side),
        signatories::party.eq(&signatory.party),
        signatories::person_id.eq(person),
        signatories::post.eq(&signatory.post),
        signatories::capacity.eq(&signatory.capacity),
    );
    diesel::insert_into(signatories::table)
        .values(row)
        .execute(tx.conn)?;
    Ok(())
}
