//! What the program can print: permissions and the procedure.

use strum::VariantArray;
use vinculo_auth::policy;
use vinculo_domain::agreements::{PROCEDURE, Seat, Target};

/// The permission table in Markdown.
pub fn matrix() -> String {
    policy::matrix()
}

/// The procedure in Markdown: a table, and a diagram in Mermaid.
pub fn procedure() -> String {
    let mut text = String::from("| action | from | by | to | needs |\n|---|---|---|---|---|\n");
    let mut edges = Vec::new();
    for rule in PROCEDURE {
        let action: &str = rule.action.into();
        let seat: &str = rule.seat.into();
        let from: Vec<&str> = rule.from.iter().map(Into::into).collect();
        let needs: Vec<&str> = rule.needs.iter().map(Into::into).collect();
        let to = targets(rule.to);
        let roles: Vec<&str> = rule.roles.iter().map(Into::into).collect();
        let seat = match roles.as_slice() {
            [] => seat.to_owned(),
            roles => format!("{seat} ({})", roles.join(", ")),
        };
        text.push_str(&format!(
            "| `{action}` | {} | {seat} | {} | {} |\n",
            if from.is_empty() {
                "none".into()
            } else {
                from.join(", ")
            },
            to.join(" or "),
            if needs.is_empty() {
                "–".into()
            } else {
                needs.join(", ")
            }
        ));
        // An action that opens a case has no earlier stage, so it starts at the diagram's start.
        let from = if from.is_empty() { vec!["[*]"] } else { from };
        for from in &from {
            edges.extend(
                to.iter()
                    .map(|to| format!("    {from} --> {to}: {action}\n")),
            );
        }
    }
    let seats: Vec<&str> = Seat::VARIANTS.iter().map(Into::into).collect();
    text.push_str(&format!("\nSeats: {}.\n\n```mermaid\nstateDiagram-v2\n    [*] --> draft\n{}    registered --> [*]\n```\n", seats.join(", "), edges.concat()));
    text
}

fn targets(target: Target) -> Vec<&'static str> {
    match target {
        Target::To(stage) => vec![stage.into()],
        Target::Routed | Target::WhereReturned => vec!["state_review", "federal_intake"],
        Target::ByOpinion => vec!["opinion_favorable", "opinion_unfavorable", "signed"],
        Target::GivenUp => vec!["withdrawn", "signed"],
        Target::WhereLeft => vec!["draft", "returned"],
    }
}
