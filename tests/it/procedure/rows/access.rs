//! Each row of the procedure in each of its stages, and what is seen of the case before and after:
//! level, stage, version, title and the steps of the history. Wherever the owner may edit, it has
//! renamed the case from `Antes` to `Después`.

use vinculo_domain::Role;
use vinculo_domain::agreements::{CaseAction as A, Seat};
use vinculo_tests::{GUADALAJARA, JALISCO, SRE};

/// One row in one scene: who takes it, and what the owner's side, the state and SRE see.
pub struct Row {
    pub action: A,
    pub scene: &'static str,
    pub by: (&'static str, Role),
    pub before: [&'static str; 3],
    pub after: [&'static str; 3],
}

/// Rows that tests in other files cover, because other requests lead to their stages.
#[rustfmt::skip]
pub const ELSEWHERE: &[(A, Seat, &str)] = &[
    (A::RecordUnreviewed, Seat::Federal, "past_agreements.rs::what_the_ministry_records_is_signed_and_its_owner_goes_on_with_it"),
    (A::RecordUnreviewed, Seat::Owner, "past_agreements.rs::what_the_ministry_records_is_signed_and_its_owner_goes_on_with_it"),
    (A::Report, Seat::Reporter, "past_agreements.rs::what_is_reported_is_seen_by_its_owner_and_its_reporter_alone"),
    (A::Withdraw, Seat::Reporter, "past_agreements/reports.rs::a_report_is_taken_back_and_made_again"),
    (A::Confirm, Seat::Owner, "past_agreements/reports.rs::what_its_owner_confirms_is_out_of_its_reporters_hands"),
    (A::Dispute, Seat::Owner, "past_agreements/story.rs::a_twinning_of_1998_is_reported_disputed_confirmed_regularised_and_inscribed"),
    (A::Resume, Seat::Owner, "abandonment/resuming.rs::a_draft_left_alone_is_resumed_as_a_draft"),
    (A::Resume, Seat::Owner, "abandonment/resuming.rs::a_returned_case_left_alone_is_resumed_as_returned"),
];

const OFFICER: (&str, Role) = (GUADALAJARA, Role::Officer);
const STATE: (&str, Role) = (JALISCO, Role::Liaison);
const INTAKE: (&str, Role) = (SRE, Role::Liaison);
const LEGAL: (&str, Role) = (SRE, Role::LegalReviewer);
const REGISTRAR: (&str, Role) = (SRE, Role::Registrar);

const fn row(
    action: A,
    scene: &'static str,
    by: (&'static str, Role),
    before: [&'static str; 3],
    after: [&'static str; 3],
) -> Row {
    Row {
        action,
        scene,
        by,
        before,
        after,
    }
}

#[rustfmt::skip]
pub const ROWS: &[Row] = &[
    row(A::Announce, "draft", OFFICER,
        ["full draft 7 Antes:", "404", "404"],
        ["full draft 8 Antes: announce", "404", "summary draft 8 Antes: announce"]),
    // Announced again, to SRE alone: Jalisco keeps what it was told before.
    row(A::Announce, "announced", OFFICER,
        ["full draft 11 Después: announce", "summary draft 8 Antes: announce", "summary draft 8 Antes: announce"],
        ["full draft 12 Después: announce announce", "summary draft 8 Antes: announce", "summary draft 12 Después: announce announce"]),
    row(A::Submit, "draft", OFFICER,
        ["full draft 7 Antes:", "404", "404"],
        ["full state_review 8 Antes: submit", "submitted state_review 8 Antes: submit", "404"]),
    row(A::Submit, "announced", OFFICER,
        ["full draft 11 Después: announce", "summary draft 8 Antes: announce", "summary draft 8 Antes: announce"],
        ["full state_review 12 Después: announce submit", "submitted state_review 12 Después: announce submit", "summary draft 8 Antes: announce"]),
    row(A::Forward, "state_review", STATE,
        ["full state_review 8 Antes: submit", "submitted state_review 8 Antes: submit", "404"],
        ["full federal_intake 9 Antes: submit forward", "submitted federal_intake 9 Antes: submit forward", "submitted federal_intake 9 Antes: submit forward"]),
    row(A::Escalate, "escalatable", OFFICER,
        ["full state_review 10 Antes: submit return_to_owner resubmit", "submitted state_review 10 Antes: submit return_to_owner resubmit", "404"],
        ["full federal_intake 11 Antes: submit return_to_owner resubmit escalate", "submitted federal_intake 11 Antes: submit return_to_owner resubmit escalate", "submitted federal_intake 11 Antes: submit return_to_owner resubmit escalate"]),
    row(A::ReturnToOwner, "state_review", STATE,
        ["full state_review 8 Antes: submit", "submitted state_review 8 Antes: submit", "404"],
        ["full returned 9 Antes: submit return_to_owner", "submitted returned 9 Antes: submit return_to_owner", "404"]),
    row(A::ReturnToOwner, "federal_intake", INTAKE,
        ["full federal_intake 9 Antes: submit forward", "submitted federal_intake 9 Antes: submit forward", "submitted federal_intake 9 Antes: submit forward"],
        ["full returned 10 Antes: submit forward return_to_owner", "submitted returned 10 Antes: submit forward return_to_owner", "submitted returned 10 Antes: submit forward return_to_owner"]),
    row(A::Resubmit, "returned", OFFICER,
        ["full returned 12 Después: submit return_to_owner", "submitted returned 9 Antes: submit return_to_owner", "404"],
        ["full state_review 13 Después: submit return_to_owner resubmit", "submitted state_review 13 Después: submit return_to_owner resubmit", "404"]),
    // Jalisco forwarded the case and still follows it, but was not sent the new text.
    row(A::Resubmit, "returned_by_sre", OFFICER,
        ["full returned 13 Después: submit forward return_to_owner", "submitted returned 10 Antes: submit forward return_to_owner", "submitted returned 10 Antes: submit forward return_to_owner"],
        ["full federal_intake 14 Después: submit forward return_to_owner resubmit", "submitted federal_intake 14 Antes: submit forward return_to_owner resubmit", "submitted federal_intake 14 Después: submit forward return_to_owner resubmit"]),
    row(A::Resubmit, "observed", OFFICER,
        ["full observed 16 Después: submit forward accept observe", "submitted observed 11 Antes: submit forward accept observe", "submitted observed 11 Antes: submit forward accept observe"],
        ["full legal_review 17 Después: submit forward accept observe resubmit", "submitted legal_review 17 Antes: submit forward accept observe resubmit", "submitted legal_review 17 Después: submit forward accept observe resubmit"]),
    row(A::Resubmit, "opinion_unfavorable", OFFICER,
        ["full opinion_unfavorable 16 Después: submit forward accept issue_opinion", "submitted opinion_unfavorable 11 Antes: submit forward accept issue_opinion", "submitted opinion_unfavorable 11 Antes: submit forward accept issue_opinion"],
        ["full legal_review 17 Después: submit forward accept issue_opinion resubmit", "submitted legal_review 17 Antes: submit forward accept issue_opinion resubmit", "submitted legal_review 17 Después: submit forward accept issue_opinion resubmit"]),
    row(A::Accept, "federal_intake", INTAKE,
        ["full federal_intake 9 Antes: submit forward", "submitted federal_intake 9 Antes: submit forward", "submitted federal_intake 9 Antes: submit forward"],
        ["full legal_review 10 Antes: submit forward accept", "submitted legal_review 10 Antes: submit forward accept", "submitted legal_review 10 Antes: submit forward accept"]),
    row(A::ReturnToIntake, "legal_review", LEGAL,
        ["full legal_review 10 Antes: submit forward accept", "submitted legal_review 10 Antes: submit forward accept", "submitted legal_review 10 Antes: submit forward accept"],
        ["full federal_intake 11 Antes: submit forward accept return_to_intake", "submitted federal_intake 11 Antes: submit forward accept return_to_intake", "submitted federal_intake 11 Antes: submit forward accept return_to_intake"]),
    row(A::DeclareOutOfScope, "federal_intake", INTAKE,
        ["full federal_intake 9 Antes: submit forward", "submitted federal_intake 9 Antes: submit forward", "submitted federal_intake 9 Antes: submit forward"],
        ["full out_of_scope 10 Antes: submit forward declare_out_of_scope", "submitted out_of_scope 10 Antes: submit forward declare_out_of_scope", "submitted out_of_scope 10 Antes: submit forward declare_out_of_scope"]),
    row(A::DeclareOutOfScope, "legal_review", LEGAL,
        ["full legal_review 10 Antes: submit forward accept", "submitted legal_review 10 Antes: submit forward accept", "submitted legal_review 10 Antes: submit forward accept"],
        ["full out_of_scope 11 Antes: submit forward accept declare_out_of_scope", "submitted out_of_scope 11 Antes: submit forward accept declare_out_of_scope", "submitted out_of_scope 11 Antes: submit forward accept declare_out_of_scope"]),
    row(A::Reopen, "out_of_scope", INTAKE,
        ["full out_of_scope 10 Antes: submit forward declare_out_of_scope", "submitted out_of_scope 10 Antes: submit forward declare_out_of_scope", "submitted out_of_scope 10 Antes: submit forward declare_out_of_scope"],
        ["full federal_intake 11 Antes: submit forward declare_out_of_scope reopen", "submitted federal_intake 11 Antes: submit forward declare_out_of_scope reopen", "submitted federal_intake 11 Antes: submit forward declare_out_of_scope reopen"]),
    row(A::Observe, "legal_review", LEGAL,
        ["full legal_review 10 Antes: submit forward accept", "submitted legal_review 10 Antes: submit forward accept", "submitted legal_review 10 Antes: submit forward accept"],
        ["full observed 11 Antes: submit forward accept observe", "submitted observed 11 Antes: submit forward accept observe", "submitted observed 11 Antes: submit forward accept observe"]),
    row(A::IssueOpinion, "legal_review", LEGAL,
        ["full legal_review 10 Antes: submit forward accept", "submitted legal_review 10 Antes: submit forward accept", "submitted legal_review 10 Antes: submit forward accept"],
        ["full opinion_favorable 11 Antes: submit forward accept issue_opinion", "submitted opinion_favorable 11 Antes: submit forward accept issue_opinion", "submitted opinion_favorable 11 Antes: submit forward accept issue_opinion"]),
    // An agreement already signed goes back to its stage, with the result.
    row(A::IssueOpinion, "regularizing", LEGAL,
        ["full legal_review 3 Antes: record_unreviewed regularize", "404", "submitted legal_review 3 Antes: record_unreviewed regularize"],
        ["full signed 4 Antes: record_unreviewed regularize issue_opinion", "404", "submitted signed 4 Antes: record_unreviewed regularize issue_opinion"]),
    row(A::ChangeText, "reworded", OFFICER,
        ["full opinion_favorable 15 Antes: submit forward accept issue_opinion", "submitted opinion_favorable 11 Antes: submit forward accept issue_opinion", "submitted opinion_favorable 11 Antes: submit forward accept issue_opinion"],
        ["full legal_review 16 Antes: submit forward accept issue_opinion change_text", "submitted legal_review 16 Antes: submit forward accept issue_opinion change_text", "submitted legal_review 16 Antes: submit forward accept issue_opinion change_text"]),
    row(A::RecordSignature, "opinion_favorable", OFFICER,
        ["full opinion_favorable 11 Antes: submit forward accept issue_opinion", "submitted opinion_favorable 11 Antes: submit forward accept issue_opinion", "submitted opinion_favorable 11 Antes: submit forward accept issue_opinion"],
        ["full signed 12 Antes: submit forward accept issue_opinion record_signature", "submitted signed 12 Antes: submit forward accept issue_opinion record_signature", "submitted signed 12 Antes: submit forward accept issue_opinion record_signature"]),
    row(A::SendToRegistry, "signed", OFFICER,
        ["full signed 13 Antes: submit forward accept issue_opinion record_signature", "submitted signed 12 Antes: submit forward accept issue_opinion record_signature", "submitted signed 12 Antes: submit forward accept issue_opinion record_signature"],
        ["full pending_registration 14 Antes: submit forward accept issue_opinion record_signature send_to_registry", "submitted pending_registration 14 Antes: submit forward accept issue_opinion record_signature send_to_registry", "submitted pending_registration 14 Antes: submit forward accept issue_opinion record_signature send_to_registry"]),
    row(A::SendToRegistry, "unreviewed", OFFICER,
        ["full signed 2 Antes: record_unreviewed", "404", "submitted signed 1 Antes: record_unreviewed"],
        ["full pending_registration 3 Antes: record_unreviewed send_to_registry", "404", "submitted pending_registration 3 Antes: record_unreviewed send_to_registry"]),
    row(A::Query, "pending_registration", REGISTRAR,
        ["full pending_registration 14 Antes: submit forward accept issue_opinion record_signature send_to_registry", "submitted pending_registration 14 Antes: submit forward accept issue_opinion record_signature send_to_registry", "submitted pending_registration 14 Antes: submit forward accept issue_opinion record_signature send_to_registry"],
        ["full signed 15 Antes: submit forward accept issue_opinion record_signature send_to_registry query", "submitted signed 15 Antes: submit forward accept issue_opinion record_signature send_to_registry query", "submitted signed 15 Antes: submit forward accept issue_opinion record_signature send_to_registry query"]),
    row(A::Register, "pending_registration", REGISTRAR,
        ["full pending_registration 14 Antes: submit forward accept issue_opinion record_signature send_to_registry", "submitted pending_registration 14 Antes: submit forward accept issue_opinion record_signature send_to_registry", "submitted pending_registration 14 Antes: submit forward accept issue_opinion record_signature send_to_registry"],
        ["full registered 15 Antes: submit forward accept issue_opinion record_signature send_to_registry register", "submitted registered 15 Antes: submit forward accept issue_opinion record_signature send_to_registry register", "submitted registered 15 Antes: submit forward accept issue_opinion record_signature send_to_registry register"]),
    row(A::Regularize, "unreviewed", OFFICER,
        ["full signed 2 Antes: record_unreviewed", "404", "submitted signed 1 Antes: record_unreviewed"],
        ["full legal_review 3 Antes: record_unreviewed regularize", "404", "submitted legal_review 3 Antes: record_unreviewed regularize"]),
    row(A::Withdraw, "draft", OFFICER,
        ["full draft 7 Antes:", "404", "404"],
        ["full withdrawn 8 Antes: withdraw", "404", "404"]),
    // A government that was told of the case sees that it was withdrawn, but no change in between.
    row(A::Withdraw, "announced", OFFICER,
        ["full draft 11 Después: announce", "summary draft 8 Antes: announce", "summary draft 8 Antes: announce"],
        ["full withdrawn 12 Después: announce withdraw", "summary withdrawn 12 Antes: announce withdraw", "summary withdrawn 12 Antes: announce withdraw"]),
    row(A::Withdraw, "state_review", OFFICER,
        ["full state_review 8 Antes: submit", "submitted state_review 8 Antes: submit", "404"],
        ["full withdrawn 9 Antes: submit withdraw", "submitted withdrawn 9 Antes: submit withdraw", "404"]),
    row(A::Withdraw, "returned", OFFICER,
        ["full returned 12 Después: submit return_to_owner", "submitted returned 9 Antes: submit return_to_owner", "404"],
        ["full withdrawn 13 Después: submit return_to_owner withdraw", "submitted returned 9 Antes: submit return_to_owner", "404"]),
    row(A::Withdraw, "federal_intake", OFFICER,
        ["full federal_intake 9 Antes: submit forward", "submitted federal_intake 9 Antes: submit forward", "submitted federal_intake 9 Antes: submit forward"],
        ["full withdrawn 10 Antes: submit forward withdraw", "submitted withdrawn 10 Antes: submit forward withdraw", "submitted withdrawn 10 Antes: submit forward withdraw"]),
    row(A::Withdraw, "legal_review", OFFICER,
        ["full legal_review 10 Antes: submit forward accept", "submitted legal_review 10 Antes: submit forward accept", "submitted legal_review 10 Antes: submit forward accept"],
        ["full withdrawn 11 Antes: submit forward accept withdraw", "submitted withdrawn 11 Antes: submit forward accept withdraw", "submitted withdrawn 11 Antes: submit forward accept withdraw"]),
    row(A::Withdraw, "observed", OFFICER,
        ["full observed 16 Después: submit forward accept observe", "submitted observed 11 Antes: submit forward accept observe", "submitted observed 11 Antes: submit forward accept observe"],
        ["full withdrawn 17 Después: submit forward accept observe withdraw", "submitted withdrawn 17 Antes: submit forward accept observe withdraw", "submitted withdrawn 17 Antes: submit forward accept observe withdraw"]),
    row(A::Withdraw, "opinion_favorable", OFFICER,
        ["full opinion_favorable 11 Antes: submit forward accept issue_opinion", "submitted opinion_favorable 11 Antes: submit forward accept issue_opinion", "submitted opinion_favorable 11 Antes: submit forward accept issue_opinion"],
        ["full withdrawn 12 Antes: submit forward accept issue_opinion withdraw", "submitted withdrawn 12 Antes: submit forward accept issue_opinion withdraw", "submitted withdrawn 12 Antes: submit forward accept issue_opinion withdraw"]),
    row(A::Withdraw, "opinion_unfavorable", OFFICER,
        ["full opinion_unfavorable 16 Después: submit forward accept issue_opinion", "submitted opinion_unfavorable 11 Antes: submit forward accept issue_opinion", "submitted opinion_unfavorable 11 Antes: submit forward accept issue_opinion"],
        ["full withdrawn 17 Después: submit forward accept issue_opinion withdraw", "submitted withdrawn 17 Antes: submit forward accept issue_opinion withdraw", "submitted withdrawn 17 Antes: submit forward accept issue_opinion withdraw"]),
    // A signed agreement stays signed.
    row(A::Withdraw, "regularizing", OFFICER,
        ["full legal_review 3 Antes: record_unreviewed regularize", "404", "submitted legal_review 3 Antes: record_unreviewed regularize"],
        ["full signed 4 Antes: record_unreviewed regularize withdraw", "404", "submitted signed 4 Antes: record_unreviewed regularize withdraw"]),
];
