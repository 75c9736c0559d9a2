//! Which catalogue has the labels of an enumeration of the document.

use super::walk::Schemas;
use crate::keys::EXTENSION;
use serde_json::{Value, json};
use vinculo_domain::catalogs::Catalog;

/// The schemas of words and the catalogue that has their labels. Where a field tells the variants of
/// a schema apart, the words are its values. Some schemas take only a part of a catalogue.
const LABELLED: [(&str, Catalog); 60] = [
    ("Agreement", Catalog::AccessLevels),
    ("AgreementKind", Catalog::AgreementKinds),
    ("AnnotationChanges", Catalog::AnnotationKinds),
    ("Authenticity", Catalog::Authenticities),
    ("BodyKind", Catalog::BodyKinds),
    ("CaseAction", Catalog::CaseActions),
    ("ChecklistItem", Catalog::ChecklistItems),
    ("Classification", Catalog::Classifications),
    ("ClauseChange", Catalog::ClauseChanges),
    ("ClauseState", Catalog::ClauseStates),
    ("ClauseWeight", Catalog::ClauseWeights),
    ("Column", Catalog::ImportColumns),
    ("Compliance", Catalog::Compliance),
    ("Correction", Catalog::CorrectionFields),
    ("CountBy", Catalog::CountingUnits),
    ("CounterpartKind", Catalog::CounterpartKinds),
    ("CounterpartLevel", Catalog::CounterpartLevels),
    ("DocumentKind", Catalog::DocumentKinds),
    ("Encoding", Catalog::Encodings),
    ("Family", Catalog::StatisticsFamilies),
    ("GuideStepKey", Catalog::GuideSteps),
    ("GuideStepState", Catalog::GuideStepStates),
    ("HistoryAction", Catalog::HistoryActions),
    ("Instrument", Catalog::Instruments),
    ("Law", Catalog::Laws),
    ("Level", Catalog::AccessLevels),
    ("Light", Catalog::Lights),
    ("Need", Catalog::Needs),
    ("NoticeKind", Catalog::NoticeKinds),
    ("Obstacle", Catalog::Obstacles),
    ("OpinionResult", Catalog::OpinionResults),
    ("PartyRole", Catalog::PartyRoles),
    ("PastAction", Catalog::CaseActions),
    ("PastCompliance", Catalog::Compliance),
    ("PieceChange", Catalog::PieceChanges),
    ("Priority", Catalog::Priorities),
    ("QualityFlag", Catalog::QualityFlags),
    ("RelationKind", Catalog::RelationKinds),
    ("RelationSource", Catalog::RelationSources),
    ("RemarkKind", Catalog::RemarkKinds),
    ("Rendition", Catalog::Renditions),
    ("Renewal", Catalog::Renewals),
    ("Role", Catalog::Roles),
    ("RowResult", Catalog::RowResults),
    ("ScopeGround", Catalog::ScopeGrounds),
    ("Seat", Catalog::Seats),
    ("Side", Catalog::Sides),
    ("SignatoryFlag", Catalog::SignatoryFlags),
    ("Stage", Catalog::Stages),
    ("Standing", Catalog::Standings),
    ("StatisticsDimension", Catalog::StatisticsDimensions),
    ("StatisticsScope", Catalog::StatisticsScopes),
    ("Term", Catalog::Terms),
    ("Tier", Catalog::Tiers),
    ("TransitionRequest", Catalog::CaseActions),
    ("TurnState", Catalog::TurnStates),
    ("Visibility", Catalog::Visibilities),
    ("WaitingFor", Catalog::WaitingParties),
    ("WaitingParty", Catalog::WaitingParties),
    ("WorkedDay", Catalog::Weekdays),
];

/// Adds to each enumeration where its labels are.
pub(super) fn point(document: &mut Value) {
    let schemas = document
        .pointer_mut("/components/schemas")
        .and_then(Value::as_object_mut);
    let Some(schemas) = schemas else {
        return;
    };
    for (name, catalog) in LABELLED {
        label(schemas, name, catalog);
    }
}

fn label(schemas: &mut Schemas, name: &str, catalog: Catalog) {
    let schema = schemas.get_mut(name).and_then(Value::as_object_mut);
    if let Some(schema) = schema {
        schema.insert(EXTENSION.into(), json!(catalog.address()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_labelled_schema_is_in_the_document() {
        let document = crate::openapi::document();
        for (name, catalog) in LABELLED {
            let schema = &document["components"]["schemas"][name];
            assert_eq!(schema[EXTENSION], catalog.address(), "{name}");
        }
    }
}
