//! Records by what they name, add up to and belong to: nothing of it tells of what is out of sight.

use super::run::Matrix;
use serde_json::json;
use vinculo_tests::{GUADALAJARA, ZAPOPAN};

/// Kinds that name Guadalajara's draft.
const NAMING: [&str; 3] = ["budgets", "commitments", "memberships"];

/// A list by an agreement out of sight is empty, as by one that does not exist.
pub async fn by_target(matrix: &Matrix) {
    let draft = &matrix.places.by_name["draft"].id;
    for person in matrix.people.iter().filter(|one| one.who.role == "viewer") {
        for many in NAMING {
            let path = format!("/v1/{many}?agreement_id={draft}&count=true");
            let answer = person.client.get(&path).await.expect(200).json();
            let own = person.who.tenant == GUADALAJARA;
            let found = answer["items"].as_array().map_or(0, Vec::len);
            if (found > 0) != own || answer["total"] != found {
                let email = &person.email;
                matrix.wrong(format!("{path} of {email}: {found} of {}", answer["total"]));
            }
        }
    }
}

/// Sums add up what is in sight: each budget of the table has 100 centavos approved.
pub async fn sums(matrix: &Matrix) {
    for person in matrix.people.iter().filter(|one| one.who.role == "viewer") {
        let objects = matrix.table.objects.iter();
        let budgets = objects.filter(|(_, object)| object.kind == "budgets");
        let seen = budgets.filter(|(name, _)| matrix.table.part(name, person.who).is_some());
        let wanted = seen.count() * 100;
        let path = "/v1/statistics/mine/records?kind=budgets";
        let answer = person.client.get(path).await.expect(200).json();
        let sums = answer["sums"].as_array().into_iter().flatten();
        let approved = sums.filter(|sum| sum["name"] == "approved");
        let found: i64 = approved.filter_map(|sum| sum["value"].as_i64()).sum();
        if i64::try_from(wanted) != Ok(found) {
            matrix.wrong(format!(
                "{path} of {}: {found} and not {wanted}",
                person.email
            ));
        }
    }
}

/// A record names nobody of another government, and no agreement out of sight.
pub async fn links(matrix: &Matrix) {
    let officers = || matrix.people.iter().filter(|one| one.who.role == "officer");
    let of = |tenant: &str| officers().find(|one| one.who.tenant == tenant).unwrap();
    let (writer, other) = (of(ZAPOPAN), of(GUADALAJARA));
    let me = other.client.get("/v1/me").await.expect(200).json();
    let draft = &matrix.places.by_name["draft"].id;
    for (field, value) in [
        ("responsible_person_id", me["id"].clone()),
        ("agreement_ids", json!([draft])),
    ] {
        let mut body = json!({"title": "Compromiso", "source": "visit"});
        body[field] = value;
        let answer = writer
            .client
            .post("/v1/commitments?dry_run=true", &body)
            .await;
        if answer.status != 422 {
            matrix.wrong(format!("{field} of others is taken: {}", answer.text()));
        }
    }
}

/// A new private record is in nobody's list but its owner's.
pub async fn spaces(matrix: &Matrix) {
    let officers = || matrix.people.iter().filter(|one| one.who.role == "officer");
    let of = |tenant: &str| officers().find(|one| one.who.tenant == tenant).unwrap();
    let body = json!({"title": "Compromiso reservado", "source": "visit", "visibility": "private"});
    let made = of(ZAPOPAN).client.post("/v1/commitments", &body).await;
    let id = made.expect(201).id();
    for reader in officers().filter(|one| one.who.tenant != ZAPOPAN) {
        let path = "/v1/commitments?q=reservado&count=true";
        let answer = reader.client.get(path).await.expect(200).json();
        if answer["items"] != json!([]) || answer["total"] != 0 {
            matrix.wrong(format!("{path} of {} has {id}: {answer}", reader.email));
        }
    }
}
