//! Compares what the program stores and shows with the model.

use super::model::Model;
use super::walker::Walker;
use super::who::Who;
use serde_json::{Value, json};
use uuid::Uuid;
use vinculo_domain::problems::Problem;

impl Walker<'_> {
    /// Compares the head of the case and what every government sees of it.
    pub fn compare(&self, case: Uuid, model: &Model) -> Result<(), String> {
        let mut probe = self.probe.borrow_mut();
        let rows = probe.texts(&format!(
            "SELECT 'head ' || stage || ' ' || compliance || ' ' || version || ' ' || \
             CASE WHEN regularizing THEN 'regularizing' ELSE '' END AS x \
             FROM agreements WHERE id = '{case}' UNION ALL \
             SELECT viewer_tenant || ' ' || level || ' ' || stage || ' ' || version || ' ' || title \
             FROM agreement_access WHERE agreement_id = '{case}' ORDER BY 1"
        ));
        let regularizing = if model.regularizing {
            "regularizing"
        } else {
            ""
        };
        let head = format!(
            "head {} {} {} {regularizing}",
            model.stage, model.compliance, model.version
        );
        let title = |number: u32| match number {
            0 => "Antes".to_owned(),
            number => format!("Título {number}"),
        };
        let mut wanted: Vec<String> = model
            .seen
            .iter()
            .map(|(tenant, seen)| {
                let title = title(seen.title);
                format!(
                    "{tenant} {} {} {} {title}",
                    seen.level, seen.stage, seen.version
                )
            })
            .collect();
        wanted.push(head);
        wanted.sort();
        different("the case", &rows, &wanted)
    }

    /// The history is exactly the actions that were taken; one reader's view of it is compared too.
    pub async fn compare_end(&self, case: Uuid, model: &Model, who: Who) -> Result<(), String> {
        let (steps, counts) = {
            let mut probe = self.probe.borrow_mut();
            let steps = probe.texts(&format!(
                "SELECT action || ' ' || to_stage AS x FROM history \
                 WHERE agreement_id = '{case}' AND shared ORDER BY version"
            ));
            let counts = probe.texts(&format!(
                "SELECT (SELECT COUNT(*) FROM submissions WHERE agreement_id = '{case}' AND NOT announcement) || ' ' || \
                 (SELECT COUNT(*) FROM opinions WHERE agreement_id = '{case}') || ' ' || \
                 (SELECT COUNT(*) FROM remarks WHERE agreement_id = '{case}' AND answer IS NULL) AS x"
            ));
            (steps, counts)
        };
        let taken = model.history.iter();
        let taken: Vec<String> = taken.map(|(action, to)| format!("{action} {to}")).collect();
        different("the history", &steps, &taken)?;
        let wanted = format!("{} {} {}", model.rounds, model.opinions, model.open);
        different("rounds, opinions, open remarks", &counts, &[wanted])?;
        {
            let view = self.official(who).view(case).await;
            match (view, model.seen.get(who.tenant())) {
                (Ok(view), Some(seen)) => {
                    let read =
                        [&view["level"], &view["stage"], &view["version"]].map(Value::to_string);
                    let wanted = [json!(seen.level), json!(seen.stage), json!(seen.version)];
                    different("the view", &read, &wanted.map(|value| value.to_string()))?;
                }
                (Err(refusal), None) if refusal.problem == Problem::NotFound => {}
                (read, wanted) => return Err(format!("{who:?} reads {read:?}, not {wanted:?}")),
            }
        }
        Ok(())
    }
}

fn different(what: &str, found: &[String], wanted: &[String]) -> Result<(), String> {
    if found == wanted {
        Ok(())
    } else {
        Err(format!("{what}: {found:#?}, not {wanted:#?}"))
    }
}
