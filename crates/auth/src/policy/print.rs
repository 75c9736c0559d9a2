//! Prints the permission table.

use super::{Action, Actor, Kind, Reach, TABLE, reach};
use strum::VariantArray;
use vinculo_domain::{Role, TenantId, Tier};

/// The table as lines: kind, action, tier, role, reach; cells with `none` are left out.
pub fn cells() -> Vec<(Kind, Action, Tier, Role, Reach)> {
    let mut cells = Vec::new();
    for row in TABLE {
        for action in row.actions {
            for tier in Tier::VARIANTS {
                for role in Role::VARIANTS {
                    let actor = Actor {
                        person: None,
                        session: None,
                        tenant: TenantId::new(""),
                        tier: *tier,
                        roles: vec![*role],
                    };
                    let reach = reach(Some(&actor), row.kind, *action);
                    if reach > Reach::None {
                        cells.push((row.kind, *action, *tier, *role, reach));
                    }
                }
            }
        }
    }
    cells
}

/// The table in Markdown, for people: one table per tier, one column per role.
pub fn matrix() -> String {
    let mut text = String::new();
    for tier in Tier::VARIANTS {
        let name: &str = tier.into();
        text.push_str(&format!("### {name}\n\n| kind | action |"));
        for role in Role::VARIANTS {
            let role: &str = role.into();
            text.push_str(&format!(" {role} |"));
        }
        text.push_str(&format!(
            "\n|---|---|{}\n",
            "---|".repeat(Role::VARIANTS.len())
        ));
        for (kind, action) in TABLE
            .iter()
            .flat_map(|row| row.actions.iter().map(|action| (row.kind, *action)))
        {
            let kind_name: &str = kind.into();
            text.push_str(&format!("| {kind_name} | {} |", action.name()));
            for role in Role::VARIANTS {
                let actor = Actor {
                    person: None,
                    session: None,
                    tenant: TenantId::new(""),
                    tier: *tier,
                    roles: vec![*role],
                };
                let held = reach(Some(&actor), kind, action);
                let cell: &str = if held == Reach::None {
                    "–"
                } else {
                    held.into()
                };
                text.push_str(&format!(" {cell} |"));
            }
            text.push('\n');
        }
        text.push('\n');
    }
    text
}
