//! The registry after the inscription.

use super::Desk;
use vinculo_auth::{Action, Kind, policy};
use vinculo_domain::Result;
use vinculo_domain::annotations::{AnnotationChanges, AnnotationFields, Correction};
use vinculo_domain::clock::mexican_day;
use vinculo_domain::legal_date::LegalDate;
use vinculo_domain::page::PageRequest;
use vinculo_persistence::stores::annotations;
use vinculo_persistence::stores::inscriptions::{self, InscriptionFilter, InscriptionSort};

impl Desk<'_> {
    /// Corrects the newest inscription: the body that signed was left out.
    pub async fn correct_newest(&self) -> Result<()> {
        let scope = policy::scope(Some(&self.actor), Kind::Inscription, Action::Read);
        let page = PageRequest {
            limit: 1,
            after: None,
            count: false,
        };
        let newest = self.app.db.read(&scope, "world", "", move |tx| {
            let filter = InscriptionFilter::default();
            let found = inscriptions::list(tx, &filter, InscriptionSort::Number, &page)?;
            match found.items.first() {
                Some(newest) => inscriptions::get(tx, &newest.number, None).map(Some),
                None => Ok(None),
            }
        });
        let Some((record, version)) = newest.await? else {
            return Ok(());
        };
        let body = Correction::PartyBody {
            position: 0,
            old: record
                .consolidated
                .parties
                .first()
                .and_then(|lead| lead.body.clone()),
            new: Some("Dirección de Relaciones Internacionales".into()),
        };
        let fields = AnnotationFields {
            effective_on: LegalDate::day(mexican_day(self.app.db.now())),
            instrument_number: None,
            document_id: None,
            ground: Some("Omisión en la captura del órgano que firmó.".into()),
            changes: AnnotationChanges::Correction { fields: vec![body] },
        };
        let number = record.inscription.number;
        self.write(Kind::Inscription, Action::Annotate, move |tx| {
            annotations::create(tx, &number, version, &fields)
        })
        .await
        .map(|_made| ())
    }
}
