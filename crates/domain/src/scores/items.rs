//! What is scored: dimensions, the items of each, and levels.

words! {
    /// A side of how a government's action abroad is institutionalised.
    ScoreDimension {
        /// An office with a legal instrument that created it.
        LegalBasis,
        /// Money of its own for the action abroad.
        Budget,
        /// How far the office is from the head of the government.
        Position,
        /// A committee of citizens that meets.
        Participation,
        /// Agreements in the registry, with what the law asks of them.
        Compliance,
        /// Agreements in force and networks.
        Activity,
        /// What outlived a change of administration.
        Continuity,
        /// Texts and minutes that anybody reads.
        Transparency,
    }
}

words! {
    /// Something that earns points.
    ScoreItem {
        /// An international-affairs office is open.
        Office,
        /// A law, rules or a decree created it.
        Instrument,
        /// It is a legal person of its own.
        LegalPersonality,
        /// A budget of the year is public.
        BudgetOfYear,
        /// What was spent of the budget of the year or the one before is public.
        BudgetSpent,
        /// At most one level lies between the office and the head of the government.
        DirectLink,
        /// A sister-city committee is in office.
        Committee,
        /// The committee has rules.
        CommitteeRules,
        /// A session was held in the year or the one before.
        Session,
        /// An agreement stands in the registry.
        RegisteredAgreement,
        /// One stands there with the day of signature and the validity.
        CompleteInscription,
        /// An agreement is in force.
        AgreementInForce,
        /// Three agreements are in force.
        SeveralAgreements,
        /// The government belongs to a network.
        Membership,
        /// The administration in office is on file.
        TermOnFile,
        /// The office is of a year before the present term.
        OfficeOutlived,
        /// The committee is of a year before the present term.
        CommitteeOutlived,
        /// The membership is of a year before the present term.
        MembershipOutlived,
        /// Anybody reads the text of an agreement.
        PublishedText,
        /// The minutes of a session of the year or the one before are public.
        PublishedMinutes,
    }
}

/// What an item is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// The item.
    pub item: ScoreItem,
    /// Its dimension.
    pub dimension: ScoreDimension,
    /// Its points: those of a dimension are 100 together.
    pub points: i64,
    /// How many pieces of evidence it takes.
    pub needs: i64,
}

const fn rule(dimension: ScoreDimension, item: ScoreItem, points: i64, needs: i64) -> Rule {
    Rule {
        item,
        dimension,
        points,
        needs,
    }
}

use ScoreDimension as D;
use ScoreItem as I;

/// Every item, in the order in which it is shown.
pub const RULES: [Rule; 20] = [
    rule(D::LegalBasis, I::Office, 40, 1),
    rule(D::LegalBasis, I::Instrument, 40, 1),
    rule(D::LegalBasis, I::LegalPersonality, 20, 1),
    rule(D::Budget, I::BudgetOfYear, 60, 1),
    rule(D::Budget, I::BudgetSpent, 40, 1),
    rule(D::Position, I::DirectLink, 100, 1),
    rule(D::Participation, I::Committee, 40, 1),
    rule(D::Participation, I::CommitteeRules, 20, 1),
    rule(D::Participation, I::Session, 40, 1),
    rule(D::Compliance, I::RegisteredAgreement, 60, 1),
    rule(D::Compliance, I::CompleteInscription, 40, 1),
    rule(D::Activity, I::AgreementInForce, 40, 1),
    rule(D::Activity, I::SeveralAgreements, 20, 3),
    rule(D::Activity, I::Membership, 40, 1),
    rule(D::Continuity, I::TermOnFile, 20, 1),
    rule(D::Continuity, I::OfficeOutlived, 40, 1),
    rule(D::Continuity, I::CommitteeOutlived, 20, 1),
    rule(D::Continuity, I::MembershipOutlived, 20, 1),
    rule(D::Transparency, I::PublishedText, 50, 1),
    rule(D::Transparency, I::PublishedMinutes, 50, 1),
];

impl ScoreItem {
    /// Whether its evidence must be of a year before the term in course.
    pub fn is_outliving(self) -> bool {
        matches!(
            self,
            Self::OfficeOutlived | Self::CommitteeOutlived | Self::MembershipOutlived
        )
    }
}

words! {
    /// How institutionalised the action abroad is, in five steps that published indexes of sub-state
    /// diplomacy use.
    ScoreLevel {
        /// Nothing (nula): 0.
        None,
        /// Low (baja): above 0 and below 25.
        Low,
        /// Medium (media): from 25 and below 50.
        Medium,
        /// High (alta): from 50 and below 75.
        High,
        /// Very high (muy alta): from 75.
        VeryHigh,
    }
}

impl ScoreLevel {
    /// The level of a score in hundredths of a point, 0 to 10,000.
    pub fn of(hundredths: i64) -> Self {
        match hundredths {
            ..=0 => Self::None,
            1..2500 => Self::Low,
            2500..5000 => Self::Medium,
            5000..7500 => Self::High,
            7500.. => Self::VeryHigh,
        }
    }
}
