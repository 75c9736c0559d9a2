//! A party leaves an inscribed agreement: the others stay bound, and lists drop that party.

use super::{annotate, figures, found, registrar};
use crate::parties::{approve, case_with};
use crate::tools::{entry, noon, on_both_at_noon, points_at};
use serde_json::{Value, json};
use vinculo_api::fixtures::pdf;
use vinculo_domain::Role;
use vinculo_domain::agreements::{PartyRole, Stage};
use vinculo_tests::{GUADALAJARA, IRAPUATO, SRE, TestApp, ZAPOPAN};

/// An agreement led by Guadalajara, with Zapopan of the same state and Irapuato of another; gives
/// the case and its number.
async fn joint(app: &TestApp) -> (String, String) {
    let signatory = |id| (id, PartyRole::Signatory);
    let case = case_with(app, &[ZAPOPAN, IRAPUATO].map(signatory)).await;
    for party in [ZAPOPAN, IRAPUATO] {
        approve(&app.officer(party).await, &case).await;
    }
    let (cast, id) = (app.cast(GUADALAJARA).await, case.parse().unwrap());
    cast.carry(id, Stage::Registered).await.unwrap();
    let view = cast.registrar.view(id).await.unwrap();
    let number = view["inscription"].as_str().unwrap().to_owned();
    (case, number)
}

/// The keys of the Mexican parties that the registry lists as partners of a government.
async fn circle(app: &TestApp, government: &str) -> Vec<String> {
    let path = format!("/v1/governments/{government}/relations");
    let list = app.nobody().get(&path).await.expect(200).json();
    let items = list["items"].as_array().unwrap().iter();
    let parties = items.filter(|one| one["kind"] == "mexican_party");
    let key = |one: &Value| one["government_id"].as_str().unwrap().to_owned();
    let mut keys: Vec<String> = parties.map(key).collect();
    keys.sort();
    keys
}

/// How many inscriptions the ministry's compliance board counts for a municipality.
async fn on_board(app: &TestApp, state: &str, municipality: &str) -> Value {
    let sre = app.client(Role::Viewer, SRE).await;
    let path = format!("/v1/compliance?state={state}&limit=200");
    let board = sre.get(&path).await.expect(200).json();
    let mut lines = board["items"].as_array().unwrap().iter();
    let line = lines.find(|line| line["government_id"] == municipality);
    line.unwrap()["inscriptions"].clone()
}

const BY_STATE: &str = "stock?by=state&count_by=participations";
const BY_MUNICIPALITY: &str = "stock?by=municipality&count_by=participations";

// row: 002-10, 003-10
// operations: create_annotation, get_inscription, list_registry, list_government_relations, list_compliance, get_stock_statistics
#[actix_web::test]
async fn a_party_leaves_and_the_others_stay_bound() {
    on_both_at_noon(|app, clock| async move {
        let (case, number) = joint(&app).await;
        let before = app.nobody().get(&entry(&number)).await.expect(200).json();
        assert_eq!(figures(&app, BY_STATE).await, json!({"11": 1, "14": 1}));
        assert_eq!(circle(&app, GUADALAJARA).await, [IRAPUATO, ZAPOPAN]);
        assert_eq!(circle(&app, IRAPUATO).await, [GUADALAJARA, ZAPOPAN]);
        assert_eq!(on_board(&app, "11", IRAPUATO).await, 1);

        noon(&clock, "2026-11-25");
        let registrar = registrar(&app).await;
        let paper = registrar
            .attach(&case, "annotation_instrument", None, &pdf("salida"))
            .await
            .expect(201)
            .id();
        let leaving = json!({"effective_on": "2026-11-25", "document_id": paper,
            "changes": {"kind": "termination", "government_id": IRAPUATO}});
        annotate(&registrar, &number, &leaving).await.expect(201);

        // The inscription is unchanged; the consolidated form names the parties that stay.
        let after = app.nobody().get(&entry(&number)).await.expect(200).json();
        for (field, value) in before.as_object().unwrap() {
            if !["annotations", "consolidated", "standing", "updated_at"].contains(&field.as_str())
            {
                assert_eq!(&after[field], value, "{field}");
            }
        }
        let parties = after["parties"].as_array().unwrap();
        assert_eq!(parties.len(), 3);
        assert_eq!(after["consolidated"]["parties"], json!(parties[..2]));
        assert_eq!(
            after["annotations"][0]["changes"]["government_id"],
            IRAPUATO
        );
        for on in ["2026-11-25", "2027-11-25"] {
            let day = app
                .nobody()
                .get(&format!("{}?on={on}", entry(&number)))
                .await
                .json();
            assert_eq!(
                day["standing"],
                json!({"on": on, "standing": "in_force", "cancelled": false, "last_day": null})
            );
        }

        // Lists, figures, circles and the board count only the remaining parties.
        for (query, hits) in [
            ("municipality=11017", 0),
            ("state=11", 0),
            ("municipality=14120", 1),
            ("municipality=14039", 1),
            ("state=14", 1),
            ("tier=municipality", 1),
            ("standing=in_force", 1),
            ("q=irapuato", 1),
        ] {
            assert_eq!(found(&app, query).await.len(), hits, "{query}");
        }
        assert_eq!(figures(&app, BY_STATE).await, json!({"14": 1}));
        assert_eq!(
            figures(&app, BY_MUNICIPALITY).await,
            json!({"14039": 1, "14120": 1})
        );
        assert_eq!(
            figures(&app, "stock?by=standing").await,
            json!({"in_force": 1})
        );
        assert_eq!(
            figures(&app, "stock?by=kind&municipality=11017").await,
            json!({})
        );
        let earlier = format!("{BY_MUNICIPALITY}&as_of=2026-11-24");
        assert_eq!(
            figures(&app, &earlier).await,
            json!({"11017": 1, "14039": 1, "14120": 1})
        );
        assert_eq!(circle(&app, GUADALAJARA).await, [ZAPOPAN]);
        assert_eq!(circle(&app, ZAPOPAN).await, [GUADALAJARA]);
        let alone = app
            .nobody()
            .get(&format!("/v1/governments/{IRAPUATO}/relations"))
            .await;
        assert_eq!(alone.expect(200).json()["items"], json!([]));
        assert_eq!(on_board(&app, "11", IRAPUATO).await, 0);
        assert_eq!(on_board(&app, "14", ZAPOPAN).await, 1);

        // A party cannot leave twice. The next one may leave, and only the lead remains.
        let again = annotate(&registrar, &number, &leaving)
            .await
            .refused(422, "validation_failed");
        points_at(&again, "/changes/government_id", "not_a_party");
        let mut next = leaving.clone();
        next["changes"]["government_id"] = json!(ZAPOPAN);
        annotate(&registrar, &number, &next).await.expect(201);
        assert_eq!(figures(&app, BY_MUNICIPALITY).await, json!({"14039": 1}));
        assert_eq!(
            found(&app, "municipality=14039&standing=in_force").await,
            [number]
        );
    })
    .await;
}

// row: 002-10
// operations: create_annotation, list_government_relations
#[actix_web::test]
async fn who_succeeds_a_party_takes_its_place_in_the_circle() {
    on_both_at_noon(|app, _clock| async move {
        let (case, number) = joint(&app).await;
        let registrar = registrar(&app).await;
        let paper = registrar
            .attach(&case, "annotation_instrument", None, &pdf("decreto"))
            .await
            .expect(201)
            .id();
        let succession = json!({"effective_on": "2026-11-20", "document_id": paper,
            "changes": {"kind": "succession", "government_id": IRAPUATO, "successor_id": "11020"}});
        annotate(&registrar, &number, &succession).await.expect(201);
        assert_eq!(circle(&app, GUADALAJARA).await, ["11020", ZAPOPAN]);
        assert_eq!(circle(&app, "11020").await, [GUADALAJARA, ZAPOPAN]);
        assert_eq!(circle(&app, IRAPUATO).await, Vec::<String>::new());
        assert_eq!(
            figures(&app, BY_MUNICIPALITY).await,
            json!({"11020": 1, "14039": 1, "14120": 1})
        );
    })
    .await;
}
