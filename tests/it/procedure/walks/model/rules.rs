//! Where each action leads, and what it needs.

use super::super::who::{Said, Who};
use super::Model;

impl Model {
    pub(super) fn leads(
        &self,
        who: Who,
        action: &str,
        stage: &str,
        said: Said,
    ) -> Option<&'static str> {
        let signed = self.regularizing;
        Some(match (action, stage) {
            ("announce", "draft") => "draft",
            ("submit", "draft") => "state_review",
            ("forward" | "escalate", "state_review") => "federal_intake",
            ("return_to_owner", "state_review") if who == Who::State => "returned",
            ("return_to_owner", "federal_intake") if who == Who::Intake => "returned",
            ("resubmit", "returned") => self.returned_by,
            ("resubmit", "observed" | "opinion_unfavorable") => "legal_review",
            ("accept", "federal_intake") => "legal_review",
            ("return_to_intake", "legal_review") | ("reopen", "out_of_scope") => "federal_intake",
            ("declare_out_of_scope", "federal_intake" | "legal_review") => "out_of_scope",
            ("observe", "legal_review") => "observed",
            ("issue_opinion", "legal_review") if signed => "signed",
            ("issue_opinion", "legal_review") if said.unfavorable => "opinion_unfavorable",
            ("issue_opinion", "legal_review") => "opinion_favorable",
            ("change_text", "opinion_favorable") => "legal_review",
            ("record_signature", "opinion_favorable") => "signed",
            ("send_to_registry", "signed") => "pending_registration",
            ("query", "pending_registration") => "signed",
            ("register", "pending_registration") => "registered",
            ("regularize", "signed") => "legal_review",
            ("confirm", "reported") => "signed",
            ("dispute", "reported") => "reported",
            ("resume", "abandoned") => self.left,
            ("withdraw", "reported") if who == Who::State => "withdrawn",
            (
                "withdraw",
                "draft"
                | "state_review"
                | "returned"
                | "federal_intake"
                | "legal_review"
                | "observed"
                | "opinion_favorable"
                | "opinion_unfavorable",
            ) => {
                if signed {
                    "signed"
                } else {
                    "withdrawn"
                }
            }
            _ => return None,
        })
    }

    pub(super) fn has_what_it_needs(&self, action: &str, said: Said) -> bool {
        let answered = self.open == 0 || said.answers;
        let newer = self.texts > self.texts_sent;
        match action {
            "escalate" => self.ever_returned_by_state,
            "resubmit" if self.stage == "returned" => answered,
            "resubmit" => answered && (newer || self.regularizing),
            "change_text" => answered && newer,
            "record_signature" => !newer,
            "send_to_registry" => answered && self.copies,
            "regularize" => self.copies && ["unknown", "non_compliant"].contains(&self.compliance),
            _ => true,
        }
    }
}
