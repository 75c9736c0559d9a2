//! Whoever may not do something for want of a role learns which roles may. That every operation does
//! so is tried with the matrix of `tests/isolation`.

use crate::tools::post;
use serde_json::{Value, json};
use strum::VariantArray;
use vinculo_auth::policy::{self, TABLE, holders, reach};
use vinculo_auth::{Actor, Reach};
use vinculo_domain::problems::Problem;
use vinculo_domain::refusal::Whose;
use vinculo_domain::{Role, TenantId, Tier};
use vinculo_tests::{GUADALAJARA, JALISCO, SRE, TestApp, on_both};

fn actor(tier: Tier, role: Role) -> Actor {
    Actor {
        person: None,
        session: None,
        tenant: TenantId::new(GUADALAJARA),
        tier,
        roles: vec![role],
    }
}

/// Everybody with one role at each order of government, for every permission of the table: whoever
/// is refused is told at least one role, and each of these has the permission.
#[test]
fn every_role_that_is_named_has_the_permission() {
    let rows = TABLE.iter();
    let all = rows.flat_map(|row| row.actions.iter().map(|action| (row.kind, *action)));
    let mut refused = 0;
    for (kind, action) in all {
        for (tier, role) in everybody() {
            let caller = actor(tier, role);
            let scope = policy::scope(Some(&caller), kind, action);
            let Err(refusal) = scope.require() else {
                continue;
            };
            refused += 1;
            let what = format!("{kind:?} {action:?} {tier:?} {role:?}");
            assert_eq!(refusal.problem, Problem::Forbidden, "{what}");
            let Whose { roles, tiers, .. } = refusal.hint.unwrap().whose;
            assert!(!roles.is_empty(), "{what}");
            let own = [tier];
            let at = if tiers.is_empty() {
                &own[..]
            } else {
                tiers.as_slice()
            };
            for named in roles {
                let may =
                    |tier: &Tier| reach(Some(&actor(*tier, named)), kind, action) > Reach::None;
                assert!(at.iter().any(may), "{what}: {named:?}");
                assert!(holders(kind, action).iter().any(|(_, role)| *role == named));
            }
        }
    }
    assert!(refused > 500, "{refused}");
}

fn everybody() -> impl Iterator<Item = (Tier, Role)> {
    let roles = |tier: &'static Tier| Role::VARIANTS.iter().map(|role| (*tier, *role));
    Tier::VARIANTS.iter().flat_map(roles)
}

#[actix_web::test]
async fn the_roles_stand_in_the_refusal_and_in_its_text() {
    on_both(|app| async move {
        let counterpart = TestApp::counterpart_json("Kioto");
        let mechanism = json!({"state_id": "11", "name": "Mecanismo", "starts_on": "2026-01-01"});
        for (role, tenant, path, body, roles, tiers, es, en) in [
            (
                Role::Viewer,
                GUADALAJARA,
                "/v1/counterparts",
                &counterpart,
                json!(["officer"]),
                Value::Null,
                "En su gobierno puede hacerlo quien tenga la función de: personal de asuntos internacionales.",
                "At your government it may be done by: an officer of international affairs.",
            ),
            // No role at a municipality may; those of the ministry may.
            (
                Role::Officer,
                GUADALAJARA,
                "/v1/mechanisms",
                &mechanism,
                json!(["admin", "liaison"]),
                json!(["federal"]),
                "Puede hacerlo, en la Secretaría de Relaciones Exteriores, quien tenga la función de: administración o enlace.",
                "At the foreign ministry, it may be done by: an administrator or a liaison.",
            ),
            (
                Role::Officer,
                SRE,
                "/v1/mechanisms",
                &mechanism,
                json!(["admin", "liaison"]),
                Value::Null,
                "En su gobierno puede hacerlo quien tenga la función de: administración o enlace.",
                "At your government it may be done by: an administrator or a liaison.",
            ),
        ] {
            let client = app.client(role, tenant).await;
            for (language, said) in [("es", es), ("en", en)] {
                let request = post(path, body).header("accept-language", language);
                let problem = client.send(request).await.refused(403, "forbidden").json();
                assert_eq!((&problem["roles"], &problem["tiers"]), (&roles, &tiers));
                assert_eq!(problem.get("seats"), None, "{problem}");
                let detail = problem["detail"].as_str().unwrap();
                assert!(detail.ends_with(said), "{detail}");
            }
        }
        // Lists and figures of one's own government say it too.
        for (role, tenant, path) in [
            (Role::Trainer, GUADALAJARA, "/v1/agreements"),
            (Role::Trainer, JALISCO, "/v1/counterparts"),
            (Role::Viewer, GUADALAJARA, "/v1/reads"),
            (Role::Trainer, SRE, "/v1/compliance"),
            (Role::StatisticsReader, "obs-senado", "/v1/notices"),
            (Role::Viewer, SRE, "/v1/imports"),
            (Role::Trainer, SRE, "/v1/statistics/mine/stock"),
        ] {
            let client = app.client(role, tenant).await;
            let problem = client.get(path).await.refused(403, "forbidden").json();
            let roles = problem["roles"].as_array().unwrap();
            let own: &str = role.into();
            assert!(!roles.is_empty() && !roles.contains(&json!(own)), "{path} {problem}");
        }
    })
    .await;
}
