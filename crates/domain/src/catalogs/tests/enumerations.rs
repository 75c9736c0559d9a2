//! The catalogues of enumerations have exactly the words of their types, and say of each what the
//! rules do.

use super::super::tables::{ENUMERATIONS, TITLES};
use super::super::{Catalog, Lang, entries, entry, is_enumeration, title};
use crate::activity::ActivityFamily;
use crate::agreements::{
    AgreementKind, CaseAction, ChecklistItem, Compliance, Instrument, Level, Need, Obstacle,
    OpinionResult, PROCEDURE, PartyRole, RemarkKind, Renewal, ScopeGround, Seat, Side,
    SignatoryFlag, Stage, Term,
};
use crate::annotations::{AnnotationChanges, Correction};
use crate::bodies::BodyKind;
use crate::calendars::WorkedDay;
use crate::charsets::Encoding;
use crate::classifications::Classification;
use crate::clauses::{ClauseState, ClauseWeight};
use crate::compliance::Light;
use crate::counterparts::{CounterpartKind, CounterpartLevel, Visibility};
use crate::documents::{Authenticity, DocumentKind, Rendition};
use crate::gaps::GovernmentGap;
use crate::guide::{Law, Step, StepState};
use crate::history::HistoryAction;
use crate::imports::{Column, QualityFlag, RowResult};
use crate::notices::NoticeKind;
use crate::overlaps::OverlapDecision;
use crate::partners::PartnerReason;
use crate::records::{
    CommitmentSource, CommitteeSeat, ImportMode, LibraryItemType, MeetingType, MembershipType,
    MissionType, NetworkScope, OfficeInstrument, RecordAction, RecordRowResult, RecordStatus,
    TerritoryVocation,
};
use crate::relations::{RelationKind, RelationSource};
use crate::scores::{ScoreDimension, ScoreItem, ScoreLevel};
use crate::standing::Standing;
use crate::statistics::{Audience, CountBy, Dimension, Family};
use crate::tenant::{Role, Tier};
use crate::text_comparison::{ClauseChange, PieceChange};
use crate::turns::{TurnState, WaitingFor};
use crate::urgencies::Priority;
use serde_json::Value;
use std::collections::{BTreeSet, HashSet};
use strum::VariantArray;
use utoipa::PartialSchema;

fn schema<T: PartialSchema>() -> Value {
    serde_json::to_value(T::schema()).unwrap()
}

/// The words of an enumeration, as the contract lists them.
fn words<T: PartialSchema>() -> Vec<String> {
    let schema = schema::<T>();
    let words = schema["enum"].as_array().unwrap().iter();
    words
        .map(|word| word.as_str().unwrap().to_owned())
        .collect()
}

/// The words of the field that tells the variants of a type apart.
fn tags<T: PartialSchema>(field: &str) -> Vec<String> {
    let schema = schema::<T>();
    let variants = schema["oneOf"].as_array().unwrap().iter();
    let word = |variant: &Value| variant["properties"][field]["enum"][0].clone();
    let words = variants.map(|variant| word(variant).as_str().unwrap().to_owned());
    words.collect()
}

fn enumerations() -> Vec<(Catalog, Vec<String>)> {
    vec![
        (Catalog::DocumentKinds, words::<DocumentKind>()),
        (Catalog::Stages, words::<Stage>()),
        (Catalog::CaseActions, words::<CaseAction>()),
        (Catalog::HistoryActions, words::<HistoryAction>()),
        (Catalog::Obstacles, words::<Obstacle>()),
        (Catalog::Needs, words::<Need>()),
        (Catalog::AgreementKinds, words::<AgreementKind>()),
        (Catalog::Instruments, words::<Instrument>()),
        (Catalog::Compliance, words::<Compliance>()),
        (Catalog::Standings, words::<Standing>()),
        (Catalog::Terms, words::<Term>()),
        (Catalog::Renewals, words::<Renewal>()),
        (Catalog::Tiers, words::<Tier>()),
        (Catalog::Roles, words::<Role>()),
        (Catalog::Seats, words::<Seat>()),
        (Catalog::PartyRoles, words::<PartyRole>()),
        (Catalog::Sides, words::<Side>()),
        (Catalog::SignatoryFlags, words::<SignatoryFlag>()),
        (Catalog::WaitingParties, words::<WaitingFor>()),
        (Catalog::TurnStates, words::<TurnState>()),
        (Catalog::Priorities, words::<Priority>()),
        (Catalog::NoticeKinds, words::<NoticeKind>()),
        (Catalog::AccessLevels, words::<Level>()),
        (Catalog::Visibilities, words::<Visibility>()),
        (Catalog::ChecklistItems, words::<ChecklistItem>()),
        (Catalog::RemarkKinds, words::<RemarkKind>()),
        (Catalog::OpinionResults, words::<OpinionResult>()),
        (Catalog::ScopeGrounds, words::<ScopeGround>()),
        (Catalog::CounterpartKinds, words::<CounterpartKind>()),
        (Catalog::CounterpartLevels, words::<CounterpartLevel>()),
        (Catalog::BodyKinds, words::<BodyKind>()),
        (Catalog::RelationKinds, words::<RelationKind>()),
        (Catalog::RelationSources, words::<RelationSource>()),
        (Catalog::Renditions, words::<Rendition>()),
        (Catalog::Classifications, words::<Classification>()),
        (Catalog::Authenticities, words::<Authenticity>()),
        (Catalog::ClauseWeights, words::<ClauseWeight>()),
        (Catalog::ClauseStates, words::<ClauseState>()),
        (Catalog::ClauseChanges, words::<ClauseChange>()),
        (Catalog::PieceChanges, words::<PieceChange>()),
        (Catalog::QualityFlags, words::<QualityFlag>()),
        (Catalog::RowResults, words::<RowResult>()),
        (Catalog::ImportModes, words::<ImportMode>()),
        (Catalog::RecordRowResults, words::<RecordRowResult>()),
        (Catalog::ImportColumns, words::<Column>()),
        (Catalog::Encodings, words::<Encoding>()),
        (Catalog::GuideSteps, words::<Step>()),
        (Catalog::GuideStepStates, words::<StepState>()),
        (Catalog::Laws, words::<Law>()),
        (Catalog::Lights, words::<Light>()),
        (Catalog::Weekdays, words::<WorkedDay>()),
        (Catalog::StatisticsFamilies, words::<Family>()),
        (Catalog::StatisticsDimensions, words::<Dimension>()),
        (Catalog::StatisticsScopes, words::<Audience>()),
        (Catalog::CountingUnits, words::<CountBy>()),
        (Catalog::OverlapDecisions, words::<OverlapDecision>()),
        (Catalog::PartnerReasons, words::<PartnerReason>()),
        (Catalog::RecordStatuses, words::<RecordStatus>()),
        (Catalog::RecordActions, words::<RecordAction>()),
        (Catalog::NetworkScopes, words::<NetworkScope>()),
        (Catalog::MembershipTypes, words::<MembershipType>()),
        (Catalog::MissionTypes, words::<MissionType>()),
        (Catalog::OfficeInstruments, words::<OfficeInstrument>()),
        (Catalog::CommitteeSeats, words::<CommitteeSeat>()),
        (Catalog::MeetingTypes, words::<MeetingType>()),
        (Catalog::CommitmentSources, words::<CommitmentSource>()),
        (Catalog::LibraryItemTypes, words::<LibraryItemType>()),
        (Catalog::ScoreDimensions, words::<ScoreDimension>()),
        (Catalog::ScoreItems, words::<ScoreItem>()),
        (Catalog::ScoreLevels, words::<ScoreLevel>()),
        (Catalog::GovernmentGaps, words::<GovernmentGap>()),
        (Catalog::ActivityFamilies, words::<ActivityFamily>()),
        (Catalog::TerritoryVocations, words::<TerritoryVocation>()),
        (Catalog::AnnotationKinds, tags::<AnnotationChanges>("kind")),
        (Catalog::CorrectionFields, tags::<Correction>("field")),
    ]
}

#[test]
fn a_catalogue_has_the_words_of_its_type_and_no_other() {
    let mut seen = BTreeSet::new();
    for (catalog, words) in enumerations() {
        let codes: BTreeSet<&str> = entries(catalog).iter().map(|one| &*one.code).collect();
        let words: BTreeSet<&str> = words.iter().map(String::as_str).collect();
        assert_eq!(codes, words, "{}", catalog.slug());
        assert!(seen.insert(catalog), "{} stands twice", catalog.slug());
    }
    for catalog in Catalog::VARIANTS {
        assert_eq!(
            is_enumeration(*catalog),
            seen.contains(catalog),
            "{catalog:?}"
        );
    }
}

/// Two words of one catalogue that read the same could not be told apart in a form.
#[test]
fn no_label_stands_twice_in_a_catalogue() {
    for catalog in Catalog::VARIANTS.iter().filter(|one| is_enumeration(**one)) {
        for lang in [Lang::Es, Lang::En] {
            let mut seen = HashSet::new();
            for one in entries(*catalog) {
                let text = one.label(lang);
                let trimmed = text.trim() == text && !text.ends_with('.') && !text.contains('`');
                assert!(trimmed, "{}: {text}", catalog.slug());
                assert!(seen.insert(text), "{}: {text}", catalog.slug());
            }
        }
    }
}

#[test]
fn every_row_of_the_file_is_in_a_catalogue() {
    let mut reader = csv::Reader::from_reader(ENUMERATIONS.as_bytes());
    let mut rows = 0;
    let mut catalogs = BTreeSet::new();
    for row in reader.records() {
        let row = row.unwrap();
        let (slug, code) = (&row[0], &row[1]);
        let catalog = Catalog::parse(if slug == TITLES { code } else { slug });
        let catalog = catalog.unwrap_or_else(|| panic!("{slug} {code}"));
        if slug == TITLES {
            assert!(catalogs.insert(catalog), "{code} has two titles");
            assert_eq!(
                (&*title(catalog).es, &*title(catalog).en),
                (&row[2], &row[3])
            );
        } else {
            assert_eq!(entry(catalog, code).unwrap().es, &row[2], "{slug} {code}");
        }
        rows += 1;
    }
    assert_eq!(catalogs.len(), Catalog::VARIANTS.len());
    assert_eq!(rows, ENUMERATIONS.lines().count() - 1);
}

/// What a catalogue says of a word, as text.
fn attribute(catalog: Catalog, code: &str, name: &str) -> Option<String> {
    entry(catalog, code).unwrap().attributes.get(name).cloned()
}

fn said(fact: bool) -> Option<String> {
    Some(fact.to_string())
}

#[test]
fn what_a_catalogue_says_of_stages_and_actions_is_what_the_procedure_does() {
    for stage in Stage::VARIANTS {
        let code: &str = stage.into();
        let told = |name| attribute(Catalog::Stages, code, name);
        let leaves = PROCEDURE.iter().any(|rule| rule.from.contains(stage));
        assert_eq!(told("final"), said(!leaves), "{code}");
        assert_eq!(told("editable"), said(stage.is_editable()), "{code}");
        let waiting: Option<&str> = WaitingFor::in_stage(*stage).map(Into::into);
        assert_eq!(told("waiting_for").as_deref(), waiting, "{code}");
    }
    for action in CaseAction::VARIANTS {
        let code: &str = action.into();
        let rules = PROCEDURE.iter().filter(|rule| rule.action == *action);
        let seats: BTreeSet<Seat> = rules.map(|rule| rule.seat).collect();
        let seats: Vec<&str> = seats.into_iter().map(Into::into).collect();
        let told = |name| attribute(Catalog::CaseActions, code, name);
        assert_eq!(told("seats"), Some(seats.join(" ")), "{code}");
        assert_eq!(told("opens"), said(action.opens()), "{code}");
    }
}

#[test]
fn what_a_catalogue_says_of_other_words_is_what_the_rules_say() {
    for kind in AgreementKind::VARIANTS {
        let told = attribute(Catalog::AgreementKinds, kind.into(), "registrable");
        assert_eq!(told, said(kind.is_registrable()), "{kind:?}");
    }
    for kind in CounterpartKind::VARIANTS {
        let told = attribute(Catalog::CounterpartKinds, kind.into(), "registrable");
        assert_eq!(told, said(kind.is_registrable()), "{kind:?}");
    }
    for kind in BodyKind::VARIANTS {
        let told = attribute(Catalog::BodyKinds, kind.into(), "requires_legal_review");
        assert_eq!(told, said(kind.requires_legal_review(false)), "{kind:?}");
    }
    for standing in Standing::VARIANTS {
        let told = attribute(Catalog::Standings, standing.into(), "over");
        assert_eq!(told, said(standing.is_over()), "{standing:?}");
    }
}

/// Terms that a lawyer of the ministry would not write.
#[test]
fn the_labels_keep_to_the_terms() {
    let never = [
        "caso",
        "asunto",
        "titular",
        "clase",
        "renovación",
        "fuera de la ley",
    ];
    for line in ENUMERATIONS.lines() {
        let line = line.to_lowercase();
        let words: Vec<&str> = line.split(|c: char| !c.is_alphabetic()).collect();
        for term in never {
            let found = if term.contains(' ') {
                line.contains(term)
            } else {
                words.contains(&term)
            };
            assert!(!found, "{term}: {line}");
        }
    }
    let label = |catalog, code| &*entry(catalog, code).unwrap().es;
    assert_eq!(
        label(Catalog::Stages, "out_of_scope"),
        "Fuera del ámbito de la LCT"
    );
    assert_eq!(
        label(Catalog::Stages, "abandoned"),
        "Archivado por inactividad"
    );
    assert_eq!(label(Catalog::Seats, "owner"), "Gobierno promovente");
}
