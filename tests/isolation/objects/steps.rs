//! The steps of the procedure, each with a canary in every text it accepts.

use super::maker::Making;
use serde_json::{Value, json};
use vinculo_domain::Role;
use vinculo_domain::agreements::CHECKLIST;
use vinculo_tests::{Client, JALISCO, Request, SRE};

impl Making<'_, '_> {
    pub async fn submit(&self) {
        let note = self.plant("submit_note", "note");
        let officer = self.officer().await;
        self.act(&officer, &json!({"action": "submit", "note": note}))
            .await;
    }

    pub async fn forward(&self) {
        let note = self.plant("forward_note", "note");
        let state = self.at(Role::Liaison, JALISCO).await;
        self.act(&state, &json!({"action": "forward", "note": note}))
            .await;
    }

    pub async fn accept(&self) {
        let file_number = self.plant("file_number", "file_number");
        let intake = self.at(Role::Liaison, SRE).await;
        let body = json!({"action": "accept", "file_number": file_number, "checklist": CHECKLIST});
        self.act(&intake, &body).await;
    }

    /// A remark with canaries in all its texts.
    pub fn remark(&self, group: &str) -> Value {
        json!({"text": self.plant(group, "text"), "language": "es",
            "clause": self.plant(group, "clause")})
    }

    /// Answers to all open remarks that the owner reads in the case.
    pub async fn answers(&self, text: &dyn Fn() -> String) -> Value {
        let view = self.officer().await.get(&self.path("")).await.json();
        let remarks = view["remarks"].as_array().unwrap().iter();
        let open = remarks.filter(|remark| remark["answer"].is_null());
        open.map(|remark| json!({"remark_id": remark["id"], "text": text()}))
            .collect()
    }

    pub async fn opine(&mut self, observations: Value) {
        let legal = self.at(Role::LegalReviewer, SRE).await;
        let letter = self.attach(&legal, "letter", "opinion").await;
        let result = if observations == json!([]) {
            "favorable"
        } else {
            "favorable_with_observations"
        };
        let body = json!({"action": "issue_opinion", "result": result,
            "number": self.plant("opinion", "number"), "issued_on": "2026-11-03",
            "document_id": letter, "observations": observations});
        self.act(&legal, &body).await;
    }

    /// The signature, with or without canaries.
    pub fn signature(&self, text: &dyn Fn(&str) -> String) -> Value {
        let signatory = |side: &str, party: &str, whose: &str| {
            json!({"side": side, "party": party, "name": text(&format!("{whose}_name")),
                "post": text(&format!("{whose}_post")),
                "capacity": text(&format!("{whose}_capacity"))})
        };
        let mut all = vec![signatory("mexican", self.lead, "mexican")];
        let others = self.signing.iter();
        all.extend(others.map(|other| signatory("mexican", other, &format!("mexican_{other}"))));
        let foreign = &self.documents["counterpart"];
        all.push(signatory("counterpart", foreign, "counterpart"));
        json!({"action": "record_signature", "signed_on": "2026-11-10", "place": text("place"),
            "signatories": all,
            "originals": [{"language": "es", "authenticity": "authentic", "count": 2}]})
    }

    /// From the opinion to the signed text.
    pub async fn sign(&mut self) {
        let officer = self.officer().await;
        let signature = self.signature(&|field| self.plant("signature", field));
        self.act(&officer, &signature).await;
        self.attach(&officer, "signed_copy", "signed_copy").await;
    }

    /// An adherent joins what is signed.
    pub async fn adhere(&mut self, by: &Client) {
        let document = self.attach(by, "party_paper", "approval").await;
        let text = |field| self.plant("adhesion", field);
        let signatory =
            json!({"name": text("name"), "post": text("post"), "capacity": text("capacity")});
        let body = json!({"signed_on": "2026-11-12", "place": text("place"),
            "signatories": [signatory], "document_id": document});
        self.post(by, "/adhesions", &body).await.expect(200);
    }

    /// From the signed text to the inscription.
    pub async fn inscribe(&mut self) {
        let officer = self.officer().await;
        let note = self.plant("registry_note", "note");
        self.act(
            &officer,
            &json!({"action": "send_to_registry", "note": note}),
        )
        .await;
        let difference = self.plant("difference", "difference");
        let registrar = self.at(Role::Registrar, SRE).await;
        let body = json!({"action": "register", "text_matches": false, "difference": difference});
        self.act(&registrar, &body).await;
    }

    async fn say(&self, by: &Client, part: &str, body: &Value) {
        let etag = by.get(&self.path("")).await.etag();
        let request = Request::new(actix_web::http::Method::POST, &self.path(part));
        let said = by.send(request.json(body).if_match(&etag)).await;
        assert!(said.status < 300, "{}", said.text());
    }

    /// The owner records that it waits for its counterpart, and then that it no longer waits.
    pub async fn wait(&self, officer: &Client, group: &str) {
        for (party, field) in [("counterpart", "waiting_note"), ("owner", "waited_note")] {
            let body = json!({"for": party, "note": self.plant(group, field)});
            self.say(officer, "/waiting", &body).await;
        }
    }

    pub async fn prioritize(&self, officer: &Client, group: &str) {
        let body = json!({"urgent": true, "reason": self.plant(group, "reason")});
        self.say(officer, "/urgency", &body).await;
    }

    /// The writer assigns the case to itself; only its own government sees that.
    pub async fn assign(&self, by: &Client, group: &str) {
        let me = by.get("/v1/me").await.json()["id"].clone();
        let body = json!({"person_id": me, "note": self.plant(group, "assignment")});
        self.say(by, "/assignments", &body).await;
    }
}
