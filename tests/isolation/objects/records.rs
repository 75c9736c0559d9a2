//! The records of the table: of every kind one for each visibility, with canaries in their texts.

use super::super::table::records::{committee_of, has_people, objects, owner};
use super::{Maker, Place};
use serde_json::{Map, Value, json};
use vinculo_domain::Role;
use vinculo_domain::records::{Access, Kind, find, kinds};
use vinculo_tests::{Client, Request};

/// The role that writes a kind.
pub fn writer(kind: &Kind, owner: &str) -> Role {
    match kind.spec.access {
        Access::Admin => Role::Admin,
        Access::Catalog => Role::Liaison,
        Access::Library if owner == "00" => Role::Liaison,
        _ => Role::Officer,
    }
}

/// The own fields of a record, with ids from `named`; `word` tells it from others of its kind.
pub fn own_fields(kind: &Kind, word: &str, own: &str, named: impl Fn(&str) -> String) -> Value {
    match kind.spec.many {
        "networks" => json!({"acronym": word, "scope": "world"}),
        "missions" => {
            json!({"type": "consulate", "city": format!("Ciudad {word}"), "country": "FR"})
        }
        "memberships" => json!({"network_id": named("networks_public"), "type": "full"}),
        "referrals" => {
            json!({"mission_id": named("missions_public"), "sought": "Una ciudad portuaria."})
        }
        "advisory-cases" => {
            let provider = match own {
                "14039" | "14120" => "14",
                "11017" => "11",
                _ => "00",
            };
            json!({"provider": provider, "question": "¿Qué falta?"})
        }
        "meetings" => json!({"committee_id": named(&committee_of(own)), "type": "ordinary"}),
        "budgets" => json!({"fiscal_year": 2026, "currency": "MXN", "approved": 100}),
        "commitments" => json!({"source": "visit"}),
        "library-items" => json!({"type": "guide"}),
        "territory-profiles" => json!({"seeks": ["culture"], "offers": ["culture"]}),
        "international-offices" | "staff-members" | "committees" => json!({}),
        other => panic!("{other}: this test does not know what it has"),
    }
}

/// The action that the matrix tries on a record of a kind.
pub fn action(kind: &Kind) -> Value {
    if kind.spec.access.is_exchange() {
        json!({"action": "accept"})
    } else {
        json!({"action": "confirm"})
    }
}

fn people(maker: &Maker<'_>, kind: &Kind, object: &str) -> Map<String, Value> {
    let fields = if !has_people(kind) {
        json!({})
    } else if kind.spec.many == "staff-members" {
        json!({"name": format!("Persona {}", maker.plant(object, "people", "name")),
            "profile": maker.plant(object, "people", "profile")})
    } else {
        let name = format!("Persona {}", maker.plant(object, "people", "member"));
        json!({"members": [{"seat": "citizen", "name": name}]})
    };
    fields.as_object().unwrap().clone()
}

/// Creates every record of the table. Kinds that name others come after them.
pub async fn all(maker: &mut Maker<'_>) {
    let first = ["networks", "missions", "committees"].map(|many| find(many).unwrap());
    let rest = kinds().iter().filter(|kind| !first.contains(kind));
    let rest: Vec<&'static Kind> = rest.collect();
    for kind in first.into_iter().chain(rest) {
        for name in objects(kind) {
            one(maker, kind, name).await;
        }
    }
}

async fn one(maker: &mut Maker<'_>, kind: &'static Kind, name: &'static str) {
    let owner = owner(kind, name);
    let object = format!("{}_{name}", kind.spec.many);
    let client = maker.app.client(writer(kind, owner), owner).await;
    let named = |other: &str| maker.places[other].id.clone();
    let mut body = own_fields(kind, &object.to_uppercase(), owner, named);
    let title = format!("Registro {}", maker.plant(&object, "title", "title"));
    let visibility = match name {
        "draft" => "public",
        tenant if tenant == owner => "private",
        visibility => visibility,
    };
    let common = json!({
        "title": title, "description": maker.plant(&object, "title", "description"),
        "visibility": visibility, "external_ids": maker.ids(&object, "ids"),
    });
    if kind.spec.access == Access::Officer {
        // Only Guadalajara sees its draft: whoever reads the record does not read the draft's id.
        body["agreement_ids"] = json!([maker.places["draft"].id]);
    }
    if object == "budgets_private" {
        body["shared_with"] = json!(["11"]);
    }
    let body_fields = body.as_object_mut().unwrap();
    body_fields.extend(common.as_object().unwrap().clone());
    body_fields.extend(people(maker, kind, &object));
    let made = client.post(&kind.spec.address(), &body).await.expect(201);
    let id = made.id();
    if name != "draft" && !kind.spec.kept.is_empty() {
        publish(&client, kind, &id, &made.etag()).await;
    }
    let place = Place {
        id,
        action: action(kind),
        ..Place::default()
    };
    maker.places.insert(object, place);
}

/// What only its owner sees becomes what its visibility says.
async fn publish(client: &Client, kind: &Kind, id: &str, etag: &str) {
    let path = format!("{}/{id}/transitions", kind.spec.address());
    let request = Request::new(actix_web::http::Method::POST, &path);
    let request = request.json(&json!({"action": "publish"})).if_match(etag);
    client.send(request).await.expect(200);
}

/// A body that a writer of any government may send.
pub fn body(kind: &Kind, own: &str, named: impl Fn(&str) -> String) -> Value {
    let mut body = own_fields(kind, "OTRO", own, named);
    let fields = body.as_object_mut().unwrap();
    fields.insert("title".into(), json!("Otro registro"));
    body
}
