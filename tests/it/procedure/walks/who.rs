//! Who takes the actions, and what each may do at all.

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    Officer,
    State,
    Intake,
    Legal,
    Registrar,
    Stranger,
}

pub const EVERYBODY: [Who; 6] = [
    Who::Officer,
    Who::State,
    Who::Intake,
    Who::Legal,
    Who::Registrar,
    Who::Stranger,
];

/// The random content of an action.
#[derive(Clone, Copy, Debug, Default)]
pub struct Said {
    pub answers: bool,
    pub share: bool,
    pub unfavorable: bool,
    pub stale: bool,
}

pub const OWNER: &str = "14039";
pub const STATE: &str = "14";
pub const SRE: &str = "00";

impl Who {
    pub fn tenant(self) -> &'static str {
        match self {
            Self::Officer => OWNER,
            Self::State => STATE,
            Self::Stranger => "11",
            _ => SRE,
        }
    }

    /// Whether this person may ever take the action, in the right stage.
    pub fn holds(self, action: &str) -> bool {
        let mine: &[&str] = match self {
            Self::Officer => &[
                "announce",
                "submit",
                "escalate",
                "resubmit",
                "change_text",
                "record_signature",
                "send_to_registry",
                "regularize",
                "confirm",
                "dispute",
                "resume",
                "withdraw",
            ],
            // Withdraws what it reported, reviews what it did not report.
            Self::State => &["forward", "return_to_owner", "withdraw"],
            Self::Intake => &[
                "return_to_owner",
                "accept",
                "reopen",
                "declare_out_of_scope",
            ],
            Self::Legal => &[
                "observe",
                "issue_opinion",
                "return_to_intake",
                "declare_out_of_scope",
            ],
            Self::Registrar => &["query", "register"],
            Self::Stranger => &[],
        };
        mine.contains(&action)
    }
}
