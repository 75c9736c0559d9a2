//! The permission table: who may do what, and how far. `vinculo matrix` prints it; permissions are
//! defined nowhere else.

use super::grants::{ASKERS, OWNERS, READERS, SRE, STATE};
use super::{Action, Kind, Reach};
use vinculo_domain::agreements::CaseAction as Case;
use vinculo_domain::{Role, Tier};

pub use super::grants::{Grant, Row};

use Action as A;
use Grant::{Anyone, Roles, SignedIn};
use Reach::{All, Own, Public, Received};
use Role as R;

/// The table. Nobody may take an action that no row grants.
pub const TABLE: &[Row] = &[
    Row {
        kind: Kind::Administration,
        actions: &[A::Read],
        grants: &[SignedIn(All)],
    },
    Row {
        kind: Kind::Administration,
        actions: &[A::Create, A::Update],
        grants: &[
            Roles(OWNERS, &[R::Admin, R::Officer], Own),
            Roles(SRE, &[R::Admin], All),
        ],
    },
    Row {
        kind: Kind::Agreement,
        actions: &[A::Read],
        grants: &[
            Roles(OWNERS, READERS, Received),
            Roles(&[Tier::Observer], READERS, Received),
        ],
    },
    Row {
        kind: Kind::Agreement,
        actions: &[
            A::Create,
            A::Update,
            A::Delete,
            A::Case(Case::Announce),
            A::Case(Case::Submit),
            A::Case(Case::Escalate),
            A::Case(Case::Resubmit),
            A::Case(Case::ChangeText),
            A::Case(Case::RecordSignature),
            A::Case(Case::SendToRegistry),
            A::Case(Case::Regularize),
            A::Case(Case::Confirm),
            A::Case(Case::Dispute),
            A::Case(Case::Resume),
        ],
        grants: &[Roles(OWNERS, &[R::Officer], Own)],
    },
    // The government that reported a past agreement may withdraw the report. Its owner mends what is
    // on record of one; so does whoever recorded or reported it, until its owner takes it up.
    Row {
        kind: Kind::Agreement,
        actions: &[A::Case(Case::Withdraw), A::CorrectRecord, A::WithdrawRecord],
        grants: &[
            Roles(OWNERS, &[R::Officer], Own),
            Roles(STATE, &[R::Liaison], Received),
            Roles(SRE, &[R::Liaison], Received),
        ],
    },
    Row {
        kind: Kind::Agreement,
        actions: &[A::Case(Case::RecordUnreviewed)],
        grants: &[
            Roles(OWNERS, &[R::Officer], Own),
            Roles(SRE, &[R::Liaison], All),
        ],
    },
    // About a government of one's own state, or as the ministry about any.
    Row {
        kind: Kind::Agreement,
        actions: &[A::Case(Case::Report)],
        grants: &[
            Roles(STATE, &[R::Liaison], Received),
            Roles(SRE, &[R::Liaison], All),
        ],
    },
    Row {
        kind: Kind::Agreement,
        actions: &[A::Confirm, A::Adhere, A::Leave],
        grants: &[Roles(OWNERS, &[R::Officer], Received)],
    },
    Row {
        kind: Kind::Agreement,
        actions: &[A::Attach, A::Classify],
        grants: &[
            Roles(OWNERS, &[R::Officer], Received),
            Roles(STATE, &[R::Liaison], Received),
            Roles(SRE, &[R::Liaison, R::LegalReviewer, R::Registrar], Received),
        ],
    },
    Row {
        kind: Kind::Agreement,
        actions: &[A::Case(Case::Forward)],
        grants: &[Roles(STATE, &[R::Liaison], Received)],
    },
    Row {
        kind: Kind::Agreement,
        actions: &[A::Case(Case::ReturnToOwner)],
        grants: &[
            Roles(STATE, &[R::Liaison], Received),
            Roles(SRE, &[R::Liaison], Received),
        ],
    },
    Row {
        kind: Kind::Agreement,
        actions: &[A::Case(Case::Accept), A::Case(Case::Reopen)],
        grants: &[Roles(SRE, &[R::Liaison], Received)],
    },
    // The liaison decides this at intake, the reviewer under review: the procedure says which.
    Row {
        kind: Kind::Agreement,
        actions: &[A::Case(Case::DeclareOutOfScope)],
        grants: &[Roles(SRE, &[R::Liaison, R::LegalReviewer], Received)],
    },
    Row {
        kind: Kind::Agreement,
        actions: &[
            A::Case(Case::Observe),
            A::Case(Case::ReturnToIntake),
            A::Case(Case::IssueOpinion),
        ],
        grants: &[Roles(SRE, &[R::LegalReviewer], Received)],
    },
    Row {
        kind: Kind::Agreement,
        actions: &[A::Case(Case::Register), A::Case(Case::Query)],
        grants: &[Roles(SRE, &[R::Registrar], Received)],
    },
    Row {
        kind: Kind::Agreement,
        actions: &[A::Trace],
        grants: &[Roles(OWNERS, &[R::Admin, R::Auditor], Own)],
    },
    Row {
        kind: Kind::Agreement,
        actions: &[A::Assign],
        grants: &[
            Roles(OWNERS, &[R::Officer], Received),
            Roles(STATE, &[R::Liaison], Received),
            Roles(SRE, &[R::Liaison, R::LegalReviewer, R::Registrar], Received),
        ],
    },
    Row {
        kind: Kind::Agreement,
        actions: &[A::Workload],
        grants: &[Roles(
            OWNERS,
            &[
                R::Admin,
                R::Officer,
                R::Liaison,
                R::LegalReviewer,
                R::Registrar,
                R::Viewer,
            ],
            Received,
        )],
    },
    Row {
        kind: Kind::Agreement,
        actions: &[A::Import],
        grants: &[
            Roles(STATE, &[R::Liaison], Received),
            Roles(SRE, &[R::Liaison], All),
        ],
    },
    Row {
        kind: Kind::Body,
        actions: &[A::Read],
        grants: &[SignedIn(All)],
    },
    Row {
        kind: Kind::Body,
        actions: &[A::Create, A::Update],
        grants: &[Roles(OWNERS, &[R::Admin, R::Officer], Own)],
    },
    Row {
        kind: Kind::Calendar,
        actions: &[A::Read],
        grants: &[SignedIn(All)],
    },
    Row {
        kind: Kind::Calendar,
        actions: &[A::Create, A::Update],
        grants: &[Roles(OWNERS, &[R::Admin], Own)],
    },
    Row {
        kind: Kind::Catalog,
        actions: &[A::Read],
        grants: &[Anyone(Public)],
    },
    // A state sees its municipalities, a municipality its own line, limited to what each can see.
    Row {
        kind: Kind::Compliance,
        actions: &[A::Read],
        grants: &[
            Roles(SRE, READERS, Received),
            Roles(STATE, READERS, Received),
            Roles(&[Tier::Municipality], READERS, Own),
        ],
    },
    Row {
        kind: Kind::Counterpart,
        actions: &[A::Read],
        grants: &[
            Roles(OWNERS, READERS, Received),
            Roles(&[Tier::Observer], READERS, Received),
        ],
    },
    Row {
        kind: Kind::Counterpart,
        actions: &[A::Create, A::Update, A::Delete],
        grants: &[Roles(OWNERS, &[R::Officer], Own)],
    },
    Row {
        kind: Kind::Government,
        actions: &[A::Read],
        grants: &[Anyone(Public)],
    },
    // It holds what only the government itself reads.
    Row {
        kind: Kind::HandOver,
        actions: &[A::Read],
        grants: &[Roles(
            OWNERS,
            &[R::Admin, R::Officer, R::Viewer, R::Auditor],
            Own,
        )],
    },
    Row {
        kind: Kind::Inscription,
        actions: &[A::Read],
        grants: &[Anyone(Public)],
    },
    Row {
        kind: Kind::Inscription,
        actions: &[A::Annotate],
        grants: &[Roles(SRE, &[R::Registrar], All)],
    },
    Row {
        kind: Kind::Mechanism,
        actions: &[A::Read],
        grants: &[SignedIn(All)],
    },
    Row {
        kind: Kind::Mechanism,
        actions: &[A::Create, A::Update],
        grants: &[Roles(SRE, &[R::Admin, R::Liaison], All)],
    },
    // Of cases for who works on them; of what other governments ask, for who answers too.
    Row {
        kind: Kind::Notice,
        actions: &[A::Read],
        grants: &[
            Roles(
                OWNERS,
                &[
                    R::Admin,
                    R::Officer,
                    R::Liaison,
                    R::LegalReviewer,
                    R::Registrar,
                    R::Viewer,
                    R::Trainer,
                ],
                Received,
            ),
            Roles(SRE, &[R::MissionOfficer], Received),
        ],
    },
    Row {
        kind: Kind::Office,
        actions: &[A::Read],
        grants: &[SignedIn(All)],
    },
    Row {
        kind: Kind::Office,
        actions: &[A::Create, A::Update],
        grants: &[Roles(SRE, &[R::Admin, R::Liaison], All)],
    },
    // A score is made of what anyone may see, so that it is the same for every reader: the caller's own
    // sight has no part in it.
    Row {
        kind: Kind::Score,
        actions: &[A::Read],
        grants: &[SignedIn(Public)],
    },
    Row {
        kind: Kind::ScoreMethod,
        actions: &[A::Read],
        grants: &[SignedIn(All)],
    },
    Row {
        kind: Kind::ScoreMethod,
        actions: &[A::Create],
        grants: &[Roles(SRE, &[R::Admin, R::Registrar], All)],
    },
    // What a government makes of its own agreements is its own.
    Row {
        kind: Kind::Overlap,
        actions: &[A::Read],
        grants: &[Roles(OWNERS, READERS, Own)],
    },
    Row {
        kind: Kind::Overlap,
        actions: &[A::Update],
        grants: &[Roles(OWNERS, &[R::Admin, R::Officer], Own)],
    },
    // It compares what is public with one's own records.
    Row {
        kind: Kind::Partner,
        actions: &[A::Read],
        grants: &[
            Roles(OWNERS, READERS, Own),
            Roles(&[Tier::Observer], READERS, Own),
        ],
    },
    Row {
        kind: Kind::Session,
        actions: &[A::Create],
        grants: &[Anyone(Public)],
    },
    Row {
        kind: Kind::Session,
        actions: &[A::Read, A::Update, A::Delete],
        grants: &[SignedIn(Own)],
    },
    // Statistics of the registry are public. Statistics of the cases that a government can see are
    // for roles that read those cases, and for roles that read only statistics.
    Row {
        kind: Kind::Statistic,
        actions: &[A::Read],
        grants: &[
            Anyone(Public),
            Roles(OWNERS, READERS, Received),
            Roles(&[Tier::Observer], READERS, Received),
            Roles(OWNERS, &[R::StatisticsReader], Received),
            Roles(&[Tier::Observer], &[R::StatisticsReader], Received),
        ],
    },
    Row {
        kind: Kind::Target,
        actions: &[A::Read],
        grants: &[SignedIn(Received)],
    },
    Row {
        kind: Kind::Target,
        actions: &[A::Create, A::Update],
        grants: &[Roles(OWNERS, &[R::Admin], Own)],
    },
    // Records. What is public is for anyone; who sees more follows from the visibility of
    // each record and from the people whom it names.
    Row {
        kind: Kind::OfficerRecord,
        actions: &[A::Read],
        grants: &[
            Anyone(Public),
            Roles(OWNERS, READERS, Received),
            Roles(&[Tier::Observer], READERS, Received),
        ],
    },
    Row {
        kind: Kind::OfficerRecord,
        actions: &[A::Create, A::Update, A::Delete],
        grants: &[Roles(OWNERS, &[R::Officer], Own)],
    },
    Row {
        kind: Kind::AdminRecord,
        actions: &[A::Read],
        grants: &[
            Roles(OWNERS, READERS, Received),
            Roles(&[Tier::Observer], READERS, Received),
        ],
    },
    Row {
        kind: Kind::AdminRecord,
        actions: &[A::Create, A::Update, A::Delete],
        grants: &[Roles(OWNERS, &[R::Admin], Own)],
    },
    Row {
        kind: Kind::CatalogRecord,
        actions: &[A::Read],
        grants: &[
            Anyone(Public),
            Roles(OWNERS, READERS, Received),
            Roles(&[Tier::Observer], READERS, Received),
        ],
    },
    Row {
        kind: Kind::CatalogRecord,
        actions: &[A::Create, A::Update, A::Delete],
        grants: &[Roles(SRE, &[R::Admin, R::Liaison], Own)],
    },
    Row {
        kind: Kind::LibraryRecord,
        actions: &[A::Read],
        grants: &[
            Anyone(Public),
            Roles(OWNERS, READERS, Received),
            Roles(&[Tier::Observer], READERS, Received),
        ],
    },
    Row {
        kind: Kind::LibraryRecord,
        actions: &[A::Create, A::Update, A::Delete],
        grants: &[
            Roles(SRE, &[R::Admin, R::Liaison], Own),
            Roles(STATE, &[R::Officer], Own),
        ],
    },
    Row {
        kind: Kind::CommitteeRecord,
        actions: &[A::Read],
        grants: &[
            Anyone(Public),
            Roles(OWNERS, READERS, Received),
            Roles(&[Tier::Observer], READERS, Received),
        ],
    },
    // A member writes only what belongs to a committee that names the person.
    Row {
        kind: Kind::CommitteeRecord,
        actions: &[A::Create, A::Update],
        grants: &[Roles(OWNERS, &[R::Officer, R::CommitteeMember], Own)],
    },
    Row {
        kind: Kind::CommitteeRecord,
        actions: &[A::Delete],
        grants: &[Roles(OWNERS, &[R::Officer], Own)],
    },
    Row {
        kind: Kind::Referral,
        actions: &[A::Read],
        grants: &[
            Roles(OWNERS, READERS, Received),
            Roles(SRE, &[R::MissionOfficer], Public),
        ],
    },
    Row {
        kind: Kind::Referral,
        actions: &[A::Create, A::Update, A::Delete],
        grants: &[Roles(ASKERS, &[R::Officer], Own)],
    },
    // An officer of a mission answers only what is asked of a mission that names the person.
    Row {
        kind: Kind::Referral,
        actions: &[A::Answer],
        grants: &[Roles(SRE, &[R::Liaison, R::MissionOfficer], Received)],
    },
    Row {
        kind: Kind::Advice,
        actions: &[A::Read],
        grants: &[
            Roles(OWNERS, READERS, Received),
            Roles(OWNERS, &[R::Trainer], Received),
        ],
    },
    Row {
        kind: Kind::Advice,
        actions: &[A::Create, A::Update, A::Delete],
        grants: &[Roles(ASKERS, &[R::Officer], Own)],
    },
    Row {
        kind: Kind::Advice,
        actions: &[A::Answer],
        grants: &[
            Roles(SRE, &[R::Liaison, R::Trainer], Received),
            Roles(STATE, &[R::Liaison, R::Trainer], Received),
        ],
    },
    // Who answers what other governments ask finds that there, and nothing of cases.
    Row {
        kind: Kind::Workspace,
        actions: &[A::Read],
        grants: &[
            Roles(OWNERS, READERS, Received),
            Roles(&[Tier::Observer], READERS, Received),
            Roles(OWNERS, &[R::Trainer], Received),
            Roles(SRE, &[R::MissionOfficer], Received),
        ],
    },
];
