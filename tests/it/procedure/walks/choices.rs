//! The actions that a walk tries, and where it begins.

use super::model::Model;
use super::who::{EVERYBODY, Said, Who};

pub const ACTIONS: [&str; 22] = [
    "announce",
    "submit",
    "forward",
    "escalate",
    "return_to_owner",
    "resubmit",
    "accept",
    "return_to_intake",
    "declare_out_of_scope",
    "reopen",
    "observe",
    "issue_opinion",
    "change_text",
    "record_signature",
    "send_to_registry",
    "query",
    "register",
    "regularize",
    "confirm",
    "dispute",
    "resume",
    "withdraw",
];

/// Actions likely to succeed in a stage, so that walks make progress.
pub fn likely(stage: &str) -> &'static [(Who, &'static str)] {
    use Who::{Intake, Legal, Officer, Registrar, State};
    match stage {
        "draft" => &[
            (Officer, "announce"),
            (Officer, "submit"),
            (Officer, "submit"),
        ],
        "state_review" => &[
            (State, "forward"),
            (State, "return_to_owner"),
            (Officer, "escalate"),
        ],
        "returned" => &[(Officer, "resubmit"), (Officer, "resubmit")],
        "federal_intake" => &[
            (Intake, "accept"),
            (Intake, "accept"),
            (Intake, "return_to_owner"),
            (Intake, "declare_out_of_scope"),
        ],
        "legal_review" => &[
            (Legal, "issue_opinion"),
            (Legal, "issue_opinion"),
            (Legal, "observe"),
            (Legal, "return_to_intake"),
            (Legal, "declare_out_of_scope"),
        ],
        "observed" | "opinion_unfavorable" => &[
            (Officer, "resubmit"),
            (Officer, "resubmit"),
            (Officer, "withdraw"),
        ],
        "opinion_favorable" => &[
            (Officer, "change_text"),
            (Officer, "record_signature"),
            (Officer, "withdraw"),
        ],
        "signed" => &[(Officer, "send_to_registry"), (Officer, "regularize")],
        "pending_registration" => &[(Registrar, "query"), (Registrar, "register")],
        "out_of_scope" => &[(Intake, "reopen")],
        "reported" => &[
            (Officer, "confirm"),
            (Officer, "confirm"),
            (Officer, "dispute"),
            (State, "withdraw"),
        ],
        "abandoned" => &[(Officer, "resume"), (Officer, "resume")],
        _ => &[(Officer, "withdraw"), (Intake, "reopen")],
    }
}

/// The model of a scene: its steps taken on a draft or on a past agreement.
pub fn after(scene: &str, steps: &[&'static str]) -> Model {
    let mut model = match scene {
        "unreviewed" | "regularizing" => Model::past(),
        "reported" => Model::reported(),
        _ => Model::draft(5),
    };
    for step in steps {
        if *step == "abandon" {
            model.abandon();
            continue;
        }
        let said = Said {
            answers: true,
            share: true,
            ..Said::default()
        };
        let done = EVERYBODY
            .iter()
            .any(|who| model.act(*who, step, said) == 200);
        assert!(done, "{scene}: {step}");
    }
    model
}
