//! Query parameters: every parameter of every operation with a value that it does not take.

use super::{described, enumerated, error_at, lists, on_sqlite, permitted, request, resolved};
use actix_web::http::Method;
use serde_json::{Value, json};
use vinculo_api::operation::Operation;
use vinculo_api::{openapi, operations};
use vinculo_domain::Tier;
use vinculo_domain::catalogs::{self, Catalog};
use vinculo_domain::gazetteer::seed_governments;
use vinculo_tests::Request;

/// Texts in which anything may be written.
const FREE: [&str; 2] = ["cursor", "q"];
/// The word that no parameter takes.
const NOWHERE: &str = "nowhere";

/// What a parameter takes.
enum Takes {
    /// These words; all of them can be listed.
    Words(Vec<String>),
    /// The keys of a catalogue, and its address.
    Keys(Vec<String>, String),
    /// Something that cannot be listed, or anything.
    Other,
}

fn governments(address: &str) -> Vec<String> {
    let tier = address
        .split_once("tier=")
        .map(|(_, word)| word.parse::<Tier>().unwrap());
    let all = seed_governments().iter();
    all.filter(|one| tier.is_none_or(|tier| one.tier == tier))
        .map(|one| one.id.clone())
        .collect()
}

/// The schema of a value of a parameter; of a list, that of each of its values.
fn value_schema<'d>(document: &'d Value, parameter: &'d Value) -> &'d Value {
    let schema = resolved(document, &parameter["schema"]);
    match schema.get("items") {
        Some(items) => resolved(document, items),
        None => schema,
    }
}

fn takes(document: &Value, parameter: &Value) -> Takes {
    let schema = value_schema(document, parameter);
    if let Some(address) = parameter["x-catalog"].as_str() {
        let slug = address
            .strip_prefix("/v1/catalogs/")
            .and_then(Catalog::parse);
        let keys = match slug {
            Some(catalog) => {
                let codes = catalogs::entries(catalog).iter();
                codes.map(|entry| entry.code.clone()).collect()
            }
            None => governments(address),
        };
        return Takes::Keys(keys, address.to_owned());
    }
    let range = (schema["minimum"].as_i64(), schema["maximum"].as_i64());
    match (enumerated(schema), schema["type"].as_str(), range) {
        (Some(words), ..) => Takes::Words(words),
        (None, Some("boolean"), _) => Takes::Words(vec!["true".into(), "false".into()]),
        (None, Some("integer"), (Some(from), Some(to))) if to - from < 30 => {
            Takes::Words((from..=to).map(|number| number.to_string()).collect())
        }
        _ => Takes::Other,
    }
}

fn parameters<'d>(document: &'d Value, operation: &Operation) -> Vec<&'d Value> {
    let declared = described(document, operation)["parameters"].as_array();
    let declared = declared.unwrap().iter();
    declared.filter(|one| one["in"] == "query").collect()
}

/// A body that opens a case, for the one write whose parameter is looked up in the store.
fn body(operation: &Operation) -> Option<Value> {
    (operation.id == "create_agreement").then(|| json!({"kind": "twinning", "title": "Acuerdo"}))
}

#[actix_web::test]
async fn a_value_that_is_not_taken_lists_those_that_are() {
    let app = on_sqlite().await;
    let document = openapi::document();
    let (mut listed, mut keyed) = (0, 0);
    for operation in operations::all() {
        let client = permitted(&app, &operation).await;
        for parameter in parameters(&document, &operation) {
            let name = parameter["name"].as_str().unwrap();
            let (all, address) = match takes(&document, parameter) {
                Takes::Words(words) => (words, None),
                Takes::Keys(keys, address) => (keys, Some(address)),
                Takes::Other => continue,
            };
            let mut wrong = request(&operation, &format!("{name}={NOWHERE}"));
            if let Some(body) = body(&operation) {
                wrong = wrong.json(&body);
            }
            let what = format!("{} {name}", operation.id);
            eprintln!("{what}");
            let answer = client.send(wrong).await.refused(400, "invalid_parameter");
            let error = error_at(&answer, name);
            assert_eq!(error["code"], "invalid_value", "{what}");
            lists(&error, &all);
            if let Some(address) = address {
                assert_eq!(error["admitted_at"], address, "{what}");
                keyed += 1;
            }
            listed += 1;
        }
    }
    assert!(listed > 300 && keyed > 100, "{listed} {keyed}");
}

/// What is taken is not refused, and the keys of both kinds of catalogue are.
#[actix_web::test]
async fn a_value_that_is_taken_is_not_refused() {
    let app = on_sqlite().await;
    let document = openapi::document();
    for operation in operations::all() {
        if operation.method != Method::GET {
            continue;
        }
        let client = permitted(&app, &operation).await;
        for parameter in parameters(&document, &operation) {
            let name = parameter["name"].as_str().unwrap();
            let all = match takes(&document, parameter) {
                Takes::Words(all) | Takes::Keys(all, _) => all,
                Takes::Other => continue,
            };
            for value in [&all[0], &all[all.len() - 1]] {
                let answer = client.send(request(&operation, &format!("{name}={value}")));
                let answer = answer.await;
                let what = format!("{} {name}={value}: {}", operation.id, answer.text());
                assert_ne!(answer.status, 400, "{what}");
            }
        }
    }
}

#[actix_web::test]
async fn a_parameter_that_does_not_exist_lists_those_that_do() {
    let app = on_sqlite().await;
    let document = openapi::document();
    for operation in operations::all() {
        // The answer to HEAD has no body.
        if operation.method == Method::HEAD {
            continue;
        }
        let client = permitted(&app, &operation).await;
        let answer = client.send(request(&operation, "nowhere=1")).await;
        let error = error_at(&answer.refused(400, "invalid_parameter"), NOWHERE);
        assert_eq!(error["code"], "unknown_parameter");
        let known = parameters(&document, &operation);
        let known: Vec<String> = known
            .iter()
            .map(|one| one["name"].as_str().unwrap().to_owned())
            .collect();
        lists(&error, &known);
    }
}

/// A filter is a list of words, a key of a catalogue, a number, a date or an id: a text that is
/// none of these would find nothing without saying why.
#[test]
fn no_filter_takes_just_any_text() {
    let document = openapi::document();
    for operation in operations::all() {
        for parameter in parameters(&document, &operation) {
            let name = parameter["name"].as_str().unwrap();
            let schema = value_schema(&document, parameter);
            // Every text in a list is without commas; that is no shape.
            let shaped = ["pattern", "format", "enum"]
                .into_iter()
                .filter_map(|keyword| schema.get(keyword))
                .any(|shape| shape != "^[^,]+$");
            let text = schema["type"] == "string" && !shaped;
            let named = parameter.get("x-catalog").is_some() || FREE.contains(&name);
            assert!(!text || named, "{} {name}: {schema}", operation.id);
        }
    }
}

/// Numbers and dates say their range and their form.
#[actix_web::test]
async fn what_cannot_be_listed_is_described() {
    let app = on_sqlite().await;
    let nobody = app.nobody();
    for (path, name, code, es, en) in [
        (
            "registry?limit=0",
            "limit",
            "out_of_range",
            "de 1 a 200",
            "from 1 to 200",
        ),
        (
            "registry?limit=x",
            "limit",
            "out_of_range",
            "de 1 a 200",
            "from 1 to 200",
        ),
        (
            "registry?signed_from=ayer",
            "signed_from",
            "malformed",
            "AAAA, AAAA-MM o AAAA-MM-DD",
            "YYYY, YYYY-MM or YYYY-MM-DD",
        ),
        (
            "registry/2026-000001?on=ayer",
            "on",
            "malformed",
            "AAAA-MM-DD",
            "YYYY-MM-DD",
        ),
        (
            "statistics/stock?as_of=2024",
            "as_of",
            "malformed",
            "AAAA-MM-DD",
            "YYYY-MM-DD",
        ),
        (
            "statistics/stock?year=24",
            "year",
            "out_of_range",
            "de 1800 a 2200",
            "from 1800 to 2200",
        ),
        (
            "statistics/concentration?top=0",
            "top",
            "out_of_range",
            "de 1 a 3000",
            "from 1 to 3000",
        ),
    ] {
        for (language, part) in [("es", es), ("en", en)] {
            let asked = Request::new(Method::GET, &format!("/v1/{path}"));
            let asked = asked.header("accept-language", language);
            let answer = nobody.send(asked).await.refused(400, "invalid_parameter");
            let error = error_at(&answer, name);
            assert_eq!(error["code"], code, "{path}");
            let said = error["detail"].as_str().unwrap();
            assert!(said.contains(part), "{path} {said}");
        }
    }
    // Everything that is wrong is said at once.
    let answer = nobody
        .get("/v1/registry?country=jp&theme=foo&sdg=99&q=-")
        .await;
    let problem = answer.refused(400, "invalid_parameter").json();
    assert_eq!(problem["errors"].as_array().unwrap().len(), 4, "{problem}");
    let answer = nobody.get("/v1/registry?state=1&municipality=99999").await;
    let problem = answer.refused(400, "invalid_parameter").json();
    assert_eq!(problem["errors"].as_array().unwrap().len(), 2, "{problem}");
    // A municipality is no state, and a state no municipality.
    for query in ["state=14039", "municipality=14"] {
        let answer = nobody.get(&format!("/v1/registry?{query}")).await;
        answer.refused(400, "invalid_parameter");
    }
}
