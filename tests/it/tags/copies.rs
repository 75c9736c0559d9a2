//! A client that keeps id, version and instant of each record, and reads again only what has other
//! ones, ends with what the server shows: after random actions of all kinds, for an owner, a party, a
//! state, the ministry, and anybody in the registry.

mod actions;
mod keeper;

use super::{Kept, stamps};
use crate::annotations::{annotate, registrar};
use crate::storm::dice::Dice;
use crate::tools::{entry, inscribe, on_both_at_noon, one};
use actions::{KINDS, World};
use keeper::Keeper;
use serde_json::json;
use std::time::Instant;
use vinculo_domain::Role;
use vinculo_domain::agreements::Stage;
use vinculo_tests::{GUADALAJARA, JALISCO, SRE, TestApp, ZAPOPAN, on_both, pick};

const SEED: u64 = 20_261_120;
/// After so many actions the clients look what is new.
const BETWEEN: usize = 10;

async fn keepers(app: &TestApp) -> Vec<Keeper> {
    let mut all = vec![Keeper::of_registry(app.nobody())];
    for (role, tenant) in [
        (Role::Officer, GUADALAJARA),
        (Role::Officer, ZAPOPAN),
        (Role::Liaison, JALISCO),
        (Role::Liaison, SRE),
    ] {
        all.push(Keeper::of_cases(tenant, app.client(role, tenant).await));
    }
    all
}

// row: 002-10, 002-14, 003-05
// operations: list_agreements, get_agreement, list_registry, get_inscription
#[actix_web::test]
async fn a_copy_kept_by_the_instant_of_the_last_change_misses_nothing() {
    on_both(|app: TestApp| async move {
        let engine = app.scratch.engine;
        let actions = pick(&format!("tags: random actions, {engine:?}"), 250, 1500);
        let start = Instant::now();
        let mut world = World::new(&app, Dice::new(SEED, 0)).await;
        let mut keepers = keepers(&app).await;
        let mut read = 0;
        for action in 0..actions {
            world.one().await;
            if action % BETWEEN == 0 {
                for keeper in &mut keepers {
                    read += keeper.sync().await;
                }
            }
        }
        let mut wrong = Vec::new();
        for keeper in &mut keepers {
            read += keeper.sync().await;
            wrong.extend(keeper.differences().await);
        }
        println!(
            "copies on {engine:?}: {actions} actions, {read} records read; {:?}; {:.1} s",
            world.taken,
            start.elapsed().as_secs_f32()
        );
        let last = world.log.iter().rev().take(60).rev();
        let log: Vec<&String> = last.collect();
        assert!(wrong.is_empty(), "seed {SEED}: {wrong:#?}\n{log:#?}");
        // Nothing was left out, and not everything was refused.
        for kind in KINDS {
            assert!(world.taken.contains_key(kind), "{kind}: {:?}", world.taken);
        }
        assert!(
            world.taken.values().sum::<usize>() * 3 > actions,
            "{:?}",
            world.taken
        );
    })
    .await;
}

/// A unit of work that began earlier than another and was seen later is found by who asks again for
/// the last minutes.
#[actix_web::test]
async fn what_is_seen_late_is_within_the_overlap() {
    on_both(|app: TestApp| async move {
        let officer = app.officer(GUADALAJARA).await;
        let draft = json!({"kind": "twinning", "title": "Acuerdo"});
        let first = officer.post("/v1/agreements", &draft).await.expect(201).id();
        officer.post("/v1/agreements", &draft).await.expect(201);
        let mut careless = Keeper::of_cases("careless", officer.clone());
        let mut careful = Keeper::of_cases("careful", officer.clone()).with_overlap();
        assert_eq!((careless.sync().await, careful.sync().await), (2, 2));
        // Stamped with the first, committed after the second.
        let late = officer.post("/v1/agreements", &draft).await.expect(201).id();
        app.scratch.execute(&format!(
            "UPDATE agreement_access SET updated_at = (SELECT updated_at FROM agreement_access WHERE agreement_id = '{first}') \
             WHERE agreement_id = '{late}'"
        ));
        assert_eq!((careless.sync().await, careful.sync().await), (0, 1));
        assert_eq!(careless.differences().await, [format!("careless misses {late}")]);
        assert_eq!(careful.differences().await, Vec::<String>::new());
    })
    .await;
}

/// If the clock is put back, what changes then is still later than what it was before.
#[actix_web::test]
async fn a_clock_that_is_put_back_does_not_put_a_record_back() {
    on_both_at_noon(|app, clock| async move {
        let (case, number) = inscribe(&app, GUADALAJARA, json!({})).await;
        let draft = one(app.case_in(GUADALAJARA, Stage::Draft).await);
        let records = [
            ("/v1/agreements", one(&case)),
            ("/v1/agreements", draft.clone()),
            ("/v1/registry", entry(&number)),
        ];
        let officer = app.officer(GUADALAJARA).await;
        let counterpart = officer.get(&draft).await.json()["counterparts"][0]["id"].clone();
        let path = format!("/v1/counterparts/{}", counterpart.as_str().unwrap());
        let card = officer.get(&path).await;
        let mut before = Vec::new();
        for (list, path) in &records {
            before.push(Kept::of(&officer, list, path).await);
        }
        clock.set("2026-11-20T17:59:00Z".parse().unwrap());
        let officer = app.officer(GUADALAJARA).await;
        let rename = json!({"name": "Nagoya"});
        let renamed = officer.patch(&path, &card.etag(), &rename).await.expect(200);
        assert!(stamps(&renamed.json()).1 > stamps(&card.json()).1);
        let registrar = registrar(&app).await;
        let record = registrar.get(&entry(&number)).await.json();
        let body = json!({"effective_on": "2026-12-01", "ground": "Error de captura.", "changes": {"kind": "correction",
            "fields": [{"field": "signed_place", "old": record["signed_place"], "new": "Guadalajara"}]}});
        annotate(&registrar, &number, &body).await.expect(201);
        for kept in &before {
            kept.has_moved(&officer).await;
        }
    })
    .await;
}
