//! Queries the PostgreSQL policies directly, as the application's role and without its code: for
//! every case, everybody and nobody, which rows each table shows and which writes it accepts. The
//! expected result is stated a second time here, in plain SQL for a superuser and not in the words
//! of the policies. SQLite has no policies to test.

mod acting;
mod asked;
mod mutations;
mod reads;
mod writes;

use super::canaries::Canaries;
use super::matrix::Slow;
use super::objects::{self, Place, Places};
use actix_web::http::Method;
use asked::{Asked, Context};
use serde_json::json;
use std::time::Instant;
use vinculo_api::commands::import::import;
use vinculo_domain::Role;
use vinculo_domain::imports::Reading;
use vinculo_persistence::Engine;
use vinculo_tests::{
    Client, GUADALAJARA, IRAPUATO, JALISCO, Request, TENANTS, TestApp, is_full, leave,
};

/// What SRE brings in from an older registry.
const INSCRIBED: &str = "entidad,municipio,contraparte,pais,tipo,fecha_firma,fuente,registro\n\
    Jalisco,Zapopan,Málaga,España,hermanamiento,1998,DOF,RAI-0031\n";

/// What is wrong in a context; None where all is well.
fn breach(asked: &mut Asked, context: &Context) -> Option<String> {
    reads::breach(asked, context).or_else(|| writes::breach(asked, context))
}

/// The first context where something is wrong, and what is wrong.
fn first_breach(asked: &mut Asked, contexts: &[Context]) -> Option<(usize, String)> {
    let mut numbered = contexts.iter().enumerate();
    numbered.find_map(|(at, context)| breach(asked, context).map(|what| (at, what)))
}

/// The same, where something is expected to be wrong: all reads come before the writes, which cost
/// many times as much.
fn find_breach(asked: &mut Asked, contexts: &[Context]) -> Option<(usize, String)> {
    for look in [reads::breach, writes::breach] {
        let mut numbered = contexts.iter().enumerate();
        let found = numbered.find_map(|(at, context)| look(asked, context).map(|what| (at, what)));
        if found.is_some() {
            return found;
        }
    }
    None
}

/// Kinds of records of which one is opened too: two that ask somebody, and one that is shared.
const OPENED: &str = "'referrals', 'advisory-cases', 'budgets'";

/// Every case of the matrix with everybody, both reading and acting, and everybody at home.
fn contexts(asked: &mut Asked, places: &Places) -> Vec<Context> {
    let mut contexts = Vec::new();
    let actors = TENANTS.iter().map(|(id, _)| *id).chain(["public"]);
    for actor in actors {
        for place in places.by_name.values() {
            let owner = asked.one(&format!(
                "SELECT tenant_id AS x FROM agreements WHERE id = '{id}' UNION ALL \
                 SELECT tenant_id FROM records WHERE id = '{id}' AND kind IN ({OPENED}) AND visibility = 'private'",
                id = place.id
            ));
            for acts in [false, true] {
                contexts.extend(owner.as_ref().map(|owner| Context {
                    tenant: owner.clone(),
                    actor: actor.to_owned(),
                    case: place.id.clone(),
                    acts,
                }));
            }
        }
        contexts.push(Context::at_home(actor));
        // A case that is not opened yet, for each kind of government.
        for tenant in ["00", JALISCO, GUADALAJARA, IRAPUATO] {
            contexts.extend([false, true].map(|acts| Context {
                tenant: tenant.to_owned(),
                actor: actor.to_owned(),
                case: "01938a5c-7c00-7a00-8000-00000000dead".to_owned(),
                acts,
            }));
        }
    }
    contexts.sort();
    contexts.dedup();
    contexts
}

async fn prepared() -> (TestApp, Places) {
    let app = TestApp::start_at(Engine::Postgres, Slow::now()).await;
    let mut places = objects::build(&app, &Canaries::default()).await;
    // A step after the return, about which the state that returned the case was not told, and an
    // answer kept for a repeated request.
    let officer = app.officer(GUADALAJARA).await;
    let withdraw = json!({"action": "withdraw", "reason": "Otra prioridad."});
    let returned = &places.by_name["returned"].id;
    officer.transition(returned, &withdraw).await.expect(200);
    // Decisions on a document that many can read, and on one that only the owner can.
    let classify = json!({"classification": "public"});
    let kept = &places.by_name["review_kept"];
    for (case, document) in [
        (&places.by_name["registered"].id, &places.public_document),
        (&kept.id, &kept.document),
    ] {
        let path = format!("/v1/agreements/{case}/documents/{document}/classifications");
        officer.post(&path, &classify).await.expect(201);
    }
    let body = TestApp::counterpart_json("Nara");
    let request = Request::new(Method::POST, "/v1/counterparts").json(&body);
    let kept = officer.send(request.header("idempotency-key", "una"));
    kept.await.expect(201);
    // An inscription that its importer may take back, and a draft that relates to another one.
    let report = import(
        &app.app,
        "rai.csv",
        INSCRIBED.as_bytes(),
        &Reading::default(),
        false,
        |_, _| {},
    )
    .await;
    let inscribed = report.unwrap().rows[0].detail["agreement_id"].clone();
    let amendment = json!({"kind": "twinning", "title": "Modificación", "instrument": "amendment",
        "relates_to": places.by_name["registered"].id});
    officer.post("/v1/agreements", &amendment).await.expect(201);
    let corrected = corrected(&app, &officer).await;
    for (name, id) in [
        ("imported", inscribed.as_str().unwrap()),
        ("corrected", corrected.as_str()),
    ] {
        let place = Place {
            id: id.to_owned(),
            ..Place::default()
        };
        places.by_name.insert(name.to_owned(), place);
    }
    (app, places)
}

/// A report that its government confirmed, called urgent and then corrected: its reporter was told of
/// the correction and of nothing before it.
async fn corrected(app: &TestApp, officer: &Client) -> String {
    let liaison = app.client(Role::Liaison, JALISCO).await;
    let report = json!({
        "action": "report", "government_id": GUADALAJARA, "kind": "twinning",
        "title": "Hermanamiento con Nara", "signed_on": "1996",
        "counterparts": [{"fields": TestApp::counterpart_json("Ciudad de Nara")}],
        "source": "Archivo", "reason": "Consta en el archivo.",
    });
    let case = liaison.post("/v1/past-agreements", &report).await;
    let case = case.expect(201).id();
    let confirm = json!({"action": "confirm"});
    officer.transition(&case, &confirm).await.expect(200);
    for (part, body) in [
        (
            "urgency",
            json!({"urgent": true, "reason": "Visita oficial"}),
        ),
        (
            "corrections",
            json!({"reason": "El acta dice otra fecha.", "signed_on": "1997"}),
        ),
    ] {
        let one = format!("/v1/agreements/{case}");
        let etag = officer.get(&one).await.etag();
        let request = Request::new(Method::POST, &format!("{one}/{part}")).json(&body);
        let done = officer.send(request.if_match(&etag)).await;
        assert!(done.status < 300, "{}", done.text());
    }
    case
}

/// One test, because the cases cost more than the questions.
#[actix_web::test]
async fn every_table_shows_and_takes_what_the_seat_allows_and_every_fault_is_found() {
    let _turn = super::TURN.lock().await;
    let (app, places) = prepared().await;
    let mut asked = Asked::new(&app.scratch);
    let all = contexts(&mut asked, &places);
    nothing_is_wrong(&mut asked, all.clone());
    every_fault_is_found(&app, &mut asked, that_differ(all));
}

fn nothing_is_wrong(asked: &mut Asked, all: Vec<Context>) {
    let contexts = if is_full() {
        all
    } else {
        let (count, few) = (all.len(), that_differ(all));
        leave("isolation: contexts of the policies", few.len(), count);
        few
    };
    let start = Instant::now();
    assert_eq!(first_breach(asked, &contexts), None);
    println!(
        "policies: {} contexts, {} questions, breaches 0; {:.1} s",
        contexts.len(),
        asked.questions(),
        start.elapsed().as_secs_f32()
    );
}

/// The contexts of governments whose relations differ: an owner, its state, the ministry, strangers
/// and nobody.
fn that_differ(contexts: Vec<Context>) -> Vec<Context> {
    let few = ["00", JALISCO, GUADALAJARA, "11", "14120", "public"];
    let differs = |context: &Context| few.contains(&context.actor.as_str());
    contexts.into_iter().filter(differs).collect()
}

/// The faults injected into the policies: each is made in a scratch database and must be found
/// there.
fn every_fault_is_found(app: &TestApp, asked: &mut Asked, mut contexts: Vec<Context>) {
    let start = Instant::now();
    let mut lines = Vec::new();
    let faults: Vec<_> = mutations::faults()
        .into_iter()
        .chain(acting::FAULTS)
        .collect();
    for fault in &faults {
        fault.inject(&app.scratch);
        // Most faults show in their own table. Otherwise every table is checked.
        asked.ask_only(fault.table());
        let in_its_table = find_breach(asked, &contexts);
        let caught = in_its_table.or_else(|| {
            asked.ask_only(None);
            find_breach(asked, &contexts)
        });
        fault.mend(&app.scratch);
        let by = caught.as_ref().map_or("nobody", |(_, what)| what.as_str());
        let by = by.split(':').next().unwrap_or_default();
        lines.push(format!("| {} | {} | {by} |", fault.on, fault.what));
        // After the repair, the same place shows nothing wrong: so the finding was the fault.
        if let Some((at, _)) = caught {
            let wrong = breach(asked, &contexts[at]);
            assert_eq!(wrong, None, "{} in {:?}", fault.what, contexts[at]);
            // The context that showed this fault is likely to show the next one.
            contexts[..=at].rotate_right(1);
        }
    }
    asked.ask_only(None);
    let missed: Vec<_> = lines
        .iter()
        .filter(|line| line.ends_with("| nobody |"))
        .collect();
    assert!(missed.is_empty(), "{missed:#?}");
    println!(
        "policy faults caught {} of {}; {:.1} s",
        lines.len(),
        faults.len(),
        start.elapsed().as_secs_f32()
    );
    super::table_in_docs("policies", &lines);
}
