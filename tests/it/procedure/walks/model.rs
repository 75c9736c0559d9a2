//! A case as a reader of the law would note it on paper: this uses none of the program's code.

mod rules;

use super::who::{OWNER, SRE, STATE, Said, Who};
use std::collections::BTreeMap;

/// What one government sees of the case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    pub level: &'static str,
    pub stage: &'static str,
    pub version: i32,
    pub title: u32,
    /// The title last sent or announced to it.
    sent: u32,
    follows: bool,
}

#[derive(Clone, Debug)]
pub struct Model {
    pub stage: &'static str,
    pub compliance: &'static str,
    pub regularizing: bool,
    pub version: i32,
    pub title: u32,
    /// By government: `14039`, `14`, `00`.
    pub seen: BTreeMap<&'static str, Seen>,
    /// Open remarks and observations.
    pub open: usize,
    /// Submissions for review or registration, and opinions.
    pub rounds: usize,
    pub opinions: usize,
    /// The steps and the stages they led to.
    pub history: Vec<(&'static str, &'static str)>,
    texts: i32,
    texts_sent: i32,
    copies: bool,
    /// A past agreement from a file has no texts.
    has_texts: bool,
    returned_by: &'static str,
    /// The stage in which it was abandoned.
    left: &'static str,
    /// Whether the state reported the case; if so, it reviews nothing in it.
    by_report: bool,
    ever_returned_by_state: bool,
}

impl Model {
    /// A draft with one set of texts, not yet seen by others.
    pub fn draft(version: i32) -> Self {
        Self::new("draft", "in_process", version, 1)
    }

    /// An agreement of years ago that SRE recorded, with its copies.
    pub fn past() -> Self {
        let mut model = Self::new("signed", "unknown", 1, 0);
        model.history.push(("record_unreviewed", "signed"));
        model.show(SRE, "submitted");
        model.version = 2;
        model.copies = true;
        model.refresh_owner();
        model
    }

    /// An agreement of years ago that the state reported.
    pub fn reported() -> Self {
        let mut model = Self::new("reported", "unknown", 1, 0);
        model.history.push(("report", "reported"));
        model.show(STATE, "submitted");
        model.by_report = true;
        model
    }

    fn new(stage: &'static str, compliance: &'static str, version: i32, texts: i32) -> Self {
        let mut model = Self {
            stage,
            compliance,
            regularizing: false,
            version,
            title: 0,
            seen: BTreeMap::new(),
            open: 0,
            rounds: 0,
            opinions: 0,
            history: Vec::new(),
            texts,
            texts_sent: 0,
            copies: false,
            has_texts: texts > 0,
            returned_by: "",
            left: "",
            by_report: false,
            ever_returned_by_state: false,
        };
        model.show(OWNER, "full");
        model
    }

    /// Shows a government the current state of the case.
    fn show(&mut self, tenant: &'static str, level: &'static str) {
        let seen = Seen {
            level,
            stage: self.stage,
            version: self.version,
            title: self.title,
            sent: self.title,
            follows: level != "summary",
        };
        self.seen.insert(tenant, seen);
    }

    fn refresh_owner(&mut self) {
        self.show(OWNER, "full");
    }

    /// The owner renames the case; the request's version may be stale.
    pub fn rename(&mut self) -> u16 {
        if !self.is_editable() {
            return 409;
        }
        self.version += 1;
        self.title += 1;
        self.refresh_owner();
        200
    }

    pub fn is_editable(&self) -> bool {
        ["draft", "returned", "observed", "opinion_unfavorable"].contains(&self.stage)
    }

    pub fn may_reword(&self) -> bool {
        self.has_texts && (self.is_editable() || self.stage == "opinion_favorable")
    }

    pub fn reword(&mut self) {
        self.version += 1;
        self.texts += 1;
        self.refresh_owner();
    }

    pub fn is_open(&self) -> bool {
        !["registered", "withdrawn", "out_of_scope"].contains(&self.stage)
    }

    pub fn copy(&mut self) {
        self.version += 1;
        self.copies = true;
        self.refresh_owner();
    }

    /// Draft expiry. Governments that were told of the case or reviewed it can read that later; if
    /// nobody was, the history does not record it.
    pub fn abandon(&mut self) {
        self.left = self.stage;
        self.version += 1;
        self.stage = "abandoned";
        if self.seen.len() > 1 {
            self.history.push(("abandon", "abandoned"));
        }
        self.refresh_owner();
    }

    /// One action: the status of the answer, and the change if that is 200.
    pub fn act(&mut self, who: Who, action: &'static str, said: Said) -> u16 {
        let Some(seen) = self.seen.get(who.tenant()) else {
            return 404;
        };
        let stage = seen.stage;
        let other_desk = matches!(
            (who, action, stage),
            (Who::Intake, "declare_out_of_scope", "legal_review")
                | (Who::Legal, "declare_out_of_scope", "federal_intake")
        );
        let other_seat = who == Who::State && self.by_report != (action == "withdraw");
        if !who.holds(action) || other_desk || other_seat {
            return 403;
        }
        if said.stale {
            return 412;
        }
        let Some(to) = self.leads(who, action, stage, said) else {
            return 409;
        };
        if !self.has_what_it_needs(action, said) {
            return 422;
        }
        self.step(who, action, to, said);
        200
    }

    fn step(&mut self, who: Who, action: &'static str, to: &'static str, said: Said) {
        let from = self.stage;
        self.version += 1;
        self.stage = to;
        // If nobody was told of the case, the history does not record that it was resumed.
        if action != "resume" || self.seen.len() > 1 {
            self.history.push((action, to));
        }
        match action {
            "return_to_owner" | "observe" | "query" => self.open += 1,
            "issue_opinion" => {
                self.opinions += 1;
                self.open += usize::from(said.unfavorable);
                if !said.unfavorable {
                    self.compliance = "compliant";
                } else if self.regularizing {
                    self.compliance = "non_compliant";
                }
                self.regularizing = false;
            }
            "resubmit" | "change_text" | "send_to_registry" => self.open = 0,
            "regularize" => self.regularizing = true,
            "withdraw" => self.regularizing = false,
            _ => {}
        }
        if action == "change_text" {
            self.compliance = "in_process";
        }
        if action == "return_to_owner" {
            self.returned_by = from;
            self.ever_returned_by_state |= from == "state_review";
        }
        self.tell(who, action, to, said);
    }

    /// Who is sent or told something, and who only goes on following.
    fn tell(&mut self, who: Who, action: &str, to: &'static str, said: Said) {
        let sent_to = match action {
            "submit" => Some(STATE),
            "resubmit" if to == "state_review" => Some(STATE),
            "escalate" | "resubmit" | "change_text" | "send_to_registry" | "regularize" => {
                Some(SRE)
            }
            _ => None,
        };
        if let Some(tenant) = sent_to {
            self.rounds += 1;
            self.texts_sent = self.texts;
            self.show(tenant, "submitted");
        }
        if action == "forward" {
            let sent = self.seen[STATE].sent;
            self.show(SRE, "submitted");
            self.seen.get_mut(SRE).unwrap().sent = sent;
        }
        if action == "announce" {
            self.show(SRE, "summary");
            if said.share {
                self.show(STATE, "summary");
            }
        }
        let (stage, version) = (self.stage, self.version);
        for seen in self.seen.values_mut() {
            let hears = seen.follows || action == "withdraw" && seen.level == "summary";
            if hears {
                (seen.stage, seen.version, seen.title) = (stage, version, seen.sent);
            }
        }
        self.refresh_owner();
        // A government that returned the case, or whose report is confirmed, learns no more.
        let leaves = match action {
            "return_to_owner" => Some(who.tenant()),
            "confirm" => Some(STATE),
            _ => None,
        };
        if let Some(tenant) = leaves {
            self.seen.get_mut(tenant).unwrap().follows = false;
        }
    }
}
