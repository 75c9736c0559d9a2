//! What a desk does beside cases.

use super::Desk;
use uuid::Uuid;
use vinculo_auth::seal::sha256;
use vinculo_auth::{Action, Kind};
use vinculo_domain::Result;
use vinculo_domain::administrations::AdministrationFields;
use vinculo_domain::agreements::{CaseAction, PastAgreementFields};
use vinculo_domain::bodies::BodyFields;
use vinculo_domain::counterparts::CounterpartFields;
use vinculo_domain::imports::{Candidate, ImportSummary};
use vinculo_domain::mechanisms::{MechanismFields, OfficeFields};
use vinculo_persistence::stores::imports::{Planned, PlannedRow};
use vinculo_persistence::stores::{
    administrations, agreements, bodies, counterparts, imports, mechanisms, offices,
};

impl Desk<'_> {
    /// Writes down a counterpart.
    pub async fn counterpart(&self, fields: CounterpartFields) -> Result<Uuid> {
        Self::id(
            &self
                .write(Kind::Counterpart, Action::Create, move |tx| {
                    counterparts::create(tx, &fields)
                })
                .await?,
        )
    }

    /// Writes down a collaboration mechanism.
    pub async fn mechanism(&self, fields: MechanismFields) -> Result<Uuid> {
        Self::id(
            &self
                .write(Kind::Mechanism, Action::Create, move |tx| {
                    mechanisms::create(tx, &fields)
                })
                .await?,
        )
    }

    /// Writes down a designated office.
    pub async fn office(&self, fields: OfficeFields) -> Result<Uuid> {
        Self::id(
            &self
                .write(Kind::Office, Action::Create, move |tx| {
                    offices::create(tx, &fields)
                })
                .await?,
        )
    }

    /// Writes down a body of the desk's government.
    pub async fn body(&self, fields: BodyFields) -> Result<Uuid> {
        Self::id(
            &self
                .write(Kind::Body, Action::Create, move |tx| {
                    bodies::create(tx, &fields)
                })
                .await?,
        )
    }

    /// Writes down an administration.
    pub async fn administration(&self, fields: AdministrationFields) -> Result<Uuid> {
        Self::id(
            &self
                .write(Kind::Administration, Action::Create, move |tx| {
                    administrations::create(tx, &fields)
                })
                .await?,
        )
    }

    /// Reports a past agreement of another government.
    pub async fn report(&self, fields: PastAgreementFields) -> Result<Uuid> {
        let action = Action::Case(CaseAction::Report);
        let made = self.write(Kind::Agreement, action, move |tx| {
            agreements::create_past(tx, &fields)
        });
        Self::id(&made.await?)
    }

    /// Opens a batch of past agreements.
    pub async fn past_batch(&self, file: &str, rows: usize) -> Result<Uuid> {
        let file = file.to_owned();
        let made = self.write(Kind::Agreement, Action::Import, move |tx| {
            imports::create_batch(tx, &file, &sha256(file.as_bytes()), rows)
        });
        Self::id(&made.await?)
    }

    /// Records past agreements; all of them are done with the last.
    pub async fn past(&self, batch: Uuid, rows: Vec<(u64, Candidate)>) -> Result<()> {
        let planned: Vec<PlannedRow> = rows
            .into_iter()
            .map(|(line, candidate)| PlannedRow {
                line,
                planned: Planned::Record(Box::new(candidate)),
            })
            .collect();
        self.write(Kind::Agreement, Action::Import, move |tx| {
            imports::record_rows(tx, Some(batch), &planned)
        })
        .await
        .map(|_rows| ())
    }

    /// Says that every row of a batch is done.
    pub async fn past_done(&self, batch: Uuid, imported: usize) -> Result<()> {
        let summary = ImportSummary {
            imported,
            ..ImportSummary::default()
        };
        self.write(Kind::Agreement, Action::Import, move |tx| {
            imports::complete(tx, batch, &summary)
        })
        .await
        .map(|_done| ())
    }
}
