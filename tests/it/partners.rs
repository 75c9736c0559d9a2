//! Which governments fit as partners, and why: by what they made public, and by nothing else.

use crate::record_contract::statements::{cost, listen};
use crate::tools::{inscribe, post};
use serde_json::{Value, json};
use vinculo_domain::Role;
use vinculo_domain::agreements::Stage;
use vinculo_domain::partners::WEIGHTS;
use vinculo_tests::{
    Client, GUADALAJARA, GUANAJUATO, IRAPUATO, JALISCO, SRE, TestApp, ZAPOPAN, on_both,
};

const PATH: &str = "/v1/partners";
const PROFILES: &str = "/v1/territory-profiles";

/// A published profile of a government, with other fields.
async fn profile(app: &TestApp, tenant: &str, fields: Value) -> String {
    let officer = app.officer(tenant).await;
    let mut body = json!({"title": format!("Ficha de {tenant}")});
    let whole = body.as_object_mut().unwrap();
    whole.extend(fields.as_object().unwrap().clone());
    let made = officer.post(PROFILES, &body).await.expect(201);
    act(&officer, PROFILES, (&made.id(), &made.etag()), "publish").await;
    made.id()
}

async fn act(client: &Client, path: &str, (id, etag): (&str, &str), action: &str) {
    let request = post(
        &format!("{path}/{id}/transitions"),
        &json!({"action": action}),
    );
    client.send(request.if_match(etag)).await.expect(200);
}

async fn member(app: &TestApp, tenant: &str, network: &str, visibility: &str) {
    let officer = app.officer(tenant).await;
    let body = json!({"title": "Membresía", "network_id": network, "type": "full", "visibility": visibility});
    let made = officer.post("/v1/memberships", &body).await.expect(201);
    act(
        &officer,
        "/v1/memberships",
        (&made.id(), &made.etag()),
        "join",
    )
    .await;
}

async fn network(app: &TestApp) -> String {
    let liaison = app.client(Role::Liaison, SRE).await;
    let body = json!({"title": "Red de ciudades del agua", "scope": "world"});
    liaison.post("/v1/networks", &body).await.expect(201).id()
}

async fn items(client: &Client, query: &str) -> Vec<Value> {
    let list = client
        .get(&format!("{PATH}?{query}"))
        .await
        .expect(200)
        .json();
    list["items"].as_array().unwrap().clone()
}

async fn names(client: &Client, query: &str) -> Vec<String> {
    let items = items(client, query).await;
    let names = items
        .iter()
        .map(|item| item["government_id"].as_str().unwrap().to_owned());
    names.collect()
}

/// The reasons of a line: `offers water 10`.
fn reasons(item: &Value) -> Vec<String> {
    let reasons = item["reasons"].as_array().unwrap().iter();
    let short = reasons.map(|one| {
        let [code, value] = ["code", "value"].map(|field| one[field].as_str().unwrap());
        format!("{code} {value} {}", one["points"])
    });
    short.collect()
}

// row: 000-18, 003-23
// operations: list_partners
#[actix_web::test]
async fn who_fits_best_comes_first_and_every_reason_is_shown() {
    on_both(|app: TestApp| async move {
        let officer = app.officer(GUADALAJARA).await;
        assert!(names(&officer, "").await.is_empty(), "nobody has said anything");
        let own = json!({"seeks": ["water"], "offers": ["culture"], "vocations": ["technology"], "languages": ["es", "en"]});
        let own = profile(&app, GUADALAJARA, own).await;
        let near = json!({"offers": ["water"], "seeks": ["culture", "trade"], "vocations": ["technology"], "languages": ["es", "en"]});
        let near = profile(&app, ZAPOPAN, near).await;
        profile(&app, IRAPUATO, json!({"offers": ["water"], "languages": ["es"]})).await;
        profile(&app, GUANAJUATO, json!({"offers": ["health"]})).await;
        let network = network(&app).await;
        member(&app, GUADALAJARA, &network, "public").await;
        member(&app, ZAPOPAN, &network, "public").await;

        let found = items(&officer, "").await;
        assert_eq!(
            reasons(&found[0]),
            [
                "offers water 10",
                "seeks culture 8",
                "common_network Red de ciudades del agua 4",
                "common_vocation technology 2",
                "common_language en 2",
                "same_state 14 1",
            ]
        );
        assert_eq!((&found[0]["points"], &found[0]["name"]), (&json!(27), &json!("Zapopan")));
        assert_eq!(found[0]["weights_version"], 1);
        assert_eq!(found[0]["reasons"][0]["evidence"], format!("{PROFILES}/{near}"));
        let text = &found[0]["reasons"][0]["text"];
        assert_eq!(text["es"], "Ofrece un tema que se busca: Agua y saneamiento.");
        assert!(text["en"].as_str().unwrap().starts_with("It offers a theme that is sought"));
        assert_eq!(reasons(&found[1]), ["offers water 10"]);
        assert_eq!(found.len(), 2, "health is not sought: {found:?}");

        // What is inscribed counts too, for and against.
        for (tenant, theme) in [(IRAPUATO, "water"), (GUADALAJARA, "culture")] {
            let kyoto = TestApp::counterpart_json("Ciudad de Kioto");
            let lead = app.officer(tenant).await;
            let kyoto = lead.post("/v1/counterparts", &kyoto).await.expect(201).id();
            inscribe(&app, tenant, json!({"themes": [theme], "counterparts": [kyoto]})).await;
        }
        let found = items(&officer, "").await;
        let expected = ["offers water 10", "experience water 4", "common_counterpart Ciudad de Kioto 3", "common_country JP 2"];
        assert_eq!(reasons(&found[1]), expected);
        for item in &found {
            for reason in item["reasons"].as_array().unwrap() {
                let evidence = reason["evidence"].as_str().unwrap();
                officer.get(evidence).await.expect(200);
            }
        }

        // The pages of one line are the list, in the same order each time.
        let (mut paged, mut cursor) = (Vec::new(), String::new());
        loop {
            let page = officer.get(&format!("{PATH}?limit=1{cursor}")).await.expect(200).json();
            paged.extend(page["items"].as_array().unwrap().clone());
            match page["next_cursor"].as_str() {
                Some(next) => cursor = format!("&cursor={next}"),
                None => break,
            }
        }
        assert_eq!(paged, found);

        // For another government, by one profile, in a theme, a country and a state.
        let sre = app.client(Role::Viewer, SRE).await;
        assert_eq!(names(&sre, "for=14039").await, [ZAPOPAN, IRAPUATO]);
        assert_eq!(names(&officer, &format!("profile_id={own}")).await, [ZAPOPAN, IRAPUATO]);
        assert_eq!(names(&officer, "theme=health").await[..1], [GUANAJUATO]);
        assert_eq!(names(&officer, "country=JP").await, [IRAPUATO]);
        assert!(names(&officer, "country=FR").await.is_empty());
        assert_eq!(names(&officer, "state=11").await, [IRAPUATO]);
        assert_eq!(names(&officer, "state=11&theme=health").await, [GUANAJUATO, IRAPUATO]);
    })
    .await;
}

// row: 003-23
// operations: list_partners
#[actix_web::test]
async fn what_others_keep_to_themselves_changes_nothing() {
    on_both(|app: TestApp| async move {
        let wishes =
            json!({"seeks": ["water"], "offers": ["culture"], "vocations": ["technology"]});
        profile(&app, GUADALAJARA, wishes).await;
        profile(&app, IRAPUATO, json!({"offers": ["water"]})).await;
        let network = network(&app).await;
        member(&app, GUADALAJARA, &network, "public").await;
        let mut readers = Vec::new();
        for (role, tenant) in [
            (Role::Officer, GUADALAJARA),
            (Role::Viewer, SRE),
            (Role::Viewer, JALISCO),
        ] {
            readers.push(app.client(role, tenant).await);
        }
        let query = format!("{PATH}?for=14039");
        let mut before = Vec::new();
        for reader in &readers {
            before.push(reader.get(&query).await.expect(200).text());
        }
        let canary = "canario-de-zapopan";
        let fits = |visibility: &str| {
            json!({"offers": ["water"], "seeks": ["culture"], "vocations": ["technology"],
                "identity": canary, "visibility": visibility})
        };
        for visibility in ["private", "government", "network"] {
            profile(&app, ZAPOPAN, fits(visibility)).await;
            member(&app, ZAPOPAN, &network, visibility).await;
        }
        let neighbour = app.officer(ZAPOPAN).await;
        let mut draft = fits("public");
        draft["title"] = json!(canary);
        neighbour.post(PROFILES, &draft).await.expect(201);
        app.case_in(ZAPOPAN, Stage::Signed).await;
        for (reader, before) in readers.iter().zip(&before) {
            let after = reader.get(&query).await.expect(200).text();
            assert_eq!(after, *before);
            assert!(!after.contains(canary) && !after.contains(ZAPOPAN));
        }
        // Its own draft counts for its own government, and for nobody else who asks for it.
        assert_eq!(names(&neighbour, "").await, [GUADALAJARA]);
        assert!(names(&readers[0], "for=14120").await.is_empty());
    })
    .await;
}

// row: 003-23
// operations: list_partners
#[actix_web::test]
async fn what_no_search_takes_is_told() {
    on_both(|app: TestApp| async move {
        let officer = app.officer(GUADALAJARA).await;
        for query in [
            "theme=nada",
            "country=XX",
            "state=99",
            "for=99999",
            "profile_id=x",
            "count=true",
            "q=agua",
        ] {
            let path = format!("{PATH}?{query}");
            officer.get(&path).await.refused(400, "invalid_parameter");
        }
        let refused = officer.get(&format!("{PATH}?theme=nada")).await.json();
        assert_eq!(refused["errors"][0]["admitted_at"], "/v1/catalogs/themes");
        let unknown = "profile_id=0190f5fe-7c00-7a00-8000-000000000001";
        assert!(names(&officer, unknown).await.is_empty());
        app.nobody().get(PATH).await.refused(401, "unauthenticated");
        let citizen = app.client(Role::CommitteeMember, GUADALAJARA).await;
        citizen.get(PATH).await.refused(403, "forbidden");
    })
    .await;
}

/// The most statements of a search by one theme, with the beginning, the settings and the end: the
/// government, its profiles, memberships and inscriptions, public records, the registry by each value,
/// and the names of those found.
const SEARCH: usize = 13;

// row: 000-18
// operations: list_partners
#[actix_web::test]
async fn a_search_costs_the_same_however_many_fit() {
    listen();
    on_both(|app: TestApp| async move {
        let officer = app.officer(GUADALAJARA).await;
        profile(&app, GUADALAJARA, json!({"seeks": ["water"]})).await;
        profile(&app, IRAPUATO, json!({"offers": ["water"]})).await;
        let (answer, few) = cost(officer.get(PATH)).await;
        answer.expect(200);
        for tenant in [ZAPOPAN, JALISCO, GUANAJUATO] {
            for _ in 0..3 {
                profile(&app, tenant, json!({"offers": ["water"]})).await;
            }
        }
        let (answer, many) = cost(officer.get(PATH)).await;
        assert_eq!(
            answer.expect(200).json()["items"].as_array().unwrap().len(),
            4
        );
        assert_eq!(few.len(), many.len());
        assert!(many.len() <= SEARCH, "{} {many:#?}", many.len());
        let facets = many
            .iter()
            .find(|sql| sql.contains("UNION ALL") || sql.contains("p0"));
        let facets = facets.unwrap();
        assert!(
            facets.contains("LIMIT 100") && !facets.contains("JOIN"),
            "{facets}"
        );
    })
    .await;
}

#[test]
fn the_page_tells_the_points_that_are_given() {
    let page = include_str!("../../docs/API-DESIGN.md");
    for (code, points, most) in WEIGHTS {
        let (code, end): (&str, _) = (code.into(), format!("| {points} | {most} |"));
        let told = |line: &str| line.starts_with(&format!("| `{code}`")) && line.ends_with(&end);
        assert!(page.lines().any(told), "{code} {points} {most}");
    }
}
