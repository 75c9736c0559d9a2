//! The contents of the simulated cases.

use super::Simulation;
use serde_json::json;
use uuid::Uuid;
use vinculo_api::fixtures::content_for;
use vinculo_domain::agreements::{AgreementContent, Party, PartyRole, Validity};
use vinculo_domain::clock::mexican_day;
use vinculo_domain::counterparts::{
    CounterpartFields, CounterpartKind, CounterpartLevel, Visibility,
};
use vinculo_domain::tenant::TenantId;

impl Simulation<'_> {
    pub fn counterpart(&mut self) -> CounterpartFields {
        let kind = self.dice.pick(&[
            CounterpartKind::ForeignGovernment,
            CounterpartKind::ForeignGovernment,
            CounterpartKind::InternationalOrganization,
        ]);
        let abroad = kind == CounterpartKind::ForeignGovernment || self.dice.chance(50);
        CounterpartFields {
            kind,
            level: self.dice.pick(&[
                CounterpartLevel::Local,
                CounterpartLevel::Regional,
                CounterpartLevel::National,
            ]),
            name: format!("Contraparte {}", Uuid::now_v7()),
            country: abroad.then(|| self.dice.pick(&["US", "JP", "ES", "CU"]).to_owned()),
            visibility: Visibility::Private,
            external_ids: Vec::new(),
        }
    }

    pub fn content(
        &mut self,
        lead: &str,
        others: &[&'static str],
        counterparts: Vec<Uuid>,
    ) -> AgreementContent {
        let kind = self
            .dice
            .pick(&["twinning", "twinning", "specific_cooperation"]);
        let signing = self.body(lead);
        let first = counterparts[0];
        let base = content_for(kind, "Acuerdo", first, "culture").unwrap();
        let themes = ["culture", "education", "trade", "climate_change"];
        let themes = themes.into_iter().filter(|_theme| self.dice.chance(35));
        let party = |id: &str, role| Party {
            government_id: TenantId::new(id),
            role,
            body: None,
            body_id: None,
        };
        let mut parties = vec![Party {
            body_id: signing,
            ..party(lead, PartyRole::Lead)
        }];
        parties.extend(others.iter().map(|id| party(id, PartyRole::Signatory)));
        AgreementContent {
            title: format!("Acuerdo {}", Uuid::now_v7()),
            themes: themes.map(str::to_owned).collect(),
            sdg_targets: if self.dice.chance(50) {
                vec!["11.4".into(), "11.2".into(), "17.17".into()]
            } else {
                Vec::new()
            },
            validity: Some(self.validity()),
            counterparts,
            parties,
            ..base
        }
    }

    /// One of the lead's bodies, or none.
    fn body(&mut self, lead: &str) -> Option<Uuid> {
        let of_lead = self.bodies.iter().filter(|(owner, _)| *owner == lead);
        let mut own: Vec<Option<Uuid>> = of_lead.map(|(_, body)| Some(*body)).collect();
        own.push(None);
        self.dice.pick(&own)
    }

    fn validity(&mut self) -> Validity {
        let today = mexican_day(self.now());
        let months = u32::try_from(self.dice.below(40)).unwrap();
        let end = today + chrono::Months::new(months);
        let length = self.dice.pick(&[4, 7, 10]);
        let end = &end.to_string()[..length];
        let start = self.dice.pick(&["", "2026", "2026-12", "2027-02-15"]);
        let start = Some(start).filter(|start| !start.is_empty() && *start < end);
        serde_json::from_value(match self.dice.below(3) {
            0 => json!({"term": "indefinite", "enters_into_force_on": start}),
            1 => json!({"term": "fixed", "ends_on": end, "enters_into_force_on": start}),
            _ => json!({"term": "fixed", "ends_on": end, "renewal": self.dice.pick(&["automatic", "by_agreement"])}),
        })
        .unwrap()
    }
}
