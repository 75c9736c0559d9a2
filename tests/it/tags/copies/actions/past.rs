//! Agreements signed years ago: recorded, brought in from files, mended and taken back.

use super::World;
use crate::tools::post_on;
use actix_web::http::Method;
use serde_json::{Value, json};
use vinculo_domain::agreements::CaseAction;
use vinculo_tests::{GUADALAJARA, Request, TestApp};

impl World<'_> {
    /// A record of the owner's, made if there is none.
    async fn record(&mut self) -> Option<String> {
        if self.past.is_empty() {
            let action: &'static str = CaseAction::RecordUnreviewed.into();
            let counterpart = TestApp::counterpart_json(&format!("Ciudad de antes {}", self.turn));
            let made = json!({
                "action": action, "government_id": GUADALAJARA, "kind": "twinning",
                "title": format!("Antes {}", self.turn), "counterparts": [{"fields": counterpart}],
                "signed_on": "1997-05-04", "compliance": "unknown", "themes": ["culture"],
                "source": "Archivo municipal", "reason": "Consta en el archivo.",
            });
            let made = self.owner.post("/v1/past-agreements", &made).await;
            if made.status != 201 {
                return None;
            }
            self.past.push(made.id());
        }
        Some(self.dice.pick(&self.past))
    }

    pub(super) async fn correct_record(&mut self) -> bool {
        let Some(case) = self.record().await else {
            return false;
        };
        let body = match self.dice.below(2) {
            0 => {
                json!({"reason": "Error de captura.", "title": format!("Corregido {}", self.turn)})
            }
            _ => json!({"reason": "Error de captura.", "place": format!("Lugar {}", self.turn)}),
        };
        let answer = post_on(&self.owner, &case, "corrections", &body).await;
        answer.status < 300
    }

    pub(super) async fn withdraw_record(&mut self) -> bool {
        let Some(case) = self.record().await else {
            return false;
        };
        let body = json!({"reason": "Es de otro municipio."});
        let answer = post_on(&self.owner, &case, "withdrawals", &body).await;
        self.past.retain(|one| *one != case);
        answer.status < 300
    }

    /// Two agreements of the owner, one of which is inscribed.
    pub(super) async fn import(&mut self) -> bool {
        let turn = self.turn;
        let file = format!(
            "entidad,municipio,contraparte,pais,tipo,fecha_firma,fuente,registro\n\
             Jalisco,Guadalajara,Puerto {turn},Francia,hermanamiento,1998,DOF,RAI-{turn}\n\
             Jalisco,Guadalajara,Villa {turn},Italia,hermanamiento,1999,DOF,\n"
        );
        let request = Request::new(Method::POST, "/v1/imports");
        let form = request.form(&[("file", Some("rai.csv"), file.as_bytes())]);
        let answer = self.intake.send(form).await;
        if answer.status != 201 {
            return false;
        }
        let report: Value = answer.json();
        self.batches
            .push(report["batch_id"].as_str().unwrap().to_owned());
        report["summary"]["imported"] == 2
    }

    pub(super) async fn undo_import(&mut self) -> bool {
        if self.batches.is_empty() && !self.import().await {
            return false;
        }
        let batch = self.dice.pick(&self.batches);
        self.batches.retain(|one| *one != batch);
        let path = format!("/v1/imports/{batch}/undo");
        let answer = self.intake.send(Request::new(Method::POST, &path)).await;
        answer.status < 300
    }
}
